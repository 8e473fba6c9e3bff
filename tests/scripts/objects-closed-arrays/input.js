'use strict'
// Every way to change an array, tried on frozen, sealed and not extensible ones.
function attempt(name, action) {
  try {
    console.log(name, action())
  } catch (error) {
    console.log(name, `${error.name}: ${error.message}`)
  }
}

const makers = [() => [1, 2, 3], () => [1.5, 2, 3], () => ['a', , {}], () => []]
for (const make of makers) {
  for (const close of ['freeze', 'seal', 'preventExtensions']) {
    const list = Object[close](make())
    console.log(close, list, Object.isFrozen(list), Object.isSealed(list), Object.isExtensible(list))
    attempt('set', () => { list[0] = 9; return list })
    attempt('add', () => { list[7] = 1; return list })
    attempt('push', () => list.push(4))
    attempt('pop', () => [list.pop(), list])
    attempt('shift', () => [list.shift(), list])
    attempt('unshift', () => list.unshift(0))
    attempt('length = 0', () => { list.length = 0; return list })
    attempt('length = 9', () => { list.length = 9; return list.length })
    attempt('same length', () => { list.length = list.length; return list.length })
    attempt('delete', () => { delete list[1]; return list })
    attempt('sort', () => list.sort())
    attempt('reverse', () => list.reverse())
    attempt('fill', () => list.fill(1))
    attempt('splice', () => list.splice(0, 1))
    attempt('copyWithin', () => list.copyWithin(0, 1))
    attempt('slice', () => {
      const copy = list.slice()
      copy.push(5)
      copy[0] = 1.25
      return [copy, Object.isFrozen(copy)]
    })
    attempt('spread', () => { const copy = [...list]; copy[9] = 1; return copy })
    attempt('concat', () => { const copy = list.concat([1]); copy[0] = 'z'; return copy })
    attempt('map', () => list.map(value => value))
    attempt('descriptors', () => Object.getOwnPropertyDescriptors(list))
    attempt('define', () => Object.defineProperty(list, 0, { value: 5 }))
    attempt('define the same', () => Object.defineProperty(list, 0, { value: list[0] }))
    attempt('define read-only', () => Object.defineProperty(list, 0, { writable: false }).length)
    attempt('define length', () => Object.defineProperty(list, 'length', { writable: false }).length)
    attempt('push', () => list.push(4))
    attempt('set', () => { list[0] = 3; return list })
    attempt('freeze', () => Object.isFrozen(Object.freeze(list)))
  }
}

const fixed = [1, 2]
Object.defineProperty(fixed, 'length', { writable: false })
attempt('push', () => fixed.push(1))
attempt('append', () => { fixed[2] = 1 })
attempt('define', () => Object.defineProperty(fixed, 2, { value: 1 }))
attempt('set', () => { fixed[0] = 7; return fixed })
attempt('length = 0', () => { fixed.length = 0 })
attempt('pop', () => fixed.pop())
console.log(Object.getOwnPropertyDescriptor(fixed, 'length'))

const names = Object.freeze(['x', 'y', 'z'])
let total = 0
for (let round = 0; round < 1000; round++) for (const name of names) total += name.length
console.log(total, names.indexOf('y'), names.includes('z'), names.join(), JSON.stringify(names))

function tag(strings) {
  return strings
}
const strings = tag`a${1}b`
console.log(Object.isFrozen(strings), Object.isFrozen(strings.raw), strings, strings.raw)
attempt('template', () => strings.push(1))
