// A bounded cache with a doubly linked list: every entry lives for a while and then dies, many of them old.
class Entry {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.newer = null;
    this.older = null;
  }
}
class Cache {
  constructor(capacity) {
    this.capacity = capacity;
    this.entries = new Map();
    this.newest = null;
    this.oldest = null;
  }
  unlink(entry) {
    if (entry.newer) entry.newer.older = entry.older; else this.newest = entry.older;
    if (entry.older) entry.older.newer = entry.newer; else this.oldest = entry.newer;
    entry.newer = null;
    entry.older = null;
  }
  push(entry) {
    entry.older = this.newest;
    if (this.newest) this.newest.newer = entry; else this.oldest = entry;
    this.newest = entry;
  }
  get(key) {
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.unlink(entry);
    this.push(entry);
    return entry.value;
  }
  set(key, value) {
    const entry = new Entry(key, value);
    this.entries.set(key, entry);
    this.push(entry);
    if (this.entries.size > this.capacity) {
      this.entries.delete(this.oldest.key);
      this.unlink(this.oldest);
    }
  }
}
const ROUNDS = 600000;
const cache = new Cache(20000);
let seed = 1, hits = 0;
for (let i = 0; i < ROUNDS; i++) {
  seed = (seed * 16807) % 2147483647;
  const key = seed % 60000;
  if (cache.get(key) !== undefined) hits++;
  else cache.set(key, { id: i, tags: [i, i + 1, i + 2] });
}
console.log(hits);
