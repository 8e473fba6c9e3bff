class Stack extends Array { top() { return this[this.length - 1] } }
const s = new Stack(); s.push(1, 2)
console.log(s.top(), s.length, s, s instanceof Array, Array.isArray(s))
class MyErr extends Error { constructor(m, code) { super(m); this.name = 'MyErr'; this.code = code } }
try { throw new MyErr('bad', 7) } catch (e) { console.log(e.message, e.code, e.name, e instanceof MyErr, e instanceof Error, String(e)) }
class M extends Map { getOr(k, d) { return this.has(k) ? this.get(k) : d } }
const m = new M([['a', 1]])
console.log(m.getOr('a', 0), m.getOr('b', 9), m)
