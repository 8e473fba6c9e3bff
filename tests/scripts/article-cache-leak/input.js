// A cache that never forgets, and one that does.
var cache = {}
function remember(key) { return cache[key] || (cache[key] = { key: key, payload: new Array(10).join(key) }) }
for (var i = 0; i < 100; i++) remember('k' + i % 30)
console.log(Object.keys(cache).length, cache.k5.payload.length, remember('k5') === cache.k5)
class LRU {
  constructor(max) { this.max = max; this.map = new Map() }
  get(k) { if (!this.map.has(k)) return; const v = this.map.get(k); this.map.delete(k); this.map.set(k, v); return v }
  set(k, v) { this.map.delete(k); this.map.set(k, v); if (this.map.size > this.max) this.map.delete(this.map.keys().next().value); return this }
}
const lru = new LRU(3).set('a', 1).set('b', 2).set('c', 3); lru.get('a'); lru.set('d', 4)
console.log([...lru.map.keys()], lru.get('b'), lru)
