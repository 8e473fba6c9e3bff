class MyArray extends Array { sum() { return this.reduce((a, b) => a + b, 0) } static get [Symbol.species]() { return Array } }
const m = MyArray.from([1, 2, 3]); console.log(m.sum(), m instanceof MyArray, m.length, m)
console.log(m.map(x => x * 2) instanceof MyArray, m.filter(Boolean).constructor.name, MyArray.of(7).constructor.name)
class Other extends Array { } const o = new Other(1, 2, 3); console.log(o.map(x => x) instanceof Other, o.slice(1), o.concat([4]).constructor.name, new Other(3).length)
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0 } } console.log(2 instanceof Even, 3 instanceof Even)
class Money { constructor(n) { this.n = n } [Symbol.toPrimitive](hint) { return hint === 'string' ? `$${this.n}` : hint === 'number' ? this.n : 'default' } get [Symbol.toStringTag]() { return 'Money' } }
const c = new Money(5); console.log(`${c}`, +c, c + '', c * 2, c == 'default', Object.prototype.toString.call(c), [c] + '')
class Coll { *[Symbol.iterator]() { yield 1; yield 2 } } console.log([...new Coll()], Math.max(...new Coll()), Array.from(new Coll(), x => x * 10), new Set(new Coll()).size)
console.log([1].concat({ length: 1, 0: 'x', [Symbol.isConcatSpreadable]: true }))
