'use strict'
// Hashes and HMACs of the module `crypto` (Node: lib/internal/crypto/hash.js, lib/internal/streams/lazy_transform.js). Intrinsics:
//   $hashStateSize(algorithm), $hashBegin(algorithm, state)
//   $hashUpdate(algorithm, state, view, from, count)
//   $hashDigest(algorithm, state, result)

const { Transform } = require('stream')
const { Buffer } = $globalThis

// The numbers that the machine has for them, bytes of a digest and of a block.
const ALGORITHMS = {
  __proto__: null,
  md5: [0, 16, 64], sha1: [1, 20, 64], sha224: [2, 28, 64], sha256: [3, 32, 64], sha384: [4, 48, 128], sha512: [5, 64, 128],
}
// A large Buffer goes in by parts, so that a run can be paused between them.
const PART = 1 << 20

function algorithmOf(name) {
  return ALGORITHMS[name.toLowerCase().replace(/^rsa-/, '')]
}

const bytesOf = (view) => ($ArrayBuffer.isView(view) ? new $Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new $Uint8Array(view))

class State {
  #algorithm
  #state
  constructor(algorithm) {
    this.#algorithm = algorithm
    this.#state = new $Uint8Array($hashStateSize(algorithm[0]))
    $hashBegin(algorithm[0], this.#state)
  }
  update(bytes) {
    for (let at = 0; at < bytes.length; at += PART) $hashUpdate(this.#algorithm[0], this.#state, bytes, at, PART)
    return this
  }
  digest() {
    const result = Buffer.allocUnsafeSlow(this.#algorithm[1])
    $hashDigest(this.#algorithm[0], this.#state, result)
    return result
  }
  copy() {
    const copy = new State(this.#algorithm)
    copy.#state.set(this.#state)
    return copy
  }
}

// The objects that inspecting shows as handles.
const handles = {
  Hash: class Hash {
    #state
    constructor(state) { this.#state = state }
    update(bytes) { this.#state.update(bytes) }
    digest() { return this.#state.digest() }
    copy() { return new handles.Hash(this.#state.copy()) }
  },
  // The hash of the outer key and of the hash of the inner key and the text (RFC 2104).
  Hmac: class Hmac {
    #inner
    #outer
    constructor(algorithm, key) {
      const [, , block] = algorithm, padded = new $Uint8Array(block)
      padded.set(key.length > block ? new State(algorithm).update(key).digest() : key)
      this.#inner = new State(algorithm).update(padded.map((byte) => byte ^ 0x36))
      this.#outer = new State(algorithm).update(padded.map((byte) => byte ^ 0x5c))
    }
    update(bytes) { this.#inner.update(bytes) }
    digest() { return this.#outer.update(this.#inner.digest()).digest() }
  },
}

const kHandle = $Symbol('kHandle'), kState = $Symbol('kState'), kFinalized = $Symbol('kFinalized')

function setUp(hash, options, handle) {
  hash._options = options
  hash[kHandle] = handle
  hash[kState] = { [kFinalized]: false }
}

// Hardly anyone uses a hash as a stream: it becomes one when its stream's state is asked for.
function LazyTransform() {}
$Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype)
for (const name of ['_readableState', '_writableState']) {
  $Object.defineProperty(LazyTransform.prototype, name, {
    configurable: true,
    get() {
      $call(Transform, this, this._options)
      this._writableState.decodeStrings = false
      return this[name]
    },
    set(value) {
      $Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: true })
    },
  })
}

const finalized = () => $Helpers.nodeError('Error', 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called')

function dataBytes(data, encoding) {
  if (typeof data === 'string') {
    if (encoding === 'hex' && data.length % 2 === 1) {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'encoding' is invalid for data of length ${data.length}. Received 'hex'`)
    }
    return Buffer.from(data, Buffer.isEncoding(encoding) ? encoding : 'utf8')
  }
  if ($ArrayBuffer.isView(data)) return bytesOf(data)
  throw $Helpers.argumentTypeError('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data)
}

function update(data, encoding) {
  if (this[kState][kFinalized]) throw finalized()
  this[kHandle].update(dataBytes(data, encoding))
  return this
}

const inEncoding = (bytes, encoding) => (encoding && encoding !== 'buffer' && Buffer.isEncoding(encoding) ? bytes.toString(encoding) : bytes)

function _transform(chunk, encoding, callback) {
  this[kHandle].update(dataBytes(chunk, encoding))
  callback()
}

function _flush(callback) {
  this.push(this.digest())
  callback()
}

function checkAlgorithm(name, algorithm) {
  if (typeof algorithm !== 'string') throw $Helpers.argumentTypeError(name, ['string'], algorithm)
}

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options)
  checkAlgorithm('algorithm', algorithm)
  const known = algorithmOf(algorithm)
  if (known === undefined) throw new $Error('Digest method not supported')
  setUp(this, options, new handles.Hash(new State(known)))
}
$Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype)
$Object.setPrototypeOf(Hash, LazyTransform)
$Object.assign(Hash.prototype, {
  copy(options) {
    if (this[kState][kFinalized]) throw finalized()
    const copy = $Object.create(Hash.prototype)
    setUp(copy, options, this[kHandle].copy())
    return copy
  },
  _transform,
  _flush,
  update,
  digest(encoding) {
    if (this[kState][kFinalized]) throw finalized()
    this[kState][kFinalized] = true
    return inEncoding(this[kHandle].digest(), encoding)
  },
})

function keyBytes(key) {
  if (typeof key === 'string') return Buffer.from(key)
  if ($ArrayBuffer.isView(key) || $isArrayBuffer(key)) return bytesOf(key)
  throw $Helpers.argumentTypeError('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key)
}

function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(algorithm, key, options)
  checkAlgorithm('hmac', algorithm)
  const bytes = keyBytes(key), known = algorithmOf(algorithm)
  if (known === undefined) throw $Helpers.nodeError('TypeError', 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`)
  setUp(this, options, new handles.Hmac(known, bytes))
}
$Object.setPrototypeOf(Hmac.prototype, LazyTransform.prototype)
$Object.setPrototypeOf(Hmac, LazyTransform)
$Object.assign(Hmac.prototype, {
  update,
  // The second digest is empty, and no error.
  digest(encoding) {
    const first = !this[kState][kFinalized]
    this[kState][kFinalized] = true
    return inEncoding(first ? this[kHandle].digest() : Buffer.alloc(0), encoding)
  },
  _flush,
  _transform,
})

module.exports = {
  Hash, Hmac, bytesOf,
  createHash: (algorithm, options) => new Hash(algorithm, options),
  createHmac: (algorithm, key, options) => new Hmac(algorithm, key, options),
  getHashes: () => $Object.keys(ALGORITHMS).flatMap((name) => [`RSA-${name.toUpperCase()}`, name]).sort(),
}
