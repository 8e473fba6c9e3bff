function f(a, ...rest) { return [a, rest, rest.length] }
console.log(f(), f(1), f(1, 2, 3))
console.log(f.length, ((...r) => r).length)
const g = (...[a, b]) => a + b
console.log(g(1, 2))
