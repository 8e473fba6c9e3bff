'use strict'
// net.Server: who listens on which port of the session, and how a socket finds it.

const EventEmitter = require('events')
const { Socket, join, systemError, arrive } = require('internal/net/socket')
const { isIP, portOf, normalArguments } = require('internal/net/addresses')

// Servers by port or path.
const listening = new $Map()
let nextPort = 40000

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener)
  $call(EventEmitter, this, options)
  if (typeof options === 'function') {
    listener = options
    options = {}
  } else if (options !== undefined && options !== null && typeof options !== 'object') {
    throw $Helpers.argumentTypeError('options', ['Object'], options)
  }
  if (typeof listener === 'function') this.on('connection', listener)
  this._connections = 0
  this._handle = null
  this._where = null
  this.allowHalfOpen = options?.allowHalfOpen ?? false
  this.pauseOnConnect = !!options?.pauseOnConnect
  this.highWaterMark = options?.highWaterMark ?? require('stream').getDefaultHighWaterMark()
}
$Object.setPrototypeOf(Server.prototype, EventEmitter.prototype)
$Object.setPrototypeOf(Server, EventEmitter)

const prototype = Server.prototype

prototype.listen = function (...args) {
  if (this._handle !== null) {
    throw $Helpers.nodeError('Error', 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.')
  }
  const [options, callback] = normalArguments(args)
  if (callback !== undefined) this.once('listening', callback)
  const where = placeOf(options)
  if (listening.has(where.key)) {
    const error = systemError('EADDRINUSE', -98, 'listen', where.path === undefined ? { address: where.address, port: where.port } : { address: where.path })
    error.message = `listen EADDRINUSE: address already in use ${where.path ?? `${where.address}:${where.port}`}`
    $nextTick(() => this.emit('error', error))
    return this
  }
  listening.set(where.key, this)
  this._where = where
  this._handle = {}
  if (options.signal) {
    const close = () => this.close()
    if (options.signal.aborted) $nextTick(close)
    else options.signal.addEventListener('abort', close, { once: true })
  }
  $nextTick(() => {
    if (this._handle !== null) this.emit('listening')
  })
  return this
}

function placeOf(options) {
  const { path } = options
  if (typeof path === 'string' && options.port === undefined) return { key: path, path }
  if (!('port' in options) || options.port !== undefined && options.port !== null && typeof options.port !== 'number' && typeof options.port !== 'string') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
      `The argument 'options' ${'port' in options ? 'is invalid' : 'must have the property "port" or "path"'}. Received ${$inspect(options)}`)
  }
  let port = portOf(options.port ?? 0, 'options.port')
  if (port === 0) {
    while (listening.has(nextPort)) nextPort++
    port = nextPort++
  }
  const host = options.host ?? '::', family = isIP(host) === 6 ? 'IPv6' : 'IPv4'
  return { key: port, port, address: host === 'localhost' ? '127.0.0.1' : host, family }
}

prototype.address = function () {
  if (this._handle === null) return null
  const { path, address, family, port } = this._where
  return path ?? { address, family, port }
}

prototype.close = function (callback) {
  if (typeof callback === 'function') {
    if (this._handle !== null) this.once('close', callback)
    else this.once('close', () => callback($Helpers.nodeError('Error', 'ERR_SERVER_NOT_RUNNING', 'Server is not running.')))
  }
  if (this._handle !== null) {
    listening.delete(this._where.key)
    this._handle = null
  }
  this._emitCloseIfDrained()
  return this
}

prototype._emitCloseIfDrained = function () {
  if (this._handle !== null || this._connections > 0) return
  $nextTick(() => this.emit('close'))
}

$install(prototype, {
  getConnections(callback) {
    $nextTick(callback, null, this._connections)
    return this
  },
  ref() {
    return this
  },
  unref() {
    return this
  },
  async [$Symbol.for('nodejs.asyncDispose')]() {
    if (this._handle !== null) await new $Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())))
  },
})
$Object.defineProperty(prototype, 'listening', { configurable: true, enumerable: true, get() { return this._handle !== null } })

prototype[EventEmitter.captureRejectionSymbol] = function (error, event, socket) {
  if (event === 'connection') socket.destroy(error)
  else this.emit('error', error)
}

// Connects a socket, in a later turn: first the server hears of it.
function dial(socket, options) {
  const host = typeof options.path === 'string' ? undefined : options.host ?? 'localhost'
  socket._host = host
  if (host === undefined || isIP(host)) {
    arrive(() => open(socket, options, host))
    return
  }
  const found = (error, address, family) => {
    if (!socket.connecting) return
    if ($Array.isArray(address)) [{ address, family }] = address
    socket.emit('lookup', error, address, family, host)
    if (error) socket.destroy(error)
    else arrive(() => open(socket, options, address))
  }
  if (typeof options.lookup === 'function') options.lookup(host, { family: options.family, hints: options.hints || 0 }, found)
  else arrive(() => found(null, '127.0.0.1', 4))
}

function open(socket, options, address) {
  if (!socket.connecting) return
  const key = options.path ?? +options.port, server = listening.get(key)
  if (server === undefined) {
    socket.destroy(address === undefined
      ? systemError('ENOENT', -2, 'connect', { address: key })
      : systemError('ECONNREFUSED', -111, 'connect', { address, port: key }))
    return
  }
  const other = new Socket({ allowHalfOpen: server.allowHalfOpen, highWaterMark: server.highWaterMark })
  join(socket, other, ...endsOf(server, options, address))
  if (server.maxConnections && server._connections >= server.maxConnections) {
    const { localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily } = other
    other.destroy()
    server.emit('drop', { localAddress, localPort, localFamily, remoteAddress, remotePort, remoteFamily })
  } else {
    server._connections++
    other.server = other._server = server
    if (!server.pauseOnConnect) other.read(0)
    server.emit('connection', other)
  }
  arrive(connected, socket)
}

// The addresses of both ends, as each sees them.
function endsOf(server, options, address) {
  if (address === undefined) return [{}, {}]
  const family = isIP(address) === 6 ? 'IPv6' : 'IPv4', { port } = server._where
  return [{ address: options.localAddress ?? address, family, port: options.localPort ?? nextPort++ }, { address, family, port }]
}

function connected(socket) {
  if (socket.destroyed) return
  socket.connecting = false
  socket._unrefTimer()
  socket.emit('connect')
  socket.emit('ready')
  if (!socket.isPaused()) socket.read(0)
}

// The server at a port, or the first of all.
const serverAt = (port) => (port === undefined ? listening.values().next().value : listening.get(+port))

module.exports = { Server, dial, serverAt }
