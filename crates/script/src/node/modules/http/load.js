'use strict'
// Load for the servers of the session, as a program outside would make it: over connections that are kept alive.

const net = require('net')
const { serverAt } = require('internal/net/server')
const { Parser } = require('internal/http/parser')
const { Buffer } = $globalThis

// A connection; it knows how its owner counts, and one request at a time.
class Client {
  constructor(port, job) {
    this.job = job
    this.parser = new Parser(this, false)
    this.socket = net.connect(port, '127.0.0.1')
    this.socket.on('data', (chunk) => this.parser.execute(chunk))
    this.socket.on('error', job.fail)
    this.socket.on('close', () => {
      this.isClosed = true
      try {
        this.parser.finish()
      } catch {
        // An answer that was cut off is none.
      }
    })
    this.isClosed = false
  }
  head({ statusCode, keepAlive }) {
    const { statuses } = this.job.result
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
    this.isKept = keepAlive
    return 0
  }
  body(chunk) {
    this.job.result.bytes += chunk.length
  }
  complete() {
    if (this.isKept) this.job.free.push(this)
    else this.socket.end()
    this.job.answered()
  }
}

// `count` requests, `perSecond` in a second of virtual time. Promises { sent, answered, bytes, statuses }.
function load({ count = 100, perSecond = 100, port, path = '/', method = 'GET', headers = {}, body } = {}) {
  if (!(perSecond > 0)) throw $Helpers.rangeErrorOf('perSecond', '> 0', perSecond)
  if (!(count >= 0 && count < Infinity)) throw $Helpers.rangeErrorOf('count', '>= 0', count)
  return new $Promise((resolve, reject) => {
    const result = { sent: 0, answered: 0, bytes: 0, statuses: {} }
    const job = { result, free: [], fail: reject, answered }
    const began = $globalThis.Date.now()
    let rest = 'Host: localhost\r\n'
    for (const name of $Object.keys(headers)) rest += `${name}: ${headers[name]}\r\n`
    if (body !== undefined) rest += `Content-Length: ${Buffer.byteLength(body)}\r\n`
    rest += '\r\n'
    function answered() {
      if (++result.answered < count) return
      for (const client of job.free) client.socket.destroy()
      resolve(result)
    }
    const send = () => {
      const server = serverAt(port)
      if (server === undefined) {
        const error = new $Error(`connect ECONNREFUSED 127.0.0.1:${port ?? ''}`)
        error.code = 'ECONNREFUSED'
        reject(error)
        return
      }
      // What is due by now, all at once: a request may wait for a server that is busy.
      const due = $Math.min(count, $Math.floor(($globalThis.Date.now() - began) * perSecond / 1000) + 1)
      while (result.sent < due) {
        result.sent++
        while (job.free.length > 0 && job.free[job.free.length - 1].isClosed) job.free.pop()
        const client = job.free.pop() ?? new Client(server.address().port, job)
        client.socket.write(`${method} ${typeof path === 'function' ? path(result.sent) : path} HTTP/1.1\r\n${rest}`)
        if (body !== undefined) client.socket.write(body)
      }
      if (result.sent < count) $globalThis.setTimeout(send, $Math.max(1, 1000 / perSecond))
    }
    if (count === 0) resolve(result)
    else $globalThis.setImmediate(send)
  })
}

module.exports = { load }
