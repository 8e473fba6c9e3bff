// So many timers and immediates that each of them must be found quickly.
const count = 100000
let ran = 0, sum = 0
const timers = []
for (let n = 0; n < count; n++) timers.push(setTimeout(() => { ran++; sum += n }, 1 + (n * 7919) % 1000))
for (let n = 0; n < count; n += 2) clearTimeout(timers[n])
for (let n = 1; n < count; n += 4) if ((n * 7919) % 1000 < 900) timers[n].unref()
const immediates = []
for (let n = 0; n < count; n++) immediates.push(setImmediate(() => { ran++; sum -= n }))
for (let n = 1; n < count; n += 2) clearImmediate(immediates[n])
process.on('exit', () => console.log(ran, sum))
