// The short way of promises and asynchronous generators beside the long one.
const log = []
const say = (text) => (value) => { log.push(`${text} ${value}`); return value }
class Own extends Promise {}
const thenable = { then(resolve) { log.push('thenable asked'); resolve('t') } }
const getter = { get then() { log.push('getter asked'); return undefined } }
Promise.resolve(1).then(say('plain')).then(() => thenable).then(say('thenable')).then(() => getter).then((x) => say('getter')(x === getter))
Promise.reject(new Error('r')).then(say('never'), (e) => say('rejected')(e.message)).finally(() => say('finally')())
Own.resolve(2).then(say('own')).then((x) => say('class')(Own.resolve(x) instanceof Own))
const late = Promise.reject('late')
queueMicrotask(() => late.catch(say('caught')))
new Promise((resolve) => resolve(new Promise((inner) => inner('nested')))).then(say('followed'))
const itself = Promise.resolve().then(() => itself)
itself.catch((e) => say('cycle')(e.message))
new Promise((resolve) => resolve({ then: 5 })).then((x) => say('no function')(x.then))
new Promise((resolve) => resolve({ get then() { throw 'bad' } })).catch(say('thrown'))
const asked = (target) => new Proxy(target, { get(t, k, r) { log.push('asked ' + String(k)); return Reflect.get(t, k, r) } })
Promise.resolve().then(() => asked({})).then((x) => say('proxy')(typeof x))
Promise.resolve().then(() => asked(function () {})).then((x) => say('proxy')(typeof x))
Promise.resolve().then(() => Object.create(asked({ then(resolve) { resolve('inherited') } }))).then(say('proxy'))
Promise.resolve().then(() => ({ then: new Proxy(function (resolve) { resolve('called') }, {}) })).then(say('proxy'))
async function* numbers(n) { for (let i = 0; i < n; i++) yield i === 1 ? Promise.resolve('one') : await i }
async function* nested() { try { yield* numbers(3); await Promise.reject('inside') } catch (e) { yield 'c ' + e } finally { log.push('closed') } }
;(async () => {
  for await (const x of nested()) say('async')(x)
  const g = numbers(5)
  const together = await Promise.all([g.next(), g.next(), g.return('r'), g.next()])
  say('queue')(JSON.stringify(together))
  const changed = Promise.resolve('changed')
  changed.constructor = Own
  say('await')(await changed)
  const then = Promise.prototype.then
  Promise.prototype.then = function (...args) { log.push('patched then'); return then.apply(this, args) }
  await Promise.resolve().then(say('patched'))
  Promise.prototype.then = then
  console.log(log.join('\n'))
})()
