'use strict'
// The lines of a head: those that a message was given, and those that it needs besides.

const { validateHeaderName, validateHeaderValue, utcDate } = require('internal/http/common')
const { Buffer } = $globalThis

const uniqueHeaders = $Symbol('kUniqueHeaders')

function put(message, state, name, value, check) {
  if (check) validateHeaderName(name)
  // The name of a file may be text of any kind, given as bytes.
  if (message._contentLength && name.length === 19 && name.toLowerCase() === 'content-disposition') {
    value = $Array.isArray(value) ? value.map(fromBytes) : fromBytes(value)
    check = false
  }
  if ($Array.isArray(value)) {
    const unique = message[uniqueHeaders]
    if ((value.length < 2 || !/^cookie$/i.test(name)) && (!unique || !unique.has(name.toLowerCase()))) {
      for (const each of value) line(message, state, name, each, check)
      return
    }
    value = value.join('; ')
  }
  line(message, state, name, value, check)
}

const fromBytes = (text) => Buffer.from(text, 'latin1').toString()

function line(message, state, name, value, check) {
  if (check) validateHeaderValue(name, value)
  state.text += `${name}: ${value}\r\n`
  switch (name.toLowerCase()) {
    case 'connection':
      state.connection = true
      message._removedConnection = false
      if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true
      else message.shouldKeepAlive = true
      break
    case 'transfer-encoding':
      state.te = true
      message._removedTE = false
      if (/(?:^|\W)chunked(?:$|\W)/i.test(value)) message.chunkedEncoding = true
      break
    case 'content-length':
      state.contLen = true
      message._contentLength = +value
      message._removedContLen = false
      break
    case 'date':
    case 'expect':
    case 'trailer':
      state[name.toLowerCase()] = true
      break
    case 'keep-alive':
      message._defaultKeepAlive = false
  }
}

// What the message has not said itself: the date, what becomes of the connection, and where the body ends.
function complete(message, state) {
  if (message.sendDate && !state.date) state.text += `Date: ${utcDate()}\r\n`
  const { statusCode } = message
  if (message.chunkedEncoding && (statusCode === 204 || statusCode === 304)) {
    message.chunkedEncoding = false
    message.shouldKeepAlive = false
  }
  if (message._removedConnection) {
    message._last = !message.shouldKeepAlive
  } else if (!state.connection) {
    const keep = message.shouldKeepAlive && (state.contLen || message.useChunkedEncodingByDefault || message.agent)
    if (keep && message.maxRequestsOnConnectionReached) {
      state.text += 'Connection: close\r\n'
    } else if (keep) {
      state.text += 'Connection: keep-alive\r\n'
      if (message._keepAliveTimeout && message._defaultKeepAlive) {
        const most = message._maxRequestsPerSocket > 0 ? `, max=${message._maxRequestsPerSocket}` : ''
        state.text += `Keep-Alive: timeout=${$Math.floor(message._keepAliveTimeout / 1000)}${most}\r\n`
      }
    } else {
      message._last = true
      state.text += 'Connection: close\r\n'
    }
  }
  if (state.contLen || state.te) return
  if (!message._hasBody) {
    message.chunkedEncoding = false
  } else if (!message.useChunkedEncodingByDefault) {
    message._last = true
  } else if (!state.trailer && !message._removedContLen && typeof message._contentLength === 'number') {
    state.text += `Content-Length: ${message._contentLength}\r\n`
  } else if (!message._removedTE) {
    state.text += 'Transfer-Encoding: chunked\r\n'
    message.chunkedEncoding = true
  } else {
    message._last = true
  }
}

module.exports = { put, complete, uniqueHeaders }
