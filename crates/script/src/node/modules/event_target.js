'use strict'
// Event, EventTarget and AbortController (DOM Standard; Node: lib/internal/event_target.js, abort_controller.js). There is no
// tree: an event has one target.

const custom = $Symbol.for('nodejs.util.inspect.custom')
const nodeError = $Helpers.nodeError
const aborting = $Symbol('aborting')

class Event {
  #type
  #cancelable
  #canceled = false
  #time = $nowNs() / 1e6
  constructor(type, options = {}) {
    if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "type" argument must be specified')
    this.#type = `${type}`
    this.#cancelable = !!options?.cancelable
    this[state] = { target: null, isStopped: false, isDispatched: false }
  }
  get type() { return this.#type }
  get cancelable() { return this.#cancelable }
  get defaultPrevented() { return this.#canceled }
  get returnValue() { return !this.#canceled }
  get timeStamp() { return this.#time }
  get target() { return this[state].target }
  get currentTarget() { return this[state].isDispatched ? this[state].target : null }
  get srcElement() { return this[state].target }
  get bubbles() { return false }
  get composed() { return false }
  get eventPhase() { return this[state].isDispatched ? Event.AT_TARGET : Event.NONE }
  composedPath() { return this[state].isDispatched ? [this[state].target] : [] }
  preventDefault() { if (this.#cancelable) this.#canceled = true }
  stopPropagation() {}
  stopImmediatePropagation() { this[state].isStopped = true }
  [custom](depth, options, inspect) {
    const { type, defaultPrevented, cancelable, timeStamp } = this
    return depth < 0 ? this.constructor.name
      : `${this.constructor.name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, $Helpers.innerOptions(options))}`
  }
  static NONE = 0
  static CAPTURING_PHASE = 1
  static AT_TARGET = 2
  static BUBBLING_PHASE = 3
}
const state = $Symbol('state')

class CustomEvent extends Event {
  #detail
  constructor(type, options) {
    super(type, options)
    this.#detail = options?.detail ?? null
  }
  get detail() { return this.#detail }
}

class EventTarget {
  // By type, in the order of registration.
  #listeners = new $Map()
  addEventListener(type, listener, options) {
    if (listener === null || listener === undefined) return
    if (!$isCallable(listener) && !$isObject(listener)) throw $Helpers.argumentTypeError('listener', ['EventListener'], listener)
    const { once = false, capture = false, signal } = typeof options === 'boolean' ? { capture: options } : options ?? {}
    if (signal?.aborted) return
    type = `${type}`
    const list = this.#listeners.get(type) ?? []
    if (list.some((known) => known.listener === listener && known.capture === !!capture)) return
    this.#listeners.set(type, [...list, { listener, once: !!once, capture: !!capture }])
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true })
  }
  removeEventListener(type, listener, options) {
    const capture = !!(typeof options === 'boolean' ? options : options?.capture)
    const left = this.#listeners.get(`${type}`)?.filter((known) => known.listener !== listener || known.capture !== capture)
    if (left === undefined) return
    if (left.length === 0) this.#listeners.delete(`${type}`)
    else this.#listeners.set(`${type}`, left)
  }
  dispatchEvent(event) {
    if (!(event instanceof Event)) throw $Helpers.argumentTypeError('event', ['Event'], event)
    const dispatch = event[state]
    if (dispatch.isDispatched) throw nodeError('Error', 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`)
    dispatch.target = this
    dispatch.isDispatched = true
    dispatch.isStopped = false
    for (const known of this.#listeners.get(event.type) ?? []) {
      const { listener, once, capture } = known
      if (!this.#listeners.get(event.type)?.includes(known)) continue
      if (once) this.removeEventListener(event.type, listener, capture)
      // What a listener throws is nobody's to catch, and the other listeners still run.
      try {
        if ($isCallable(listener)) $call(listener, this, event)
        else listener.handleEvent(event)
      } catch (error) {
        $process.nextTick(() => { throw error })
      }
      if (dispatch.isStopped) break
    }
    dispatch.isDispatched = false
    return !event.defaultPrevented
  }
  [custom](depth, options, inspect) {
    return depth < 0 ? this.constructor.name : `${this.constructor.name} ${inspect({}, $Helpers.innerOptions(options))}`
  }
}

// An attribute like `onabort`: a listener that keeps its place when it is replaced.
function handlerAttribute(prototype, type) {
  const handlers = new $WeakMap()
  $Object.defineProperty(prototype, `on${type}`, {
    get() { return handlers.get(this)?.handler ?? null },
    set(value) {
      let known = handlers.get(this)
      if (known === undefined) {
        known = { handler: null }
        handlers.set(this, known)
        this.addEventListener(type, (event) => {
          if ($isCallable(known.handler)) $call(known.handler, this, event)
        })
      }
      known.handler = value
    },
    enumerable: true,
    configurable: true,
  })
}

class AbortSignal extends EventTarget {
  #aborted = false
  #reason
  constructor(key) {
    if (key !== aborting) throw nodeError('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
    super()
  }
  get aborted() { return this.#aborted }
  get reason() { return this.#reason }
  throwIfAborted() { if (this.#aborted) throw this.#reason }
  [aborting](reason = new $globalThis.DOMException('This operation was aborted', 'AbortError')) {
    if (this.#aborted) return
    this.#aborted = true
    this.#reason = reason
    this.dispatchEvent(new Event('abort'))
  }
  [custom](depth, options, inspect) {
    return depth < 0 ? 'AbortSignal' : `AbortSignal ${inspect({ aborted: this.#aborted }, $Helpers.innerOptions(options))}`
  }
  static abort(reason) {
    const signal = new AbortSignal(aborting)
    signal[aborting](reason)
    return signal
  }
  static timeout(delay) {
    const signal = new AbortSignal(aborting)
    const reason = () => new $globalThis.DOMException('The operation was aborted due to timeout', 'TimeoutError')
    $setTimeout(() => signal[aborting](reason()), delay).unref()
    return signal
  }
  static any(signals) {
    const signal = new AbortSignal(aborting)
    for (const source of [...signals]) {
      if (source.aborted) {
        signal[aborting](source.reason)
        break
      }
      source.addEventListener('abort', () => signal[aborting](source.reason), { once: true })
    }
    return signal
  }
}
handlerAttribute(AbortSignal.prototype, 'abort')

class AbortController {
  #signal = new AbortSignal(aborting)
  get signal() { return this.#signal }
  abort(reason) { this.#signal[aborting](reason) }
  [custom](depth, options, inspect) {
    return depth < 0 ? 'AbortController' : `AbortController ${inspect({ signal: this.#signal }, $Helpers.innerOptions(options))}`
  }
}

module.exports = { Event, CustomEvent, EventTarget, AbortSignal, AbortController }
