// What the functions of process say of wrong arguments; warnings, and what takes exceptions.
const t = (f) => { try { console.log(f()) } catch (x) { console.log(x.name, x.code, x.message.replace(process.cwd(), 'here')) } }
for (const a of [[], [1], ['x', 1], ['x', 'T', 1], ['x', {type: 5}], [{}], ['x', () => {}, 5], ['x', {code: 7}], ['x', 'T', 'C', 5], ['x', null], ['x', 'T', null], ['x', undefined, 'K'], [new Error('e'), 'T', 'K']]) t(() => process.emitWarning(...a))
for (const a of [1, null, {}, { user: 'a' }, { user: 1 }, { user: -1, system: 2 }, { user: 1, system: -2 }, {user:1,system:Infinity}]) t(() => typeof process.cpuUsage(a).user)
t(() => process.hrtime(1)); t(() => process.hrtime([1])); t(() => process.hrtime([1, 2]).length)
for (const v of ['x', 1.5, {}, '7', 7, null, undefined, true, NaN, '']) t(() => { process.exitCode = v; return process.exitCode })
process.exitCode = 0
t(() => process.exit('x'));
for (const v of [undefined, 'x', null, {}, NaN, 1n]) t(() => process.kill(v))
t(() => process.kill(0, 'SIGFOO')); t(() => process.kill(process.pid, 999)); t(() => process.kill(process.pid, 0)); t(()=>process.kill('0','test'))
t(() => process.setUncaughtExceptionCaptureCallback(5)); t(() => process.setUncaughtExceptionCaptureCallback(undefined))
t(() => process.hasUncaughtExceptionCaptureCallback()); process.setUncaughtExceptionCaptureCallback(() => {}); t(() => process.setUncaughtExceptionCaptureCallback(() => {})); process.setUncaughtExceptionCaptureCallback(null)
t(() => { process.env.A = Symbol() }); t(() => { process.env[Symbol()] = 1 }); t(() => { process.env.B = undefined; return process.env.B }); t(() => Object.defineProperty(process.env, 'C', { value: 1 }));t(() => Object.defineProperty(process.env, 'C', { get() {}, configurable: true, enumerable: true }));t(() => Object.defineProperty(process.env, 'C', { value: 4, writable: true, configurable: true, enumerable: true }).C)
t(() => Symbol() in process.env); t(() => delete process.env[Symbol()]); t(() => process.env[Symbol()]); t(() => delete process.env.nothing)
t(() => process.umask('x')); t(() => process.umask({})); t(() => process.umask(-1)); t(() => process.umask('0o22')); t(()=>process.umask(0o22)); t(() => process.umask())
t(() => process.chdir()); t(() => process.chdir('/no/such')); t(() => process.chdir(1))
t(() => process.setSourceMapsEnabled(1)); t(() => process.setSourceMapsEnabled(false)); t(() => process.getActiveResourcesInfo()); t(() => { const a = setTimeout(() => {}, 5), b = setTimeout(() => {}).unref(), c = setImmediate(() => {}), d = setInterval(() => {}); const x = process.getActiveResourcesInfo(); clearTimeout(a); clearInterval(d); return x })
t(() => process.getBuiltinModule('node:fs') === require('fs')); t(() => process.getBuiltinModule('nothing'))
process.on('warning', (warning) => console.log('warning', warning.name, warning.code, warning.message, warning.detail))
process.emitWarning('a', { type: 'Custom', code: 'C1', detail: 'more' })
process.emitWarning('old', 'DeprecationWarning', 'DEP0')
setTimeout(() => console.log('at once'), 2 ** 31)
setTimeout(() => {
  process.noDeprecation = true
  process.emitWarning('silent', 'DeprecationWarning')
  process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin))
  process.setUncaughtExceptionCaptureCallback((error) => {
    console.log('captured', error.message)
    process.setUncaughtExceptionCaptureCallback(null)
    process.once('uncaughtException', (error, origin) => console.log('listener', error.message, origin))
    setTimeout(() => { throw new Error('second') })
  })
  throw new Error('first')
}, 10)
const timer = setTimeout(() => console.log('never'), 20)
timer[Symbol.dispose]()
setImmediate(() => console.log('never'))[Symbol.dispose]()
console.log(Symbol.dispose, Symbol.asyncDispose, timer._destroyed)
