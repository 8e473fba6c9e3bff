'use strict'
// Promises and the jobs they schedule (ECMA-262 27.2), and what `await` does.
//
// A promise's own words are reached through intrinsics:
//   $promiseState(p)            0 pending, 1 fulfilled, 2 rejected
//   $promiseValue(p)            the value, the reason, or the list of reactions of a pending one
//   $promiseSet(p, state, value)
//   $newPromise()               a pending promise
//   $isPromise(x)
//   $enqueueJob(f, a, b, c)     f(a, b, c) when the running script has ended
//   $rejected(p), $handled(p)   a rejection that nobody handles ends the run
//   $resume(generator, value), $resumeThrow(generator, reason)

function settle(promise, state, value) {
  const reactions = $promiseValue(promise)
  $promiseSet(promise, state, value)
  if (reactions === undefined) {
    if (state === 2) $rejected(promise)
    return
  }
  for (let i = 0; i < reactions.length; i += 3) {
    $enqueueJob(react, reactions[i], state === 1 ? reactions[i + 1] : reactions[i + 2], value, state)
  }
}

function react(derived, handler, value, state) {
  if (handler === undefined) {
    if (derived !== undefined) {
      if (state === 1) resolve(derived, value)
      else settle(derived, 2, value)
    }
    return
  }
  let result
  try {
    result = $call(handler, undefined, value)
  } catch (reason) {
    if (derived !== undefined) settle(derived, 2, reason)
    return
  }
  if (derived !== undefined) resolve(derived, result)
}

function resolve(promise, value) {
  if ($promiseState(promise) !== 0) return
  if (value === promise) {
    settle(promise, 2, new $TypeError('Chaining cycle detected for promise #<Promise>'))
    return
  }
  if (!$isObject(value)) {
    settle(promise, 1, value)
    return
  }
  let then
  try {
    then = value.then
  } catch (reason) {
    settle(promise, 2, reason)
    return
  }
  if (!$isCallable(then)) {
    settle(promise, 1, value)
    return
  }
  $enqueueJob(follow, promise, value, then)
}

function follow(promise, thenable, then) {
  const functions = resolvers(promise)
  try {
    $call(then, thenable, functions[0], functions[1])
  } catch (reason) {
    functions[1](reason)
  }
}

// The pair of functions that settle a promise, of which only the first call counts.
function resolvers(promise) {
  let called = false
  return [
    (value) => {
      if (called) return
      called = true
      resolve(promise, value)
    },
    (reason) => {
      if (called) return
      called = true
      settle(promise, 2, reason)
    },
  ]
}

function subscribe(promise, derived, onFulfilled, onRejected) {
  const state = $promiseState(promise)
  if (state === 0) {
    const reactions = $promiseValue(promise)
    if (reactions === undefined) $promiseSet(promise, 0, [derived, onFulfilled, onRejected])
    else reactions.push(derived, onFulfilled, onRejected)
  } else {
    if (state === 2) $handled(promise)
    $enqueueJob(react, derived, state === 1 ? onFulfilled : onRejected, $promiseValue(promise), state)
  }
}

function toPromise(value) {
  if ($isPromise(value)) return value
  const promise = $newPromise()
  resolve(promise, value)
  return promise
}

$install($Helpers, {
  $subscribe: subscribe,
  $toPromise: toPromise,
  $resolvePromise: resolve,
  $rejectPromise(promise, reason) {
    settle(promise, 2, reason)
  },
  promiseInit(promise, executor) {
    const functions = resolvers(promise)
    try {
      $call(executor, undefined, functions[0], functions[1])
    } catch (reason) {
      functions[1](reason)
    }
    return promise
  },
  awaitValue(value, generator) {
    subscribe(
      toPromise(value),
      undefined,
      (result) => $resume(generator, result),
      (reason) => $resumeThrow(generator, reason),
    )
  },
  resolvePromise(promise, value) {
    resolve(promise, value)
  },
  rejectPromise(promise, reason) {
    settle(promise, 2, reason)
  },
})

$install($Promise.prototype, {
  then(onFulfilled, onRejected) {
    if (!$isPromise(this)) $throwTypeError('Method Promise.prototype.then called on incompatible receiver ' + this)
    const derived = $newPromise()
    subscribe(
      this,
      derived,
      $isCallable(onFulfilled) ? onFulfilled : undefined,
      $isCallable(onRejected) ? onRejected : undefined,
    )
    return derived
  },
  catch(onRejected) {
    return this.then(undefined, onRejected)
  },
  finally(onFinally) {
    if (!$isCallable(onFinally)) return this.then(onFinally, onFinally)
    return this.then(
      (value) => toPromise(onFinally()).then(() => value),
      (reason) =>
        toPromise(onFinally()).then(() => {
          throw reason
        }),
    )
  },
})

$install($Promise, {
  resolve: function resolve(value) {
    return toPromise(value)
  },
  reject(reason) {
    const promise = $newPromise()
    settle(promise, 2, reason)
    return promise
  },
  all(iterable) {
    return combine(iterable, (promise, results, index, done) => {
      promise.then((value) => {
        results[index] = value
        done(true)
      }, done.fail)
    })
  },
  allSettled(iterable) {
    return combine(iterable, (promise, results, index, done) => {
      promise.then(
        (value) => {
          results[index] = { status: 'fulfilled', value }
          done(true)
        },
        (reason) => {
          results[index] = { status: 'rejected', reason }
          done(true)
        },
      )
    })
  },
  race(iterable) {
    const result = $newPromise()
    const functions = resolvers(result)
    for (const item of iterable) toPromise(item).then(functions[0], functions[1])
    return result
  },
  any(iterable) {
    const result = $newPromise()
    const functions = resolvers(result)
    const errors = []
    let left = 1
    let count = 0
    const failed = () => {
      left -= 1
      if (left === 0) {
        functions[1](new $AggregateError(errors, 'All promises were rejected'))
      }
    }
    for (const item of iterable) {
      const index = count++
      left += 1
      toPromise(item).then(functions[0], (reason) => {
        errors[index] = reason
        failed()
      })
    }
    failed()
    return result
  },
})

// Promise.all and allSettled: `each` subscribes to one promise and calls `done(true)` when it has stored its result.
function combine(iterable, each) {
  const result = $newPromise()
  const functions = resolvers(result)
  const results = []
  let left = 1
  let count = 0
  const done = () => {
    left -= 1
    if (left === 0) functions[0](results)
  }
  done.fail = functions[1]
  for (const item of iterable) {
    const index = count++
    results[index] = undefined
    left += 1
    each(toPromise(item), results, index, done)
  }
  done()
  return result
}
