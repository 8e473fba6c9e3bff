'use strict'
// Streams made of others: stream.compose, Duplex.from and stream.duplexPair.

const Duplex = require('internal/streams/duplex')
const finished = require('internal/streams/finished')
const { from } = require('internal/streams/iterate')
const { pipeline } = require('internal/streams/pipeline')
const { abortError } = require('internal/streams/shared')
const { isStream, hasReadable, hasWritable, isReadable, isWritable } = require('internal/streams/states')

const isIterable = (value) => !!value && (typeof value[$Symbol.asyncIterator] === 'function' || typeof value[$Symbol.iterator] === 'function')

// A Duplex that writes into `head` and reads from `tail`; either may be missing. `end` tells it that both are done.
// `composed`: the last of a pipeline, with which all of it is done.
function joined(head, tail, composed) {
  let onDrain = null, onFinish = null, onReadable = null, whenClosed = null, isDone = false
  const readable = !!tail, writable = !!head
  const duplex = new Duplex({
    readableObjectMode: !!tail?.readableObjectMode, writableObjectMode: !!head?.writableObjectMode, readable, writable,
    write(chunk, encoding, callback) {
      if (head.write(chunk, encoding)) callback()
      else onDrain = callback
    },
    final(callback) {
      head.end()
      onFinish = callback
    },
    read() {
      while (true) {
        const chunk = tail.read()
        if (chunk === null) {
          onReadable = () => duplex._read()
          return
        }
        if (!duplex.push(chunk)) return
      }
    },
    destroy(error, callback) {
      if (!error && !isDone) error = abortError()
      onReadable = onDrain = onFinish = null
      if (isDone) {
        callback(error)
        return
      }
      whenClosed = callback
      if (composed) {
        destroyOne(composed, error)
        return
      }
      if (head) destroyOne(head, error)
      if (tail) destroyOne(tail, error)
    },
  })
  const call = (callback) => callback && callback()
  if (writable) {
    head.on('drain', () => {
      const callback = onDrain
      onDrain = null
      call(callback)
    })
    const onDone = () => {
      const callback = onFinish
      onFinish = null
      call(callback)
    }
    if (composed) finished(composed, onDone)
    else head.on('finish', onDone)
  }
  if (readable) {
    tail.on('readable', () => {
      const callback = onReadable
      onReadable = null
      call(callback)
    })
    tail.on('end', () => duplex.push(null))
  }
  const end = (error) => {
    isDone = true
    const callback = whenClosed
    whenClosed = null
    if (callback) callback(error)
    else if (error || !readable && !writable) duplex.destroy(error)
  }
  return { duplex, end }
}

function destroyOne(stream, error) {
  if (!stream.destroyed) stream.destroy(error)
}

function compose(...stages) {
  if (stages.length === 0) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "streams" argument must be specified')
  if (stages.length === 1) return duplexFrom(stages[0], 'body')
  const given = stages.slice(), last = stages.length - 1
  if (typeof stages[0] === 'function') stages[0] = duplexFrom(stages[0], 'streams[0]')
  if (typeof stages[last] === 'function') stages[last] = duplexFrom(stages[last], `streams[${last}]`)
  const invalid = (i, what) => $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
    `The property 'streams[${i}]' ${what}. Received ${$inspect(given[i])}`)
  for (let i = 0; i <= last; i++) {
    if (!isStream(stages[i])) continue
    if (i < last && !isReadable(stages[i])) throw invalid(i, 'must be readable')
    if (i > 0 && !isWritable(stages[i])) throw invalid(i, 'must be writable')
  }
  let end = () => {}
  const head = stages[0], tail = pipeline(stages, (error) => end(error))
  const made = joined(isWritable(head) ? head : null, isReadable(tail) ? tail : null, tail)
  end = made.end
  return made.duplex
}

// The two halves of a Duplex, each a stream or null.
function paired(readable, writable) {
  let left = (readable ? 1 : 0) + (writable ? 1 : 0)
  const { duplex, end } = joined(writable, readable)
  const half = (other) => (error) => {
    left--
    if (error && other) destroyOne(other, error)
    if (error || left === 0) end(error)
  }
  if (writable) finished(writable, { readable: false }, half(readable))
  if (readable) finished(readable, { writable: false }, half(writable))
  return duplex
}

function duplexFrom(body, name) {
  if (isStream(body)) {
    if (hasReadable(body) && hasWritable(body)) return body
    return paired(hasReadable(body) ? body : null, hasWritable(body) ? body : null)
  }
  if (typeof body === 'function') return fromFunction(body, name)
  if (isIterable(body) && typeof body !== 'string') return from(Duplex, body, { objectMode: true, writable: false })
  if (body !== null && typeof body === 'object' && (typeof body.readable === 'object' || typeof body.writable === 'object')) {
    const asStream = (half, has) => (half ? has(half) ? half : duplexFrom(half, name) : null)
    return paired(asStream(body.readable, hasReadable), asStream(body.writable, hasWritable))
  }
  if (typeof body?.then === 'function') {
    const duplex = new Duplex({ objectMode: true, writable: false, read() {} })
    body.then((value) => {
      if (value !== undefined && value !== null) duplex.push(value)
      duplex.push(null)
    }, (error) => destroyOne(duplex, error))
    return duplex
  }
  if (typeof body === 'string') return from(Duplex, body, { objectMode: true, writable: false })
  throw $Helpers.argumentTypeError(name,
    ['Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function', '{ readable, writable } pair', 'Promise'], body)
}

// What is written is the function's input; what it yields, if it is a generator, is read.
function fromFunction(body, name) {
  let give, waiting = new $Promise((resolve) => (give = resolve))
  const controller = new $globalThis.AbortController(), { signal } = controller
  const input = (async function* () {
    while (true) {
      const { chunk, done, callback } = await waiting
      waiting = new $Promise((resolve) => (give = resolve))
      $nextTick(callback)
      if (done) return
      if (signal.aborted) throw abortError(signal)
      yield chunk
    }
  })()
  const value = body(input, { signal })
  const options = {
    objectMode: true,
    write(chunk, encoding, callback) {
      give({ chunk, done: false, callback })
    },
    final(callback) {
      give({ done: true, callback })
    },
    destroy(error, callback) {
      controller.abort()
      callback(error)
    },
  }
  if (isIterable(value)) return from(Duplex, value, options)
  if (typeof value?.then !== 'function') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_RETURN_VALUE',
      `Expected Iterable, AsyncIterable or AsyncFunction to be returned from the "${name}" function but got ${$Helpers.receivedText(value)}.`)
  }
  const promise = value.then((result) => {
    if (result !== undefined && result !== null) {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_RETURN_VALUE',
        `Expected nully to be returned from the "body" function but got ${$Helpers.receivedText(result)}.`)
    }
  }, (error) => destroyOne(duplex, error))
  const duplex = new Duplex({
    ...options,
    readable: false,
    final(callback) {
      give({ done: true, callback: () => promise.then(() => $nextTick(callback, null), (error) => $nextTick(callback, error)) })
    },
  })
  return duplex
}

const other = $Symbol('kOtherSide'), taken = $Symbol('kCallback')

// One side of a pair: what it writes, the other side reads.
class DuplexSide extends Duplex {
  constructor(options) {
    super(options)
    this[taken] = null
    this[other] = null
  }
  _read() {
    const callback = this[taken]
    if (callback === null) return
    this[taken] = null
    callback()
  }
  _write(chunk, encoding, callback) {
    if (chunk.length === 0) {
      $nextTick(callback)
      return
    }
    this[other].push(chunk)
    this[other][taken] = callback
  }
  _final(callback) {
    this[other].on('end', callback)
    this[other].push(null)
  }
}

function duplexPair(options) {
  const a = new DuplexSide(options), b = new DuplexSide(options)
  a[other] = b
  b[other] = a
  return [a, b]
}

module.exports = { compose, duplexFrom, duplexPair }
