// Consoles that write to streams of the script's own.
const { Console } = require('console')
const { Writable } = require('stream')

class Lines extends Writable {
  constructor(name) {
    super({ decodeStrings: false })
    this.name = name
  }
  _write(chunk, encoding, done) {
    process.stdout.write(`${this.name}| ${JSON.stringify(chunk)}\n`)
    done()
  }
}
const out = new Lines('out'), err = new Lines('err')
const own = new Console({ stdout: out, stderr: err, groupIndentation: 4, inspectOptions: { depth: 0, compact: false } })

own.log('a %s and %d', 'b', 3, { x: { y: 1 } })
own.error('to the other')
own.warn(new Map([[1, { deep: {} }]]))
own.dir({ x: { y: 1 } }, { depth: 5 })
own.group('group', 1)
own.log('two\nlines')
own.groupCollapsed()
own.info('deeper')
own.groupEnd()
own.groupEnd()
own.debug('back')
own.count()
own.count('x')
own.countReset()
own.count()
own.assert(true, 'no')
own.assert(false, 'yes %s', 1)
own.assert(false)
own.table([{ a: 1, b: 2 }, { a: 3 }], ['a'])
own.table(5)
const { log } = own
;[1, 2].forEach(log)

// stderr is stdout's where only one is given.
new Console(out).error('one stream')
Console(out, err).error('without new')
console.log(own instanceof Console, console instanceof Console, {} instanceof Console, console.Console === Console, own.log.name)

class Mine extends Console {
  log() { return 'overridden' }
}
console.log(new Mine(out).log(), new Mine(out) instanceof Mine)

// Errors of a stream are ignored, unless somebody wants them.
const broken = Object.assign(new Lines('broken'), { write() { throw new Error('broken') } })
new Console(broken).log('ignored')
for (const bad of [
  () => new Console(broken, broken, false).log('x'),
  () => new Console(),
  () => new Console(out, {}),
  () => new Console({ stdout: out, colorMode: 'x' }),
  () => new Console({ stdout: out, inspectOptions: null }),
  () => new Console({ stdout: out, groupIndentation: -1 }),
  () => new Console({ stdout: out, groupIndentation: 1.5 }),
  () => new Console({ stdout: out, groupIndentation: '2' }),
  () => new Console({ stdout: out, colorMode: true, inspectOptions: { colors: true } }),
]) {
  try { bad(); console.log('no error') } catch (error) { console.log(error.code, error.message) }
}
new Console({ stdout: out, colorMode: true }).log({ a: 1, b: 'x' }, 'text', 5)

// What is written to the process's streams can be taken away, and by whom.
const { write } = process.stdout, taken = []
process.stdout.write = (text) => { taken.push(text); return true }
console.log('taken', { a: 1 })
console.group('g')
console.table([[1]])
console.groupEnd()
console.count('taken')
process.stdout.write = write
console.log(taken)
console._stdout = out
console.log('to our own')
console._stdout = process.stdout
console.log(require('util').formatWithOptions({ compact: false, colors: true }, '%s %O', 'x', { a: { b: 1 } }, [1, 'y']))
