// What is remembered about objects that come and go: in a WeakMap, and in a WeakSet beside it.
const cache = new WeakMap(), known = new WeakSet();
function about(object) {
  let entry = cache.get(object);
  if (entry === undefined) {
    entry = { hits: 0, label: 'object ' + object.id, history: [] };
    cache.set(object, entry);
  }
  entry.hits++;
  if (entry.history.length < 3) entry.history.push(entry.hits);
  return entry;
}
const alive = [];
let sum = 0;
for (let i = 0; i < 60000; i++) {
  const object = { id: i, x: i * 2 };
  alive.push(object);
  if (alive.length > 2000) alive.shift();
  known.add(object);
  sum += about(object).hits;
  const other = alive[(i * 7) % alive.length];
  if (known.has(other)) sum += about(other).hits;
}
console.log(sum);
