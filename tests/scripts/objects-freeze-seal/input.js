const f = Object.freeze({ a: 1, n: { b: 2 } })
f.a = 2; f.c = 3; delete f.a; f.n.b = 5
console.log(f, Object.isFrozen(f), Object.isFrozen(f.n), Object.isSealed(f), Object.isExtensible(f))
const s = Object.seal({ a: 1 })
s.a = 2; s.b = 1; delete s.a
console.log(s, Object.isSealed(s), Object.isFrozen(s))
const p = Object.preventExtensions({ a: 1 })
p.b = 1; delete p.a
console.log(p, Object.isExtensible(p), Object.isFrozen(p))
console.log(Object.isFrozen('x'), Object.freeze(5), Object.isFrozen({}), Object.isFrozen(Object.preventExtensions({})))
const a = Object.freeze([1, 2])
a[0] = 9; a.length = 0
console.log(a)
