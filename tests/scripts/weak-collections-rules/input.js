const attempt = f => { try { return f() } catch (e) { return `${e.name}: ${e.message}` } }
const wm = new WeakMap(), ws = new WeakSet(), k = {}
console.log(wm.set(k, 1) === wm, wm.get(k), wm.has({}), wm.delete(k), wm.delete(k), wm.get(k))
console.log(attempt(() => wm.set(1, 1)), attempt(() => ws.add('x')), wm.has(1), ws.has(null), wm.delete('x'))
console.log(attempt(() => new WeakMap([[1, 2]])), attempt(() => WeakMap()), attempt(() => WeakMap.prototype.get.call(new Map(), k)))
console.log(attempt(() => new WeakRef(1)), new WeakRef(k).deref() === k, String(new WeakRef(k)), String(wm))
console.log(attempt(() => new FinalizationRegistry()), attempt(() => new FinalizationRegistry(() => {}).register(k, k)))
const r = new FinalizationRegistry(() => {}); console.log(r.register({}, 'held', k), r.unregister(k), r.unregister(k))
const counters = new WeakMap(); const touch = o => counters.set(o, (counters.get(o) || 0) + 1).get(o)
console.log(touch(k), touch(k), touch({}), wm.size, [...Object.getOwnPropertyNames(WeakMap.prototype)].sort().join())
console.log(attempt(() => wm.set(Symbol('ok'), 1) === wm), attempt(() => wm.set(Symbol.for('reg'), 1)).slice(0, 9))
