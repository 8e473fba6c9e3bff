class Node { constructor(v, next = null) { this.v = v; this.next = next } }
class List { head = null; size = 0; add(v) { this.head = new Node(v, this.head); this.size++; return this } reverse() { let p = null, c = this.head; while (c) [c.next, p, c] = [p, c, c.next]; this.head = p; return this } toArray() { const a = []; for (let n = this.head; n; n = n.next) a.push(n.v); return a } }
const l = new List().add(1).add(2).add(3)
console.log(l.toArray(), l.reverse().toArray(), l)
