'use strict'
// The methods of Array.prototype that have a native fast path for plain arrays, for everything else: array-likes,
// arrays with getters or read-only elements, proxies. More intrinsics:
//   $relative(value, length, default)  a position counted from the end where it is negative, within 0 and length
//   $deleteOrThrow(object, key)  a TypeError where the property stays
//   $copied(list, count)        an array of the first elements, holes as undefined: at once for packed arrays

function checkLength(length) {
  if (length > 9007199254740991) $throwTypeError('The length of an array-like may not be more than 2 ** 53 - 1')
}

$install($Helpers, {
  arrayPush(list, items) {
    list = $thisObject(list, 'Array.prototype.push')
    let length = $toLength(list.length)
    if (length + items.length > 9007199254740991) {
      $throwTypeError(`Pushing ${items.length} elements on an array-like of length ${length} is disallowed by ECMA-262`)
    }
    for (let i = 0; i < items.length; i++) list[length++] = items[i]
    list.length = length
    return length
  },

  arrayPop(list) {
    list = $thisObject(list, 'Array.prototype.pop')
    const length = $toLength(list.length)
    if (length === 0) {
      list.length = 0
      return
    }
    const last = list[length - 1]
    $deleteOrThrow(list, length - 1)
    list.length = length - 1
    return last
  },

  arrayShift(list) {
    list = $thisObject(list, 'Array.prototype.shift')
    const length = $toLength(list.length)
    if (length === 0) {
      list.length = 0
      return
    }
    const first = list[0]
    for (let i = 1; i < length; i++) move(list, i, i - 1)
    $deleteOrThrow(list, length - 1)
    list.length = length - 1
    return first
  },

  arrayUnshift(list, items) {
    list = $thisObject(list, 'Array.prototype.unshift')
    const length = $toLength(list.length), count = items.length
    if (count > 0) {
      checkLength(length + count)
      for (let i = length - 1; i >= 0; i--) move(list, i, i + count)
      for (let i = 0; i < count; i++) list[i] = items[i]
    }
    list.length = length + count
    return length + count
  },

  arraySlice(list, start, end) {
    list = $thisObject(list, 'Array.prototype.slice')
    const length = $toLength(list.length)
    const from = $relative(start, length, 0), to = $relative(end, length, length)
    const result = $species(list, to > from ? to - from : 0)
    let count = 0
    for (let i = from; i < to; i++, count++) if (i in list) $createDataProperty(result, count, list[i])
    result.length = count
    return result
  },

  arraySplice(list, args) {
    list = $thisObject(list, 'Array.prototype.splice')
    const length = $toLength(list.length), start = $relative(args[0], length, 0)
    const added = args.length > 2 ? args.length - 2 : 0
    const room = length - start
    let count = args.length === 0 ? 0 : args.length === 1 ? room : $toInteger(args[1])
    if (count < 0) count = 0
    else if (count > room) count = room
    checkLength(length + added - count)
    const removed = $species(list, count)
    for (let i = 0; i < count; i++) if (start + i in list) $createDataProperty(removed, i, list[start + i])
    removed.length = count
    if (added < count) {
      for (let i = start; i < length - count; i++) move(list, i + count, i + added)
      for (let i = length; i > length - count + added; i--) $deleteOrThrow(list, i - 1)
    } else if (added > count) {
      for (let i = length - count; i > start; i--) move(list, i + count - 1, i + added - 1)
    }
    for (let i = 0; i < added; i++) list[start + i] = args[i + 2]
    list.length = length - count + added
    return removed
  },

  arrayConcat(list, args) {
    const result = $species($thisObject(list, 'Array.prototype.concat'), 0)
    let count = appendAll(result, 0, $thisObject(list, 'Array.prototype.concat'))
    for (let i = 0; i < args.length; i++) count = appendAll(result, count, args[i])
    result.length = count
    return result
  },

  arrayIndexOf(list, item, from) {
    list = $thisObject(list, 'Array.prototype.indexOf')
    const length = $toLength(list.length)
    for (let i = $relative(from, length, 0); i < length; i++) if (i in list && list[i] === item) return i
    return -1
  },

  arrayLastIndexOf(list, item, args) {
    list = $thisObject(list, 'Array.prototype.lastIndexOf')
    const length = $toLength(list.length)
    if (length === 0) return -1
    let i = args.length > 1 ? $toInteger(args[1]) : length - 1
    i = i < 0 ? length + i : i < length ? i : length - 1
    for (; i >= 0; i--) if (i in list && list[i] === item) return i
    return -1
  },

  arrayIncludes(list, item, from) {
    list = $thisObject(list, 'Array.prototype.includes')
    const length = $toLength(list.length)
    for (let i = $relative(from, length, 0); i < length; i++) {
      const value = list[i]
      if (value === item || value !== value && item !== item) return true
    }
    return false
  },

  arrayFill(list, value, start, end) {
    list = $thisObject(list, 'Array.prototype.fill')
    const length = $toLength(list.length)
    const to = $relative(end, length, length)
    for (let i = $relative(start, length, 0); i < to; i++) list[i] = value
    return list
  },

  arrayReverse(list) {
    list = $thisObject(list, 'Array.prototype.reverse')
    for (let low = 0, high = $toLength(list.length) - 1; low < high; low++, high--) {
      const hasLow = low in list, hasHigh = high in list, first = list[low], last = list[high]
      if (hasHigh) list[low] = last
      else if (hasLow) $deleteOrThrow(list, low)
      if (hasLow) list[high] = first
      else if (hasHigh) $deleteOrThrow(list, high)
    }
    return list
  },

  arrayCopyWithin(list, target, start, last) {
    list = $thisObject(list, 'Array.prototype.copyWithin')
    const length = $toLength(list.length)
    let to = $relative(target, length, 0), from = $relative(start, length, 0)
    const end = $relative(last, length, length)
    let count = end - from < length - to ? end - from : length - to
    const back = from < to && to < from + count
    if (back) {
      from += count - 1
      to += count - 1
    }
    for (; count > 0; count--) {
      move(list, from, to)
      from += back ? -1 : 1
      to += back ? -1 : 1
    }
    return list
  },

  arrayToReversed(list) {
    list = $thisObject(list, 'Array.prototype.toReversed')
    const length = $toLength(list.length), result = $arrayCreate(length)
    for (let i = length - 1; i >= 0; i--) result[result.length] = list[i]
    return result
  },

  arrayAt(list, index) {
    list = $toObject(list)
    const position = $toInteger(index)
    return list[position < 0 ? $toLength(list.length) + position : position]
  },

  copied(list, count) {
    const result = $arrayCreate(count)
    for (let i = 0; i < count; i++) result[i] = list[i]
    return result
  },
})

$install($Array.prototype, {
  with(index, value) {
    const list = $thisObject(this, 'Array.prototype.with'), length = $toLength(list.length)
    const relative = $toInteger(index), position = relative < 0 ? length + relative : relative
    if (position < 0 || position >= length) $throwRangeError('Invalid index : ' + relative)
    const result = $copied(list, length)
    result[position] = value
    return result
  },

  toSpliced(start, skipCount) {
    const list = $thisObject(this, 'Array.prototype.toSpliced'), length = $toLength(list.length)
    const from = $relative(start, length, 0), given = $argumentCount()
    let skipped = given === 0 ? 0 : given === 1 ? length - from : $toInteger(skipCount)
    skipped = skipped < 0 ? 0 : skipped > length - from ? length - from : skipped
    const added = given > 2 ? given - 2 : 0
    checkLength(length + added - skipped)
    if (length + added - skipped > 4294967295) $throwRangeError('Invalid array length')
    const result = $copied(list, from)
    for (let i = 2; i < given; i++) result[result.length] = arguments[i]
    for (let i = from + skipped; i < length; i++) result[result.length] = list[i]
    return result
  },
})

$install($Array, {
  of(...items) {
    if (this === $Array || !$isConstructor(this)) return items
    const count = items.length, result = new this(count)
    for (let i = 0; i < count; i++) $createDataProperty(result, i, items[i])
    result.length = count
    return result
  },
})

// Element `from` goes to `to`; a hole stays a hole.
function move(list, from, to) {
  if (from in list) list[to] = list[from]
  else $deleteOrThrow(list, to)
}

function appendAll(result, count, value) {
  let spread = false
  if ($isObject(value)) {
    const spreadable = value[$Symbol.isConcatSpreadable]
    spread = spreadable === undefined ? $isArray(value) : !!spreadable
  }
  if (!spread) {
    $createDataProperty(result, count, value)
    return count + 1
  }
  const length = $toLength(value.length)
  checkLength(count + length)
  for (let i = 0; i < length; i++) if (i in value) $createDataProperty(result, count + i, value[i])
  return count + length
}
