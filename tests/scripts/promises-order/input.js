Promise.resolve().then(() => console.log(1)).then(() => console.log(3)).then(() => console.log(5)).then(() => console.log(7))
Promise.resolve().then(() => { console.log(2); return Promise.resolve('x') }).then(v => console.log(6, v))
new Promise(r => r({ then(f) { console.log('then called'); f('t') } })).then(console.log)
Promise.reject(1).then(() => 0, e => console.log('rej', e)); Promise.resolve(Promise.resolve(4)).then(console.log)
