function f(n) { return f(n + 1) + 1 }
console.log('go')
f(0)
