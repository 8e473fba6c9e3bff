'use strict'
// The module `net`: a network within the session.

const { Socket } = require('internal/net/socket')
const { Server } = require('internal/net/server')
const { isIP, isIPv4, isIPv6, connectArguments } = require('internal/net/addresses')

function connect(...args) {
  const normal = connectArguments(args), [options] = normal
  const socket = new Socket(options)
  if (options.timeout) socket.setTimeout(options.timeout)
  return socket.connect(normal)
}

module.exports = {
  connect,
  createConnection: connect,
  createServer: (options, listener) => new Server(options, listener),
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket,
  getDefaultAutoSelectFamily: () => true,
  setDefaultAutoSelectFamily() {},
}
