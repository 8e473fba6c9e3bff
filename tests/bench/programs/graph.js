// Graph search with Map and Set: breadth first, Dijkstra with a heap by hand, connected components, topological order.
class Graph {
  constructor() { this.edges = new Map(); }
  add(a, b, w) { if (!this.edges.has(a)) this.edges.set(a, new Map()); if (!this.edges.has(b)) this.edges.set(b, new Map()); this.edges.get(a).set(b, w); return this; }
  bfs(start) { const seen = new Set([start]); const queue = [start]; let levels = 0; while (queue.length) { const n = queue.shift(); levels++; for (const [m] of this.edges.get(n)) if (!seen.has(m)) { seen.add(m); queue.push(m); } } return levels; }
  dijkstra(start) { const dist = new Map([[start, 0]]), heap = new Heap((a, b) => a[0] - b[0]); heap.push([0, start]); const done = new Set();
    while (heap.size) { const [d, n] = heap.pop(); if (done.has(n)) continue; done.add(n); for (const [m, w] of this.edges.get(n)) { const nd = d + w; if (!dist.has(m) || nd < dist.get(m)) { dist.set(m, nd); heap.push([nd, m]); } } } return dist; }
}
class Heap { #a = []; #less; constructor(c) { this.#less = c; } get size() { return this.#a.length; }
  push(x) { const a = this.#a; a.push(x); let i = a.length - 1; while (i > 0) { const p = (i - 1) >> 1; if (this.#less(a[i], a[p]) >= 0) break; [a[i], a[p]] = [a[p], a[i]]; i = p; } }
  pop() { const a = this.#a, top = a[0], last = a.pop(); if (a.length) { a[0] = last; let i = 0; for (;;) { let l = 2 * i + 1, r = l + 1, m = i; if (l < a.length && this.#less(a[l], a[m]) < 0) m = l; if (r < a.length && this.#less(a[r], a[m]) < 0) m = r; if (m === i) break; [a[i], a[m]] = [a[m], a[i]]; i = m; } } return top; } }
let seed = 3; const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
const g = new Graph(); for (let i = 0; i < 12000; i++) g.add("n" + random(3000), "n" + random(3000), 1 + random(50));
let sum = 0; for (let r = 0; r < 4; r++) { const from = [...g.edges.keys()][r]; sum += g.bfs(from); for (const d of g.dijkstra(from).values()) sum += d; }
console.log(String(sum));
