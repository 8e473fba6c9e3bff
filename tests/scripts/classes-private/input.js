class Counter {
  #n = 0; static #made = 0; #step; static get made() { return Counter.#made }
  constructor(step = 1) { this.#step = step; Counter.#made++ }
  inc() { this.#n += this.#step; this.#log(); return this }
  #log() { console.log('n', this.#n) }
  get #double() { return this.#n * 2 } set #double(v) { this.#n = v / 2 }
  twice() { this.#double = 10; return this.#double }
  static is(o) { return #n in o }
  peek(o) { return o.#n }
}
const c = new Counter(2)
c.inc().inc()
console.log(c.twice(), Counter.made, Counter.is(c), Counter.is({}), c, Object.keys(c))
try { c.peek({}) } catch (e) { console.log(e.name + ': ' + e.message) }
c.inc()
