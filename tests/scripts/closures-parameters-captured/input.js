function f(a, b = () => a, c = () => { a = 9 }) { const before = b(); c(); return [before, a, b()] }
console.log(f(1))
function g(a, b = () => a) { var a = 5; return [a, b()] }
console.log(g(1))
function h(a, b = () => a) { var a; return [a, b()] }
console.log(h(7))
