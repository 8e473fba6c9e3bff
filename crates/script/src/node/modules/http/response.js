'use strict'
// http.ServerResponse: the answer of a server, which goes to the socket when those before it are done.

const EventEmitter = require('events')
const { OutgoingMessage, outHeaders } = require('internal/http/outgoing')
const { STATUS_CODES, hasInvalidCharacter, invalidChar, validateHeaderName } = require('internal/http/common')
const { nodeError } = $Helpers

function ServerResponse(request, options) {
  $call(OutgoingMessage, this, options)
  if (request.method === 'HEAD') this._hasBody = false
  this.req = request
  this.sendDate = true
  this._sent100 = false
  this._expect_continue = false
  if (request.httpVersionMajor < 1 || request.httpVersionMinor < 1) {
    this.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(request.headers.te)
    this.shouldKeepAlive = false
  }
}
$Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype)
$Object.setPrototypeOf(ServerResponse, OutgoingMessage)

const prototype = ServerResponse.prototype
prototype.statusCode = 200
prototype.statusMessage = undefined

function onSocketClose() {
  if (this._httpMessage) closeResponse(this._httpMessage)
}

function closeResponse(response) {
  if (response._closed) return
  response.destroyed = true
  response._closed = true
  response.emit('close')
}

prototype.assignSocket = function (socket) {
  if (socket._httpMessage) throw nodeError('Error', 'ERR_HTTP_SOCKET_ASSIGNED', 'ServerResponse has an already assigned socket')
  socket._httpMessage = this
  socket.on('close', onSocketClose)
  this.socket = socket
  this.emit('socket', socket)
  this._flush()
}
prototype.detachSocket = function (socket) {
  socket.removeListener('close', onSocketClose)
  socket._httpMessage = null
  this.socket = null
}

prototype.writeContinue = function (callback) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', callback)
  this._sent100 = true
}
prototype.writeProcessing = function (callback) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', callback)
}
const linkForm = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/
prototype.writeEarlyHints = function (hints, callback) {
  if (hints === null || typeof hints !== 'object' || $Array.isArray(hints)) throw $Helpers.argumentTypeError('hints', ['Object'], hints)
  if (hints.link === null || hints.link === undefined) return
  const links = $Array.isArray(hints.link) ? hints.link : [hints.link]
  for (const link of links) {
    if (typeof link !== 'string' || !linkForm.test(link)) {
      throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
        `The argument 'hints' must be an array or string of format "</styles.css>; rel=preload; as=style". Received ${$inspect(link)}`)
    }
  }
  if (links.length === 0) return
  let head = `HTTP/1.1 103 Early Hints\r\nLink: ${links.join(', ')}\r\n`
  for (const key of $Object.keys(hints)) {
    if (key !== 'link') {
      validateHeaderName(key)
      head += `${key}: ${hints[key]}\r\n`
    }
  }
  this._writeRaw(`${head}\r\n`, 'ascii', callback)
}

prototype._implicitHeader = function () {
  this.writeHead(this.statusCode)
}

prototype.writeHead = function (statusCode, reason, headers) {
  if (this._header) throw nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client')
  const status = statusCode | 0
  if (status < 100 || status > 999) {
    throw nodeError('RangeError', 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${typeof statusCode === 'symbol' ? $String(statusCode) : typeof statusCode === 'string' || typeof statusCode === 'number' ? statusCode : $inspect(statusCode)}`)
  }
  if (typeof reason === 'string') {
    this.statusMessage = reason
  } else {
    this.statusMessage ||= STATUS_CODES[status] || 'unknown'
    headers ??= reason
  }
  this.statusCode = status
  if (this[outHeaders] !== null) {
    setAll(this, headers)
    headers = this[outHeaders]
  }
  if (hasInvalidCharacter(this.statusMessage)) throw invalidChar('statusMessage')
  if (status === 204 || status === 304 || status >= 100 && status <= 199) this._hasBody = false
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false
  this._storeHeader(`HTTP/1.1 ${status} ${this.statusMessage}\r\n`, headers)
  return this
}
prototype.writeHeader = prototype.writeHead

// Headers given to writeHead go over those that were set.
function setAll(response, headers) {
  if ($Array.isArray(headers)) {
    if (headers.length % 2 !== 0) {
      throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${$inspect(headers)}`)
    }
    for (let i = 0; i < headers.length; i += 2) response.removeHeader(headers[i])
    for (let i = 0; i < headers.length; i += 2) if (headers[i]) response.appendHeader(headers[i], headers[i + 1])
  } else if (headers) {
    for (const name of $Object.keys(headers)) if (name) response.setHeader(name, headers[name])
  }
}

prototype[EventEmitter.captureRejectionSymbol] = function (error) {
  if (!this.headersSent) {
    for (const name of this.getHeaderNames()) this.removeHeader(name)
    this.statusCode = 500
    this.end(STATUS_CODES[500])
  } else {
    this.destroy()
  }
}

module.exports = { ServerResponse, closeResponse }
