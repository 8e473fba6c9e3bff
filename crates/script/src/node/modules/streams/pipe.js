'use strict'
// readable.pipe(writable): data flows while the writer keeps up. A `write` that answers false stops the flow until `drain`.

const Readable = require('internal/streams/readable')
const { errorOrDestroy } = require('internal/streams/shared')
const prototype = Readable.prototype

prototype.pipe = function (target, options) {
  const source = this, state = source._readableState
  state.pipes.push(target)
  const ends = options?.end !== false && target !== $process.stdout && target !== $process.stderr
  const atEnd = ends ? () => target.end() : unpipe
  if (state.endEmitted) $nextTick(atEnd)
  else source.once('end', atEnd)

  let onDrain, cleanedUp = false

  function unpipe() {
    source.unpipe(target)
  }
  function stop() {
    if (!onDrain) {
      onDrain = () => {
        state.awaitDrain.delete(target)
        if (state.awaitDrain.size === 0 && source.listenerCount('data') > 0) source.resume()
      }
      target.on('drain', onDrain)
    }
    // The target may have been unpiped by a listener of its own.
    if (!cleanedUp && state.pipes.includes(target)) {
      state.awaitDrain.add(target)
      source.pause()
    }
  }
  function onData(chunk) {
    if (target.write(chunk) === false) stop()
  }
  function onError(error) {
    unpipe()
    target.removeListener('error', onError)
    if (target.listenerCount('error') > 0) return
    const w = target._writableState || target._readableState
    if (w && !w.errorEmitted) errorOrDestroy(target, error)
    else target.emit('error', error)
  }
  function onClose() {
    target.removeListener('finish', onFinish)
    unpipe()
  }
  function onFinish() {
    target.removeListener('close', onClose)
    unpipe()
  }
  function onUnpipe(readable, info) {
    if (readable !== source || !info || info.hasUnpiped) return
    info.hasUnpiped = true
    cleanUp()
  }
  function cleanUp() {
    cleanedUp = true
    target.removeListener('close', onClose)
    target.removeListener('finish', onFinish)
    if (onDrain) target.removeListener('drain', onDrain)
    target.removeListener('error', onError)
    target.removeListener('unpipe', onUnpipe)
    source.removeListener('end', atEnd)
    source.removeListener('data', onData)
    if (onDrain && state.awaitDrain.has(target)) onDrain()
  }

  target.on('unpipe', onUnpipe)
  source.on('data', onData)
  target.prependListener('error', onError)
  target.once('close', onClose)
  target.once('finish', onFinish)
  target.emit('pipe', source)
  if (target.writableNeedDrain === true) stop()
  else if (!state.flowing) source.resume()
  return target
}

prototype.unpipe = function (target) {
  const state = this._readableState
  if (state.pipes.length === 0) return this
  const targets = target === undefined ? state.pipes : state.pipes.filter((pipe) => pipe === target)
  if (target === undefined) {
    state.pipes = []
    this.pause()
  } else if (targets.length > 0) {
    state.pipes = state.pipes.filter((pipe) => pipe !== target)
    if (state.pipes.length === 0) this.pause()
  }
  for (const one of targets) one.emit('unpipe', this, { hasUnpiped: false })
  return this
}
