const log = s => console.log(s)
async function a() { log('a1'); await b(); log('a2') } async function b() { log('b') }
log('start'); setTimeout(() => log('timeout'), 0); setImmediate(() => log('immediate')); process.nextTick(() => log('tick')); a(); Promise.resolve().then(() => log('p1')).then(() => log('p2')); queueMicrotask(() => log('micro')); log('end')
