'use strict'
// Map and Set: what takes an iterable or calls back. Entries may be added and deleted during a walk. More intrinsics:
//   $mapWalk(collection, walk)  a walk over its entries in insertion order: this one that has ended, if there is one
//   $walkOn(walk, callback, thisArg, collection)  calls for the next live entry; the walk itself, which no callback knows, at the end
//   $callSite(value)            as V8 names a value of no known place: object null, number 1, string "s"
//   $checkMap(value, name), $checkSet(value, name)  TypeError "Method <name> called on incompatible receiver ..."

// V8's forEach makes no iterator: the walk that ended last serves again.
let ended

function begin(collection) {
  const walk = $mapWalk(collection, ended)
  ended = undefined
  return walk
}

$install($Map.prototype, {
  forEach(callback, thisArg = undefined) {
    $checkMap(this, 'Map.prototype.forEach')
    if (!$isCallable(callback)) $throwTypeError(`${$callSite(callback)} is not a function`)
    const walk = begin(this)
    while ($walkOn(walk, callback, thisArg, this) !== walk);
    ended = walk
  },
})

$install($Set.prototype, {
  forEach(callback, thisArg = undefined) {
    $checkSet(this, 'Set.prototype.forEach')
    if (!$isCallable(callback)) $throwTypeError(`${$callSite(callback)} is not a function`)
    const walk = begin(this)
    while ($walkOn(walk, callback, thisArg, this) !== walk);
    ended = walk
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
