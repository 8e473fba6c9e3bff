'use strict'
// http.OutgoingMessage: what a request of a client and a response of a server share. What is written before there is a
// socket waits in `outputData`.

const EventEmitter = require('events')
const { Stream } = require('internal/streams/legacy')
const { getDefaultHighWaterMark } = require('internal/streams/shared')
const { validateHeaderName, validateHeaderValue, hasInvalidCharacter, invalidChar } = require('internal/http/common')
const { put, complete, uniqueHeaders } = require('internal/http/head')
const { Buffer } = $globalThis
const { nodeError } = $Helpers

// Headers as { lowercase name: [name, value] }.
const outHeaders = $Symbol('kOutHeaders'), corked = $Symbol('corked')
const errored = $Symbol('errored'), needDrain = $Symbol('kNeedDrain'), mark = $Symbol('kHighWaterMark')
const chunks = $Symbol('kChunkedBuffer'), chunkedLength = $Symbol('kChunkedLength')

const nothing = () => {}

function OutgoingMessage(options) {
  $call(Stream, this)
  this.outputData = []
  this.outputSize = 0
  this.writable = true
  this.destroyed = false
  this._last = false
  this.chunkedEncoding = false
  this.shouldKeepAlive = true
  this.maxRequestsOnConnectionReached = false
  this._defaultKeepAlive = true
  this.useChunkedEncodingByDefault = true
  this.sendDate = false
  this._removedConnection = false
  this._removedContLen = false
  this._removedTE = false
  this.strictContentLength = false
  this._contentLength = null
  this._hasBody = true
  this._trailer = ''
  this[needDrain] = false
  this.finished = false
  this._headerSent = false
  this[corked] = 0
  this[chunks] = null
  this[chunkedLength] = 0
  this._closed = false
  this.socket = null
  this._header = null
  this[outHeaders] = null
  this._keepAliveTimeout = 0
  this[errored] = null
  this[mark] = options?.highWaterMark ?? getDefaultHighWaterMark()
  this._rejectNonStandardBodyWrites = options?.rejectNonStandardBodyWrites ?? false
}
$Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype)
$Object.setPrototypeOf(OutgoingMessage, Stream)

const prototype = OutgoingMessage.prototype

function property(name, get, set) {
  $Object.defineProperty(prototype, name, { configurable: true, enumerable: false, get, set })
}
property('errored', function () { return this[errored] })
property('closed', function () { return this._closed })
property('writableFinished', function () { return this.finished && this.outputSize === 0 && (!this.socket || this.socket.writableLength === 0) })
property('writableObjectMode', () => false)
property('writableLength', function () { return this.outputSize + this[chunkedLength] + (this.socket ? this.socket.writableLength : 0) })
property('writableHighWaterMark', function () { return this.socket ? this.socket.writableHighWaterMark : this[mark] })
property('writableCorked', function () { return this[corked] })
property('writableEnded', function () { return this.finished })
property('writableNeedDrain', function () { return !this.destroyed && !this.finished && this[needDrain] })
property('headersSent', function () { return !!this._header })
property('connection', function () { return this.socket }, function (value) { this.socket = value })
$Object.defineProperty(prototype, '_headers', { configurable: true, get() { return this.getHeaders() } })

prototype._renderHeaders = function () {
  if (this._header) throw nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client')
  const result = {}
  for (const key of $Object.keys(this[outHeaders] ?? {})) result[this[outHeaders][key][0]] = this[outHeaders][key][1]
  return result
}

prototype.cork = function () {
  this[corked]++
  if (this.socket) this.socket.cork()
}
prototype.uncork = function () {
  this[corked]--
  if (this.socket) this.socket.uncork()
  if (this[corked] || this[chunks] === null) return
  const list = this[chunks], length = this[chunkedLength]
  this[chunks] = null
  this[chunkedLength] = 0
  let callbacks
  this._send(length.toString(16), 'latin1', null)
  this._send('\r\n', 'latin1', null)
  for (const { chunk, encoding, callback } of list) {
    this._send(chunk, encoding, null)
    if (callback !== nothing) (callbacks ??= []).push(callback)
  }
  this._send('\r\n', null, callbacks && ((error) => {
    for (const callback of callbacks) callback(error)
  }))
}

prototype.setTimeout = function (time, callback) {
  if (callback) this.on('timeout', callback)
  if (this.socket) this.socket.setTimeout(time)
  else this.once('socket', (socket) => socket.setTimeout(time))
  return this
}

prototype.destroy = function (error) {
  if (this.destroyed) return this
  this.destroyed = true
  this[errored] = error
  if (this.socket) {
    this.socket.destroy(error)
  } else {
    this.once('socket', (socket) => socket.destroy(error))
  }
  return this
}

// Headers.

function sent(what) {
  return nodeError('Error', 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`)
}

$install(prototype, {
  setHeader(name, value) {
    if (this._header) throw sent('set')
    validateHeaderName(name)
    validateHeaderValue(name, value)
    this[outHeaders] ??= $Object.create(null)
    this[outHeaders][name.toLowerCase()] = [name, value]
    return this
  },
  setHeaders(headers) {
    if (this._header) throw sent('set')
    if (!headers || $Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
      throw $Helpers.argumentTypeError('headers', ['Headers', 'Map'], headers)
    }
    const cookies = []
    for (const [key, value] of headers) {
      if (key === 'set-cookie') $Array.isArray(value) ? cookies.push(...value) : cookies.push(value)
      else this.setHeader(key, value)
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies)
    return this
  },
  appendHeader(name, value) {
    if (this._header) throw sent('append')
    validateHeaderName(name)
    validateHeaderValue(name, value)
    this[outHeaders] ??= $Object.create(null)
    const known = this[outHeaders][name.toLowerCase()]
    if (known === undefined) this[outHeaders][name.toLowerCase()] = [name, value]
    else known[1] = [].concat(known[1], value)
    return this
  },
  getHeader(name) {
    checkName(name)
    return this[outHeaders]?.[name.toLowerCase()]?.[1]
  },
  getHeaderNames() {
    return this[outHeaders] === null ? [] : $Object.keys(this[outHeaders])
  },
  getRawHeaderNames() {
    return this[outHeaders] === null ? [] : $Object.keys(this[outHeaders]).map((key) => this[outHeaders][key][0])
  },
  getHeaders() {
    const result = $Object.create(null)
    for (const key of this.getHeaderNames()) result[key] = this[outHeaders][key][1]
    return result
  },
  hasHeader(name) {
    checkName(name)
    return this[outHeaders] !== null && name.toLowerCase() in this[outHeaders]
  },
  removeHeader(name) {
    checkName(name)
    if (this._header) throw sent('remove')
    const key = name.toLowerCase()
    if (key === 'connection') this._removedConnection = true
    else if (key === 'content-length') this._removedContLen = true
    else if (key === 'transfer-encoding') this._removedTE = true
    else if (key === 'date') this.sendDate = false
    if (this[outHeaders] !== null) delete this[outHeaders][key]
  },
  flushHeaders() {
    if (!this._header) this._implicitHeader()
    this._send('')
  },
})

function checkName(name) {
  if (typeof name !== 'string') throw $Helpers.argumentTypeError('name', ['string'], name)
}

// The text of the head, from the first line and headers of one of the forms that writeHead takes.
prototype._storeHeader = function (firstLine, headers) {
  const state = { connection: false, contLen: false, te: false, date: false, expect: false, trailer: false, text: firstLine }
  if (headers) {
    if (headers === this[outHeaders]) {
      for (const key of $Object.keys(headers)) put(this, state, headers[key][0], headers[key][1], false)
    } else if ($Array.isArray(headers)) {
      if (headers.length > 0 && $Array.isArray(headers[0])) {
        for (const [name, value] of headers) put(this, state, name, value, true)
      } else {
        if (headers.length % 2 !== 0) {
          throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${$inspect(headers)}`)
        }
        for (let i = 0; i < headers.length; i += 2) put(this, state, headers[i], headers[i + 1], true)
      }
    } else {
      for (const name of $Object.keys(headers)) put(this, state, name, headers[name], true)
    }
  }
  complete(this, state)
  if (this.chunkedEncoding !== true && state.trailer) {
    throw nodeError('Error', 'ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding')
  }
  this._header = `${state.text}\r\n`
  this._headerSent = false
  // Who expects to be told to continue must be heard first.
  if (state.expect) this._send('')
}

prototype._implicitHeader = function () {
  throw $Helpers.nodeError('Error', 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented')
}

prototype.addTrailers = function (headers) {
  this._trailer = ''
  const isList = $Array.isArray(headers)
  for (const key of $Object.keys(headers)) {
    const name = isList ? headers[key][0] : key, value = isList ? headers[key][1] : headers[key]
    validateHeaderName(name, 'Trailer name')
    for (const each of $Array.isArray(value) ? value : [value]) {
      if (hasInvalidCharacter(each)) throw invalidChar('trailer content', name)
      this._trailer += `${name}: ${each}\r\n`
    }
  }
}

// Writing.

// The head goes with the first of the body.
prototype._send = function (data, encoding, callback, byteLength) {
  if (!this._headerSent && this._header !== null) {
    const header = this._header
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data
    } else {
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null })
      this.outputSize += header.length
      this._onPendingData(header.length)
    }
    this._headerSent = true
  }
  return this._writeRaw(data, encoding, callback, byteLength)
}

prototype._writeRaw = function (data, encoding, callback) {
  const { socket } = this
  if (socket && socket.destroyed) return false
  if (typeof encoding === 'function') [encoding, callback] = [null, encoding]
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket)
    return socket.write(data, encoding, callback)
  }
  this.outputData.push({ data, encoding, callback })
  this.outputSize += data.length
  this._onPendingData(data.length)
  return this.outputSize < this[mark]
}
prototype._onPendingData = nothing

function failWrite(message, error, callback) {
  $nextTick(callback, error)
  if (typeof message.emit === 'function' && !message.destroyed) {
    $nextTick(() => {
      message.emit('error', error)
    })
  }
}

function uncorkSocket(socket) {
  socket.uncork()
}

prototype.write = function (chunk, encoding, callback) {
  if (typeof encoding === 'function') [encoding, callback] = [null, encoding]
  return write(this, chunk, encoding, callback, false)
}

function tooLong(length, expected) {
  return nodeError('Error', 'ERR_HTTP_CONTENT_LENGTH_MISMATCH',
    `Response body's content-length of ${length} byte(s) does not match the content-length of ${expected} byte(s) set in header`)
}

function write(message, chunk, encoding, callback, isEnd) {
  if (typeof callback !== 'function') callback = nothing
  if (chunk === null) throw nodeError('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
  if (typeof chunk !== 'string' && !(chunk instanceof $globalThis.Uint8Array)) {
    throw $Helpers.argumentTypeError('chunk', ['string', 'Buffer', 'Uint8Array'], chunk)
  }
  if (message.finished) {
    failWrite(message, nodeError('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback)
    return false
  }
  if (message.destroyed) {
    $nextTick(callback, nodeError('Error', 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed'))
    return false
  }
  const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength
  if (!message._header && isEnd) message._contentLength ??= length
  if (!message._header) message._implicitHeader()
  if (!message._hasBody) {
    if (message._rejectNonStandardBodyWrites) {
      throw nodeError('Error', 'ERR_HTTP_BODY_NOT_ALLOWED', 'Adding content for this request method or response status is not allowed.')
    }
    $nextTick(callback)
    return true
  }
  if (message.strictContentLength && message._contentLength !== null && !message.chunkedEncoding) {
    const total = (message._bytesWritten ?? 0) + length
    if (isEnd ? total !== message._contentLength : total > message._contentLength) throw tooLong(total, message._contentLength)
    message._bytesWritten = total
  }
  if (!isEnd && message.socket && !message.socket.writableCorked) {
    message.socket.cork()
    $nextTick(uncorkSocket, message.socket)
  }
  let more
  if (message.chunkedEncoding && length > 0) {
    if (message[corked] && message._headerSent) {
      (message[chunks] ??= []).push({ chunk, encoding, callback })
      message[chunkedLength] += length
      more = message[chunkedLength] < message[mark]
    } else {
      message._send(length.toString(16), 'latin1', null)
      message._send('\r\n', 'latin1', null)
      message._send(chunk, encoding, null, length)
      more = message._send('\r\n', null, callback)
    }
  } else {
    more = message._send(chunk, encoding, callback, length)
  }
  if (!more) message[needDrain] = true
  return more
}

prototype.end = function (chunk, encoding, callback) {
  if (typeof chunk === 'function') [chunk, encoding, callback] = [null, null, chunk]
  else if (typeof encoding === 'function') [encoding, callback] = [null, encoding]
  if (chunk) {
    if (this.finished) {
      failWrite(this, nodeError('Error', 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), typeof callback === 'function' ? callback : nothing)
      return this
    }
    if (this.socket) this.socket.cork()
    write(this, chunk, encoding, null, true)
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this.writableFinished) this.on('finish', callback)
      else callback(nodeError('Error', 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'))
    }
    return this
  } else if (!this._header) {
    if (this.socket) this.socket.cork()
    this._contentLength = 0
    this._implicitHeader()
  }
  if (typeof callback === 'function') this.once('finish', callback)
  if (this.strictContentLength && this._hasBody && this._contentLength !== null && !this.chunkedEncoding && (this._bytesWritten ?? 0) !== this._contentLength) {
    throw tooLong(this._bytesWritten ?? 0, this._contentLength)
  }
  const finish = () => {
    if (!this.socket?._hadError) this.emit('finish')
  }
  if (this._hasBody && this.chunkedEncoding) {
    while (this[corked] > 0 && this[chunks] !== null) this.uncork()
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish)
  } else if (!this._headerSent || this.writableLength || chunk) {
    this._send('', 'latin1', finish)
  } else {
    $nextTick(finish)
  }
  if (this.socket) {
    this.socket._writableState.corked = 1
    this.socket.uncork()
  }
  this[corked] = 0
  this.finished = true
  if (this.outputData.length === 0 && this.socket && this.socket._httpMessage === this) this._finish()
  return this
}

prototype._finish = function () {
  this.emit('prefinish')
}

// There is a socket now, or it has drained.
prototype._flush = function () {
  const { socket } = this
  if (!socket || !socket.writable) return
  const more = this._flushOutput(socket)
  if (this.finished) {
    this._finish()
  } else if (more && this[needDrain]) {
    this[needDrain] = false
    this.emit('drain')
  }
}

prototype._flushOutput = function (socket) {
  for (; this[corked] > 0; this[corked]--) socket.cork()
  const waiting = this.outputData
  if (waiting.length === 0) return true
  this.outputData = []
  socket.cork()
  let more
  for (const { data, encoding, callback } of waiting) more = socket.write(data, encoding, callback)
  socket.uncork()
  const size = this.outputSize
  this.outputSize = 0
  this._onPendingData(-size)
  return more
}

prototype.pipe = function () {
  this.emit('error', nodeError('Error', 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'))
}

prototype[EventEmitter.captureRejectionSymbol] = function (error) {
  this.destroy(error)
}

module.exports = { OutgoingMessage, outHeaders, uniqueHeaders, errored, needDrain }
