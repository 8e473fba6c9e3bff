const fs = []
for (let i = 0, f = () => i; i < 2; i++) { fs.push(f, () => i) }
console.log(fs.map(f => f()))
