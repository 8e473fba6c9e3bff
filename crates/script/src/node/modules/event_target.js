'use strict'
// Event, EventTarget and AbortController (DOM Standard; Node: lib/internal/event_target.js, abort_controller.js). There is no
// tree: an event has one target.

const custom = $Symbol.for('nodejs.util.inspect.custom')
const nodeError = $Helpers.nodeError
const aborting = $Symbol('aborting')

// What the error says that a method is called on the wrong object.
function invalidThis(type) {
  return nodeError('TypeError', 'ERR_INVALID_THIS', `Value of "this" must be of type ${type}`)
}

class Event {
  #type
  #cancelable
  #bubbles
  #composed
  #canceled = false
  #isPropagationStopped = false
  #time = $nowNs() / 1e6
  constructor(type, options = undefined) {
    if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "type" argument must be specified')
    if (options !== undefined && options !== null && !$isObject(options)) throw $Helpers.argumentTypeError('options', ['Object'], options)
    this.#type = `${type}`
    this.#cancelable = !!options?.cancelable
    this.#bubbles = !!options?.bubbles
    this.#composed = !!options?.composed
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
  get bubbles() { return this.#bubbles }
  get composed() { return this.#composed }
  get isTrusted() { return false }
  get eventPhase() { return this[state].isDispatched ? Event.AT_TARGET : Event.NONE }
  composedPath() { return this[state].isDispatched ? [this[state].target] : [] }
  preventDefault() { if (this.#cancelable) this.#canceled = true }
  stopPropagation() { this.#isPropagationStopped = true }
  get cancelBubble() { return this.#isPropagationStopped }
  set cancelBubble(value) { if (value) this.#isPropagationStopped = true }
  stopImmediatePropagation() { this[state].isStopped = true }
  [custom](depth, options, inspect) {
    const { type, defaultPrevented, cancelable, timeStamp } = this
    return depth < 0 ? this.constructor.name
      : `${this.constructor.name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, $Helpers.innerOptions(options))}`
  }
}
for (const [value, name] of ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].entries()) {
  $Object.defineProperty(Event, name, { value, enumerable: true })
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
  // How many of a type are no leak; undefined: as many as an EventEmitter may have.
  #limit
  static listenersOf(target, type) {
    return (target.#listeners.get(`${type}`) ?? []).map((known) => known.listener)
  }
  static limitOf(target) {
    return target.#limit ?? $Helpers.EventEmitter.defaultMaxListeners
  }
  static setLimit(target, limit) {
    target.#limit = limit
  }
  #warnOfLeak(type, count) {
    const most = limitOf(this)
    // As Node says it, once.
    if (most <= 0 || count !== most + 1) return
    const warning = new $Error(`Possible EventTarget memory leak detected. ${count} ${type} listeners added to ${$inspect(this, -1)}. ` +
      `MaxListeners is ${most}. Use events.setMaxListeners() to increase limit`)
    $Object.assign(warning, { name: 'MaxListenersExceededWarning', target: this, type, count })
    $process.emitWarning(warning)
  }
  addEventListener(type, listener, options) {
    if (!(#listeners in this)) throw invalidThis('EventTarget')
    if ($argumentCount() < 2) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified')
    if (listener === null || listener === undefined) return
    if (!$isCallable(listener) && !$isObject(listener)) throw $Helpers.argumentTypeError('listener', ['EventListener'], listener)
    const { once = false, capture = false, signal } = typeof options === 'boolean' ? { capture: options } : options ?? {}
    if (signal !== undefined && (!$isObject(signal) || !('aborted' in signal))) {
      throw $Helpers.argumentTypeError('options.signal', ['AbortSignal'], signal)
    }
    if (signal?.aborted) return
    type = `${type}`
    const list = this.#listeners.get(type) ?? []
    if (list.some((known) => known.listener === listener && known.capture === !!capture)) return
    this.#listeners.set(type, [...list, { listener, once: !!once, capture: !!capture }])
    this.#warnOfLeak(type, list.length + 1)
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true })
  }
  removeEventListener(type, listener, options) {
    if (!(#listeners in this)) throw invalidThis('EventTarget')
    if ($argumentCount() < 2) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "type" and "listener" arguments must be specified')
    const capture = !!(typeof options === 'boolean' ? options : options?.capture)
    const left = this.#listeners.get(`${type}`)?.filter((known) => known.listener !== listener || known.capture !== capture)
    if (left === undefined) return
    if (left.length === 0) this.#listeners.delete(`${type}`)
    else this.#listeners.set(`${type}`, left)
  }
  dispatchEvent(event) {
    if (!(#listeners in this)) throw invalidThis('EventTarget')
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

const { listenersOf, limitOf, setLimit } = EventTarget
for (const name of ['listenersOf', 'limitOf', 'setLimit']) delete EventTarget[name]

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

module.exports = { Event, CustomEvent, EventTarget, AbortSignal, AbortController, listenersOf, limitOf, setLimit }
