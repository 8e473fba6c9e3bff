'use strict'
// What the machine itself calls: operators whose operands are objects, natives that need a primitive, property access
// that meets a getter where an instruction cannot call it. More intrinsics:
//   $callList(f, thisValue, list), $construct(f, list, newTarget)  calls with an array of arguments

const toPrimitive = $Symbol.toPrimitive

// ToPrimitive: Symbol.toPrimitive, else toString and valueOf in the order that the hint asks for.
function primitive(object, hint) {
  if (!$isObject(object)) return object
  const method = object[toPrimitive]
  if (method !== undefined && method !== null) {
    if (!$isCallable(method)) $throwTypeError(`${$describe(method)} is not a function`)
    const result = $call(method, object, hint)
    if (!$isObject(result)) return result
    $throwTypeError('Cannot convert object to primitive value')
  }
  const text = hint === 'string'
  const first = text ? object.toString : object.valueOf
  if ($isCallable(first)) {
    const result = $call(first, object)
    if (!$isObject(result)) return result
  }
  const second = text ? object.valueOf : object.toString
  if ($isCallable(second)) {
    const result = $call(second, object)
    if (!$isObject(result)) return result
  }
  $throwTypeError('Cannot convert object to primitive value')
}

function propertyKey(value) {
  const key = primitive(value, 'string')
  return typeof key === 'symbol' ? key : `${key}`
}

$install($Helpers, {
  // `typeof name` where a global has a getter.
  typeOfGlobal(global, name) {
    return typeof global[name]
  },

  // Makes argument `index` (0: this) of a native function primitive and calls the function again.
  coerceAndCall(native, thisValue, list, index, hint, construct) {
    if (index === 0) thisValue = primitive(thisValue, hint)
    else list[index - 1] = primitive(list[index - 1], hint)
    return construct ? $construct(native, list, thisValue) : $callList(native, thisValue, list)
  },

  toStringOf(object) {
    return `${primitive(object, 'string')}`
  },
  toPropertyKey(value) {
    return propertyKey(value)
  },
  add(a, b) {
    const left = primitive(a, 'default')
    return left + primitive(b, 'default')
  },
  sub(a, b) {
    const left = primitive(a, 'number')
    return left - primitive(b, 'number')
  },
  mul(a, b) {
    const left = primitive(a, 'number')
    return left * primitive(b, 'number')
  },
  div(a, b) {
    const left = primitive(a, 'number')
    return left / primitive(b, 'number')
  },
  mod(a, b) {
    const left = primitive(a, 'number')
    return left % primitive(b, 'number')
  },
  exp(a, b) {
    const left = primitive(a, 'number')
    return left ** primitive(b, 'number')
  },
  bitAnd(a, b) {
    const left = primitive(a, 'number')
    return left & primitive(b, 'number')
  },
  bitOr(a, b) {
    const left = primitive(a, 'number')
    return left | primitive(b, 'number')
  },
  bitXor(a, b) {
    const left = primitive(a, 'number')
    return left ^ primitive(b, 'number')
  },
  shl(a, b) {
    const left = primitive(a, 'number')
    return left << primitive(b, 'number')
  },
  sar(a, b) {
    const left = primitive(a, 'number')
    return left >> primitive(b, 'number')
  },
  shr(a, b) {
    const left = primitive(a, 'number')
    return left >>> primitive(b, 'number')
  },
  increment(a, by) {
    const left = +primitive(a, 'number')
    return left + by
  },
  negate(a) {
    return -primitive(a, 'number')
  },
  bitNot(a) {
    return ~primitive(a, 'number')
  },
  toNumber(a) {
    return +primitive(a, 'number')
  },
  less(a, b) {
    const left = primitive(a, 'number')
    return left < primitive(b, 'number')
  },
  lessEqual(a, b) {
    const left = primitive(a, 'number')
    return left <= primitive(b, 'number')
  },
  greater(a, b) {
    const left = primitive(a, 'number')
    return left > primitive(b, 'number')
  },
  greaterEqual(a, b) {
    const left = primitive(a, 'number')
    return left >= primitive(b, 'number')
  },
  equal(a, b) {
    const left = primitive(a, 'default')
    return left == primitive(b, 'default')
  },

  getElement(base, key) {
    return base[propertyKey(key)]
  },
  setElement(base, key, value) {
    $Helpers.setSloppily(base, propertyKey(key), value)
  },
  setElementStrict(base, key, value) {
    base[propertyKey(key)] = value
  },
  deleteElement(object, key) {
    return $deleteProperty(object, propertyKey(key))
  },
  instanceOf(object, constructor) {
    const method = constructor[$Symbol.hasInstance]
    if (method !== undefined && method !== null) {
      if (!$isCallable(method)) $throwTypeError(`${$callSite(method)} is not a function`)
      return !!$call(method, constructor, object)
    }
    return $ordinaryHasInstance(object, constructor)
  },
  copyDataProperties(target, source, excluded) {
    const keys = $Helpers.keysToVisit(source)
    for (let i = 0; i < keys.length; i++) {
      let wanted = true
      for (let j = 0; j < excluded.length; j++) if (excluded[j] === keys[i]) wanted = false
      if (wanted && $Helpers.isShown(source, keys[i])) $createDataProperty(target, keys[i], source[keys[i]])
    }
    return target
  },
  getIterator(iterable) {
    const method = iterable[$Symbol.iterator]
    if (!$isCallable(method)) $throwTypeError(`${$describe(iterable)} is not iterable`)
    return $call(method, iterable)
  },
  // A step of an array's iteration at a hole, which a getter of a prototype fills.
  elementResult(array, index) {
    return { value: array[index], done: false }
  },
  // The result of an iterator's `next` whose properties only script can read.
  plainResult(result) {
    const done = !!result.done
    return { value: done ? undefined : result.value, done }
  },
  closeIterator(iterator) {
    const method = iterator.return
    return method === undefined || method === null ? {} : $call(method, iterator)
  },
  fillErrors(error, list) {
    const errors = []
    for (const item of list) errors[errors.length] = item
    $install(error, { errors })
    return error
  },
  taggedText(object, builtIn) {
    const tag = object[$Symbol.toStringTag]
    return `[object ${typeof tag === 'string' ? tag : builtIn}]`
  },
})
