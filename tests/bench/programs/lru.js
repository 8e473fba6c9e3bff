// A cache with the least recently used entry first out, on a Map, under a skewed load.
class Lru {
  constructor(limit) {
    this.limit = limit;
    this.map = new Map();
    this.hits = 0;
  }
  get(key, make) {
    const known = this.map.get(key);
    if (known !== undefined) {
      this.hits++;
      this.map.delete(key);
      this.map.set(key, known);
      return known;
    }
    const value = make(key);
    this.map.set(key, value);
    if (this.map.size > this.limit) this.map.delete(this.map.keys().next().value);
    return value;
  }
}

let seed = 7;
const random = () => (seed = (Math.imul(seed, 48271) >>> 0) % 2147483647) / 2147483647;
const cache = new Lru(5000);
let sum = 0;
for (let i = 0; i < 600000; i++) {
  const key = "item:" + Math.floor(Math.pow(random(), 3) * 40000);
  sum = (sum + cache.get(key, (k) => ({ key: k, size: k.length, tags: [i & 7, i & 15] })).tags[1]) | 0;
}
console.log("hits", cache.hits, "size", cache.map.size, "sum", sum);
