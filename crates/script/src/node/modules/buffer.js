'use strict'
// The module `buffer`: Buffer itself is in `prelude/buffer.js`.

function bytesOf(input) {
  if ($ArrayBuffer.isView(input)) return new $Uint8Array(input.buffer, input.byteOffset, input.byteLength)
  return new $Uint8Array(input)
}

// Bytes in another encoding; characters that it lacks become `?`.
function transcode(source, from, to) {
  const { Buffer } = $Helpers.bufferModule
  const text = Buffer.from(source).toString(from), single = /^(ascii|latin1|binary)$/i.test(to)
  return Buffer.from(single ? text.replace(/^ascii$/i.test(to) ? /[^\x00-\x7f]/gu : /[^\x00-\xff]/gu, '?') : text, to)
}

module.exports = $Object.defineProperties($Helpers.bufferModule, $Object.getOwnPropertyDescriptors({
  get atob() { return $globalThis.atob },
  get btoa() { return $globalThis.btoa },
  isAscii: (input) => bytesOf(input).every((byte) => byte < 0x80),
  isUtf8(input) {
    try {
      new $globalThis.TextDecoder('utf-8', { fatal: true }).decode(bytesOf(input))
      return true
    } catch {
      return false
    }
  },
  transcode,
}))
