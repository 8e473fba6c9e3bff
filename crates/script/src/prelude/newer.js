'use strict'
// What came after Node 20.

function grouped(items, callback, add) {
  if (items === undefined || items === null) $throwTypeError(`${items} is not iterable`)
  if (!$isCallable(callback)) $throwTypeError(`${$describe(callback)} is not a function`)
  let index = 0
  for (const item of items) add($call(callback, undefined, item, index++), item)
}

if ($nodeMajor() > 20) {
  $install($Object, {
    groupBy(items, callback) {
      const groups = $newObject(null)
      grouped(items, callback, (key, item) => {
        const name = $propertyKey(key)
        if ($hasOwn(groups, name)) groups[name].push(item)
        else groups[name] = [item]
      })
      return groups
    },
  })
  $install($Map, {
    groupBy(items, callback) {
      const groups = new $Map()
      grouped(items, callback, (key, item) => {
        const group = groups.get(key)
        if (group === undefined) groups.set(key, [item])
        else group.push(item)
      })
      return groups
    },
  })
}

const hidden = $newObject(null)
for (const name of [
  'at', 'copyWithin', 'entries', 'fill', 'find', 'findIndex', 'findLast', 'findLastIndex', 'flat', 'flatMap', 'includes',
  'keys', 'toReversed', 'toSorted', 'toSpliced', 'values',
]) hidden[name] = true
$Object.defineProperty($Array.prototype, $Symbol.unscopables, { value: hidden, configurable: true })
