'use strict'
// stream.Writable (Node: lib/internal/streams/writable.js). One chunk is written at a time; the others wait in a queue.
// `write` answers false once the queue has reached the high-water mark, and `drain` tells when it is empty again.

const EventEmitter = require('events')
const { Stream } = require('internal/streams/legacy')
const {
  highWaterMarkOf, beginLife, takeMethods, asBuffer, wrongChunk, notImplemented, checkEncoding, construct, destroy, undestroy, errorOrDestroy,
  getters, stateGetters, flag,
} = require('internal/streams/shared')
const { Buffer } = $globalThis

function WritableState(options, stream, isDuplex) {
  this.objectMode = !!(options?.objectMode || isDuplex && options?.writableObjectMode)
  this.highWaterMark = highWaterMarkOf(options, this.objectMode, isDuplex, 'writableHighWaterMark')
  this.decodeStrings = options?.decodeStrings !== false
  this.defaultEncoding = checkEncoding(options?.defaultEncoding ?? 'utf8')
  // Bytes (or objects) that were given to `write` and are not written yet.
  this.length = 0
  // What waits is a part of a list, from an index on.
  this.buffered = null
  this.bufferedIndex = 0
  this.allBuffers = true
  this.writing = false
  this.corked = 0
  this.sync = true
  this.bufferProcessing = false
  // What `_write` calls back.
  this.onwrite = written.bind(undefined, stream)
  this.writecb = null
  this.writelen = 0
  this.afterWrite = null
  this.afterWritePending = false
  this.needDrain = false
  this.ending = false
  this.ended = false
  this.finished = false
  this.prefinished = false
  this.finalCalled = false
  // Calls of `_write` and `_final` that have not called back.
  this.pendingcb = 0
  beginLife(this, options)
  this.whenFinished = null
}

const buffered = (state) => (state.buffered === null ? 0 : state.buffered.length - state.bufferedIndex)

function forgetBuffered(state) {
  state.buffered = null
  state.bufferedIndex = 0
  state.allBuffers = true
}

WritableState.prototype.getBuffer = function () {
  return this.buffered === null ? [] : this.buffered.slice(this.bufferedIndex)
}
getters(WritableState.prototype, {
  bufferedRequestCount() {
    return buffered(this)
  },
})

// instanceof as it is without `Symbol.hasInstance`, which makes a Duplex an instance of Writable.
function isInstance(constructor, object) {
  return $call($Object.prototype.isPrototypeOf, constructor.prototype, object)
}

function Writable(options) {
  const Duplex = require('internal/streams/duplex')
  const isDuplex = this instanceof Duplex
  if (!isDuplex && !isInstance(Writable, this)) return new Writable(options)
  // The usual names, in one shape (of a Duplex: its own).
  if (this._events === undefined) this._events = { close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined }
  this._writableState = new WritableState(options, this, isDuplex)
  takeMethods(this, options, ['write', 'writev', 'destroy', 'final', 'construct'])
  Stream.call(this, options)
  if (options?.signal) require('internal/streams/operators').addAbortSignal(options.signal, this)
  construct(this, () => {
    const state = this._writableState
    if (!state.writing) writeBuffered(this, state)
    finishIfDone(this, state)
  })
}
$Object.setPrototypeOf(Writable.prototype, Stream.prototype)
$Object.setPrototypeOf(Writable, Stream)
Writable.WritableState = WritableState
$Object.defineProperty(Writable, $Symbol.hasInstance, {
  value(object) {
    if (isInstance(this, object)) return true
    return this === Writable && !!object && object._writableState instanceof WritableState
  },
})

const prototype = Writable.prototype

prototype.pipe = function () {
  errorOrDestroy(this, $Helpers.nodeError('Error', 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'))
}

const nothing = () => {}

const streamDestroyed = (call) => $Helpers.nodeError('Error', 'ERR_STREAM_DESTROYED', `Cannot call ${call} after a stream was destroyed`)
const calledTwice = () => $Helpers.nodeError('Error', 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times')

// Calls back whoever waits for the end of the stream.
function tellEnd(state, error) {
  const callbacks = state.whenFinished
  if (callbacks === null) return
  state.whenFinished = null
  for (const callback of callbacks) callback(error)
}

prototype.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding]
  return accept(this, chunk, encoding, typeof callback === 'function' ? callback : nothing) === true
}

// Takes a chunk; the answer is whether the writer may go on at once, or the error that kept it from being taken.
function accept(stream, chunk, encoding, callback) {
  const state = stream._writableState
  if (chunk === null) throw $Helpers.nodeError('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
  // `_write` gets bytes, unless the stream takes objects or text.
  if (!state.objectMode) {
    if (!encoding) encoding = state.defaultEncoding
    else if (encoding !== 'buffer') checkEncoding(encoding)
    if (typeof chunk !== 'string') {
      const bytes = asBuffer(chunk)
      if (bytes === undefined) throw wrongChunk(chunk)
      chunk = bytes
      encoding = 'buffer'
    } else if (state.decodeStrings) {
      chunk = Buffer.from(chunk, encoding)
      encoding = 'buffer'
    }
  }
  let error
  if (state.ending) error = $Helpers.nodeError('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
  else if (state.destroyed) error = streamDestroyed('write')
  if (error) {
    $nextTick(callback, error)
    errorOrDestroy(stream, error, true)
    return error
  }
  state.pendingcb++
  const length = state.objectMode ? 1 : chunk.length
  state.length += length
  if (state.writing || state.corked > 0 || state.errored || !state.constructed) {
    if (state.buffered === null) state.buffered = []
    state.buffered.push({ chunk, encoding, callback })
    if (encoding !== 'buffer') state.allBuffers = false
  } else {
    writeNow(stream, state, length, chunk, encoding, callback)
  }
  // What has been written at once takes no room any more.
  const roomLeft = state.length < state.highWaterMark || state.length === 0
  if (!roomLeft) state.needDrain = true
  return roomLeft && !state.errored && !state.destroyed
}

function writeNow(stream, state, length, chunk, encoding, callback) {
  state.writecb = callback
  state.writelen = length
  state.writing = true
  state.sync = true
  if (state.destroyed) state.onwrite(streamDestroyed('write'))
  else stream._write(chunk, encoding, state.onwrite)
  state.sync = false
}

prototype._write = function (chunk, encoding, callback) {
  if (!this._writev) throw notImplemented('_write')
  this._writev([{ chunk, encoding }], callback)
}
prototype._writev = null

// `_write` has called back.
function written(stream, error) {
  const state = stream._writableState, { sync, writecb: callback } = state
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, calledTwice())
    return
  }
  state.writing = false
  state.writecb = null
  state.length -= state.writelen
  state.writelen = 0
  if (error) {
    if (!state.errored) state.errored = error
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error
    if (sync) $nextTick(writeFailed, stream, state, error, callback)
    else writeFailed(stream, state, error, callback)
    return
  }
  if (buffered(state) > 0) writeBuffered(stream, state)
  if (sync) afterWriteLater(stream, state, callback)
  else afterWrite(stream, state, 1, callback)
}

// Writes that end at once and have the same callback share one tick; with none to call, there is nothing to wait for.
function afterWriteLater(stream, state, callback) {
  if (callback === nothing) {
    if (!state.afterWritePending && (state.needDrain && state.length === 0 || state.destroyed)) {
      state.afterWritePending = true
      $nextTick(afterWrite, stream, state, 1, nothing)
    } else {
      state.pendingcb--
      if (state.ending) finishIfDone(stream, state, true)
    }
  } else if (state.afterWrite !== null && state.afterWrite.callback === callback) {
    state.afterWrite.count++
  } else {
    state.afterWrite = { count: 1, callback, stream, state }
    state.afterWritePending = true
    $nextTick(afterWriteTick, state.afterWrite)
  }
}

function afterWriteTick({ stream, state, count, callback }) {
  state.afterWrite = null
  afterWrite(stream, state, count, callback)
}

function writeFailed(stream, state, error, callback) {
  --state.pendingcb
  callback(error)
  failBuffered(state)
  errorOrDestroy(stream, error)
}

function afterWrite(stream, state, count, callback) {
  state.afterWritePending = false
  if (!state.ending && !state.destroyed && state.length === 0 && state.needDrain) {
    state.needDrain = false
    stream.emit('drain')
  }
  for (; count > 0; count--) {
    state.pendingcb--
    callback(null)
  }
  if (state.destroyed) failBuffered(state)
  finishIfDone(stream, state)
}

// What still waits when the stream is destroyed is told so.
function failBuffered(state) {
  if (state.writing) return
  const entries = state.buffered
  if (entries !== null) {
    for (let i = state.bufferedIndex; i < entries.length; i++) {
      const { chunk, callback } = entries[i]
      state.length -= state.objectMode ? 1 : chunk.length
      callback(state.errored ?? streamDestroyed('write'))
    }
    forgetBuffered(state)
  }
  tellEnd(state, state.errored ?? streamDestroyed('end'))
}

function writeBuffered(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return
  const count = buffered(state)
  if (count === 0) return
  state.bufferProcessing = true
  if (stream._writev && count > 1) writeTogether(stream, state, count)
  else writeOneByOne(stream, state)
  state.bufferProcessing = false
}

function writeOneByOne(stream, state) {
  const entries = state.buffered
  let i = state.bufferedIndex
  do {
    const { chunk, encoding, callback } = entries[i]
    entries[i++] = null
    writeNow(stream, state, state.objectMode ? 1 : chunk.length, chunk, encoding, callback)
  } while (i < entries.length && !state.writing)
  if (i === entries.length) {
    forgetBuffered(state)
  } else if (i > 256) {
    entries.splice(0, i)
    state.bufferedIndex = 0
  } else {
    state.bufferedIndex = i
  }
}

function writeTogether(stream, state, count) {
  state.pendingcb -= count - 1
  const chunks = state.bufferedIndex === 0 ? state.buffered : state.getBuffer()
  chunks.allBuffers = state.allBuffers
  const callback = chunks.every((entry) => entry.callback === nothing) ? nothing : (error) => {
    for (const { callback } of chunks) callback(error)
  }
  forgetBuffered(state)
  state.writecb = callback
  state.writelen = state.length
  state.writing = true
  state.sync = true
  stream._writev(chunks, state.onwrite)
  state.sync = false
}

prototype.cork = function () {
  this._writableState.corked++
}

prototype.uncork = function () {
  const state = this._writableState
  if (state.corked === 0) return
  state.corked--
  if (!state.writing) writeBuffered(this, state)
}

prototype.setDefaultEncoding = function (encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase()
  this._writableState.defaultEncoding = checkEncoding(encoding)
  return this
}

prototype.end = function (chunk, encoding, callback) {
  const state = this._writableState
  if (typeof chunk === 'function') [chunk, encoding, callback] = [undefined, undefined, chunk]
  else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding]
  let error
  if (chunk !== undefined && chunk !== null) {
    const answer = accept(this, chunk, encoding, nothing)
    if (answer instanceof $Error) error = answer
  }
  if (state.corked > 0) {
    state.corked = 1
    this.uncork()
  }
  if (error) {
    // The write has told it already.
  } else if (!state.errored && !state.ending) {
    state.ending = true
    finishIfDone(this, state, true)
    state.ended = true
  } else if (state.finished) {
    error = $Helpers.nodeError('Error', 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished')
  } else if (state.destroyed) {
    error = streamDestroyed('end')
  }
  if (typeof callback === 'function') {
    if (error || state.errored) $nextTick(callback, error || state.errored)
    else if (state.finished) $nextTick(callback, null)
    else (state.whenFinished ??= []).push(callback)
  }
  return this
}

function isDone(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored && buffered(state) === 0 &&
    !state.finished && !state.writing && !state.errorEmitted && !state.closeEmitted
}

function finishIfDone(stream, state, sync) {
  if (!isDone(state)) return
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.finalCalled = true
      callFinal(stream, state)
    } else {
      state.prefinished = true
      stream.emit('prefinish')
    }
  }
  if (state.pendingcb > 0 || !state.prefinished) return
  state.pendingcb++
  if (sync) $nextTick(finishLater, stream, state)
  else finish(stream, state)
}

function finishLater(stream, state) {
  if (isDone(state)) finish(stream, state)
  else state.pendingcb--
}

function callFinal(stream, state) {
  let called = false
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? calledTwice())
      return
    }
    called = true
    state.pendingcb--
    if (error) {
      tellEnd(state, error)
      errorOrDestroy(stream, error, state.sync)
      return
    }
    if (!isDone(state)) return
    state.prefinished = true
    stream.emit('prefinish')
    state.pendingcb++
    $nextTick(finish, stream, state)
  }
  state.sync = true
  state.pendingcb++
  try {
    stream._final(done)
  } catch (error) {
    done(error)
  }
  state.sync = false
}

function finish(stream, state) {
  state.pendingcb--
  state.finished = true
  tellEnd(state, null)
  stream.emit('finish')
  const r = stream._readableState
  if (state.autoDestroy && (!r || r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy()
}

prototype.destroy = function (error, callback) {
  const state = this._writableState
  if (!state.destroyed && (buffered(state) > 0 || state.whenFinished !== null)) $nextTick(failBuffered, state)
  $call(destroy, this, error, callback)
  return this
}
prototype._undestroy = undestroy
prototype._destroy = function (error, callback) {
  callback(error)
}
prototype[EventEmitter.captureRejectionSymbol] = function (error) {
  this.destroy(error)
}

getters(prototype, {
  writableNeedDrain() {
    const w = this._writableState
    return !w.destroyed && !w.ending && w.needDrain
  },
  writableBuffer() {
    return this._writableState?.getBuffer()
  },
  writableAborted() {
    const w = this._writableState
    return !!((w.destroyed || w.errored) && !w.finished)
  },
})
stateGetters(prototype, '_writableState', {
  writableFinished: 'finished', writableObjectMode: 'objectMode', writableEnded: 'ending', writableHighWaterMark: 'highWaterMark',
  writableCorked: 'corked', writableLength: 'length', errored: 'errored', closed: 'closed',
})
flag(prototype, '_writableState', 'destroyed', function () {
  return !!this._writableState?.destroyed
})
flag(prototype, '_writableState', 'writable', function () {
  const w = this._writableState
  return !!w && w.writable !== false && !w.destroyed && !w.errored && !w.ending && !w.ended
})

module.exports = Writable
