'use strict'
// The module `path`, as on POSIX systems.

function checked(path, name = 'path') {
  if (typeof path === 'string') return path
  const error = new $TypeError(`The "${name}" argument must be of type string. Received ${$received(path)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  throw error
}

// The parts of a path without `.` and with `..` taken back where something precedes it.
function reduced(path, absolute, separators = '/', separator = '/') {
  const parts = []
  for (const part of path.split(separators)) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop()
    else if (!absolute) parts.push('..')
  }
  return parts.join(separator)
}

function normalize(path) {
  if (checked(path) === '') return '.'
  const absolute = path[0] === '/'
  let text = reduced(path, absolute)
  if (text === '' && !absolute) text = '.'
  if (text !== '' && path.endsWith('/')) text += '/'
  return absolute ? '/' + text : text
}

const isAbsolute = (path) => checked(path)[0] === '/'

function join(...parts) {
  const text = parts.map((part) => checked(part)).filter((part) => part !== '').join('/')
  return text === '' ? '.' : normalize(text)
}

function resolve(...parts) {
  let path = ''
  for (let i = parts.length - 1; i >= 0 && path[0] !== '/'; i--) {
    if (checked(parts[i], `paths[${i}]`) !== '') path = path === '' ? parts[i] : `${parts[i]}/${path}`
  }
  if (path[0] !== '/') path = path === '' ? $process.cwd() : `${$process.cwd()}/${path}`
  return '/' + reduced(path, true)
}

// Where the last part begins and ends: slashes at the end do not count.
function lastPart(path) {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return [path.lastIndexOf('/', end - 1) + 1, end]
}

function dirname(path) {
  if (checked(path) === '') return '.'
  const [start] = lastPart(path)
  if (start === 0) return '.'
  const end = start - 1
  if (end === 1 && path[0] === '/') return '//'
  return end === 0 ? '/' : path.slice(0, end)
}

function basename(path, suffix) {
  if (suffix !== undefined) checked(suffix, 'suffix')
  const [start, end] = lastPart(checked(path))
  const base = path.slice(start, end) === '/' ? '' : path.slice(start, end)
  if (suffix === path) return ''
  return suffix !== undefined && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
}

function extname(path) {
  const base = basename(path), dot = base.lastIndexOf('.')
  return dot <= 0 || base === '..' ? '' : base.slice(dot)
}

function relative(from, to) {
  checked(from, 'from')
  checked(to, 'to')
  const a = resolve(from).split('/').filter(isPart), b = resolve(to).split('/').filter(isPart)
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same++
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/')
}

const isPart = (text) => text !== ''

function parse(path) {
  const root = isAbsolute(path) ? '/' : '', base = basename(path), ext = extname(path)
  const [start] = lastPart(path), dir = start > 1 ? path.slice(0, start - 1) : root
  return { root, dir, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) }
}

function formatted(parts, separator) {
  if (!$isObject(parts) || typeof parts === 'function') throw $Helpers.argumentTypeError('pathObject', ['Object'], parts)
  const { root, name = '', ext = '' } = parts, dir = parts.dir || root
  const base = parts.base || `${name ?? ''}${ext && ext[0] !== '.' ? '.' : ''}${ext ?? ''}`
  if (!dir) return base
  return dir === root ? `${dir}${base}` : `${dir}${separator}${base}`
}

const formatOf = (separator) => $Object.defineProperty((parts) => formatted(parts, separator), 'name', { value: 'bound _format' })
const toNamespacedPath = (path) => path

const path = {
  resolve,
  normalize,
  isAbsolute,
  join,
  relative,
  toNamespacedPath,
  dirname,
  basename,
  extname,
  format: formatOf('/'),
  parse,
  sep: '/',
  delimiter: ':',
  // Few ask for it.
  get win32() {
    return require('internal/path_win32')
  },
  posix: null,
  _makeLong: toNamespacedPath,
}
path.posix = path

module.exports = path
// For the other half of this module.
$Helpers.pathParts = { checked, formatOf, reduced }
