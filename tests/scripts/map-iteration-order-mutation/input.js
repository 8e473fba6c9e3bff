const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']])
const seen = []
for (const [k, v] of m) { seen.push(k + v); if (k === 1) { m.delete(2); m.set(4, 'd') } if (k === 3) { m.delete(1); m.set(1, 'again') } }
console.log(seen)
m.delete(3); m.set(3, 'end'); console.log([...m.keys()])
const s = new Set([1]); let n = 0; for (const x of s) { if (n++ < 5) { s.delete(x); s.add(x) } } console.log(n, s)
const it = m.entries(); it.next(); m.clear(); m.set('new', 1); console.log(it.next(), it.next(), it.next())
