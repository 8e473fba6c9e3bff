const f = ({ a, b = 2 } = {}, [c, d] = [3, 4], ...[e]) => [a, b, c, d, e]
console.log(f(), f({ a: 1 }, [5], 6))
console.log([{ k: 'x', v: 1 }, { k: 'y', v: 2 }].map(({ k, v }) => k + v), Object.entries({ p: 1 }).map(([k, v]) => `${k}=${v}`))
function g({ x: { y: [z] } }) { return z }
console.log(g({ x: { y: [9] } }), f.length)
for (const { id, tags: [first = 'none'] = [] } of [{ id: 1, tags: ['t'] }, { id: 2 }]) console.log(id, first)
