'use strict'
// The module `crypto`: random bytes, hashes and HMACs. What is random comes from the session's seed, so nothing of it is secret.

const { Hash, Hmac, createHash, createHmac, getHashes, bytesOf } = require('internal/hashes')

const MOST = 2147483647

function checkSize(name, size, most) {
  if (typeof size !== 'number') throw $Helpers.argumentTypeError(name, ['number'], size)
  if (!(size >= 0 && size <= most)) throw $Helpers.rangeErrorOf(name, `>= 0 && <= ${most}`, size)
}

function fill(bytes) {
  for (let at = 0; at < bytes.length; at++) bytes[at] = $Math.floor($Math.random() * 256)
  return bytes
}

// Hands a result to a callback, or returns it.
function answer(callback, result) {
  if (callback === undefined) return result
  if (typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['function'], callback)
  $setImmediate(() => callback(null, result))
  return undefined
}

function randomBytes(size, callback) {
  checkSize('size', size, MOST)
  return answer(callback, fill($globalThis.Buffer.allocUnsafeSlow(size)))
}

function randomFillSync(view, offset = 0, size = undefined) {
  const bytes = bytesOf(view), length = size === undefined ? bytes.length - offset : size
  checkSize('offset', offset, bytes.length)
  checkSize('size', length, bytes.length - offset)
  fill(bytes.subarray(offset, offset + length))
  return view
}

function randomFill(view, ...rest) {
  const callback = rest.pop()
  return answer(callback, randomFillSync(view, ...rest))
}

function randomInt(min, max, callback) {
  if (max === undefined || typeof max === 'function') [min, max, callback] = [0, min, max]
  if (!$Number.isSafeInteger(min)) throw $Helpers.argumentTypeError('min', ['a safe integer'], min)
  if (!$Number.isSafeInteger(max)) throw $Helpers.argumentTypeError('max', ['a safe integer'], max)
  if (max <= min) throw $Helpers.rangeErrorOf('max', `greater than the value of "min" (${min})`, max)
  return answer(callback, min + $Math.floor($Math.random() * (max - min)))
}

function randomUUID() {
  const bytes = fill(new $Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = $Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function getRandomValues(view) {
  fill(bytesOf(view))
  return view
}

function timingSafeEqual(a, b) {
  for (const [name, view] of [['buf1', a], ['buf2', b]]) {
    if (!$ArrayBuffer.isView(view) && !$isArrayBuffer(view)) {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`)
    }
  }
  const left = bytesOf(a), right = bytesOf(b)
  if (left.length !== right.length) {
    throw $Helpers.nodeError('RangeError', 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length')
  }
  return $bytesCompare(left, 0, left.length, right, 0, right.length) === 0
}

module.exports = {
  Hash, Hmac, createHash, createHmac, getHashes, timingSafeEqual,
  randomBytes, pseudoRandomBytes: randomBytes, randomFill, randomFillSync, randomInt, randomUUID, getRandomValues,
  webcrypto: { getRandomValues, randomUUID },
}
