for (var i = 0, j = 10; i < j; i += 3, j--); console.log(i, j)
for (; ;) { if (i++ > 20) break } console.log(i)
for (const k in { b: 1, a: 2, 1: 3, 0: 4 }) console.log(k)
for (var k2 in 'hi') console.log(k2, typeof k2); for (const k in null); for (const k in undefined); for (const k in 5) console.log('never')
for (const x of (function* () { yield 1; yield 2 })()) console.log(x)
for (let [a, b] = [1, 2]; a < 3; a++) console.log(a, b)
for (const { length } of ['ab', 'c']) console.log(length)
var o = {}; for (o.key of [1, 2]); for (o['k' + 2] in { z: 1 }); console.log(o)
for (let i = 0; i < 2; i++) { let i = 'inner'; console.log(i) }
for (let x of [1, 2, 3]) { if (x === 2) continue; setTimeout(() => console.log('later', x), 0) }
var arr = [1, 2, 3]; for (const x of arr) { if (arr.length < 6) arr.push(x * 10) } console.log(arr)
var props = { a: 1, b: 2, c: 3 }; for (var p in props) { delete props.b; props.d = 4; console.log(p) }
var n = 0; while (n < 3) n++; do n--; while (n > 1); console.log(n); var async; for (async of => { }; false;); for ((async) of [7]); console.log(async)
let of = [1]; for (let of of [9]) console.log(of); for (of of [[5]]); console.log(of)
