const mul = (a, b) => a.map(r => b[0].map((_, j) => r.reduce((s, x, k) => s + x * b[k][j], 0)))
console.log(mul([[1, 2], [3, 4]], [[5, 6], [7, 8]]))
let x = 0, v = 1; for (let i = 0; i < 1000; i++) { v -= x * 0.01; x += v * 0.01 } console.log(x, v)
let h = 0; for (let i = 0; i < 100; i++) h = (h << 5) - h + i | 0; console.log(h, h >>> 0)
