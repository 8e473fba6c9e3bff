var x = 1
function f() { console.log(x); var x = 2; console.log(x) }
f()
console.log(typeof hoisted, typeof notHoisted)
function hoisted() {}
var notHoisted = function () {}
function g() { return h(); function h() { return 1 } function h() { return 2 } }
console.log(g())
if (true) { function inBlock() { return 'block' } }
console.log(inBlock())
var fs = []
for (var i = 0; i < 3; i++) { fs.push(function () { return i }) }
console.log(fs.map(function (f) { return f() }))
try { throw 1 } catch (e) { var e2 = e }
console.log(typeof e, e2)
switch (1) { case 0: var inSwitch = 1; default: console.log(inSwitch) }
console.log((function (a, a) { return a })(1, 2))
var self = this; (function () { console.log(this === globalThis, self === this) })()
console.log(function () { return typeof this }.call(5), function () { 'use strict'; return typeof this }.call(5))
console.log((function fact(n) { return n < 2 ? 1 : n * fact(n - 1) })(5))
