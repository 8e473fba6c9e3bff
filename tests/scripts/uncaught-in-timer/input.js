setTimeout(function () {
  console.log('before')
  undefinedFunction()
}, 5)
setTimeout(function () { console.log('never') }, 6)
process.on('exit', function (c) { console.log('exit code', c) })
