if (true) { function ask() { return 'first' } }
if (true) { function ask() { return 'second' } }
console.log(ask());
{ function b1() { return 1 } }
{ function b1() { return 2 } }
console.log(b1());
function wrap() {
  if (1) { function q() { return 'A' } }
  for (let i = 0; i < 2; i++) { function q() { return 'B' + i } }
  console.log(q());
  function q() { return 'top' }
  return q();
}
console.log(wrap());
switch (1) { case 1: function sw() { return 'sw' } }
console.log(sw(), typeof lbl);
foo: function lbl() {}
try { throw 1 } catch (e) { function inCatch() { return e } }
console.log(inCatch());
if (true) function one() { return 2 }
if (false) {} else function two() { return 3 }
if (false) function three() { return 5 } else function three() { return 6 }
console.log(one(), two(), three());
function parameters(f) { { function f() { return 'inner' } } return f }
console.log(parameters('outer'));
(function () { 'use strict'; { function strictly() {} } console.log(typeof strictly) })();
