const order = []
setTimeout(() => order.push('t10'), 200); setTimeout(() => order.push('t5'), 60); setTimeout(() => order.push('t5b'), 60); setTimeout(() => order.push('t0'), 0); setTimeout(() => order.push('tneg'), -5); setTimeout(() => order.push('tNaN'), 'abc'); setTimeout(() => order.push('tstr'), '110')
setImmediate(() => order.push('im')); process.nextTick(() => order.push('tick')); Promise.resolve().then(() => order.push('job')); queueMicrotask(() => order.push('micro'))
;(async () => { order.push('async start'); await null; order.push('async after') })()
order.push('main')
let n = 0; const iv = setInterval(() => { order.push('iv' + n); if (++n === 2) { clearInterval(iv); setTimeout(() => console.log(order.filter(x => x !== 'im').join(' ')), 50) } }, 20)
const cancelled = setTimeout(() => order.push('cancelled'), 15); setTimeout(() => clearTimeout(cancelled), 1)
