function f() { return this === globalThis }
console.log(f(), (function () { return typeof this })())
function s() { 'use strict'; return this }
console.log(s())
const o = { f, s, a: () => typeof this, m() { return this === o } }
console.log(o.f(), o.s() === o, o.a(), o.m())
const m = o.m
console.log(m())
console.log(f.call(undefined), typeof (function () { return this }).call(5), s.call(5))
