setTimeout(() => console.log('t20'), 20)
setTimeout((a, b) => console.log('args', a, b), 10, 'x', 'y')
const never = setTimeout(() => console.log('never'), 5)
clearTimeout(never)
let n = 0
const i = setInterval(() => { console.log('interval', ++n); if (n === 3) clearInterval(i) }, 40)
setTimeout(() => {
  console.log('in a timer')
  setImmediate(() => console.log('immediate'))
  process.nextTick(() => console.log('tick'))
  Promise.resolve().then(() => console.log('promise'))
}, 30)
