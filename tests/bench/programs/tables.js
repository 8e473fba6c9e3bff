// Maps and sets: a graph searched, groups counted, sets united, a cache with object keys.
class Graph {
  constructor() { this.edges = new Map(); }
  add(from, to, cost) {
    if (!this.edges.has(from)) this.edges.set(from, new Map());
    this.edges.get(from).set(to, cost);
  }
  reachable(start) {
    const seen = new Set([start]);
    const queue = [start];
    while (queue.length > 0) {
      const node = queue.shift();
      for (const [to] of this.edges.get(node) ?? []) {
        if (!seen.has(to)) { seen.add(to); queue.push(to); }
      }
    }
    return seen;
  }
}
const graph = new Graph();
for (let i = 0; i < 3000; i++) for (let k = 1; k <= 4; k++) graph.add("n" + i, "n" + ((i * k + 7 * k) % 3000), k);
let sum = 0;
for (let i = 0; i < 6; i++) sum += graph.reachable("n" + i).size;
const groups = new Map();
for (let i = 0; i < 200000; i++) {
  const key = i % 1009;
  groups.set(key, (groups.get(key) ?? 0) + i % 7);
}
for (const [key, value] of groups) sum = (sum + key * value) % 1000003;
groups.forEach((value, key) => { sum = (sum + key ^ value) % 1000003; });
const union = (a, b) => new Set([...a, ...b]);
const common = (a, b) => new Set([...a].filter((x) => b.has(x)));
const evens = new Set(Array.from({ length: 500 }, (_, i) => i * 2));
const threes = new Set(Array.from({ length: 500 }, (_, i) => i * 3));
for (let i = 0; i < 60; i++) sum += union(evens, threes).size + common(evens, threes).size;
const cache = new WeakMap();
const objects = Array.from({ length: 2000 }, (_, i) => ({ i }));
for (let i = 0; i < 100000; i++) {
  const object = objects[(i * 31) % objects.length];
  if (!cache.has(object)) cache.set(object, { hits: 0 });
  cache.get(object).hits++;
}
for (let i = 0; i < 100000; i++) {
  const live = new Set();
  if (i % 5 === 0) { live.add(i).add(i + 1).delete(i); sum += live.size; }
}
console.log(sum, groups.size, cache.get(objects[31]).hits);
