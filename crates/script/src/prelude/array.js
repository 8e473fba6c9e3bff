'use strict'
// The methods of Array.prototype that call back into script or read elements through getters.
//
// This is compiled at start-up by the engine itself. Names that begin with `$` are intrinsics:
//   $install(target, methods)   copies the methods of a literal to target, writable and not enumerable
//   $thisObject(value, name)    ToObject(value); a TypeError "<name> called on null or undefined"
//   $toLength(value)            ToLength of a primitive or object
//   $toInteger(value)           ToIntegerOrInfinity
//   $checkCallable(value)       TypeError "<value> is not a function" unless it can be called
//   $isCallable(value), $isObject(value), $isArray(value)
//   $call(f, thisValue, a...)   calls f; compiled to a plain call
//   $newArray(capacity)         an empty array with room for so many elements
//   $newWorkList(capacity)      the same for values that stay boxed, as in V8's sort: doubles are read again and again
//   $lengthFor(list, callback)  as lengthFor below, and $speciesOf as species, at once for plain arrays
//   $argumentCount()            how many arguments the running function was given
//   $throwTypeError(message), $throwRangeError(message)
//   $leaveDead(words)           an object that V8 makes and lets go of, and that is not needed here
//   $copyItems(from, to)        puts all elements of a plain array without holes and undefined over those of another one, or
//                               into a new one; false if it takes more than that
//   $insertItem(list, from, to) moves an item of a work list to an earlier place, and those between one place on
//   $sortByText(items, texts)   sorts a work list in place by the texts of its items, stable
//   $joinPrimitives(array, separator)  the joined text, or undefined when an element is an object or a symbol
// A read that gives undefined asks `in` whether there is an element at all: holes are skipped, and packed arrays
// never pay for the question.

// Words of V8's SortState and of its list of pending runs (`third_party/v8/builtins/array-sort.tq`), less those of the array
// with the elements that `sort` has here.
const SORT_STATE = 17 + 87 - 4

// ArrayCreate.
function arrayCreate(length) {
  if (length > 4294967295) $throwRangeError('Invalid array length')
  return $newArray(length)
}

// ArraySpeciesCreate: a plain array, unless the list is an array of a subclass.
function species(list, length) {
  if (!$isArray(list)) return arrayCreate(length)
  const constructor = list.constructor
  if (constructor === $Array || constructor === undefined) return arrayCreate(length)
  if (!$isObject(constructor)) $throwTypeError('object.constructor[Symbol.species] is not a constructor')
  const wanted = constructor[$Symbol.species]
  if (wanted === undefined || wanted === null || wanted === $Array) return arrayCreate(length)
  if (!$isConstructor(wanted)) $throwTypeError('object.constructor[Symbol.species] is not a constructor')
  return new wanted(length)
}

// The length of what a callback is to be called for.
function lengthFor(list, callback) {
  const length = $toLength(list.length)
  $checkCallable(callback)
  return length
}

$install($Helpers, { $species: species, species, $arrayCreate: arrayCreate, lengthFor })

$install($Array.prototype, {
  map(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.map'), length = $lengthFor(list, callback)
    const result = $speciesOf(list, length)
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if (value !== undefined || i in list) result[i] = $call(callback, thisArg, value, i, list)
    }
    // Trailing holes; what another constructor has made keeps its length.
    if (result.length !== length && $isArray(result)) result.length = length
    return result
  },

  forEach(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.forEach'), length = $lengthFor(list, callback)
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if (value !== undefined || i in list) $call(callback, thisArg, value, i, list)
    }
  },

  filter(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.filter'), length = $lengthFor(list, callback)
    const result = $speciesOf(list, 0)
    let count = 0
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if ((value !== undefined || i in list) && $call(callback, thisArg, value, i, list)) result[count++] = value
    }
    return result
  },

  some(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.some'), length = $lengthFor(list, callback)
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if ((value !== undefined || i in list) && $call(callback, thisArg, value, i, list)) return true
    }
    return false
  },

  every(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.every'), length = $lengthFor(list, callback)
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if ((value !== undefined || i in list) && !$call(callback, thisArg, value, i, list)) return false
    }
    return true
  },

  find(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.find'), length = $lengthFor(list, callback)
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if ($call(callback, thisArg, value, i, list)) return value
    }
  },

  findIndex(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.findIndex'), length = $lengthFor(list, callback)
    for (let i = 0; i < length; i++) if ($call(callback, thisArg, list[i], i, list)) return i
    return -1
  },

  findLast(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.findLast')
    let i = $toLength(list.length)
    $checkCallable(callback)
    while (--i >= 0) {
      const value = list[i]
      if ($call(callback, thisArg, value, i, list)) return value
    }
  },

  findLastIndex(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.findLastIndex')
    let i = $toLength(list.length)
    $checkCallable(callback)
    while (--i >= 0) if ($call(callback, thisArg, list[i], i, list)) return i
    return -1
  },

  reduce(callback, initialValue = undefined) {
    const list = $thisObject(this, 'Array.prototype.reduce'), length = $lengthFor(list, callback)
    let i = 0
    if ($argumentCount() < 2) {
      while (i < length && !(i in list)) i++
      if (i >= length) $throwTypeError('Reduce of empty array with no initial value')
      initialValue = list[i++]
    }
    for (; i < length; i++) {
      const value = list[i]
      if (value !== undefined || i in list) initialValue = $call(callback, undefined, initialValue, value, i, list)
    }
    return initialValue
  },

  reduceRight(callback, initialValue = undefined) {
    const list = $thisObject(this, 'Array.prototype.reduceRight')
    let i = $toLength(list.length) - 1
    $checkCallable(callback)
    if ($argumentCount() < 2) {
      while (i >= 0 && !(i in list)) i--
      if (i < 0) $throwTypeError('Reduce of empty array with no initial value')
      initialValue = list[i--]
    }
    for (; i >= 0; i--) {
      const value = list[i]
      if (value !== undefined || i in list) initialValue = $call(callback, undefined, initialValue, value, i, list)
    }
    return initialValue
  },

  flatMap(callback, thisArg = undefined) {
    const list = $thisObject(this, 'Array.prototype.flatMap'), length = $toLength(list.length)
    if (!$isCallable(callback)) $throwTypeError('flatMap mapper function is not callable')
    const result = $speciesOf(list, 0)
    let count = 0
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if (value === undefined && !(i in list)) continue
      const mapped = $call(callback, thisArg, value, i, list)
      if ($isArray(mapped)) count = flattenInto(result, count, mapped, 0)
      else result[count++] = mapped
    }
    return result
  },

  flat(depth = undefined) {
    const list = $thisObject(this, 'Array.prototype.flat')
    const levels = depth === undefined ? 1 : $toInteger(depth), result = $speciesOf(list, 0)
    flattenInto(result, 0, list, levels)
    return result
  },

  sort(compare) {
    if (compare !== undefined && !$isCallable(compare)) {
      $throwTypeError('The comparison function must be either a function or undefined')
    }
    const list = $thisObject(this, 'Array.prototype.sort'), length = $toLength(list.length)
    if (length < 2) return list
    $leaveDead(SORT_STATE)
    const items = $newWorkList(length)
    let undefinedCount = 0
    if (!$copyItems(list, items)) {
      for (let i = 0; i < length; i++) {
        const value = list[i]
        if (value !== undefined) items[items.length] = value
        else if (i in list) undefinedCount++
      }
    }
    sortItems(items, compare)
    const count = items.length
    let i = $copyItems(items, list) ? count : 0
    for (; i < count; i++) list[i] = items[i]
    for (; undefinedCount > 0; undefinedCount--) list[i++] = undefined
    for (; i < length; i++) if (i in list) delete list[i]
    return list
  },

  toSorted(compare) {
    if (compare !== undefined && !$isCallable(compare)) {
      $throwTypeError('The comparison function must be either a function or undefined')
    }
    const list = $thisObject(this, 'Array.prototype.toSorted'), length = $toLength(list.length)
    if (length > 4294967295) $throwRangeError('Invalid array length')
    $leaveDead(SORT_STATE)
    const items = $newWorkList(length)
    if (!$copyItems(list, items)) {
      for (let i = 0; i < length; i++) {
        const value = list[i]
        if (value !== undefined) items[items.length] = value
      }
    }
    sortItems(items, compare)
    while (items.length < length) items[items.length] = undefined
    return items
  },

  join(separator) {
    const list = $thisObject(this, 'Array.prototype.join')
    const between = separator === undefined ? ',' : `${separator}`
    const quick = $joinPrimitives(list, between)
    if (quick !== undefined) return quick
    return joinObjects(list, between, false)
  },

  toString() {
    const list = $thisObject(this, 'Array.prototype.toString'), join = list.join
    return $isCallable(join) ? $call(join, list) : $call($Object.prototype.toString, list)
  },

  toLocaleString() {
    return joinObjects($thisObject(this, 'Array.prototype.toLocaleString'), ',', true)
  },
})

$install($Array, {
  from(items, mapper = undefined, thisArg = undefined) {
    if (mapper !== undefined) $checkCallable(mapper)
    if (items === undefined || items === null) {
      $throwTypeError(`${$callSite(items)} is not iterable (cannot read property Symbol(Symbol.iterator))`)
    }
    const constructor = $isConstructor(this) ? this : $Array
    let i = 0
    if (items[Symbol.iterator] !== undefined && items[Symbol.iterator] !== null) {
      if (constructor === $Array && mapper === undefined && $isCallable(items[Symbol.iterator])) return [...items]
      if (constructor === $Array) {
        const result = []
        for (const item of items) {
          result[i] = mapper === undefined ? item : $call(mapper, thisArg, item, i)
          i++
        }
        return result
      }
      const result = new constructor()
      for (const item of items) {
        $createDataProperty(result, i, mapper === undefined ? item : $call(mapper, thisArg, item, i))
        i++
      }
      result.length = i
      return result
    }
    const list = $thisObject(items, 'Array.from'), length = $toLength(list.length)
    if (constructor === $Array) {
      const result = arrayCreate(length)
      for (; i < length; i++) result[i] = mapper === undefined ? list[i] : $call(mapper, thisArg, list[i], i)
      return result
    }
    const result = new constructor(length)
    for (; i < length; i++) $createDataProperty(result, i, mapper === undefined ? list[i] : $call(mapper, thisArg, list[i], i))
    result.length = length
    return result
  },
})

// Puts the elements of `list` into `result` from `count` on, those of arrays inside it down to `depth` levels.
function flattenInto(result, count, list, depth) {
  const length = $toLength(list.length)
  for (let i = 0; i < length; i++) {
    const value = list[i]
    if (value === undefined && !(i in list)) continue
    if (depth > 0 && $isArray(value)) count = flattenInto(result, count, value, depth - 1)
    else result[count++] = value
  }
  return count
}

// The arrays that are being joined: one that contains itself joins as nothing.
const joining = []

function joinObjects(list, separator, locale) {
  for (let i = 0; i < joining.length; i++) if (joining[i] === list) return ''
  joining[joining.length] = list
  try {
    const length = $toLength(list.length)
    let text = ''
    for (let i = 0; i < length; i++) {
      const value = list[i]
      if (i > 0) text += separator
      if (value !== undefined && value !== null) text += locale ? `${value.toLocaleString()}` : `${value}`
    }
    return text
  } finally {
    joining.length--
  }
}

// Sorts a packed array without undefined in place: by text without a comparison function, else by merging runs.
function sortItems(items, compare) {
  const length = items.length
  if (length < 2) return
  if (compare === undefined) {
    const texts = $newArray(length)
    for (let i = 0; i < length; i++) texts[i] = `${items[i]}`
    $sortByText(items, texts)
    return
  }
  const run = length < 64 ? length : 32
  for (let low = 0; low < length; low += run) sortRun(items, low, low + run < length ? low + run : length, compare)
  let from = items, to = run < length ? $newWorkList(length) : items
  for (let width = run; width < length; width *= 2) {
    mergePass(from, to, width, compare)
    const swap = from
    from = to
    to = swap
  }
  if (from !== items) for (let i = 0; i < length; i++) items[i] = from[i]
}

// Binary insertion into the run that is sorted already, which a descending start is turned into.
function sortRun(items, low, high, compare) {
  for (let start = sortedStart(items, low, high, compare); start < high; start++) {
    const pivot = items[start]
    let left = low, right = start
    while (left < right) {
      const middle = left + (right - left >> 1)
      if ($call(compare, undefined, pivot, items[middle]) < 0) right = middle
      else left = middle + 1
    }
    if (left < start) $insertItem(items, start, left)
  }
}

function sortedStart(items, low, high, compare) {
  let end = low + 1
  if (end >= high) return end
  const descending = $call(compare, undefined, items[end], items[low]) < 0
  end++
  while (end < high && $call(compare, undefined, items[end], items[end - 1]) < 0 === descending) end++
  if (descending) {
    for (let i = low, j = end - 1; i < j; i++, j--) {
      const item = items[i]
      items[i] = items[j]
      items[j] = item
    }
  }
  return end
}

function mergePass(from, to, width, compare) {
  const length = from.length
  for (let low = 0; low < length; low += 2 * width) {
    const middle = low + width < length ? low + width : length
    merge(from, to, low, middle, middle + width < length ? middle + width : length, compare)
  }
}

// Two sorted runs, from `low` and from `middle` on, become one.
function merge(from, to, low, middle, high, compare) {
  let left = low, right = middle, i = low
  if (right < high && $call(compare, undefined, from[middle], from[middle - 1]) < 0) {
    let first = from[left], second = from[right]
    while (left < middle && right < high) {
      if ($call(compare, undefined, second, first) < 0) {
        to[i++] = second
        second = from[++right]
      } else {
        to[i++] = first
        first = from[++left]
      }
    }
  }
  while (left < middle) to[i++] = from[left++]
  while (right < high) to[i++] = from[right++]
}
