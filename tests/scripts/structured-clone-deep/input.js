const source = { d: new Date(5), r: /a(b)/gi, m: new Map([[{ k: 1 }, new Set([1, 2])]]), n: null, u: undefined, big: 12n, arr: [1, , 3], e: new RangeError('x') }
source.self = source
const copy = structuredClone(source)
console.log(copy !== source, copy.self === copy, copy.d.getTime(), String(copy.r), copy.r.lastIndex)
console.log([...copy.m][0], copy.big, 1 in copy.arr, copy.arr.length, copy.e.name, copy.e.message, copy.e instanceof RangeError)
class P { constructor() { this.x = 1 } get y() { return 2 } }
const p = structuredClone(new P())
console.log(p.constructor === Object, p, 'y' in p)
for (const bad of [() => {}, Symbol('s'), { f() {} }, new WeakMap(), Promise.resolve()]) {
  try { structuredClone(bad); console.log('cloned') } catch (e) { console.log(e.name, e.code, e.message) }
}
const buffer = new Uint8Array([1, 2, 3]).buffer
const moved = structuredClone(buffer, { transfer: [buffer] })
console.log(buffer.byteLength, moved.byteLength, structuredClone(Object(1)) instanceof Number, structuredClone(-0))
console.log(structuredClone(new Error('m', { cause: 1 })).cause, structuredClone(new Uint16Array([1, 65535])))
