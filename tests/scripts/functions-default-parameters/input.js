function f(a, b = a + 1, c = b * 2) { return [a, b, c] }
console.log(f(1), f(1, undefined, 3), f(1, null), f())
console.log(f.length, ((a, b, c = 1, d) => 0).length)
let n = 0
const g = (x = n++) => x
g(); g(5); g()
console.log(n)
