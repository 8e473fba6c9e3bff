// Loads of holes and beyond the end ask the prototypes.
const tagged = ['a', , 'c'], doubles = [1.5, , 2.5]
const load = (array, index) => array[index]
console.log(load(tagged, 1), load(tagged, 9), load(tagged, -1), load(doubles, 1), load(doubles, 2), load(doubles, 5))
tagged[-1] = 'named'
console.log(load(tagged, -1))
Array.prototype[1] = 'p'
console.log(load(tagged, 1), load(doubles, 1))
delete Array.prototype[1]
Object.prototype[9] = 'q'
console.log(load(tagged, 9), load(doubles, 9))
delete Object.prototype[9]
console.log(load(tagged, 9))
class Stack extends Array { get [5]() { return 'five' } }
console.log(load(new Stack(), 5), load(new Array(3), 2), load([], 4294967294))

// Equality of every two kinds.
const values = [0, -0, 1, 0.5, NaN, 2147483648, '1', '', 'ab', 'a' + 'b', true, false, null, undefined, 1n, Symbol.iterator, {}, []]
const row = (test) => values.map((x) => values.map((y) => (test(x, y) ? 1 : 0)).join('')).join(' ')
console.log(row((x, y) => x == y))
console.log(row((x, y) => x === y))
console.log(values.map((x) => [x === 0, x === 1, x === 7]).join(' '))
console.log(Object.is(-(0), -0), -(1.5), -(-2147483648), -'3', -null, -5n, -(-0) === 0)
console.log(~1.5, ~~-2.7, ~2147483648, ~'5', ~6n, 2 ** 0.5, 2 ** -1, '2' ** 3, 3n ** 2n)
console.log('a'.localeCompare('B'), 'a'.localeCompare('A'), '\u00e9'.localeCompare('f'), 'a-b'.localeCompare('ab'), ''.localeCompare('a'))

// What a generator is iterated by.
function* two() { yield 1; yield 2 }
const all = (iterable) => { try { const list = []; for (const x of iterable) list.push(x); return list } catch (e) { return e.message } }
for (let i = 0; i < 3; i++) console.log(all(two()))
const other = two()
other[Symbol.iterator] = 5
console.log(all(other))
other[Symbol.iterator] = () => [7][Symbol.iterator]()
console.log(all(other), all(Object.setPrototypeOf(two(), new Proxy(Object.getPrototypeOf(two()), {}))))
