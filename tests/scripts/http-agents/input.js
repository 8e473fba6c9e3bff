// Agents: which sockets are in use, which wait, and which requests do.
const http = require('http')
const { once } = require('events')
const log = (...values) => console.log(...values)
const short = (lists, port) => Object.fromEntries(Object.keys(lists).map((key) => [key.replace(port, 'PORT'), lists[key].length]))

async function main() {
  let connections = 0
  const server = http.createServer((request, response) => setTimeout(() => response.end(request.url), 5))
  server.on('connection', () => connections++)
  server.listen(0)
  await once(server, 'listening')
  const { port } = server.address()
  const show = (agent, label) => log(label, short(agent.sockets, port), short(agent.freeSockets, port), short(agent.requests, port), agent.totalSocketCount)

  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 })
  log(agent.getName({ port: 1 }), agent.getName({ host: 'h', port: 2, localAddress: '3', family: 4 }), agent.maxFreeSockets, agent.scheduling)
  const get = (path, options) => new Promise((resolve, reject) => {
    const request = http.get({ port, path, agent, ...options }, (response) => {
      response.resume()
      response.on('end', () => setImmediate(resolve, request))
    }).on('error', reject)
  })
  const all = [get('/1'), get('/2'), get('/3'), get('/4')]
  show(agent, 'asked')
  const done = await Promise.all(all)
  log(done.map((request) => request.reusedSocket), connections)
  show(agent, 'answered')
  log((await get('/5')).reusedSocket, connections)
  await get('/6', { headers: { Connection: 'close' } })
  show(agent, 'one closed')
  agent.destroy()
  await new Promise((resolve) => setTimeout(resolve, 5))
  show(agent, 'destroyed')

  const plain = new http.Agent()
  const before = connections
  await get('/7', { agent: plain })
  await get('/8', { agent: plain })
  log(connections - before, short(plain.sockets, port), short(plain.freeSockets, port))

  const queued = new http.Agent({ maxSockets: 1 })
  const answers = []
  const first = http.get({ port, agent: queued, path: '/first' }, (response) => response.resume())
  const second = http.get({ port, agent: queued, path: '/second' }, () => answers.push('second'))
  second.on('error', (error) => answers.push(error.code)).on('abort', () => answers.push('abort')).on('close', () => answers.push('close'))
  log(short(queued.requests, port))
  second.abort()
  await once(first, 'close')
  await new Promise((resolve) => setTimeout(resolve, 20))
  log(answers, second.destroyed, second.aborted)

  const total = new http.Agent({ keepAlive: true, maxTotalSockets: 1 })
  await Promise.all([get('/a', { agent: total }), get('/b', { agent: total, localAddress: '127.0.0.1' })])
  log(total.totalSocketCount)
  total.destroy()
  for (const options of [{ scheduling: 'x' }, { maxTotalSockets: 0 }, { maxTotalSockets: 'x' }]) {
    try { new http.Agent(options) } catch (error) { log(error.name, error.code, error.message) }
  }
  log(http.globalAgent.keepAlive, http.globalAgent.options.timeout, http.globalAgent.options.scheduling)

  const kept = new http.Agent({ keepAlive: true })
  const last = await get('/kept', { agent: kept })
  log(last.shouldKeepAlive, last.socket.timeout, last.res.headers['keep-alive'])
  const idle = last.socket
  server.closeIdleConnections()
  await once(idle, 'close')
  log(short(kept.freeSockets, port))
  const open = http.get({ port, agent: kept, path: '/open' })
  open.on('error', (error) => log(error.code))
  await once(open, 'socket')
  await once(open.socket, 'connect')
  server.close(() => log('closed'))
  server.closeAllConnections()
}

main()
