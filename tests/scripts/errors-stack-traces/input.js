function a() { b() } function b() { c() } function c() { throw new Error('deep') }
const frames = e => e.stack.split('\n').filter(l => l.includes('input.js')).map(l => l.trim().replace(/\(.*[\\/]/, '(').replace(/at [^ (]*[\\/]input/, 'at input'))
try { a() } catch (e) { console.log(frames(e)) }
class K { constructor() { this.m() } m() { throw new TypeError('in method') } static s() { return new K() } get g() { return K.s() } }
try { new K() } catch (e) { console.log(frames(e)) }
try { K.s() } catch (e) { console.log(frames(e).slice(0, 3)) }
const o = { f() { return [1].map(function cb() { throw new Error('in map') }) } }
try { o.f() } catch (e) { console.log(e.stack.split('\n')[0], frames(e)[0]) }
function Mine(m) { this.message = m; Error.captureStackTrace(this, Mine) } Mine.prototype = Object.create(Error.prototype, { name: { value: 'Mine' } })
try { (function thrower() { throw new Mine('own') })() } catch (e) { console.log(e.stack.split('\n')[0], e instanceof Error) }
console.log(typeof Error.stackTraceLimit, Object.getOwnPropertyNames(new Error('x')), delete new Error('x').stack)
