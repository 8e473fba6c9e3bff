'use strict'
// Promises and the jobs they schedule (ECMA-262 27.2), and what `await` does.
//
// A promise's own words are reached through intrinsics:
//   $promiseValue(p)            the value or reason of a settled one
//   $settle(p, state, value)    of a pending one; its reactions become microtasks
//   $newPromise(parent)         a pending promise; what it derives from is for `async_hooks`
//   $isPromise(x)
//   $enqueueFollow(p, thenable, then)  follow below, when the running script has ended
//   $enqueueReaction(derived, handler, value, state)  the same of react below
//   $resolvePlainly(promise, value)  resolves; false where script may have a say
//   $subscribePlainly(promise, derived, onFulfilled, onRejected)  subscribe below; false of a rejected one
//   $thenPlainly(promise, onFulfilled, onRejected)  `then`; undefined where script may have a say, or the promise is rejected
//   $handled(p)                 a rejection that nobody handles ends the run; false: it has been reported already
//   $resume(generator, value), $resumeThrow(generator, reason)

// What a reaction's outcome goes to: a promise, or of a subclass the functions that settle one.
function fulfil(derived, value) {
  if ($isPromise(derived)) resolve(derived, value)
  else if (derived !== undefined) derived.resolve(value)
}

function reject(derived, reason) {
  if ($isPromise(derived)) $settle(derived, 2, reason)
  else if (derived !== undefined) derived.reject(reason)
}

function react(derived, handler, value, state) {
  if (handler === undefined) {
    if (state === 1) fulfil(derived, value)
    else reject(derived, value)
    return
  }
  let result
  try {
    result = $call(handler, undefined, value)
  } catch (reason) {
    reject(derived, reason)
    return
  }
  if (!$resolvePlainly(derived, result)) fulfil(derived, result)
}

function resolve(promise, value) {
  if ($resolvePlainly(promise, value)) return
  if (value === promise) {
    $settle(promise, 2, new $TypeError('Chaining cycle detected for promise #<Promise>'))
    return
  }
  if (!$isObject(value)) {
    $settle(promise, 1, value)
    return
  }
  let then
  try {
    then = value.then
  } catch (reason) {
    $settle(promise, 2, reason)
    return
  }
  if (!$isCallable(then)) {
    $settle(promise, 1, value)
    return
  }
  $enqueueFollow(promise, value, then)
}

function isOfPromise(promise) {
  try {
    return speciesOf(promise) === $Promise
  } catch {
    return false
  }
}

// A promise is followed without functions (V8: `PromiseResolveThenableJob`).
function follow(promise, thenable, then) {
  if (then === builtInThen && $isPromise(thenable) && isOfPromise(thenable)) {
    subscribe(thenable, promise, undefined, undefined)
  } else {
    withResolvers(promise, then, thenable)
  }
}

// Calls a function with the pair that settles a promise, of which only the first call counts; what it throws rejects.
function withResolvers(promise, callback, receiver) {
  let called = false
  // Both functions are without a name.
  const reject = (0, (reason) => {
    if (called) return
    called = true
    $settle(promise, 2, reason)
  })
  try {
    $call(
      callback,
      receiver,
      (value) => {
        if (called) return
        called = true
        resolve(promise, value)
      },
      reject,
    )
  } catch (reason) {
    reject(reason)
  }
}

function subscribe(promise, derived, onFulfilled, onRejected) {
  // What is awaited has a resource of its own.
  if (tracker !== undefined && derived === undefined) derived = $newPromise(promise)
  if ($subscribePlainly(promise, derived, onFulfilled, onRejected)) return
  if (!$handled(promise)) $Helpers.handledLate(promise)
  $enqueueReaction(derived, onRejected, $promiseValue(promise), 2)
}

// What `async_hooks` does about promises: `made(promise, parent)` and `within(promise, callback, ...args)`.
let tracker

function toPromise(value) {
  return promiseResolve($Promise, value)
}

// PromiseResolve
function promiseResolve(constructor, value) {
  if ($isPromise(value) && value.constructor === constructor) return value
  if (constructor === $Promise) {
    const promise = $newPromise()
    resolve(promise, value)
    return promise
  }
  const created = capability(constructor)
  created.resolve(value)
  return created.promise
}

// NewPromiseCapability
function capability(constructor) {
  if (constructor === $Promise) {
    const promise = $newPromise()
    let called = false
    return {
      promise,
      // Both functions are without a name.
      resolve: (0, (value) => {
        if (called) return
        called = true
        resolve(promise, value)
      }),
      reject: (0, (reason) => {
        if (called) return
        called = true
        $settle(promise, 2, reason)
      }),
    }
  }
  if (!$isConstructor(constructor)) $throwTypeError(`${$describe(constructor)} is not a constructor`)
  const created = { promise: undefined, resolve: undefined, reject: undefined }
  created.promise = new constructor((resolve, reject) => {
    if (created.resolve !== undefined || created.reject !== undefined) {
      $throwTypeError('Promise executor has already been invoked with non-undefined arguments')
    }
    created.resolve = resolve
    created.reject = reject
  })
  if (!$isCallable(created.resolve) || !$isCallable(created.reject)) {
    $throwTypeError('Promise resolve or reject function is not callable')
  }
  return created
}

function speciesOf(promise) {
  const constructor = promise.constructor
  if (constructor === undefined || constructor === $Promise) return $Promise
  if (!$isObject(constructor)) $throwTypeError('The .constructor property is not an object')
  const species = constructor[$Symbol.species]
  return species === undefined || species === null ? $Promise : species
}

$install($Helpers, {
  $follow: follow,
  $react: react,
  $subscribe: subscribe,
  $toPromise: toPromise,
  trackPromises(wanted) {
    tracker = wanted
    $trackPromises(wanted !== undefined)
  },
  promiseMade(promise, parent) {
    tracker.made(promise, parent)
    return promise
  },
  reactTracked(derived, handler, value, state) {
    const promise = $isPromise(derived) ? derived : derived?.promise
    if (promise === undefined) react(derived, handler, value, state)
    else tracker.within(promise, react, derived, handler, value, state)
  },
  followTracked(promise, thenable, then) {
    tracker.within(promise, follow, promise, thenable, then)
  },
  $resolvePromise: resolve,
  $rejectPromise(promise, reason) {
    $settle(promise, 2, reason)
  },
  promiseInit(promise, executor) {
    if (tracker !== undefined) tracker.made(promise)
    withResolvers(promise, executor, undefined)
    return promise
  },
  awaitValue(value, generator) {
    subscribe(
      toPromise(value),
      undefined,
      (result) => { $resume(generator, result) },
      (reason) => { $resumeThrow(generator, reason) },
    )
  },
  resolvePromise(promise, value) {
    resolve(promise, value)
  },
  rejectPromise(promise, reason) {
    $settle(promise, 2, reason)
  },
})

$install($Promise.prototype, {
  then(onFulfilled, onRejected) {
    const plain = $thenPlainly(this, onFulfilled, onRejected)
    if (plain !== undefined) return plain
    if (!$isPromise(this)) $throwTypeError(`Method Promise.prototype.then called on incompatible receiver ${$describe(this)}`)
    const constructor = speciesOf(this)
    const derived = constructor === $Promise ? $newPromise(this) : capability(constructor)
    subscribe(
      this,
      derived,
      $isCallable(onFulfilled) ? onFulfilled : undefined,
      $isCallable(onRejected) ? onRejected : undefined,
    )
    return $isPromise(derived) ? derived : derived.promise
  },
  catch(onRejected) {
    return this.then(undefined, onRejected)
  },
  finally(onFinally) {
    if (!$isObject(this)) $throwTypeError('Promise.prototype.finally called on a non-object')
    if (!$isCallable(onFinally)) return this.then(onFinally, onFinally)
    const constructor = speciesOf(this)
    return this.then(
      (value) => promiseResolve(constructor, onFinally()).then(() => value),
      (reason) =>
        promiseResolve(constructor, onFinally()).then(() => {
          throw reason
        }),
    )
  },
})

const builtInThen = $Promise.prototype.then

$install($Promise, {
  resolve: function resolve(value) {
    if (!$isObject(this)) $throwTypeError('PromiseResolve called on non-object')
    return promiseResolve(this, value)
  },
  reject(reason) {
    if (!$isObject(this)) $throwTypeError('PromiseResolve called on non-object')
    if (this === $Promise) {
      const promise = $newPromise()
      $settle(promise, 2, reason)
      return promise
    }
    const created = capability(this)
    created.reject(reason)
    return created.promise
  },
  all(iterable) {
    return combine(this, iterable, startAll, fulfilAll)
  },
  allSettled(iterable) {
    return combine(this, iterable, startSettled, fulfilAll)
  },
  any(iterable) {
    return combine(this, iterable, startAny, rejectAll)
  },
  race(iterable) {
    return combine(this, iterable, startRace, () => {})
  },
})

function startAll(item, all, index) {
  item.then(entry(all, index), all.result.reject)
}

function startSettled(item, all, index) {
  const settle = entry(all, index)
  item.then((value) => settle({ status: 'fulfilled', value }), (reason) => settle({ status: 'rejected', reason }))
}

function startAny(item, all, index) {
  item.then(all.result.resolve, entry(all, index))
}

function startRace(item, all) {
  item.then(all.result.resolve, all.result.reject)
}

function fulfilAll(all) {
  all.result.resolve(all.values)
}

function rejectAll(all) {
  all.result.reject(new $AggregateError(all.values, 'All promises were rejected'))
}

// A promise of all items together: `start(item, all, index)` subscribes to one, `finish(all)` comes after the last.
function combine(constructor, iterable, start, finish) {
  const result = capability(constructor), all = { result, values: [], left: 1, finish }
  try {
    const resolveItem = constructor.resolve
    if (!$isCallable(resolveItem)) $throwTypeError('Promise resolve or reject function is not callable')
    let count = 0
    for (const item of iterable) {
      all.left += 1
      all.values[count] = undefined
      start($call(resolveItem, constructor, item), all, count++)
    }
    leave(all)
  } catch (reason) {
    result.reject(reason)
  }
  return result.promise
}

// A function that puts what an item was settled with to the values. Only its first call counts.
function entry(all, index) {
  return (value) => {
    if (index < 0) return
    all.values[index] = value
    index = -1
    leave(all)
  }
}

// One item less is awaited.
function leave(all) {
  all.left -= 1
  if (all.left === 0) all.finish(all)
}
