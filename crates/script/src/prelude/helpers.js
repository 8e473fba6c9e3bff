'use strict'
// What the machine itself calls: conversions of objects, and natives that need them.

$install($Helpers, {
  // Makes argument `index` (0: this) of a native function primitive and calls the function again.
  coerceAndCall(native, thisValue, list, index, hint, construct) {
    if (index === 0) thisValue = toPrimitive(thisValue, hint)
    else list[index - 1] = toPrimitive(list[index - 1], hint)
    return construct ? $construct(native, list, thisValue) : $callList(native, thisValue, list)
  },

  toPrimitive,
})

// ToPrimitive of an object: Symbol.toPrimitive, else toString and valueOf in the order that the hint asks for.
function toPrimitive(object, hint) {
  const method = object[$Symbol.toPrimitive]
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
