'use strict'
// What Readable and Writable share: the queue, the high-water mark, and how a stream is constructed and destroyed
// (Node: lib/internal/streams/{buffer_list,state,destroy}.js).

const { Buffer } = $globalThis

// 64 KiB since Node 22, whose later releases have slabs of 64 KiB; 16 KiB before.
let defaultBytes = Buffer.poolSize > 8192 ? 65536 : 16384, defaultObjects = 16

const getDefaultHighWaterMark = (objectMode) => (objectMode ? defaultObjects : defaultBytes)

function setDefaultHighWaterMark(objectMode, value) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError('value', ['number'], value)
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf('value', 'an integer', value)
  if (value < 0) throw $Helpers.rangeErrorOf('value', `>= 0 && <= ${$Number.MAX_SAFE_INTEGER}`, value)
  if (objectMode) defaultObjects = value
  else defaultBytes = value
}

function highWaterMarkOf(options, objectMode, isDuplex, duplexKey) {
  let mark = options?.highWaterMark
  if (mark === undefined || mark === null) mark = isDuplex ? options?.[duplexKey] : undefined
  if (mark === undefined || mark === null) return getDefaultHighWaterMark(objectMode)
  if (!$Number.isInteger(mark) || mark < 0) {
    const name = isDuplex ? `options.${duplexKey}` : 'options.highWaterMark'
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The property '${name}' is invalid. Received ${$inspect(mark)}`)
  }
  return $Math.floor(mark)
}

function remember(error, ...states) {
  for (const state of states) if (error && state && !state.errored) state.errored = error
}

function destroy(error, callback) {
  const r = this._readableState, w = this._writableState
  if (w?.destroyed || r?.destroyed) {
    if (typeof callback === 'function') callback()
    return this
  }
  remember(error, w, r)
  if (w) w.destroyed = true
  if (r) r.destroyed = true
  if ((w ?? r).constructed) destroyNow(this, error, callback)
  else this.once(mayDestroy, (failure) => destroyNow(this, failure ?? error, callback))
  return this
}

function destroyNow(stream, error, callback) {
  const r = stream._readableState, w = stream._writableState
  let called = false
  const done = (failure) => {
    if (called) return
    called = true
    remember(failure, w, r)
    if (w) w.closed = true
    if (r) r.closed = true
    if (typeof callback === 'function') callback(failure)
    $nextTick(failure ? emitErrorAndClose : emitClose, stream, failure)
  }
  try {
    stream._destroy(error || null, done)
  } catch (failure) {
    done(failure)
  }
}

const isConstructed = $Symbol('kConstruct'), mayDestroy = $Symbol('kDestroy')

// Calls `_construct`, if there is one, in the next tick. Reading, writing and destroying wait for it; then comes `goOn`.
function construct(stream, goOn) {
  if (typeof stream._construct !== 'function') return
  const states = () => [stream._writableState, stream._readableState].filter(Boolean)
  for (const state of states()) state.constructed = false
  stream.once(isConstructed, goOn)
  // The other half of a Duplex has asked already.
  if (stream.listenerCount(isConstructed) > 1) return
  let called = false
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? $Helpers.nodeError('Error', 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'))
      return
    }
    called = true
    for (const state of states()) state.constructed = true
    if (states()[0].destroyed) stream.emit(mayDestroy, error)
    else if (error) errorOrDestroy(stream, error, true)
    else stream.emit(isConstructed)
  }
  const later = (error) => $nextTick(done, error)
  $nextTick(() => {
    try {
      stream._construct(later)
    } catch (error) {
      later(error)
    }
  })
}

function emitErrorAndClose(stream, error) {
  emitError(stream, error)
  emitClose(stream)
}

function emitClose(stream) {
  const r = stream._readableState, w = stream._writableState
  if (w) w.closeEmitted = true
  if (r) r.closeEmitted = true
  if (w?.emitClose || r?.emitClose) stream.emit('close')
}

function emitError(stream, error) {
  const r = stream._readableState, w = stream._writableState
  if (w?.errorEmitted || r?.errorEmitted) return
  if (w) w.errorEmitted = true
  if (r) r.errorEmitted = true
  stream.emit('error', error)
}

function errorOrDestroy(stream, error, sync) {
  const r = stream._readableState, w = stream._writableState
  if (w?.destroyed || r?.destroyed) return
  if (r?.autoDestroy || w?.autoDestroy) {
    stream.destroy(error)
    return
  }
  remember(error, w, r)
  if (sync) $nextTick(emitError, stream, error)
  else emitError(stream, error)
}

// A stream that starts again, as a socket that connects anew.
function undestroy() {
  const r = this._readableState, w = this._writableState
  for (const state of [r, w]) {
    if (!state) continue
    state.constructed = true
    state.destroyed = state.closed = state.closeEmitted = state.errorEmitted = false
    state.errored = null
  }
  if (r) {
    r.reading = false
    r.ended = r.endEmitted = r.readable === false
  }
  if (w) {
    w.finalCalled = w.prefinished = false
    w.ending = w.ended = w.finished = w.writable === false
  }
}

// The part of a state that tells how far its stream has come to its end.
function beginLife(state, options) {
  state.errored = null
  state.errorEmitted = false
  state.emitClose = options?.emitClose !== false
  state.autoDestroy = options?.autoDestroy !== false
  state.destroyed = false
  state.closed = false
  state.closeEmitted = false
  state.constructed = true
}

// Options `read`, `write` and so on are the stream's `_read`, `_write` and so on.
function takeMethods(stream, options, names) {
  for (const name of names) if (typeof options?.[name] === 'function') stream[`_${name}`] = options[name]
}

// A view of other bytes as a Buffer; undefined for what is none.
function asBuffer(chunk) {
  if (chunk instanceof Buffer) return chunk
  return $ArrayBuffer.isView(chunk) ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined
}

const wrongChunk = (chunk) => $Helpers.argumentTypeError('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk)
const notImplemented = (method) => $Helpers.nodeError('Error', 'ERR_METHOD_NOT_IMPLEMENTED', `The ${method}() method is not implemented`)

function checkEncoding(encoding) {
  if (!Buffer.isEncoding(encoding)) {
    const shown = typeof encoding === 'string' ? encoding : $inspect(encoding)
    throw $Helpers.nodeError('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${shown}`)
  }
  return encoding
}

function checkObject(value, name) {
  if (value === null || typeof value !== 'object' || $Array.isArray(value)) throw $Helpers.argumentTypeError(name, ['Object'], value)
}

function checkSignal(signal, name) {
  if (signal === undefined) return
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) throw $Helpers.argumentTypeError(name, ['AbortSignal'], signal)
}

function abortError(signal) {
  const error = new $Error('The operation was aborted', signal === undefined ? undefined : { cause: signal.reason })
  error.name = 'AbortError'
  error.code = 'ABORT_ERR'
  return error
}

// Getters of a prototype, as Node's streams define their public state.
function getters(prototype, definitions) {
  for (const name of $Object.keys(definitions)) {
    $Object.defineProperty(prototype, name, { get: definitions[name], configurable: true, enumerable: false })
  }
}

// Getters of what stands in a state under another name.
function stateGetters(prototype, stateName, names) {
  for (const name of $Object.keys(names)) {
    const field = names[name]
    getters(prototype, { [name]() { return this[stateName]?.[field] } })
  }
}

// `destroyed`, `readable` or `writable` of one half, which a stream of one's own may set.
function flag(prototype, stateName, name, get) {
  $Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: false,
    get,
    set(value) {
      if (this[stateName]) this[stateName][name] = !!value
    },
  })
}

module.exports = {
  getDefaultHighWaterMark, setDefaultHighWaterMark, highWaterMarkOf, beginLife, takeMethods, asBuffer, wrongChunk, notImplemented, checkEncoding,
  checkObject, checkSignal, abortError, construct, destroy, undestroy, errorOrDestroy, getters, stateGetters, flag,
}
