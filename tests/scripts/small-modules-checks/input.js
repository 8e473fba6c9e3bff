// Checks and rarer members of small modules.
const os = require('os'), qs = require('querystring'), util = require('util'), { isBuiltin, builtinModules, createRequire, wrap } = require('module')
const { isAscii, isUtf8, transcode } = require('buffer'), { performance, PerformanceMark } = require('perf_hooks')
const attempt = (f) => { try { console.log(f()) } catch (error) { console.log(error.name, error.code, error.message) } }

process.env.TMPDIR = '/somewhere/'
console.log(os.tmpdir(), os.EOL === '\n', os.constants.priority)
attempt(() => { 'use strict'; os.EOL = 1 })
attempt(() => { os.setPriority(5); return os.getPriority() })
for (const value of ['x', 1.5, 100]) { attempt(() => os.setPriority(value)); attempt(() => os.getPriority(value === 100 ? -1 : value)) }

console.log(qs.escape('a b\u00e9'), qs.escape({}), qs.escape([5, 10]), qs.escape('\ud801test'))
attempt(() => qs.escape('\ud801'))
attempt(() => qs.escape(Symbol('x')))
console.log(Object.keys(qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 })).length, Object.keys(qs.parse('a&b&c', '&', '=', { maxKeys: '2' })).length)

attempt(() => util.inherits(function A() {}, {}))
attempt(() => util.inherits(function A() {}, null))
attempt(() => util.inherits(null, Object))
attempt(() => util.deprecate(() => {}, 'text', 5))
attempt(() => util.formatWithOptions(5, 'x'))
process.on('warning', ({ name, code, message }) => console.log('warning', name, code, message))
const first = util.deprecate((x) => x, 'is old', 'OLD1'), second = util.deprecate((x) => -x, 'is old too', 'OLD1')
console.log(first(1), second(2), first(3))

console.log(isBuiltin('fs'), isBuiltin('node:fs'), isBuiltin('nothing'), isBuiltin(undefined), builtinModules.includes('sys'))
attempt(() => createRequire('relative'))
attempt(() => createRequire('/a/b.js')('path') === require('path'))
console.log(wrap('x'), module.parent, module.constructor === require('module'))
attempt(() => require.resolve(5))

attempt(() => isAscii('x'))
attempt(() => isUtf8({}))
attempt(() => transcode('x', 'utf8', 'latin1'))
const { buffer } = new Uint8Array(4)
structuredClone(buffer, { transfer: [buffer] })
attempt(() => isAscii(buffer))

console.log(Object.prototype.toString.call(performance), Object.prototype.toString.call(performance.mark('x')), PerformanceMark.prototype[Symbol.toStringTag])
console.log(Object.keys(performance.toJSON()), performance.toJSON().nodeTiming.name)
const cause = new DOMException('text', { name: 'Own', cause: 5 })
console.log(cause.name, cause.cause, 'cause' in new DOMException('x'), Object.getOwnPropertyDescriptor(cause, 'cause'))
