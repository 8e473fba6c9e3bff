console.log(new Map([[{ a: 1 }, new Set([1, [2]])], ['k', new Map([[1, 2]])]]))
console.log([new Map(), new Set(), new WeakMap(), new WeakSet()])
console.log({ m: { n: { o: new Map([[1, { p: { q: 1 } }]]) } } })
console.log(new Map([[1, 2]]).entries(), new Set([5]).values(), new Map([['a', 1]]).keys())
console.log([1, 2, 3][Symbol.iterator](), 'ab'[Symbol.iterator]())
const m = new Map(); m.set('self', m); m.extra = 1
console.log(m)
class MyMap extends Map {}
console.log(new MyMap([[1, 2]]), new (class extends Set {})([1]))
