const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
const c = 1
t(() => { c = 2 }); t(() => { c++ }); t(() => { c += 1 }); t(() => { const d = 1; d = 2 }); t(() => { for (const i = 0; i < 2; i++); }); t(() => { for (const x of [1]) x = 2 }); t(() => { [c] = [1] }); t(() => { ({ c } = { c: 1 }) }); t(() => { c &&= 5 }); t(() => { c ??= 5; return 'short' }); t(() => { class K { static m() { K = 1 } } K.m() })
console.log(c)
