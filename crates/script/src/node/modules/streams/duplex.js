'use strict'
// stream.Duplex: a Readable that is a Writable too. The two halves share nothing but the object.

module.exports = Duplex

const Readable = require('internal/streams/readable')
const Writable = require('internal/streams/writable')

function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options)
  if (this._events === undefined) {
    this._events = {
      close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined, data: undefined, end: undefined,
      readable: undefined,
    }
  }
  $call(Readable, this, options)
  $call(Writable, this, options)
  this.allowHalfOpen = options?.allowHalfOpen !== false
  if (options?.readable === false) {
    this._readableState.readable = false
    this._readableState.ended = this._readableState.endEmitted = true
  }
  if (options?.writable === false) {
    const state = this._writableState
    state.writable = false
    state.ending = state.ended = state.finished = true
  }
}
$Object.setPrototypeOf(Duplex.prototype, Readable.prototype)
$Object.setPrototypeOf(Duplex, Readable)
for (const name of $Object.getOwnPropertyNames(Writable.prototype)) {
  if (name === 'constructor' || name === 'pipe' || name === '_destroy' || name in Duplex.prototype && name !== 'destroy') continue
  $Object.defineProperty(Duplex.prototype, name, $Object.getOwnPropertyDescriptor(Writable.prototype, name))
}

$Object.defineProperty(Duplex.prototype, 'destroyed', {
  configurable: true,
  enumerable: false,
  get() {
    return !!(this._readableState?.destroyed && this._writableState?.destroyed)
  },
  set(value) {
    if (this._readableState && this._writableState) this._readableState.destroyed = this._writableState.destroyed = value
  },
})
