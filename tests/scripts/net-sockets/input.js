// A network within the session: servers, sockets, and what they refuse.
const net = require('net')
const { once } = require('events')
const log = (...values) => console.log(...values)
const listening = async (server, ...where) => {
  server.listen(...where)
  await once(server, 'listening')
  return server.address()
}

async function echo() {
  const server = net.createServer((socket) => {
    log('connection', server._connections, socket.constructor === net.Socket, socket.server === server)
    socket.setEncoding('utf8')
    socket.on('data', (text) => { log('server got', text); socket.write(text.toUpperCase()) })
    socket.on('end', () => log('server end'))
    socket.on('close', (failed) => log('server socket closed', failed))
  })
  const { port, family } = await listening(server, 0)
  log(typeof port, family, server.listening)
  const client = net.connect(port)
  log(client.connecting, client.pending, client.readyState, client.remoteAddress)
  client.on('lookup', (error, address) => log('lookup', error, typeof address))
  client.on('connect', () => log('connect', client.connecting, client.readyState, client.remotePort === port))
  client.on('ready', () => { log('ready'); client.write('a'); client.write('b', () => log('written', client.bytesWritten)) })
  client.on('data', (chunk) => { log('client got', String(chunk), client.bytesRead); client.end() })
  client.on('finish', () => log('finish'))
  client.on('end', () => log('end'))
  await once(client, 'close')
  log(client.destroyed, client.readyState, server._connections)
  server.getConnections((error, count) => log('connections', error, count))
  server.close(() => log('server closed'))
  await once(server, 'close')
  server.close((error) => log(error.code))
  log(server.address(), server.listening)
}

async function refused() {
  const closed = net.createServer(), { port } = await listening(closed, 0)
  closed.close()
  const [error] = await once(net.connect(port, '127.0.0.1'), 'error')
  log(error.code, error.syscall, error.errno, error.address, error.port === port, error.message === `connect ECONNREFUSED 127.0.0.1:${port}`)
  const one = net.createServer(), { port: taken } = await listening(one, 0)
  const two = net.createServer()
  two.listen(taken)
  const [inUse] = await once(two, 'error')
  log(inUse.code, inUse.syscall)
  try { one.listen(0) } catch (failure) { log(failure.code) }
  one.close()
  for (const call of [() => net.connect(), () => net.connect(70000), () => net.connect({ port: true }), () => net.createServer().listen(-1),
    () => net.createServer().listen({}), () => new net.Socket({ objectMode: true }), () => new net.Socket().setTimeout('1'),
    () => new net.Socket().setTimeout(-1), () => net.createServer('no')]) {
    try { call(); log('is taken') } catch (failure) { log(failure.name, failure.code) }
  }
}

async function ends() {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('end', () => { log('half open', socket.writable); socket.end('bye') }).resume()
  })
  const { port } = await listening(server, 0)
  const client = net.connect({ port, allowHalfOpen: false })
  client.end('hi')
  client.setEncoding('latin1')
  for await (const text of client) log(text)
  server.close()
  await once(server, 'close')
  const idle = net.createServer((socket) => socket.setTimeout(20, () => { log('timeout', socket.timeout); socket.destroy() }))
  const quiet = net.connect((await listening(idle, 0)).port)
  quiet.resume()
  await once(quiet, 'close')
  idle.close()
  const full = net.createServer()
  full.maxConnections = 1
  full.on('connection', () => log('one connection'))
  full.on('drop', ({ localFamily }) => log('drop', typeof localFamily))
  const first = net.connect((await listening(full, 0)).port)
  await once(first, 'connect')
  const dropped = net.connect(full.address().port)
  dropped.on('error', () => {}).resume()
  await once(dropped, 'close')
  first.end().resume()
  full.close()
  const never = new net.Socket()
  never.write('x', (error) => log(error.code))
  never.on('error', (error) => log('socket', error.code))
}

async function large() {
  const server = net.createServer((socket) => socket.on('data', (chunk) => { most = Math.max(most, chunk.length); bytes += chunk.length }))
  let bytes = 0, most = 0
  const client = net.connect((await listening(server, 0)).port)
  const chunk = Buffer.alloc(1 << 20, 'x')
  log(client.write(chunk), client.writableNeedDrain)
  for (let i = 0; i < 2; i++) await new Promise((resolve) => client.write(chunk, resolve))
  client.end()
  client.resume()
  await once(client, 'close')
  log(bytes, most <= 65536)
  server.close()
  log(net.isIP('127.0.0.1'), net.isIP('::1'), net.isIP('1.2.3'), net.isIPv4('256.1.1.1'), net.isIPv6('fe80::1%eth0'), net.isIPv6('1:2'))
}

(async () => {
  for (const part of [echo, refused, ends, large]) {
    log(`-- ${part.name}`)
    await part()
  }
})()
