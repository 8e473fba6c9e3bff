const deps = { app: ['ui', 'api'], ui: ['core'], api: ['core', 'db'], db: ['core'], core: [], cyc1: ['cyc2'], cyc2: ['cyc1'] }
function order(root, seen = new Set(), path = []) { if (path.includes(root)) throw new Error('cycle: ' + [...path.slice(path.indexOf(root)), root].join(' -> ')); if (seen.has(root)) return []; seen.add(root); return [...deps[root].flatMap(d => order(d, seen, [...path, root])), root] }
console.log(order('app')); 
function* bfs(start) { const q = [start], seen = new Set(q); while (q.length) { const n = q.shift(); yield n; for (const d of deps[n]) if (!seen.has(d)) { seen.add(d); q.push(d) } } } console.log([...bfs('app')])
const check = n => { const state = {}; const visit = m => { if (state[m] === 1) return [m]; if (state[m]) return null; state[m] = 1; for (const d of deps[m]) { const c = visit(d); if (c) return c[0] === m && c.length > 1 ? c : [...c, m] } state[m] = 2; return null }; return visit(n) }; console.log(check('app'), check('cyc1'))
const reverse = Object.entries(deps).reduce((r, [k, v]) => { for (const d of v) (r[d] ??= []).push(k); return r }, {}); console.log(reverse)
const dist = { app: 0 }; for (const n of bfs('app')) for (const d of deps[n]) dist[d] = Math.min(dist[d] ?? Infinity, dist[n] + 1); console.log(dist)
