// Pipelines of generators, and a tree that delegates to itself.
function* range(n) { for (let i = 0; i < n; i++) yield i; }
function* map(it, f) { for (const x of it) yield f(x); }
function* filter(it, p) { for (const x of it) if (p(x)) yield x; }
function* take(it, n) { let i = 0; if (n <= 0) return; for (const x of it) { yield x; if (++i >= n) return; } }
function* tree(d) { if (d > 0) { yield* tree(d - 1); yield d; yield* tree(d - 1); } }
let total = 0;
for (let r = 0; r < 30; r++) { for (const x of take(filter(map(range(5000), x => x * 3), x => x % 2 === 0), 2000)) total += x; for (const d of tree(9)) total += d; const [a, b, ...rest] = range(50); total += a + b + rest.length; }
console.log(String(total));
