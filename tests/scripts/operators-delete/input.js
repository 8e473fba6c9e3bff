const o = { a: 1, b: 2, c: 3 }
console.log(delete o.a, delete o.zz, o, 'a' in o)
delete o['c']
console.log(o, Object.keys(o))
o.a = 9
console.log(o)
const a = [1, 2, 3]
delete a[1]
console.log(a, a.length, 1 in a)
var v = 1
console.log(delete v, v)
imp = 5
console.log(delete imp, typeof imp)
