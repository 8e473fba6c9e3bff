'use strict'
// Map and Set: what takes an iterable or calls back. Entries may be added and deleted during a walk. More intrinsics:
//   $mapWalk(collection)        a walk over its entries in insertion order
//   $walkNext(walk)             goes to the next live entry; false at the end
//   $walkKey(walk), $walkValue(walk)
//   $callSite(value)            as V8 names a value of no known place: object null, number 1, string "s"
//   $checkMap(value, name), $checkSet(value, name)  TypeError "Method <name> called on incompatible receiver ..."

$install($Map.prototype, {
  forEach(callback, thisArg = undefined) {
    $checkMap(this, 'Map.prototype.forEach')
    if (!$isCallable(callback)) $throwTypeError(`${$callSite(callback)} is not a function`)
    const walk = $mapWalk(this)
    while ($walkNext(walk)) $call(callback, thisArg, $walkValue(walk), $walkKey(walk), this)
  },
})

$install($Set.prototype, {
  forEach(callback, thisArg = undefined) {
    $checkSet(this, 'Set.prototype.forEach')
    if (!$isCallable(callback)) $throwTypeError(`${$callSite(callback)} is not a function`)
    const walk = $mapWalk(this)
    while ($walkNext(walk)) {
      const value = $walkKey(walk)
      $call(callback, thisArg, value, value, this)
    }
  },
})

function checkIterable(source) {
  if (!$isCallable(source[$Symbol.iterator])) {
    $throwTypeError(`${$callSite(source)} is not iterable (cannot read property Symbol(Symbol.iterator))`)
  }
}

// Fills a new Map or WeakMap from an iterable of entries, through its `set` method.
function addEntries(map, entries) {
  const add = map.set
  if (!$isCallable(add)) $throwTypeError(`'${$describe(add)}' returned for property 'set' of object '#<Map>' is not a function`)
  checkIterable(entries)
  for (const entry of entries) {
    if (!$isObject(entry)) $throwTypeError(`Iterator value ${$describe(entry)} is not an entry object`)
    $call(add, map, entry[0], entry[1])
  }
  return map
}

// Fills a new Set or WeakSet from an iterable, through its `add` method.
function addItems(set, items) {
  const add = set.add
  if (!$isCallable(add)) $throwTypeError(`'${$describe(add)}' returned for property 'add' of object '#<Set>' is not a function`)
  checkIterable(items)
  for (const item of items) $call(add, set, item)
  return set
}

// The constructors are native; they hand an iterable argument to these.
$install($Helpers, { addEntries, addItems })
