'use strict'
// The module `http`, on the network within the session (`net`): its servers answer requests of this session only.

const { METHODS, STATUS_CODES, validateHeaderName, validateHeaderValue, maxHeaderSize } = require('internal/http/common')
const { IncomingMessage } = require('internal/http/incoming')
const { OutgoingMessage } = require('internal/http/outgoing')
const { ServerResponse } = require('internal/http/response')
const { Server, connectionListener } = require('internal/http/server')

function later(name, module) {
  let value
  return {
    configurable: true,
    enumerable: true,
    get: () => value ?? require(module)[name],
    set(given) {
      value = given
    },
  }
}

function request(url, options, callback) {
  const { ClientRequest } = require('internal/http/client')
  return new ClientRequest(url, options, callback)
}

function get(url, options, callback) {
  const sent = request(url, options, callback)
  sent.end()
  return sent
}

module.exports = {
  _connectionListener: connectionListener,
  METHODS,
  STATUS_CODES,
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer: (options, listener) => new Server(options, listener),
  validateHeaderName,
  validateHeaderValue,
  get,
  request,
  setMaxIdleHTTPParsers(count) {
    if (typeof count !== 'number') throw $Helpers.argumentTypeError('max', ['number'], count)
    if (!$Number.isInteger(count)) throw $Helpers.rangeErrorOf('max', 'an integer', count)
    if (count < 1) throw $Helpers.rangeErrorOf('max', `>= 1 && <= ${$Number.MAX_SAFE_INTEGER}`, count)
  },
  maxHeaderSize,
}
// A server alone needs no client.
$Object.defineProperties(module.exports, {
  Agent: later('Agent', 'internal/http/agent'),
  ClientRequest: later('ClientRequest', 'internal/http/client'),
  globalAgent: later('globalAgent', 'internal/http/agent'),
  load: { value: (options) => require('internal/http/load').load(options), enumerable: false },
})
