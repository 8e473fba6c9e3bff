'use strict'
// http.Server: reads requests from its connections and sends the responses in the order of the requests.

const EventEmitter = require('events')
const { Server: NetServer } = require('internal/net/server')
const { Parser } = require('internal/http/parser')
const { IncomingMessage, resume, pause } = require('internal/http/incoming')
const { ServerResponse, closeResponse } = require('internal/http/response')
const { uniqueHeaders, needDrain } = require('internal/http/outgoing')
const { STATUS_CODES } = require('internal/http/common')

const connections = $Symbol('http.server.connections'), messageClass = $Symbol('IncomingMessage'), responseClass = $Symbol('ServerResponse')
const unfinished = $Symbol('kUnfinished'), checker = $Symbol('http.server.connectionsCheckingInterval')

function number(value, name, fallback, least = 0) {
  if (value === undefined) return fallback
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf(name, 'an integer', value)
  if (value < least) throw $Helpers.rangeErrorOf(name, `>= ${least} && <= ${$Number.MAX_SAFE_INTEGER}`, value)
  return value
}

function flag(value, name, fallback) {
  if (value === undefined) return fallback
  if (typeof value !== 'boolean') throw $Helpers.argumentTypeError(name, ['boolean'], value)
  return value
}

function storeOptions(server, options) {
  server[messageClass] = options.IncomingMessage || IncomingMessage
  server[responseClass] = options.ServerResponse || ServerResponse
  server.maxHeaderSize = number(options.maxHeaderSize, 'maxHeaderSize', undefined)
  server.insecureHTTPParser = flag(options.insecureHTTPParser, 'options.insecureHTTPParser', undefined)
  server.requestTimeout = number(options.requestTimeout, 'requestTimeout', 300000)
  server.headersTimeout = number(options.headersTimeout, 'headersTimeout', $Math.min(60000, server.requestTimeout || 60000))
  if (options.headersTimeout !== undefined && server.requestTimeout > 0 && server.headersTimeout > server.requestTimeout) {
    throw $Helpers.rangeErrorOf('headersTimeout', '<= requestTimeout', options.headersTimeout)
  }
  server.keepAliveTimeout = number(options.keepAliveTimeout, 'keepAliveTimeout', 5000)
  server.connectionsCheckingInterval = number(options.connectionsCheckingInterval, 'connectionsCheckingInterval', 30000)
  server.requireHostHeader = flag(options.requireHostHeader, 'options.requireHostHeader', true)
  server.joinDuplicateHeaders = flag(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders', undefined)
  server.rejectNonStandardBodyWrites = flag(options.rejectNonStandardBodyWrites, 'options.rejectNonStandardBodyWrites', false)
  const unique = options.uniqueHeaders
  server[uniqueHeaders] = $Array.isArray(unique) && unique.length > 0 ? new $Set(unique.map((name) => name.toLowerCase())) : null
}

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener)
  if (typeof options === 'function') {
    listener = options
    options = {}
  } else if (options === undefined || options === null) {
    options = {}
  } else if (typeof options !== 'object' || $Array.isArray(options)) {
    throw $Helpers.argumentTypeError('options', ['Object'], options)
  }
  storeOptions(this, options)
  $call(NetServer, this, { allowHalfOpen: true, highWaterMark: options.highWaterMark, captureRejections: options.captureRejections })
  this.noDelay = options.noDelay ?? true
  this.keepAlive = !!options.keepAlive
  this.keepAliveInitialDelay = options.keepAliveInitialDelay ?? 0
  if (listener) this.on('request', listener)
  this.httpAllowHalfOpen = false
  this.on('connection', connectionListener)
  this.timeout = 0
  this.maxHeadersCount = null
  this.maxRequestsPerSocket = 0
  this[connections] = new $Set()
  this[unfinished] = new $Set()
  this[checker] = null
}
$Object.setPrototypeOf(Server.prototype, NetServer.prototype)
$Object.setPrototypeOf(Server, NetServer)

$install(Server.prototype, {
  setTimeout(time, callback) {
    this.timeout = time
    if (callback) this.on('timeout', callback)
    return this
  },
  close(...args) {
    if (this[unfinished].size === 0) forgetChecker(this)
    this.closeIdleConnections()
    return $callList(NetServer.prototype.close, this, args)
  },
  closeAllConnections() {
    for (const socket of this[connections]) socket.destroy()
  },
  // Those that wait for a request.
  closeIdleConnections() {
    for (const socket of this[connections]) if (!socket._httpMessage && !socket._httpBusy) socket.destroy()
  },
})

Server.prototype[EventEmitter.captureRejectionSymbol] = function (error, event, ...args) {
  if (event !== 'request') {
    $callList(NetServer.prototype[EventEmitter.captureRejectionSymbol], this, [error, event, ...args])
    return
  }
  const response = args[1]
  if (!response.headersSent && !response.writableEnded) {
    for (const name of response.getHeaderNames()) response.removeHeader(name)
    response.statusCode = 500
    response.end(STATUS_CODES[500])
  } else {
    response.destroy()
  }
}

// Requests that do not come to their end. One timer looks after all of them; it keeps the program alive only while there are some.
function watch(server, connection) {
  if (server[unfinished].size === 0) {
    server[checker] ??= $globalThis.setInterval(check, server.connectionsCheckingInterval, server)
    server[checker].ref()
  }
  server[unfinished].add(connection)
}

function unwatch(server, connection) {
  server[unfinished].delete(connection)
  if (server[unfinished].size > 0 || server[checker] === null) return
  if (server.listening) server[checker].unref()
  else forgetChecker(server)
}

function forgetChecker(server) {
  $globalThis.clearInterval(server[checker])
  server[checker] = null
}

function check(server) {
  const now = $globalThis.Date.now(), { headersTimeout, requestTimeout } = server
  for (const connection of server[unfinished]) {
    const waited = now - connection.began
    if (headersTimeout > 0 && !connection.hasHead && waited >= headersTimeout || requestTimeout > 0 && waited >= requestTimeout) {
      connection.failed($Helpers.nodeError('Error', 'ERR_HTTP_REQUEST_TIMEOUT', 'Request timeout'))
    }
  }
}

function refuseEncoding() {
  throw $Helpers.nodeError('Error', 'ERR_HTTP_SOCKET_ENCODING', 'Changing the socket encoding is not allowed per RFC7230 Section 3.')
}

function connectionListener(socket) {
  new Connection(this, socket)
}

// One connection: its parser, the requests that are not answered, and the responses that wait for their turn.
class Connection {
  constructor(server, socket) {
    this.server = server
    this.socket = socket
    this.incoming = []
    this.outgoing = []
    this.outgoingData = 0
    this.request = null
    this.requests = 0
    this.keepAliveTimeoutSet = false
    // Since when a head, or a whole request, is waited for; 0: there is none.
    this.began = $globalThis.Date.now()
    this.hasHead = false
    this.isUpgraded = false
    server[connections]?.add(socket)
    if (socket.server === null || socket.server === undefined) socket.server = server
    if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout)
    socket.on('timeout', () => this.timedOut())
    this.parser = new Parser(this, true, server)
    socket.parser = this.parser
    socket.setEncoding = refuseEncoding
    this.listeners = {
      error: (error) => this.failed(error),
      close: () => this.closed(),
      end: () => this.ended(),
      data: (chunk) => this.read(chunk),
      drain: () => this.drained(),
    }
    for (const name of $Object.keys(this.listeners)) socket.on(name, this.listeners[name])
    watch(server, this)
  }
  read(chunk) {
    const count = this.parser.execute(chunk)
    if (count !== undefined && this.isUpgraded) this.upgrade(this.request, chunk.subarray(count))
  }
  // The parser's words.
  begin() {
    this.socket._httpBusy = true
    if (this.keepAliveTimeoutSet) {
      this.socket.setTimeout(this.server.timeout || 0)
      this.keepAliveTimeoutSet = false
    }
    this.began = $globalThis.Date.now()
    this.hasHead = false
    watch(this.server, this)
  }
  head(head) {
    const { server, socket } = this
    this.hasHead = true
    const request = new server[messageClass](socket)
    request.joinDuplicateHeaders = server.joinDuplicateHeaders
    request._begin(head, server.maxHeadersCount === 0 ? 0 : (server.maxHeadersCount ?? 1000))
    this.request = request
    if (head.upgrade) {
      request.upgrade = server.listenerCount(head.method === 'CONNECT' ? 'connect' : 'upgrade') > 0 || head.method === 'CONNECT'
      if (request.upgrade) {
        this.isUpgraded = true
        return 2
      }
    }
    return this.take(request, head.keepAlive)
  }
  body(chunk) {
    const { request } = this
    if (request._dumped) return
    if (!request.push(chunk)) pause(this.socket)
  }
  complete(trailers) {
    unwatch(this.server, this)
    const { request } = this
    request.complete = true
    if (trailers !== undefined) request.rawTrailers = trailers
    if (!request.upgrade) request.push(null)
    this.socket._httpBusy = false
  }
  // A request whose head is here gets its response.
  take(request, keepAlive) {
    const { server, socket } = this
    this.incoming.push(request)
    // A client that reads slowly is not asked for more.
    if (socket._writableState?.needDrain || this.outgoingData >= socket.writableHighWaterMark) {
      socket._paused = true
      socket.pause()
    }
    const response = new server[responseClass](request, {
      highWaterMark: socket.writableHighWaterMark, rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
    })
    response._keepAliveTimeout = server.keepAliveTimeout
    response._maxRequestsPerSocket = server.maxRequestsPerSocket
    response._onPendingData = (amount) => this.pendingData(amount)
    response.shouldKeepAlive = keepAlive
    response[uniqueHeaders] = server[uniqueHeaders]
    if (socket._httpMessage) this.outgoing.push(response)
    else response.assignSocket(socket)
    response.on('finish', () => this.responded(request, response))
    this.requests++
    const most = server.maxRequestsPerSocket
    if (most > 0) response.maxRequestsOnConnectionReached = most <= this.requests
    if (most > 0 && most < this.requests) {
      server.emit('dropRequest', request, socket)
      response.writeHead(503)
      response.end()
    } else {
      this.announce(request, response)
    }
    return 0
  }
  announce(request, response) {
    const { server } = this, { expect } = request.headers
    if (server.requireHostHeader && request.httpVersion === '1.1' && request.headers.host === undefined) {
      response.writeHead(400, ['Connection', 'close'])
      response.end()
    } else if (expect === undefined || request.httpVersion !== '1.1') {
      server.emit('request', request, response)
    } else if (/(?:^|\W)100-continue(?:$|\W)/i.test(expect)) {
      response._expect_continue = true
      if (server.listenerCount('checkContinue') > 0) {
        server.emit('checkContinue', request, response)
      } else {
        response.writeContinue()
        server.emit('request', request, response)
      }
    } else if (server.listenerCount('checkExpectation') > 0) {
      server.emit('checkExpectation', request, response)
    } else {
      response.writeHead(417)
      response.end()
    }
  }
  pendingData(amount) {
    this.outgoingData += amount
    const { socket } = this
    if (socket._paused && this.outgoingData < socket.writableHighWaterMark) this.drained()
  }
  // A response has been sent.
  responded(request, response) {
    const { socket, server } = this
    this.incoming.shift()
    if (!request._consuming) request._dump()
    response.detachSocket(socket)
    $nextTick(closeResponse, response)
    if (response._last) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon()
      else socket.end()
    } else if (this.outgoing.length === 0) {
      if (server.keepAliveTimeout && typeof socket.setTimeout === 'function') {
        socket.setTimeout(server.keepAliveTimeout)
        this.keepAliveTimeoutSet = true
      }
    } else {
      const next = this.outgoing.shift()
      next.assignSocket(socket)
    }
  }
  drained() {
    const { socket } = this
    if (socket._httpMessage?.[needDrain] && this.outgoingData <= socket.writableHighWaterMark) {
      socket._httpMessage[needDrain] = false
      socket._httpMessage.emit('drain')
    }
    if (socket._paused && this.outgoingData < socket.writableHighWaterMark) {
      socket._paused = false
      resume(socket)
    }
  }
  upgrade(request, rest) {
    const { server, socket } = this
    for (const name of $Object.keys(this.listeners)) socket.removeListener(name, this.listeners[name])
    socket.removeAllListeners('timeout')
    socket.parser = null
    delete socket.setEncoding
    server[connections].delete(socket)
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade'
    if (server.listenerCount(event) === 0) {
      socket.destroy()
      return
    }
    socket._readableState.flowing = null
    server.emit(event, request, socket, rest)
  }
  refused(error) {
    this.failed(error)
  }
  failed(error) {
    const { server, socket } = this
    unwatch(server, this)
    socket.removeListener('error', this.listeners.error)
    if (socket.listenerCount('error') === 0) socket.on('error', () => {})
    if (server.listenerCount('clientError') > 0) {
      server.emit('clientError', error, socket)
      return
    }
    // Nothing of a response has been sent: say what was wrong.
    if (socket.writable && (!socket._httpMessage || !socket._httpMessage._headerSent)) {
      const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW' ? 413
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`)
    }
    socket.destroy(error)
  }
  timedOut() {
    const { socket, server, incoming } = this
    const request = incoming[0], response = socket._httpMessage
    const heard = [
      request && !request.complete && request.emit('timeout', socket), response && response.emit('timeout', socket), server.emit('timeout', socket),
    ]
    if (!heard.includes(true)) socket.destroy()
  }
  ended() {
    const { server, socket } = this
    try {
      this.parser.finish()
    } catch (error) {
      this.failed(error)
      return
    }
    if (!server.httpAllowHalfOpen) {
      this.abort()
      if (socket.writable) socket.end()
    } else if (this.outgoing.length > 0) {
      this.outgoing[this.outgoing.length - 1]._last = true
    } else if (socket._httpMessage) {
      socket._httpMessage._last = true
    } else {
      socket.end()
    }
  }
  closed() {
    unwatch(this.server, this)
    this.server[connections].delete(this.socket)
    this.abort()
  }
  // Requests that will not be answered.
  abort() {
    while (this.incoming.length > 0) {
      const request = this.incoming.shift()
      request.destroy(connectionReset())
    }
  }
}

function connectionReset() {
  const error = new $Error('aborted')
  error.code = 'ECONNRESET'
  return error
}

module.exports = { Server, connectionListener }
