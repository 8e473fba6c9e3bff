const o = {}
for (let i = 0; i < 2000; i++) o['k' + i] = i
let s = 0
for (const k in o) s += o[k]
console.log(s, Object.keys(o).length, o.k1999)
for (let i = 0; i < 2000; i += 2) delete o['k' + i]
console.log(Object.keys(o).length, 'k0' in o, o.k1, o.k0)
o.k0 = 'back'
console.log(Object.keys(o).at(-1), Object.keys(o)[0])
