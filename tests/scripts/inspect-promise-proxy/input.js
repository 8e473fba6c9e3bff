const util = require('util')
const pending = new Promise(() => {})
const rejected = Promise.reject(new Error('no').message); rejected.catch(() => {})
console.log(pending, Promise.resolve({ a: 1 }), rejected)
const p = new Proxy({ a: 1 }, { get() { return 'trapped' } })
console.log(p)
console.log(new Proxy(function f() {}, {}), new Proxy([1, 2], {}))
async function f() {}
console.log(f(), f)
function* g() { yield 1 }
console.log(g(), g, Object.prototype.toString.call(g()))
console.log(globalThis === global, util.inspect(new WeakRef({ a: 1 })).slice(0, 7))
console.log(Math, JSON, Reflect)
