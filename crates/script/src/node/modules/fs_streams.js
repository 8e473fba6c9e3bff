'use strict'
// fs.createReadStream and fs.createWriteStream (Node: lib/internal/fs/streams.js).

const fs = require('fs')
const { Readable, Writable } = require('stream')
const { Buffer } = $globalThis

function optionsOf(options) {
  return typeof options === 'string' ? { encoding: options } : { ...options }
}

function checkPosition(value, name) {
  if (value === undefined) return
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (value === Infinity && name === 'end') return
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf(name, 'an integer', value)
  if (!(value >= 0 && value <= $Number.MAX_SAFE_INTEGER)) throw $Helpers.rangeErrorOf(name, `>= 0 && <= ${$Number.MAX_SAFE_INTEGER}`, value)
}

// Opens the file in the next turn of the event loop; what needs it waits.
function openLater(stream, flags) {
  stream.pending = true
  if (typeof stream.fd === 'number') {
    stream.pending = false
    return
  }
  fs.open(stream.path, flags, (error, fd) => {
    if (error) {
      stream.destroy(error)
      return
    }
    stream.fd = fd
    stream.pending = false
    stream.emit('open', fd)
    stream.emit('ready')
  })
}

function whenOpen(stream, work) {
  if (!stream.pending) work()
  else stream.once('open', work)
}

function closeFile(stream, error, callback) {
  const fd = stream.fd
  if (stream.pending && !error) {
    stream.once('open', () => closeFile(stream, error, callback))
    return
  }
  if (typeof fd !== 'number' || !stream.autoClose) {
    callback(error)
    return
  }
  stream.fd = null
  fs.close(fd, (failure) => callback(error || failure))
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options)
  const chosen = optionsOf(options)
  chosen.highWaterMark = chosen.highWaterMark ?? chosen.bufferSize ?? 65536
  checkPosition(chosen.start, 'start')
  checkPosition(chosen.end, 'end')
  if (chosen.start > chosen.end) throw $Helpers.rangeErrorOf('start', `<= "end" (here: ${chosen.end})`, chosen.start)
  $call(Readable, this, { ...chosen, read: undefined, destroy: undefined })
  this.path = path
  this.fd = chosen.fd ?? null
  this.flags = chosen.flags ?? 'r'
  this.autoClose = chosen.autoClose !== false
  this.start = chosen.start
  this.end = chosen.end ?? Infinity
  this.bytesRead = 0
  openLater(this, this.flags)
}
$Object.setPrototypeOf(ReadStream.prototype, Readable.prototype)
$Object.setPrototypeOf(ReadStream, Readable)

ReadStream.prototype._read = function (size) {
  whenOpen(this, () => readChunk(this, size))
}

function readChunk(stream, size) {
  const at = stream.start === undefined ? undefined : stream.start + stream.bytesRead
  const left = stream.end - (stream.start ?? 0) - stream.bytesRead + 1
  const count = $Math.min(size, left)
  if (count <= 0) {
    stream.push(null)
    return
  }
  const chunk = Buffer.allocUnsafeSlow !== undefined ? Buffer.allocUnsafeSlow(count) : new Buffer(count)
  fs.read(stream.fd, chunk, 0, count, at, (error, bytesRead) => {
    if (error) {
      stream.destroy(error)
      return
    }
    stream.bytesRead += bytesRead
    if (bytesRead === 0) stream.push(null)
    else stream.push(bytesRead < count ? chunk.slice(0, bytesRead) : chunk)
  })
}

ReadStream.prototype._destroy = function (error, callback) {
  closeFile(this, error, callback)
}
ReadStream.prototype.close = function (callback) {
  this.destroy(null, callback)
}

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options)
  const chosen = optionsOf(options)
  checkPosition(chosen.start, 'start')
  $call(Writable, this, { ...chosen, write: undefined, writev: undefined, final: undefined, destroy: undefined, decodeStrings: true })
  this.path = path
  this.fd = chosen.fd ?? null
  this.flags = chosen.flags ?? 'w'
  this.autoClose = chosen.autoClose !== false
  this.pos = chosen.start
  this.bytesWritten = 0
  if (chosen.encoding) this.setDefaultEncoding(chosen.encoding)
  openLater(this, this.flags)
}
$Object.setPrototypeOf(WriteStream.prototype, Writable.prototype)
$Object.setPrototypeOf(WriteStream, Writable)

WriteStream.prototype._write = function (chunk, encoding, callback) {
  whenOpen(this, () => {
    fs.write(this.fd, chunk, 0, chunk.length, this.pos, (error, count) => {
      if (error) {
        callback(error)
        return
      }
      this.bytesWritten += count
      if (this.pos !== undefined) this.pos += count
      callback()
    })
  })
}
WriteStream.prototype._final = function (callback) {
  whenOpen(this, callback)
}
WriteStream.prototype._destroy = function (error, callback) {
  closeFile(this, error, callback)
}
WriteStream.prototype.close = function (callback) {
  if (callback) this.on('close', callback)
  this.end()
}

module.exports = {
  ReadStream,
  WriteStream,
  createReadStream: (path, options) => new ReadStream(path, options),
  createWriteStream: (path, options) => new WriteStream(path, options),
}
