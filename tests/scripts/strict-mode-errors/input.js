'use strict'
const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => { undef = 1 })
t(() => { Object.freeze([1]).push(2) })
t(() => { const o = Object.freeze({ a: 1 }); o.a = 2 })
t(() => { const o = Object.freeze({ a: 1 }); o.b = 2 })
t(() => { const o = Object.freeze({ a: 1 }); delete o.a })
t(() => { const o = { get x() { return 1 } }; o.x = 2 })
t(() => { 'abc'.length = 5 })
t(() => { 'abc'.foo = 5 })
t(() => (function () { return this })())
