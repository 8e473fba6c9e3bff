const keep = []
for (let i = 0; i < 3000; i++) { const o = { i, s: 'n' + i, a: [i] }; if (i % 10 === 0) keep.push(o) }
gc(); gc({ type: 'minor' })
console.log(keep.length, keep.reduce((s, o) => s + o.i + o.a[0] + o.s.length, 0), typeof gc)
let list = null; for (let i = 0; i < 2000; i++) list = { i, next: list }
gc(); let n = 0; for (let p = list; p; p = p.next) n += p.i; console.log(n)
