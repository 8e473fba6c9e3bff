function leak() { leaked = { size: 10 }; return this === globalThis }
console.log(leak(), leaked.size, typeof globalThis.leaked, delete globalThis.leaked, typeof leaked)
function counter() { count = (typeof count === 'undefined') ? 1 : count + 1; return count }
counter(); counter()
console.log(count, 'count' in global, Object.keys(global).includes('count'))
for (idx = 0; idx < 3; idx++) {}
console.log(idx)
;(function () { 'use strict'; try { nope = 1 } catch (e) { console.log(e.name + ': ' + e.message) } })()
var notGlobal = 1
console.log(global.notGlobal, this === module.exports, typeof this)
x = y = 5
console.log(x + y)
try { undefinedVariable } catch (e) { console.log(e instanceof ReferenceError, e.message) }
console.log(typeof undefinedVariable)
