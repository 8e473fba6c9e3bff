Object.defineProperty(globalThis, 'lazy', { configurable: true, get() { return () => 1 } })
console.log(typeof lazy, lazy())
Object.defineProperty(globalThis, 'failing', { configurable: true, get() { throw new RangeError('from getter') } })
try { typeof failing } catch (e) { console.log(e.name, e.message) }
console.log(typeof missing, typeof console, typeof globalThis.missing)
Object.defineProperty(globalThis, 'setOnly', { set(v) { console.log('set', v) }, configurable: true })
setOnly = 3
console.log(typeof setOnly)
