// Every method of %TypedArray%.prototype.
const a = Int16Array.of(5, -3, 9, 0, 9, -32768)
console.log(a.at(-1), a.at(9), a.includes(9), a.includes(7), a.indexOf(9), a.indexOf(9, 3), a.lastIndexOf(9), a.lastIndexOf(9, -3), a.join(), a.join(' '))
console.log(a.every(x => x < 10), a.some(x => x < -100), a.find(x => x > 5), a.findIndex(x => x > 5), a.findLast(x => x > 5), a.findLastIndex(x => x > 5), a.filter(x => x > 0))
console.log(a.reduce((s, x) => s + x), a.reduce((s, x) => s + x, 100), a.reduceRight((s, x) => s + ',' + x), a.map(x => x * 2))
console.log(a.slice(1, 3), a.slice(-2), a.subarray(1, -1), a.subarray(1, 3).byteOffset, a.toReversed(), a.toSorted(), a.toSorted((x, y) => y - x), a.with(0, 77), a)
console.log([...a.entries()].slice(0, 2), [...a.keys()], [...a.values()].length, a[Symbol.iterator] === a.values)
const c = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]); c.copyWithin(2, 0, 4); console.log(c); c.copyWithin(0, 3); console.log(c)
c.set([100, 200, 300], 5); console.log(c); c.set(new Float32Array([1.9, -1, NaN])); console.log(c); c.set(c.subarray(0, 4), 2); console.log(c)
console.log(new Float64Array([3, NaN, -0, 0, -Infinity, 1.5]).sort(), new Uint8Array([10, 9, 1]).sort(), new Int8Array([3, -1, 2]).sort((x, y) => y - x))
console.log(new Float32Array([1, 2]).toString(), new Uint16Array([1000, 2000]).toLocaleString(), String(new Uint8Array(3)), JSON.stringify({ u: new Uint8Array([1, 2]) }), Object.keys(new Uint8Array(3)), 'x' in c, 3 in c, 99 in c)
let s = ''; c.forEach((x, i, t) => { s += x + '@' + i + (t === c) + ' ' }); console.log(s); for (const x of new Uint8Array([7, 8])) console.log(x)
console.log(new Float64Array([NaN]).includes(NaN), new Float64Array([NaN]).indexOf(NaN), new Uint8Array(2).fill(300), new Uint8Array(5).fill(1, 1, -1), new Float32Array(2).fill('1.5'))
for (const f of [() => a.with(10, 1), () => a.reduce(), () => new Uint8Array(0).reduce((x, y) => x), () => c.set([1, 2, 3], 7), () => c.set([1], -1), () => a.map(3), () => Uint8Array.prototype.fill.call([]), () => a.sort(1), () => new (Object.getPrototypeOf(Uint8Array))()]) try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) }
