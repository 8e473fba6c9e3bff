function P(x, y) { this.x = x; if (y) this.y = y; this.z = 1 }
const ps = [new P(1), new P(1, 2), new P(3, 0), new P(4, 5)]
let t = 0
for (let r = 0; r < 3; r++) for (const p of ps) { t += p.x + (p.y || 0) + p.z }
console.log(t, ps)
const objs = [{ a: 1 }, { b: 0, a: 2 }, { c: 0, a: 3 }, { d: 0, a: 4 }, { e: 0, a: 5 }, 'str', [1]]
const get = o => o.a
console.log(objs.map(get), objs.map(get))
