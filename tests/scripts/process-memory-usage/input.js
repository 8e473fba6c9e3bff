const m = process.memoryUsage()
console.log(Object.keys(m), Object.values(m).every(v => typeof v === 'number'), m.heapUsed > 0, m.heapTotal >= m.heapUsed)
gc()
const before = process.memoryUsage().heapUsed
let keep = []
for (let i = 0; i < 20000; i++) keep.push({ i })
gc()
console.log(process.memoryUsage().heapUsed - before > 20000 * 8, keep.length)
keep = null
gc()
console.log(process.memoryUsage().heapUsed - before < 2e6)
