const range = { from: 1, to: 4, [Symbol.iterator]() { let c = this.from, t = this.to; return { next: () => c <= t ? { value: c++, done: false } : { value: undefined, done: true }, return() { console.log('closed'); return {} } } } }
console.log([...range], Math.max(...range), Array.from(range)); const [a, b] = range; console.log(a, b)
for (const x of range) { if (x === 2) break } for (const x of range) { if (x === 3) continue } try { for (const x of range) throw 'e' } catch (e) { console.log(e) }
const [...all] = range; console.log(all, new Set(range), new Map([[1, 2]]).size)
for (const bad of [{ [Symbol.iterator]: 1 }, { [Symbol.iterator]: () => 1 }, { [Symbol.iterator]: () => ({}) }, { [Symbol.iterator]: () => ({ next: () => 1 }) }]) try { for (const x of bad); } catch (e) { console.log(e.message) }
