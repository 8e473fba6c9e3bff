'use strict'
// http.IncomingMessage: a request as the server sees it, or a response as the client does.

const { Readable } = require('stream')

// Headers of which the first one counts; the others of a name are joined.
const SINGLE = new $Set([
  'age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since',
  'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent',
])

const headers = $Symbol('kHeaders'), headersDistinct = $Symbol('kHeadersDistinct')
const trailers = $Symbol('kTrailers'), trailersDistinct = $Symbol('kTrailersDistinct')

function IncomingMessage(socket) {
  $call(Readable, this, socket ? { highWaterMark: socket.readableHighWaterMark } : undefined)
  this._readableState.readingMore = true
  this.socket = socket
  this.httpVersionMajor = null
  this.httpVersionMinor = null
  this.httpVersion = null
  this.complete = false
  this[headers] = null
  this[headersDistinct] = null
  this.rawHeaders = []
  this[trailers] = null
  this[trailersDistinct] = null
  this.rawTrailers = []
  this.joinDuplicateHeaders = false
  this.aborted = false
  this.upgrade = null
  this.url = ''
  this.method = null
  this.statusCode = null
  this.statusMessage = null
  this.client = socket
  this._consuming = false
  this._dumped = false
}
$Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype)
$Object.setPrototypeOf(IncomingMessage, Readable)

const prototype = IncomingMessage.prototype

prototype._addHeaderLine = function (field, value, target) {
  const name = field.toLowerCase()
  if (name === 'set-cookie') {
    if (target[name] === undefined) target[name] = [value]
    else target[name].push(value)
  } else if (typeof target[name] !== 'string') {
    target[name] = value
  } else if (name === 'cookie') {
    target[name] += `; ${value}`
  } else if (this.joinDuplicateHeaders || !SINGLE.has(name)) {
    target[name] += `, ${value}`
  }
}
prototype._addHeaderLineDistinct = function (field, value, target) {
  const name = field.toLowerCase()
  if ($Array.isArray(target[name])) target[name].push(value)
  else target[name] = [value]
}

// A dictionary made of a list of names and values when it is asked for first.
function dictionary(key, list, add) {
  return {
    configurable: true,
    enumerable: false,
    get() {
      if (!this[key]) {
        const made = this[key] = {}
        const lines = this[list]
        for (let i = 0; i < lines.length; i += 2) this[add](lines[i], lines[i + 1], made)
      }
      return this[key]
    },
    set(value) {
      this[key] = value
    },
  }
}
$Object.defineProperty(prototype, 'headers', dictionary(headers, 'rawHeaders', '_addHeaderLine'))
$Object.defineProperty(prototype, 'headersDistinct', dictionary(headersDistinct, 'rawHeaders', '_addHeaderLineDistinct'))
$Object.defineProperty(prototype, 'trailers', dictionary(trailers, 'rawTrailers', '_addHeaderLine'))
$Object.defineProperty(prototype, 'trailersDistinct', dictionary(trailersDistinct, 'rawTrailers', '_addHeaderLineDistinct'))
$Object.defineProperty(prototype, 'connection', {
  configurable: true,
  enumerable: false,
  get() {
    return this.socket
  },
  set(value) {
    this.socket = value
  },
})


prototype.setTimeout = function (time, callback) {
  if (callback) this.on('timeout', callback)
  this.socket.setTimeout(time)
  return this
}

prototype._read = function () {
  if (!this._consuming) {
    this._readableState.readingMore = false
    this._consuming = true
  }
  resume(this.socket)
}

prototype._destroy = function (error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true
    this.emit('aborted')
  }
  // The socket goes with a message that is not all here.
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error)
    const finished = require('internal/streams/finished')
    const forget = finished(this.socket, (failure) => {
      if (failure?.code === 'ERR_STREAM_PREMATURE_CLOSE') failure = null
      forget()
      $nextTick(onError, this, error || failure, callback)
    })
  } else {
    $nextTick(onError, this, error, callback)
  }
}

// Of a request nobody needs to hear.
function onError(message, error, callback) {
  callback(message.listenerCount('error') > 0 ? error : undefined)
}

// Throws away what nobody has read.
prototype._dump = function () {
  if (this._dumped) return
  this._dumped = true
  this.removeAllListeners('data')
  this.resume()
}

function resume(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume()
}
function pause(socket) {
  if (socket) socket.pause()
}

// What the parser has found of a head.
prototype._begin = function (head, maxHeaders) {
  this.httpVersionMajor = head.versionMajor
  this.httpVersionMinor = head.versionMinor
  this.httpVersion = `${head.versionMajor}.${head.versionMinor}`
  this.upgrade = head.upgrade
  this.rawHeaders = maxHeaders > 0 && head.headers.length > maxHeaders * 2 ? head.headers.slice(0, maxHeaders * 2) : head.headers
  if (head.method === undefined) {
    this.statusCode = head.statusCode
    this.statusMessage = head.statusMessage
  } else {
    this.method = head.method
    this.url = head.url
  }
}

module.exports = { IncomingMessage, resume, pause }
