'use strict'
// The module `events`: EventEmitter itself is in `prelude/events.js`, here are the functions that it has besides.

const EventEmitter = module.exports = $Helpers.EventEmitter
const { argumentTypeError } = $Helpers

const isEmitter = (value) => typeof value?.on === 'function'
const isTarget = (value) => typeof value?.addEventListener === 'function'

function checkSignal(signal, name) {
  if (signal !== undefined && ($isObject(signal) === false || !('aborted' in signal))) throw argumentTypeError(name, ['AbortSignal'], signal)
}

function checkOptions(options) {
  if (options === undefined) return {}
  if (options === null || typeof options !== 'object') throw argumentTypeError('options', ['Object'], options)
  checkSignal(options.signal, 'options.signal')
  return options
}

function abortError(signal) {
  const error = new $Error('The operation was aborted', { cause: signal?.reason })
  error.code = 'ABORT_ERR'
  error.name = 'AbortError'
  return error
}

// Listens to an emitter, or to an EventTarget, which knows nothing of errors. Returns how not to listen any more.
function listen(emitter, type, listener, once) {
  if (isEmitter(emitter)) {
    if (once) emitter.once(type, listener)
    else emitter.on(type, listener)
    return () => { emitter.removeListener(type, listener) }
  }
  if (!isTarget(emitter)) throw argumentTypeError('emitter', ['EventEmitter'], emitter)
  emitter.addEventListener(type, listener, { once })
  return () => { emitter.removeEventListener(type, listener) }
}

// A promise of the arguments of the next event of a name; an error before it rejects the promise.
async function once(emitter, name, options) {
  const { signal } = checkOptions(options)
  if (signal?.aborted) throw abortError(signal)
  return new $Promise((resolve, reject) => {
    const cleanup = []
    const settle = (how, value) => {
      for (const each of cleanup) each()
      how(value)
    }
    cleanup.push(listen(emitter, name, (...args) => settle(resolve, args), true))
    if (name !== 'error' && isEmitter(emitter)) cleanup.push(listen(emitter, 'error', (error) => settle(reject, error), true))
    if (signal !== undefined) cleanup.push(listen(signal, 'abort', () => settle(reject, abortError(signal)), true))
  })
}

// An asynchronous iterator over the arguments of every event of a name.
function on(emitter, name, options) {
  const { signal, close = [], highWaterMark, lowWaterMark } = checkOptions(options)
  if (signal?.aborted) throw abortError(signal)
  const high = highWaterMark ?? $Number.MAX_SAFE_INTEGER, low = lowWaterMark ?? 1
  const ready = [], waiting = [], cleanup = []
  let failure, finished = false, paused = false
  const done = () => ({ value: undefined, done: true })

  function arrived(...args) {
    if (waiting.length > 0) {
      waiting.shift().resolve({ value: args, done: false })
      return
    }
    ready.push(args)
    if (!paused && ready.length > high) {
      paused = true
      emitter.pause?.()
    }
  }
  function failed(error) {
    if (waiting.length > 0) waiting.shift().reject(error)
    else failure = { error }
    finish()
  }
  function finish() {
    for (const each of cleanup) each()
    finished = true
    for (const each of waiting) each.resolve(done())
    waiting.length = 0
    return $Promise.resolve(done())
  }

  const iterator = $Object.setPrototypeOf({
    next() {
      if (ready.length > 0) {
        const value = ready.shift()
        if (paused && ready.length < low) {
          paused = false
          emitter.resume?.()
        }
        return $Promise.resolve({ value, done: false })
      }
      if (failure !== undefined) {
        const { error } = failure
        failure = undefined
        return $Promise.reject(error)
      }
      if (finished) return finish()
      return new $Promise((resolve, reject) => { waiting.push({ resolve, reject }) })
    },
    return: finish,
    throw(error) {
      if (!(error instanceof $Error)) throw argumentTypeError('EventEmitter.AsyncIterator', ['Error'], error)
      failed(error)
    },
    [$Symbol.asyncIterator]() {
      return this
    },
  }, asyncIteratorPrototype)
  cleanup.push(listen(emitter, name, arrived, false))
  if (name !== 'error' && isEmitter(emitter)) cleanup.push(listen(emitter, 'error', failed, false))
  for (const each of close) cleanup.push(listen(emitter, each, finish, false))
  if (signal !== undefined) cleanup.push(listen(signal, 'abort', () => failed(abortError(signal)), true))
  return iterator
}
const asyncIteratorPrototype = $Object.getPrototypeOf($Object.getPrototypeOf((async function* () {}).prototype))

function getEventListeners(emitter, type) {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(type)
  if (isTarget(emitter)) return require('internal/event_target').listenersOf(emitter, type)
  throw argumentTypeError('emitter', ['EventEmitter', 'EventTarget'], emitter)
}

function getMaxListeners(emitter) {
  if (typeof emitter?.getMaxListeners === 'function') return emitter.getMaxListeners()
  if (isTarget(emitter)) return require('internal/event_target').limitOf(emitter)
  throw argumentTypeError('emitter', ['EventEmitter', 'EventTarget'], emitter)
}

function setMaxListeners(limit = EventEmitter.defaultMaxListeners, ...emitters) {
  $Helpers.checkLimit(limit, 'setMaxListeners')
  if (emitters.length === 0) EventEmitter.defaultMaxListeners = limit
  for (const emitter of emitters) {
    if (typeof emitter?.setMaxListeners === 'function') emitter.setMaxListeners(limit)
    else if (isTarget(emitter)) require('internal/event_target').setLimit(emitter, limit)
    else throw argumentTypeError('eventTargets', ['EventEmitter', 'EventTarget'], emitter)
  }
}

function addAbortListener(signal, listener) {
  if (signal === undefined) throw argumentTypeError('signal', ['AbortSignal'], signal)
  checkSignal(signal, 'signal')
  if (typeof listener !== 'function') throw argumentTypeError('listener', ['function'], listener)
  let forget
  if (signal.aborted) $queueMicrotask(() => listener())
  else forget = listen(signal, 'abort', listener, true)
  return { [$Symbol.dispose]() { forget?.() } }
}

// An emitter whose listeners run as the callbacks of a resource of its own. `async_hooks` is for those who ask.
function emitterOfResource() {
  const { AsyncResource } = require('async_hooks')
  class EventEmitterReferencingAsyncResource extends AsyncResource {
    #emitter
    constructor(emitter, type, options) {
      super(type, options)
      this.#emitter = emitter
    }
    get eventEmitter() { return this.#emitter }
  }
  return class EventEmitterAsyncResource extends EventEmitter {
    #resource
    constructor(options) {
      let name
      if (typeof options === 'string') {
        name = options
        options = undefined
      } else {
        name = options?.name || new.target.name
      }
      super(options)
      this.#resource = new EventEmitterReferencingAsyncResource(this, name, options)
    }
    emit(event, ...args) {
      return this.#resource.runInAsyncScope(super.emit, this, event, ...args)
    }
    emitDestroy() { this.#resource.emitDestroy() }
    get asyncId() { return this.#resource.asyncId() }
    get triggerAsyncId() { return this.#resource.triggerAsyncId() }
    get asyncResource() { return this.#resource }
  }
}

let asyncResourceClass
$Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  get: () => asyncResourceClass ??= emitterOfResource(),
  enumerable: true,
  configurable: true,
})
$Object.assign(EventEmitter, { addAbortListener, once, on, getEventListeners, getMaxListeners, setMaxListeners: (0, (...args) => setMaxListeners(...args)) })
