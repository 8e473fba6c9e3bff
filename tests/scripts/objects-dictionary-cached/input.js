// Objects with many names, which are kept in a dictionary, met again and again by the same instructions.
function table(count) {
  const names = {}
  for (let n = 0; n < count; n++) names['name' + n] = n
  delete names.name1
  return names
}
const read = object => object.name7
const write = (object, value) => { object.name7 = value }
const readKey = (object, key) => object[key]

const first = table(40), second = table(60)
let total = 0
for (let round = 0; round < 50; round++) {
  write(first, round)
  write(second, -round)
  total += read(first) + read(second) + readKey(first, 'name' + round % 10 ) * 0 || 0
}
console.log(total, read(first), read(second), readKey(second, 'name59'), readKey(first, 'name59'))

delete first.name7
console.log(read(first), 'name7' in first)
first.name7 = 'again'
console.log(read(first), Object.keys(first).at(-1))
Object.defineProperty(first, 'name7', { get() { return 'got' }, set(value) { console.log('set', value) }, configurable: true })
write(first, 1)
console.log(read(first), readKey(first, 'name7'))
Object.defineProperty(second, 'name7', { writable: false })
write(second, 1)
console.log(read(second))
try {
  (() => { 'use strict'; second.name7 = 2 })()
} catch (error) {
  console.log(error.message)
}

// A prototype in dictionary mode: its methods, replaced, deleted, shadowed.
function Shape() { this.sides = 3 }
for (let n = 0; n < 30; n++) Shape.prototype['method' + n] = function () { return n + this.sides }
delete Shape.prototype.method3
const call = object => object.method5()
const shape = new Shape()
console.log(call(shape), call(shape))
Shape.prototype.method5 = function () { return 'replaced' }
console.log(call(shape))
delete Shape.prototype.method5
try {
  call(shape)
} catch (error) {
  console.log(error.message)
}
Object.prototype.method5 = () => 'from Object'
console.log(call(shape))
Object.defineProperty(Shape.prototype, 'method5', { get() { return () => 'by getter' }, configurable: true })
console.log(call(shape))
shape.method5 = 1
console.log(typeof shape.method5)
delete Object.prototype.method5

// Properties that find no room inside the object.
function wide(n) {
  const made = {}
  made.a = n; made.b = n / 2; made.c = 'c'; made.d = null; made.e = n; made.f = n + 0.5; made.g = made; made.h = [n]; made.i = n
  return made
}
for (const n of [1, 2, 3]) console.log(wide(n))
class Many {
  constructor(n) {
    this.a = this.b = this.c = this.d = this.e = n
    this.f = this.g = this.h = this.i = this.j = n / 4
    if (n > 1) this.k = 'k'
  }
}
console.log([0, 1, 2].map(n => JSON.stringify(new Many(n))).join('\n'))
Object.defineProperty(Object.prototype, 'i', { set(value) { console.log('setter', value) }, configurable: true })
console.log(Object.keys(wide(4)).join(), Object.keys(new Many(5)).join())
delete Object.prototype.i

// `stack` is a name like any other.
class Machine {
  stack = []
  push(value) { this.stack.push(value); return this.stack.length }
}
const machine = new Machine()
for (let n = 0; n < 5; n++) machine.push(n)
console.log(machine.stack.join(), typeof new Error('x').stack, (() => { const o = {}; Error.captureStackTrace(o); return typeof o.stack })())

// Symbols as keys, and names that are put together.
const mark = Symbol('mark')
const marked = { [mark]: 1, plain: 2 }
let sum = 0
for (let n = 0; n < 20; n++) {
  marked[mark] += n
  sum += marked[mark] + marked['pl' + 'ain'] + (marked[['pl', 'ain'].join('')] ?? 0)
}
console.log(sum, marked)
