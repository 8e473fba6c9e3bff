'use strict'
// Ports, addresses, and the forms of arguments of `listen` and `connect`.

const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const four = new $RegExp(`^${byte}(?:\\.${byte}){3}$`)

function isIPv4(text) {
  return four.test(`${text}`)
}

function isIPv6(text) {
  const address = `${text}`.replace(/%[0-9a-zA-Z-.:]+$/, '')
  if (!/^[0-9a-fA-F:.]+$/.test(address)) return false
  const halves = address.split('::')
  if (halves.length > 2) return false
  let groups = 0
  for (const half of halves) {
    if (half === '') continue
    const parts = half.split(':')
    for (let i = 0; i < parts.length; i++) {
      if (half === halves[halves.length - 1] && i === parts.length - 1 && isIPv4(parts[i])) groups += 2
      else if (/^[0-9a-fA-F]{1,4}$/.test(parts[i])) groups++
      else return false
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8
}

const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0)

function portOf(port, name = 'Port', allowZero = true) {
  const isNumber = typeof port === 'number' || typeof port === 'string' && port.trim() !== ''
  if (!isNumber || +port !== +port >>> 0 || +port > 0xffff || +port === 0 && !allowZero) {
    throw $Helpers.nodeError('RangeError', 'ERR_SOCKET_BAD_PORT',
      `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${$Helpers.receivedText(port)}.`)
  }
  return port | 0
}

// [options, callback] of (options, callback), (path, callback) or (port, host, callback).
function normalArguments(args) {
  const last = args[args.length - 1], callback = typeof last === 'function' ? last : undefined
  const first = args[0]
  if (first !== null && typeof first === 'object') return [first, callback]
  const options = {}
  if (typeof first === 'string' && !(+first >= 0)) {
    options.path = first
  } else {
    options.port = typeof first === 'function' ? undefined : first
    if (args.length > 1 && typeof args[1] === 'string') options.host = args[1]
  }
  return [options, callback]
}

function connectArguments(args) {
  const [options, callback] = args.length === 1 && $Array.isArray(args[0]) ? args[0] : normalArguments(args)
  if (options.path !== undefined && options.path !== null) {
    if (typeof options.path !== 'string') throw $Helpers.argumentTypeError('options.path', ['string'], options.path)
    return [options, callback]
  }
  if (options.port === undefined) {
    throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified')
  }
  if (typeof options.port !== 'number' && typeof options.port !== 'string') {
    throw $Helpers.argumentTypeError('options.port', ['number', 'string'], options.port)
  }
  portOf(options.port)
  if (options.lookup !== undefined && options.lookup !== null && typeof options.lookup !== 'function') {
    throw $Helpers.argumentTypeError('options.lookup', ['function'], options.lookup)
  }
  return [options, callback]
}

module.exports = { isIP, isIPv4, isIPv6, portOf, normalArguments, connectArguments }
