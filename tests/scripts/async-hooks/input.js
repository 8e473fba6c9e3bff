// Hooks see resources come, run and go.
const { AsyncResource, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('async_hooks')
const { EventEmitterAsyncResource } = require('events')

const lines = [], names = new Map()
const nameOf = (id) => names.get(id) ?? 'the script'
const hook = createHook({
  init(id, type, trigger, resource) {
    if (type === 'TTYWRAP' || type === 'TickObject') return
    names.set(id, `${type} ${[...names.values()].filter((name) => name.startsWith(type)).length}`)
    lines.push(`init ${nameOf(id)} by ${nameOf(trigger)}: ${typeof resource}`)
  },
  before(id) { if (names.has(id)) lines.push(`before ${nameOf(id)} ${executionAsyncId() === id}`) },
  after(id) { if (names.has(id)) lines.push(`after ${nameOf(id)}`) },
  destroy(id) { if (/Mine|Emitter/.test(names.get(id))) lines.push(`destroy ${nameOf(id)}`) },
})
console.log(hook.enable() === hook, executionAsyncId(), triggerAsyncId(), executionAsyncResource())

const mine = new AsyncResource('Mine')
lines.push(mine.runInAsyncScope(function (a, b) {
  return [this.x, a, b, executionAsyncId() === mine.asyncId(), triggerAsyncId() === mine.triggerAsyncId(), executionAsyncResource() === mine].join()
}, { x: 1 }, 2, 3))
setTimeout(() => {
  lines.push('in timeout')
  setImmediate(() => lines.push('in immediate'))
}, 10)
queueMicrotask(() => lines.push('in microtask'))
Promise.resolve(1).then(() => lines.push('in then'))
;(async () => { await Promise.resolve(); lines.push('awaited') })()
const emitter = new EventEmitterAsyncResource({ name: 'Emitter' })
emitter.on('x', (value) => lines.push(`heard ${value} in ${nameOf(executionAsyncId())}`))
emitter.emit('x', 1)
lines.push(`${emitter.asyncResource.eventEmitter === emitter} ${names.get(emitter.asyncId)} ${emitter.triggerAsyncId}`)
emitter.emitDestroy()
mine.emitDestroy()

setTimeout(() => {
  hook.disable()
  setTimeout(() => {})
  for (const line of lines) console.log(line)
  const bound = AsyncResource.bind(function (a, b) { return [this, a, b, executionAsyncId() > 1] })
  console.log(bound.length, bound.name, bound.call('me', 1, 2), AsyncResource.bind((x) => x, 'Type', 1)(5))
  for (const bad of [
    () => new AsyncResource(),
    () => new AsyncResource('x', { triggerAsyncId: -2 }),
    () => new AsyncResource('x', 'no'),
    () => createHook({ init: 1 }),
    () => AsyncResource.bind(1),
    () => mine.bind(),
  ]) {
    try { bad(); console.log('no error') } catch (error) { console.log(error.code, error.name, error.message) }
  }
}, 40)
