const fs = []
let i = 0
while (i < 3) { const j = i * 10; let k = j; fs.push(() => k++ + j); i++ }
console.log(fs.map(f => f()), fs.map(f => f()))
