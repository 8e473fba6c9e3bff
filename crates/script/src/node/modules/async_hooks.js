'use strict'
// The module `async_hooks` (Node: lib/async_hooks.js, lib/internal/async_hooks.js).
//
// Every timer, tick and, while somebody listens, every promise is a resource with a number. What is made while a resource's
// callback runs gets that number as its trigger. An AsyncLocalStorage keeps its store on the resources themselves, below a symbol
// of its own, and a hook hands it from the running resource on to each new one.

const { asyncId, triggerId, numbers, newAsyncId, defaultTriggerId, currentResource, enterResource } = $Helpers.asyncResources()
const EXECUTION = 0, TRIGGER = 1, DEFAULT_TRIGGER = 3
const { nodeError, argumentTypeError } = $Helpers
const topLevel = {}

const executionAsyncId = () => numbers[EXECUTION]
const triggerAsyncId = () => numbers[TRIGGER]
const executionAsyncResource = () => currentResource() ?? topLevel

function checkFunction(value, name) {
  if (typeof value !== 'function') throw argumentTypeError(name, ['function'], value)
}

// Calls a function as the callback of a resource.
function within(resource, callback, receiver, args) {
  const execution = numbers[EXECUTION], trigger = numbers[TRIGGER], id = resource[asyncId]
  const outer = enterResource(resource)
  numbers[EXECUTION] = id
  numbers[TRIGGER] = resource[triggerId]
  try {
    before(id)
    return $callList(callback, receiver, args)
  } finally {
    after(id)
    numbers[EXECUTION] = execution
    numbers[TRIGGER] = trigger
    enterResource(outer)
  }
}

// The enabled hooks. The list is never changed: who is in the middle of it goes on with the old one.
let hooks = []

function tell(event, ...args) {
  for (const hook of hooks) {
    if (hook[event] === undefined) continue
    try {
      hook[event](...args)
    } catch (error) {
      // A hook that throws ends the process, whoever would catch it.
      $writeText(2, `${error?.stack ?? error}\n`)
      $process.exit(1)
    }
  }
}

const before = (id) => tell('before', id)
const after = (id) => tell('after', id)

function init(resource, type) {
  tell('init', resource[asyncId], type, resource[triggerId], resource)
}

// What has been destroyed is told of in a turn of the loop of its own, which is no resource for the hooks.
let destroyed, quiet

function destroy(id) {
  if (id === quiet || !hooks.some((hook) => hook.destroy !== undefined)) return
  if (destroyed === undefined) {
    destroyed = []
    $Helpers.trackResources(undefined)
    const turn = $setImmediate(tellDestroyed)
    $Helpers.trackResources(tracker)
    turn.unref()
    quiet = turn[asyncId]
  }
  destroyed.push(id)
}

function tellDestroyed() {
  const ids = destroyed
  destroyed = undefined
  for (const id of ids) tell('destroy', id)
}

const tracker = {
  init,
  before(id) {
    if (id !== quiet) before(id)
  },
  after(id) {
    if (id !== quiet) after(id)
  },
  destroy,
  // A promise: the hooks are told when the first of them sees it.
  made(promise, parent) {
    if (promise[asyncId] !== undefined) return
    if (parent !== undefined) tracker.made(parent)
    promise[asyncId] = newAsyncId()
    promise[triggerId] = parent === undefined ? defaultTriggerId() : parent[asyncId]
    init(promise, 'PROMISE')
    watch(promise)
  },
  within(promise, callback, ...args) {
    tracker.made(promise)
    return within(promise, callback, undefined, args)
  },
}

// Resources that are destroyed when they are collected.
let collected

function watch(resource) {
  if (!hooks.some((hook) => hook.destroy !== undefined)) return
  collected ??= new $FinalizationRegistry(destroy)
  collected.register(resource, resource[asyncId], resource)
}

function setHooks(list) {
  hooks = list
  $Helpers.trackResources(list.length > 0 ? tracker : undefined)
  $Helpers.trackPromises(list.length > 0 ? tracker : undefined)
}

class AsyncHook {
  constructor(callbacks) {
    for (const event of ['init', 'before', 'after', 'destroy', 'promiseResolve']) {
      const callback = callbacks[event]
      if (callback !== undefined && typeof callback !== 'function') {
        throw nodeError('TypeError', 'ERR_ASYNC_CALLBACK', `hook.${event} must be a function`)
      }
      this[event] = callback
    }
  }
  enable() {
    if (!hooks.includes(this)) setHooks([...hooks, this])
    return this
  }
  disable() {
    if (hooks.includes(this)) setHooks(hooks.filter((hook) => hook !== this))
    return this
  }
}

const createHook = (callbacks) => new AsyncHook(callbacks)

class AsyncResource {
  constructor(type, options = {}) {
    if (typeof type !== 'string') throw argumentTypeError('type', ['string'], type)
    let trigger = options, isManual = false
    if (typeof options !== 'number') {
      trigger = options.triggerAsyncId ?? defaultTriggerId()
      isManual = !!options.requireManualDestroy
    }
    if (!$Number.isSafeInteger(trigger) || trigger < -1) {
      throw nodeError('RangeError', 'ERR_INVALID_ASYNC_ID', `Invalid triggerAsyncId value: ${trigger}`)
    }
    this[asyncId] = newAsyncId()
    this[triggerId] = trigger
    if (hooks.length === 0) return
    if (type.length === 0) throw nodeError('TypeError', 'ERR_ASYNC_TYPE', 'Invalid name for async "type": ')
    init(this, type)
    if (!isManual) watch(this)
  }
  runInAsyncScope(callback, receiver, ...args) {
    return within(this, callback, receiver, args)
  }
  emitDestroy() {
    collected?.unregister(this)
    destroy(this[asyncId])
    return this
  }
  asyncId() {
    return this[asyncId]
  }
  triggerAsyncId() {
    return this[triggerId]
  }
  bind(callback, receiver) {
    checkFunction(callback, 'fn')
    const resource = this
    let bound, shown = this
    if (receiver !== undefined) bound = $call($Function.prototype.bind, this.runInAsyncScope, this, callback, receiver)
    // A method, so that it keeps its name.
    else ({ bound } = { bound(...args) { return resource.runInAsyncScope(callback, this, ...args) } })
    $Object.defineProperties(bound, {
      length: { value: callback.length, configurable: true, enumerable: false, writable: false },
      asyncResource: {
        get: () => shown,
        set(value) { shown = value },
        configurable: true,
        enumerable: true,
      },
    })
    return bound
  }
  static bind(callback, type, receiver) {
    type = type || callback.name
    return new AsyncResource(type || 'bound-anonymous-fn').bind(callback, receiver)
  }
}

// The AsyncLocalStorages that are in use.
const storages = []
const handOn = createHook({
  init(id, type, trigger, resource) {
    const from = executionAsyncResource()
    for (const storage of storages) resource[storage.kResourceStore] = from[storage.kResourceStore]
  },
})

class AsyncLocalStorage {
  constructor() {
    this.kResourceStore = $Symbol('kResourceStore')
    this.enabled = false
  }
  static bind(callback) {
    return AsyncResource.bind(callback)
  }
  static snapshot() {
    return AsyncResource.bind((callback, ...args) => callback(...args))
  }
  disable() {
    if (!this.enabled) return
    this.enabled = false
    storages.splice(storages.indexOf(this), 1)
    if (storages.length === 0) handOn.disable()
  }
  _enable() {
    if (this.enabled) return
    this.enabled = true
    storages.push(this)
    handOn.enable()
  }
  enterWith(store) {
    this._enable()
    executionAsyncResource()[this.kResourceStore] = store
  }
  run(store, callback, ...args) {
    if ($Object.is(store, this.getStore())) return $callList(callback, null, args)
    this._enable()
    const resource = executionAsyncResource(), outer = resource[this.kResourceStore]
    resource[this.kResourceStore] = store
    try {
      return $callList(callback, null, args)
    } finally {
      resource[this.kResourceStore] = outer
    }
  }
  exit(callback, ...args) {
    if (!this.enabled) return $callList(callback, null, args)
    this.disable()
    try {
      return $callList(callback, null, args)
    } finally {
      this._enable()
    }
  }
  getStore() {
    if (this.enabled) return executionAsyncResource()[this.kResourceStore]
  }
}

module.exports = {
  AsyncLocalStorage, createHook, executionAsyncId, triggerAsyncId, executionAsyncResource, AsyncResource,
}
