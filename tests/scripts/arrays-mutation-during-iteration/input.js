const a = [1, 2, 3]
console.log(a.map((x, i) => { if (i === 0) a.push(10); return x }), a)
const b = [1, 2, 3, 4]
const seen = []
b.forEach(x => { seen.push(x); if (x === 1) b.shift() })
console.log(seen, b)
console.log([1, 2, 3].filter((x, i, arr) => { arr.length = 1; return true }))
