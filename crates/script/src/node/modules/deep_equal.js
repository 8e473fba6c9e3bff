'use strict'
// Whether two values are equal in structure (Node: lib/internal/util/comparisons.js). Strict: also by type and prototype.

const tag = (value) => $Object.prototype.toString.call(value)

function isDeepEqual(a, b, strict) {
  return compare(a, b, strict, [])
}

function compare(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || $Object.is(a, b)
  if (strict) {
    if (!$isObject(a) || !$isObject(b)) return $Object.is(a, b)
    if ($Object.getPrototypeOf(a) !== $Object.getPrototypeOf(b)) return false
  } else if (!$isObject(a) || !$isObject(b)) {
    if ($isObject(a) || $isObject(b)) return false
    return a == b || (a !== a && b !== b)
  }
  if (typeof a === 'function' || typeof b === 'function') return false
  if (tag(a) !== tag(b) || $isArray(a) !== $isArray(b)) return false
  for (const pair of seen) if (pair[0] === a && pair[1] === b) return true
  seen.push([a, b])
  const equal = sameContents(a, b, strict, seen)
  seen.pop()
  return equal
}

function sameContents(a, b, strict, seen) {
  if (a instanceof $RegExp) {
    if (`${a}` !== `${b}` || a.lastIndex !== b.lastIndex) return false
  } else if (a instanceof $Error) {
    if (a.message !== b.message || a.name !== b.name) return false
  } else if (a instanceof $Map) {
    if (!(b instanceof $Map) || a.size !== b.size || !sameEntries(a, b, strict, seen)) return false
  } else if (a instanceof $Set) {
    if (!(b instanceof $Set) || a.size !== b.size || !sameMembers(a, b, strict, seen)) return false
  } else if (isBoxed(a)) {
    if (!isBoxed(b) || !$Object.is(a.valueOf(), b.valueOf())) return false
  } else if (tag(a) === '[object Date]') {
    if (!$Object.is(a.getTime(), b.getTime())) return false
  }
  if ($isArray(a) && a.length !== b.length) return false
  const keys = ownKeys(a, strict), others = ownKeys(b, strict)
  if (keys.length !== others.length) return false
  for (const key of keys) if (!$hasOwn(b, key) || !compare(a[key], b[key], strict, seen)) return false
  return true
}

function isBoxed(value) {
  return value instanceof $Number || value instanceof $String || value instanceof $Boolean || value instanceof $Symbol
}

function ownKeys(object, strict) {
  const keys = $Object.keys(object)
  if (!strict) return keys
  const symbols = $Object.getOwnPropertySymbols(object)
  return keys.concat(symbols.filter((symbol) => $Object.prototype.propertyIsEnumerable.call(object, symbol)))
}

function sameEntries(a, b, strict, seen) {
  const left = []
  for (const [key, value] of a) {
    if (b.has(key)) {
      if (!compare(value, b.get(key), strict, seen)) return false
    } else {
      left.push([key, value])
    }
  }
  const candidates = [...b].filter(([key]) => !a.has(key))
  return matchUp(left, candidates, (x, y) => compare(x[0], y[0], strict, seen) && compare(x[1], y[1], strict, seen))
}

function sameMembers(a, b, strict, seen) {
  const left = [...a].filter((value) => !b.has(value)), candidates = [...b].filter((value) => !a.has(value))
  return matchUp(left, candidates, (x, y) => compare(x, y, strict, seen))
}

function matchUp(left, candidates, same) {
  for (const item of left) {
    const at = candidates.findIndex((candidate) => same(item, candidate))
    if (at < 0) return false
    candidates.splice(at, 1)
  }
  return candidates.length === 0
}

module.exports = { isDeepEqual }
