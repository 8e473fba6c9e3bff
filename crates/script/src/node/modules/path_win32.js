'use strict'
// The module `path` as on Windows (Node: `path.win32`): both slashes separate, and a path may begin with a drive or with a
// server and its share.

const posix = require('path')
const { checked, formatOf, reduced: posixReduced } = $Helpers.pathParts
const isSlash = (letter) => letter === '/' || letter === '\\'
const isDrive = (path) => /^[A-Za-z]:/.test(path)

// Where a path begins: `device`, as it is written, whether what follows is absolute, and the length of both together.
function rootOf(path) {
  const share = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/.exec(path)
  if (share !== null) {
    const [text, server, name] = share
    return { device: `\\\\${server}\\${name}`, isAbsolute: true, length: text.length + (isSlash(path[text.length]) ? 1 : 0), isShare: true }
  }
  if (isSlash(path[0])) return { device: '', isAbsolute: true, length: 1, isShare: false }
  if (!isDrive(path)) return { device: '', isAbsolute: false, length: 0, isShare: false }
  const isAbsolute = isSlash(path[2])
  return { device: path.slice(0, 2), isAbsolute, length: isAbsolute ? 3 : 2, isShare: false }
}

const reduced = (path, isAbsolute) => posixReduced(path, isAbsolute, /[\\/]/, '\\')

function normalize(path) {
  if (checked(path) === '') return '.'
  if (path.length === 1) return isSlash(path) ? '\\' : path
  const { device, isAbsolute, length, isShare } = rootOf(path)
  // A device, as \\.\name, is not brought to an end.
  if (isShare && /^[.?]/.test(device.slice(2))) return `${device.slice(0, 3)}\\${reduced(path.slice(4), true)}${isSlash(path[path.length - 1]) ? '\\' : ''}`
  if (isShare && length >= path.length) return `${device}\\`
  let tail = reduced(path.slice(length), isAbsolute)
  if (tail === '' && !isAbsolute) tail = '.'
  if (tail !== '' && isSlash(path[path.length - 1])) tail += '\\'
  // What was no drive must not become one.
  if (!isAbsolute && device === '' && (isDrive(tail) || /:([\\/]|$)/.test(path))) return `.\\${tail}`
  return `${device}${isAbsolute ? '\\' : ''}${tail}`
}

function isAbsolute(path) {
  return checked(path).length > 0 && (isSlash(path[0]) || path.length > 2 && isDrive(path) && isSlash(path[2]))
}

function join(...parts) {
  const given = parts.map((part) => checked(part)).filter((part) => part !== '')
  if (given.length === 0) return '.'
  let text = given.join('\\')
  // Only a first part that begins with just two slashes may name a server.
  if (!/^[\\/]{2}[^\\/]/.test(given[0])) text = text.replace(/^[\\/]{2,}/, '\\')
  return normalize(text)
}

function resolve(...parts) {
  let device = '', tail = '', absolute = false
  for (let i = parts.length - 1; i >= -1 && !(absolute && device !== ''); i--) {
    let path
    if (i >= 0) {
      path = checked(parts[i], `paths[${i}]`)
      if (path === '') continue
    } else if (device === '') {
      path = $process.cwd()
    } else {
      path = $process.env[`=${device}`] || $process.cwd()
      if (path === undefined || path.slice(0, 2).toLowerCase() !== device.toLowerCase() && path[2] === '\\') path = `${device}\\`
    }
    const root = rootOf(path)
    if (root.device !== '') {
      if (device === '') device = root.device
      else if (root.device.toLowerCase() !== device.toLowerCase()) continue
    }
    if (!absolute) {
      tail = `${path.slice(root.length)}\\${tail}`
      absolute = root.isAbsolute
    }
  }
  tail = reduced(tail, absolute)
  return absolute ? `${device}\\${tail}` : `${device}${tail}` || '.'
}

function relative(from, to) {
  checked(from, 'from')
  checked(to, 'to')
  if (from === to) return ''
  const a = resolve(from), b = resolve(to)
  if (a.toLowerCase() === b.toLowerCase()) return ''
  const before = a.replace(/^\\+|\\+$/g, '').split('\\'), after = b.replace(/^\\+|\\+$/g, '').split('\\')
  let same = 0
  while (same < before.length && same < after.length && before[same].toLowerCase() === after[same].toLowerCase()) same++
  // Nothing in common, not even the device: there is no way from one to the other.
  if (same === 0) return b
  return [...before.slice(same).filter((part) => part !== '').map(() => '..'), ...after.slice(same)].join('\\')
}

function toNamespacedPath(path) {
  if (typeof path !== 'string' || path.length === 0) return path
  const resolved = resolve(path)
  if (resolved.length <= 2) return path
  if (resolved.startsWith('\\\\')) {
    return resolved[2] === '?' || resolved[2] === '.' ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`
  }
  return /^[A-Za-z]:\\/.test(resolved) ? `\\\\?\\${resolved}` : path
}

// Where the last part begins and ends: slashes at the end do not count.
function lastPart(path, start) {
  let end = path.length
  while (end > start && isSlash(path[end - 1])) end--
  let begin = end
  while (begin > start && !isSlash(path[begin - 1])) begin--
  return [begin, end]
}

function dirname(path) {
  if (checked(path) === '') return '.'
  if (path.length === 1) return isSlash(path) ? path : '.'
  const { length, isShare } = rootOf(path)
  if (isShare && length >= path.length) return path
  const end = lastPart(path, length)[0] - 1
  if (end >= length && end > 0) return path.slice(0, end)
  return length > 0 ? path.slice(0, length) : '.'
}

function basename(path, suffix) {
  if (suffix !== undefined) checked(suffix, 'suffix')
  const [begin, end] = lastPart(checked(path), isDrive(path) ? 2 : 0)
  const base = path.slice(begin, end)
  if (suffix === undefined || suffix === '' || !base.endsWith(suffix)) return base
  if (suffix === path) return ''
  return base === suffix ? base : base.slice(0, -suffix.length)
}

function extname(path) {
  const base = basename(path), dot = base.lastIndexOf('.')
  return dot <= 0 || base === '..' ? '' : base.slice(dot)
}

function parse(path) {
  if (checked(path) === '') return { root: '', dir: '', base: '', ext: '', name: '' }
  const { length } = rootOf(path), root = path.slice(0, length)
  const [begin, end] = lastPart(path, length)
  const base = path.slice(begin, end), ext = extname(base)
  const dir = begin > length ? dirname(path) : root
  return { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) }
}

const windows = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: formatOf('\\'),
  parse,
  sep: '\\',
  delimiter: ';',
  win32: null,
  posix,
  _makeLong: toNamespacedPath,
}
windows.win32 = windows

module.exports = windows
