'use strict'
// How a client reads the response to its request, and what becomes of the socket then.

const { errored, needDrain } = require('internal/http/outgoing')
const { IncomingMessage, pause, resume } = require('internal/http/incoming')
const { Parser } = require('internal/http/parser')

function reset(message) {
  const error = new $Error(message)
  error.code = 'ECONNRESET'
  return error
}

function closeRequest(request) {
  if (request._closed) return
  request._closed = true
  request.emit('close')
}

class ResponseReader {
  constructor(request, socket) {
    this.request = request
    this.socket = socket
    this.parser = new Parser(this, false, request)
    this.response = null
    this.keepAlive = false
    this.done = false
    this.isUpgraded = false
    this.isExtra = false
    this.isFinishing = false
    this.listeners = {
      timeout: () => request.res?.emit('timeout'),
      error: (error) => this.failed(error),
      data: (chunk) => this.read(chunk),
      end: () => this.ended(),
      close: () => this.closed(),
      drain: () => {
        if (request[needDrain]) {
          request[needDrain] = false
          request.emit('drain')
        }
      },
    }
  }
  listen() {
    for (const name of $Object.keys(this.listeners)) if (name !== 'timeout') this.socket.on(name, this.listeners[name])
  }
  forget() {
    for (const name of $Object.keys(this.listeners)) this.socket.removeListener(name, this.listeners[name])
  }
  read(chunk) {
    const count = this.parser.execute(chunk)
    if (count === undefined) return
    if (this.isUpgraded) this.upgrade(chunk.subarray(count))
    else if (this.done && count < chunk.length) this.socket.destroy()
  }
  refused(error) {
    const { request, socket } = this
    this.forget()
    request.socket._hadError = true
    request[errored] = error
    request.destroyed = true
    request.emit('error', error)
    socket.destroy()
    closeRequest(request)
  }
  head(head) {
    const { request, socket } = this
    if (request.res) {
      // The server has answered twice.
      this.isExtra = true
      socket.destroy()
      return 2
    }
    const status = head.statusCode
    const response = new IncomingMessage(socket)
    response.joinDuplicateHeaders = request.joinDuplicateHeaders
    const most = request.maxHeadersCount
    response._begin(head, most === 0 ? 0 : (most ?? 1000))
    if (status < 200 && status !== 101) {
      if (status === 100) request.emit('continue')
      request.emit('information', {
        statusCode: status, statusMessage: response.statusMessage, httpVersion: response.httpVersion, httpVersionMajor: response.httpVersionMajor,
        httpVersionMinor: response.httpVersionMinor, headers: response.headers, rawHeaders: response.rawHeaders,
      })
      return 1
    }
    this.response = request.res = response
    response.req = request
    this.keepAlive = head.keepAlive
    if (request.method === 'CONNECT' || head.upgrade) {
      response.upgrade = this.isUpgraded = true
      return 2
    }
    if (request.shouldKeepAlive && !head.keepAlive) request.shouldKeepAlive = false
    if (request.aborted) response._dump()
    socket.on('timeout', this.listeners.timeout)
    request.on('prefinish', () => this.finish())
    response.on('end', () => {
      request._ended = true
      this.finish()
    })
    // Whoever does not ask for the response does not read it either.
    if (request.aborted || !request.emit('response', response)) response._dump()
    return request.method === 'HEAD' ? 1 : 0
  }
  body(chunk) {
    const { response } = this
    if (response === null || response._dumped || this.isExtra) return
    if (!response.push(chunk)) pause(this.socket)
  }
  complete(trailers) {
    const { response, request } = this
    if (response === null || this.isExtra) return
    this.done = true
    response.complete = true
    if (trailers !== undefined) response.rawTrailers = trailers
    if (this.isUpgraded) return
    response.push(null)
    if (response._dumped || request.listenerCount('response') === 0) resume(this.socket)
  }
  // The response has been read and the request sent: the socket is free.
  finish() {
    const { request, socket } = this
    if (!request._ended || !request.finished || this.isFinishing) return
    this.isFinishing = true
    if (request.timeoutCb) socket.removeListener('timeout', request.timeoutCb)
    if (!request.shouldKeepAlive || !this.keepAlive) {
      if (socket.writable) {
        if (typeof socket.destroySoon === 'function') socket.destroySoon()
        else socket.end()
      }
      return
    }
    if (request.writableFinished) this.release()
    else request.on('finish', () => this.release())
  }
  release() {
    const { request, socket } = this
    this.forget()
    socket.parser = null
    if (request.timeoutCb) socket.setTimeout(0, request.timeoutCb)
    request.timeoutCb = null
    request.destroyed = true
    $nextTick(() => {
      closeRequest(request)
      socket.emit('free')
    })
  }
  upgrade(rest) {
    const { request, socket, response } = this
    this.forget()
    socket.parser = null
    request.upgradeOrConnect = true
    const event = request.method === 'CONNECT' ? 'connect' : 'upgrade'
    if (request.listenerCount(event) === 0) {
      socket.destroy()
      closeRequest(request)
      return
    }
    socket._httpMessage = null
    socket._readableState.flowing = null
    socket.emit('agentRemove')
    if (request.timeoutCb) socket.removeListener('timeout', request.timeoutCb)
    request.emit(event, response, socket, rest)
    request.destroyed = true
    closeRequest(request)
  }
  failed(error) {
    const { request, socket } = this
    if (!socket._hadError) {
      socket._hadError = true
      request[errored] = error
      request.emit('error', error)
    }
    if (!socket.destroyed) socket.destroy()
  }
  ended() {
    const { request, socket } = this
    if (!request.res && !socket._hadError) {
      socket._hadError = true
      request[errored] ??= reset('socket hang up')
      request.emit('error', request[errored])
    }
    this.finishParser()
    socket.end()
  }
  finishParser() {
    try {
      this.parser.finish()
    } catch {
      // The message is not complete: what waits for it will be told when the socket closes.
    }
  }
  closed() {
    const { request, socket, response } = this
    socket.read()
    this.finishParser()
    request.destroyed = true
    if (request.res) {
      if (!response.complete) response.destroy(reset('aborted'))
      closeRequest(request)
      if (!response.readableEnded && response.readable && response.complete) response.push(null)
    } else {
      if (!socket._hadError) {
        socket._hadError = true
        request[errored] ??= reset('socket hang up')
        request.emit('error', request[errored])
      }
      closeRequest(request)
    }
    if (request.outputData.length > 0) request.outputData = []
  }
}

module.exports = { ResponseReader, closeRequest, reset }
