const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]), seen = []
for (const [k] of m) { seen.push(k); if (k === 1) { m.delete(2); m.set(4, 'd'); m.delete(1); m.set(1, 'again') } if (seen.length > 6) break }
console.log(seen, [...m])
m.forEach((v, k, map) => { if (k === 3) map.clear() }); console.log(m.size)
console.log(new Map([[NaN, 1]]).get(NaN), new Set([0, -0]).size, Object.is([...new Set([-0])][0], 0), new Map([[{}, 1]]).get({}))
const s = new Set([1, 2]); const it = s.values(); console.log(it.next(), s.delete(2), s.add(3) === s, it.next(), it.next(), s.add(4).size, it.next())
console.log(new Map(Object.entries({ a: 1 })).get('a'), Object.fromEntries(new Map([['x', 1]])), [...new Map([[1, 2]]).entries()][0])
console.log(m.entries === m[Symbol.iterator], s.keys === s.values, Map.length, Set.prototype.add.length, Map[Symbol.species] === Map, String(m), m[Symbol.toStringTag])
try { Map() } catch (e) { console.log(e.message) }
try { new Set(5) } catch (e) { console.log(e.message) }
try { Map.prototype.get.call({}, 1) } catch (e) { console.log(e.message) }
class Counter extends Map { get(k) { return super.get(k) ?? 0 } inc(k) { return this.set(k, this.get(k) + 1) } }
console.log(new Counter().inc('a').inc('a').inc('b'))
