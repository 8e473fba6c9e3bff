'use strict'
// The module `fs`, on the files of the session. Intrinsics, all by absolute path, which answer with the code of an error
// as a string:
//   $fileStatus(path)  [folder, bytes, modified], or undefined
//   $fileRead(path, at, view, offset, count), $fileWrite(path, at, view, offset, count, now)
//   $fileTruncate(path, size, now), $filePut(path, size, seed, now), $fileRemove(path), $fileRename(from, to)
//   $folderMake(path), $folderNames(path)

const path = require('path')
const { Buffer, Date } = $globalThis
const { pathOf, failure, Stats, Dirent, flagsOf, FLAGS } = require('internal/fs_values')
const { checkDescriptor, checkFlag, checkMode, encodingIn, isDescriptor } = require('internal/fs_checks')

const now = Date.now
// The most bytes that one read of a whole file may take: 2 GiB less one (lib/fs.js: kIoMaxLength).
const LARGEST = 2 ** 31 - 1
const era = $bufferEra()

const descriptors = new $Map()
let lastDescriptor = 2

// The path as the session knows it, and as the script has written it, for messages.
function located(value, name) {
  const given = pathOf(value, name)
  return [path.resolve(given), given]
}

function check(code, syscall, given, target) {
  if (typeof code === 'string') throw failure(code, syscall, given, target)
  return code
}

function statusOf(value, syscall) {
  const [file, given] = located(value)
  const status = $fileStatus(file)
  if (status === undefined) throw failure('ENOENT', syscall, given)
  return new Stats(status)
}

function openSync(value, flags = 'r', permissions) {
  const [file, given] = located(value)
  const mode = flagsOf(flags)
  checkMode(permissions)
  const status = $fileStatus(file)
  if (status === undefined) {
    if (!(mode & FLAGS.CREATE)) throw failure('ENOENT', 'open', given)
    check($filePut(file, 0, 0, now()), 'open', given)
  } else {
    if (mode & FLAGS.EXCLUSIVE) throw failure('EEXIST', 'open', given)
    if (status[0] && mode & FLAGS.WRITE) throw failure('EISDIR', 'open', given)
    if (mode & FLAGS.TRUNCATE) check($fileTruncate(file, 0, now()), 'open', given)
  }
  const fd = ++lastDescriptor
  descriptors.set(fd, { file, given, mode, position: 0 })
  return fd
}

function opened(fd, syscall) {
  checkDescriptor(fd)
  const descriptor = descriptors.get(fd)
  if (descriptor === undefined) throw failure('EBADF', syscall)
  return descriptor
}

function closeSync(fd) {
  opened(fd, 'close')
  descriptors.delete(fd)
}

// (fd, buffer[, offset, length, position]) or (fd, buffer, { offset, length, position })
function readSync(fd, buffer, offset, length, position) {
  const descriptor = opened(fd, 'read')
  if (!$ArrayBuffer.isView(buffer)) throw $Helpers.argumentTypeError('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer)
  if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset)
  offset = offset ?? 0
  length = length ?? buffer.byteLength - offset
  if (!(offset >= 0 && offset <= buffer.byteLength)) throw $Helpers.rangeErrorOf('offset', `>= 0 && <= ${buffer.byteLength}`, offset)
  if (!(length >= 0 && length <= buffer.byteLength - offset)) throw $Helpers.rangeErrorOf('length', `>= 0 && <= ${buffer.byteLength - offset}`, length)
  const here = typeof position !== 'number' || position < 0
  const at = here ? descriptor.position : position
  if (!(descriptor.mode & FLAGS.READ)) throw failure('EBADF', 'read')
  const count = check($fileRead(descriptor.file, at, buffer, offset, length), 'read')
  if (here) descriptor.position += count
  return count
}

// (fd, buffer[, offset, length, position]) or (fd, text[, position, encoding])
function writeSync(fd, data, offset, length, position) {
  checkDescriptor(fd)
  if (typeof data === 'string') [data, offset, length, position] = [Buffer.from(data, length ?? 'utf8'), 0, undefined, offset]
  else if (!$ArrayBuffer.isView(data)) throw $Helpers.argumentTypeError('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], data)
  if (offset !== null && typeof offset === 'object') ({ offset, length, position } = offset)
  offset = offset ?? 0
  length = length ?? data.byteLength - offset
  if ((fd === 1 || fd === 2) && !descriptors.has(fd)) {
    $writeText(fd, Buffer.from(data.buffer, data.byteOffset + offset, length).toString())
    return length
  }
  const descriptor = opened(fd, 'write')
  if (!(descriptor.mode & FLAGS.WRITE)) throw failure('EBADF', 'write')
  const here = typeof position !== 'number' || position < 0
  let at = here ? descriptor.position : position
  if (descriptor.mode & FLAGS.APPEND) at = $fileStatus(descriptor.file)?.[1] ?? 0
  check($fileWrite(descriptor.file, at, data, offset, length, now()), 'write')
  if (here) descriptor.position = at + length
  return length
}

function tooLarge(size) {
  if (era < 2) return new $RangeError(`File size is greater than possible Buffer: 0x${$bufferMaxLength().toString(16)} bytes`)
  return $Helpers.nodeError('RangeError', 'ERR_FS_FILE_TOO_LARGE', `File size (${size}) is greater than 2 GiB`)
}

// The whole file in one Buffer. In the classic profiles the Buffer itself refuses what is too large.
function wholeFile(value, options) {
  const fd = isDescriptor(value) ? value : openSync(value, options?.flag ?? 'r')
  try {
    const { file, given } = opened(fd, 'read')
    const status = $fileStatus(file)
    if (status === undefined || status[0]) throw failure(status === undefined ? 'ENOENT' : 'EISDIR', 'read', status === undefined ? given : undefined)
    const size = status[1]
    if (era === 2 && size > LARGEST) throw tooLarge(size)
    const buffer = era === 2 ? Buffer.allocUnsafeSlow(size) : new Buffer(size)
    if (size > 0) readSync(fd, buffer, 0, size, 0)
    return buffer
  } finally {
    if (fd !== value) closeSync(fd)
  }
}

function readFileSync(value, options) {
  const encoding = encodingIn(options), buffer = wholeFile(value, options)
  return encoding ? buffer.toString(encoding) : buffer
}

function bytesOf(data, options) {
  if (typeof data === 'string') return Buffer.from(data, encodingIn(options) ?? 'utf8')
  if ($ArrayBuffer.isView(data)) return data
  if (era < 2) return Buffer.from(`${data}`)
  throw $Helpers.argumentTypeError('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data)
}

function writeFileSync(value, data, options) {
  const bytes = bytesOf(data, options)
  const flag = (typeof options === 'object' && options !== null && options.flag) || 'w'
  const fd = isDescriptor(value) ? value : openSync(value, flag)
  try {
    writeSync(fd, bytes, 0, bytes.byteLength)
  } finally {
    if (fd !== value) closeSync(fd)
  }
}

function appendFileSync(value, data, options) {
  const more = typeof options === 'string' ? { encoding: options } : options
  writeFileSync(value, data, { ...more, flag: 'a' })
}

function copyFileSync(source, target) {
  const [, from] = located(source, 'src'), [, to] = located(target, 'dest')
  const status = $fileStatus(path.resolve(from))
  if (status === undefined) throw failure('ENOENT', 'copyfile', from, to)
  const input = openSync(from, 'r'), output = openSync(to, 'w'), part = Buffer.allocUnsafeSlow(65536)
  let count
  while ((count = readSync(input, part, 0, part.length)) > 0) writeSync(output, part, 0, count)
  closeSync(input)
  closeSync(output)
}

function removeFile(value, syscall) {
  const [file, given] = located(value)
  if ($fileStatus(file)?.[0]) throw failure('EISDIR', syscall, given)
  check($fileRemove(file), syscall, given)
}

function rmdirSync(value) {
  const [folder, given] = located(value)
  const status = $fileStatus(folder)
  if (status !== undefined && !status[0]) throw failure('ENOTDIR', 'rmdir', given)
  check($fileRemove(folder), 'rmdir', given)
}

function rmSync(value, options) {
  checkFlag(options, 'force')
  checkFlag(options, 'recursive')
  const [file, given] = located(value)
  const status = $fileStatus(file)
  if (status === undefined) {
    if (options?.force) return
    throw failure('ENOENT', 'lstat', given)
  }
  if (status[0]) {
    if (!options?.recursive) {
      throw $Helpers.nodeError('Error', 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${given}`)
    }
    for (const name of $folderNames(file)) rmSync(path.join(file, name), options)
  }
  $fileRemove(file)
}

function mkdirSync(value, options) {
  const [folder, given] = located(value)
  checkFlag(options, 'recursive')
  checkMode($isObject(options) ? options.mode : options)
  if (!options?.recursive) {
    check($folderMake(folder), 'mkdir', given)
    return undefined
  }
  const status = $fileStatus(folder)
  if (status !== undefined) {
    if (!status[0]) throw failure('EEXIST', 'mkdir', given)
    return undefined
  }
  const first = mkdirSync(path.dirname(folder), options)
  check($folderMake(folder), 'mkdir', given)
  return first ?? folder
}

function readdirSync(value, options) {
  encodingIn(options)
  const [folder, given] = located(value)
  const status = $fileStatus(folder)
  if (status === undefined || !status[0]) throw failure(status === undefined ? 'ENOENT' : 'ENOTDIR', 'scandir', given)
  const names = $folderNames(folder)
  if (!options?.withFileTypes) return names
  return names.map((name) => new Dirent(name, folder, $fileStatus(path.join(folder, name))))
}

const sync = {
  openSync,
  closeSync,
  readSync,
  writeSync,
  readFileSync,
  writeFileSync,
  appendFileSync,
  copyFileSync,
  existsSync(value) {
    try {
      return $fileStatus(located(value)[0]) !== undefined
    } catch {
      return false
    }
  },
  accessSync(value) {
    statusOf(value, 'access')
  },
  statSync(value, options) {
    if (options?.throwIfNoEntry === false && $fileStatus(located(value)[0]) === undefined) return undefined
    return statusOf(value, 'stat')
  },
  lstatSync: (value) => statusOf(value, 'lstat'),
  fstatSync: (fd) => statusOf(opened(fd, 'fstat').file, 'fstat'),
  unlinkSync: (value) => removeFile(value, 'unlink'),
  rmdirSync,
  rmSync,
  mkdirSync,
  mkdtempSync(prefix) {
    const name = `${prefix}${$Math.random().toString(36).slice(2, 8)}`
    mkdirSync(name)
    return name
  },
  readdirSync,
  // There are no links.
  readlinkSync(value) {
    const [file, given] = located(value, 'oldPath')
    throw failure($fileStatus(file) === undefined ? 'ENOENT' : 'EINVAL', 'readlink', given)
  },
  renameSync(from, to) {
    const [source, given] = located(from, 'oldPath'), [target, shown] = located(to, 'newPath')
    check($fileRename(source, target), 'rename', given, shown)
  },
  truncateSync(value, size = 0) {
    const [file, given] = located(value)
    check($fileTruncate(file, size, now()), 'open', given)
  },
  ftruncateSync: (fd, size = 0) => check($fileTruncate(opened(fd, 'ftruncate').file, size, now()), 'ftruncate'),
  realpathSync(value) {
    statusOf(value, 'lstat')
    return located(value)[0]
  },
  fsyncSync: (fd) => void opened(fd, 'fsync'),
  utimesSync: (value) => void statusOf(value, 'utime'),
}

const fs = { constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1 }, Stats, Dirent, ...sync }
module.exports = fs
require('internal/fs_callbacks').install(fs, { tooLarge, LARGEST, era })
$Object.defineProperty(fs, 'promises', { configurable: true, enumerable: true, get: () => require('fs/promises') })
for (const name of ['ReadStream', 'WriteStream', 'createReadStream', 'createWriteStream']) {
  $Object.defineProperty(fs, name, { configurable: true, enumerable: true, get: () => require('internal/fs_streams')[name] })
}
