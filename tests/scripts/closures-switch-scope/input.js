const fs = []
for (let v of [1, 2]) switch (v) { case 1: let z = 'one'; fs.push(() => z); break; case 2: fs.push(() => z) }
console.log(fs.map(f => { try { return f() } catch (e) { return e.message } }))
