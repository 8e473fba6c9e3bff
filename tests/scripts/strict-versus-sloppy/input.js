(function () { 'use strict'
  var tries = [function () { undeclared = 1 }, function () { delete Object.prototype }, function () { Object.freeze([1]).push(2) }, function () { 'abc'.length = 1 }, function () { 'abc'[0] = 'x' }, function () { (5).x = 1 }, function () { Object.defineProperty({}, 'x', { value: 1 }).x = 2 }, function () { ({ get a() { return 1 } }).a = 2 }, function () { Object.preventExtensions({}).n = 1 }, function () { arguments.callee }, function () { NaN = 1 }, function () { undefined = 1 }]
  tries.forEach(function (f) { try { f(); console.log('fine') } catch (e) { console.log(e.name + ': ' + e.message) } })
  console.log(this, (function () { return this })(), [1].map(function () { return this })[0], (() => this)())
})()
;(function () {
  NaN = 1; undefined = 1; 'abc'.length = 1; (5).x = 1; Object.freeze([1])[0] = 2; delete Object.prototype
  console.log(typeof this, (function () { return this === globalThis })(), 010, '\101', typeof (function () { return this }).call('s'))
  var let_ = 1, yield = 2, static = 3, of = 4, async = 5, get = 6; console.log(let_ + yield + static + of + async + get)
})()
function dup(a, a) { return a } console.log(dup(1, 2), dup.length, (function () { return typeof arguments.callee })())
