'use strict'
// setTimeout and its relatives: the objects that they return, and what the machine calls when the time has come.
//   $schedule(object, milliseconds, repeats)  a timer; returns its number. Without milliseconds: an immediate
//   $unschedule(number)        it will not run
//   $keepsAlive(number, yes)   whether the run waits for it

const LONGEST = 2147483647

function checkCallback(callback) {
  if (typeof callback === 'function') return
  const error = new $TypeError(`The "callback" argument must be of type function. Received ${$received(callback)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  throw error
}

const refed = $Symbol('refed')

// `ref`, `unref` and `hasRef` of a class whose objects have numbers.
function installReferences(prototype, numberOf) {
  const hold = (task, yes) => {
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

function run(callback, task, args) {
  if (args === undefined) $call(callback, task)
  else $callList(callback, task, args)
}

class Timeout {
  #number
  constructor(callback, delay, args, repeats) {
    delay = +delay
    if (!(delay >= 1 && delay <= LONGEST)) delay = 1
    this._idleTimeout = delay
    this._idlePrev = null
    this._idleNext = null
    this._idleStart = $Math.trunc($now())
    this._onTimeout = callback
    this._timerArgs = args
    this._repeat = repeats ? delay : null
    this._destroyed = false
    this[refed] = true
    this.#number = $schedule(this, delay, repeats)
  }
  refresh() {
    if (this._destroyed && this._onTimeout === null) return this
    $unschedule(this.#number)
    this._destroyed = false
    this._idleStart = $Math.trunc($now())
    this.#number = $schedule(this, this._idleTimeout, this._repeat !== null)
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
  static {
    installReferences(Timeout.prototype, (timer) => timer.#number)
  }
  static cancel(timer) {
    if (timer instanceof Timeout) {
      $unschedule(timer.#number)
      timer._destroyed = true
      timer._onTimeout = null
      timer._idleTimeout = -1
    } else if (typeof timer === 'number' || typeof timer === 'string') {
      $unschedule(+timer)
    }
  }
  static fire(timer) {
    if (timer._repeat === null) timer._destroyed = true
    if (timer._onTimeout !== null) run(timer._onTimeout, timer, timer._timerArgs)
  }
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
    this.#number = $schedule(this)
  }
  static {
    installReferences(Immediate.prototype, (immediate) => immediate.#number)
  }
  static cancel(immediate) {
    if (!(immediate instanceof Immediate)) return
    $unschedule(immediate.#number)
    immediate._destroyed = true
    immediate._onImmediate = null
  }
  static fire(immediate) {
    immediate._destroyed = true
    run(immediate._onImmediate, immediate, immediate._argv)
  }
}

$install($Helpers, {
  checkCallback,
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
  setTimeout(callback, after, ...args) {
    checkCallback(callback)
    return new Timeout(callback, after, args.length === 0 ? undefined : args, false)
  },
  setInterval(callback, repeat, ...args) {
    checkCallback(callback)
    return new Timeout(callback, repeat, args.length === 0 ? undefined : args, true)
  },
  setImmediate(callback, ...args) {
    checkCallback(callback)
    return new Immediate(callback, args.length === 0 ? undefined : args)
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
