process.on('exit', code => console.log('exit', code, process.exitCode))
process.on('beforeExit', code => {
  console.log('beforeExit', code)
  if (!process.once_) { process.once_ = true; setTimeout(() => console.log('more work'), 5) }
})
setImmediate(() => console.log('immediate'))
setTimeout(() => console.log('timeout'), 0)
process.nextTick(() => console.log('tick'))
Promise.resolve().then(() => console.log('job'))
queueMicrotask(() => console.log('micro'))
console.log('main')
