const { EventEmitter } = require('events')
class Store extends EventEmitter {
  constructor() { super(); this.items = [] }
  add(x) { this.items.push(x); this.emit('add', x); return this }
}
const s = new Store()
s.on('add', function (x) { console.log(this === s, x, this.items.length) })
s.on('add', function self(x) { if (x === 2) s.removeListener('add', self); console.log('self', x) })
s.on('add', () => console.log('third'))
s.add(1).add(2).add(3)
const { once, on } = require('events')
once(s, 'add').then(([v]) => console.log('awaited', v))
s.add(4)
;(async () => {
  try { setTimeout(() => s.emit('error', new Error('fails')), 1); await once(s, 'done') } catch (e) { console.log('rejected', e.message) }
})()
