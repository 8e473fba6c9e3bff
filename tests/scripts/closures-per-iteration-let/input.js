const fs = []
for (let i = 0; i < 3; i++) fs.push(() => i)
console.log(fs.map(f => f()))
const gs = []
for (var j = 0; j < 3; j++) gs.push(() => j)
console.log(gs.map(f => f()))
const hs = []
for (let i = 0; i < 3; i++) { hs.push(() => i); i += 0.5 }
console.log(hs.map(f => f()))
const ks = []
for (const v of ['a', 'b', 'c']) ks.push(() => v)
for (const k in { x: 1, y: 2 }) ks.push(() => k)
console.log(ks.map(f => f()))
