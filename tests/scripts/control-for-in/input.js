for (const k in { a: 1, b: 2 }) console.log(k)
for (const k in [7, 8]) console.log(k, typeof k)
for (const k in 'ab') console.log(k)
for (const k in null) console.log('never')
for (const k in undefined) console.log('never')
const p = { inherited: 1 }, o = Object.create(p)
o.own = 2
for (var k in o) console.log(k, Object.prototype.hasOwnProperty.call(o, k))
for (const k in { b: 1, 2: 1, a: 1, 1: 1, '-1': 1 }) console.log(k)
const d = { x: 1, y: 2, z: 3 }
for (const k in d) { console.log(k); delete d.y }
Object.defineProperty(d, 'hidden', { value: 1, enumerable: false })
for (const k in d) console.log(k)
