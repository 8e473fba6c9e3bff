// In which order streams of files that do not open, and those piped to them, say so.
const fs = require('fs'), os = require('os'), path = require('path')
const { pipeline, PassThrough, Readable, Writable } = require('stream')
const there = path.join(os.tmpdir(), 'stream-file-errors.in'), target = path.join(os.tmpdir(), 'stream-file-errors.out')
fs.writeFileSync(there, 'hello')

function watched(streams) {
  for (const [name, stream] of Object.entries(streams)) {
    for (const event of ['open', 'ready', 'error', 'close', 'finish', 'end', 'unpipe', 'data']) {
      stream.on(event, (given) => console.log(name, event, given?.code ?? given?.length ?? ''))
    }
  }
  return Object.values(streams)
}

// Opened long after a file that is not there has failed.
const slow = () => new Writable({
  construct: (callback) => setTimeout(() => {
    console.log('opened')
    callback()
  }, 10),
  write() {},
})

const steps = [
  (next) => {
    const reader = fs.createReadStream('/nope/a')
    reader.on('error', (error) => console.log(error.code, error.syscall, reader.destroyed, reader.pending, reader.fd))
    reader.on('close', next)
    process.nextTick(console.log, 'tick')
  },
  (next) => pipeline(...watched({ reader: fs.createReadStream('/nope/a'), writer: slow() }), next),
  (next) => pipeline(...watched({ reader: new Readable({ read() {} }), writer: fs.createWriteStream('/nope/a') }), next),
  (next) => pipeline(...watched({ reader: fs.createReadStream('/nope/a'), through: new PassThrough(), writer: slow() }), next),
  (next) => require('stream/promises').pipeline(fs.createReadStream('/nope/a'), fs.createWriteStream('/nope/b')).catch(next),
  (next) => {
    const [reader] = watched({ reader: fs.createReadStream(there) })
    reader.on('open', () => reader.destroy(new Error('of its own'))).on('close', next)
  },
  (next) => {
    const [reader] = watched({ reader: fs.createReadStream(there) })
    reader.destroy().on('close', next)
  },
  (next) => {
    const [writer] = watched({ writer: fs.createWriteStream('/nope/a') })
    writer.write('a', (error) => console.log('written', error.code))
    writer.end('b', (error) => console.log('ended', error.code))
    writer.on('close', next)
  },
  (next) => {
    const [writer] = watched({ writer: fs.createWriteStream(target) })
    writer.write('a', (error) => console.log('written', error))
    writer.end('b', (error) => console.log('ended', error))
    writer.on('close', next)
  },
  async (next) => {
    try {
      for await (const chunk of fs.createReadStream('/nope/a')) console.log(chunk)
    } catch (error) {
      next(error)
    }
  },
]

let step = 0
function next(error) {
  console.log(`step ${++step}`, error?.code ?? '')
  if (step < steps.length) setTimeout(() => steps[step](next), 20)
}
steps[0](next)
