'use strict'
// What is to be known of a stream, by its states or, of streams of another making, by its properties.

const { abortError } = require('internal/streams/shared')

const isStream = (value) =>
  value !== null && typeof value === 'object' &&
  (!!value._readableState || !!value._writableState || typeof value.write === 'function' && typeof value.on === 'function' ||
    typeof value.pipe === 'function' && typeof value.on === 'function')

// A stream has a readable side; `strict`: by what it can do only.
function hasReadable(stream, strict) {
  return !!(stream && typeof stream.pipe === 'function' && typeof stream.on === 'function' &&
    (!strict || typeof stream.pause === 'function' && typeof stream.resume === 'function') &&
    (!stream._writableState || stream._readableState?.readable !== false) && (!stream._writableState || stream._readableState))
}

function hasWritable(stream) {
  return !!(stream && typeof stream.write === 'function' && typeof stream.on === 'function' &&
    (!stream._readableState || stream._writableState?.writable !== false))
}

function isDestroyed(stream) {
  if (!isStream(stream)) return null
  return !!(stream.destroyed || stream._writableState?.destroyed || stream._readableState?.destroyed)
}

// null: not to be told.
function isWritableEnded(stream) {
  if (!hasWritable(stream)) return null
  if (stream.writableEnded === true) return true
  const w = stream._writableState
  if (w?.errored) return false
  return typeof w?.ended === 'boolean' ? w.ended : null
}

function isWritableFinished(stream, strict) {
  if (!hasWritable(stream)) return null
  if (stream.writableFinished === true) return true
  const w = stream._writableState
  if (w?.errored) return false
  if (typeof w?.finished !== 'boolean') return null
  return w.finished || strict === false && w.ended === true && w.length === 0
}

function isReadableFinished(stream, strict) {
  if (!hasReadable(stream)) return null
  const r = stream._readableState
  if (r?.errored) return false
  if (typeof r?.endEmitted !== 'boolean') return null
  return r.endEmitted || strict === false && r.ended === true && r.length === 0
}

function isReadable(stream) {
  if (typeof stream?.readable !== 'boolean') return null
  if (isDestroyed(stream)) return false
  return hasReadable(stream) && stream.readable && !isReadableFinished(stream)
}

function isWritable(stream) {
  if (typeof stream?.writable !== 'boolean') return null
  if (isDestroyed(stream)) return false
  return hasWritable(stream) && stream.writable && !isWritableEnded(stream)
}

function isClosed(stream) {
  if (!isStream(stream)) return null
  if (typeof stream.closed === 'boolean') return stream.closed
  const r = stream._readableState, w = stream._writableState
  if (typeof w?.closed === 'boolean' || typeof r?.closed === 'boolean') return !!(w?.closed || r?.closed)
  return typeof stream._closed === 'boolean' && isOutgoing(stream) ? stream._closed : null
}

// An http message that goes out.
const isOutgoing = (stream) =>
  typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' && typeof stream._removedConnection === 'boolean'

function willEmitClose(stream) {
  if (!isStream(stream)) return null
  const state = stream._writableState ?? stream._readableState
  if (!state) return typeof stream._sent100 === 'boolean' && stream.req !== undefined
  return !!(state.autoDestroy && state.emitClose && state.closed === false)
}

// Destroys a stream of any kind; without an error, one that is not done has been aborted.
function destroyStream(stream, error) {
  if (!stream || isDestroyed(stream)) return
  const isDone = isReadableFinished(stream, false) !== false && isWritableFinished(stream, false) !== false
  if (!error && !isDone && !isErrored(stream)) error = abortError()
  const isRequest = typeof stream.setHeader === 'function' && typeof stream.abort === 'function'
  if (isRequest) {
    stream.abort()
    return
  }
  // The request of a server: its connection is still to bring the answer.
  if (typeof stream._consuming === 'boolean' && stream.req === undefined) stream.socket = null
  if (typeof stream.destroy === 'function') stream.destroy(error)
  else if (typeof stream.close === 'function') stream.close()
}

const isDisturbed = (stream) => !!(stream && (stream.readableDidRead || stream.readableAborted))
const isErrored = (stream) => !!(stream && (stream.readableErrored ?? stream.writableErrored ?? stream._readableState?.errored ?? stream._writableState?.errored))

module.exports = {
  isStream, hasReadable, hasWritable, isDestroyed, isWritableEnded, isWritableFinished, isReadableFinished, isReadable, isWritable, isClosed,
  isOutgoing, willEmitClose, isDisturbed, isErrored, destroyStream,
}
