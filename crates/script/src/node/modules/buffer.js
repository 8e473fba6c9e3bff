'use strict'
// The module `buffer`: Buffer itself is in `prelude/buffer.js`.

const { nodeError, argumentTypeError } = $Helpers

// The bytes of what is to be examined.
function bytesOf(input) {
  if (!$ArrayBuffer.isView(input) && !(input instanceof $ArrayBuffer)) {
    throw argumentTypeError('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input)
  }
  if ((input.buffer ?? input).detached) {
    throw nodeError('Error', 'ERR_INVALID_STATE', 'Cannot validate on a detached buffer')
  }
  if ($ArrayBuffer.isView(input)) return new $Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  return new $Uint8Array(input)
}

// Bytes in another encoding; characters that it lacks become `?`.
function transcode(source, from, to) {
  const { Buffer } = $Helpers.bufferModule
  if (!(source instanceof $Uint8Array)) throw argumentTypeError('source', ['Buffer', 'Uint8Array'], source)
  const text = Buffer.from(source).toString(from), single = /^(ascii|latin1|binary)$/i.test(to)
  return Buffer.from(single ? text.replace(/^ascii$/i.test(to) ? /[^\x00-\x7f]/gu : /[^\x00-\xff]/gu, '?') : text, to)
}

module.exports = $Object.defineProperties($Helpers.bufferModule, $Object.getOwnPropertyDescriptors({
  get atob() { return $globalThis.atob },
  get btoa() { return $globalThis.btoa },
  isAscii: (input) => bytesOf(input).every((byte) => byte < 0x80),
  isUtf8(input) {
    const bytes = bytesOf(input)
    try {
      new $globalThis.TextDecoder('utf-8', { fatal: true }).decode(bytes)
      return true
    } catch {
      return false
    }
  },
  transcode,
}))
