const log = []; const registry = new FinalizationRegistry(held => log.push(held)); const token = {}
function fill() { for (const name of ['a', 'b', 'c']) registry.register({ name }, name); registry.register({}, 'unregistered', token); globalThis.kept = { kept: true }; registry.register(kept, 'kept') }
fill(); console.log(registry.unregister(token), registry.unregister(token), registry, Object.prototype.toString.call(registry))
for (const f of [() => new FinalizationRegistry(), () => FinalizationRegistry(() => { }), () => registry.register(1), () => registry.register(kept, kept), () => registry.register(kept, 1, 5), () => registry.unregister(1)]) try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) }
let target = { big: 1 }; const ref = new WeakRef(target); target = null; gc(); console.log('same job', ref.deref() !== undefined)
setTimeout(() => { gc(); setTimeout(() => { console.log(log.sort(), ref.deref(), kept.kept) }, 10) }, 10)
