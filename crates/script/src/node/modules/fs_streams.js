'use strict'
// fs.createReadStream and fs.createWriteStream (Node: lib/internal/fs/streams.js).

const fs = require('fs')
const { pathOf } = require('internal/fs_values')
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

// The path, which may be missing where there is a descriptor.
function given(path, { fd }) {
  if (fd === undefined || fd === null) {
    pathOf(path)
  } else if (typeof fd !== 'number') {
    throw $Helpers.argumentTypeError('fd', ['number', 'FileHandle'], fd)
  }
  return path
}

// Opens the file; what needs it waits.
function openFile(callback) {
  if (typeof this.fd === 'number') {
    callback()
    return
  }
  fs.open(this.path, this.flags, (error, fd) => {
    if (error) {
      callback(error)
      return
    }
    this.fd = fd
    callback()
    this.emit('open', fd)
    this.emit('ready')
  })
}

function closeFile(error, callback) {
  const fd = this.fd
  if (typeof fd !== 'number' || !this.autoClose) {
    callback(error)
    return
  }
  fs.close(fd, (failure) => callback(error || failure))
  this.fd = null
}

// What Readable and Writable must not take from the options: a file's stream has methods of its own.
const OWN = { read: undefined, write: undefined, writev: undefined, final: undefined, destroy: undefined, construct: undefined }

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options)
  const chosen = optionsOf(options)
  chosen.highWaterMark = chosen.highWaterMark ?? chosen.bufferSize ?? 65536
  checkPosition(chosen.start, 'start')
  checkPosition(chosen.end, 'end')
  if (chosen.start > chosen.end) throw $Helpers.rangeErrorOf('start', `<= "end" (here: ${chosen.end})`, chosen.start)
  this.path = given(path, chosen)
  this.fd = chosen.fd ?? null
  this.flags = chosen.flags ?? 'r'
  this.autoClose = chosen.autoClose !== false
  this.start = chosen.start
  this.end = chosen.end ?? Infinity
  this.bytesRead = 0
  $call(Readable, this, { autoDestroy: this.autoClose, ...chosen, ...OWN })
}
$Object.setPrototypeOf(ReadStream.prototype, Readable.prototype)
$Object.setPrototypeOf(ReadStream, Readable)

ReadStream.prototype._construct = openFile
ReadStream.prototype._destroy = closeFile
ReadStream.prototype._read = function (size) {
  const at = this.start === undefined ? undefined : this.start + this.bytesRead
  const left = this.end - (this.start ?? 0) - this.bytesRead + 1
  const count = $Math.min(size, left)
  if (count <= 0) {
    this.push(null)
    return
  }
  const chunk = Buffer.allocUnsafeSlow !== undefined ? Buffer.allocUnsafeSlow(count) : new Buffer(count)
  fs.read(this.fd, chunk, 0, count, at, (error, bytesRead) => {
    if (this.destroyed) return
    if (error) {
      this.destroy(error)
      return
    }
    this.bytesRead += bytesRead
    if (bytesRead === 0) this.push(null)
    else this.push(bytesRead < count ? chunk.slice(0, bytesRead) : chunk)
  })
}

ReadStream.prototype.close = function (callback) {
  this.destroy(null, callback)
}

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options)
  const chosen = optionsOf(options)
  checkPosition(chosen.start, 'start')
  this.path = given(path, chosen)
  this.fd = chosen.fd ?? null
  this.flags = chosen.flags ?? 'w'
  this.autoClose = chosen.autoClose !== false
  this.pos = chosen.start
  this.bytesWritten = 0
  $call(Writable, this, { autoDestroy: this.autoClose, ...chosen, ...OWN, decodeStrings: true })
  if (chosen.encoding) this.setDefaultEncoding(chosen.encoding)
}
$Object.setPrototypeOf(WriteStream.prototype, Writable.prototype)
$Object.setPrototypeOf(WriteStream, Writable)

WriteStream.prototype._construct = openFile
WriteStream.prototype._destroy = closeFile
WriteStream.prototype._write = function (chunk, encoding, callback) {
  fs.write(this.fd, chunk, 0, chunk.length, this.pos, (error, count) => {
    if (error) {
      callback(error)
      return
    }
    this.bytesWritten += count
    if (this.pos !== undefined) this.pos += count
    callback()
  })
}
WriteStream.prototype.close = function (callback) {
  if (callback) this.on('close', callback)
  this.end()
}

for (const { prototype } of [ReadStream, WriteStream]) {
  $Object.defineProperty(prototype, 'pending', { configurable: true, get() { return this.fd === null } })
}

module.exports = {
  ReadStream,
  WriteStream,
  createReadStream: (path, options) => new ReadStream(path, options),
  createWriteStream: (path, options) => new WriteStream(path, options),
}
