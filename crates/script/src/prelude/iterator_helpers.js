'use strict'
// Iterator and its helpers (ECMA-262 27.1), as in Node 22. The helpers are lazy: nothing is read before it is asked for.

const IteratorPrototype = $Object.getPrototypeOf($ArrayIteratorPrototype)

// What a helper pulls from: the iterator and its next method, read once.
function direct(iterator) {
  if (!$isObject(iterator)) $throwTypeError(`Iterator helper called on non-object`)
  return { iterator, next: iterator.next }
}

function pull(source) {
  const result = $call(source.next, source.iterator)
  if (!$isObject(result)) $throwTypeError(`Iterator result ${$describe(result)} is not an object`)
  return result
}

function close(source) {
  const method = source.iterator.return
  if (method !== undefined && method !== null) $call(method, source.iterator)
}

// Calls back; where that throws, the source is closed and the error goes on.
function called(source, callback, value, index) {
  try {
    return $call(callback, undefined, value, index)
  } catch (error) {
    try {
      close(source)
    } catch {}
    throw error
  }
}

function checkCallback(callback) {
  if (!$isCallable(callback)) $throwTypeError(`${$describe(callback)} is not a function`)
}

const DONE = { value: undefined, done: true }

class IteratorHelper {
  #step
  #end
  #state = 'ready'
  constructor(step, end) {
    this.#step = step
    this.#end = end
  }
  // `step` gives a result object, or DONE.
  next() {
    if (this.#state === 'running') $throwTypeError('Generator is already running')
    if (this.#state === 'done') return { value: undefined, done: true }
    this.#state = 'running'
    let result
    try {
      result = $call(this.#step, undefined)
    } catch (error) {
      this.#state = 'done'
      throw error
    }
    this.#state = result === DONE ? 'done' : 'ready'
    return result === DONE ? { value: undefined, done: true } : { value: result.value, done: false }
  }
  return() {
    if (this.#state === 'running') $throwTypeError('Generator is already running')
    if (this.#state === 'ready') {
      this.#state = 'done'
      $call(this.#end, undefined)
    }
    return { value: undefined, done: true }
  }
}
const helperPrototype = IteratorHelper.prototype
$Object.setPrototypeOf(helperPrototype, IteratorPrototype)
delete helperPrototype.constructor
$Object.defineProperty(helperPrototype, $Symbol.toStringTag, { value: 'Iterator Helper', configurable: true })

// The number of elements for take and drop.
function limitOf(limit) {
  const number = +limit
  if (number !== number) $throwRangeError(`${$describe(limit)} must be positive`)
  const integer = $toInteger(number)
  if (integer < 0) $throwRangeError(`${$describe(limit)} must be positive`)
  return integer
}

// An iterator over what flatMap's callback or Iterator.from was given.
function flattened(value, strings) {
  if (!$isObject(value) && !(strings && typeof value === 'string')) $throwTypeError(`${$describe(value)} is not an object`)
  const method = value[$Symbol.iterator]
  if (method === undefined || method === null) return direct(value)
  const iterator = $call(method, value)
  if (!$isObject(iterator)) $throwTypeError(`${$describe(iterator)} is not an object`)
  return direct(iterator)
}

$install(IteratorPrototype, {
  map(mapper) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.map called on non-object')
    checkCallback(mapper)
    const source = direct(this)
    let index = 0
    return new IteratorHelper(() => {
      const result = pull(source)
      return result.done ? DONE : { value: called(source, mapper, result.value, index++) }
    }, () => close(source))
  },
  filter(predicate) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.filter called on non-object')
    checkCallback(predicate)
    const source = direct(this)
    let index = 0
    return new IteratorHelper(() => {
      for (;;) {
        const result = pull(source)
        if (result.done) return DONE
        const value = result.value
        if (called(source, predicate, value, index++)) return { value }
      }
    }, () => close(source))
  },
  take(limit) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.take called on non-object')
    let left = limitOf(limit)
    const source = direct(this)
    return new IteratorHelper(() => {
      if (left === 0) {
        close(source)
        return DONE
      }
      left--
      const result = pull(source)
      return result.done ? DONE : result
    }, () => close(source))
  },
  drop(limit) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.drop called on non-object')
    let left = limitOf(limit)
    const source = direct(this)
    return new IteratorHelper(() => {
      for (; left > 0; left--) if (pull(source).done) return DONE
      const result = pull(source)
      return result.done ? DONE : result
    }, () => close(source))
  },
  flatMap(mapper) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.flatMap called on non-object')
    checkCallback(mapper)
    const source = direct(this)
    let index = 0, inner
    return new IteratorHelper(() => {
      for (;;) {
        if (inner === undefined) {
          const result = pull(source)
          if (result.done) return DONE
          inner = called(source, value => flattened($call(mapper, undefined, value, index++), false), result.value)
        }
        const result = called(source, pull, inner)
        if (!result.done) return result
        inner = undefined
      }
    }, () => {
      if (inner !== undefined) close(inner)
      close(source)
    })
  },
  reduce(reducer) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.reduce called on non-object')
    checkCallback(reducer)
    const source = direct(this)
    let index = 0, result = arguments[1]
    if ($argumentCount() < 2) {
      const first = pull(source)
      if (first.done) $throwTypeError('Reduce of a done iterator with no initial value')
      result = first.value
      index = 1
    }
    for (let step = pull(source); !step.done; step = pull(source)) {
      const value = step.value, before = result
      result = called(source, () => $call(reducer, undefined, before, value, index), undefined)
      index++
    }
    return result
  },
  toArray() {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.toArray called on non-object')
    const source = direct(this), items = []
    for (let step = pull(source); !step.done; step = pull(source)) items[items.length] = step.value
    return items
  },
  forEach(callback) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.forEach called on non-object')
    checkCallback(callback)
    const source = direct(this)
    let index = 0
    for (let step = pull(source); !step.done; step = pull(source)) called(source, callback, step.value, index++)
  },
  some(predicate) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.some called on non-object')
    checkCallback(predicate)
    const source = direct(this)
    let index = 0
    for (let step = pull(source); !step.done; step = pull(source)) {
      if (called(source, predicate, step.value, index++)) {
        close(source)
        return true
      }
    }
    return false
  },
  every(predicate) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.every called on non-object')
    checkCallback(predicate)
    const source = direct(this)
    let index = 0
    for (let step = pull(source); !step.done; step = pull(source)) {
      if (!called(source, predicate, step.value, index++)) {
        close(source)
        return false
      }
    }
    return true
  },
  find(predicate) {
    if (!$isObject(this)) $throwTypeError('Iterator.prototype.find called on non-object')
    checkCallback(predicate)
    const source = direct(this)
    let index = 0
    for (let step = pull(source); !step.done; step = pull(source)) {
      const value = step.value
      if (called(source, predicate, value, index++)) {
        close(source)
        return value
      }
    }
  },
})

function Iterator() {
  if (new.target === undefined) $throwTypeError(`Constructor Iterator requires 'new'`)
  if (new.target === Iterator) $throwTypeError('Abstract class Iterator not directly constructable')
}
$Object.defineProperty(Iterator, 'prototype', { value: IteratorPrototype, writable: false })
// An accessor, so that old code which assigns it to an object of its own still works (ECMA-262 27.1.4.1).
$Object.defineProperty(IteratorPrototype, 'constructor', {
  configurable: true, enumerable: false,
  get() { return Iterator },
  set(value) {
    $Object.defineProperty(this, 'constructor', { value, writable: true, enumerable: true, configurable: true })
  },
})

// What Iterator.from wraps around an iterator that is no Iterator.
class Wrapped {
  #source
  constructor(source) {
    this.#source = source
  }
  next() {
    return $call(this.#source.next, this.#source.iterator)
  }
  return() {
    const method = this.#source.iterator.return
    return method === undefined || method === null ? { value: undefined, done: true } : $call(method, this.#source.iterator)
  }
}
$Object.setPrototypeOf(Wrapped.prototype, IteratorPrototype)
delete Wrapped.prototype.constructor

$install(Iterator, {
  from(value) {
    const source = flattened(value, true)
    return source.iterator instanceof Iterator ? source.iterator : new Wrapped(source)
  },
})
$install($globalThis, { Iterator })
