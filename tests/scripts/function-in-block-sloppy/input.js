console.log(typeof f)
if (true) { function f() { return 1 } }
console.log(typeof f, f())
{ console.log(g()); function g() { return 2 } }
console.log(g())
