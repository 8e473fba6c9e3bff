const p = { x: 1, list: [] }
const a = Object.create(p), b = Object.create(p)
a.x = 2; a.list.push('shared')
console.log(a.x, b.x, p.x, b.list)
delete a.x
console.log(a.x)
p.x = 5
console.log(a.x, b.x)
Object.defineProperty(p, 'ro', { value: 1 })
a.ro = 2
console.log(a.ro, Object.keys(a))
const s = { set v(n) { this._v = n * 2 } }
const c = Object.create(s)
c.v = 4
console.log(c._v, Object.keys(c))
