'use strict'
// for await over a readable, Readable.from(iterable), and the array-like helpers.

const Readable = require('internal/streams/readable')
const prototype = Readable.prototype

prototype[$Symbol.asyncIterator] = function () {
  return chunks(this, true)
}
prototype.iterator = function (options) {
  return chunks(this, options?.destroyOnReturn !== false)
}

async function* chunks(stream, destroyOnReturn) {
  const finished = require('internal/streams/finished')
  let wake = () => {}, over, failure
  const onReadable = () => wake()
  stream.on('readable', onReadable)
  const forget = finished(stream, { writable: false }, (error) => {
    over = true
    failure = error
    wake()
  })
  let complete = false
  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read()
      if (chunk !== null) yield chunk
      else if (failure) throw failure
      else if (over) break
      else await new $Promise((resolve) => (wake = resolve))
    }
    complete = true
  } catch (error) {
    failure = error
    throw error
  } finally {
    stream.off('readable', onReadable)
    forget()
    if (!complete && (failure || destroyOnReturn)) stream.destroy(failure && failure !== stream.errored ? failure : null)
    else if (complete && !stream.destroyed && stream._readableState.autoDestroy && !stream._writableState) stream.destroy()
  }
}

Readable.from = function (source, options) {
  if (typeof source === 'string' || source instanceof $globalThis.Buffer) {
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        this.push(source)
        this.push(null)
      },
    })
  }
  const isAsync = source?.[$Symbol.asyncIterator] !== undefined
  const method = source?.[$Symbol.asyncIterator] ?? source?.[$Symbol.iterator]
  if (typeof method !== 'function') throw $Helpers.argumentTypeError('iterable', ['Iterable'], source)
  const iterator = $call(method, source)
  const readable = new Readable({ objectMode: true, highWaterMark: 1, ...options })
  const job = { readable, iterator, isAsync, busy: false }
  readable._read = function () {
    if (job.busy) return
    job.busy = true
    pump(job)
  }
  readable._destroy = function (error, callback) {
    close(iterator, error).then(() => $nextTick(callback, error), (failure) => $nextTick(callback, failure || error))
  }
  return readable
}

// Pushes items until the queue is full; at once, as long as nothing is to be waited for.
async function pump(job) {
  const { readable, iterator, isAsync } = job
  try {
    while (true) {
      const step = isAsync ? await iterator.next() : iterator.next()
      if (step.done) {
        readable.push(null)
        return
      }
      const value = step.value !== null && typeof step.value === 'object' && typeof step.value.then === 'function' ? await step.value : step.value
      if (value === null) throw $Helpers.nodeError('TypeError', 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream')
      if (!readable.push(value)) break
    }
  } catch (error) {
    readable.destroy(error)
    return
  }
  job.busy = false
}

async function close(iterator, error) {
  if (error && typeof iterator.throw === 'function') {
    const step = await iterator.throw(error)
    if (step.done) return
  }
  if (typeof iterator.return === 'function') await iterator.return()
}

// A new readable of what a generator makes of a stream.
const derived = (generate) => Readable.from(generate())

function checkFunction(fn) {
  if (typeof fn !== 'function') throw $Helpers.argumentTypeError('fn', ['Function', 'AsyncFunction'], fn)
}

function countOf(number) {
  const count = +number
  if (count !== count || count < 0) throw $Helpers.rangeErrorOf('number', '>= 0', count)
  return $Math.trunc(count)
}

$install(prototype, {
  map(fn) {
    checkFunction(fn)
    const source = this
    return derived(async function* () {
      for await (const chunk of source) yield fn(chunk)
    })
  },
  filter(fn) {
    checkFunction(fn)
    const source = this
    return derived(async function* () {
      for await (const chunk of source) if (await fn(chunk)) yield chunk
    })
  },
  flatMap(fn) {
    checkFunction(fn)
    const source = this
    return derived(async function* () {
      for await (const chunk of source) yield* await fn(chunk)
    })
  },
  take(number) {
    let left = countOf(number)
    const source = this
    return derived(async function* () {
      if (left === 0) return
      for await (const chunk of source) {
        yield chunk
        if (--left === 0) return
      }
    })
  },
  drop(number) {
    let left = countOf(number)
    const source = this
    return derived(async function* () {
      for await (const chunk of source) if (left-- <= 0) yield chunk
    })
  },
  async forEach(fn) {
    checkFunction(fn)
    for await (const chunk of this) await fn(chunk)
  },
  async some(fn) {
    checkFunction(fn)
    for await (const chunk of this) if (await fn(chunk)) return true
    return false
  },
  async every(fn) {
    checkFunction(fn)
    for await (const chunk of this) if (!(await fn(chunk))) return false
    return true
  },
  async find(fn) {
    checkFunction(fn)
    for await (const chunk of this) if (await fn(chunk)) return chunk
    return undefined
  },
  async toArray() {
    const all = []
    for await (const chunk of this) all.push(chunk)
    return all
  },
  async reduce(fn, ...initial) {
    let result = initial[0], first = initial.length === 0
    for await (const chunk of this) {
      result = first ? chunk : await fn(result, chunk)
      first = false
    }
    if (first) $throwTypeError('Reduce of an empty stream requires an initial value')
    return result
  },
})
