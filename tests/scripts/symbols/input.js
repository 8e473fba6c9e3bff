const s = Symbol('d'), o = { [s]: 1, a: 2 }
console.log(o[s], Object.keys(o), Object.getOwnPropertySymbols(o), s.toString(), s.description, Symbol().description, Symbol.for('k') === Symbol.for('k'), Symbol.keyFor(Symbol.for('k')), Symbol('x') === Symbol('x'), typeof s, Object(s) == s, JSON.stringify(o), s in o)
for (const f of [() => s + '', () => +s, () => `${s}`, () => new Symbol, () => s * 2]) try { f() } catch (e) { console.log(e.message) }
class T { static [Symbol.hasInstance](x) { return x === 1 } get [Symbol.toStringTag]() { return 'TT' } [Symbol.toPrimitive](h) { return h === 'number' ? 42 : h } } const t = new T
console.log(1 instanceof T, 2 instanceof T, String(t), +t, t + '', Object.prototype.toString.call(t)); console.log(Symbol.iterator, Symbol.asyncIterator.toString())
const arr = [1]; arr[Symbol.isConcatSpreadable] = false; console.log([].concat(arr).length)
