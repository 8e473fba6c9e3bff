'use strict'
// stream.finished(stream[, options], callback): once, when a stream has ended, finished or failed.

function finished(stream, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options]
  if (typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['Function'], callback)
  const r = stream._readableState, w = stream._writableState
  const readable = options?.readable ?? (!!r && r.readable !== false)
  const writable = options?.writable ?? (!!w && w.writable !== false)
  let readDone = !readable || !!r?.endEmitted, writeDone = !writable || !!w?.finished, told = false
  const tell = (error) => {
    if (told) return
    told = true
    callback.call(stream, error)
  }
  const check = () => {
    if (readDone && writeDone && !willClose(r, w)) tell()
  }
  const onEnd = () => {
    readDone = true
    check()
  }
  const onFinish = () => {
    writeDone = true
    check()
  }
  const onError = (error) => tell(error)
  const onClose = () => {
    const error = r?.errored || w?.errored
    if (error) tell(error)
    else if (readable && !r.endEmitted || writable && !w.finished) {
      tell($Helpers.nodeError('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'))
    } else tell()
  }
  stream.on('end', onEnd)
  stream.on('finish', onFinish)
  if (options?.error !== false) stream.on('error', onError)
  stream.on('close', onClose)
  if (r?.closed || w?.closed || r?.errorEmitted || w?.errorEmitted) $nextTick(onClose)
  else if (readDone && writeDone) $nextTick(check)
  return function forget() {
    told = true
    stream.removeListener('end', onEnd)
    stream.removeListener('finish', onFinish)
    stream.removeListener('error', onError)
    stream.removeListener('close', onClose)
  }
}

// A stream that destroys itself is done when it says `close`.
function willClose(r, w) {
  const state = w || r
  return state.autoDestroy && state.emitClose && !state.closed && (!r || r.autoDestroy) && (!r || !w || r.endEmitted && w.finished)
}

module.exports = finished
