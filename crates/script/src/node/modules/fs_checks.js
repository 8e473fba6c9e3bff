'use strict'
// What the functions of `fs` say of wrong arguments before they begin: those that call back throw it too.

const { pathOf } = require('internal/fs_values')
const { Buffer } = $globalThis
const { nodeError, argumentTypeError, rangeErrorOf } = $Helpers

function checkDescriptor(fd) {
  if (typeof fd !== 'number') throw argumentTypeError('fd', ['number'], fd)
  if (!$Number.isInteger(fd)) throw rangeErrorOf('fd', 'an integer', fd)
  if (fd < 0 || fd > 2147483647) throw rangeErrorOf('fd', '>= 0 && <= 2147483647', fd)
}

const isDescriptor = (value) => typeof value === 'number' && $Number.isInteger(value) && value >= 0

// What is asked for as text must be text of an encoding that there is. The encoding; undefined stands for Buffers.
function encodingIn(options) {
  if (options !== undefined && options !== null && typeof options !== 'function' && typeof options !== 'string' && !$isObject(options)) {
    throw nodeError('TypeError', 'ERR_INVALID_ARG_TYPE',
      `The "options" argument must be one of type string or object. Received ${$Helpers.receivedText(options)}`)
  }
  const encoding = typeof options === 'string' ? options : options?.encoding
  if (encoding !== undefined && encoding !== null && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid encoding. Received ${$inspect(encoding)}`)
  }
  return encoding === 'buffer' ? undefined : encoding
}

function checkMode(mode) {
  if (mode === undefined || mode === null || typeof mode === 'number') return
  if (typeof mode !== 'string') throw argumentTypeError('mode', ['number'], mode)
  if (/^[0-7]+$/.test(mode)) return
  throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
    `The argument 'mode' must be a 32-bit unsigned integer or an octal string. Received ${$inspect(mode)}`)
}

// An option that is yes or no.
function checkFlag(options, name) {
  const value = options?.[name]
  if (value !== undefined && typeof value !== 'boolean') throw argumentTypeError(`options.${name}`, ['boolean'], value)
}

// The functions whose first argument is no path.
const OF_DESCRIPTORS = ['close', 'fstat', 'fsync', 'ftruncate', 'read', 'write']
const OF_BOTH = ['readFile', 'writeFile', 'appendFile']
const PAIRS = { __proto__: null, rename: ['oldPath', 'newPath'], copyFile: ['src', 'dest'] }

function checkArguments(name, [first, second, third]) {
  if (OF_DESCRIPTORS.includes(name)) return checkDescriptor(first)
  if (name in PAIRS) {
    pathOf(first, PAIRS[name][0])
    pathOf(second, PAIRS[name][1])
    return
  }
  if (name === 'mkdtemp') return
  if (!(OF_BOTH.includes(name) && isDescriptor(first))) pathOf(first, name === 'readlink' ? 'oldPath' : 'path')
  if (name === 'readFile' || name === 'readdir') encodingIn(second)
  else if (name === 'writeFile' || name === 'appendFile') encodingIn(third)
}

module.exports = { checkArguments, checkDescriptor, checkFlag, checkMode, encodingIn, isDescriptor }
