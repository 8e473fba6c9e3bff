'use strict'
function attempt(name, action) {
  try {
    console.log(name, action())
  } catch (error) {
    console.log(name, `${error.name}: ${error.message}`)
  }
}

class Counter {
  #count = 1
  step = 2
  increment() {
    return ++this.#count
  }
}
const counter = Object.freeze(new Counter())
attempt('private', () => counter.increment())
attempt('set', () => { counter.step = 3 })
attempt('add', () => { counter.other = 3 })
attempt('delete', () => delete counter.step)

const mixed = { a: 1, get b() { return 2 }, set c(value) { this.a = value }, [Symbol('s')]: 1 }
Object.seal(mixed)
attempt('sealed', () => { mixed.a = 5; return mixed })
attempt('frozen', () => Object.isFrozen(mixed))
Object.freeze(mixed)
attempt('set', () => { mixed.a = 6 })
attempt('getter', () => { mixed.b = 6 })
attempt('setter', () => { mixed.c = 6 })
console.log(Object.getOwnPropertyDescriptors(mixed), Object.isFrozen(mixed))

function both(a, b) {
  return arguments
}
attempt('arguments', () => { Object.freeze(both(1, 2))[0] = 2 })
attempt('function', () => {
  const closed = Object.freeze(function named(a, b) {})
  console.log(Object.getOwnPropertyDescriptors(closed))
  closed.prototype = 1
})
attempt('arrow', () => { Object.freeze(() => 1).x = 1 })
attempt('error', () => { Object.freeze(new Error('m')).message = 'x' })
attempt('map', () => Object.freeze(new Map()).set(1, 2))
attempt('string', () => { Object.freeze(new String('ab'))[0] = 'x' })
attempt('date', () => Object.isFrozen(Object.freeze(new Date(0))))
attempt('prototype', () => Object.setPrototypeOf(Object.freeze({}), { a: 1 }))
attempt('same prototype', () => Object.setPrototypeOf(Object.freeze({}), Object.prototype))

// Many objects that are closed or redefined in the same way.
const records = []
for (let n = 0; n < 20; n++) {
  const record = { n, half: n / 2 }
  Object.defineProperty(record, 'n', { writable: n % 2 > 0, enumerable: n % 3 > 0 })
  record.more = n
  if (n % 4 === 0) Object.freeze(record)
  records.push(record)
}
attempt('records', () => records.map(record => JSON.stringify(record) + Object.isFrozen(record)).join())

const changing = { x: 1, y: 2 }
Object.defineProperty(changing, 'x', { enumerable: false })
Object.defineProperty(changing, 'y', { get() { return 9 }, configurable: true })
console.log(Object.keys(changing), changing.x, changing.y, Object.getOwnPropertyDescriptors(changing))
Object.defineProperty(changing, 'y', { value: 3, writable: true })
changing.z = 1
delete changing.z
console.log(changing)

const dictionary = {}
for (let n = 0; n < 30; n++) dictionary['k' + n] = n
delete dictionary.k3
Object.freeze(dictionary)
attempt('set', () => { dictionary.k4 = 1 })
attempt('add', () => { dictionary.other = 1 })
attempt('delete', () => delete dictionary.k4)
console.log(Object.isFrozen(dictionary), Object.keys(dictionary).length)

// Frozen copies of a large object, as libraries for immutable state make them.
let state = {}
for (let n = 0; n < 60; n++) state = Object.freeze({ ...state, ['key' + n]: n })
console.log(Object.keys(state).length, Object.isFrozen(state))
