'use strict'
// net.Socket: one end of a connection within the session; nothing leaves it. What is written is copied, as a kernel
// does, and comes to the other end in a later turn of the event loop.

const { Duplex } = require('stream')
const { connectArguments } = require('internal/net/addresses')
const { Buffer, setImmediate, setTimeout, clearTimeout } = $globalThis

// What one end may have sent that the other has not read; then its writes wait.
const ROOM = 1 << 18
// As much as one read of Node's takes.
const READ_SIZE = 65536

const channelIn = $Symbol('kIncoming'), channelOut = $Symbol('kOutgoing'), timer = $Symbol('timeout'), isUnref = $Symbol('kUnref')
const ends = $Symbol('kAddresses')

function timerDuration(time, name) {
  if (typeof time !== 'number') throw $Helpers.argumentTypeError(name, ['number'], time)
  if (!(time >= 0 && time < Infinity)) throw $Helpers.rangeErrorOf(name, 'a non-negative finite number', time)
  if (time <= 0x7fffffff) return time
  $process.emitWarning(`${time} does not fit into a 32-bit signed integer.\nTimer duration was truncated to 2147483647.`, 'TimeoutOverflowWarning')
  return 0x7fffffff
}

// Runs what comes from outside: in the next turn of the loop, after this one's immediates and `close` events.
const arrive = (callback, argument) => setImmediate(setImmediate, callback, argument)

// One direction of a connection.
class Channel {
  constructor(reader, writer) {
    this.reader = reader
    this.writer = writer
    this.chunks = []
    this.bytes = 0
    this.ended = false
    this.isRead = false
    this.scheduled = false
    this.waiting = null
  }
  send(chunk, callback) {
    if (this.reader.destroyed) {
      const { writer } = this
      arrive(() => writer.destroy(systemError('ECONNRESET', -104, 'read')))
      if (callback !== null) callback()
      return
    }
    this.chunks.push(chunk)
    this.bytes += chunk.length
    this.schedule()
    if (callback === null) return
    if (this.bytes < ROOM) callback()
    else this.waiting = callback
  }
  end() {
    if (this.ended) return
    this.ended = true
    this.schedule()
  }
  read() {
    this.isRead = true
    this.schedule()
  }
  schedule() {
    if (this.scheduled || !this.isRead || this.chunks.length === 0 && !this.ended) return
    this.scheduled = true
    arrive(deliver, this)
  }
  // What has come in the meantime, as one chunk.
  take() {
    let count = 0, bytes = 0
    while (count < this.chunks.length && bytes < READ_SIZE) bytes += this.chunks[count++].length
    const parts = this.chunks.splice(0, count)
    this.bytes -= bytes
    return parts.length === 1 ? parts[0] : Buffer.concat(parts, bytes)
  }
}

function deliver(channel) {
  channel.scheduled = false
  const { reader } = channel
  if (reader.destroyed || !channel.isRead) return
  if (channel.chunks.length > 0) {
    const chunk = channel.take()
    reader.bytesRead += chunk.length
    reader._unrefTimer()
    const { waiting } = channel
    if (waiting !== null && channel.bytes < ROOM) {
      channel.waiting = null
      waiting()
    }
    if (!reader.push(chunk)) channel.isRead = false
    channel.schedule()
  } else if (channel.ended && !reader.readableEnded) {
    reader.push(null)
    reader.read(0)
  }
}

function systemError(code, errno, syscall, more) {
  const error = new $Error(more === undefined ? `${syscall} ${code}` : `${syscall} ${code} ${more.address}${more.port === undefined ? '' : `:${more.port}`}`)
  error.errno = errno
  error.code = code
  error.syscall = syscall
  return $Object.assign(error, more)
}

// Joins two sockets.
function join(client, server, clientEnd, serverEnd) {
  client[channelOut] = server[channelIn] = new Channel(server, client)
  server[channelOut] = client[channelIn] = new Channel(client, server)
  client[ends] = { local: clientEnd, remote: serverEnd }
  server[ends] = { local: serverEnd, remote: clientEnd }
  client._handle = {}
  server._handle = {}
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options)
  if (options?.objectMode || options?.readableObjectMode || options?.writableObjectMode) {
    const name = options.objectMode ? 'objectMode' : options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode'
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The property 'options.${name}' is not supported. Received true`)
  }
  this.connecting = false
  this._hadError = false
  this._parent = null
  this._host = null
  this._handle = null
  const half = !!options?.allowHalfOpen
  $call(Duplex, this, { ...options, allowHalfOpen: half, emitClose: false, autoDestroy: true, decodeStrings: true })
  this._pendingData = null
  this._pendingEncoding = ''
  this.server = null
  this._server = null
  this.bytesRead = 0
  this[channelIn] = this[channelOut] = this[ends] = null
  this[timer] = null
  this[isUnref] = false
  this._bytesDispatched = 0
  this.on('end', onEnd)
}
$Object.setPrototypeOf(Socket.prototype, Duplex.prototype)
$Object.setPrototypeOf(Socket, Duplex)

const prototype = Socket.prototype

// After the other end has said its last, and this one is not to stay half open, nothing is to be written.
function onEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterEnd
}

function writeAfterEnd(chunk, encoding, callback) {
  if (typeof encoding === 'function') callback = encoding
  const error = new $Error('This socket has been ended by the other party')
  error.code = 'EPIPE'
  if (typeof callback === 'function') $nextTick(callback, error)
  this.destroy(error)
  return false
}

prototype._read = function () {
  if (this.connecting || this[channelIn] === null) this.once('connect', () => this._read())
  else this[channelIn].read()
}

prototype._write = function (chunk, encoding, callback) {
  if (this.connecting) {
    this._pendingData = chunk
    const onClose = () => callback($Helpers.nodeError('Error', 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established'))
    this.once('connect', () => {
      this.off('close', onClose)
      this._write(chunk, encoding, callback)
    })
    this.once('close', onClose)
    return
  }
  this._pendingData = null
  this._unrefTimer()
  if (this[channelOut] === null) {
    callback($Helpers.nodeError('Error', 'ERR_SOCKET_CLOSED', 'Socket is closed'))
    return
  }
  this._bytesDispatched += chunk.length
  const out = this[channelOut]
  let at = 0
  do {
    const part = Buffer.allocUnsafeSlow($Math.min(READ_SIZE, chunk.length - at))
    at += chunk.copy(part, 0, at)
    out.send(part, at === chunk.length ? callback : null)
  } while (at < chunk.length)
}

prototype._writev = function (chunks, callback) {
  this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', callback)
}

prototype._final = function (callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback))
    return
  }
  const out = this[channelOut]
  if (out === null) {
    callback()
    return
  }
  setImmediate(callback)
  out.end()
}

prototype._destroy = function (error, callback) {
  this.connecting = false
  clearTimeout(this[timer])
  this[timer] = null
  const isOpen = this._handle !== null
  this._handle = null
  callback(error)
  if (isOpen) {
    this[channelOut].end()
    setImmediate(() => this.emit('close', !!error))
  } else {
    $nextTick(() => this.emit('close', !!error))
  }
  if (this._server !== null) {
    this._server._connections--
    this._server._emitCloseIfDrained()
  }
}

prototype.destroySoon = function () {
  if (this.writable) this.end()
  if (this.writableFinished) this.destroy()
  else this.once('finish', this.destroy)
}
prototype.resetAndDestroy = function () {
  const incoming = this[channelIn]
  if (this._handle === null) {
    this.destroy($Helpers.nodeError('Error', 'ERR_SOCKET_CLOSED', 'Socket is closed'))
  } else {
    const { writer } = incoming
    this.destroy()
    arrive(() => writer.destroy(systemError('ECONNRESET', -104, 'read')))
  }
  return this
}

prototype.end = function (chunk, encoding, callback) {
  $call(Duplex.prototype.end, this, chunk, encoding, callback)
  return this
}

prototype.connect = function (...args) {
  const [options, callback] = connectArguments(args)
  if (this.destroyed) {
    this._undestroy()
    this[channelIn] = this[channelOut] = null
  }
  if (callback !== undefined) this.once('connect', callback)
  this._unrefTimer()
  this.connecting = true
  require('internal/net/server').dial(this, options)
  return this
}

prototype.setTimeout = function (time, callback) {
  if (this.destroyed) return this
  const duration = timerDuration(time, 'msecs')
  if (callback !== undefined && typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['function'], callback)
  this.timeout = duration
  clearTimeout(this[timer])
  this[timer] = null
  if (time === 0) {
    if (callback !== undefined) this.removeListener('timeout', callback)
  } else {
    // An open socket keeps a program alive, and so does what it waits for.
    this[timer] = setTimeout(() => this._onTimeout(), this.timeout)
    if (this[isUnref]) this[timer].unref()
    if (callback !== undefined) this.once('timeout', callback)
  }
  return this
}
prototype._onTimeout = function () {
  this.emit('timeout')
}
prototype._unrefTimer = function () {
  for (let socket = this; socket !== null; socket = socket._parent) socket[timer]?.refresh()
}

$install(prototype, {
  setNoDelay() {
    return this
  },
  setKeepAlive() {
    return this
  },
  ref() {
    this[isUnref] = false
    this[timer]?.ref()
    return this
  },
  unref() {
    this[isUnref] = true
    this[timer]?.unref()
    return this
  },
  address() {
    const local = this[ends]?.local
    return local ? { address: local.address, family: local.family, port: local.port } : {}
  },
})

const { getters } = require('internal/streams/shared')
getters(prototype, {
  remoteAddress() {
    return this._handle === null ? undefined : this[ends].remote.address
  },
  remoteFamily() {
    return this._handle === null ? undefined : this[ends].remote.family
  },
  remotePort() {
    return this._handle === null ? undefined : this[ends].remote.port
  },
  localAddress() {
    return this._handle === null ? undefined : this[ends].local.address
  },
  localFamily() {
    return this._handle === null ? undefined : this[ends].local.family
  },
  localPort() {
    return this._handle === null ? undefined : this[ends].local.port
  },
  pending() {
    return this._handle === null || this.connecting
  },
  readyState() {
    if (this.connecting) return 'opening'
    if (this.readable && this.writable) return 'open'
    if (this.readable) return 'readOnly'
    return this.writable ? 'writeOnly' : 'closed'
  },
  bufferSize() {
    return this._handle === null ? undefined : this.writableLength
  },
  bytesWritten() {
    let bytes = this._bytesDispatched
    for (const { chunk, encoding } of this._writableState.getBuffer()) bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length
    return bytes + (this._pendingData === null ? 0 : this._pendingData.length)
  },
})

module.exports = { Socket, join, systemError, arrive, timerDuration }
