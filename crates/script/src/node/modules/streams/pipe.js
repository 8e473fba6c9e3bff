'use strict'
// readable.pipe(writable): data flows while the writer keeps up. A `write` that answers false stops the flow until `drain`.

const Readable = require('internal/streams/readable')
const { prependListener } = require('internal/streams/legacy')
const { errorOrDestroy } = require('internal/streams/shared')
const prototype = Readable.prototype

prototype.pipe = function (target, options) {
  const source = this, state = source._readableState
  if (state.pipes.length === 1 && !state.multiAwaitDrain) {
    state.multiAwaitDrain = true
    state.awaitDrainWriters = new $Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : [])
  }
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
        if (state.awaitDrainWriters === target) state.awaitDrainWriters = null
        else if (state.multiAwaitDrain) state.awaitDrainWriters.delete(target)
        if (!state.awaitDrainWriters?.size && source.listenerCount('data') > 0) source.resume()
      }
      target.on('drain', onDrain)
    }
    // The target may have been unpiped by a listener of its own.
    if (!cleanedUp && state.pipes.includes(target)) {
      if (state.multiAwaitDrain) state.awaitDrainWriters.add(target)
      else state.awaitDrainWriters = target
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
    if (onDrain && state.awaitDrainWriters && (!target._writableState || target._writableState.needDrain)) onDrain()
  }

  target.on('unpipe', onUnpipe)
  source.on('data', onData)
  prependListener(target, 'error', onError)
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
  if (target === undefined) {
    const targets = state.pipes
    state.pipes = []
    this.pause()
    for (const each of targets) each.emit('unpipe', this, { hasUnpiped: false })
    return this
  }
  const at = state.pipes.indexOf(target)
  if (at < 0) return this
  state.pipes.splice(at, 1)
  if (state.pipes.length === 0) this.pause()
  target.emit('unpipe', this, { hasUnpiped: false })
  return this
}
