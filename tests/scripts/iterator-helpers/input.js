// As in Node 22: what is expected here was worked out by hand from the standard.
function* count(log) { try { for (let i = 1; ; i++) yield i } finally { log?.push('closed') } }
const log = []
console.log(count().map(x => x * 2).take(3).toArray(), count().filter(x => x % 2).drop(1).take(2).toArray(), [1, 2].values().flatMap(x => [x, x * 10]).toArray())
console.log(count().take(4).reduce((a, b) => a + b), count().take(4).reduce((a, b) => a + b, 100), count(log).some(x => x > 3), count(log).every(x => x < 3), count(log).find(x => x > 5), log)
const seen = []; count().take(2).forEach((x, i) => seen.push([x, i])); console.log(seen, [].values().toArray(), new Set([3, 4]).values().map(x => -x).toArray(), new Map([[1, 2]]).entries().map(([k, v]) => k + v).toArray())
const lazy = count(log).map(x => { log.push('map ' + x); return x }); console.log(log.length, lazy.next(), lazy.next(), lazy.return(), lazy.next(), log.slice(3))
console.log(Iterator.from([1, 2]).toArray(), Iterator.from({ next: () => ({ done: true }) }).toArray(), Iterator.from('ab').toArray(), Iterator.prototype === Object.getPrototypeOf(Object.getPrototypeOf([].values())), [].values() instanceof Iterator, typeof Iterator, Object.prototype.toString.call(lazy))
for (const f of [() => count().take(-1), () => count().take(NaN), () => count().map(1), () => new Iterator(), () => [].values().reduce((a, b) => a), () => count(log).map(() => { throw new Error('mine') }).next(), () => Iterator.prototype.map.call(1, x => x)]) try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) }
class Own extends Iterator { next() { return { value: 1, done: false } } } console.log(new Own().take(2).toArray(), log.at(-1))
