process.exitCode = 0
process.on('exit', code => { console.log('leaving with', code) })
setTimeout(() => { console.log('never') }, 100).unref()
console.log(typeof process.pid, process.argv.length >= 2, process.platform.length > 0)
console.log(process.version.startsWith('v'), Object.keys(process.versions).includes('v8'))
console.log(typeof process.uptime(), process.hrtime().length, typeof process.hrtime.bigint())
console.log(process.cwd() === process.cwd())
console.log(process.memoryUsage().heapUsed > 0, Object.keys(process.memoryUsage()))
