'use strict'
// %TypedArray% and its prototype. More intrinsics:
//   $typedLength(value, method)  the length; a TypeError for what is no typed array or has lost its bytes
//   $typedNumber(value)          the number of its type, -1 for what is no typed array
//   $typedCopy(target, at, source, from, count)   copies elements, converted where the types differ
//   $typedFill(view, value, start, end), $typedSort(view), $typedReverse(view)
//   $typedIndexOf(view, value, from, mode)   mode 0: ===; 1: SameValueZero; 2: === from the end
//   $setTyped(view, index, value)   assigns to an element what may be an object

const constructors = [
  $Int8Array, $Uint8Array, $Uint8ClampedArray, $Int16Array, $Uint16Array, $Int32Array, $Uint32Array, $Float32Array,
  $Float64Array, $BigInt64Array, $BigUint64Array,
]
const iterator = $Symbol.iterator, species = $Symbol.species

// TypedArraySpeciesCreate of a length, or of a buffer, an offset and a length.
function createLike(view, first, offset, length) {
  const own = constructors[$typedNumber(view)], constructor = view.constructor
  if (constructor === undefined) return new own(first, offset, length)
  if (!$isObject(constructor)) $throwTypeError(`The .constructor property is not an object`)
  const wanted = constructor[species]
  if (wanted === undefined || wanted === null || wanted === own) return new own(first, offset, length)
  return created(wanted, length === undefined ? [first] : [first, offset, length])
}

// TypedArrayCreate.
function created(constructor, args) {
  if (!$isConstructor(constructor)) $throwTypeError(`${$describe(constructor)} is not a constructor`)
  const result = $construct(constructor, args, constructor)
  const length = $typedLength(result, 'constructor')
  if (args.length === 1 && typeof args[0] === 'number' && length < args[0]) {
    $throwTypeError(`Derived TypedArray constructor created an array which was too small`)
  }
  return result
}

// The items of an iterable or array-like.
function itemsOf(source) {
  const method = source[iterator]
  if (method === undefined || method === null) {
    const length = $toLength(source.length), items = $newArray(length)
    for (let i = 0; i < length; i++) items[i] = source[i]
    return items
  }
  if (!$isCallable(method)) $throwTypeError(`${$describe(method)} is not a function`)
  const items = []
  for (const item of source) items[items.length] = item
  return items
}

function filled(result, items) {
  for (let i = 0; i < items.length; i++) result[i] = items[i]
  return result
}

$install($Helpers, {
  typedFrom(newTarget, constructor, source) {
    const items = itemsOf(source)
    return filled($construct(constructor, [items.length], newTarget), items)
  },
  setTyped(view, index, value) {
    $setTyped(view, index, value)
  },
  // What `set` takes that is neither a typed array nor an array of numbers, and its errors.
  typedSet(view, source, offset) {
    if ($typedNumber(view) < 0) $throwTypeError('this is not a typed array.')
    const at = offset === undefined ? 0 : $toInteger(offset)
    if (at < 0) $throwRangeError('offset is out of bounds')
    const length = $typedLength(view, 'set')
    if ($typedNumber(source) >= 0) {
      const count = $typedLength(source, 'set')
      if (count + at > length) $throwRangeError('offset is out of bounds')
      $typedCopy(view, at, source, 0, count)
      return
    }
    const list = $toObject(source), count = $toLength(list.length)
    if (count + at > length) $throwRangeError('offset is out of bounds')
    for (let i = 0; i < count; i++) view[at + i] = list[i]
  },
})

$install($TypedArray, {
  from(source, mapper = undefined, thisArg = undefined) {
    if (!$isConstructor(this)) $throwTypeError(`${$describe(this)} is not a constructor`)
    if (mapper !== undefined && !$isCallable(mapper)) $throwTypeError(`${$describe(mapper)} is not a function`)
    const items = itemsOf($toObject(source)), length = items.length, result = created(this, [length])
    for (let i = 0; i < length; i++) result[i] = mapper === undefined ? items[i] : $call(mapper, thisArg, items[i], i)
    return result
  },
  of() {
    if (!$isConstructor(this)) $throwTypeError(`${$describe(this)} is not a constructor`)
    const length = arguments.length, result = created(this, [length])
    for (let i = 0; i < length; i++) result[i] = arguments[i]
    return result
  },
})

$install($TypedArray.prototype, {
  at(index) {
    const length = $typedLength(this, 'at'), position = $toInteger(index)
    return this[position < 0 ? length + position : position]
  },
  copyWithin(target, start, last = undefined) {
    const length = $typedLength(this, 'copyWithin'), to = $relative(target, length, 0)
    const from = $relative(start, length, 0), end = $relative(last, length, length)
    const count = end - from < length - to ? end - from : length - to
    if (count > 0) $typedCopy(this, to, this, from, count)
    return this
  },
  every(callback, thisArg = undefined) {
    const length = $typedLength(this, 'every')
    $checkCallable(callback)
    for (let i = 0; i < length; i++) if (!$call(callback, thisArg, this[i], i, this)) return false
    return true
  },
  fill(value, first = undefined, last = undefined) {
    const length = $typedLength(this, 'fill')
    if ($isObject(value)) value = $typedNumber(this) > 8 ? $BigInt(value) : +value
    const start = first === undefined ? 0 : $relative(first, length, 0)
    const end = last === undefined ? length : $relative(last, length, length)
    $typedFill(this, value, start, end)
    return this
  },
  filter(callback, thisArg = undefined) {
    const length = $typedLength(this, 'filter'), kept = []
    $checkCallable(callback)
    for (let i = 0; i < length; i++) {
      const value = this[i]
      if ($call(callback, thisArg, value, i, this)) kept[kept.length] = value
    }
    return filled(createLike(this, kept.length), kept)
  },
  find(callback, thisArg = undefined) {
    const length = $typedLength(this, 'find')
    $checkCallable(callback)
    for (let i = 0; i < length; i++) {
      const value = this[i]
      if ($call(callback, thisArg, value, i, this)) return value
    }
  },
  findIndex(callback, thisArg = undefined) {
    const length = $typedLength(this, 'findIndex')
    $checkCallable(callback)
    for (let i = 0; i < length; i++) if ($call(callback, thisArg, this[i], i, this)) return i
    return -1
  },
  findLast(callback, thisArg = undefined) {
    const length = $typedLength(this, 'findLast')
    $checkCallable(callback)
    for (let i = length - 1; i >= 0; i--) {
      const value = this[i]
      if ($call(callback, thisArg, value, i, this)) return value
    }
  },
  findLastIndex(callback, thisArg = undefined) {
    const length = $typedLength(this, 'findLastIndex')
    $checkCallable(callback)
    for (let i = length - 1; i >= 0; i--) if ($call(callback, thisArg, this[i], i, this)) return i
    return -1
  },
  forEach(callback, thisArg = undefined) {
    const length = $typedLength(this, 'forEach')
    $checkCallable(callback)
    for (let i = 0; i < length; i++) $call(callback, thisArg, this[i], i, this)
  },
  includes(value, from = undefined) {
    const length = $typedLength(this, 'includes')
    return length > 0 && $typedIndexOf(this, value, $relative(from, length, 0), 1) >= 0
  },
  indexOf(value, from = undefined) {
    const length = $typedLength(this, 'indexOf')
    return length > 0 ? $typedIndexOf(this, value, $relative(from, length, 0), 0) : -1
  },
  join(separator) {
    const length = $typedLength(this, 'join'), between = separator === undefined ? ',' : `${separator}`
    const texts = $newArray(length)
    for (let i = 0; i < length; i++) {
      const value = this[i]
      texts[i] = value === undefined ? '' : `${value}`
    }
    return $joinPrimitives(texts, between)
  },
  lastIndexOf(value, last = undefined) {
    const length = $typedLength(this, 'lastIndexOf')
    if (length === 0) return -1
    let from = $argumentCount() > 1 ? $toInteger(last) : length - 1
    from = from < 0 ? length + from : from < length ? from : length - 1
    return from < 0 ? -1 : $typedIndexOf(this, value, from, 2)
  },
  map(callback, thisArg = undefined) {
    const length = $typedLength(this, 'map')
    $checkCallable(callback)
    const result = createLike(this, length)
    for (let i = 0; i < length; i++) result[i] = $call(callback, thisArg, this[i], i, this)
    return result
  },
  reduce(callback, initialValue = undefined) {
    const length = $typedLength(this, 'reduce'), given = $argumentCount() > 1
    $checkCallable(callback)
    if (length === 0 && !given) $throwTypeError('Reduce of empty array with no initial value')
    let i = given ? 0 : 1, result = given ? initialValue : this[0]
    for (; i < length; i++) result = $call(callback, undefined, result, this[i], i, this)
    return result
  },
  reduceRight(callback, initialValue = undefined) {
    const length = $typedLength(this, 'reduceRight'), given = $argumentCount() > 1
    $checkCallable(callback)
    if (length === 0 && !given) $throwTypeError('Reduce of empty array with no initial value')
    let i = given ? length - 1 : length - 2, result = given ? initialValue : this[length - 1]
    for (; i >= 0; i--) result = $call(callback, undefined, result, this[i], i, this)
    return result
  },
  reverse() {
    $typedLength(this, 'reverse')
    $typedReverse(this)
    return this
  },
  slice(start, end) {
    const length = $typedLength(this, 'slice')
    const from = $relative(start, length, 0), to = $relative(end, length, length), count = to > from ? to - from : 0
    const result = createLike(this, count)
    if (count > 0) $typedCopy(result, 0, this, from, count)
    return result
  },
  some(callback, thisArg = undefined) {
    const length = $typedLength(this, 'some')
    $checkCallable(callback)
    for (let i = 0; i < length; i++) if ($call(callback, thisArg, this[i], i, this)) return true
    return false
  },
  sort(comparator) {
    if (comparator !== undefined && !$isCallable(comparator)) {
      $throwTypeError('The comparison function must be either a function or undefined')
    }
    $typedLength(this, 'sort')
    return sortInto(this, this, comparator)
  },
  subarray(begin, end) {
    if ($typedNumber(this) < 0) $throwTypeError('this is not a typed array.')
    const length = this.length, from = $relative(begin, length, 0), to = $relative(end, length, length)
    const offset = this.byteOffset + from * this.BYTES_PER_ELEMENT
    return createLike(this, this.buffer, offset, to > from ? to - from : 0)
  },
  toLocaleString() {
    const length = $typedLength(this, 'toLocaleString'), texts = $newArray(length)
    for (let i = 0; i < length; i++) texts[i] = `${this[i].toLocaleString()}`
    return $joinPrimitives(texts, ',')
  },
  toReversed() {
    const length = $typedLength(this, 'toReversed'), result = new constructors[$typedNumber(this)](length)
    $typedCopy(result, 0, this, 0, length)
    $typedReverse(result)
    return result
  },
  toSorted(comparator) {
    if (comparator !== undefined && !$isCallable(comparator)) {
      $throwTypeError('The comparison function must be either a function or undefined')
    }
    const length = $typedLength(this, 'toSorted'), result = new constructors[$typedNumber(this)](length)
    $typedCopy(result, 0, this, 0, length)
    return sortInto(result, this, comparator)
  },
  with(index, value) {
    const length = $typedLength(this, 'with'), relative = $toInteger(index)
    const position = relative < 0 ? length + relative : relative
    const item = $typedNumber(this) > 8 ? $BigInt(value) : +value
    if (!(position >= 0 && position < length)) $throwRangeError('Invalid typed array index')
    const result = new constructors[$typedNumber(this)](length)
    $typedCopy(result, 0, this, 0, length)
    result[position] = item
    return result
  },
})

// Sorts the elements of `source` into `target` of the same type and length.
function sortInto(target, source, comparator) {
  if (comparator === undefined) {
    $typedSort(target)
    return target
  }
  const items = itemsOf(source)
  items.sort((a, b) => $call(comparator, undefined, a, b))
  return filled(target, items)
}

for (const name of ['entries', 'keys', 'values']) {
  const method = $Array.prototype[name]
  $install($TypedArray.prototype, {
    [name]() {
      $typedLength(this, name)
      return $call(method, this)
    },
  })
}
$install($TypedArray.prototype, { [iterator]: $TypedArray.prototype.values, toString: $Array.prototype.toString })
