'use strict'
// Node's Buffer, on Uint8Array. Where its bytes come from is the pool's business (`crates/slab`). More intrinsics:
//   $poolRequest(bytes, atMost)  offset in the current slab; -2: a slab is to be made; -1: memory of its own
//   $poolSlab(arrayBuffer)       the slab that was to be made
//   $bufferEra()                 0: Node 0.10, 1: 0.12 and 4, 2: later
//   $textLength(text, encoding), $textWrite(view, text, offset, length, encoding), $textRead(view, start, end, encoding)
//   $textExact(text, encoding)   the bytes that a write takes, invalid characters left out
//   $bytesCompare(a, start, end, b, start, end), $bytesIndexOf(view, pattern, from, forwards, step)
//   $bytesFill(view, pattern, start, end), $bytesSwap(view, size)
//   $bytesGet(view, at, type, littleEndian), $bytesSet(view, at, value, type, littleEndian)

const era = $bufferEra(), classic = era < 2, kMaxLength = $bufferMaxLength()
const typeError = $Helpers.argumentTypeError, rangeError = $Helpers.rangeErrorOf, nodeError = $Helpers.nodeError

class FastBuffer extends $Uint8Array {
  constructor(memoryOrLength, byteOffset, length) {
    super(memoryOrLength, byteOffset, length)
  }
}

// The memory of the current slab, and in the classic profiles the SlowBuffer that Buffers name as their parent.
let slab
const parents = new $WeakMap()

function makeSlab() {
  'eager'
  slab = new $ArrayBuffer($poolSize())
  $poolSlab(slab)
}
if (era > 0) makeSlab()

// A slice of a slab for `bytes` bytes, or memory of its own.
function allocate(bytes, atMost) {
  if (bytes <= 0) return new FastBuffer()
  let offset = $poolRequest(bytes, atMost)
  if (offset === -1) return new FastBuffer(bytes)
  if (offset === -2) {
    makeSlab()
    offset = 0
  }
  return new FastBuffer(slab, offset, bytes)
}

// Encodings by number, as the natives know them.
const UTF8 = 0, UTF16 = 1, LATIN1 = 2, ASCII = 3, BASE64 = 4, BASE64URL = 5, HEX = 6
const encodings = {
  __proto__: null, utf8: UTF8, 'utf-8': UTF8, ucs2: UTF16, 'ucs-2': UTF16, utf16le: UTF16, 'utf-16le': UTF16,
  latin1: LATIN1, binary: LATIN1, ascii: ASCII, base64: BASE64, base64url: BASE64URL, hex: HEX,
}

function encodingOf(name) {
  if (name === undefined || name === null || name === '') return UTF8
  const number = encodings[`${name}`.toLowerCase()]
  if (number === undefined) throw nodeError('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${name}`)
  return number
}

function isBytes(value) {
  return $typedNumber(value) === 1
}

// Node's validators take their arguments as a list (`hideStackFrames`): an array, and its store.
function leaveArguments(count) {
  if (!classic) $leaveDead(6 + count)
}

function checkNumber(value, name, least, most) {
  leaveArguments(4)
  if (typeof value !== 'number') throw typeError(name, ['number'], value)
  if (!(value >= least && value <= most)) throw rangeError(name, `>= ${least} && <= ${most}`, value)
}

// An integer offset within bounds.
function checkOffset(value, name, least = 0, most = kMaxLength) {
  leaveArguments(4)
  if (typeof value !== 'number') throw typeError(name, ['number'], value)
  if (!$Number.isInteger(value)) throw rangeError(name, 'an integer', value)
  if (value < least || value > most) throw rangeError(name, `>= ${least} && <= ${most}`, value)
}

function fromString(text, encodingName) {
  const encoding = typeof encodingName === 'string' ? encodingOf(encodingName) : UTF8
  if (text.length === 0) return new FastBuffer()
  const bytes = $textLength(text, encoding)
  if (classic) return written(allocate(bytes, bytes), text, encoding)
  // A text that might take four bytes a character is measured only where that decides.
  const half = $poolSize() >>> 1
  if (text.length >= half || text.length * 4 >= half && bytes >= half) {
    return written(new FastBuffer(bytes), text, encoding)
  }
  const actual = $textExact(text, encoding)
  const result = allocate(actual, text.length * 4 >= half ? bytes : text.length * 4)
  $textWrite(result, text, 0, actual, encoding)
  return result
}

function written(buffer, text, encoding) {
  const length = $textWrite(buffer, text, 0, buffer.length, encoding)
  return length < buffer.length ? new FastBuffer(buffer.buffer, buffer.byteOffset, length) : buffer
}

function fromArrayLike(list) {
  const length = $toLength(list.length)
  const result = allocate(length, length)
  if ($typedNumber(list) >= 0) $typedCopy(result, 0, list, 0, length)
  else for (let i = 0; i < length; i++) result[i] = list[i]
  return result
}

function fromArrayBuffer(memory, byteOffset, length) {
  let start = byteOffset === undefined ? 0 : +byteOffset
  if (start !== start) start = 0
  const most = memory.byteLength - start
  if (most < 0) throw nodeError('RangeError', 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds')
  let count = most
  if (length !== undefined) {
    count = +length
    if (!(count > 0)) count = 0
    if (count > most) throw nodeError('RangeError', 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds')
  }
  return new FastBuffer(memory, start, count)
}

// The sizes that the classic constructors accept, and what they make of the others.
function classicSize(size) {
  if (era === 0) {
    const length = ~~$Math.ceil(+size)
    const wanted = size > kMaxLength && size <= 4294967295 ? size : length < 0 ? 0 : length
    if (wanted > kMaxLength) $throwRangeError('length > kMaxLength')
    return wanted
  }
  if (size < 0 || size !== size) return 0
  if (size > kMaxLength) $throwRangeError('Invalid array buffer length')
  return $Math.trunc(size)
}

function classicBuffer(subject, encoding, offset) {
  if (typeof subject === 'number') {
    const size = classicSize(subject)
    return allocate(size, size)
  }
  if (typeof subject === 'string') return fromString(subject, encoding)
  if ($isArrayBuffer(subject)) return fromArrayBuffer(subject, encoding, offset)
  if ($isObject(subject) && typeof subject.length === 'number') return fromArrayLike(subject)
  if ($isObject(subject) && subject.type === 'Buffer' && $isArray(subject.data)) return fromArrayLike(subject.data)
  $throwTypeError(era === 0
    ? 'First argument needs to be a number, array or string.'
    : 'must start with number, buffer, array or string')
}

function Buffer(arg, encodingOrOffset, length) {
  if (classic) return classicBuffer(arg, encodingOrOffset, length)
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw typeError('string', ['string'], arg)
    return Buffer.alloc(arg)
  }
  return Buffer.from(arg, encodingOrOffset, length)
}

function SlowBuffer(size) {
  if (classic) return slow(classicSize(size))
  checkNumber(size, 'size', 0, kMaxLength)
  return new FastBuffer(size)
}

function slow(size) {
  const buffer = new FastBuffer(size)
  $Object.setPrototypeOf(buffer, SlowBuffer.prototype)
  return buffer
}

Buffer.prototype = FastBuffer.prototype
$install(Buffer.prototype, { constructor: Buffer })
$Object.setPrototypeOf(Buffer, $Uint8Array)
SlowBuffer.prototype = $Object.create(classic ? FastBuffer.prototype : $Uint8Array.prototype)
$install(SlowBuffer.prototype, { constructor: SlowBuffer })
$Object.setPrototypeOf(SlowBuffer, $Uint8Array)
$Object.defineProperty(Buffer, $Symbol.species, { configurable: true, enumerable: false, get() { return FastBuffer } })
$Object.defineProperty(Buffer, 'poolSize', {
  configurable: true, enumerable: true,
  get() { return $poolSize() },
  set(size) { $setPoolSize(size) },
})

const statics = {
  from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return fromString(value, encodingOrOffset)
    if (typeof value === 'object' && value !== null) {
      if ($isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length)
      const inner = value.valueOf && value.valueOf()
      if (inner !== undefined && inner !== null && inner !== value && (typeof inner === 'string' || typeof inner === 'object')) {
        return Buffer.from(inner, encodingOrOffset, length)
      }
      if (value.length !== undefined || $isArrayBuffer(value.buffer)) {
        return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer()
      }
      if (value.type === 'Buffer' && $isArray(value.data)) return fromArrayLike(value.data)
      if ($isCallable(value[$Symbol.toPrimitive])) {
        const text = value[$Symbol.toPrimitive]('string')
        if (typeof text === 'string') return fromString(text, encodingOrOffset)
      }
    }
    throw typeError('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value)
  },
  alloc(size, fill, encoding) {
    checkNumber(size, 'size', 0, kMaxLength)
    const buffer = new FastBuffer(size)
    return fill !== undefined && fill !== 0 && size > 0 ? fillBytes(buffer, fill, 0, buffer.length, encoding) : buffer
  },
  allocUnsafe(size) {
    checkNumber(size, 'size', 0, kMaxLength)
    return allocate($Math.trunc(size), $Math.trunc(size))
  },
  allocUnsafeSlow(size) {
    checkNumber(size, 'size', 0, kMaxLength)
    return new FastBuffer(size)
  },
  copyBytesFrom(view, offset, length) {
    if ($typedNumber(view) < 0) throw typeError('view', ['TypedArray'], view)
    const start = offset === undefined ? 0 : offset
    if (offset !== undefined) checkOffset(offset, 'offset')
    if (length !== undefined) checkOffset(length, 'length')
    const part = $call($TypedArray.prototype.slice, view, start, length === undefined ? undefined : start + length)
    return fromArrayLike(new $Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  },
  of(...items) {
    return filledFrom(new FastBuffer(items.length), items)
  },
  isBuffer(value) {
    return value instanceof Buffer
  },
  isEncoding(encoding) {
    return typeof encoding === 'string' && encodings[encoding.toLowerCase()] !== undefined
  },
  byteLength(text, encoding) {
    if (typeof text !== 'string') {
      if ($ArrayBuffer.isView(text) || $isArrayBuffer(text)) return text.byteLength
      throw typeError('string', ['string', 'Buffer', 'ArrayBuffer'], text)
    }
    const number = encoding ? encodings[encoding] ?? encodings[`${encoding}`.toLowerCase()] : UTF8
    return $textLength(text, number === undefined ? UTF8 : number)
  },
  compare(a, b) {
    if (!isBytes(a)) throw typeError('buf1', ['Buffer', 'Uint8Array'], a)
    if (!isBytes(b)) throw typeError('buf2', ['Buffer', 'Uint8Array'], b)
    return $bytesCompare(a, 0, a.length, b, 0, b.length)
  },
  concat(list, length) {
    if (!$isArray(list)) throw typeError('list', ['Array'], list)
    if (list.length === 0) return new FastBuffer()
    if (length === undefined) {
      length = 0
      for (let i = 0; i < list.length; i++) if (list[i].length) length += list[i].length
    } else checkOffset(length, 'length')
    const result = classic ? allocate(length, length) : Buffer.allocUnsafe(length)
    let at = 0
    for (let i = 0; i < list.length; i++) {
      const part = list[i]
      if (!isBytes(part)) throw typeError(`list[${i}]`, ['Buffer', 'Uint8Array'], part)
      const count = part.length < length - at ? part.length : length - at
      $typedCopy(result, at, part, 0, count)
      at += count
    }
    if (at < length) $typedFill(result, 0, at, length)
    return result
  },
}
for (const name of $Object.keys(statics)) Buffer[name] = statics[name]

function filledFrom(buffer, items) {
  for (let i = 0; i < items.length; i++) buffer[i] = items[i]
  return buffer
}

function fillBytes(buffer, value, offset, end, encodingName) {
  const given = value
  let encoding = UTF8
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encodingName = offset
      offset = undefined
    } else if (typeof end === 'string') {
      encodingName = end
      end = undefined
    }
    if (encodingName !== undefined && typeof encodingName !== 'string') throw typeError('encoding', ['string'], encodingName)
    encoding = encodingOf(encodingName)
  }
  if (offset === undefined) {
    offset = 0
    end = buffer.length
  } else {
    checkOffset(offset, 'offset')
    if (end === undefined) end = buffer.length
    else checkOffset(end, 'end', 0, buffer.length)
  }
  if (offset >= end) return buffer
  if (typeof value === 'string') value = value.length === 0 ? 0 : Buffer.from(value, encodingNames[encoding])
  if (isBytes(value)) {
    if (value.length === 0) {
      throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${$inspect(given, 2, false)}`)
    }
    $bytesFill(buffer, value, offset, end)
  } else {
    $typedFill(buffer, +value & 255, offset, end)
  }
  return buffer
}
const encodingNames = ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex']

function indexOfBytes(buffer, value, byteOffset, encodingName, forwards) {
  if (typeof byteOffset === 'string') {
    encodingName = byteOffset
    byteOffset = undefined
  }
  let from = +byteOffset
  if (from !== from) from = forwards ? 0 : buffer.length
  from = $Math.trunc(from)
  if (typeof value === 'number') {
    const pattern = new $Uint8Array(1)
    pattern[0] = value
    return $bytesIndexOf(buffer, pattern, from, forwards, 1)
  }
  if (typeof value === 'string') {
    const encoding = encodingOf(encodingName)
    return $bytesIndexOf(buffer, Buffer.from(value, encodingNames[encoding]), from, forwards, encoding === UTF16 ? 2 : 1)
  }
  if (isBytes(value)) return $bytesIndexOf(buffer, value, from, forwards, encodings[encodingName] === UTF16 ? 2 : 1)
  throw typeError('value', ['number', 'string', 'Buffer', 'Uint8Array'], value)
}

// An index as slice takes it: from the end where it is negative.
function within(index, length, byDefault) {
  let position = index === undefined ? byDefault : $Math.trunc(index)
  if (position !== position) position = 0
  if (position < 0) position += length
  return position < 0 ? 0 : position > length ? length : position
}

function swapped(buffer, size) {
  if (buffer.length % size !== 0) {
    throw nodeError('RangeError', 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`)
  }
  $bytesSwap(buffer, size)
  return buffer
}

const methods = {
  copy(target, targetStart, sourceStart, sourceEnd) {
    if (!isBytes(target)) throw typeError('target', ['Buffer', 'Uint8Array'], target)
    const to = position(targetStart, 0), from = position(sourceStart, 0)
    const end = position(sourceEnd, this.length)
    if (to < 0) throw rangeError('targetStart', '>= 0', to)
    if (from < 0 || from > this.length) throw rangeError('sourceStart', `>= 0 && <= ${this.length}`, from)
    if (end < 0) throw rangeError('sourceEnd', '>= 0', end)
    if (to >= target.length || from >= end) return 0
    const count = $Math.min(end - from, target.length - to, this.length - from)
    $typedCopy(target, to, this, from, count)
    return count
  },
  toString(encoding, start, end) {
    if (arguments.length === 0) return $textRead(this, 0, this.length, UTF8)
    const length = this.length
    if (start <= 0) start = 0
    else if (start >= length) return ''
    else start = $Math.trunc(start) || 0
    end = end === undefined || end > length ? length : $Math.trunc(end) || 0
    return end <= start ? '' : $textRead(this, start, end, encodingOf(encoding))
  },
  equals(other) {
    if (!isBytes(other)) throw typeError('otherBuffer', ['Buffer', 'Uint8Array'], other)
    return this === other || this.length === other.length && $bytesCompare(this, 0, this.length, other, 0, other.length) === 0
  },
  compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
    if (!isBytes(target)) throw typeError('target', ['Buffer', 'Uint8Array'], target)
    if (targetStart === undefined) targetStart = 0
    else checkOffset(targetStart, 'targetStart')
    if (targetEnd === undefined) targetEnd = target.length
    else checkOffset(targetEnd, 'targetEnd', 0, target.length)
    if (sourceStart === undefined) sourceStart = 0
    else checkOffset(sourceStart, 'sourceStart')
    if (sourceEnd === undefined) sourceEnd = this.length
    else checkOffset(sourceEnd, 'sourceEnd', 0, this.length)
    return $bytesCompare(this, sourceStart, sourceEnd, target, targetStart, targetEnd)
  },
  indexOf(value, byteOffset, encoding) {
    return indexOfBytes(this, value, byteOffset, encoding, true)
  },
  lastIndexOf(value, byteOffset, encoding) {
    return indexOfBytes(this, value, byteOffset, encoding, false)
  },
  includes(value, byteOffset, encoding) {
    return indexOfBytes(this, value, byteOffset, encoding, true) !== -1
  },
  fill(value, offset, end, encoding) {
    return fillBytes(this, value, offset, end, encoding)
  },
  write(text, offset, length, encoding) {
    if (typeof text !== 'string') throw nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', 'argument must be a string')
    if (offset === undefined) return $textWrite(this, text, 0, this.length, UTF8)
    if (length === undefined && typeof offset === 'string') return $textWrite(this, text, 0, this.length, encodingOf(offset))
    checkOffset(offset, 'offset', 0, this.length)
    const room = this.length - offset
    if (length === undefined) length = room
    else if (typeof length === 'string') {
      encoding = length
      length = room
    } else {
      checkOffset(length, 'length', 0, this.length)
      if (length > room) length = room
    }
    return $textWrite(this, text, offset, length, encodingOf(encoding))
  },
  toJSON() {
    const data = $newArray(this.length)
    for (let i = 0; i < this.length; i++) data[i] = this[i]
    return { type: 'Buffer', data }
  },
  subarray(start, end) {
    const length = this.length, from = within(start, length, 0), to = within(end, length, length)
    return new FastBuffer(this.buffer, this.byteOffset + from, to > from ? to - from : 0)
  },
  slice(start, end) {
    return this.subarray(start, end)
  },
  swap16() {
    return swapped(this, 2)
  },
  swap32() {
    return swapped(this, 4)
  },
  swap64() {
    return swapped(this, 8)
  },
  readUIntLE(offset, byteLength) {
    return readInteger(this, offset, byteLength, true, false)
  },
  readUIntBE(offset, byteLength) {
    return readInteger(this, offset, byteLength, false, false)
  },
  readIntLE(offset, byteLength) {
    return readInteger(this, offset, byteLength, true, true)
  },
  readIntBE(offset, byteLength) {
    return readInteger(this, offset, byteLength, false, true)
  },
  writeUIntLE(value, offset, byteLength) {
    return writeInteger(this, value, offset, byteLength, true, false)
  },
  writeUIntBE(value, offset, byteLength) {
    return writeInteger(this, value, offset, byteLength, false, false)
  },
  writeIntLE(value, offset, byteLength) {
    return writeInteger(this, value, offset, byteLength, true, true)
  },
  writeIntBE(value, offset, byteLength) {
    return writeInteger(this, value, offset, byteLength, false, true)
  },
}

// The integer in an argument of copy; what is none counts as 0.
function position(value, byDefault) {
  if (value === undefined) return byDefault
  const number = +value
  return $Number.isFinite(number) ? $Math.floor(number) : 0
}

// `last` is the last offset at which the bytes still fit.
function checkBounds(offset, last, name) {
  if (typeof offset !== 'number') throw typeError(name, ['number'], offset)
  if ($Math.floor(offset) !== offset) throw rangeError(name, 'an integer', offset)
  if (last < 0) throw nodeError('RangeError', 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds')
  if (offset < 0 || offset > last) throw rangeError(name, `>= ${name === 'offset' ? 0 : 1} and <= ${last}`, offset)
}

// As in Node a BigInt or a symbol fails in Math.floor.
function checkByteLength(offset, byteLength) {
  if (offset === undefined) throw typeError('offset', ['number'], offset)
  $Math.floor(byteLength)
  checkBounds(byteLength, 6, 'byteLength')
  if (byteLength < 1) throw rangeError('byteLength', '>= 1 and <= 6', byteLength)
}

function readInteger(buffer, offset, byteLength, little, signed) {
  checkByteLength(offset, byteLength)
  checkBounds(offset, buffer.length - byteLength, 'offset')
  let value = 0
  for (let i = 0; i < byteLength; i++) value = value * 256 + buffer[little ? offset + byteLength - 1 - i : offset + i]
  return signed && value >= 2 ** (8 * byteLength - 1) ? value - 2 ** (8 * byteLength) : value
}

function writeInteger(buffer, value, offset, byteLength, little, signed) {
  value = +value
  checkByteLength(offset, byteLength)
  const bits = 8 * byteLength
  checkValue(value, signed ? -(2 ** (bits - 1)) : 0, signed ? 2 ** (bits - 1) - 1 : 2 ** bits - 1, byteLength, '')
  checkBounds(offset, buffer.length - byteLength, 'offset')
  let rest = value < 0 ? value + 2 ** bits : value
  rest = $Math.trunc(rest)
  for (let i = 0; i < byteLength; i++) {
    buffer[little ? offset + i : offset + byteLength - 1 - i] = rest % 256
    rest = $Math.floor(rest / 256)
  }
  return offset + byteLength
}

function checkValue(value, least, most, byteLength, suffix) {
  if (!(value > most || value < least)) return
  const range = byteLength <= 4
    ? `>= ${least}${suffix} and <= ${most}${suffix}`
    : least == 0
      ? `>= 0${suffix} and < 2${suffix} ** ${8 * byteLength}${suffix}`
      : `>= -(2${suffix} ** ${8 * byteLength - 1}${suffix}) and < 2${suffix} ** ${8 * byteLength - 1}${suffix}`
  throw rangeError('value', range, value)
}

// Element types by the typed arrays' numbers.
const numbers = [
  ['Int8', 0, 1, -128, 127], ['UInt8', 1, 1, 0, 255], ['Int16', 3, 2, -32768, 32767], ['UInt16', 4, 2, 0, 65535],
  ['Int32', 5, 4, -2147483648, 2147483647], ['UInt32', 6, 4, 0, 4294967295], ['Float', 7, 4], ['Double', 8, 8],
  ['BigInt64', 9, 8, -0x8000000000000000n, 0x7fffffffffffffffn], ['BigUInt64', 10, 8, 0n, 0xffffffffffffffffn],
]
for (const [name, type, size, least, most] of numbers) {
  for (const ending of size === 1 ? [''] : ['LE', 'BE']) {
    const little = ending !== 'BE', suffix = typeof least === 'bigint' ? 'n' : ''
    const read = `read${name}${ending}`, write = `write${name}${ending}`
    $install(methods, {
      [read](offset = 0) {
        leaveArguments(2)
        checkBounds(offset, this.length - size, 'offset')
        return $bytesGet(this, offset, type, little)
      },
      [write](value, offset = 0) {
        if (suffix === '') value = +value
        if (least !== undefined) checkValue(value, least, most, size, suffix)
        leaveArguments(2)
        checkBounds(offset, this.length - size, 'offset')
        // What is no BigInt fails here.
        if (suffix === 'n') value & 0n
        $bytesSet(this, offset, value, type, little)
        return offset + size
      },
    })
  }
}
for (const name of $Object.getOwnPropertyNames(methods)) Buffer.prototype[name] = methods[name]
for (const name of $Object.getOwnPropertyNames(methods)) {
  const at = $indexOf(name, 'UInt', 0)
  if (at >= 0) Buffer.prototype[`${$slice(name, 0, at)}Uint${$slice(name, at + 4)}`] = methods[name]
}
Buffer.prototype.toLocaleString = methods.toString

$Object.defineProperty(Buffer.prototype, 'parent', {
  enumerable: true, configurable: true,
  get() {
    if (!(this instanceof Buffer)) return undefined
    if (!classic) return this.buffer
    let parent = parents.get(this.buffer)
    if (parent === undefined) {
      parent = new FastBuffer(this.buffer)
      $Object.setPrototypeOf(parent, SlowBuffer.prototype)
      parents.set(this.buffer, parent)
    }
    return parent
  },
})
$Object.defineProperty(Buffer.prototype, 'offset', {
  enumerable: true, configurable: true,
  get() {
    return this instanceof Buffer ? this.byteOffset : undefined
  },
})

$bufferPrototype(Buffer.prototype)
$install($globalThis, { Buffer })
$install($Helpers, {
  bufferModule: {
    Buffer, SlowBuffer, kMaxLength, INSPECT_MAX_BYTES: 50, kStringMaxLength: 536870888,
    constants: { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: 536870888 },
  },
})
if (classic) $install($globalThis, { SlowBuffer })
