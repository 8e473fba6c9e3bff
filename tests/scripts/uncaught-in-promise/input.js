console.log('start')
async function load() { await null; throw new TypeError('async failure') }
load()
setTimeout(() => console.log('never'), 10)
