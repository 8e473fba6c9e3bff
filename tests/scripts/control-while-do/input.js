let i = 0
while (i < 3) i++
do { i += 10 } while (i < 30)
console.log(i)
do console.log('once'); while (false)
while (true) { if (i-- < 30) break; else continue }
console.log(i)
let j = 5
do { if (j === 3) continue; } while (--j > 0)
console.log(j)
