const s = new Set([1, 2, 2, NaN, NaN, 0, -0, '1'])
console.log(s.size, s.has(NaN), s.has('2'), s.add(5) === s, s.delete(1), s.delete(1), [...s])
s.forEach((v, k, set) => { if (v !== k && v === v) throw 1; if (set !== s) throw 2 })
console.log([...new Set('hello')].join(''), new Set([[1], [1]]).size, new Set().add(1).add(1).size, [...s.entries()][0], s.keys === s.values)
s.clear(); console.log(s.size, new Set(null), new Set(undefined).size)
try { new Set(5) } catch (e) { console.log(e.message) } try { Set() } catch (e) { console.log(e.message) }
