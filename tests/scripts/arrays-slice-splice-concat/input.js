const a = [0, 1, 2, 3, 4, 5]
console.log(a.slice(), a.slice(2), a.slice(-2), a.slice(1, -1), a.slice(4, 2), a.slice(NaN), a.slice(undefined, 2))
console.log(a.splice(1, 2), a, a.splice(-1), a, a.splice(1, 0, 'x', 'y'), a, a.splice(1), a, a.splice())
console.log([1].concat(2, [3, [4]], 'five'), [].concat(), [1].concat([[]]), [, 1].concat([, 2]))
console.log([1, 2, 3].reverse(), [, 1].reverse(), [1, 2, 3, 4, 5].fill(0, 1, 3), new Array(3).fill('z'), [1, 2, 3, 4, 5].copyWithin(0, 3), [1, 2, 3].fill(9, -1))
console.log(Array.prototype.slice.call('abc'), Array.prototype.slice.call({ 0: 'a', length: 1 }))
