// As Node 22.
const log = []
const source = (n) => ({ __proto__: Iterator.prototype, i: 0, next() { log.push('next'); return this.i < n ? { value: ++this.i, done: false } : { value: undefined, done: true } }, return() { log.push('return'); return {} } })
const flush = () => console.log(log.splice(0).join(' '))
console.log(source(3).map((x, i) => [x, i]).toArray()); flush()
console.log(source(5).filter((x, i) => i % 2).toArray()); flush()
console.log(source(5).take(2).toArray(), source(5).take(0).toArray(), source(2).take(Infinity).toArray()); flush()
console.log(source(3).drop(1).toArray(), source(3).drop(9).toArray()); flush()
console.log(source(3).flatMap((x) => [x, [x]]).toArray()); flush()
console.log(source(2).flatMap((x) => new Set([x, -x])).toArray()); flush()
console.log(source(3).some((x) => x === 2), source(3).every((x) => x < 9), source(3).find((x) => x > 1)); flush()
console.log(source(3).reduce((a, b) => a + '-' + b), source(3).reduce((a, b) => a + b, 10)); flush()
source(2).forEach((x, i) => log.push(`${x}@${i}`)); flush()
for (const x of source(9).map((x) => x * 2)) if (x > 3) break
flush()
const h = source(3).map((x) => x); console.log(h.next(), h.return(), h.next(), h[Symbol.toStringTag], Object.prototype.toString.call(h), h instanceof Iterator); flush()
const t = source(9).take(3); t.next(); t.return(); flush()
const f = source(9).flatMap((x) => source(2)); f.next(); f.return(); flush()
for (const bad of [() => source(1).map(), () => source(1).take(), () => source(1).take(-1), () => source(1).drop('x'), () => source(2).flatMap((x) => x).next(), () => source(2).flatMap(() => 'text').next(), () => source(0).reduce((a, b) => a), () => source(1).find({})]) {
  try { console.log(bad()) } catch (e) { console.log(e.name) }
}
flush()
for (const name of ['map', 'filter', 'flatMap', 'forEach', 'some', 'every', 'find']) {
  try { source(2)[name](() => { throw new Error(name) }).next() } catch (e) { log.push(e.message) }
}
flush()
const wrapped = Iterator.from({ next: () => ({ value: 'w', done: false }) }); console.log(wrapped.take(2).toArray(), wrapped instanceof Iterator, Iterator.from(wrapped) === wrapped)
console.log([1, 2, 3].values().map((x) => x * x).filter((x) => x > 1).drop(1).toArray(), [...new Map([['a', 1]]).keys().map((k) => k + k)], [...'añ'[Symbol.iterator]().map((c) => c.length)])
function* naturals() { let n = 0; try { while (true) yield n++ } finally { log.push('done') } }
console.log(naturals().filter((n) => n % 3 === 0).map((n) => n * n).take(4).toArray()); flush()
console.log(Object.getOwnPropertyNames(Iterator.prototype).sort().join(), Iterator.prototype.map.length, Iterator.prototype.reduce.length, Iterator.from.length, Iterator.length, Iterator.name)
