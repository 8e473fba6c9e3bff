let s = ''
for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; s += i }
console.log(s)
let n = 0
for (; ;) { if (n++ > 3) break }
console.log(n)
for (var i = 3; i--;) s += i
console.log(s, i)
for (let i = 10, step = -3; i > 0; i += step) s += ' ' + i
console.log(s)
