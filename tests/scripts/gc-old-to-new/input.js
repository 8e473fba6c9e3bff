const old = { child: null, list: [] }; gc(); gc()
for (let i = 0; i < 500; i++) { old.child = { i, prev: i % 100 ? old.child : null }; old.list[i % 50] = ['x' + i] }
gc({ type: 'minor' }); let d = 0; for (let c = old.child; c; c = c.prev) d++
console.log(d, old.list.length, old.list[49][0])
const m = new Map(); gc(); for (let i = 0; i < 500; i++) m.set('key' + i, { v: i }); gc({ type: 'minor' }); console.log(m.get('key499').v)
