// Requests and responses: heads, bodies, events in their order, and what is refused.
const http = require('http')
const { once } = require('events')
const log = (...values) => console.log(...values)

async function serve(listener, options) {
  const server = options ? http.createServer(options, listener) : http.createServer(listener)
  server.listen(0)
  await once(server, 'listening')
  return server
}

function ask(server, options, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: server.address().port, ...options }, async (response) => {
      response.setEncoding('utf8')
      let text = ''
      try {
        for await (const part of response) text += part
        resolve({ response, text, request })
      } catch (error) {
        reject(error)
      }
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function order() {
  const server = await serve((request, response) => {
    log(request.method, request.url, request.httpVersion, request.headers.host.startsWith('localhost:'), request.rawHeaders.filter((_, i) => i % 2 === 0))
    for (const name of ['end', 'close']) request.on(name, () => log('request', name, request.complete))
    for (const name of ['prefinish', 'finish', 'close']) response.on(name, () => log('response', name, response.writableEnded, response.writableFinished))
    let size = 0
    request.on('data', (chunk) => (size += chunk.length))
    request.on('end', () => {
      response.setHeader('X-List', ['1', '2'])
      response.writeHead(201, { 'Content-Type': 'text/plain' })
      response.write(`got ${size}`)
      log(response.headersSent, response._header.replace(/Date: .*\r\n/, ''))
      response.end('.')
    })
  })
  const request = http.request(`http://localhost:${server.address().port}/path?a=1`, { method: 'POST' }, (response) => {
    log(response.statusCode, response.statusMessage, response.headers['x-list'], response.headers['transfer-encoding'])
    response.on('data', (chunk) => log('data', String(chunk)))
    response.on('end', () => log('end', response.complete))
    response.on('close', () => { log('client response close'); server.close(() => log('server close')) })
  })
  for (const name of ['socket', 'finish', 'response', 'close']) request.on(name, () => log('client', name))
  request.write('hello')
  request.end(' world')
  await once(server, 'close')
}

async function heads() {
  const server = await serve((request, response) => {
    if (request.url === '/204') response.writeHead(204)
    if (request.url === '/raw') response.writeHead(200, 'Fine', ['A', '1', 'A', '2', 'Content-Length', '2'])
    if (request.url === '/reflect') response.setHeader('x-seen', JSON.stringify([request.headers, request.headersDistinct['x-two']]).replace(/:\d{4,5}"/, '"'))
    if (request.url === '/cookies') response.setHeader('Set-Cookie', ['a=1', 'b=2'])
    if (request.url === '/trailers') {
      response.writeHead(200, { Trailer: 'X-Sum' })
      response.write('body')
      response.addTrailers({ 'X-Sum': '4' })
      response.end()
      return
    }
    response.end(request.method === 'HEAD' ? 'no body' : 'ok')
  })
  for (const path of ['/', '/204', '/raw', '/cookies', '/trailers']) {
    const { response, text } = await ask(server, { path })
    delete response.headers.date
    log(path, response.statusCode, response.statusMessage, text, response.headers, response.trailers)
  }
  const { response, text } = await ask(server, { path: '/reflect', headers: { 'X-Two': ['a', 'b'], Cookie: ['c=1', 'd=2'], 'User-Agent': 'test' } })
  log(text, response.headers['x-seen'])
  const head = await ask(server, { method: 'HEAD' })
  log(head.response.headers['content-length'], JSON.stringify(head.text))
  server.close()
}

async function early() {
  const server = http.createServer((request, response) => {
    response.writeProcessing()
    response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
    response.end('done')
  })
  server.on('checkExpectation', (request, response) => { response.statusCode = 417; response.end() })
  server.listen(0)
  await once(server, 'listening')
  const request = http.request({ port: server.address().port, method: 'POST', headers: { Expect: '100-continue' } })
  request.on('continue', () => { log('continue'); request.end('body') })
  request.on('information', ({ statusCode, headers }) => log('information', statusCode, headers))
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
  const other = await ask(server, { headers: { Expect: 'magic' } })
  log(other.response.statusCode)
  server.on('upgrade', (upgrading, socket) => { socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: own\r\nConnection: Upgrade\r\n\r\n'); socket.end('raw') })
  const upgrade = http.get({ port: server.address().port, headers: { Connection: 'Upgrade', Upgrade: 'own' } })
  const [{ statusCode }, socket] = await once(upgrade, 'upgrade')
  let text = ''
  for await (const chunk of socket) text += chunk
  log(statusCode, text)
  server.close()
}

async function broken() {
  const server = await serve((request, response) => {
    if (request.url === '/destroy') request.socket.destroy()
    if (request.url === '/half') { response.writeHead(200, { 'Content-Length': 10 }); response.write('half'); setTimeout(() => response.destroy(), 5) }
    if (request.url === '/endless') response.write('never ends')
    if (request.url === '/slow') request.on('error', (error) => log('server request', error.code)).on('aborted', () => log('aborted'))
  })
  await ask(server, { path: '/destroy' }).catch((error) => log(error.code, error.message))
  await ask(server, { path: '/half' }).catch((error) => log(error.code, error.message))
  const cut = http.get({ port: server.address().port, path: '/endless' })
  cut.on('error', (error) => log('cut', error.message)).on('close', () => log('cut closed'))
  const [endless] = await once(cut, 'response')
  endless.on('error', (error) => log('response', error.code))
  setTimeout(() => cut.destroy(new Error('enough')), 5)
  try {
    for await (const chunk of endless) log(String(chunk))
  } catch (error) {
    log(error.code, endless.complete, endless.aborted)
  }
  const timed = http.get({ port: server.address().port, path: '/slow', timeout: 30 })
  timed.on('timeout', () => { log('timeout'); timed.destroy() })
  const [error] = await once(timed, 'error')
  await new Promise((resolve) => setTimeout(resolve, 5))
  log(error.code, timed.destroyed)
  const controller = new AbortController()
  const aborted = http.get({ port: server.address().port, path: '/slow', signal: controller.signal })
  setTimeout(() => controller.abort(), 5)
  const [reason] = await once(aborted, 'error')
  await new Promise((resolve) => setTimeout(resolve, 5))
  log(reason.name, reason.code)
  const { port } = server.address()
  server.close()
  const [refusal] = await once(http.get({ host: '127.0.0.1', port }), 'error')
  log(refusal.code)
}

async function refusals() {
  const server = await serve((request, response) => {
    const tries = {
      name: () => response.setHeader('a b', 1), value: () => response.setHeader('a'), char: () => response.setHeader('a', '\n'),
      status: () => response.writeHead(99), text: () => response.writeHead(200, 'a\nb'), chunk: () => response.write(1), none: () => response.write(null),
      headers: () => response.setHeaders([1]), trailer: () => response.addTrailers({ 'a b': 1 }),
    }
    for (const name of Object.keys(tries)) {
      try { tries[name](); log(name, 'is taken') } catch (error) { log(name, error.name, error.code, error.message) }
    }
    response.statusMessage = 'Fine'
    response.appendHeader('x-a', '1').appendHeader('x-a', '2')
    log(response.getHeader('X-A'), response.getHeaderNames(), response.hasHeader('x-b'), response.getHeaders())
    response.end('ok')
    for (const call of [() => response.setHeader('x', 'y'), () => response.writeHead(200), () => response.removeHeader('x')]) {
      try { call() } catch (error) { log(error.code, error.message) }
    }
    response.on('error', (error) => log('error', error.code))
    response.write('late', (error) => log('late', error.code))
    response.end((error) => log('twice', error?.code))
  })
  await ask(server, {})
  server.close()
  const calls = {
    path: () => http.get({ path: '/a b' }), method: () => http.get({ method: 'A B' }), methodType: () => http.get({ method: 1 }),
    protocol: () => http.get('ftp://x/'), url: () => http.get('nowhere'), host: () => http.get({ host: 1 }), agent: () => http.get({ agent: 1 }),
    timeout: () => http.get({ timeout: 'x' }), hostList: () => http.get({ headers: { host: [] } }), insecure: () => http.get({ insecureHTTPParser: 1 }),
    server: () => http.createServer({ requestTimeout: 'x' }), serverOptions: () => http.createServer('x'), keep: () => http.createServer({ keepAliveTimeout: -1 }),
    name: () => http.validateHeaderName('a b'), value: () => http.validateHeaderValue('x', undefined),
  }
  for (const name of Object.keys(calls)) {
    try { calls[name](); log(name, 'is taken') } catch (error) { log(name, error.name, error.code) }
  }
}

(async () => {
  for (const part of [order, heads, early, broken, refusals]) {
    log(`-- ${part.name}`)
    await part()
  }
})()
