'use strict'
// The module `http`: servers whose requests come from the session itself. `load` of the module `semispace` sends them,
// and so do http.request and http.get; nothing leaves the session.

const EventEmitter = require('events')
const { Readable, Writable } = require('stream')
const { Buffer } = $globalThis

const STATUS_CODES = {
  200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 304: 'Not Modified',
  400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 408: 'Request Timeout',
  413: 'Payload Too Large', 429: 'Too Many Requests', 500: 'Internal Server Error', 501: 'Not Implemented',
  503: 'Service Unavailable', 504: 'Gateway Timeout',
}

// Servers by port.
const listening = new $Map()

function failure(code, text) {
  const error = new $Error(text)
  error.code = code
  return error
}

class IncomingMessage extends Readable {
  constructor(head, body) {
    super({ read() {} })
    $Object.assign(this, { httpVersion: '1.1', complete: false, rawHeaders: [], ...head })
    this.socket = this.connection = { remoteAddress: '127.0.0.1', remotePort: 50000, encrypted: false, destroy() {} }
    if (body !== undefined && body.length > 0) this.push(body)
    if (body !== null) {
      this.complete = true
      this.push(null)
    }
  }
  setTimeout() {
    return this
  }
}

class OutgoingMessage extends Writable {
  constructor() {
    super({ decodeStrings: true })
    this.headersSent = false
    this.headers = $Object.create(null)
  }
  setHeader(name, value) {
    if (this.headersSent) throw $Helpers.nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client')
    this.headers[name.toLowerCase()] = value
    return this
  }
  getHeader(name) {
    return this.headers[name.toLowerCase()]
  }
  getHeaders() {
    return { ...this.headers }
  }
  getHeaderNames() {
    return $Object.keys(this.headers)
  }
  hasHeader(name) {
    return name.toLowerCase() in this.headers
  }
  removeHeader(name) {
    delete this.headers[name.toLowerCase()]
  }
  setTimeout() {
    return this
  }
  flushHeaders() {}
}

// The server's answer. `receive` takes what it says: ('head'), ('data', chunk), ('end').
class ServerResponse extends OutgoingMessage {
  #receive
  constructor(request, receive) {
    super()
    this.req = request
    this.statusCode = 200
    this.statusMessage = undefined
    this.sendDate = true
    this.socket = this.connection = request.socket
    this.finished = false
    this.#receive = receive
  }
  writeHead(statusCode, statusMessage, headers) {
    if (this.headersSent) throw $Helpers.nodeError('Error', 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client')
    if (typeof statusMessage === 'string') this.statusMessage = statusMessage
    else headers = statusMessage
    this.statusCode = statusCode
    for (const name of $Object.keys(headers ?? {})) this.setHeader(name, headers[name])
    return this
  }
  #sendHead() {
    if (this.headersSent) return
    this.headersSent = true
    this.statusMessage = this.statusMessage ?? STATUS_CODES[this.statusCode] ?? 'unknown'
    this.#receive('head', this)
  }
  _write(chunk, encoding, callback) {
    this.#sendHead()
    this.#receive('data', chunk)
    // The socket takes a chunk in a turn of the event loop.
    $globalThis.setImmediate(callback)
  }
  _final(callback) {
    this.#sendHead()
    this.finished = true
    this.#receive('end')
    callback()
  }
}

class Server extends EventEmitter {
  #port = 0
  constructor(options, listener) {
    super()
    if (typeof options === 'function') listener = options
    if (listener !== undefined) this.on('request', listener)
    this.listening = false
    this.timeout = 0
    this.keepAliveTimeout = 5000
    this.requestTimeout = 300000
  }
  listen(...args) {
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : undefined
    const asked = $isObject(args[0]) ? args[0].port : args[0]
    let port = +(asked ?? 0)
    if (!(port >= 0 && port < 65536)) {
      throw $Helpers.nodeError('RangeError', 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536. Received ${$Helpers.receivedText(asked)}.`)
    }
    for (; port === 0 || asked === 0 && listening.has(port); ) port = port === 0 ? 40000 : port + 1
    if (callback !== undefined) this.once('listening', callback)
    if (listening.has(port)) {
      const error = failure('EADDRINUSE', `listen EADDRINUSE: address already in use :::${port}`)
      $nextTick(() => this.emit('error', error))
      return this
    }
    listening.set(port, this)
    this.#port = port
    this.listening = true
    $nextTick(() => this.emit('listening'))
    return this
  }
  address() {
    return this.listening ? { address: '::', family: 'IPv6', port: this.#port } : null
  }
  close(callback) {
    if (callback !== undefined) this.once('close', callback)
    if (this.listening) listening.delete(this.#port)
    this.listening = false
    $nextTick(() => this.emit('close'))
    return this
  }
  setTimeout() {
    return this
  }
  ref() {
    return this
  }
  unref() {
    return this
  }
}

// One request to a server. `receive` is told ('head', response), ('data', chunk), ('end').
function deliver(server, { method = 'GET', path = '/', headers = {}, body }, receive) {
  const request = new IncomingMessage({ method, url: path, headers: { host: 'localhost', ...headers } }, body)
  const response = new ServerResponse(request, receive)
  server.emit('request', request, response)
}

function serverAt(port) {
  return port === undefined ? listening.values().next().value : listening.get(+port)
}

class ClientRequest extends OutgoingMessage {
  #parts = []
  #options
  constructor(options, callback) {
    super()
    this.#options = options
    this.method = options.method ?? 'GET'
    this.path = options.path ?? '/'
    for (const name of $Object.keys(options.headers ?? {})) this.setHeader(name, options.headers[name])
    if (callback !== undefined) this.once('response', callback)
  }
  _write(chunk, encoding, callback) {
    this.#parts.push(chunk)
    callback()
  }
  _final(callback) {
    callback()
    $globalThis.setImmediate(() => this.#send())
  }
  #send() {
    const port = this.#options.port ?? 80, server = serverAt(port)
    if (server === undefined) {
      this.destroy(failure('ECONNREFUSED', `connect ECONNREFUSED 127.0.0.1:${port}`))
      return
    }
    let message
    const request = { method: this.method, path: this.path, headers: this.getHeaders(), body: Buffer.concat(this.#parts) }
    deliver(server, request, (what, value) => {
      if (what === 'head') {
        message = new IncomingMessage({ statusCode: value.statusCode, statusMessage: value.statusMessage, headers: value.getHeaders() }, null)
        this.emit('response', message)
      } else if (what === 'data') {
        message.push(value)
      } else {
        message.complete = true
        message.push(null)
      }
    })
  }
}

function optionsOf(url, options) {
  if (typeof url !== 'string') return { ...url, ...options }
  const match = /^https?:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url)
  if (match === null) throw $Helpers.nodeError('TypeError', 'ERR_INVALID_URL', 'Invalid URL')
  return { hostname: match[1], port: match[2], path: match[3] ?? '/', ...options }
}

function request(url, options, callback) {
  if (typeof options === 'function') [options, callback] = [undefined, options]
  return new ClientRequest(optionsOf(url, options), callback)
}

function get(url, options, callback) {
  const sent = request(url, options, callback)
  sent.end()
  return sent
}

// `count` requests, `perSecond` in a second of virtual time. Promises { sent, answered, bytes, statuses }.
function load({ count = 100, perSecond = 100, port, path = '/', method, headers, body } = {}) {
  if (!(perSecond > 0)) throw $Helpers.rangeErrorOf('perSecond', '> 0', perSecond)
  if (!(count >= 0 && count < Infinity)) throw $Helpers.rangeErrorOf('count', '>= 0', count)
  return new $Promise((resolve, reject) => {
    const result = { sent: 0, answered: 0, bytes: 0, statuses: {} }
    const began = $globalThis.Date.now()
    const receive = (what, value) => {
      if (what === 'head') {
        result.statuses[value.statusCode] = (result.statuses[value.statusCode] ?? 0) + 1
      } else if (what === 'data') {
        result.bytes += value.length
      } else if (++result.answered === count) {
        resolve(result)
      }
    }
    const send = () => {
      const server = serverAt(port)
      if (server === undefined) {
        reject(failure('ECONNREFUSED', `connect ECONNREFUSED 127.0.0.1:${port ?? ''}`))
        return
      }
      // What is due by now, all at once: a request may wait for a server that is busy.
      const due = $Math.min(count, $Math.floor(($globalThis.Date.now() - began) * perSecond / 1000) + 1)
      while (result.sent < due) {
        result.sent++
        deliver(server, { method, path: typeof path === 'function' ? path(result.sent) : path, headers, body }, receive)
      }
      if (result.sent < count) $globalThis.setTimeout(send, $Math.max(1, 1000 / perSecond))
    }
    if (count === 0) resolve(result)
    else $globalThis.setImmediate(send)
  })
}

module.exports = {
  STATUS_CODES,
  METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
  Server,
  IncomingMessage,
  OutgoingMessage,
  ServerResponse,
  ClientRequest,
  createServer: (options, listener) => new Server(options, listener),
  request,
  get,
}
$Object.defineProperty(module.exports, 'load', { value: load, enumerable: false })
