setTimeout(() => console.log('third'), 300)
setTimeout((a, b) => console.log('first', a, b), 100, 'x', 'y')
const never = setTimeout(() => console.log('never'), 50)
clearTimeout(never)
queueMicrotask(() => console.log('microtask'))
Promise.resolve(1).then(v => console.log('then', v))
let n = 0
const timer = setInterval(() => {
  console.log('interval', ++n)
  if (n === 2) clearInterval(timer)
}, 120)
setTimeout(() => setImmediate(() => console.log('immediate')), 200)
console.log('script ends')
