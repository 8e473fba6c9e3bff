function counter() { let n = 0; return { inc() { return ++n }, dec: () => --n, get: function () { return n } } }
const a = counter(), b = counter()
a.inc(); a.inc(); b.dec()
console.log(a.get(), b.get())
