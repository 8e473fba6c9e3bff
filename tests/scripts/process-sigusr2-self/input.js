process.on('SIGUSR2', signal => {
  console.log('got', signal)
  process.removeAllListeners('SIGUSR2')
})
process.emit('SIGUSR2', 'SIGUSR2')
console.log(process.listenerCount('SIGUSR2'), process.emit('SIGUSR2'))
process.once('custom', (a, b) => console.log('custom', a, b))
console.log(process.emit('custom', 1, 2), process.emit('custom', 3))
