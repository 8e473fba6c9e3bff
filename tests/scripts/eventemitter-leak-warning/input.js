const EventEmitter = require('events')
const e = new EventEmitter()
let warned = 0
process.on('warning', w => { warned++; console.log(w.name, w.type, w.count, w.message.split('.')[0]) })
for (let i = 0; i < 12; i++) e.on('data', () => {})
e.setMaxListeners(20)
for (let i = 0; i < 12; i++) e.on('other', () => {})
console.log(e.listenerCount('data'), e.getMaxListeners())
setImmediate(() => console.log('warned', warned))
