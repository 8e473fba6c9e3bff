'use strict'
// What Date's methods call back.

function ordinaryPrimitive(object, names) {
  for (const name of names) {
    const method = object[name]
    if (!$isCallable(method)) continue
    const result = $call(method, object)
    if (!$isObject(result)) return result
  }
  $throwTypeError('Cannot convert object to primitive value')
}

$install($Date.prototype, {
  toJSON(key) {
    const object = $toObject(this)
    const number = ordinaryPrimitive(object, ['valueOf', 'toString'])
    return typeof number === 'number' && number - number !== 0 ? null : object.toISOString()
  },
})
$Object.defineProperty($Date.prototype, $Symbol.toPrimitive, {
  configurable: true, writable: false, enumerable: false,
  value: {
    [$Symbol.toPrimitive](hint) {
      if (!$isObject(this)) $throwTypeError(`Method Date.prototype [ @@toPrimitive ] called on incompatible receiver ${$describe(this)}`)
      if (hint === 'string' || hint === 'default') return ordinaryPrimitive(this, ['toString', 'valueOf'])
      if (hint === 'number') return ordinaryPrimitive(this, ['valueOf', 'toString'])
      $throwTypeError(`Invalid hint: ${$describe(hint)}`)
    },
  }[$Symbol.toPrimitive],
})
