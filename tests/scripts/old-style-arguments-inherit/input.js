function inherits(C, P) { C.super_ = P; function T() { } T.prototype = P.prototype; C.prototype = new T(); C.prototype.constructor = C }
function A(n) { this.n = n } A.prototype.who = function () { return 'A' + this.n }
function B() { A.apply(this, arguments); this.extra = arguments.length } inherits(B, A)
B.prototype.who = function () { return 'B' + B.super_.prototype.who.apply(this, [].slice.call(arguments)) }
var b = new B(7, 8); console.log(b.who(), b, b instanceof A, B.super_ === A)
function curry(f) { var a = Array.prototype.slice.call(arguments, 1); return function () { return f.apply(null, a.concat(Array.prototype.slice.call(arguments))) } }
console.log(curry(function (a, b, c) { return a + b + c }, 1, 2)(3))
