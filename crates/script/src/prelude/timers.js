'use strict'
// setTimeout and its relatives: the objects that they return, and what the machine calls when the time has come.
//   $schedule(object, milliseconds, repeats)  a timer; returns its number. Without milliseconds: an immediate
//   $unschedule(number)        it will not run
//   $keepsAlive(number, yes)   whether the run waits for it
//   $enqueueTick(f, ...args)   before every other job

const LONGEST = 2147483647

// Node's validators are wrapped in a function that hands its arguments on (`hideStackFrames` in `lib/internal/errors.js`).
function checkCallback(...args) {
  const callback = args[0]
  if (typeof callback === 'function') return
  const error = new $TypeError(`The "callback" argument must be of type function. Received ${$received(callback)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  throw error
}

const refed = $Symbol('refed'), hasPrimitive = $Symbol('kHasPrimitive')
const asyncId = $Symbol('asyncId'), triggerId = $Symbol('triggerId')

// Numbers of asynchronous resources. As Node does, they are kept as doubles (`lib/internal/async_hooks.js`); most scripts have
// none.
const EXECUTION = 0, TRIGGER = 1, COUNTER = 2, DEFAULT_TRIGGER = 3
let ids, around
// Below the script is a resource, below all else that the machine begins is none.
let lowest = 1
// What `async_hooks` wants to know of resources, and the one whose callback runs.
let tracker, current

function numbers() {
  if (ids === undefined) {
    ids = new $Float64Array([lowest, 0, 1, -1])
    around = new $Float64Array(2)
  }
  return ids
}

function newAsyncId() {
  return ++numbers()[COUNTER]
}

function defaultTriggerId() {
  const id = numbers()[DEFAULT_TRIGGER]
  return id < 0 ? ids[EXECUTION] : id
}

function initAsyncResource(resource, type) {
  resource[asyncId] = newAsyncId()
  resource[triggerId] = defaultTriggerId()
  if (tracker !== undefined) tracker.init(resource, type)
}

// Their neighbours in the ring are named only.
const inspectCustom = $Symbol.for('nodejs.util.inspect.custom')
const inspectAlone = (object, options, inspect) => inspect(object, { ...options, depth: 0, customInspect: false })

// The active timers of one duration: a ring, as Node links them (`lib/internal/timers.js`).
class TimersList {
  constructor(expiry, msecs) {
    this._idleNext = this
    this._idlePrev = this
    this.expiry = expiry
    this.id = ++lastListId
    this.msecs = msecs
    this.priorityQueuePosition = null
  }
  [inspectCustom](_, options, inspect) {
    return inspectAlone(this, options, inspect)
  }
}

const lists = { __proto__: null }
let lastListId = -9007199254740991

function link(timer) {
  const msecs = timer._idleTimeout
  const list = lists[msecs] ??= new TimersList(timer._idleStart + msecs, msecs)
  timer._idleNext = list._idleNext
  timer._idlePrev = list
  list._idleNext._idlePrev = timer
  list._idleNext = timer
}

function unlink(timer) {
  const { _idleNext: next, _idlePrev: previous } = timer
  if (next === null) return
  next._idlePrev = previous
  previous._idleNext = next
  timer._idleNext = null
  timer._idlePrev = null
  if (next === previous && next instanceof TimersList) delete lists[next.msecs]
}

// `ref`, `unref` and `hasRef` of a class whose objects have numbers.
function installReferences(prototype, numberOf) {
  'eager'
  const hold = (task, yes) => {
    if (task[refed] === undefined) return task
    task[refed] = yes
    $keepsAlive(numberOf(task), yes)
    return task
  }
  $install(prototype, {
    ref() {
      return hold(this, true)
    },
    unref() {
      return hold(this, false)
    },
    hasRef() {
      return this[refed]
    },
  })
}

// What a resource's callback makes is made by that resource: the numbers of the one that runs are in `ids`, those of the one
// around it are put away meanwhile.
const running = []
let turn = -1

// What the loop calls is below a resource of its own; ticks and microtasks are the first, and leave the list empty.
function pushAsyncContext(resource, id, trigger, depth) {
  const now = $Math.trunc($now())
  // Each turn of the loop begins with an empty list.
  if (now !== turn) running.length = 0
  turn = now
  around[0] = ids[EXECUTION]
  around[1] = ids[TRIGGER]
  running[depth] = resource
  ids[EXECUTION] = id
  ids[TRIGGER] = trigger
}

function popAsyncContext(id, depth) {
  if (ids[EXECUTION] !== id) return
  ids[EXECUTION] = around[0]
  ids[TRIGGER] = around[1]
  if (depth === 0) running.length = 0
  else running[depth] = undefined
}

function run(callback, receiver, args, resource, depth) {
  const id = resource[asyncId], outer = current
  current = resource
  pushAsyncContext(resource, id, resource[triggerId], depth)
  try {
    if (tracker !== undefined) tracker.before(id)
    if (args === undefined) $call(callback, receiver)
    else $callList(callback, receiver, args)
  } finally {
    if (tracker !== undefined) tracker.after(id)
    popAsyncContext(id, depth)
    current = outer
  }
}

// A resource is not needed any more.
function leave(resource) {
  if (tracker !== undefined) tracker.destroy(resource[asyncId])
}

class Timeout {
  #number
  constructor(callback, delay, args, repeats) {
    delay = +delay
    if (!(delay >= 1 && delay <= LONGEST)) {
      if (delay > LONGEST) warnOfLength(delay)
      delay = 1
    }
    this._idleTimeout = delay
    this._idlePrev = null
    this._idleNext = null
    this._idleStart = $Math.trunc($now())
    this._onTimeout = callback
    this._timerArgs = args
    this._repeat = repeats ? delay : null
    this._destroyed = false
    this[refed] = true
    this[hasPrimitive] = false
    initAsyncResource(this, 'Timeout')
    this.#number = $schedule(this, delay, repeats)
    link(this)
  }
  refresh() {
    if (this._destroyed && this._onTimeout === null) return this
    $unschedule(this.#number)
    unlink(this)
    this._destroyed = false
    this._idleStart = $Math.trunc($now())
    this.#number = $schedule(this, this._idleTimeout, this._repeat !== null)
    link(this)
    if (!this[refed]) $keepsAlive(this.#number, false)
    return this
  }
  close() {
    Timeout.cancel(this)
    return this
  }
  [$Symbol.toPrimitive]() {
    return this.#number
  }
  [$Symbol.dispose]() {
    Timeout.cancel(this)
  }
  [inspectCustom](_, options, inspect) {
    return inspectAlone(this, options, inspect)
  }
  static {
    installReferences(Timeout.prototype, (timer) => timer.#number)
  }
  static cancel(timer) {
    if (timer instanceof Timeout) {
      $unschedule(timer.#number)
      unlink(timer)
      if (!timer._destroyed) leave(timer)
      timer._destroyed = true
      timer._onTimeout = null
      timer._idleTimeout = -1
    } else if (typeof timer === 'number' || typeof timer === 'string') {
      $unschedule(+timer)
    }
  }
  static fire(timer) {
    unlink(timer)
    if (!timer._onTimeout) {
      Timeout.cancel(timer)
      return
    }
    try {
      run(timer._onTimeout, timer, timer._timerArgs, timer, 1)
    } finally {
      // An interval ends too by what the script has set.
      if (timer._idleTimeout === -1) Timeout.cancel(timer)
      if (timer._repeat !== null && !timer._destroyed) link(timer)
      else if (timer._idleNext === null && !timer._destroyed) {
        timer._destroyed = true
        leave(timer)
      }
    }
  }
}

function warnOfLength(delay) {
  $process.emitWarning(`${delay} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`, 'TimeoutOverflowWarning')
}

class Immediate {
  #number
  constructor(callback, args) {
    this._idleNext = null
    this._idlePrev = null
    this._onImmediate = callback
    this._argv = args
    this._destroyed = false
    this[refed] = true
    initAsyncResource(this, 'Immediate')
    this.#number = $schedule(this)
  }
  [$Symbol.dispose]() {
    Immediate.cancel(this)
  }
  static {
    installReferences(Immediate.prototype, (immediate) => immediate.#number)
  }
  static cancel(immediate) {
    if (!(immediate instanceof Immediate)) return
    $unschedule(immediate.#number)
    if (!immediate._destroyed) leave(immediate)
    immediate._destroyed = true
    immediate._onImmediate = null
  }
  static fire(immediate) {
    immediate._destroyed = true
    try {
      run(immediate._onImmediate, immediate, immediate._argv, immediate, 1)
    } finally {
      leave(immediate)
    }
  }
}

// The arguments after the first `own`, of which the first three are given by name; undefined: there are none.
function surplus(list, own, arg1, arg2, arg3) {
  switch (list.length - own) {
    case -2:
    case -1:
    case 0: return undefined
    case 1: return [arg1]
    case 2: return [arg1, arg2]
  }
  const args = [arg1, arg2, arg3]
  for (let i = own + 3; i < list.length; i++) args[i - own] = list[i]
  return args
}

// What `queueMicrotask` calls its function through (`lib/internal/process/task_queues.js`).
class AsyncResource {
  constructor(type, options) {
    checkCallback(runMicrotask, type)
    if (options.requireManualDestroy) initAsyncResource(this, type)
  }
}

function runMicrotask() {
  try {
    run(this.callback, undefined, undefined, this, 0)
  } finally {
    leave(this)
  }
}

function runTick(tick) {
  try {
    run(tick.callback, undefined, tick.args, tick, 0)
  } finally {
    leave(tick)
  }
}

$install($Helpers, {
  nextTick(callback) {
    checkCallback(callback, 'callback')
    const args = surplus(arguments, 1, arguments[1], arguments[2], arguments[3])
    const tick = { [asyncId]: newAsyncId(), [triggerId]: defaultTriggerId(), callback, args }
    if (tracker !== undefined) tracker.init(tick, 'TickObject')
    $enqueueTick(runTick, tick)
  },
  // The script has ended, what it has begun comes next.
  scriptEnded() {
    'eager'
    lowest = 0
    if (ids !== undefined) ids[EXECUTION] = 0
  },
  // What `async_hooks` builds on: the names of a resource's two numbers, those of the running one, the next free number.
  asyncResources() {
    return {
      asyncId, triggerId, numbers: numbers(), newAsyncId, defaultTriggerId,
      currentResource: () => current,
      // Another one's callback runs from now on; returns the one before.
      enterResource(resource) {
        const outer = current
        current = resource
        return outer
      },
    }
  },
  trackResources(wanted) {
    tracker = wanted
  },
  runTimer(timer) {
    Timeout.fire(timer)
  },
  runImmediate(immediate) {
    Immediate.fire(immediate)
  },
  // A turn of the loop in which the collector alone has worked.
  markingTask() {},
})

$install($globalThis, {
  queueMicrotask(callback) {
    checkCallback(callback, 'callback')
    const resource = new AsyncResource('Microtask', { triggerAsyncId: defaultTriggerId(), requireManualDestroy: true })
    resource.callback = callback
    $enqueueCall($call($Function.prototype.bind, runMicrotask, resource))
  },
  setTimeout(callback, after, arg1, arg2, arg3) {
    checkCallback(callback, 'callback')
    return new Timeout(callback, after, surplus(arguments, 2, arg1, arg2, arg3), false)
  },
  setInterval(callback, repeat, arg1, arg2, arg3) {
    checkCallback(callback, 'callback')
    return new Timeout(callback, repeat, surplus(arguments, 2, arg1, arg2, arg3), true)
  },
  setImmediate(callback, arg1, arg2, arg3) {
    checkCallback(callback, 'callback')
    return new Immediate(callback, surplus(arguments, 1, arg1, arg2, arg3))
  },
  clearTimeout(timer) {
    Timeout.cancel(timer)
  },
  clearInterval(timer) {
    Timeout.cancel(timer)
  },
  clearImmediate(immediate) {
    Immediate.cancel(immediate)
  },
})
