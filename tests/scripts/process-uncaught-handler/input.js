process.on('uncaughtException', (err, origin) => {
  console.log('caught', err.message, origin)
})
process.on('exit', () => console.log('exit', process.exitCode))
setTimeout(() => console.log('timer still runs'), 1)
process.nextTick(() => console.log('tick still runs'))
Promise.resolve().then(() => console.log('job still runs'))
setImmediate(() => console.log('immediate still runs'))
throw new Error('from main')
