const a = { hi() { return 'a' } }, b = { hi() { return 'b' } }
const o = Object.create(a)
console.log(o.hi())
Object.setPrototypeOf(o, b)
console.log(o.hi(), o.__proto__ === b)
o.__proto__ = null
console.log(typeof o.hi, Object.getPrototypeOf(o))
try { const x = {}; const y = Object.create(x); Object.setPrototypeOf(x, y) } catch (e) { console.log(e.message) }
