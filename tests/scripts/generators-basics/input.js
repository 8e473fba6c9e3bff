function* g() { const x = yield 1; console.log('got', x); const y = yield x * 2; return y }
const it = g(); console.log(it.next('ignored'), it.next(5), it.next('end'), it.next())
console.log([...(function* () { yield 1; yield* [2, 3]; yield* (function* () { yield 4; return 'r' })() })()])
function* inf() { let i = 0; while (true) yield i++ } const first = []; for (const x of inf()) { if (x > 3) break; first.push(x) } console.log(first)
console.log(g, g(), Object.prototype.toString.call(g()), typeof g().next, g()[Symbol.iterator]() !== undefined)
