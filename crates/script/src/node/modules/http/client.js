'use strict'
// http.ClientRequest: a request of a client, on a socket of its agent's.

const EventEmitter = require('events')
const net = require('net')
const { timerDuration } = require('internal/net/socket')
const { OutgoingMessage, outHeaders, uniqueHeaders, errored } = require('internal/http/outgoing')
const { ResponseReader, closeRequest, reset } = require('internal/http/response_reader')
const { isToken } = require('internal/http/common')
const finished = require('internal/streams/finished')
const { addAbortSignal } = require('internal/streams/operators')
const { nodeError } = $Helpers
const { Buffer, URL } = $globalThis

function checkHost(value, name) {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    throw $Helpers.argumentTypeError(`options.${name}`, ['string', 'undefined', 'null'], value)
  }
  return value
}

function checkBoolean(value, name) {
  if (value !== undefined && typeof value !== 'boolean') throw $Helpers.argumentTypeError(name, ['boolean'], value)
  return value
}

const withoutBody = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']

function ClientRequest(input, options, callback) {
  $call(OutgoingMessage, this)
  if (typeof input === 'string') {
    input = require('url').urlToHttpOptions(new URL(input))
  } else if (input instanceof URL) {
    input = require('url').urlToHttpOptions(input)
  } else {
    callback = options
    options = input
    input = null
  }
  if (typeof options === 'function') [options, callback] = [input || {}, options]
  else options = { ...input, ...options }
  this._rejectNonStandardBodyWrites = false

  const agent = this.agent = agentOf(options)
  const protocol = options.protocol || agent?.protocol || 'http:'
  if (options.path !== undefined && options.path !== null && /[^\u0021-\u00ff]/.test($String(options.path))) {
    throw nodeError('TypeError', 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters')
  }
  if (protocol !== (agent?.protocol || 'http:')) {
    throw nodeError('TypeError', 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${agent?.protocol || 'http:'}"`)
  }
  const defaultPort = options.defaultPort || agent?.defaultPort
  const port = options.port = options.port || defaultPort || 80
  const host = options.host = checkHost(options.hostname, 'hostname') || checkHost(options.host, 'host') || 'localhost'
  const setsHost = options.setHost !== undefined ? !!options.setHost : true
  this._removedConnection = options.setDefaultHeaders === false
  this._removedContLen = options.setDefaultHeaders === false
  this._removedTE = options.setDefaultHeaders === false
  this.socketPath = options.socketPath
  if (options.timeout !== undefined) this.timeout = timerDuration(options.timeout, 'timeout')
  if (options.signal) addAbortSignal(options.signal, this)

  const { method } = options
  if (method !== undefined && method !== null && typeof method !== 'string') throw $Helpers.argumentTypeError('options.method', ['string'], method)
  if (method) {
    if (!isToken(method)) throw nodeError('TypeError', 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`)
    this.method = method.toUpperCase()
  } else {
    this.method = 'GET'
  }
  if (options.maxHeaderSize !== undefined) checkSize(options.maxHeaderSize)
  this.maxHeaderSize = options.maxHeaderSize
  this.insecureHTTPParser = checkBoolean(options.insecureHTTPParser, 'options.insecureHTTPParser')
  this.joinDuplicateHeaders = checkBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders')
  this.path = options.path || '/'
  if (callback) this.once('response', callback)
  this.useChunkedEncodingByDefault = !withoutBody.includes(this.method)
  this._ended = false
  this.res = null
  this.aborted = false
  this.timeoutCb = null
  this.upgradeOrConnect = false
  this.parser = null
  this.maxHeadersCount = null
  this.reusedSocket = false
  this.host = host
  this.protocol = protocol
  const unique = options.uniqueHeaders
  this[uniqueHeaders] = $Array.isArray(unique) && unique.length > 0 ? new $Set(unique.map((name) => name.toLowerCase())) : null
  // A closing connection is what an agent without keep-alive wants.
  if (agent) {
    if (!agent.keepAlive && !$Number.isFinite(agent.maxSockets)) {
      this._last = true
      this.shouldKeepAlive = false
    } else {
      this._last = false
      this.shouldKeepAlive = true
    }
  }
  this._takeHeaders(options, host, port, defaultPort, setsHost)
  this._start(options)
}
$Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype)
$Object.setPrototypeOf(ClientRequest, OutgoingMessage)

const prototype = ClientRequest.prototype

function checkSize(value) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError('maxHeaderSize', ['number'], value)
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf('maxHeaderSize', 'an integer', value)
  if (value < 0) throw $Helpers.rangeErrorOf('maxHeaderSize', `>= 0 && <= ${$Number.MAX_SAFE_INTEGER}`, value)
}

function agentOf({ agent, _defaultAgent, createConnection }) {
  const usual = _defaultAgent || require('http').globalAgent
  if (agent === false) return new usual.constructor()
  if (agent === null || agent === undefined) return typeof createConnection === 'function' ? agent : usual
  if (typeof agent.addRequest !== 'function') {
    throw $Helpers.argumentTypeError('options.agent', ['Agent-like Object', 'undefined', 'false'], agent)
  }
  return agent
}

prototype._takeHeaders = function (options, host, port, defaultPort, setsHost) {
  const { headers } = options
  if ($Array.isArray(headers)) {
    this._storeGiven(headers)
    return
  }
  if (headers) {
    for (const name of $Object.keys(headers)) {
      if (name.toLowerCase() === 'host' && $Array.isArray(headers[name])) {
        throw $Helpers.argumentTypeError('options.headers.host', ['string'], headers[name])
      }
      this.setHeader(name, headers[name])
    }
  }
  if (host && !this.getHeader('host') && setsHost) {
    let text = host
    // An address of IPv6 stands in brackets.
    if (text.includes(':') && text.includes(':', text.indexOf(':') + 1) && text[0] !== '[') text = `[${text}]`
    if (port && +port !== defaultPort) text += `:${port}`
    this.setHeader('Host', text)
  }
  if (options.auth && !this.getHeader('Authorization')) {
    this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`)
  }
  if (this.getHeader('expect')) {
    if (this._header) throw nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client')
    this._storeGiven(this[outHeaders])
  }
}
prototype._storeGiven = function (headers) {
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, headers)
}
prototype._implicitHeader = function () {
  if (this._header) throw nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot render headers after they are sent to the client')
  this._storeGiven(this[outHeaders])
}

prototype._start = function (options) {
  if (this.socketPath) options = { ...options, path: this.socketPath, port: undefined }
  if (this.agent) {
    // The agent's key is of the host, not of the path of the request.
    this.agent.addRequest(this, { ...options, path: options.socketPath || null })
    return
  }
  this._last = true
  this.shouldKeepAlive = false
  let called = false
  const created = (error, socket) => {
    if (called) return
    called = true
    if (error) $nextTick(() => failRequest(this, error))
    else this.onSocket(socket)
  }
  const plain = { ...options, path: options.socketPath || null }
  if (options.socketPath) plain.port = undefined
  if (typeof options.createConnection === 'function') {
    let socket
    try {
      socket = options.createConnection(plain, created)
    } catch (error) {
      created(error)
      return
    }
    if (socket) created(null, socket)
  } else {
    this.onSocket(net.createConnection(plain))
  }
}

function failRequest(request, error) {
  request.destroyed = true
  request[errored] ??= error
  request.emit('error', error)
  closeRequest(request)
}

prototype.abort = function () {
  if (this.aborted) return
  this.aborted = true
  $nextTick(() => this.emit('abort'))
  this.destroy()
}

prototype.destroy = function (error) {
  if (this.destroyed) return this
  this.destroyed = true
  // Nobody reads on.
  if (this.res) this.res._dump()
  this[errored] = error
  const { socket } = this
  if (socket) leave(this, socket)
  return this
}

// A destroyed request lets go of its socket.
function leave(request, socket, failure) {
  const error = request[errored] ?? failure
  if (socket && !socket.destroyed) socket.destroy(error)
  else if (!socket || socket.destroyed) finishDestroyed(request, error)
}

function finishDestroyed(request, error) {
  if (!error && !request.res && !request.aborted) error = reset('socket hang up')
  if (error) {
    request[errored] ??= error
    request.emit('error', error)
  }
  closeRequest(request)
}

prototype.onSocket = function (socket, error) {
  $nextTick(() => {
    if (this.destroyed || error) {
      this.destroyed = true
      const reason = error ?? this[errored]
      if (!socket) {
        finishDestroyed(this, reason)
      } else if (!error && this.agent && !socket.destroyed) {
        // A socket that nobody has used goes back.
        socket.emit('free')
        finishDestroyed(this, reason)
      } else {
        finished(socket.destroy(reason), (failure) => {
          finishDestroyed(this, (failure?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? undefined : failure) ?? reason)
        })
      }
    } else {
      this._take(socket)
      this._flush()
    }
  })
}

prototype._take = function (socket) {
  const reader = new ResponseReader(this, socket)
  this.parser = reader.parser
  this.socket = socket
  socket.parser = reader.parser
  socket._httpMessage = this
  reader.listen()
  if (this.timeout !== undefined || this.agent?.options?.timeout) listenTimeout(this)
  this.emit('socket', socket)
}

function emitTimeout() {
  const request = this._httpMessage
  if (request) request.emit('timeout')
}

function listenTimeout(request) {
  if (request.timeoutCb) return
  request.timeoutCb = emitTimeout
  const set = (socket) => socket.once('timeout', emitTimeout)
  if (request.socket) set(request.socket)
  else request.on('socket', set)
}

prototype.setTimeout = function (given, callback) {
  if (this._ended) return this
  listenTimeout(this)
  const time = timerDuration(given, 'msecs')
  if (callback) this.once('timeout', callback)
  if (this.socket) setSocketTimeout(this.socket, time)
  else this.once('socket', (socket) => setSocketTimeout(socket, time))
  return this
}

function setSocketTimeout(socket, time) {
  if (socket.connecting) socket.once('connect', () => socket.setTimeout(time))
  else socket.setTimeout(time)
}

// Calls a method of the socket when it is connected.
function onConnected(request, call) {
  const ready = (socket) => {
    if (socket.writable && !socket.connecting) call(socket)
    else socket.once('connect', () => call(socket))
  }
  if (request.socket) ready(request.socket)
  else request.once('socket', ready)
}
prototype.setNoDelay = function (on) {
  onConnected(this, (socket) => socket.setNoDelay(on))
}
prototype.setSocketKeepAlive = function (...args) {
  onConnected(this, (socket) => socket.setKeepAlive(...args))
}
prototype.clearTimeout = function (callback) {
  this.setTimeout(0, callback)
}

prototype[EventEmitter.captureRejectionSymbol] = function (error) {
  this.destroy(error)
}

module.exports = { ClientRequest }
