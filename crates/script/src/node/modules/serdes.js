'use strict'
// v8.serialize and v8.deserialize: the structured clone algorithm into bytes and back, in V8's format, version 15 (V8:
// src/objects/value-serializer.cc), with views as Node writes them (lib/v8.js, DefaultSerializer).
//   $cloneKind(object)   'object', 'array', 'date' ...; 'none' for what cannot be cloned
//   $textLength(text, encoding), $textWrite(view, text, offset, length, encoding), $textRead(view, start, end, encoding)

const UTF16 = 1, LATIN1 = 2, VERSION = 15
const { Buffer } = $globalThis
// The numbers by which Node names the classes of views; DataView's is 9, Buffer's 10.
const VIEWS = [
  'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array',
  'Float64Array', 'DataView', 'Buffer', 'BigInt64Array', 'BigUint64Array',
]
const FLAGS = ['g', 'i', 'm', 'y', 'u', 's', 'l', 'd', 'v']
const ERRORS = { EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' }

function refuse(value) {
  throw new $Error(`${$isCallable(value) ? `${value}` : $describe(value)} could not be cloned.`)
}

class Writer {
  #bytes = new $Uint8Array(256)
  #view = new $globalThis.DataView(this.#bytes.buffer)
  #length = 0
  #seen = new $Map()

  // Room for more bytes; where they begin.
  #room(count) {
    const at = this.#length
    this.#length += count
    if (this.#length > this.#bytes.length) {
      const larger = new $Uint8Array($Math.max(this.#length, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.#view = new $globalThis.DataView(larger.buffer)
    }
    return at
  }
  byte(value) {
    const at = this.#room(1)
    this.#bytes[at] = value
  }
  tag(character) {
    this.byte(character.charCodeAt(0))
  }
  varint(value) {
    for (; value >= 128; value = $Math.floor(value / 128)) this.byte(value % 128 + 128)
    this.byte(value)
  }
  double(value) {
    const at = this.#room(8)
    this.#view.setFloat64(at, value, true)
  }
  raw(bytes) {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
  }
  string(text) {
    const isWide = /[^\x00-\xff]/.test(text), size = isWide ? 2 * text.length : text.length
    if (isWide) {
      // The characters lie at an even address.
      let digits = 1
      for (let left = size; left >= 128; left = $Math.floor(left / 128)) digits++
      if ((this.#length + 1 + digits) % 2 === 1) this.byte(0)
    }
    this.tag(isWide ? 'c' : '"')
    this.varint(size)
    const at = this.#room(size)
    $textWrite(this.#bytes, text, at, size, isWide ? UTF16 : LATIN1)
  }
  bigint(value) {
    const magnitude = value < 0n ? -value : value, digits = magnitude === 0n ? 0 : $Math.ceil(magnitude.toString(16).length / 16)
    this.varint(digits * 16 + (value < 0n ? 1 : 0))
    for (let left = magnitude, digit = 0; digit < digits; digit++, left >>= 64n) {
      const at = this.#room(8)
      this.#view.setBigUint64(at, left & 0xffffffffffffffffn, true)
    }
  }
  value(value) {
    switch (typeof value) {
      case 'undefined': return this.tag('_')
      case 'boolean': return this.tag(value ? 'T' : 'F')
      case 'string': return this.string(value)
      case 'number': return this.number(value)
      case 'bigint': return this.tag('Z'), this.bigint(value)
      case 'object': return value === null ? this.tag('0') : this.object(value)
      default: return refuse(value)
    }
  }
  number(value) {
    // V8 writes as an integer what it holds as a small one.
    if (value === (value | 0) && !$Object.is(value, -0)) {
      this.tag('I')
      this.varint(value < 0 ? -2 * value - 1 : 2 * value)
    } else {
      this.tag('N')
      this.double(value)
    }
  }
  object(value) {
    const known = this.#seen.get(value)
    if (known !== undefined) {
      this.tag('^')
      return this.varint(known)
    }
    const kind = $cloneKind(value)
    if (kind === 'none' || $isCallable(value)) refuse(value)
    this.#seen.set(value, this.#seen.size)
    if (kind === 'object') this.plain(value)
    else this[kind](value)
  }
  // Properties as pairs; how many there were.
  #properties(object, keys) {
    let count = 0
    for (const key of keys) {
      if (!$hasOwn(object, key)) continue
      const index = +key
      if (`${index >>> 0}` === key && index < 4294967295) this.number(index)
      else this.string(key)
      this.value(object[key])
      count++
    }
    return count
  }
  plain(object) {
    this.tag('o')
    const count = this.#properties(object, $Object.keys(object))
    this.tag('{')
    this.varint(count)
  }
  array(list) {
    const { length } = list, keys = $Object.keys(list), names = keys.filter((key) => !(+key >= 0))
    const isDense = keys.length - names.length === length
    this.tag(isDense ? 'A' : 'a')
    this.varint(length)
    if (isDense) for (let at = 0; at < length; at++) this.value(list[at])
    const count = this.#properties(list, isDense ? names : keys)
    this.tag(isDense ? '$' : '@')
    this.varint(count)
    this.varint(length)
  }
  date(date) {
    this.tag('D')
    this.double(+date)
  }
  regexp({ source, flags }) {
    this.tag('R')
    this.string(source)
    this.varint([...flags].reduce((bits, flag) => bits + 2 ** FLAGS.indexOf(flag), 0))
  }
  wrapper(object) {
    const inner = $unbox(object)
    if (typeof inner === 'boolean') return this.tag(inner ? 'y' : 'x')
    if (typeof inner === 'symbol') refuse(object)
    this.tag({ number: 'n', bigint: 'z', string: 's' }[typeof inner])
    typeof inner === 'number' ? this.double(inner) : this[typeof inner](inner)
  }
  map(map) {
    const pairs = [...map].flat()
    this.tag(';')
    for (const item of pairs) this.value(item)
    this.tag(':')
    this.varint(pairs.length)
  }
  set(set) {
    const items = [...set]
    this.tag('\'')
    for (const item of items) this.value(item)
    this.tag(',')
    this.varint(items.length)
  }
  error(error) {
    this.tag('r')
    const tag = ERRORS[error.name]
    if (tag !== undefined) this.tag(tag)
    const own = $Object.getOwnPropertyDescriptor(error, 'message')
    if (own !== undefined) {
      this.tag('m')
      this.string(`${own.value}`)
    }
    if ($hasOwn(error, 'cause')) {
      this.tag('c')
      this.value(error.cause)
    }
    if (typeof error.stack === 'string') {
      this.tag('s')
      this.string(error.stack)
    }
    this.tag('.')
  }
  buffer(buffer) {
    this.tag('B')
    this.varint(buffer.byteLength)
    this.raw(new $Uint8Array(buffer))
  }
  view(view) {
    this.tag('\\')
    const name = view instanceof Buffer ? 'Buffer' : $Object.prototype.toString.call(view).slice(8, -1)
    this.varint(VIEWS.indexOf(name))
    this.varint(view.byteLength)
    this.raw(new $Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  }
  result() {
    return this.#bytes.subarray(0, this.#length)
  }
}
function unreadable(why = '') {
  throw new $Error(`Unable to deserialize cloned data${why}.`)
}

class Reader {
  #bytes
  #view
  #at = 0
  #objects = []

  constructor(bytes) {
    this.#bytes = bytes
    this.#view = new $globalThis.DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  #take(count) {
    const at = this.#at
    if (!(count <= this.#bytes.length - at)) unreadable()
    this.#at += count
    return at
  }
  byte() {
    return this.#bytes[this.#take(1)]
  }
  peek() {
    return this.#at < this.#bytes.length ? $String.fromCharCode(this.#bytes[this.#at]) : unreadable()
  }
  tag() {
    let byte
    do byte = this.byte()
    while (byte === 0)
    return $String.fromCharCode(byte)
  }
  varint() {
    let value = 0, scale = 1, byte
    do {
      byte = this.byte()
      value += byte % 128 * scale
      scale *= 128
    } while (byte >= 128 && scale < 2 ** 42)
    return value
  }
  double() {
    return this.#view.getFloat64(this.#take(8), true)
  }
  string(tag = this.tag()) {
    if (tag !== '"' && tag !== 'c') unreadable()
    const size = this.varint(), at = this.#take(size)
    return $textRead(this.#bytes, at, at + size, tag === 'c' ? UTF16 : LATIN1)
  }
  bigint() {
    const head = this.varint()
    let value = 0n
    for (let digit = 0n; digit < $Math.floor(head / 16); digit++) value += this.#view.getBigUint64(this.#take(8), true) << (64n * digit)
    return head % 2 === 1 ? -value : value
  }
  #keep(object) {
    this.#objects.push(object)
    return object
  }
  value() {
    const tag = this.tag()
    switch (tag) {
      case '_': return undefined
      case '0': return null
      case 'T': return true
      case 'F': return false
      case 'I': {
        const value = this.varint()
        return value % 2 === 1 ? -(value + 1) / 2 : value / 2
      }
      case 'U': return this.varint()
      case 'N': return this.double()
      case 'Z': return this.bigint()
      case '"': case 'c': return this.string(tag)
      case '^': {
        const number = this.varint()
        return number < this.#objects.length ? this.#objects[number] : unreadable()
      }
      case 'o': return this.#properties(this.#keep({}), '{', 1)
      case 'A': case 'a': return this.#array(tag)
      case 'D': return this.#keep(new $globalThis.Date(this.double()))
      case 'y': case 'x': return this.#keep($toObject(tag === 'y'))
      case 'n': return this.#keep($toObject(this.double()))
      case 'z': return this.#keep($toObject(this.bigint()))
      case 's': return this.#keep($toObject(this.string()))
      case 'R': return this.#regexp()
      case ';': {
        const map = this.#keep(new $Map())
        return this.#items(':', () => map.set(this.value(), this.value()), map)
      }
      case '\'': {
        const set = this.#keep(new $Set())
        return this.#items(',', () => set.add(this.value()), set)
      }
      case 'B': return this.#keep(this.#copy(this.varint()).buffer)
      case '\\': return this.#hostView()
      case 'r': return this.#error()
      default: return unreadable()
    }
  }
  #copy(length) {
    const at = this.#take(length)
    return this.#bytes.slice(at, at + length)
  }
  // Pairs up to the tag that ends them, and the numbers behind it.
  #properties(object, end, numbers) {
    while (this.peek() !== end) {
      const key = this.value()
      if (typeof key !== 'string' && typeof key !== 'number') unreadable()
      $createDataProperty(object, `${key}`, this.value())
    }
    this.tag()
    while (numbers-- > 0) this.varint()
    return object
  }
  #array(tag) {
    const length = this.varint(), list = this.#keep([])
    if (tag === 'A' && length > this.#bytes.length || length > 4294967295) unreadable()
    list.length = length
    for (let at = 0; tag === 'A' && at < length; at++) {
      if (this.peek() === '-') this.tag()
      else list[at] = this.value()
    }
    return this.#properties(list, tag === 'A' ? '$' : '@', 2)
  }
  #items(end, read, collection) {
    while (this.peek() !== end) read()
    this.tag()
    this.varint()
    return collection
  }
  #regexp() {
    const number = this.#objects.push(undefined) - 1, source = this.string(), bits = this.varint()
    return (this.#objects[number] = new $RegExp(source, FLAGS.filter((flag, index) => $Math.floor(bits / 2 ** index) % 2 === 1).join('')))
  }
  #hostView() {
    const number = this.#objects.push(undefined) - 1, name = VIEWS[this.varint()], bytes = this.#copy(this.varint())
    if (name === undefined) unreadable()
    const view = name === 'Buffer' ? Buffer.from(bytes.buffer) : name === 'Uint8Array' ? bytes : new $globalThis[name](bytes.buffer)
    return (this.#objects[number] = view)
  }
  #error() {
    const number = this.#objects.push(undefined) - 1
    let name = 'Error', message, stack, hasCause = false, cause
    for (let tag = this.tag(); tag !== '.'; tag = this.tag()) {
      const known = $Object.keys(ERRORS).find((key) => ERRORS[key] === tag)
      if (known !== undefined) name = known
      else if (tag === 'm') message = this.string()
      else if (tag === 's') stack = this.string()
      else if (tag === 'c') [hasCause, cause] = [true, this.value()]
      else unreadable()
    }
    const error = $cloneError(name, message, stack)
    if (hasCause) $Object.defineProperty(error, 'cause', { value: cause, writable: true, configurable: true, enumerable: false })
    return (this.#objects[number] = error)
  }
  header() {
    if (this.byte() !== 0xff || this.varint() > VERSION) unreadable(' due to invalid or unsupported version')
  }
}

function serialize(value) {
  const writer = new Writer()
  writer.byte(0xff)
  writer.varint(VERSION)
  writer.value(value)
  return Buffer.from(writer.result())
}

function deserialize(bytes) {
  if (!$ArrayBuffer.isView(bytes)) throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', 'buffer must be a TypedArray or a DataView')
  const reader = new Reader(new $Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  reader.header()
  return reader.value()
}

module.exports = { serialize, deserialize }
