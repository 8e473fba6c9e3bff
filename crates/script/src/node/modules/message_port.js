'use strict'
// Ports that pass clones of values to each other (HTML, "channel messaging"; Node: lib/internal/worker/io.js). There is one
// thread: both ends of a channel lie in it, and a message arrives in a turn of the loop of its own.

const { EventTarget, Event, listenersOf } = require('internal/event_target')
const { nodeError } = $Helpers
const custom = $Symbol.for('nodejs.util.inspect.custom')
const makes = $Symbol('makes')

class MessageEvent extends Event {
  #data
  #origin
  #lastEventId
  #source
  #ports
  constructor(type, options) {
    super(type, options)
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = options ?? {}
    this.#data = data
    this.#origin = `${origin}`
    this.#lastEventId = `${lastEventId}`
    this.#source = source
    this.#ports = ports
  }
  get data() { return this.#data }
  get origin() { return this.#origin }
  get lastEventId() { return this.#lastEventId }
  get source() { return this.#source }
  get ports() { return this.#ports }
}

// What a listener that was added by `on` is called through: it gets the value instead of the event.
const wrappers = new $WeakMap()

// A target that is an emitter as well (Node's NodeEventTarget).
class EmitterTarget extends EventTarget {
  #types = new $Set()
  on(type, listener) {
    return this.#add(type, listener, false)
  }
  addListener(type, listener) {
    return this.#add(type, listener, false)
  }
  once(type, listener) {
    return this.#add(type, listener, true)
  }
  #add(type, listener, once) {
    let wrapper = wrappers.get(listener)
    if (wrapper === undefined) {
      wrapper = function (event) {
        return $call(listener, this, event instanceof MessageEvent ? event.data : event)
      }
      wrappers.set(listener, wrapper)
    }
    this.addEventListener(type, wrapper, { once })
    return this
  }
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options)
    this.#types.add(`${type}`)
  }
  off(type, listener) {
    this.removeEventListener(type, wrappers.get(listener) ?? listener)
    return this
  }
  removeListener(type, listener) {
    return this.off(type, listener)
  }
  removeAllListeners(type) {
    for (const each of type === undefined ? this.#types : [type]) {
      for (const listener of listenersOf(this, each)) {
        this.removeEventListener(each, listener)
        this.removeEventListener(each, listener, true)
      }
    }
    return this
  }
  listenerCount(type) {
    return listenersOf(this, type).length
  }
  eventNames() {
    return [...this.#types].filter((type) => listenersOf(this, type).length > 0)
  }
}

// The attribute `onmessage` and its kin.
function handlerAttribute(prototype, type) {
  const handlers = new $WeakMap()
  $Object.defineProperty(prototype, `on${type}`, {
    get() { return handlers.get(this)?.handler ?? null },
    set(handler) {
      const known = handlers.get(this)
      if (known !== undefined) this.removeEventListener(type, known.listener)
      handlers.delete(this)
      if (!$isCallable(handler)) return
      const listener = (event) => $call(handler, this, event)
      handlers.set(this, { handler, listener })
      this.addEventListener(type, listener)
    },
    enumerable: true,
    configurable: true,
  })
}

const ports = new $WeakSet()
$Helpers.passPorts(ports)

class MessagePort extends EmitterTarget {
  #peer
  #queue = []
  #started = false
  #closed = false
  #isRefed = true
  constructor(key) {
    if (key !== makes) throw nodeError('TypeError', 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called')
    super()
    ports.add(this)
  }
  static join(one, other) {
    one.#peer = other
    other.#peer = one
  }
  static take(port) {
    return port.#queue.length === 0 ? undefined : { message: port.#queue.shift().data }
  }
  postMessage(message, transfer) {
    if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage')
    const list = transferList(transfer)
    if (list.includes(this)) throw new $globalThis.DOMException('Transfer list contains source port', 'DataCloneError')
    const data = $structuredClone(message, { transfer: list }), peer = this.#peer
    if (this.#closed || peer.#closed) return
    peer.#queue.push({ data, ports: list.filter((item) => ports.has(item)) })
    if (peer.#started) peer.#expect()
  }
  // Each message has a turn.
  #expect() {
    $setImmediate(() => {
      if (!this.#started || this.#closed || this.#queue.length === 0) return
      const { data, ports } = this.#queue.shift()
      this.dispatchEvent(new MessageEvent('message', { data, ports }))
    })
  }
  start() {
    if (this.#started) return
    this.#started = true
    for (const _ of this.#queue) this.#expect()
  }
  addEventListener(type, listener, options) {
    super.addEventListener(type, listener, options)
    if (type === 'message') this.start()
  }
  close(callback) {
    if (typeof callback === 'function') this.once('close', callback)
    for (const port of [this, this.#peer]) {
      if (port.#closed) continue
      port.#closed = true
      $setImmediate(() => { port.dispatchEvent(new Event('close')) })
    }
  }
  ref() { this.#isRefed = true }
  unref() { this.#isRefed = false }
  hasRef() { return this.#isRefed && this.#started && !this.#closed }
  [custom]() {
    return `MessagePort ${$inspect({ active: !this.#closed, refed: this.hasRef() })}`
  }
}
const { join, take } = MessagePort
delete MessagePort.join
delete MessagePort.take
handlerAttribute(MessagePort.prototype, 'message')
handlerAttribute(MessagePort.prototype, 'messageerror')

function transferList(transfer) {
  if (transfer === undefined || transfer === null) return []
  const list = $isObject(transfer) && typeof transfer[$Symbol.iterator] !== 'function' ? transfer.transfer ?? [] : transfer
  if (!$isObject(list) || typeof list[$Symbol.iterator] !== 'function') {
    throw nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', 'Optional transferList argument must be an iterable')
  }
  return [...list]
}

function MessageChannel() {
  if (!new.target) throw nodeError('TypeError', 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`')
  this.port1 = new MessagePort(makes)
  this.port2 = new MessagePort(makes)
  join(this.port1, this.port2)
}

function receiveMessageOnPort(port) {
  if (ports.has(port)) return take(port)
  throw nodeError('TypeError', 'ERR_INVALID_ARG_TYPE', 'The "port" argument must be a MessagePort instance')
}

// The open channels of each name.
const channels = new $Map()

class BroadcastChannel extends EmitterTarget {
  #name
  #open = true
  constructor(name) {
    if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "name" argument must be specified')
    super()
    this.#name = `${name}`
    if (!channels.has(this.#name)) channels.set(this.#name, new $Set())
    channels.get(this.#name).add(this)
  }
  get name() { return this.#name }
  postMessage(message) {
    if ($argumentCount() === 0) throw nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "message" argument must be specified')
    if (!this.#open) throw new $globalThis.DOMException('BroadcastChannel is closed.', 'InvalidStateError')
    for (const channel of channels.get(this.#name)) {
      if (channel === this) continue
      const data = $structuredClone(message)
      $setImmediate(() => {
        if (channel.#open) channel.dispatchEvent(new MessageEvent('message', { data }))
      })
    }
  }
  close() {
    this.#open = false
    channels.get(this.#name).delete(this)
  }
  ref() { return this }
  unref() { return this }
  [custom](depth, options, inspect) {
    return depth < 0 ? 'BroadcastChannel' : `BroadcastChannel ${inspect({ name: this.#name, active: this.#open }, $Helpers.innerOptions(options))}`
  }
}
handlerAttribute(BroadcastChannel.prototype, 'message')
handlerAttribute(BroadcastChannel.prototype, 'messageerror')

module.exports = { BroadcastChannel, MessageChannel, MessageEvent, MessagePort, receiveMessageOnPort }
