const EventEmitter = require('events')
const e = new EventEmitter()
e.on('newListener', (name, f) => console.log('new', String(name), typeof f))
e.on('removeListener', name => console.log('removed', String(name)))
const f = (...args) => console.log('f', ...args)
e.on('x', f)
e.prependListener('x', () => console.log('first'))
e.once('x', () => console.log('once'))
e.prependOnceListener('x', () => console.log('zeroth'))
console.log(e.emit('x', 1, 2, 3, 4, 5))
console.log(e.emit('x'), e.emit('nobody'))
console.log(e.eventNames(), e.listenerCount('x'), e.listeners('x').length, e.rawListeners('x').length)
e.off('x', f)
e.removeAllListeners('x')
console.log(e.eventNames(), e.getMaxListeners(), EventEmitter.defaultMaxListeners)
try { e.emit('error', new Error('boom')) } catch (err) { console.log(err.message) }
try { e.emit('error', 'text') } catch (err) { console.log(err.message, err.code) }
try { e.on('x', 'no function') } catch (err) { console.log(err.name, err.code) }
