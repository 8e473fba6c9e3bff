'use strict'
// stream.Transform: what is written comes out changed. The writer is called back when the chunk has been transformed and
// the reader has room, so that back-pressure goes through.

const Duplex = require('internal/streams/duplex')
const { notImplemented, takeMethods } = require('internal/streams/shared')

const waiting = $Symbol('kCallback')

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options)
  $call(Duplex, this, options)
  // Asking for data never starts anything: it comes when something is written.
  this._readableState.sync = false
  this[waiting] = null
  takeMethods(this, options, ['transform', 'flush'])
  this.on('prefinish', flush)
}
$Object.setPrototypeOf(Transform.prototype, Duplex.prototype)
$Object.setPrototypeOf(Transform, Duplex)

const prototype = Transform.prototype

function flush() {
  if (this._final === final) return
  $call(final, this)
}

function final(callback) {
  const end = (error, data) => {
    if (error) {
      if (callback) callback(error)
      else this.destroy(error)
      return
    }
    if (data !== undefined && data !== null) this.push(data)
    this.push(null)
    if (callback) callback()
  }
  if (typeof this._flush === 'function' && !this.destroyed) $call(this._flush, this, end)
  else end()
}
prototype._final = final

prototype._transform = function () {
  throw notImplemented('_transform')
}

prototype._write = function (chunk, encoding, callback) {
  const r = this._readableState, before = r.length
  this._transform(chunk, encoding, (error, data) => {
    if (error) {
      callback(error)
      return
    }
    if (data !== undefined && data !== null) this.push(data)
    if (r.ended) $nextTick(callback)
    else if (this._writableState.ended || before === r.length || r.length < r.highWaterMark) callback()
    else this[waiting] = callback
  })
}

prototype._read = function () {
  const callback = this[waiting]
  if (!callback) return
  this[waiting] = null
  callback()
}

function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options)
  $call(Transform, this, options)
}
$Object.setPrototypeOf(PassThrough.prototype, Transform.prototype)
$Object.setPrototypeOf(PassThrough, Transform)
PassThrough.prototype._transform = function (chunk, encoding, callback) {
  callback(null, chunk)
}

module.exports = { Transform, PassThrough }
