let s = ''
for (let i = 0; i < 5000; i++) s += i
console.log(s.length, s.slice(-8), s[1000], s.indexOf('4999'))
let t = ''
for (let i = 0; i < 1000; i++) t = 'x' + t + 'y'
console.log(t.length, t[999], t[1000], t === 'x'.repeat(1000) + 'y'.repeat(1000))
const o = {}
o['ke' + 'y'.repeat(20)] = 1
console.log(o['ke' + 'yyyyyyyyyyyyyyyyyyyy'], s.concat(t).length)
