'use strict'
// http.Agent: the connections of clients, by origin. Those that are alive wait in `freeSockets` for the next request; requests
// for which there is no room wait in `requests`.

const EventEmitter = require('events')
const net = require('net')

const requestOptions = $Symbol('requestOptions')

// [callback] once.
function once(callback) {
  let called = false
  return (...args) => {
    if (called) return
    called = true
    callback(...args)
  }
}

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options)
  $call(EventEmitter, this)
  this.defaultPort = 80
  this.protocol = 'http:'
  this.options = { __proto__: null, ...options }
  if (this.options.noDelay === undefined) this.options.noDelay = true
  // Tells that a socket is for the http of this agent, not for a unix path.
  this.options.path = null
  this.requests = $Object.create(null)
  this.sockets = $Object.create(null)
  this.freeSockets = $Object.create(null)
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000
  this.keepAlive = this.options.keepAlive || false
  this.maxSockets = this.options.maxSockets || Infinity
  this.maxFreeSockets = this.options.maxFreeSockets || 256
  this.scheduling = this.options.scheduling || 'lifo'
  this.maxTotalSockets = this.options.maxTotalSockets
  this.totalSocketCount = 0
  if (this.scheduling !== 'fifo' && this.scheduling !== 'lifo') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
      `The argument 'scheduling' must be one of: 'fifo', 'lifo'. Received ${$inspect(this.scheduling)}`)
  }
  if (this.maxTotalSockets === undefined) this.maxTotalSockets = Infinity
  else if (typeof this.maxTotalSockets !== 'number') throw $Helpers.argumentTypeError('maxTotalSockets', ['number'], this.maxTotalSockets)
  else if (!(this.maxTotalSockets >= 1)) throw $Helpers.rangeErrorOf('maxTotalSockets', '>= 1', this.maxTotalSockets)
  this.on('free', (socket, given) => becameFree(this, socket, given))
}
$Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype)
$Object.setPrototypeOf(Agent, EventEmitter)
Agent.defaultMaxSockets = Infinity

const prototype = Agent.prototype

// A socket has done its request.
function becameFree(agent, socket, options) {
  const name = agent.getName(options), waiting = agent.requests[name]
  if (!socket.writable) {
    socket.destroy()
    return
  }
  if (waiting && waiting.length > 0) {
    const request = waiting.shift()
    give(agent, socket, request)
    if (waiting.length === 0) delete agent.requests[name]
    return
  }
  const request = socket._httpMessage
  if (!request || !request.shouldKeepAlive || !agent.keepAlive) {
    socket.destroy()
    return
  }
  const free = agent.freeSockets[name] || []
  let count = free.length
  if (agent.sockets[name]) count += agent.sockets[name].length
  if (agent.totalSocketCount > agent.maxTotalSockets || count > agent.maxSockets || free.length >= agent.maxFreeSockets ||
      !agent.keepSocketAlive(socket)) {
    socket.destroy()
    return
  }
  agent.freeSockets[name] = free
  socket._httpMessage = null
  agent.removeSocket(socket, options)
  socket.once('error', idleFailed)
  free.push(socket)
}

function idleFailed() {
  this.destroy()
  this.emit('agentRemove')
}

function give(agent, socket, request) {
  request.onSocket(socket)
  if (request.timeout !== undefined && request.timeout !== (agent.options.timeout || 0)) socket.setTimeout(request.timeout)
}

$install(prototype, {
  createConnection(...args) {
    return net.createConnection(...args)
  },
  getName(options = {}) {
    let name = `${options.host || 'localhost'}:`
    if (options.port) name += options.port
    name += ':'
    if (options.localAddress) name += options.localAddress
    if (options.family === 4 || options.family === 6) name += `:${options.family}`
    if (options.socketPath) name += `:${options.socketPath}`
    return name
  },
  addRequest(request, given, port, localAddress) {
    // The form of old: (request, host, port, localAddress).
    if (typeof given === 'string') given = { __proto__: null, host: given, port, localAddress }
    const options = { __proto__: null, ...given, ...this.options }
    if (options.socketPath) options.path = options.socketPath
    const name = this.getName(options)
    this.sockets[name] ??= []
    const free = this.freeSockets[name]
    let socket
    if (free) {
      while (free.length > 0 && free[0].destroyed) free.shift()
      socket = this.scheduling === 'fifo' ? free.shift() : free.pop()
      if (free.length === 0) delete this.freeSockets[name]
    }
    const count = (free ? free.length : 0) + this.sockets[name].length
    if (socket) {
      this.reuseSocket(socket, request)
      this.sockets[name].push(socket)
      give(this, socket, request)
    } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
      this.createSocket(request, options, (error, created) => {
        if (error) request.onSocket(null, error)
        else give(this, created, request)
      })
    } else {
      request[requestOptions] = options
      ;(this.requests[name] ??= []).push(request)
    }
  },
  createSocket(request, given, callback) {
    const options = { __proto__: null, ...given, ...this.options }
    if (options.socketPath) options.path = options.socketPath
    const name = this.getName(options)
    options._agentKey = name
    options.encoding = null
    if (options.timeout === undefined && this.options.timeout) options.timeout = this.options.timeout
    const created = once((error, socket) => {
      if (error) {
        callback(error)
        return
      }
      ;(this.sockets[name] ??= []).push(socket)
      this.totalSocketCount++
      watch(this, socket, options)
      callback(null, socket)
    })
    if (this.keepAlive) {
      options.keepAlive = true
      options.keepAliveInitialDelay = this.keepAliveMsecs
    }
    const socket = this.createConnection(options, created)
    if (socket) created(null, socket)
  },
  removeSocket(socket, options) {
    const name = this.getName(options), places = [this.sockets]
    if (!socket.writable) places.push(this.freeSockets)
    for (const sockets of places) {
      const list = sockets[name], at = list ? list.indexOf(socket) : -1
      if (at < 0) continue
      list.splice(at, 1)
      if (list.length === 0) delete sockets[name]
    }
    // Room for one that waits, of this origin or of any.
    let waiting = this.requests[name]
    if (!waiting?.length) {
      for (const other of $Object.keys(this.requests)) {
        if (!this.sockets[other]?.length) {
          waiting = this.requests[other]
          break
        }
      }
    }
    if (!waiting?.length || this.freeSockets[name]?.length) return
    const request = waiting[0], asked = request[requestOptions] ?? options
    this.createSocket(request, asked, (error, created) => {
      if (!error) {
        created.emit('free')
        return
      }
      const key = this.getName(asked), list = this.requests[key] ?? [], at = list.indexOf(request)
      if (at >= 0) list.splice(at, 1)
      if (list.length === 0) delete this.requests[key]
      request.onSocket(null, error)
    })
  },
  keepSocketAlive(socket) {
    socket.setKeepAlive(true, this.keepAliveMsecs)
    socket.unref()
    let time = this.options.timeout || 0
    // The server says how long it keeps the connection; a second less, so that no request comes too late.
    const hint = socket._httpMessage?.res?.headers['keep-alive']
    const match = hint && /^timeout=(\d+)/.exec(hint)
    if (match) {
      const theirs = $Number.parseInt(match[1], 10) * 1000 - 1000
      if (theirs <= 0) return false
      if (theirs < time) time = theirs
    }
    if (socket.timeout !== time) socket.setTimeout(time)
    return true
  },
  reuseSocket(socket, request) {
    request.reusedSocket = true
    socket.removeListener('error', idleFailed)
    socket.ref()
  },
  destroy() {
    for (const sockets of [this.freeSockets, this.sockets]) {
      for (const key of $Object.keys(sockets)) for (const socket of sockets[key].slice()) socket.destroy()
    }
  },
})

function watch(agent, socket, options) {
  const onFree = () => agent.emit('free', socket, options)
  const onClose = () => {
    agent.totalSocketCount--
    agent.removeSocket(socket, options)
  }
  const onTimeout = () => {
    // Only one that waits goes.
    for (const key of $Object.keys(agent.freeSockets)) {
      if (agent.freeSockets[key].includes(socket)) {
        socket.destroy()
        return
      }
    }
  }
  const onRemove = () => {
    agent.totalSocketCount--
    agent.removeSocket(socket, options)
    socket.removeListener('close', onClose)
    socket.removeListener('free', onFree)
    socket.removeListener('timeout', onTimeout)
    socket.removeListener('agentRemove', onRemove)
  }
  socket.on('free', onFree)
  socket.on('close', onClose)
  socket.on('timeout', onTimeout)
  socket.on('agentRemove', onRemove)
}

module.exports = { Agent, globalAgent: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }) }
