const n = 100000, a = []
for (let i = 0; i < n; i++) a.push(i * 2)
let s = 0
for (let i = 0; i < a.length; i++) s += a[i]
console.log(a.length, s)
const b = new Array(n).fill(1.5)
console.log(b.reduce((x, y) => x + y, 0), a.slice(-2), a.indexOf(199998))
const m = Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => i * j))
console.log(m[99][99], m.flat().length)
