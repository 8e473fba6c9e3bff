'use strict'
// Asynchronous generators (ECMA-262 27.6) and asynchronous iteration of synchronous iterators (27.1.4).
//
// A generator's body runs as any generator's; what drives it is here. Calls of next, throw and return wait in a queue,
// because the body may be awaiting when they come. Intrinsics:
//   $resume(g, v), $resumeThrow(g, v), $resumeReturn(g, v)  run the body on: undefined says that it awaits something,
//                               else the result is what it yielded or returned, as an iterator result
//   $generatorState(g)          0 at its start, 1 suspended, 2 running, 3 done
//   $finishGenerator(g)         done, without running the rest
//   $asyncQueue(g), $setAsyncQueue(g, queue)

const NEXT = 0, THROW = 1, RETURN = 2

function enqueue(generator, mode, value, name) {
  const promise = $newPromise()
  if (!$isAsyncGenerator(generator)) {
    const text = `${name} method called on incompatible receiver ${$describe(generator)}`
    $rejectPromise(promise, new $TypeError(text))
    return promise
  }
  let queue = $asyncQueue(generator)
  if (queue === undefined) {
    queue = { first: undefined, last: undefined, busy: false }
    $setAsyncQueue(generator, queue)
  }
  const request = { mode, value, promise, next: undefined }
  if (queue.first === undefined) queue.first = request
  else queue.last.next = request
  queue.last = request
  if (!queue.busy) serve(generator, queue)
  return promise
}

// Takes up requests until the body awaits or none is left.
function serve(generator, queue) {
  while (!queue.busy && queue.first !== undefined) {
    const request = queue.first
    if ($generatorState(generator) === 0 && request.mode !== NEXT) $finishGenerator(generator)
    if ($generatorState(generator) !== 3) {
      queue.busy = true
      if (request.mode === RETURN) runReturn(generator, queue, request.value)
      else run(generator, queue, request.mode, request.value)
    } else if (request.mode === NEXT) {
      answer(queue, undefined, true)
    } else if (request.mode === THROW) {
      refuse(queue, request.value)
    } else {
      queue.busy = true
      awaitReturn(generator, queue, request.value)
    }
  }
}

// Runs the body on. It is busy until it yields, returns or throws.
function run(generator, queue, mode, value) {
  let result
  try {
    if (mode === NEXT) result = $resume(generator, value)
    else if (mode === THROW) result = $resumeThrow(generator, value)
    else result = $resumeReturn(generator, value)
  } catch (reason) {
    queue.busy = false
    refuse(queue, reason)
    return
  }
  if (result === undefined) return
  queue.busy = false
  answer(queue, result.value, result.done)
}

// Goes on with the body when it is known what `promise`, for which it waits, has come to: a value is passed on in this mode.
function goOnAfter(promise, generator, mode) {
  $subscribe(
    promise,
    undefined,
    (value) => goOn(generator, mode, value),
    (reason) => goOn(generator, THROW, reason),
  )
}

function goOn(generator, mode, value) {
  const queue = $asyncQueue(generator)
  run(generator, queue, mode, value)
  if (!queue.busy) serve(generator, queue)
}

// `return(value)` to a body that stands at a yield: the value is awaited first (AsyncGeneratorUnwrapYieldResumption).
function runReturn(generator, queue, value) {
  let promise
  try {
    promise = $toPromise(value)
  } catch (reason) {
    run(generator, queue, THROW, reason)
    return
  }
  goOnAfter(promise, generator, RETURN)
}

function awaitReturn(generator, queue, value) {
  const done = (settle) => (result) => {
    queue.busy = false
    settle(queue, result, true)
    serve(generator, queue)
  }
  let promise
  try {
    promise = $toPromise(value)
  } catch (reason) {
    done(refuse)(reason)
    return
  }
  $subscribe(promise, undefined, done(answer), done(refuse))
}

function answer(queue, value, done) {
  $resolvePromise(taken(queue), { value, done })
}

function refuse(queue, reason) {
  $rejectPromise(taken(queue), reason)
}

// The promise of the first request, which leaves the queue.
function taken(queue) {
  const { promise, next } = queue.first
  queue.first = next
  return promise
}

$install($Helpers, {
  $goOn(generator, value) {
    goOn(generator, NEXT, value)
  },
  $goOnThrowing(generator, reason) {
    goOn(generator, THROW, reason)
  },
  awaitInGenerator(value, generator) {
    goOnAfter($toPromise(value), generator, NEXT)
  },
  // `yield*` passes `throw` or `return` on to an iterator whose method only script can read.
  delegate(iterator, name, sent, asynchronous) {
    const method = iterator[name]
    if (method !== undefined && method !== null) return $call(method, iterator, sent)
    if (name === 'throw') return $Helpers.delegateThrow(iterator, asynchronous)
    if (!asynchronous) return { value: sent, done: true }
    const left = $newPromise()
    $subscribe($toPromise(sent), left, (value) => ({ value, done: true }), undefined)
    return left
  },
  // `yield*` was sent an exception that the inner iterator does not take: it is closed (undefined: nothing to close).
  delegateThrow(iterator, asynchronous) {
    const method = iterator === undefined ? undefined : iterator.return
    const refuse = (result) => {
      if (!$isObject(result)) $throwTypeError(`${$describe(result)} is not an object`)
      $throwTypeError('The iterator does not provide a \'throw\' method.')
    }
    if (method === undefined || method === null) refuse($Helpers)
    const result = $call(method, iterator)
    if (!asynchronous) refuse(result)
    const closed = $newPromise()
    $subscribe($toPromise(result), closed, refuse, undefined)
    return closed
  },
  getAsyncIterator(iterable, text) {
    if (iterable === undefined || iterable === null) $throwTypeError(`${text} is not async iterable`)
    const method = iterable[$Symbol.asyncIterator]
    if (method !== undefined && method !== null) {
      if (!$isCallable(method)) $throwTypeError(`${text} is not async iterable`)
      const iterator = $call(method, iterable)
      if (!$isObject(iterator)) $throwTypeError('Result of the Symbol.asyncIterator method is not an object')
      return iterator
    }
    const synchronous = iterable[$Symbol.iterator]
    if (!$isCallable(synchronous)) $throwTypeError(`${text} is not async iterable`)
    const iterator = $call(synchronous, iterable)
    if (!$isObject(iterator)) $throwTypeError('Result of the Symbol.iterator method is not an object')
    return new FromSync(iterator)
  },
})

// An asynchronous iterator over a synchronous one, whose values are awaited.
class FromSync {
  constructor(iterator) {
    this.iterator = iterator
    this.method = iterator.next
  }
  next(value) {
    return this.step(this.method, value, true)
  }
  return(value) {
    let method
    try {
      method = this.iterator.return
    } catch (reason) {
      return rejected(reason)
    }
    if (method === undefined || method === null) return $toPromise({ value, done: true })
    return this.step(method, value, false)
  }
  throw(reason) {
    let method
    try {
      method = this.iterator.throw
    } catch (reason) {
      return rejected(reason)
    }
    if (method !== undefined && method !== null) return this.step(method, reason, true)
    try {
      const close = this.iterator.return
      if (close !== undefined && close !== null) $call(close, this.iterator)
    } catch (reason) {
      return rejected(reason)
    }
    return rejected(new $TypeError('The iterator does not provide a \'throw\' method.'))
  }
  step(method, argument, closes) {
    let done, promise
    try {
      const result = $call(method, this.iterator, argument)
      if (!$isObject(result)) $throwTypeError(`Iterator result ${$describe(result)} is not an object`)
      done = !!result.done
      const value = result.value
      try {
        promise = $toPromise(value)
      } catch (reason) {
        if (!done && closes) this.close()
        throw reason
      }
    } catch (reason) {
      return rejected(reason)
    }
    const derived = $newPromise()
    const failed = (reason) => {
      if (!done && closes) this.close()
      throw reason
    }
    $subscribe(promise, derived, (value) => ({ value, done }), failed)
    return derived
  }
  close() {
    try {
      const method = this.iterator.return
      if (method !== undefined && method !== null) $call(method, this.iterator)
    } catch {}
  }
}

function rejected(reason) {
  const promise = $newPromise()
  $rejectPromise(promise, reason)
  return promise
}

const prototype = $AsyncGeneratorPrototype
$install(prototype, {
  next(value) {
    return enqueue(this, NEXT, value, 'next')
  },
  return(value) {
    return enqueue(this, RETURN, value, 'return')
  },
  throw(reason) {
    return enqueue(this, THROW, reason, 'throw')
  },
})
