'use strict'
// The base of all streams: an EventEmitter with the `pipe` of Node's first streams (Node: lib/internal/streams/legacy.js).

const EventEmitter = require('events')

function Stream(options) {
  EventEmitter.call(this, options)
}
$Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype)
$Object.setPrototypeOf(Stream, EventEmitter)

Stream.prototype.pipe = function (target, options) {
  const source = this
  let over = false
  function onData(chunk) {
    if (target.writable && target.write(chunk) === false && source.pause) source.pause()
  }
  function onDrain() {
    if (source.readable && source.resume) source.resume()
  }
  function onEnd() {
    if (over) return
    over = true
    target.end()
  }
  function onClose() {
    if (over) return
    over = true
    if (typeof target.destroy === 'function') target.destroy()
  }
  function onError(error) {
    cleanUp()
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error)
  }
  function cleanUp() {
    source.removeListener('data', onData)
    target.removeListener('drain', onDrain)
    source.removeListener('end', onEnd)
    source.removeListener('close', onClose)
    source.removeListener('error', onError)
    target.removeListener('error', onError)
    source.removeListener('end', cleanUp)
    source.removeListener('close', cleanUp)
    target.removeListener('close', cleanUp)
  }
  source.on('data', onData)
  target.on('drain', onDrain)
  // A console's stream stays open.
  if (!target._isStdio && options?.end !== false) {
    source.on('end', onEnd)
    source.on('close', onClose)
  }
  prependListener(source, 'error', onError)
  prependListener(target, 'error', onError)
  source.on('end', cleanUp)
  source.on('close', cleanUp)
  target.on('close', cleanUp)
  target.emit('pipe', source)
  return target
}

// Also for an emitter of another making, which may know of `on` only.
function prependListener(emitter, name, listener) {
  if (typeof emitter.prependListener === 'function') {
    emitter.prependListener(name, listener)
  } else {
    const others = emitter._events?.[name]
    if (!others) emitter.on(name, listener)
    else if ($Array.isArray(others)) others.unshift(listener)
    else emitter._events[name] = [listener, others]
  }
}

module.exports = { Stream, prependListener }
