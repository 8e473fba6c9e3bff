process.nextTick((a, b) => console.log('tick', a, b), 1, 2)
process.nextTick(() => {
  process.nextTick(() => console.log('nested tick'))
  Promise.resolve().then(() => console.log('job from tick'))
})
Promise.resolve().then(() => {
  process.nextTick(() => console.log('tick from job'))
}).then(() => console.log('second job'))
setTimeout((x, y) => console.log('timer', x, y), 1, 'x', 'y')
setImmediate((...args) => console.log('immediate', args), 1, 2, 3)
try { process.nextTick('no function') } catch (e) { console.log(e.name, e.code) }
try { setTimeout('no function') } catch (e) { console.log(e.name, e.code) }
try { queueMicrotask(1) } catch (e) { console.log(e.name, e.code) }
