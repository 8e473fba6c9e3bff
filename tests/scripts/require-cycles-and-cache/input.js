// Built-in modules only: one object each, with or without node:.
const events = require('events'), again = require('node:events')
console.log(events === again, require('util') === require('util'), require('assert').strict === require('assert/strict'))
console.log(typeof require, typeof require.resolve, typeof require.cache, require.main === module, module.id, module.loaded)
console.log(typeof __filename, __filename.endsWith('input.js'), __filename.startsWith(__dirname), exports === module.exports)
for (const name of ['./missing', 'no-such-package', '']) { try { require(name) } catch (e) { console.log(e.name, e.code) } }
try { require(5) } catch (e) { console.log(e.name, e.code) }
console.log(module.children.length, module.exports)
setTimeout(() => console.log(module.loaded), 0)
