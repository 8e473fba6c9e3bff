process.on('exit', function (code) { console.log('exit', code); process.exit(5) })
setTimeout(function () { console.log('timer'); process.exit() ; console.log('no') }, 1)
Promise.resolve().then(function () { console.log('job'); process.exitCode = 3 })
