// After an exception that a listener took, a task that is due comes before the ticks that are left.
process.on('uncaughtException', e => console.log('took', e.message))
setTimeout(() => { console.log('t1'); process.nextTick(() => console.log('tick of t1')); throw new Error('in timer') }, 1)
setTimeout(() => console.log('t2'), 1)
setImmediate(() => { console.log('i1'); process.nextTick(() => console.log('tick of i1')); throw new Error('in immediate') })
setImmediate(() => { console.log('i2') })
process.nextTick(() => { console.log('tick'); throw new Error('in tick') })
process.nextTick(() => { console.log('tick 2') })
Promise.resolve().then(() => console.log('job'))
const s = Date.now(); while (Date.now() - s < 5) {}
throw new Error('in main')
