const f = a => b => c => d => { a++; b += a; c += b; return [a, b, c, d] }
const g = f(1)(2)(3)
console.log(g(4), g(5))
