// The names of frames: methods, receivers, what an anonymous function was assigned to.
const own = (line) => line.includes('input.js')
const show = (error) => {
  const lines = error.stack.split('\n').slice(1).filter((line) => own(line) || line.includes('<anonymous>'))
  console.log(lines.slice(0, 2).map((line) => line.trim().replace(/\(?[^ ()]*input\.js/, '(input.js').replace(/\)?$/, ')')).join(' | '))
}
const attempt = (run) => {
  try {
    run()
  } catch (error) {
    show(error)
  }
}
function fail() { throw new Error('x') }

const o = {}
o.m = function () { fail() }
attempt(() => o.m())
o.n = () => { throw new Error('x') }
attempt(() => o.n())
exports.f = function () { throw new Error('x') }
attempt(() => exports.f())
const literal = { a() { throw new Error('x') }, b: () => { throw new Error('x') }, get d() { throw new Error('x') } }
attempt(() => literal.a())
attempt(() => literal.b())
attempt(() => literal.d)
attempt(() => ({ other: literal.a }).other())
class K {
  m() { throw new Error('x') }
  static s() { throw new Error('x') }
  f = () => { throw new Error('x') }
}
attempt(() => new K().m())
attempt(() => K.s())
attempt(() => new K().f())
function Old() {}
Old.prototype.go = function () { throw new Error('x') }
Old.prototype.named = function inner() { throw new Error('x') }
attempt(() => new Old().go())
attempt(() => new Old().named())
class Special extends Error { constructor(text) { super(text) } }
class MoreSpecial extends Special {}
attempt(function makes() { throw new Special('y') })
attempt(function makesMore() { throw new MoreSpecial('y') })
const emitter = new (require('events'))()
emitter.on('x', () => show(new Error('x')))
emitter.on('x', function listener() { show(new Error('x')) })
emitter.emit('x')
setTimeout(() => show(new Error('x')))
setTimeout(function tick() { show(new Error('x')) })
setImmediate(() => show(new Error('x')))
