console.log('before'); Promise.reject({ code: 42 }); process.on('exit', c => console.log('exit', c))
