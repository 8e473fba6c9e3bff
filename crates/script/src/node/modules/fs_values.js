'use strict'
// What `fs` hands out: errors with POSIX's codes, Stats, Dirent; and what paths and flags mean.

const CODES = {
  ENOENT: [-2, 'no such file or directory'],
  EBADF: [-9, 'bad file descriptor'],
  EEXIST: [-17, 'file already exists'],
  ENOTDIR: [-20, 'not a directory'],
  EISDIR: [-21, 'illegal operation on a directory'],
  EINVAL: [-22, 'invalid argument'],
  ENOSPC: [-28, 'no space left on device'],
  ENOSYS: [-38, 'function not implemented'],
  ENOTEMPTY: [-39, 'directory not empty'],
}

// The error of a system call (Node: uvException).
function failure(code, syscall, path, target) {
  const [errno, text] = CODES[code]
  const shown = path === undefined ? '' : ` '${path}'`
  const other = target === undefined ? '' : ` -> '${target}'`
  const error = new $Error(`${code}: ${text}, ${syscall}${shown}${other}`)
  error.errno = errno
  error.code = code
  error.syscall = syscall
  if (path !== undefined) error.path = path
  if (target !== undefined) error.dest = target
  return error
}

const FLAGS = { READ: 1, WRITE: 2, CREATE: 4, TRUNCATE: 8, APPEND: 16, EXCLUSIVE: 32 }
const MODES = {
  __proto__: null,
  r: FLAGS.READ,
  'r+': FLAGS.READ | FLAGS.WRITE,
  w: FLAGS.WRITE | FLAGS.CREATE | FLAGS.TRUNCATE,
  'w+': FLAGS.READ | FLAGS.WRITE | FLAGS.CREATE | FLAGS.TRUNCATE,
  a: FLAGS.WRITE | FLAGS.CREATE | FLAGS.APPEND,
  'a+': FLAGS.READ | FLAGS.WRITE | FLAGS.CREATE | FLAGS.APPEND,
}

function flagsOf(flags) {
  const text = `${flags}`, exclusive = text.includes('x')
  const mode = MODES[text.replace('x', '').replace('s', '')]
  if (mode === undefined) {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'flags' is invalid. Received ${$inspect(flags)}`)
  }
  return exclusive ? mode | FLAGS.EXCLUSIVE : mode
}

const { Buffer, Date, URL } = $globalThis

function pathOf(value, name = 'path') {
  if (value instanceof Buffer) value = value.toString()
  else if (URL !== undefined && value instanceof URL) value = value.pathname
  if (typeof value !== 'string') throw $Helpers.argumentTypeError(name, ['string', 'Buffer', 'URL'], value)
  if (value.includes('\0')) {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
      `The argument '${name}' must be a string, Uint8Array, or URL without null bytes. Received ${$inspect(value)}`)
  }
  return value
}

class Stats {
  constructor([folder, size, modified]) {
    this.dev = 1
    this.mode = folder ? 0o040755 : 0o100644
    this.nlink = 1
    this.uid = this.gid = 1000
    this.rdev = 0
    this.blksize = 4096
    this.ino = 1
    this.size = size
    this.blocks = $Math.ceil(size / 512)
    this.atimeMs = this.mtimeMs = this.ctimeMs = this.birthtimeMs = modified
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(modified)
  }
  isFile() {
    return (this.mode & 0o170000) === 0o100000
  }
  isDirectory() {
    return (this.mode & 0o170000) === 0o040000
  }
  isSymbolicLink() {
    return false
  }
}

class Dirent {
  #folder
  constructor(name, path, status) {
    this.name = name
    this.path = this.parentPath = path
    this.#folder = status !== undefined && status[0]
  }
  isFile() {
    return !this.#folder
  }
  isDirectory() {
    return this.#folder
  }
  isSymbolicLink() {
    return false
  }
}

module.exports = { pathOf, failure, FLAGS, flagsOf, Stats, Dirent }
