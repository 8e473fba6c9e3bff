let i = 5
console.log(i++, i, ++i, i--, --i)
const o = { n: 1, s: '5' }
console.log(o.n++, ++o.n, o['n']--, o.s++, o.s)
const a = [1, 2]; let j = 0
a[j++]++; a[j]--
console.log(a, j)
let x = 'abc'; x++; console.log(x)
let u; u++; console.log(u)
let big = 2147483647; big++; console.log(big); big = -2147483648; big--; console.log(big)
