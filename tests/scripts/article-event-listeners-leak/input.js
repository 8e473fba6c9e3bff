const EventEmitter = require('events')
const bus = new EventEmitter()
class View {
  constructor(id) { this.id = id; this.data = new Array(50).fill(id); this.onUpdate = () => this.data.length; bus.on('update', this.onUpdate) }
  destroy() { bus.removeListener('update', this.onUpdate) }
}
let views = []
for (let i = 0; i < 8; i++) views.push(new View(i))
console.log(bus.listenerCount('update'), bus.emit('update'))
views.forEach((v, i) => { if (i % 2) v.destroy() })
views = []
console.log(bus.listenerCount('update'), bus.listeners('update').map(f => f()))
bus.removeAllListeners()
console.log(bus.listenerCount('update'), bus.emit('update'), bus.eventNames())
