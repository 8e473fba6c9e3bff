const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => { x; let x = 1 }); t(() => { x = 2; let x }); t(() => { typeof x; let x }); t(() => { const f = () => y; f(); const y = 1 }); t(() => { let z = z + 1 }); t(() => { const [a = b, b] = [] }); t(() => ((a = b, b) => a)()); t(() => { C; class C { } }); t(() => { for (const q of [q]); }); t(() => { later() }); t(() => { switch (1) { case 0: let w; case 1: w } })
let later2 = 1
t(() => later2)
const later = () => 1
