console.log(typeof hoisted, hoisted(), typeof later)
var later = function () { return 1 }
function hoisted() { return 'yes' }
console.log(typeof later)
function outer() {
  console.log(inner())
  return inner()
  function inner() { return 'first' }
  function inner() { return 'second' }
}
console.log(outer())
var x = 1
function shadow() { console.log(x); var x = 2; return x }
console.log(shadow(), x)
function f(a) { var a; return a }
function g(a) { var a = 2; return a }
function h(a) { function a() { } return typeof a }
console.log(f(1), g(1), h(1))
if (true) { function inBlock() { return 'block' } }
console.log(inBlock())
console.log(typeof undeclared, (function () { try { undeclared } catch (e) { return e.name } })())
