'use strict'
// stream.Readable (Node: lib/internal/streams/readable.js). A readable is paused, flowing (`data` events) or read by hand
// (`readable` events). It asks its source for more by `_read` while less than the high-water mark is queued.

const EventEmitter = require('events')
const { Stream } = require('internal/streams/legacy')
const {
  highWaterMarkOf, beginLife, takeMethods, asBuffer, wrongChunk, notImplemented, checkEncoding, construct, destroy, undestroy, errorOrDestroy,
  getters, stateGetters, flag,
} = require('internal/streams/shared')
const { Buffer } = $globalThis

function ReadableState(options, isDuplex) {
  this.objectMode = !!(options?.objectMode || isDuplex && options?.readableObjectMode)
  this.highWaterMark = highWaterMarkOf(options, this.objectMode, isDuplex, 'readableHighWaterMark')
  // What is queued is a part of the list, from an index on.
  this.buffer = []
  this.bufferIndex = 0
  this.length = 0
  this.pipes = []
  this.flowing = null
  this.ended = false
  this.endEmitted = false
  this.reading = false
  // Whether `_read` was called by `read` and has not returned yet.
  this.sync = true
  this.needReadable = false
  this.emittedReadable = false
  this.readableListening = false
  this.resumeScheduled = false
  this.paused = null
  beginLife(this, options)
  this.defaultEncoding = checkEncoding(options?.defaultEncoding ?? 'utf8')
  // The writer that must drain before the flow goes on; a set of them when there are several pipes.
  this.awaitDrainWriters = null
  this.multiAwaitDrain = false
  this.readingMore = false
  this.dataEmitted = false
  this.decoder = null
  this.encoding = null
  if (options?.encoding) setDecoder(this, options.encoding)
}

function setDecoder(state, encoding) {
  const { StringDecoder } = require('string_decoder')
  state.decoder = new StringDecoder(encoding)
  state.encoding = state.decoder.encoding
}

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options)
  const isDuplex = this instanceof require('internal/streams/duplex')
  // The usual names, in one shape (of a Duplex: its own).
  if (this._events === undefined) this._events = { close: undefined, error: undefined, data: undefined, end: undefined, readable: undefined }
  this._readableState = new ReadableState(options, isDuplex)
  takeMethods(this, options, ['read', 'destroy', 'construct'])
  Stream.call(this, options)
  // A Duplex's writable half has its turn later.
  if (options?.signal && !isDuplex) require('internal/streams/operators').addAbortSignal(options.signal, this)
  construct(this, () => {
    const state = this._readableState
    if (state.needReadable) readMoreLater(this, state)
  })
}
$Object.setPrototypeOf(Readable.prototype, Stream.prototype)
$Object.setPrototypeOf(Readable, Stream)
Readable.ReadableState = ReadableState

const prototype = Readable.prototype
prototype.destroy = destroy
prototype._undestroy = undestroy
prototype._destroy = function (error, callback) {
  callback(error)
}
prototype._read = function () {
  throw notImplemented('_read')
}
prototype[EventEmitter.captureRejectionSymbol] = function (error) {
  this.destroy(error)
}

prototype.wrap = function (stream) {
  return require('internal/streams/wrap')(this, stream)
}
Readable.wrap = (stream, options) => new Readable({
  objectMode: stream.readableObjectMode ?? stream.objectMode ?? true,
  ...options,
  destroy(error, callback) {
    if (!stream.destroyed) stream.destroy?.(error)
    callback(error)
  },
}).wrap(stream)

prototype.push = function (chunk, encoding) {
  return enqueue(this, chunk, encoding, false)
}
prototype.unshift = function (chunk, encoding) {
  return enqueue(this, chunk, encoding, true)
}

// A chunk as the queue holds it: [chunk, encoding of a string that needs no decoder].
function asChunk(state, chunk, encoding, toFront) {
  if (state.objectMode || chunk === null) return [chunk, encoding]
  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding
    if (state.encoding === encoding) return [chunk, encoding]
    const bytes = Buffer.from(chunk, encoding)
    return toFront && state.encoding ? [bytes.toString(state.encoding), state.encoding] : [bytes, '']
  }
  const bytes = asBuffer(chunk)
  if (bytes === undefined && chunk !== undefined) throw wrongChunk(chunk)
  return [bytes, '']
}

function enqueue(stream, given, givenEncoding, toFront) {
  const state = stream._readableState
  let chunk, encoding
  try {
    [chunk, encoding] = asChunk(state, given, givenEncoding, toFront)
  } catch (error) {
    errorOrDestroy(stream, error)
    return false
  }
  if (chunk === null) {
    state.reading = false
    sourceEnded(stream, state)
  } else if (state.objectMode || chunk !== undefined && chunk.length > 0) {
    if (!admit(stream, state, chunk, encoding, toFront)) return false
  } else if (!toFront) {
    state.reading = false
    readMoreLater(stream, state)
  }
  return !state.ended && (state.length < state.highWaterMark || state.length === 0)
}

// Takes a chunk in; false: the stream does not take chunks any more.
function admit(stream, state, chunk, encoding, toFront) {
  if (toFront ? state.endEmitted : state.ended) {
    errorOrDestroy(stream, toFront
      ? $Helpers.nodeError('Error', 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event')
      : $Helpers.nodeError('Error', 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'))
    return true
  }
  if (state.destroyed || state.errored) return false
  if (!toFront) {
    state.reading = false
    if (state.decoder && !encoding) {
      chunk = state.decoder.write(chunk)
      if (!state.objectMode && chunk.length === 0) {
        readMoreLater(stream, state)
        return true
      }
    }
  }
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    forgetDrain(state)
    state.dataEmitted = true
    stream.emit('data', chunk)
  } else {
    state.length += state.objectMode ? 1 : chunk.length
    if (!toFront) state.buffer.push(chunk)
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk
    else state.buffer.unshift(chunk)
    if (state.needReadable) emitReadable(stream)
  }
  readMoreLater(stream, state)
  return true
}

function forgetDrain(state) {
  if (state.multiAwaitDrain) state.awaitDrainWriters.clear()
  else state.awaitDrainWriters = null
}

function sourceEnded(stream, state) {
  if (state.ended) return
  if (state.decoder) {
    const rest = state.decoder.end()
    if (rest && rest.length > 0) {
      state.buffer.push(rest)
      state.length += state.objectMode ? 1 : rest.length
    }
  }
  state.ended = true
  if (state.sync) {
    emitReadable(stream)
  } else {
    state.needReadable = false
    state.emittedReadable = true
    emitReadableNow(stream)
  }
}

prototype.isPaused = function () {
  return this._readableState.paused === true || this._readableState.flowing === false
}

prototype.setEncoding = function (encoding) {
  const state = this._readableState
  setDecoder(state, encoding)
  let text = ''
  for (let i = state.bufferIndex; i < state.buffer.length; i++) text += state.decoder.write(state.buffer[i])
  state.buffer.length = state.bufferIndex = 0
  if (text !== '') state.buffer.push(text)
  state.length = text.length
  return this
}

// How many bytes a call of `read` gets now.
function amount(n, state) {
  if (n <= 0 || state.length === 0 && state.ended) return 0
  if (state.objectMode) return 1
  if (n !== n) return state.flowing && state.length > 0 ? state.buffer[state.bufferIndex].length : state.length
  if (n <= state.length) return n
  return state.ended ? state.length : 0
}

const MOST = 0x40000000

function nextPowerOfTwo(n) {
  if (n > MOST) throw $Helpers.rangeErrorOf('size', '<= 1GiB', n)
  let power = 1
  while (power < n) power *= 2
  return power
}

prototype.read = function (size) {
  const asked = size === undefined ? NaN : $Number.isInteger(size) ? size : $Number.parseInt(size, 10)
  const state = this._readableState
  if (asked > state.highWaterMark) state.highWaterMark = nextPowerOfTwo(asked)
  if (asked !== 0) state.emittedReadable = false
  const enough = state.highWaterMark === 0 ? state.length > 0 : state.length >= state.highWaterMark
  if (asked === 0 && state.needReadable && (enough || state.ended)) {
    if (state.length === 0 && state.ended) endReadable(this)
    else emitReadable(this)
    return null
  }
  let n = amount(asked, state)
  if (n === 0 && state.ended) {
    if (state.length === 0) endReadable(this)
    return null
  }
  const wants = state.needReadable || state.length === 0 || state.length - n < state.highWaterMark
  if (wants && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
    askSource(this, state)
    if (!state.reading) n = amount(asked, state)
  }
  return deliver(this, state, n, asked)
}

function askSource(stream, state) {
  state.reading = true
  state.sync = true
  if (state.length === 0) state.needReadable = true
  try {
    stream._read(state.highWaterMark)
  } catch (error) {
    errorOrDestroy(stream, error)
  }
  state.sync = false
}

function deliver(stream, state, n, asked) {
  let chunk = null
  if (n > 0 && state.length > 0) {
    chunk = taken(state, n)
  }
  if (chunk === null) {
    state.needReadable = state.length <= state.highWaterMark
    n = 0
  } else {
    state.length -= state.objectMode ? 1 : n
    forgetDrain(state)
  }
  if (state.length === 0) {
    if (!state.ended) state.needReadable = true
    if (asked !== n && state.ended) endReadable(stream)
  }
  if (chunk !== null && !state.errorEmitted && !state.closeEmitted) {
    state.dataEmitted = true
    stream.emit('data', chunk)
  }
  return chunk
}

// Takes `n` bytes or characters, or one object, out of the queue.
function taken(state, n) {
  const { buffer, objectMode } = state, isText = state.decoder !== null, count = buffer.length
  let i = state.bufferIndex, chunk
  if (objectMode || count - i === 1 && n >= state.length || n === buffer[i].length) {
    chunk = buffer[i]
    buffer[i++] = null
  } else if (n >= state.length) {
    const parts = i === 0 ? buffer : buffer.slice(i)
    chunk = isText ? parts.join('') : Buffer.concat(parts, state.length)
    i = count
  } else if (n < buffer[i].length) {
    chunk = buffer[i].slice(0, n)
    buffer[i] = buffer[i].slice(n)
  } else {
    const parts = []
    let left = n
    while (left > 0 && left >= buffer[i].length) {
      left -= buffer[i].length
      parts.push(buffer[i])
      buffer[i++] = null
    }
    if (left > 0) {
      parts.push(buffer[i].slice(0, left))
      buffer[i] = buffer[i].slice(left)
    }
    chunk = isText ? parts.join('') : Buffer.concat(parts, n)
  }
  if (i === count) {
    buffer.length = i = 0
  } else if (i > 1024) {
    buffer.splice(0, i)
    i = 0
  }
  state.bufferIndex = i
  return chunk
}

function emitReadable(stream) {
  const state = stream._readableState
  state.needReadable = false
  if (state.emittedReadable) return
  state.emittedReadable = true
  $nextTick(emitReadableNow, stream)
}

function emitReadableNow(stream) {
  const state = stream._readableState
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable')
    state.emittedReadable = false
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark
  flow(stream)
}

// Fills the queue up to the mark, a tick later, although nobody has read.
function readMoreLater(stream, state) {
  if (state.readingMore || !state.constructed) return
  state.readingMore = true
  $nextTick(readMore, stream, state)
}

function readMore(stream, state) {
  while (!state.reading && !state.ended && (state.length < state.highWaterMark || state.flowing && state.length === 0)) {
    const before = state.length
    stream.read(0)
    if (before === state.length) break
  }
  state.readingMore = false
}

function endReadable(stream) {
  const state = stream._readableState
  if (state.endEmitted) return
  state.ended = true
  $nextTick(endReadableNow, stream, state)
}

function endReadableNow(stream, state) {
  if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return
  state.endEmitted = true
  stream.emit('end')
  const w = stream._writableState
  if (w && stream.writable !== false && stream.allowHalfOpen === false) {
    $nextTick(() => {
      if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end()
    })
  } else if (state.autoDestroy && (!w || w.autoDestroy && (w.finished || w.writable === false))) {
    stream.destroy()
  }
}

prototype.on = prototype.addListener = function (name, listener) {
  Stream.prototype.on.call(this, name, listener)
  const state = this._readableState
  if (name === 'data') {
    state.readableListening = this.listenerCount('readable') > 0
    if (state.flowing !== false) this.resume()
  } else if (name === 'readable' && !state.endEmitted && !state.readableListening) {
    state.readableListening = state.needReadable = true
    state.flowing = false
    state.emittedReadable = false
    if (state.length > 0) emitReadable(this)
    else if (!state.reading) $nextTick((stream) => stream.read(0), this)
  }
  return this
}

prototype.removeListener = prototype.off = function (name, listener) {
  Stream.prototype.removeListener.call(this, name, listener)
  if (name === 'readable') $nextTick(listenersChanged, this)
  return this
}

prototype.removeAllListeners = function (...names) {
  const result = $callList(Stream.prototype.removeAllListeners, this, names)
  if (names.length === 0 || names[0] === 'readable') $nextTick(listenersChanged, this)
  return result
}

function listenersChanged(stream) {
  const state = stream._readableState
  state.readableListening = stream.listenerCount('readable') > 0
  if (state.resumeScheduled && state.paused === false) state.flowing = true
  else if (stream.listenerCount('data') > 0) stream.resume()
  else if (!state.readableListening) state.flowing = null
}

prototype.resume = function () {
  const state = this._readableState
  if (!state.flowing) {
    state.flowing = !state.readableListening
    if (!state.resumeScheduled) {
      state.resumeScheduled = true
      $nextTick(resumeNow, this, state)
    }
  }
  state.paused = false
  return this
}

function resumeNow(stream, state) {
  if (!state.reading) stream.read(0)
  state.resumeScheduled = false
  stream.emit('resume')
  flow(stream)
  if (state.flowing && !state.reading) stream.read(0)
}

prototype.pause = function () {
  const state = this._readableState
  if (state.flowing !== false) {
    state.flowing = false
    this.emit('pause')
  }
  state.paused = true
  return this
}

function flow(stream) {
  const state = stream._readableState
  while (state.flowing && stream.read() !== null);
}

getters(prototype, {
  readableAborted() {
    const r = this._readableState
    return !!((r.destroyed || r.errored) && !r.endEmitted)
  },
})
stateGetters(prototype, '_readableState', {
  readableDidRead: 'dataEmitted', readableHighWaterMark: 'highWaterMark', readableBuffer: 'buffer', readableFlowing: 'flowing',
  readableLength: 'length', readableObjectMode: 'objectMode', readableEncoding: 'encoding', readableEnded: 'endEmitted',
  errored: 'errored', closed: 'closed',
})
flag(prototype, '_readableState', 'destroyed', function () {
  return !!this._readableState?.destroyed
})
flag(prototype, '_readableState', 'readable', function () {
  const r = this._readableState
  return !!r && r.readable !== false && !r.destroyed && !r.errorEmitted && !r.endEmitted
})

module.exports = Readable
require('internal/streams/pipe')
require('internal/streams/iterate')
require('internal/streams/operators')
