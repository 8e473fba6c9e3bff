'use strict'
// Function.prototype.apply with what is no plain array, and Error.prototype.toString.

$install($Function.prototype, {
  apply(thisArg, list) {
    if (!$isCallable(this)) $throwTypeError(`Function.prototype.apply was called on ${$describe(this)}, which is ${typeof this === 'object' ? 'an object' : 'a ' + typeof this} and not a function`)
    if (list === undefined || list === null) return $call(this, thisArg)
    if (!$isObject(list)) $throwTypeError('CreateListFromArrayLike called on non-object')
    return $callList(this, thisArg, listOf(list))
  },
})

function listOf(source) {
  const length = $toLength(source.length), list = $newArray(length)
  for (let i = 0; i < length; i++) list[i] = source[i]
  return list
}

$install($Error.prototype, {
  toString() {
    if (!$isObject(this)) $throwTypeError('Error.prototype.toString requires that \'this\' be a JSReceiver')
    const name = this.name === undefined ? 'Error' : `${this.name}`
    const message = this.message === undefined ? '' : `${this.message}`
    if (name === '') return message
    return message === '' ? name : `${name}: ${message}`
  },
})

$install($Object.prototype, {
  toLocaleString() {
    return this.toString()
  },
})
