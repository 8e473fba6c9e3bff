const target = { a: 1, get b() { return this === p ? 'proxy' : 'other' }, 7: 'seven', f() { return this === p } }
const handler = {}
const p = new Proxy(target, handler)
const read = (o, k) => o[k]
console.log(p.a, p.b, p[7], p.f(), p.missing, read(p, 'a'), read(p, 7), p.toString())
const q = new Proxy(p, { set() {} })
console.log(q.a, q.b, q[7], q.missing)
const child = Object.create(p)
console.log(child.a, child.b, child[7], child.missing)
handler.get = (t, k, r) => `trap ${String(k)} ${r === p}`
console.log(p.a, q.a, child.a)
delete handler.get
Object.setPrototypeOf(handler, { get: () => 'inherited' })
console.log(p.a)
Object.setPrototypeOf(handler, null)
console.log(p.a)
const arr = new Proxy([1.5, 2.5], {})
console.log(arr[0], arr.length, arr[5], [...arr])
const fn = new Proxy(function named(x) {}, {})
console.log(fn.prototype === fn.prototype, fn.name, fn.length)
const { proxy, revoke } = Proxy.revocable({ z: 1 }, {})
console.log(proxy.z); revoke()
try { proxy.z } catch (e) { console.log(e.message) }
const err = new Proxy(new Error('x'), {})
console.log(err.message, typeof err.stack)
let deep = {}; for (let i = 0; i < 3000; i++) deep = Object.create(new Proxy(deep, {}))
try { console.log(deep.nothing) } catch (e) { console.log(e instanceof RangeError) }
