'use strict'
// The module `timers/promises` (Node: lib/timers/promises.js).

const { nodeError, argumentTypeError } = $Helpers

function abortError(signal) {
  const error = new $Error('The operation was aborted', { cause: signal.reason })
  error.name = 'AbortError'
  error.code = 'ABORT_ERR'
  return error
}

// What is wrong with the arguments, thrown.
function check(delay, options) {
  if (delay !== undefined && typeof delay !== 'number') throw argumentTypeError('delay', ['number'], delay)
  if (options === undefined) return
  if (options === null || typeof options !== 'object') throw argumentTypeError('options', ['object'], options)
  const { signal, ref } = options
  if (signal !== undefined && (!$isObject(signal) || !('aborted' in signal))) throw argumentTypeError('options.signal', ['AbortSignal'], signal)
  if (ref !== undefined && typeof ref !== 'boolean') throw argumentTypeError('options.ref', ['boolean'], ref)
}

// A promise that `begin` settles, unless the signal of the options aborts it before.
function abortable(delay, options, begin, cancel) {
  try {
    check(delay, options)
  } catch (error) {
    return $Promise.reject(error)
  }
  const signal = options?.signal
  if (signal?.aborted) return $Promise.reject(abortError(signal))
  return new $Promise((resolve, reject) => {
    if (signal === undefined) {
      const task = begin(resolve)
      if (options?.ref === false) task.unref()
      return
    }
    const abort = () => {
      cancel(task)
      reject(abortError(signal))
    }
    const task = begin((value) => {
      signal.removeEventListener('abort', abort)
      resolve(value)
    })
    if (options.ref === false) task.unref()
    signal.addEventListener('abort', abort, { once: true })
  })
}

function setTimeout(delay, value, options) {
  return abortable(delay, options, (resolve) => $setTimeout(resolve, delay, value), $clearTimeout)
}

function setImmediate(value, options) {
  return abortable(undefined, options, (resolve) => $setImmediate(resolve, value), $clearImmediate)
}

// The timer goes on by itself: a round that comes too early for whoever asks is not lost.
async function* setInterval(delay, value, options) {
  check(delay, options)
  const signal = options?.signal
  if (signal?.aborted) throw abortError(signal)
  let missed = 0, wake
  const timer = $setInterval(() => {
    missed++
    wake?.()
  }, delay)
  if (options?.ref === false) timer.unref()
  const abort = () => {
    $clearInterval(timer)
    wake?.()
  }
  signal?.addEventListener('abort', abort, { once: true })
  try {
    for (;;) {
      if (missed === 0 && !signal?.aborted) await new $Promise((resolve) => { wake = resolve })
      for (; missed > 0; missed--) yield value
      if (signal?.aborted) throw abortError(signal)
    }
  } finally {
    $clearInterval(timer)
    signal?.removeEventListener('abort', abort)
  }
}

const isScheduler = $Symbol('kScheduler')

class Scheduler {
  constructor() {
    throw nodeError('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
  }
  yield() {
    if (!this?.[isScheduler]) throw nodeError('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type Scheduler')
    return setImmediate()
  }
  wait(delay, options) {
    if (!this?.[isScheduler]) throw nodeError('TypeError', 'ERR_INVALID_THIS', 'Value of "this" must be of type Scheduler')
    return setTimeout(delay, undefined, options)
  }
}
const scheduler = $Object.create(Scheduler.prototype)
scheduler[isScheduler] = true

module.exports = { setTimeout, setImmediate, setInterval, scheduler }
