var y = 'outer'
function f(x = y) { var y = 'inner'; return x + y }
function g(x = () => y) { var y = 'inner'; return x() + y }
function h(y, x = () => y) { var y; const before = y; y = 'changed'; return [before, y, x()] }
console.log(f(), g(), h('param'))
function k(a = unknown) { var unknown = 1; return a }
try { k() } catch (e) { console.log(e.message) }
function m(a = arguments) { let arguments = 'let'; return [a.length, arguments] }
console.log(m(), m(undefined, 2))
const arrow = (a, b = a, c = () => a + b) => { a = 10; return [b, c()] }
console.log(arrow(1))
try { ((a = b, b) => a)() } catch (e) { console.log(e.message) }
function w({ p = 1, ...rest } = {}, [q, ...others] = [2, 3, 4]) { return [p, rest, q, others] }
console.log(w(), w({ p: 5, z: 6 }, 'xyz'), w.length)
var self = function me(a = me) { return a === me }
console.log(self())
