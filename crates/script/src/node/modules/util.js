'use strict'
// The module `util`.

const { isDeepEqual } = require('internal/deep_equal')
const promisified = $Symbol.for('nodejs.util.promisify.custom')

function invalidType(name, expected, value) {
  const error = new $TypeError(`The "${name}" argument must be of type ${expected}. Received ${$received(value)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  return error
}

function inherits(constructor, parent) {
  if (typeof constructor !== 'function') throw invalidType('ctor', 'function', constructor)
  if (parent === undefined || parent === null) throw invalidType('superCtor', 'function', parent)
  if (parent.prototype === undefined || parent.prototype === null) throw $Helpers.argumentTypeError('superCtor.prototype', ['object'], parent.prototype)
  $Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true })
  $Object.setPrototypeOf(constructor.prototype, parent.prototype)
}

function promisify(original) {
  if (typeof original !== 'function') throw invalidType('original', 'function', original)
  if (original[promisified]) return original[promisified]
  function fn(...args) {
    return new $Promise((resolve, reject) => {
      $callList(original, this, [...args, (error, ...values) => (error ? reject(error) : resolve(values[0]))])
    })
  }
  $Object.setPrototypeOf(fn, $Object.getPrototypeOf(original))
  $Object.defineProperty(fn, promisified, { value: fn, configurable: true })
  return $Object.defineProperties(fn, $Object.getOwnPropertyDescriptors(original))
}
promisify.custom = promisified

function callbackify(original) {
  if (typeof original !== 'function') throw invalidType('original', 'function', original)
  function callbackified(...args) {
    const callback = args.pop()
    if (typeof callback !== 'function') throw invalidType('last argument', 'function', callback)
    $callList(original, this, args).then(
      (value) => $process.nextTick(callback, null, value),
      (reason) => $process.nextTick(callback, reason || new $Error('Promise was rejected with a falsy value')),
    )
  }
  return $Object.defineProperty(callbackified, 'name', { value: `${original.name}Callbackified` })
}

const warnedOf = new $Set()

// Each code warns once, and each function without one.
function deprecate(fn, message, code) {
  if (code !== undefined && typeof code !== 'string') throw invalidType('code', 'string', code)
  if ($process.noDeprecation) return fn
  let warned = false
  function deprecated(...args) {
    if (!warned) {
      warned = true
      if (code === undefined || !warnedOf.has(code)) $process.emitWarning(message, 'DeprecationWarning', code)
      if (code !== undefined) warnedOf.add(code)
    }
    return new.target ? $construct(fn, args, new.target) : $callList(fn, this, args)
  }
  $Object.setPrototypeOf(deprecated, fn)
  if (fn.prototype) deprecated.prototype = fn.prototype
  return deprecated
}

const tag = (value) => $slice($Object.prototype.toString.call(value), 8, -1)
const isView = (value) => $isObject(value) && $globalThis.ArrayBuffer.isView(value)
const ofKind = (...tags) => (value) => $isObject(value) && tags.includes(tag(value))

// In Node's order.
const types = {}
const TYPES = {
  isExternal: () => false,
  isDate: ofKind('Date'),
  isArgumentsObject: ofKind('Arguments'),
  isBigIntObject: ofKind('BigInt'),
  isBooleanObject: ofKind('Boolean'),
  isNumberObject: ofKind('Number'),
  isStringObject: ofKind('String'),
  isSymbolObject: ofKind('Symbol'),
  isNativeError: (value) => value instanceof $Error,
  isRegExp: (value) => $isRegExp(value),
  isAsyncFunction: (value) => typeof value === 'function' && (tag(value) === 'AsyncFunction' || tag(value) === 'AsyncGeneratorFunction'),
  isGeneratorFunction: (value) => typeof value === 'function' && (tag(value) === 'GeneratorFunction' || tag(value) === 'AsyncGeneratorFunction'),
  isGeneratorObject: ofKind('Generator'),
  isPromise: (value) => $isPromise(value),
  isMap: (value) => value instanceof $Map,
  isSet: (value) => value instanceof $Set,
  isMapIterator: ofKind('Map Iterator'),
  isSetIterator: ofKind('Set Iterator'),
  isWeakMap: (value) => value instanceof $WeakMap,
  isWeakSet: (value) => value instanceof $WeakSet,
  isArrayBuffer: ofKind('ArrayBuffer'),
  isDataView: ofKind('DataView'),
  isSharedArrayBuffer: () => false,
  isProxy: (value) => $isProxy(value),
  isModuleNamespaceObject: () => false,
  isAnyArrayBuffer: ofKind('ArrayBuffer'),
  isBoxedPrimitive: ofKind('Number', 'String', 'Boolean', 'Symbol', 'BigInt'),
  isArrayBufferView: isView,
  isTypedArray: (value) => isView(value) && tag(value) !== 'DataView',
}
for (const name of [
  'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array',
  'Float64Array', 'BigInt64Array', 'BigUint64Array',
]) TYPES[`is${name}`] = ofKind(name)
for (const name of ['isKeyObject', 'isCryptoKey']) TYPES[name] = () => false
for (const [name, test] of $Object.entries(TYPES)) types[name] = { [name]: (value) => test(value) }[name]

const plain = (value) => $isObject(value) && typeof value !== 'function'

// The names of styles with the escape codes that begin and end them.
const colors = {}
for (const group of [
  'reset 0 0,bold 1 22,dim 2 22,italic 3 23,underline 4 24,blink 5 25,inverse 7 27,hidden 8 28,strikethrough 9 29,doubleunderline 21 24',
  'black 30,red 31,green 32,yellow 33,blue 34,magenta 35,cyan 36,white 37',
  'bgBlack 40,bgRed 41,bgGreen 42,bgYellow 43,bgBlue 44,bgMagenta 45,bgCyan 46,bgWhite 47',
  'framed 51 54,overlined 53 55',
  'gray 90,redBright 91,greenBright 92,yellowBright 93,blueBright 94,magentaBright 95,cyanBright 96,whiteBright 97',
  'bgGray 100,bgRedBright 101,bgGreenBright 102,bgYellowBright 103,bgBlueBright 104,bgMagentaBright 105,bgCyanBright 106,bgWhiteBright 107',
]) {
  for (const style of group.split(',')) {
    const [name, open, close = name.startsWith('bg') ? 49 : 39] = style.split(' ')
    colors[name] = [+open, +close]
  }
}
$publicInspect.colors = colors
$publicInspect.styles = {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green',
  symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
}

// As where output is no terminal: one style alone is left out, unless the stream is not to be asked.
function styleText(format, text, { validateStream = true } = {}) {
  let opened = '', closed = ''
  for (const name of $isArray(format) ? format : [format]) {
    if (colors[name] === undefined) {
      const names = $Object.keys(colors).map((name) => `'${name}'`).join(', ')
      const error = new $TypeError(`The argument 'format' must be one of: ${names}. Received ${$inspect(name)}`)
      error.code = 'ERR_INVALID_ARG_VALUE'
      throw error
    }
    opened += `\u001b[${colors[name][0]}m`
    closed = `\u001b[${colors[name][1]}m${closed}`
  }
  return validateStream && !$isArray(format) ? text : `${opened}${text}${closed}`
}

module.exports = {
  get TextDecoder() { return $globalThis.TextDecoder },
  get TextEncoder() { return $globalThis.TextEncoder },
  _extend: (target, source) => (plain(source) ? $Object.assign(target, source) : target),
  callbackify,
  debug: () => $Object.assign(() => {}, { enabled: false }),
  debuglog: () => $Object.assign(() => {}, { enabled: false }),
  deprecate,
  format: (...args) => $formatList(args),
  formatWithOptions(options, ...args) {
    if (!$isObject(options) || typeof options === 'function') throw invalidType('inspectOptions', 'object', options)
    return $formatList(args, options)
  },
  inherits,
  inspect: $publicInspect,
  isArray: $Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isBuffer: (value) => tag(value) === 'Uint8Array' && value.constructor.name === 'Buffer',
  isDeepStrictEqual: (a, b) => isDeepEqual(a, b, true),
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: plain,
  isDate: types.isDate,
  isError: types.isNativeError,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => !$isObject(value),
  log: (...args) => $console.log(...args),
  get parseArgs() { return require('internal/parse_args').parseArgs },
  promisify,
  styleText,
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*m/g, ''),
  toUSVString: (text) => `${text}`.toWellFormed(),
  types,
}
