function f() { return arguments.length + ':' + Array.prototype.join.call(arguments, ',') }
console.log(f(), f(1), f(1, 'b', null))
function g(a, b) { arguments[0] = 10; b = 20; return [a, arguments[1], arguments.length] }
console.log(g(1, 2), g(1))
function h(a, b) { 'use strict'; arguments[0] = 10; b = 20; return [a, arguments[1]] }
console.log(h(1, 2))
function k() { return (() => arguments[0])(5) }
console.log(k(7))
console.log((function () { return typeof arguments + Object.prototype.toString.call(arguments) })())
