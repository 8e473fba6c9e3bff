// EventEmitter: rejections of asynchronous listeners, `once` and `on` with signals and targets, limits.
const EventEmitter = require('events')
const { once, on } = EventEmitter
const attempt = (f) => { try { console.log(f()) } catch (error) { console.log(error.name, error.code, error.message) } }

async function main() {
  const emitter = new EventEmitter({ captureRejections: true })
  emitter.on('work', async (x) => { throw new Error(`rejected ${x}`) })
  emitter.on('error', (error) => console.log('error:', error.message))
  emitter.emit('work', 1)
  await new Promise(setImmediate)

  const own = new EventEmitter({ captureRejections: true })
  own[Symbol.for('nodejs.rejection')] = (error, type, ...args) => console.log('own:', error.message, type, args)
  own.on('work', async () => { throw new Error('for itself') })
  own.emit('work', 1, 2)
  await new Promise(setImmediate)

  EventEmitter.captureRejections = true
  const later = new EventEmitter()
  later.on('x', () => ({ then(resolve, reject) { reject(new Error('thenable')) } }))
  later.on('error', (error) => console.log('by default:', error.message))
  later.emit('x')
  await new Promise(setImmediate)
  EventEmitter.captureRejections = false
  console.log(new EventEmitter(), EventEmitter.captureRejections, EventEmitter.captureRejectionSymbol)

  const source = new EventEmitter(), abort = new AbortController()
  setTimeout(() => source.emit('ready', 1, 2))
  console.log(await once(source, 'ready'), source.eventNames())
  setTimeout(() => source.emit('error', new Error('instead')))
  await once(source, 'ready').catch((error) => console.log(error.message, source.eventNames()))
  setTimeout(() => abort.abort('why'))
  await once(source, 'never', { signal: abort.signal }).catch(({ name, code, message, cause }) => {
    console.log(name, code, message, cause, source.eventNames())
  })
  await once(source, 'never', { signal: abort.signal }).catch((error) => console.log(error.name))
  const target = new EventTarget()
  setTimeout(() => target.dispatchEvent(new Event('go')))
  console.log((await once(target, 'go'))[0].type)

  setTimeout(() => { for (let i = 0; i < 3; i++) source.emit('item', i); source.emit('end') })
  for await (const [item] of on(source, 'item', { close: ['end'] })) console.log('item', item)
  console.log(source.eventNames())
  const stop = new AbortController()
  setTimeout(() => { source.emit('item', 'a'); stop.abort() })
  try {
    for await (const item of on(source, 'item', { signal: stop.signal })) console.log(item)
  } catch (error) {
    console.log(error.name, source.eventNames())
  }

  for (const value of [-1, NaN, 'x', undefined]) {
    attempt(() => source.setMaxListeners(value))
    attempt(() => { EventEmitter.defaultMaxListeners = value })
  }
  attempt(() => new EventEmitter({ captureRejections: 'x' }))
  attempt(() => { EventEmitter.captureRejections = 1 })
  attempt(() => on({}, 'x'))
  attempt(() => EventEmitter.getEventListeners({}, 'x'))
  attempt(() => EventEmitter.setMaxListeners(5, {}))
  attempt(() => EventEmitter.addAbortListener())
  await once({}, 'x').catch((error) => console.log(error.code, error.message))
  await once(source, 'x', { signal: 1 }).catch((error) => console.log(error.code, error.message))

  const listener = () => {}
  target.addEventListener('foo', listener)
  console.log(EventEmitter.getEventListeners(target, 'foo'), EventEmitter.getMaxListeners(target), EventEmitter.getMaxListeners(new AbortController().signal))
  EventEmitter.setMaxListeners(1, target)
  process.on('warning', (warning) => console.log(warning.name, warning.message, warning.type, warning.count, warning.target === target))
  target.addEventListener('foo', () => {})
  EventEmitter.addAbortListener(stop.signal, () => console.log('aborted already'))
  console.log(Object.keys(EventEmitter))

  attempt(() => EventTarget.prototype.addEventListener.call({}, 'x', () => {}))
  attempt(() => target.addEventListener('x'))
  attempt(() => target.addEventListener('x', () => {}, { signal: 1 }))
  attempt(() => new Event())
  attempt(() => new Event('x', 1))
  const event = new Event('x', { bubbles: true, composed: true })
  event.stopPropagation()
  console.log(event.bubbles, event.composed, event.cancelBubble, event.isTrusted, Object.getOwnPropertyDescriptor(Event, 'AT_TARGET'))
}
main()
