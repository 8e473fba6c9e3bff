'use strict'
// Function.prototype.apply with what is no plain array, and Error.prototype.toString.

$install($Helpers, {
  apply(callee, thisArg, list) {
    if (!$isCallable(callee)) $throwTypeError(`Function.prototype.apply was called on ${$describe(callee)}, which is ${typeof callee === 'object' ? 'an object' : 'a ' + typeof callee} and not a function`)
    if (list === undefined || list === null) return $call(callee, thisArg)
    if (!$isObject(list)) $throwTypeError('CreateListFromArrayLike called on non-object')
    return $callList(callee, thisArg, $copied(list, $toLength(list.length)))
  },
})

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
