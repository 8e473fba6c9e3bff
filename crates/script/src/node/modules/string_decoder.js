'use strict'
// The module `string_decoder`: bytes become text without tearing characters that two chunks share.

const { Buffer } = $globalThis

const NAMES = { 'utf-8': 'utf8', ucs2: 'utf16le', 'ucs-2': 'utf16le', 'utf-16le': 'utf16le', binary: 'latin1' }

function nameOf(encoding) {
  const name = encoding === undefined || encoding === null || encoding === '' ? 'utf8' : `${encoding}`.toLowerCase()
  if (!Buffer.isEncoding(name)) throw $Helpers.nodeError('TypeError', 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`)
  return NAMES[name] ?? name
}

// How many bytes at the end belong to a character that is not complete.
const unfinished = {
  utf8(bytes) {
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back]
      if (byte < 0x80) return 0
      if (byte >= 0xc0) {
        const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
        return byte < 0xf8 && size > back ? back : 0
      }
    }
    return 0
  },
  utf16le(bytes) {
    const odd = bytes.length % 2
    const high = bytes.length - odd >= 2 ? bytes[bytes.length - odd - 1] : 0
    return high >= 0xd8 && high <= 0xdb ? odd + 2 : odd
  },
  base64: (bytes) => bytes.length % 3,
  base64url: (bytes) => bytes.length % 3,
}

function StringDecoder(encoding) {
  this.encoding = nameOf(encoding)
  this.rest = Buffer.alloc(0)
}

$install(StringDecoder.prototype, {
  write(chunk) {
    if (typeof chunk === 'string') return chunk
    if (!$ArrayBuffer.isView(chunk)) throw $Helpers.argumentTypeError('buf', ['Buffer', 'TypedArray', 'DataView'], chunk)
    const part = chunk instanceof Buffer ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, part]) : part
    const count = unfinished[this.encoding]
    const keep = count === undefined ? 0 : count(bytes)
    // A copy: the chunk must not stay alive for three bytes.
    this.rest = Buffer.alloc(keep)
    if (keep > 0) bytes.copy(this.rest, 0, bytes.length - keep)
    return bytes.toString(this.encoding, 0, bytes.length - keep)
  },
  end(chunk) {
    const text = chunk === undefined ? '' : this.write(chunk)
    const rest = this.rest.toString(this.encoding)
    this.rest = Buffer.alloc(0)
    return text + rest
  },
})

module.exports = { StringDecoder }
