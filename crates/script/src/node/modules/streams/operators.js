'use strict'
// The array-like methods of a readable (map, filter, take, toArray, …), and streams that an AbortSignal ends.

const Readable = require('internal/streams/readable')
const finished = require('internal/streams/finished')
const { checkObject, checkSignal, abortError } = require('internal/streams/shared')
const { isStream } = require('internal/streams/states')

// What a callback makes of a chunk that is to be left out.
const nothing = $Symbol('kEmpty')

function checkOptions(options) {
  if (options === undefined || options === null) return
  checkObject(options, 'options')
  if (options.signal !== null) checkSignal(options.signal, 'options.signal')
}

function checkFunction(fn, name = 'fn') {
  if (typeof fn !== 'function') throw $Helpers.argumentTypeError(name, ['Function', 'AsyncFunction'], fn)
}

function integerOf(value, name, least) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf(name, 'an integer', value)
  if (value < least) throw $Helpers.rangeErrorOf(name, `>= ${least} && <= ${$Number.MAX_SAFE_INTEGER}`, value)
  return value
}

function countOf(number) {
  const count = +number
  if (count !== count) return 0
  if (count < 0) throw $Helpers.rangeErrorOf('number', '>= 0', count)
  return count
}

function checkAborted(options) {
  if (options?.signal?.aborted) throw abortError(options.signal)
}

// The results of `fn` in the order of the chunks. Up to `concurrency` calls are under way at once, and up to
// `highWaterMark` results more may wait to be read.
function mapped(source, fn, options) {
  checkFunction(fn)
  checkOptions(options)
  const concurrency = integerOf($Math.floor(options?.concurrency ?? 1), 'options.concurrency', 1)
  const most = integerOf($Math.floor(options?.highWaterMark ?? concurrency - 1), 'options.highWaterMark', 0) + concurrency
  const signal = options?.signal ?? new $globalThis.AbortController().signal
  return results({ source, fn, signal, concurrency, most, queue: [], running: 0, done: false, goOn: null, arrived: null })
}

async function* results(job) {
  callAll(job)
  try {
    while (true) {
      while (job.queue.length > 0) {
        const result = await job.queue[0]
        checkAborted(job)
        if (result === job) return
        if (result !== nothing) yield result
        job.queue.shift()
        mayGoOn(job)
      }
      await new $Promise((resolve) => (job.arrived = resolve))
    }
  } finally {
    job.done = true
    wake(job, 'goOn')
  }
}

async function callAll(job) {
  const { source, fn, signal, concurrency, most, queue } = job
  const ended = () => {
    job.running--
    mayGoOn(job)
  }
  const failed = () => {
    job.done = true
    ended()
  }
  const put = (promise) => {
    job.running++
    promise.then(ended, failed)
    queue.push(promise)
    wake(job, 'arrived')
  }
  const options = { signal }
  try {
    for await (const chunk of source) {
      if (job.done) return
      checkAborted(job)
      let promise
      try {
        promise = $Promise.resolve(fn(chunk, options))
      } catch (error) {
        promise = $Promise.reject(error)
      }
      put(promise)
      if (!job.done && (queue.length >= most || job.running >= concurrency)) await new $Promise((resolve) => (job.goOn = resolve))
    }
    queue.push(job)
  } catch (error) {
    put($Promise.reject(error))
  } finally {
    job.done = true
    wake(job, 'arrived')
  }
}

function wake(job, what) {
  const resolve = job[what]
  job[what] = null
  if (resolve !== null) resolve()
}

function mayGoOn(job) {
  if (!job.done && job.running < job.concurrency && job.queue.length < job.most) wake(job, 'goOn')
}

function filtered(source, fn, options) {
  checkFunction(fn)
  return mapped(source, async (chunk, more) => (await fn(chunk, more) ? chunk : nothing), options)
}

async function anyOf(source, fn, options) {
  for await (const _ of filtered(source, fn, options)) return true
  return false
}

// Operators whose result is a stream again: generators of its chunks.
const streaming = {
  map(fn, options) {
    return mapped(this, fn, options)
  },
  filter(fn, options) {
    return filtered(this, fn, options)
  },
  flatMap(fn, options) {
    const values = mapped(this, fn, options)
    return (async function* () {
      for await (const value of values) yield* value
    })()
  },
  take(number, options) {
    checkOptions(options)
    let left = countOf(number)
    const source = this
    return (async function* () {
      checkAborted(options)
      if (left <= 0) return
      for await (const chunk of source) {
        checkAborted(options)
        if (left-- > 0) yield chunk
        if (left <= 0) return
      }
    })()
  },
  drop(number, options) {
    checkOptions(options)
    let left = countOf(number)
    const source = this
    return (async function* () {
      checkAborted(options)
      for await (const chunk of source) {
        checkAborted(options)
        if (left-- <= 0) yield chunk
      }
    })()
  },
  asIndexedPairs(options) {
    checkOptions(options)
    const source = this
    return (async function* () {
      let index = 0
      for await (const chunk of source) {
        checkAborted(options)
        yield [index++, chunk]
      }
    })()
  },
}
const prototype = Readable.prototype
for (const name of $Object.keys(streaming)) {
  const operator = streaming[name]
  $install(prototype, { [name](...args) { return Readable.from($callList(operator, this, args)) } })
}

$install(prototype, {
  async forEach(fn, options) {
    checkFunction(fn)
    const call = async (chunk, more) => {
      await fn(chunk, more)
      return nothing
    }
    for await (const _ of mapped(this, call, options));
  },
  async some(fn, options) {
    return anyOf(this, fn, options)
  },
  async every(fn, options) {
    checkFunction(fn)
    return !(await anyOf(this, async (...args) => !(await fn(...args)), options))
  },
  async find(fn, options) {
    for await (const chunk of filtered(this, fn, options)) return chunk
    return undefined
  },
  async toArray(options) {
    checkOptions(options)
    const all = []
    for await (const chunk of this) {
      checkAborted(options)
      all.push(chunk)
    }
    return all
  },
  async reduce(fn, ...rest) {
    checkFunction(fn, 'reducer')
    let [result, options] = rest, first = rest.length === 0
    checkOptions(options)
    if (options?.signal?.aborted) {
      const error = abortError(options.signal)
      this.once('error', () => {})
      await new $Promise((resolve) => finished(this.destroy(error), resolve))
      throw error
    }
    const controller = new $globalThis.AbortController(), more = { signal: controller.signal }
    options?.signal?.addEventListener('abort', () => controller.abort(), { once: true })
    try {
      for await (const chunk of this) {
        checkAborted(options)
        result = first ? chunk : await fn(result, chunk, more)
        first = false
      }
    } finally {
      controller.abort()
    }
    if (first) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'Reduce of an empty stream requires an initial value')
    return result
  },
  compose(stream, options) {
    checkOptions(options)
    if (isStream(stream) && !stream.writable) {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The argument 'stream' must be writable. Received ${$inspect(stream)}`)
    }
    const composed = require('internal/streams/compose').compose(this, stream)
    if (options?.signal) addAbortSignal(options.signal, composed)
    return composed
  },
})

// The stream is destroyed when the signal says so.
function addAbortSignal(signal, stream) {
  if (signal === undefined) throw $Helpers.argumentTypeError('signal', ['AbortSignal'], signal)
  checkSignal(signal, 'signal')
  if (!isStream(stream)) throw $Helpers.argumentTypeError('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream)
  const abort = () => stream.destroy(abortError(signal))
  if (signal.aborted) {
    abort()
  } else {
    signal.addEventListener('abort', abort, { once: true })
    finished(stream, () => signal.removeEventListener('abort', abort))
  }
  return stream
}

module.exports = { addAbortSignal }
