'use strict'
// The functions of `fs` that call back, and `fs.promises`, from those that answer at once. The work takes a turn of the event
// loop: immediates that were set before it was asked for, or after, come first.

const { checkArguments } = require('internal/fs_checks')

const NAMES = [
  'open', 'close', 'writeFile', 'appendFile', 'copyFile', 'access', 'stat', 'lstat', 'fstat', 'unlink', 'rmdir', 'rm', 'mkdir',
  'mkdtemp', 'readdir', 'rename', 'truncate', 'ftruncate', 'realpath', 'readlink', 'fsync', 'utimes', 'readFile',
]

function callbackOf(args) {
  const callback = args.length > 0 ? args[args.length - 1] : undefined
  if (typeof callback !== 'function') throw $Helpers.argumentTypeError('cb', ['function'], callback)
  return callback
}

function later(work, callback) {
  $globalThis.setImmediate($globalThis.setImmediate, () => {
    let result
    try {
      result = work()
    } catch (error) {
      callback(error)
      return
    }
    callback(null, result)
  })
}

function install(fs, { tooLarge, LARGEST, era }) {
  for (const name of NAMES) {
    const atOnce = fs[`${name}Sync`]
    fs[name] = (...args) => {
      const callback = callbackOf(args)
      const given = args.slice(0, -1)
      checkArguments(name, given)
      later(() => atOnce(...given), callback)
    }
  }
  const whole = fs.readFile
  fs.readFile = (path, ...args) => {
    const callback = callbackOf(args)
    whole(path, ...args.slice(0, -1), (error, data) => {
      // In Node 4 the size is checked before the Buffer is made.
      if (error instanceof $RangeError && era === 1) callback(tooLarge(LARGEST))
      else if (error) callback(error)
      else callback(null, data)
    })
  }
  fs.exists = (path, callback) => {
    callbackOf([callback])
    later(() => fs.existsSync(path), (error, yes) => callback(yes))
  }
  fs.read = (fd, buffer, ...args) => {
    const callback = callbackOf(args)
    checkArguments('read', [fd])
    later(() => fs.readSync(fd, buffer, ...args.slice(0, -1)), (error, count) => callback(error, count ?? 0, buffer))
  }
  fs.write = (fd, data, ...args) => {
    const callback = callbackOf(args)
    checkArguments('write', [fd])
    later(() => fs.writeSync(fd, data, ...args.slice(0, -1)), (error, count) => callback(error, count ?? 0, data))
  }
}

module.exports = { install, NAMES }
