const sym = Symbol('desc')
console.log({ get a() { return 1 }, set b(v) { }, get c() { return 1 }, set c(v) { }, [sym]: 1, [Symbol()]: 2, [Symbol.iterator]: 3, [Symbol('a b')]: { x: 1 } })
console.log(Object.defineProperty({ v: 1 }, 'hidden', { value: 1 }), Object.defineProperty([1], 'x', { value: 1, enumerable: true }), Symbol.for('reg'), [Symbol('in')])
