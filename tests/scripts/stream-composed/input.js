// Streams made of others, old streams, and what can be asked of a stream.
const stream = require('stream')
const { Readable, Writable, Duplex, Transform, PassThrough, compose, duplexPair, finished, pipeline, addAbortSignal, destroy } = stream
const { once } = require('events')

const log = (...values) => console.log(...values)
const upper = () => new Transform({ transform(chunk, encoding, callback) { callback(null, String(chunk).toUpperCase()) } })

async function composed() {
  const shout = compose(upper(), async function* (source) {
    for await (const chunk of source) yield `${chunk}!`
  })
  shout.end('hello')
  for await (const chunk of shout) log('composed', String(chunk))
  const into = []
  const sink = compose(upper(), new Writable({ write(chunk, encoding, callback) { into.push(String(chunk)); callback() } }))
  sink.end('x')
  await once(sink, 'finish')
  log(into, sink.readable, sink.writable)
  try { compose() } catch (error) { log(error.code) }
  try { compose(new Writable(), upper()) } catch (error) { log(error.code) }
  log(await Readable.from(['a', 'b']).compose(upper()).toArray().then((all) => all.map(String)))
}

async function made() {
  log(await Duplex.from([1, 2, 3]).toArray())
  log(await Duplex.from(Promise.resolve('later')).toArray())
  const double = Duplex.from(async function* (source) { for await (const n of source) yield n * 2 })
  double.write(1)
  double.end(2)
  log(await double.toArray())
  const pair = Duplex.from({ readable: Readable.from(['r']), writable: new Writable({ write(c, e, done) { log('written', String(c)); done() } }) })
  pair.end('w')
  for await (const chunk of pair) log('read', chunk)
  try { Duplex.from(5) } catch (error) { log(error.code, error.message) }
  const [left, right] = duplexPair()
  right.on('data', (chunk) => { log('right', String(chunk)); right.write('back') })
  left.on('data', (chunk) => { log('left', String(chunk)); left.end() })
  left.write('there')
  await once(right, 'end')
  right.end()
}

async function old() {
  const EventEmitter = require('events')
  const source = new EventEmitter()
  source.pause = () => log('pause')
  source.resume = () => log('resume')
  const wrapped = new Readable({ highWaterMark: 3 }).wrap(source)
  source.emit('data', Buffer.from('abcd'))
  await new Promise(setImmediate)
  log(String(wrapped.read()))
  source.emit('data', Buffer.from('e'))
  source.emit('end')
  for await (const chunk of wrapped) log(String(chunk))
  const legacy = new stream.Stream(), target = new stream.Stream()
  target.writable = true
  target.write = (chunk) => { log('target', chunk); return true }
  target.end = () => log('target ends')
  log(legacy.pipe(target) === target, legacy instanceof EventEmitter)
  legacy.emit('data', 'one')
  legacy.emit('end')
  legacy.emit('data', 'two')
  try { legacy.emit('error', new Error('unheard')) } catch (error) { log(error.message) }
}

async function states() {
  const r = new Readable({ read() {} })
  log(stream.isReadable(r), stream.isDisturbed(r), stream.isErrored(r), stream.isReadable({}))
  r.push('x')
  r.read()
  log(stream.isDisturbed(r))
  destroy(r)
  r.on('error', (error) => log(error.name, error.code))
  await new Promise(setImmediate)
  log(stream.isReadable(r), stream.isErrored(r), r.destroyed)
  const controller = new AbortController()
  const signalled = addAbortSignal(controller.signal, new Readable({ read() {} }))
  signalled.on('error', (error) => log(error.name, error.cause.name))
  controller.abort()
  const other = new AbortController()
  const waits = finished(new Readable({ read() {} }), { signal: other.signal }, (error) => log('finished', error.name))
  log(typeof waits)
  other.abort()
  const third = new AbortController()
  const running = stream.promises.pipeline(new Readable({ read() {} }), new PassThrough(), { signal: third.signal })
  third.abort()
  await running.catch((error) => log('pipeline', error.name))
  const kept = new PassThrough()
  await stream.promises.pipeline(Readable.from(['kept']), kept, { end: false })
  log(kept.writableEnded, String(kept.read()))
  for (const call of [() => pipeline(r), () => finished(r), () => finished({}, () => {}), () => finished(r, 1, () => {}),
    () => addAbortSignal({}, r), () => stream.setDefaultHighWaterMark(false, -1), () => new Readable({ defaultEncoding: 'none' })]) {
    try { call() } catch (error) { log(error.code, error.message) }
  }
  log(stream.getDefaultHighWaterMark(false), stream.getDefaultHighWaterMark(true))
}

async function queues() {
  const w = new Writable({ write(chunk, encoding, callback) { setImmediate(callback) } })
  w.write('a')
  w.write('b')
  w.write('c')
  log(w.writableBuffer.map(({ chunk }) => String(chunk)), w._writableState.getBuffer().length, w._writableState.bufferedRequestCount)
  const r = new Readable({ read() {} })
  r.push('one')
  r.push('two')
  log(r.readableBuffer.map(String), String(r.read(4)), r.readableBuffer.length - r._readableState.bufferIndex, String(r.read()))
  const many = new Readable({ read() {} }), slow = new Writable({ highWaterMark: 1, write(c, e, callback) { setImmediate(callback) } })
  many.pipe(slow)
  many.push('xx')
  await new Promise(process.nextTick)
  log(many._readableState.awaitDrainWriters === slow, many.isPaused())
  many.pipe(new PassThrough().resume())
  log(many._readableState.awaitDrainWriters.size)
  many.pipe(slow)
  log(many._readableState.pipes.length)
  many.unpipe(slow)
  log(many._readableState.pipes.length)
  many.unpipe()
  log(many._readableState.pipes.length)
}

(async () => {
  for (const part of [composed, made, old, states, queues]) {
    log(`-- ${part.name}`)
    await part()
  }
})()
