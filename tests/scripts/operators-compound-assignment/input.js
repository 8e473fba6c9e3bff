let a = 5
a += 2; console.log(a); a -= 1; console.log(a); a *= 3; console.log(a); a /= 2; console.log(a); a %= 5; console.log(a)
a **= 3; console.log(a); a <<= 2; console.log(a); a >>= 1; console.log(a); a >>>= 0; console.log(a); a &= 12; console.log(a); a |= 3; console.log(a); a ^= 1; console.log(a)
let s = 'a'; s += 1; s += null; console.log(s)
const o = { x: 1, y: [1] }
o.x += 5; o['x'] *= 2; o.y[0] -= 3
console.log(o, (o.x += 1))
