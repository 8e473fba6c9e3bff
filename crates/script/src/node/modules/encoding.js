'use strict'
// TextEncoder, TextDecoder (Encoding Standard, for UTF-8, UTF-16LE and windows-1252), atob and btoa (HTML).
//   $textLength(text, encoding), $textWrite(view, text, offset, length, encoding), $textRead(view, start, end, encoding)

const UTF8 = 0, UTF16 = 1, LATIN1 = 2, BASE64 = 4
const nodeError = $Helpers.nodeError, custom = $Symbol.for('nodejs.util.inspect.custom')
const labels = {
  __proto__: null, 'utf-8': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', 'utf-16le': 'utf-16le', 'utf-16': 'utf-16le',
  ucs2: 'utf-16le', 'ucs-2': 'utf-16le', unicode: 'utf-16le', latin1: 'windows-1252', ascii: 'windows-1252',
  'us-ascii': 'windows-1252', 'iso-8859-1': 'windows-1252', 'windows-1252': 'windows-1252',
}
const numbers = { 'utf-8': UTF8, 'utf-16le': UTF16, 'windows-1252': LATIN1 }
// What windows-1252 has where latin1 has control characters.
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function encoded(text) {
  const bytes = new $Uint8Array($textLength(text, UTF8))
  $textWrite(bytes, text, 0, bytes.length, UTF8)
  return bytes
}

class TextEncoder {
  get encoding() { return 'utf-8' }
  encode(text = '') {
    return encoded(`${text}`.toWellFormed())
  }
  encodeInto(source, target) {
    if (typeof source !== 'string') throw $Helpers.argumentTypeError('src', ['string'], source)
    if ($typedNumber(target) !== 1) throw $Helpers.argumentTypeError('dest', ['Uint8Array'], target)
    let read = 0, written = 0
    for (const character of source.toWellFormed()) {
      const bytes = encoded(character)
      if (written + bytes.length > target.length) break
      target.set(bytes, written)
      read += character.length
      written += bytes.length
    }
    return { read, written }
  }
  [custom](depth, options, inspect) {
    return depth < 0 ? this : inspect({ encoding: this.encoding }, options)
  }
}

// Bytes at the end that begin a character of which the rest is to come.
function unfinished(bytes, encoding) {
  if (encoding === 'utf-16le') {
    const odd = bytes.length % 2, last = bytes[bytes.length - odd - 1]
    return last >= 0xd8 && last < 0xdc ? odd + 2 : odd
  }
  if (encoding !== 'utf-8') return 0
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]
    if (byte >= 0xc2) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back && byte <= 0xf4 ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

class TextDecoder {
  #encoding
  #fatal
  #ignoreBOM
  #rest = new $Uint8Array(0)
  #begun = false
  constructor(label = 'utf-8', options = {}) {
    this.#encoding = labels[`${label}`.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase()]
    if (this.#encoding === undefined) {
      throw nodeError('RangeError', 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`)
    }
    this.#fatal = !!options?.fatal
    this.#ignoreBOM = !!options?.ignoreBOM
  }
  get encoding() { return this.#encoding }
  get fatal() { return this.#fatal }
  get ignoreBOM() { return this.#ignoreBOM }
  decode(input = new $Uint8Array(0), options = {}) {
    const more = viewOf(input), bytes = new $Uint8Array(this.#rest.length + more.length)
    bytes.set(this.#rest)
    bytes.set(more, this.#rest.length)
    const stream = !!options?.stream, end = bytes.length - (stream ? unfinished(bytes, this.#encoding) : 0)
    this.#rest = bytes.slice(end)
    let text = $textRead(bytes, 0, end, numbers[this.#encoding])
    if (this.#encoding === 'windows-1252') text = text.replace(/[\x80-\x9f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80])
    if (this.#encoding === 'utf-16le') text = (end % 2 === 0 ? text : `${text}\ufffd`).toWellFormed()
    if (this.#fatal && text.includes('\ufffd') && !this.#isWhole(bytes.subarray(0, end), text)) {
      throw nodeError('TypeError', 'ERR_ENCODING_INVALID_ENCODED_DATA', `The encoded data was not valid for encoding ${this.#encoding}`)
    }
    const hasMark = !this.#begun && !this.#ignoreBOM && this.#encoding !== 'windows-1252' && text[0] === '\ufeff'
    this.#begun = stream && (this.#begun || text !== '')
    return hasMark ? $slice(text, 1) : text
  }
  [custom](depth, options, inspect) {
    const { encoding, fatal, ignoreBOM } = this
    return depth < 0 ? this : `TextDecoder ${inspect({ encoding, fatal, ignoreBOM }, options)}`
  }
  // Whether the text's replacement characters stand in the bytes themselves.
  #isWhole(bytes, text) {
    const number = numbers[this.#encoding], again = new $Uint8Array($textLength(text, number))
    $textWrite(again, text, 0, again.length, number)
    return again.length === bytes.length && again.every((byte, index) => byte === bytes[index])
  }
}

function viewOf(input) {
  if ($ArrayBuffer.isView(input)) return new $Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  if ($Object.prototype.toString.call(input) === '[object ArrayBuffer]') return new $Uint8Array(input)
  throw $Helpers.argumentTypeError('input', ['ArrayBuffer', 'ArrayBufferView'], input)
}

function invalidCharacter(message) {
  return new $globalThis.DOMException(message, 'InvalidCharacterError')
}

function atob(input) {
  if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "input" argument must be specified')
  let text = `${input}`.replace(/[\t\n\f\r ]/g, '')
  if (text.length % 4 === 0) text = text.replace(/==?$/, '')
  if (/[^A-Za-z0-9+/]/.test(text)) throw invalidCharacter('Invalid character')
  if (text.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.')
  const bytes = new $Uint8Array($Math.floor(text.length * 3 / 4))
  $textWrite(bytes, text, 0, bytes.length, BASE64)
  return $textRead(bytes, 0, bytes.length, LATIN1)
}

function btoa(input) {
  if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "input" argument must be specified')
  const text = `${input}`
  if (/[^\x00-\xff]/.test(text)) throw invalidCharacter('Invalid character')
  const bytes = new $Uint8Array(text.length)
  $textWrite(bytes, text, 0, bytes.length, LATIN1)
  return $textRead(bytes, 0, bytes.length, BASE64)
}

module.exports = { TextEncoder, TextDecoder, atob, btoa }
