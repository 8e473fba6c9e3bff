var f = function g(n) { return n ? n * g(n - 1) : 1 }
console.log(f(5), typeof g, f.name)
var h = function k() { k = 1; return typeof k }
console.log(h())
