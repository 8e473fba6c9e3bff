function a() { b() } function b() { throw new TypeError('deep') }
try { a() } catch (e) { console.log(e.stack.split('\n').slice(0, 3).map(l => l.replace(/\(.*[\\/]/, '('))) }
class HttpError extends Error { constructor(status, m) { super(m); this.status = status } get name() { return 'HttpError' } }
const h = new HttpError(404, 'gone')
console.log(String(h), h instanceof Error, Object.keys(h), Object.prototype.toString.call(h))
console.log(String(new Error()), String(new Error('')), Error('no new') instanceof Error, new Error('x', { cause: 0 }).cause, 'cause' in new Error('x'))
Error.prototype.extra = 'yes'; console.log(new RangeError('r').extra); delete Error.prototype.extra
const o = {}; Error.captureStackTrace(o); console.log(typeof o.stack, Object.keys(o), Error.stackTraceLimit)
console.log(Object.prototype.hasOwnProperty.call(new Error('m'), 'message'), new Error(undefined).hasOwnProperty('message'), Error.prototype.toString.call({ name: 'N', message: 'M' }))
try { null.x } catch ({ message, name }) { console.log(name, message) }
for (const f of [() => undefinedName, () => { const c = 1; c = 2 }, () => new (() => {})(), () => [].reduce((a, b) => a), () => 'x'.y.z, () => ({}).f(), () => new Array(-1), () => 1 in 'x', () => Symbol() + 1, () => [...1], () => { let { q } = null }]) { try { f() } catch (e) { console.log(e.name + ': ' + e.message) } }
