'use strict'
// Node's EventEmitter (`lib/events.js`). Listeners of a name are one function or a list of them, in `_events`.

const shapeMode = $Symbol('shapeMode'), capture = $Symbol('kCapture'), captureRejection = $Symbol.for('nodejs.rejection')
const errorMonitor = $Symbol('events.errorMonitor')

function EventEmitter(options) {
  'eager'
  $call(EventEmitter.init, this, options)
}

EventEmitter.prototype._events = undefined
EventEmitter.prototype._eventsCount = 0
EventEmitter.prototype._maxListeners = undefined

let defaultMaxListeners = 10

function init(options) {
  'eager'
  if (this._events === undefined || this._events === $Object.getPrototypeOf(this)._events) {
    this._events = $Object.create(null)
    this._eventsCount = 0
    this[shapeMode] = false
  } else {
    this[shapeMode] = true
  }
  this._maxListeners = this._maxListeners || undefined
  if (options !== undefined && options !== null && options.captureRejections) {
    checkBoolean(options.captureRejections, 'options.captureRejections')
    this[capture] = true
  } else {
    this[capture] = EventEmitter.prototype[capture]
  }
}

function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw $Helpers.argumentTypeError(name, ['boolean'], value)
}

function checkLimit(value, name) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (!(value >= 0)) throw $Helpers.rangeErrorOf(name, '>= 0', value)
}

// Node's validators are wrapped in a function that hands its arguments on (`hideStackFrames` in `lib/internal/errors.js`).
function checkListener(...args) {
  const listener = args[0]
  if (typeof listener !== 'function') throw invalidType('listener', 'function', listener)
}

function invalidType(name, expected, value) {
  const error = new $TypeError(`The "${name}" argument must be of type ${expected}. Received ${$received(value)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  return error
}

EventEmitter.prototype.setMaxListeners = function setMaxListeners(n) {
  checkLimit(n, 'setMaxListeners')
  this._maxListeners = n
  return this
}

EventEmitter.prototype.getMaxListeners = function getMaxListeners() {
  return this._maxListeners === undefined ? defaultMaxListeners : this._maxListeners
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  'eager'
  const events = this._events
  if (type === 'error') {
    if (events !== undefined && events[errorMonitor] !== undefined) this.emit(errorMonitor, ...args)
    if (events === undefined || events.error === undefined) throw unhandledError(args.length > 0 ? args[0] : undefined)
  }
  const handler = events === undefined ? undefined : events[type]
  if (handler === undefined) return false
  if (typeof handler === 'function') {
    const result = $callList(handler, this, args)
    if (result !== undefined && result !== null) watchResult(this, result, type, args)
  } else {
    const listeners = handler.slice()
    // Node copies a few by a literal.
    if (listeners.length < 7) $leaveDead(2)
    for (let i = 0; i < listeners.length; i++) {
      const result = $callList(listeners[i], this, args)
      if (result !== undefined && result !== null) watchResult(this, result, type, args)
    }
  }
  return true
}

// What a listener returns goes to a function with a context for three (Node's `addCatch`). An emitter that wants to know gets the
// rejection of a promise.
function watchResult(emitter, result, type, args) {
  'eager'
  $leaveDead(7)
  if (!emitter[capture]) return
  try {
    const { then } = result
    if (typeof then !== 'function') return
    $call(then, result, undefined, (reason) => { $nextTick(rejected, emitter, reason, type, args) })
  } catch (error) {
    emitter.emit('error', error)
  }
}

function rejected(emitter, reason, type, args) {
  if (typeof emitter[captureRejection] === 'function') {
    emitter[captureRejection](reason, type, ...args)
    return
  }
  // A rejection of a listener for errors is not to come back to it.
  const before = emitter[capture]
  emitter[capture] = false
  try {
    emitter.emit('error', reason)
  } finally {
    emitter[capture] = before
  }
}

function unhandledError(value) {
  if (value instanceof $Error) return value
  let text
  try {
    text = $inspect(value)
  } catch {
    text = value
  }
  const error = $Helpers.nodeError('Error', 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`)
  error.context = value
  return error
}

function add(target, type, listener, first) {
  checkListener(listener, 'listener')
  let events = target._events
  if (events === undefined) {
    events = target._events = $Object.create(null)
    target._eventsCount = 0
  } else if (events.newListener !== undefined) {
    target.emit('newListener', type, listener.listener ?? listener)
    events = target._events
  }
  const existing = events[type]
  if (existing === undefined) {
    events[type] = listener
    ++target._eventsCount
    return target
  }
  if (typeof existing === 'function') events[type] = first ? [listener, existing] : [existing, listener]
  else if (first) existing.unshift(listener)
  else existing.push(listener)
  warnOfLeak(target, type, events[type])
  return target
}

function warnOfLeak(target, type, listeners) {
  const most = target.getMaxListeners === undefined ? defaultMaxListeners : target.getMaxListeners()
  if (most <= 0 || listeners.length <= most || listeners.warned) return
  listeners.warned = true
  const warning = new $Error(
    `Possible EventEmitter memory leak detected. ${listeners.length} ${$String(type)} listeners added to ${$inspect(target, -1)}. MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`,
  )
  warning.name = 'MaxListenersExceededWarning'
  warning.emitter = target
  warning.type = type
  warning.count = listeners.length
  $process.emitWarning(warning)
}

EventEmitter.prototype.addListener = function addListener(type, listener) {
  return add(this, type, listener, false)
}

EventEmitter.prototype.on = EventEmitter.prototype.addListener

EventEmitter.prototype.prependListener = function prependListener(type, listener) {
  return add(this, type, listener, true)
}

function onceWrapper() {
  if (this.fired) return undefined
  this.target.removeListener(this.type, this.wrapFn)
  this.fired = true
  return $callList(this.listener, this.target, arguments)
}

function wrapOnce(target, type, listener) {
  const state = { fired: false, wrapFn: undefined, target, type, listener }
  const wrapped = onceWrapper.bind(state)
  wrapped.listener = listener
  state.wrapFn = wrapped
  return wrapped
}

EventEmitter.prototype.once = function once(type, listener) {
  checkListener(listener, 'listener')
  this.on(type, wrapOnce(this, type, listener))
  return this
}

EventEmitter.prototype.prependOnceListener = function prependOnceListener(type, listener) {
  checkListener(listener, 'listener')
  this.prependListener(type, wrapOnce(this, type, listener))
  return this
}

EventEmitter.prototype.removeListener = function removeListener(type, listener) {
  checkListener(listener, 'listener')
  const events = this._events
  if (events === undefined) return this
  const list = events[type]
  if (list === undefined) return this
  if (list === listener || list.listener === listener) {
    forget(this, type)
    if (events.removeListener !== undefined) this.emit('removeListener', type, list.listener || listener)
  } else if (typeof list !== 'function') {
    let at = list.length - 1
    while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--
    if (at < 0) return this
    list.splice(at, 1)
    if (list.length === 1) events[type] = list[0]
    if (events.removeListener !== undefined) this.emit('removeListener', type, listener)
  }
  return this
}

function forget(target, type) {
  --target._eventsCount
  // A stream's own names stay, so that the object keeps its shape.
  if (target[shapeMode]) target._events[type] = undefined
  else if (target._eventsCount === 0) target._events = $Object.create(null)
  else delete target._events[type]
}

EventEmitter.prototype.off = EventEmitter.prototype.removeListener

EventEmitter.prototype.removeAllListeners = function removeAllListeners(type) {
  const events = this._events
  if (events === undefined) return this
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = $Object.create(null)
      this._eventsCount = 0
    } else if (events[type] !== undefined) {
      forget(this, type)
    }
    return this
  }
  if (arguments.length === 0) {
    for (const key of allKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key)
    this.removeAllListeners('removeListener')
    this._events = $Object.create(null)
    this._eventsCount = 0
    return this
  }
  const listeners = events[type]
  if (typeof listeners === 'function') this.removeListener(type, listeners)
  else if (listeners !== undefined) for (let i = listeners.length - 1; i >= 0; i--) this.removeListener(type, listeners[i])
  return this
}

function listenersOf(target, type, unwrapped) {
  const list = target._events === undefined ? undefined : target._events[type]
  if (list === undefined) return []
  if (typeof list === 'function') return [unwrapped ? list.listener || list : list]
  return unwrapped ? list.map((listener) => listener.listener || listener) : list.slice()
}

EventEmitter.prototype.listeners = function listeners(type) {
  return listenersOf(this, type, true)
}

EventEmitter.prototype.rawListeners = function rawListeners(type) {
  return listenersOf(this, type, false)
}

EventEmitter.prototype.listenerCount = function listenerCount(type, listener) {
  const list = this._events === undefined ? undefined : this._events[type]
  if (list === undefined) return 0
  if (listener !== undefined) {
    return listenersOf(this, type, false).filter((each) => each === listener || each.listener === listener).length
  }
  return typeof list === 'function' ? 1 : list.length
}

EventEmitter.prototype.eventNames = function eventNames() {
  return this._eventsCount > 0 ? allKeys(this._events).filter((name) => this._events[name] !== undefined) : []
}

const allKeys = (object) => [...$Object.getOwnPropertyNames(object), ...$Object.getOwnPropertySymbols(object)]

// Those that few scripts call are in the module `events`.
for (const name of ['addAbortListener', 'once', 'on', 'getEventListeners', 'getMaxListeners']) EventEmitter[name] = undefined
EventEmitter.EventEmitter = EventEmitter
EventEmitter.usingDomains = false
EventEmitter.captureRejectionSymbol = captureRejection
EventEmitter.prototype[capture] = false
$Object.defineProperty(EventEmitter, 'captureRejections', {
  enumerable: true,
  configurable: false,
  get() {
    return EventEmitter.prototype[capture]
  },
  set(value) {
    checkBoolean(value, 'EventEmitter.captureRejections')
    EventEmitter.prototype[capture] = value
  },
})
EventEmitter.EventEmitterAsyncResource = undefined
EventEmitter.errorMonitor = errorMonitor
$Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  enumerable: true,
  configurable: false,
  get() {
    return defaultMaxListeners
  },
  set(n) {
    checkLimit(n, 'defaultMaxListeners')
    defaultMaxListeners = n
  },
})
EventEmitter.setMaxListeners = undefined
EventEmitter.init = (0, function (options) {
  'eager'
  $call(init, this, options)
})
EventEmitter.listenerCount = (emitter, type) =>
  typeof emitter.listenerCount === 'function' ? emitter.listenerCount(type) : $call(EventEmitter.prototype.listenerCount, emitter, type)

$install($Helpers, { EventEmitter, checkLimit })
