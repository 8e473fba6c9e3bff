const attempt = f => { try { return f() } catch (e) { return `${e.name}: ${e.message}` } }
console.log(attempt(() => new Array(-1)), attempt(() => { [].length = 2 ** 32 }), attempt(() => new Array(1.5)))
console.log(attempt(() => Array.prototype.map.call({ length: 2 ** 32 }, x => x)))
console.log(attempt(() => Array.prototype.slice.call({ length: 2 ** 53 - 1 }, 0)))
console.log(attempt(() => Array.prototype.push.call({ length: 2 ** 53 - 1 }, 1)).slice(0, 9))
console.log(attempt(() => [1].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true })).slice(0, 9))
const like = { 0: 'a', 1: 'b', length: 2 }
console.log(Array.prototype.map.call(like, x => x + x), Array.prototype.join.call(like, '+'), Array.from(like))
console.log(Array.prototype.push.call(like, 'c'), like, Array.prototype.splice.call(like, 0, 1), like)
console.log(Array.prototype.reverse.call({ 0: 1, 2: 3, length: 3 }), Array.prototype.indexOf.call('abc', 'c'))
const big = []; big[4294967294] = 'last'
console.log(big.length, attempt(() => big.push('x')), Object.keys(big))
const a = [1, 2, 3]; a.length = 1; a[3] = 4
console.log(a, 2 in a, a.length, Array.isArray(Array.prototype))
console.log([3, 1, 2].toSorted(), [1, 2, 3].toReversed(), [1, 2, 3].with(1, 9), [1, 2, 3].toSpliced(1, 1, 'x', 'y'), [1, 2, 3].findLast(x => x < 3), [1, 2].at(-1))
