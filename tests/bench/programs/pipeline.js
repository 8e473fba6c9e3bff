// Generators: lazy pipelines, a tree walked by yield*, and asynchronous functions in turn.
function* count(limit) {
  for (let i = 0; i < limit; i++) yield i;
}
function* map(values, f) {
  for (const value of values) yield f(value);
}
function* filter(values, f) {
  for (const value of values) if (f(value)) yield value;
}
function* take(values, limit) {
  if (limit <= 0) return;
  for (const value of values) {
    yield value;
    if (--limit === 0) return;
  }
}
class Tree {
  constructor(depth, value) {
    this.value = value;
    this.left = depth > 0 ? new Tree(depth - 1, value * 2) : null;
    this.right = depth > 0 ? new Tree(depth - 1, value * 2 + 1) : null;
  }
  *[Symbol.iterator]() {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }
}
let sum = 0;
for (let round = 0; round < 20; round++) {
  const odd = filter(count(10000), (n) => n % 2 === 1);
  for (const value of take(map(odd, (n) => n * 3), 4000)) sum = (sum + value) % 1000003;
}
const tree = new Tree(11, 1);
for (let round = 0; round < 4; round++) for (const value of tree) sum = (sum + value) % 1000003;
const pause = (value) => new Promise((resolve) => resolve(value));
async function worker(id, rounds) {
  let own = 0;
  for (let i = 0; i < rounds; i++) own = (own + (await pause(i * id)) + (await i)) % 1000003;
  return own;
}
Promise.all([1, 2, 3, 4].map((id) => worker(id, 5000))).then((results) => console.log(sum, results.join(" ")));
