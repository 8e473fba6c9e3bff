function f() { f.count = (f.count || 0) + 1 }
f(); f()
console.log(f.count, Object.keys(f), f)
f.prototype.x = 1
console.log(new f().x, f.prototype.constructor === f, (() => { }).prototype)
