class Emitter { #h = {}; on(e, f) { (this.#h[e] ||= []).push(f); return () => { this.#h[e] = this.#h[e].filter(x => x !== f) } } emit(e, ...a) { for (const f of this.#h[e] ?? []) f(...a); return !!this.#h[e]?.length } }
const em = new Emitter; const off = em.on('x', (a, b) => console.log('x', a, b)); console.log(em.emit('x', 1, 2)); off(); console.log(em.emit('x'), em.emit('y'))
