// The store of an AsyncLocalStorage follows whatever a callback begins.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks')
const { EventEmitter } = require('events')
const fs = require('fs')
const { setTimeout: sleep } = require('timers/promises')
const { PassThrough, pipeline } = require('stream')

const als = new AsyncLocalStorage(), other = new AsyncLocalStorage()
const seen = (name) => console.log(name, als.getStore(), other.getStore())

seen('before')
console.log(als.run('returned', () => als.getStore()), als.run(1, (...args) => args, 2, 3))

als.run('A', () => {
  setTimeout(() => seen('timeout'), 20)
  const interval = setInterval(() => { seen('interval'); clearInterval(interval) }, 40)
  setImmediate(() => seen('immediate'))
  process.nextTick(() => seen('tick'))
  queueMicrotask(() => seen('microtask'))
  Promise.resolve().then(() => seen('then')).finally(() => seen('finally'))
  Promise.reject(new Error('x')).catch(() => seen('catch'))
  new Promise((resolve) => setTimeout(resolve, 30)).then(() => seen('late then'))
  Promise.all([1, Promise.resolve(2)]).then(() => seen('all'))
  ;({ then(resolve) { seen('thenable'); resolve() } })
  Promise.resolve({ then(resolve) { seen('thenable'); resolve() } }).then(() => seen('after thenable'))
  other.run('B', () => {
    seen('nested')
    setTimeout(() => seen('nested timeout'), 25)
  })
  seen('after nested')
})
seen('outside')

async function walk(label) {
  seen(`${label} start`)
  await null
  seen(`${label} await`)
  await sleep(10)
  seen(`${label} sleep`)
  for await (const item of (async function* () { seen(`${label} generator`); yield 1; await 2; seen(`${label} generator on`); yield 3 })()) {
    seen(`${label} item ${item}`)
  }
  try {
    await Promise.reject(new Error('no'))
  } catch {
    seen(`${label} caught`)
  }
}

async function main() {
  await sleep(60)
  await Promise.all([als.run('one', walk, '1'), als.run('two', walk, '2')])
  seen('after walks')

  // Each request of a pipeline keeps its own.
  const handle = async (id) => { await sleep(id % 3); return `${id}:${als.getStore().id}` }
  console.log(await Promise.all([1, 2, 3, 4, 5].map((id) => als.run({ id }, handle, id))))

  als.run('fs', () => {
    fs.readFile('/no/such/file', () => seen('readFile'))
    fs.promises.readFile('/no/such/file').catch(() => seen('promises.readFile'))
  })
  await sleep(20)

  als.run('stream', () => {
    const stream = new PassThrough()
    stream.on('data', () => seen('data'))
    pipeline(stream, new PassThrough().resume(), () => seen('pipeline done'))
    stream.end('x')
  })
  await sleep(20)

  // Events run where they are emitted; AsyncResource brings the place of registration back.
  const emitter = new EventEmitter()
  als.run('listener', () => {
    emitter.on('event', () => seen('plain listener'))
    emitter.on('event', AsyncResource.bind(() => seen('bound listener')))
    emitter.on('event', AsyncLocalStorage.bind((x) => seen(`storage-bound ${x}`)))
  })
  als.run('emitter', () => emitter.emit('event', 'argument'))
  const inside = als.run('snapshot', () => AsyncLocalStorage.snapshot())
  console.log(als.run('elsewhere', () => inside((...args) => [als.getStore(), ...args], 1, 2)))

  als.run('exit', () => {
    als.exit(() => seen('exit'))
    seen('after exit')
  })
  try {
    als.run('thrown', () => { throw new Error('through') })
  } catch (error) {
    console.log(error.message, als.getStore())
  }

  als.enterWith('entered')
  seen('entered')
  await null
  seen('still entered')
  setTimeout(() => {
    seen('entered timeout')
    als.disable()
    seen('disabled')
    als.run('again', () => seen('again'))
    seen('after again')
    other.disable()
    als.disable()
    console.log(typeof als.getStore(), als.enabled)
  }, 1)
}
main()
