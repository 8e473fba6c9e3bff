function sum() { var t = 0; for (var i = 0; i < arguments.length; i++) t += arguments[i]; return t }
console.log(sum(1, 2, 3), sum())
function toArray() { return Array.prototype.slice.call(arguments, 1) }
console.log(toArray(1, 2, 3))
function linked(a, b) { arguments[0] = 'changed'; b = 'also'; return [a, arguments[1], arguments.length] }
console.log(linked(1, 2), linked(1))
function strictOne(a) { 'use strict'; arguments[0] = 9; return a }
console.log(strictOne(1))
console.log((function () { return arguments.callee.name })(), (function named() { return typeof arguments.callee })())
function partial(fn) { var rest = [].slice.call(arguments, 1); return function () { return fn.apply(this, rest.concat([].slice.call(arguments))) } }
console.log(partial(sum, 1, 2)(3, 4))
console.log(Object.prototype.toString.call((function () { return arguments })()), (function (a, b) {}).length)
function redefined(a) { Object.defineProperty(arguments, '0', { value: 7, writable: false }); a = 9; return [arguments[0], a] }
console.log(redefined(1))
function own() { var arguments; return typeof arguments }
console.log(own(1), (function (arguments) { return arguments })('mine'))
