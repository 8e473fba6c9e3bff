function f() { leaked = 42; return leaked }
f()
console.log(leaked, globalThis.leaked, 'leaked' in globalThis)
globalThis.viaGlobal = 1
console.log(viaGlobal)
viaGlobal++
console.log(globalThis.viaGlobal)
;(function () { 'use strict'; try { strictLeak = 1 } catch (e) { console.log(e.name, e.message) } })()
