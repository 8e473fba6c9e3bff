process.on('exit', c => console.log('bye', c))
console.log(1)
process.exit(3)
console.log('never')
