for (const x of [1, 'a', null]) console.log(x)
for (let [k, v] of [['a', 1], ['b', 2]]) { v++; console.log(k, v) }
for (const { x, y = 5 } of [{ x: 1 }, { x: 2, y: 3 }]) console.log(x, y)
const a = [1, 2, 3]
for (const x of a) { if (x === 2) a.push(9); if (a.length > 6) break; console.log(x) }
for (const x of [, 1]) console.log(x)
let z; for (z of [1, 2]); console.log(z)
const o = {}; for (o.p of ['q']); console.log(o)
for (var [i] of [[5]]); console.log(i)
