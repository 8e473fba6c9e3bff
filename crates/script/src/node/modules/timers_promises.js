'use strict'
// The module `timers/promises`.

// A promise that `begin` settles, unless the signal of the options aborts it before.
function abortable(options, begin, cancel) {
  return new $Promise((resolve, reject) => {
    const signal = options?.signal
    const abort = () => {
      const error = new $Error('The operation was aborted', { cause: signal.reason })
      error.name = 'AbortError'
      error.code = 'ABORT_ERR'
      reject(error)
    }
    if (signal?.aborted) return abort()
    const task = begin(resolve)
    if (options?.ref === false) task.unref()
    signal?.addEventListener('abort', () => {
      cancel(task)
      abort()
    }, { once: true })
  })
}

function setTimeout(delay, value, options) {
  return abortable(options, (resolve) => $setTimeout(resolve, delay, value), $clearTimeout)
}

function setImmediate(value, options) {
  return abortable(options, (resolve) => $setImmediate(resolve, value), $clearImmediate)
}

async function* setInterval(delay, value, options) {
  for (;;) yield await setTimeout(delay, value, options)
}

module.exports = {
  setTimeout,
  setImmediate,
  setInterval,
  scheduler: { wait: (delay, options) => setTimeout(delay, undefined, options), yield: () => setImmediate() },
}
