// What each type makes of a number.
const values = [0, -0, 1, -1, 127, 128, 255, 256, 32768, 65535, 65536, 2147483647, 2147483648, 4294967295, 4294967296, -2147483649, 1.5, 2.5, -0.5, NaN, Infinity, -Infinity, 1e300, '12', null, undefined, true, [7], { valueOf: () => 8 }]
for (const T of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array]) {
  const t = new T(values.length)
  for (let i = 0; i < values.length; i++) t[i] = values[i]
  console.log(T.name, T.BYTES_PER_ELEMENT, t.join(' '), T.prototype.BYTES_PER_ELEMENT, T.length)
}
const b = new BigInt64Array(3); b[0] = -1n; b[1] = 2n ** 63n; b[2] = 5n; console.log(b, new BigUint64Array(b.buffer))
for (const f of [() => { b[0] = 1 }, () => { new Uint8Array(1)[0] = 1n }, () => new BigInt64Array([1]), () => new Uint8Array(b), () => new BigUint64Array([1n, -1n]), () => { 'use strict'; const u = new Uint8Array(1); u[5] = 1; return u[5] }, () => { const u = new Uint8Array(2); u[-1] = 5; u['1.5'] = 5; u.x = 5; return [Object.keys(u), u[-1], u.x] }, () => delete new Uint8Array(1)[0], () => Object.freeze(new Uint8Array(1)), () => Object.isFrozen(Object.freeze(new Uint8Array(0))), () => Object.defineProperty(new Uint8Array(1), 0, { value: 9 })[0]]) try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(Object.getOwnPropertyDescriptor(new Uint8Array([4]), 0), Object.getOwnPropertyDescriptor(new Float64Array([1.5]), '0'), Object.entries(new Uint8Array([4, 5])), { ...new Uint8Array([4, 5]) }, Math.max(...new Float32Array([1, 9, 3])))
class Bytes extends Uint8Array { sum() { return this.reduce((s, x) => s + x, 0) } }
const m = new Bytes([1, 2, 3]); console.log(m, m.sum(), m.map(x => x * 2) instanceof Bytes, m.subarray(1).sum(), Bytes.from([4, 5]).sum(), Bytes.of(1).constructor.name)
const big = new Uint8Array(100000); let sum = 0; for (let i = 0; i < big.length; i++) big[i] = i; for (let i = 0; i < big.length; i++) sum += big[i]; console.log(sum, big.length, new Float64Array(1e5).length)
console.log(new Uint8Array({ length: 3, 0: 1, 2: 5 }), new Uint8Array(new Set([1, 2])), new Uint8Array('3'), new Uint8Array(null), new Uint8Array([1, , 3]), new Uint8Array(Uint16Array.of(257, 2)), new Uint8Array(250))
