const keys = Object.keys(globalThis).filter((name) => name !== 'fetch' && name !== 'gc')
console.log(keys)
console.log(Object.prototype.toString.call(globalThis), Object.prototype.toString.call(console), globalThis.global === globalThis)
console.log(setTimeout, setImmediate, require('util').promisify(setTimeout))
console.log(typeof module.paths, module.id, module.loaded, Object.keys(module))
global.leaked = [1, 2]
console.log(Object.keys(globalThis).at(-1))
console.assert(false, { a: 1 })
require('util').promisify(setTimeout)(5, 'late').then(console.log)
