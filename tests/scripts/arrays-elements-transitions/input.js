const a = [1, 2, 3]
a.push(1.5); a.push('s'); a.push({})
console.log(a)
const d = [1.5, 2.5]; d[0] = 1; d.push(NaN, -0, Infinity); console.log(d)
const e = []; for (let i = 10; i >= 0; i--) e[i] = i; console.log(e)
const s = []; s[5000] = 1; console.log(s.length, s[5000], s[0], Object.keys(s)); s[1] = 2; console.log(Object.keys(s))
const big = []; big[4294967294] = 'x'; console.log(big.length); big[4294967295] = 'y'; console.log(big.length, Object.keys(big))
try { big.push(1) } catch (e) { console.log(e.name, e.message) }
