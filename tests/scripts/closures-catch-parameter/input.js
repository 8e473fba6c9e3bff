let f
try { throw 1 } catch (e) { f = () => e++ }
console.log(f(), f())
