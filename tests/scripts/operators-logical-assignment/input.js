let a = null, b = 0, c = 1
a ??= 5; b ||= 6; c &&= 7
console.log(a, b, c)
const o = { p: 0, get q() { console.log('get'); return 1 }, set q(v) { console.log('set', v) } }
o.q ||= 2; o.q &&= 3; o.p ||= 4; o.r ??= 9; o.p ??= 10
console.log(o.p, o.r)
const k = Object.freeze({ z: 1 })
k.z ||= 5; k.z ??= 6
console.log(k.z)
