// What functions have of their own can be deleted and redefined.
'use strict'
function f(a, b) {}
console.log(f.length, f.name, delete f.name, f.name === '', f.hasOwnProperty('name'), delete f.length, f.length)
const g = () => {}
Object.defineProperty(g, 'name', { value: 'renamed' })
console.log(g.name, g, Object.getOwnPropertyDescriptor(g, 'name'))
try { g.name = 'x' } catch (e) { console.log(e.name) }
class A { static name = 'own'; static m() {} }
console.log(A.name, delete A.name, 'name' in A, A.hasOwnProperty('name'))
const o = { get x() { return 1 }, set x(v) {}, ['comp' + 1]() {}, async *gen() {}, [Symbol('sy')]: () => {} }
const d = Object.getOwnPropertyDescriptor(o, 'x')
console.log(d.get.name, d.set.name, o.comp1.name, o.gen.name, o[Object.getOwnPropertySymbols(o)[0]].name)
console.log((function () {}).bind().name, f.bind(null, 1).length)
