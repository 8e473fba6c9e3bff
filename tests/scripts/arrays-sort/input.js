console.log([3, 1, 2].sort(), [10, 9, 1].sort(), [10, 9, 1].sort((a, b) => a - b), ['b', 'a', 'C'].sort(), [3, undefined, 1, , 2].sort())
const people = [['ann', 3], ['bob', 1], ['cat', 3], ['dan', 2], ['eve', 1]]
console.log(people.sort((x, y) => x[1] - y[1]).map(p => p[0]).join())
const a = Array.from({ length: 200 }, (_, i) => (i * 7919) % 211)
const s = [...a].sort((x, y) => x - y)
console.log(s.every((x, i) => i === 0 || s[i - 1] <= x), a.length === s.length)
console.log([true, false].sort(), [null, undefined, NaN].sort(), [2, 1].toSorted(), [5, 1, 4].sort((a, b) => b > a), [1, 2, 3].sort(() => 0), [-1, -2, 0].sort())
