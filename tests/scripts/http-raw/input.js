// http as bytes on sockets: what a server sends, how it reads, and what it answers to what is no http.
const http = require('http')
const net = require('net')
const { once } = require('events')
const log = (...values) => console.log(...values)

async function serve(server) {
  server.listen(0)
  await once(server, 'listening')
  return server
}

// Everything that a server answers to some bytes.
async function exchange(server, ...parts) {
  const socket = net.connect(server.address().port)
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => (text += chunk))
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.on('close', resolve))
  for (const part of parts) {
    socket.write(part, 'latin1')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  socket.end()
  await closed
  return text.replace(/Date: [^\r]*\r\n/g, '').replace(/\r\n/g, '|')
}

async function main() {
  const server = await serve(http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      if (request.url === '/chunks') {
        response.write('one')
        response.write('two')
      }
      response.end(`${request.method} ${request.url} ${body} ${JSON.stringify(request.trailers)}`)
    })
  }))
  const host = 'Host: x\r\n'
  log(await exchange(server, `GET / HTTP/1.1\r\n${host}\r\n`))
  log(await exchange(server, `GET /chunks HTTP/1.1\r\n${host}Connection: close\r\n\r\n`))
  log(await exchange(server, 'GET /old HTTP/1.0\r\n\r\n'))
  log(await exchange(server, 'GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'))
  log(await exchange(server, `HEAD / HTTP/1.1\r\n${host}\r\n`))
  log('-- in pieces')
  log(await exchange(server, 'POST /p HT', `TP/1.1\r\n${host}Content-Le`, 'ngth: 5\r\n\r', '\nab', 'cde'))
  log(await exchange(server, `POST /c HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n3\r\nab`, 'c\r\n2;x=y\r\nde\r', '\n0\r\nX-T: 1\r\n\r\n'))
  log('-- one after the other')
  log(await exchange(server, `GET /1 HTTP/1.1\r\n${host}\r\nGET /2 HTTP/1.1\r\n${host}\r\nGET /3 HTTP/1.1\r\n${host}Connection: close\r\n\r\n`))
  log('-- refused')
  for (const bad of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', `GET / HTTP/1.1\r\n${host}no colon\r\n\r\n`, `POST / HTTP/1.1\r\n${host}Content-Length: x\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, `GET / HTTP/1.1\r\n${host}Long: ${'x'.repeat(20000)}\r\n\r\n`,
    `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nzz\r\n`]) {
    log(await exchange(server, bad))
  }
  server.once('clientError', (error, socket) => { log(error.code, error.message, socket.writable); socket.end('HTTP/1.1 400 Own\r\n\r\n') })
  log(await exchange(server, 'nonsense\r\n\r\n'))
  server.close()

  const limited = await serve(http.createServer({ keepAliveTimeout: 30, requestTimeout: 60, headersTimeout: 40, connectionsCheckingInterval: 10 }, (request, response) => response.end('ok')))
  limited.maxRequestsPerSocket = 2
  log(await exchange(limited, `GET / HTTP/1.1\r\n${host}\r\n`, `GET / HTTP/1.1\r\n${host}\r\n`))
  const slow = net.connect(limited.address().port)
  slow.setEncoding('latin1')
  slow.write('GET / HTTP/1.1\r\n')
  for await (const text of slow) log(text.replace(/\r\n/g, '|'))
  limited.close()

  // Answers of a server that is none of Node's.
  for (const answer of ['HTTP/1.1 200 OK\r\n\r\nto the end', 'HTTP/1.0 404 Gone\r\nContent-Length: 3\r\n\r\nabc', 'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort', 'rubbish\r\n\r\n', '']) {
    const other = await serve(net.createServer((socket) => socket.once('data', () => socket.end(answer))))
    await new Promise((resolve) => {
      const request = http.get({ port: other.address().port, agent: false }, (response) => {
        let text = ''
        response.setEncoding('latin1')
        response.on('data', (chunk) => (text += chunk))
        response.on('error', (error) => log('response', error.code, error.message))
        response.on('close', () => { log(response.statusCode, response.statusMessage, text, response.complete); resolve() })
      })
      request.on('error', (error) => { log('request', error.code, error.message); resolve() })
    })
    other.close()
  }
}

main()
