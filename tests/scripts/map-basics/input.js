const m = new Map([['a', 1], ['b', 2]])
console.log(m.size, m.get('a'), m.get('zz'), m.has('b'), m.set('c', 3) === m, m.delete('a'), m.delete('a'), m.size)
m.set(NaN, 'nan').set(0, 'zero'); console.log(m.get(NaN), m.get(-0), [...m.keys()], Object.is([...m.set(-0, 'z').keys()].at(-1), 0))
const k = {}; m.set(k, 'obj'); console.log(m.get(k), m.get({}), m.get('1'), m.set('1', 's').get(1))
m.forEach(function (v, k, map) { console.log(k, v, map === m, this.t) }, { t: 1 })
m.clear(); console.log(m.size, m, [...m])
for (const bad of [[1], 5, [[1, 2], 3], {}]) try { new Map(bad) } catch (e) { console.log(e.message) }
try { Map() } catch (e) { console.log(e.message) } try { Map.prototype.get.call({}, 1) } catch (e) { console.log(e.message) } try { m.forEach(1) } catch (e) { console.log(e.message) }
console.log(new Map(null).size, new Map([[1]]), Map.length, Map.name)
