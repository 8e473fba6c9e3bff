'use strict'
// stream.Writable (Node: lib/internal/streams/writable.js). One chunk is written at a time; the others wait in a queue.
// `write` answers false once the queue has reached the high-water mark, and `drain` tells when it is empty again.

const Stream = require('internal/streams/legacy')
const {
  BufferList, highWaterMarkOf, beginLife, takeMethods, asBuffer, wrongChunk, notImplemented, construct, destroy, errorOrDestroy, getters,
  stateGetters,
} = require('internal/streams/shared')
const { Buffer } = $globalThis

function WritableState(options, isDuplex) {
  this.objectMode = !!(options?.objectMode || isDuplex && options?.writableObjectMode)
  this.highWaterMark = highWaterMarkOf(options, this.objectMode, isDuplex, 'writableHighWaterMark')
  this.decodeStrings = options?.decodeStrings !== false
  this.defaultEncoding = options?.defaultEncoding || 'utf8'
  // Bytes (or objects) that were given to `write` and are not written yet.
  this.length = 0
  this.buffered = new BufferList()
  this.writing = false
  this.corked = 0
  this.sync = true
  this.bufferProcessing = false
  this.callback = null
  this.writingLength = 0
  this.needDrain = false
  this.ending = false
  this.ended = false
  this.finished = false
  this.prefinished = false
  this.finalCalled = false
  // Calls of `_write` and `_final` that have not called back.
  this.pending = 0
  beginLife(this, options)
  this.whenFinished = []
}

// instanceof as it is without `Symbol.hasInstance`, which makes a Duplex an instance of Writable.
function isInstance(constructor, object) {
  return $call($Object.prototype.isPrototypeOf, constructor.prototype, object)
}

function Writable(options) {
  const Duplex = require('internal/streams/duplex')
  const isDuplex = this instanceof Duplex
  if (!isDuplex && !isInstance(Writable, this)) return new Writable(options)
  this._writableState = new WritableState(options, isDuplex)
  takeMethods(this, options, ['write', 'writev', 'destroy', 'final', 'construct'])
  Stream.call(this, options)
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
  for (const callback of state.whenFinished.splice(0)) callback(error)
}

prototype.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding]
  return accept(this, chunk, encoding, callback ?? nothing) === true
}

// Takes a chunk; the answer is whether the writer may go on at once, or the error that kept it from being taken.
function accept(stream, given, givenEncoding, callback) {
  const state = stream._writableState
  const [chunk, encoding] = asBytes(state, given, givenEncoding)
  let error
  if (state.ending) error = $Helpers.nodeError('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
  else if (state.destroyed) error = streamDestroyed('write')
  if (error) {
    $nextTick(callback, error)
    errorOrDestroy(stream, error, true)
    return error
  }
  state.pending++
  const length = state.objectMode ? 1 : chunk.length
  state.length += length
  if (state.writing || state.corked > 0 || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback, length })
  } else {
    writeNow(stream, state, length, chunk, encoding, callback)
  }
  const roomLeft = state.length < state.highWaterMark || state.length === 0
  if (!roomLeft) state.needDrain = true
  return roomLeft && !state.errored && !state.destroyed
}

// A chunk as `_write` gets it: bytes, unless the stream takes objects or text.
function asBytes(state, chunk, encoding) {
  if (chunk === null) throw $Helpers.nodeError('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
  if (state.objectMode) return [chunk, encoding || state.defaultEncoding]
  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding
    if (encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
      throw $Helpers.nodeError('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`)
    }
    return state.decodeStrings ? [Buffer.from(chunk, encoding), 'buffer'] : [chunk, encoding]
  }
  const bytes = asBuffer(chunk)
  if (bytes === undefined) throw wrongChunk(chunk)
  return [bytes, 'buffer']
}

function writeNow(stream, state, length, chunk, encoding, callback) {
  state.callback = callback
  state.writingLength = length
  state.writing = true
  state.sync = true
  if (state.destroyed) {
    written(stream, streamDestroyed('write'))
  } else {
    stream._write(chunk, encoding, (error) => written(stream, error))
  }
  state.sync = false
}

prototype._write = function (chunk, encoding, callback) {
  if (!this._writev) throw notImplemented('_write')
  this._writev([{ chunk, encoding }], callback)
}
prototype._writev = null

// `_write` has called back.
function written(stream, error) {
  const state = stream._writableState, { sync, callback } = state
  if (typeof callback !== 'function') {
    errorOrDestroy(stream, calledTwice())
    return
  }
  state.writing = false
  state.callback = null
  state.length -= state.writingLength
  state.writingLength = 0
  if (error) {
    if (!state.errored) state.errored = error
    if (stream._readableState && !stream._readableState.errored) stream._readableState.errored = error
    if (sync) $nextTick(writeFailed, stream, state, error, callback)
    else writeFailed(stream, state, error, callback)
    return
  }
  if (state.buffered.length > 0) writeBuffered(stream, state)
  if (sync) $nextTick(afterWrite, stream, state, callback)
  else afterWrite(stream, state, callback)
}

function writeFailed(stream, state, error, callback) {
  --state.pending
  callback(error)
  failBuffered(state)
  errorOrDestroy(stream, error)
}

function afterWrite(stream, state, callback) {
  if (!state.ending && !state.destroyed && state.length === 0 && state.needDrain) {
    state.needDrain = false
    stream.emit('drain')
  }
  state.pending--
  callback(null)
  if (state.destroyed) failBuffered(state)
  finishIfDone(stream, state)
}

// What still waits when the stream is destroyed is told so.
function failBuffered(state) {
  if (state.writing) return
  while (state.buffered.length > 0) {
    const { length, callback } = state.buffered.shift()
    state.length -= length
    callback(state.errored ?? streamDestroyed('write'))
  }
  tellEnd(state, state.errored ?? streamDestroyed('end'))
}

function writeBuffered(stream, state) {
  if (state.corked > 0 || state.bufferProcessing || state.destroyed || !state.constructed) return
  state.bufferProcessing = true
  if (stream._writev && state.buffered.length > 1) {
    writeTogether(stream, state)
  } else {
    while (state.buffered.length > 0 && !state.writing) {
      const { chunk, encoding, callback, length } = state.buffered.shift()
      writeNow(stream, state, length, chunk, encoding, callback)
    }
  }
  state.bufferProcessing = false
}

function writeTogether(stream, state) {
  const entries = []
  while (state.buffered.length > 0) entries.push(state.buffered.shift())
  state.pending -= entries.length - 1
  state.callback = (error) => {
    for (const { callback } of entries) callback(error)
  }
  state.writingLength = state.length
  state.writing = true
  state.sync = true
  const chunks = entries.map(({ chunk, encoding }) => ({ chunk, encoding }))
  chunks.allBuffers = entries.every(({ encoding }) => encoding === 'buffer')
  stream._writev(chunks, (error) => written(stream, error))
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
  const name = `${encoding}`.toLowerCase()
  if (!Buffer.isEncoding(name)) throw $Helpers.nodeError('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`)
  this._writableState.defaultEncoding = name
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
    if (error) $nextTick(callback, error)
    else if (state.finished) $nextTick(callback, null)
    else state.whenFinished.push(callback)
  }
  return this
}

function isDone(state) {
  return state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored && state.buffered.length === 0 &&
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
  if (state.pending > 0 || !state.prefinished) return
  state.pending++
  const finishNow = () => {
    state.pending--
    if (isDone(state)) finish(stream, state)
  }
  if (sync) $nextTick(finishNow)
  else finishNow()
}

function callFinal(stream, state) {
  let called = false
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? calledTwice())
      return
    }
    called = true
    state.pending--
    if (error) {
      tellEnd(state, error)
      errorOrDestroy(stream, error, state.sync)
      return
    }
    if (!isDone(state)) return
    state.prefinished = true
    stream.emit('prefinish')
    state.pending++
    $nextTick(() => {
      state.pending--
      if (isDone(state)) finish(stream, state)
    })
  }
  state.sync = true
  state.pending++
  try {
    stream._final(done)
  } catch (error) {
    done(error)
  }
  state.sync = false
}

function finish(stream, state) {
  state.finished = true
  tellEnd(state, null)
  stream.emit('finish')
  const r = stream._readableState
  if (state.autoDestroy && (!r || r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy()
}

prototype.destroy = function (error, callback) {
  const state = this._writableState
  if (!state.destroyed && (state.buffered.length > 0 || state.whenFinished.length > 0)) $nextTick(failBuffered, state)
  $call(destroy, this, error, callback)
  return this
}
prototype._destroy = function (error, callback) {
  callback(error)
}

getters(prototype, {
  writable() {
    const w = this._writableState
    return !!w && w.writable !== false && !w.destroyed && !w.errored && !w.ending && !w.ended
  },
  writableNeedDrain() {
    const w = this._writableState
    return !w.destroyed && !w.ending && w.needDrain
  },
  writableAborted() {
    const w = this._writableState
    return !!((w.destroyed || w.errored) && !w.finished)
  },
})
stateGetters(prototype, '_writableState', {
  writableFinished: 'finished', writableObjectMode: 'objectMode', writableEnded: 'ending', writableHighWaterMark: 'highWaterMark',
  writableCorked: 'corked', writableLength: 'length', errored: 'errored', closed: 'closed', destroyed: 'destroyed',
})

module.exports = Writable
