var o = { b: 1, 2: 'two', a: 1, 1: 'one', [Symbol('s')]: 1 }, keys = []
for (var k in o) { keys.push(k); if (k === '2') { delete o.a; o.late = 1 } }
console.log(keys, Object.keys(o), JSON.stringify(o))
function Base() { this.own = 1 } Base.prototype.inherited = 2; Object.defineProperty(Base.prototype, 'hidden', { value: 1, enumerable: false })
var b = new Base(); Object.defineProperty(b, 'inherited', { value: 'shadow', enumerable: false })
for (k in b) console.log(k)
for (k in 'ab') console.log(k, typeof k); for (k in [5, , 7]) console.log(k); for (k in null) console.log('never'); for (k in 5) console.log('never')
var a = [1, 2]; a.extra = 1; Array.prototype.polluted = 1; for (k in a) console.log(k); delete Array.prototype.polluted
for (var i = 0, n = a.length; i < n; i++) a.push(i); console.log(a.length)
for (const [k, v] of Object.entries({ x: 1, y: 2 })) console.log(k, v)
for (k in { get g() { throw 1 } }) console.log(k)
var obj = {}; for (obj.prop in { p: 1 }); console.log(obj.prop); for (var [x, y] in { pq: 1 }) console.log(x, y)
