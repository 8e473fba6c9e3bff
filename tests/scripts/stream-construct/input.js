// `construct` of streams: reading, writing and destroying wait for it.
const { Readable, Writable, Duplex } = require('stream')
const later = (work) => setTimeout(work, 5)

const readable = new Readable({
  construct(callback) {
    console.log('construct')
    later(() => {
      this.left = 3
      console.log('constructed')
      callback()
    })
  },
  read(size) {
    console.log('read', size, this.left)
    this.push(this.left-- > 0 ? 'x' : null)
  },
})
console.log('made')
readable.on('data', (chunk) => console.log(`${chunk}`)).on('end', () => console.log('end')).on('close', () => console.log('close'))

const writable = new Writable({
  construct: (callback) => later(callback),
  write(chunk, encoding, callback) {
    console.log('write', `${chunk}`)
    callback()
  },
  final(callback) {
    console.log('final')
    callback()
  },
})
console.log(writable.write('a'), writable.writableLength)
writable.end('b', () => console.log('ended'))
writable.on('finish', () => console.log('finish')).on('close', () => console.log('writable closed'))

const failing = new Writable({ construct: (callback) => later(() => callback(new Error('no room'))), write() {} })
failing.write('a', (error) => console.log('write failed:', error.message))
failing.on('error', (error) => console.log('error:', error.message, failing.destroyed)).on('close', () => console.log('failing closed'))

const dropped = new Readable({
  construct: (callback) => later(() => { console.log('late'); callback() }),
  destroy(error, callback) {
    console.log('destroy', error?.message)
    callback(error)
  },
})
dropped.destroy(new Error('dropped'))
dropped.on('error', (error) => console.log(error.message))

const throwing = new Duplex({ construct() { throw new Error('thrown') } })
throwing.on('error', (error) => console.log(error.message))

const both = new Duplex({
  construct(callback) {
    console.log('both')
    process.nextTick(callback)
  },
  read() { this.push(null) },
  write(chunk, encoding, callback) {
    console.log('both wrote', `${chunk}`)
    callback()
  },
})
both.end('c')
both.on('end', () => console.log('both ended')).on('close', () => console.log('both closed')).resume()

const twice = new Writable({ construct(callback) { callback(); callback() }, write() {} })
twice.on('error', (error) => console.log(error.code))
