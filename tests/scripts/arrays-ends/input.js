console.log([1, 2, 3].reverse(), [1.5, 2, 'a'].reverse(), [{}, 1].reverse(), [1.5, 2.5].reverse(), [].reverse(), [1, , 3].reverse())
console.log(Array.from({ length: 5 }, (_, n) => n * n), Array.from({ length: 3 }), Array.from('ab', c => c + c), Array.from(new Map([[1, 2]]), ([k, v]) => k + v))
console.log(Array.from({ length: 2, 0: 'a', 1: 'b' }), Array.from({ length: '3', 1: 1 }), Array.from.call(Object, { length: 1, 0: 'x' }))
class List extends Array {}
console.log(List.from({ length: 2 }, (_, n) => n), List.from(new Set([1, 2]), n => n * 2))
const list = [1, 2, 3, , 5]
console.log(list.pop(), list.pop(), list, list.pop(), list.length, [1.5].pop(), [].pop())
const queue = []
for (let n = 0; n < 100; n++) queue.push(n % 3 ? n : { n })
let sum = 0
while (queue.length) {
  const last = queue.pop()
  sum += typeof last === 'number' ? last : last.n
}
console.log(sum, queue)
const made = () => [1, 2, 3, 4]
const one = made(), other = made()
console.log(one.pop(), other.pop(), one.pop(), one, other)
