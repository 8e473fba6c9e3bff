'use strict'
// Reads messages of http/1 out of the chunks of a connection. `owner` is told:
//   head({ method, url, statusCode, statusMessage, versionMajor, versionMinor, headers, keepAlive, upgrade }), which answers
//   whether a body follows (0: as the headers say; 1: none; 2: none, and no further message either),
//   body(chunk), complete(trailers), and refused(error), of what is no http.

const { METHODS, maxHeaderSize } = require('internal/http/common')

// States: the head; a body by its length, by chunks, or up to the end of the connection; and after an upgrade.
const HEAD = 0, LENGTH = 1, CHUNK_SIZE = 2, CHUNK = 3, CHUNK_END = 4, TRAILERS = 5, TO_END = 6, DONE = 7

function failure(code, reason) {
  const error = new $Error(`Parse Error: ${reason}`)
  error.code = code
  error.reason = reason
  return error
}

const methods = new $Set(METHODS)

class Parser {
  constructor(owner, isServer, options) {
    this.owner = owner
    this.isServer = isServer
    this.maxHeaderSize = options?.maxHeaderSize || maxHeaderSize
    this.lenient = !!options?.insecureHTTPParser
    this.state = HEAD
    // Bytes of an unfinished head, or of a line of the chunked form.
    this.pending = ''
    this.left = 0
    this.isStarted = false
  }
  // Answers how many bytes belonged to http: fewer than all of them after an upgrade, and nothing if they were none.
  execute(data) {
    try {
      return this.parse(data)
    } catch (error) {
      if (typeof error.code !== 'string' || !error.code.startsWith('HPE_')) throw error
      error.rawPacket = data
      error.bytesParsed ??= data.length
      this.owner.refused(error)
    }
  }
  parse(data) {
    let at = 0
    while (at < data.length && this.state !== DONE) {
      if (this.state === HEAD || this.state === TRAILERS) at = this.readHead(data, at)
      else if (this.state === CHUNK_SIZE || this.state === CHUNK_END) at = this.readLine(data, at)
      else at = this.readBody(data, at)
    }
    return at
  }
  // The connection has ended.
  finish() {
    if (this.state === TO_END) this.end(undefined)
    else if (this.state !== HEAD && this.state !== DONE || this.pending !== '') {
      throw failure('HPE_INVALID_EOF_STATE', 'Invalid EOF state')
    }
  }
  end(trailers) {
    this.state = HEAD
    this.isStarted = false
    this.owner.complete(trailers)
  }
  readBody(data, at) {
    const count = this.state === TO_END ? data.length - at : $Math.min(this.left, data.length - at)
    const chunk = at === 0 && count === data.length ? data : data.subarray(at, at + count)
    if (this.state !== TO_END) this.left -= count
    this.owner.body(chunk)
    if (this.state === LENGTH && this.left === 0) this.end(undefined)
    else if (this.state === CHUNK && this.left === 0) this.state = CHUNK_END
    return at + count
  }
  // A line of the chunked form: a size, or the empty line after a chunk.
  readLine(data, at) {
    const stop = data.indexOf(10, at)
    if (stop < 0) {
      this.pending += data.toString('latin1', at)
      if (this.pending.length > this.maxHeaderSize) throw failure('HPE_CHUNK_EXTENSIONS_OVERFLOW', 'Chunk extensions overflow')
      return data.length
    }
    const line = this.pending + data.toString('latin1', at, stop)
    this.pending = ''
    const text = line.endsWith('\r') ? $slice(line, 0, -1) : line
    if (this.state === CHUNK_END) {
      if (text !== '') throw failure('HPE_STRICT', 'Expected LF after chunk data')
      this.state = CHUNK_SIZE
      return stop + 1
    }
    const size = /^([0-9a-fA-F]+)[ \t]*(?:;.*)?$/.exec(text)
    if (size === null) throw failure('HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk size')
    this.left = $Number.parseInt(size[1], 16)
    this.state = this.left === 0 ? TRAILERS : CHUNK
    return stop + 1
  }
  readHead(data, at) {
    if (this.state === HEAD && !this.isStarted) {
      // Empty lines between messages.
      while (at < data.length && this.pending === '' && (data[at] === 13 || data[at] === 10)) at++
      if (at === data.length) return at
      this.isStarted = true
      this.owner.begin?.()
    }
    const before = this.pending
    // The end of the head may lie across two chunks.
    const from = $Math.max(0, before.length - 3)
    const text = before + data.toString('latin1', at, $Math.min(data.length, at + this.maxHeaderSize + 4))
    let stop, size
    if (this.state === TRAILERS && text.startsWith('\r\n')) {
      [stop, size] = [0, 2]
    } else {
      stop = text.indexOf('\r\n\r\n', from)
      size = 4
    }
    if (stop < 0) {
      if (this.state === HEAD) this.checkStart(text)
      if (text.length > this.maxHeaderSize) throw failure('HPE_HEADER_OVERFLOW', 'Header overflow')
      this.pending = text
      return data.length
    }
    if (stop > this.maxHeaderSize) throw failure('HPE_HEADER_OVERFLOW', 'Header overflow')
    this.pending = ''
    const next = at + stop + size - before.length
    const lines = stop === 0 ? [] : $slice(text, 0, stop).split('\r\n')
    if (this.state === TRAILERS) this.end(this.fields(lines, 0))
    else this.take(lines)
    return next
  }
  // A first line that can be none is refused before the head is complete.
  checkStart(text) {
    if (this.isServer) {
      const method = /^[^ \r\n]*/.exec(text)[0]
      if (method.length === text.length ? !METHODS.some((each) => each.startsWith(method)) : !methods.has(method)) {
        const error = failure('HPE_INVALID_METHOD', 'Invalid method encountered')
        let known = 1
        while (METHODS.some((each) => each.startsWith($slice(method, 0, known + 1)))) known++
        error.bytesParsed = known
        throw error
      }
    } else if (!'HTTP/'.startsWith($slice(text, 0, 5))) {
      throw failure('HPE_INVALID_CONSTANT', 'Expected HTTP/, RTSP/ or ICE/')
    }
  }
  fields(lines, first) {
    const list = []
    for (let i = first; i < lines.length; i++) {
      const line = lines[i], colon = line.indexOf(':')
      if (line[0] === ' ' || line[0] === '\t') {
        if (list.length === 0) throw failure('HPE_INVALID_HEADER_TOKEN', 'Unexpected space after start line')
        list[list.length - 1] += ` ${line.trim()}`
        continue
      }
      const name = $slice(line, 0, colon < 0 ? line.length : colon)
      if (colon <= 0 || !this.lenient && !/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(name)) {
        throw failure('HPE_INVALID_HEADER_TOKEN', 'Invalid header token')
      }
      const value = $slice(line, colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')
      if (!this.lenient && /[^\t\x20-\x7e\x80-\xff]/.test(value)) {
        if (value.includes('\r')) throw failure('HPE_LF_EXPECTED', 'Missing expected LF after header value')
        if (value.includes('\n')) throw failure('HPE_CR_EXPECTED', 'Missing expected CR after header value')
        throw failure('HPE_INVALID_HEADER_TOKEN', 'Invalid header value char')
      }
      list.push(name, value)
    }
    return list
  }
  startLine(line) {
    if (this.isServer) {
      this.checkStart(line)
      const parts = /^(\S+) (\S+)(?: HTTP\/(\d)\.(\d))?$/.exec(line)
      if (parts === null) throw failure('HPE_INVALID_CONSTANT', 'Expected HTTP/, RTSP/ or ICE/')
      if (parts[3] !== '1' && parts[3] !== undefined && !(parts[3] === '0' && parts[4] === '9')) throw failure('HPE_INVALID_VERSION', 'Invalid HTTP version')
      return { method: parts[1], url: parts[2], versionMajor: +(parts[3] ?? 0), versionMinor: +(parts[4] ?? 9) }
    }
    const parts = /^HTTP\/(\d)\.(\d) (\d{3})(?: (.*))?$/.exec(line)
    if (parts === null) {
      throw line.startsWith('HTTP/') ? failure('HPE_INVALID_STATUS', 'Invalid status code') : failure('HPE_INVALID_CONSTANT', 'Expected HTTP/, RTSP/ or ICE/')
    }
    return { statusCode: +parts[3], statusMessage: parts[4] ?? '', versionMajor: +parts[1], versionMinor: +parts[2] }
  }
  // A whole head.
  take(lines) {
    const head = this.startLine(lines[0])
    const headers = head.headers = this.fields(lines, 1)
    let length, isChunked = false, wasChunked = false, hasCoding = false, connection = '', upgrade = false
    for (let i = 0; i < headers.length; i += 2) {
      const name = headers[i].toLowerCase(), value = headers[i + 1]
      if (name === 'content-length') {
        if (!/^\d+$/.test(value)) throw failure('HPE_INVALID_CONTENT_LENGTH', 'Invalid character in Content-Length')
        if (length !== undefined && !this.lenient) throw failure('HPE_UNEXPECTED_CONTENT_LENGTH', 'Content-Length already present')
        if (hasCoding && !this.lenient) throw failure('HPE_UNEXPECTED_CONTENT_LENGTH', 'Content-Length can\'t be present with Transfer-Encoding')
        length = +value
      } else if (name === 'transfer-encoding') {
        if (length !== undefined && !this.lenient) {
          throw failure('HPE_INVALID_TRANSFER_ENCODING', 'Transfer-Encoding can\'t be present with Content-Length')
        }
        hasCoding = true
        wasChunked ||= /(?:^|,)[ \t]*chunked[ \t]*(?:,|$)/i.test(value)
        isChunked = /(?:^|,)[ \t]*chunked[ \t]*$/i.test(value)
      } else if (name === 'connection') {
        connection += `,${value.toLowerCase()}`
      } else if (name === 'upgrade') {
        upgrade = true
      }
    }
    const says = (word) => connection.split(',').some((part) => part.trim() === word)
    const isNew = head.versionMajor > 1 || head.versionMajor === 1 && head.versionMinor > 0
    head.upgrade = head.method === 'CONNECT' || upgrade && says('upgrade') && (this.isServer || head.statusCode === 101)
    const hasEnd = this.isServer || length !== undefined || isChunked || head.statusCode < 200 || head.statusCode === 204 || head.statusCode === 304
    head.keepAlive = (isNew ? !says('close') : says('keep-alive')) && hasEnd
    const isInvalid = this.isServer && hasCoding && !isChunked && !this.lenient
    const skip = isInvalid && wasChunked ? 0 : this.owner.head(head)
    if (isInvalid) throw failure('HPE_INVALID_TRANSFER_ENCODING', 'Request has invalid `Transfer-Encoding`')
    if (skip === 2) {
      this.state = DONE
      this.owner.complete(undefined)
    } else if (skip === 1 || !isChunked && (length === 0 || length === undefined && hasEnd && !hasCoding) ||
        !this.isServer && (head.statusCode < 200 || head.statusCode === 204 || head.statusCode === 304)) {
      this.end(undefined)
    } else if (isChunked) {
      this.state = CHUNK_SIZE
    } else if (length !== undefined) {
      this.left = length
      this.state = LENGTH
    } else {
      this.state = TO_END
    }
  }
}

module.exports = { Parser }
