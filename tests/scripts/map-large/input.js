const m = new Map(); for (let i = 0; i < 5000; i++) m.set('k' + i, i)
for (let i = 0; i < 5000; i += 2) m.delete('k' + i)
let s = 0; for (const [k, v] of m) s += v
console.log(m.size, s, m.get('k4999'), m.has('k0'))
const o = new Map(); const keys = []; for (let i = 0; i < 1000; i++) { const k = { i }; keys.push(k); o.set(k, i) }
gc(); let t = 0; for (const k of keys) t += o.get(k); console.log(t)
const d = new Map(); for (let i = 0; i < 100; i++) d.set(i / 3, i); console.log(d.get(1 / 3), d.get(33), d.size)
