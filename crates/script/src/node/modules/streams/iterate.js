'use strict'
// for await over a readable, and Readable.from(iterable).

const Readable = require('internal/streams/readable')
const { checkObject } = require('internal/streams/shared')
const { destroyStream } = require('internal/streams/states')
const prototype = Readable.prototype

prototype[$Symbol.asyncIterator] = function () {
  return iterate(this, true)
}
prototype.iterator = function (options) {
  if (options !== undefined) checkObject(options, 'options')
  return iterate(this, options?.destroyOnReturn !== false)
}

function iterate(stream, destroyOnReturn) {
  if (typeof stream.read !== 'function') stream = Readable.wrap(stream, { objectMode: true })
  const iterator = chunks(stream, destroyOnReturn)
  iterator.stream = stream
  return iterator
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
  try {
    while (true) {
      const chunk = stream.destroyed ? null : stream.read()
      if (chunk !== null) yield chunk
      else if (failure) throw failure
      else if (over) return
      else await new $Promise((resolve) => (wake = resolve))
    }
  } catch (error) {
    failure = error
    throw error
  } finally {
    if ((failure || destroyOnReturn) && (!over || stream._readableState.autoDestroy)) {
      // Whoever has left the loop does not hear of the error: the listeners are still there.
      destroyStream(stream)
    } else {
      stream.off('readable', onReadable)
      forget()
    }
  }
}

Readable.from = (source, options) => from(Readable, source, options)

// A readable, of a constructor, of what is iterated.
function from(Kind, source, options) {
  if (typeof source === 'string' || source instanceof $globalThis.Buffer) {
    return new Kind({
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
  const readable = new Kind({ objectMode: true, highWaterMark: 1, ...options })
  const job = { readable, iterator, isAsync, busy: false }
  readable._read = function () {
    if (job.busy) return
    job.busy = true
    pump(job)
  }
  const destroy = readable._destroy
  readable._destroy = function (error, callback) {
    $call(destroy, this, error, (failure) => {
      const reason = failure || error
      close(iterator, reason).then(() => $nextTick(callback, reason), (thrown) => $nextTick(callback, thrown || reason))
    })
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
    const { value, done } = await iterator.throw(error)
    await value
    if (done) return
  }
  if (typeof iterator.return === 'function') {
    const { value } = await iterator.return()
    await value
  }
}

module.exports = { from }
