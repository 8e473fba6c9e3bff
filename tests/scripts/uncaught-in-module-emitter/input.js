const E = require('events')
const e = new E()
console.log('one')
e.emit('error', new RangeError('nobody listens'))
