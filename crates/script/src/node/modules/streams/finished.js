'use strict'
// stream.finished(stream[, options], callback): once, when a stream has ended, finished or failed.

const { checkObject, checkSignal, abortError } = require('internal/streams/shared')
const {
  isStream, hasReadable, hasWritable, isReadable, isWritable, isReadableFinished, isWritableFinished, isClosed, willEmitClose,
} = require('internal/streams/states')

const premature = () => $Helpers.nodeError('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close')

function finished(stream, options, callback) {
  if (arguments.length === 2) [options, callback] = [undefined, options]
  else if (options !== undefined && options !== null) checkObject(options, 'options')
  if (typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['Function'], callback)
  checkSignal(options?.signal, 'options.signal')
  if (!isStream(stream)) throw $Helpers.argumentTypeError('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream)
  const r = stream._readableState, w = stream._writableState
  const readable = options?.readable ?? hasReadable(stream), writable = options?.writable ?? hasWritable(stream)
  // Whether there is a `close` to wait for, which comes when both halves are done.
  let closes = willEmitClose(stream) && hasReadable(stream) === readable && hasWritable(stream) === writable
  let readDone = isReadableFinished(stream, false), writeDone = isWritableFinished(stream, false)
  let closed = isClosed(stream), told = false

  const tell = (error) => {
    if (told) return
    told = true
    if (error) callback.call(stream, error)
    else callback.call(stream)
  }
  const onFinish = () => {
    writeDone = true
    if (stream.destroyed) closes = false
    if (closes && (!stream.writable || readable)) return
    if (!readable || readDone) tell()
  }
  const onEnd = () => {
    readDone = true
    if (stream.destroyed) closes = false
    if (closes && (!stream.readable || writable)) return
    if (!writable || writeDone) tell()
  }
  const onClosed = () => {
    closed = true
    tell(r?.errored || w?.errored)
  }
  const onClose = () => {
    closed = true
    const error = w?.errored || r?.errored
    if (error && error !== true) tell(error)
    else if (readable && !readDone && hasReadable(stream, true) && !isReadableFinished(stream, false)) tell(premature())
    else if (writable && !writeDone && !isWritableFinished(stream, false)) tell(premature())
    else tell()
  }
  const listeners = { end: onEnd, finish: onFinish, close: onClose }
  if (options?.error !== false) listeners.error = tell
  if (!closes && typeof stream.aborted === 'boolean') listeners.aborted = onClose
  // A client's request is complete when its response is; it has no state of a Writable.
  const isRequest = typeof stream.setHeader === 'function' && typeof stream.abort === 'function'
  if (isRequest) {
    listeners.complete = onFinish
    if (!closes) listeners.abort = onClose
  } else if (writable && !w && !closes) {
    listeners.end = () => {
      onEnd()
      if (!stream.writable) onFinish()
    }
  }
  for (const name of $Object.keys(listeners)) stream.on(name, listeners[name])

  if (closed) $nextTick(onClose)
  else if (w?.errorEmitted || r?.errorEmitted) {
    if (!closes) $nextTick(onClosed)
  } else if (!readable && (!closes || isReadable(stream)) && (writeDone || isWritable(stream) === false) && !w?.pendingcb) {
    $nextTick(onClosed)
  } else if (!writable && (!closes || isWritable(stream)) && (readDone || isReadable(stream) === false)) {
    $nextTick(onClosed)
  } else if (r && stream.req && stream.aborted) {
    $nextTick(onClosed)
  }
  const forget = () => {
    told = true
    for (const name of $Object.keys(listeners)) stream.removeListener(name, listeners[name])
  }
  if (options?.signal && !closed) return withSignal(options.signal, stream, callback, forget, () => told)
  return forget
}

function withSignal(signal, stream, callback, forget, isTold) {
  const abort = () => {
    if (isTold()) return
    forget()
    callback.call(stream, abortError(signal))
  }
  if (signal.aborted) $nextTick(abort)
  else signal.addEventListener('abort', abort, { once: true })
  return () => {
    signal.removeEventListener('abort', abort)
    forget()
  }
}

module.exports = finished
