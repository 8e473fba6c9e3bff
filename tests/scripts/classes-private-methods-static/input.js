class Stack {
  static #count = 0; static #make() { return ++Stack.#count } static get count() { return Stack.#count }
  #items = []; #id = Stack.#make(); #check(n) { if (n > this.#items.length) throw new RangeError('underflow ' + this.#id) }
  push(...xs) { this.#items.push(...xs); return this } pop(n = 1) { this.#check(n); return this.#items.splice(-n) }
  get #top() { return this.#items.at(-1) } set #top(v) { this.#items[this.#items.length - 1] = v } bump() { this.#top++; this.#top += 10; return this.#top }
  static isStack(o) { return #items in o } equals(o) { return this.#items.length === o.#items.length }
  *[Symbol.iterator]() { yield* this.#items } async #later() { return this.#id } later() { return this.#later() } static { this.ready = Stack.#count === 0 }
}
const s = new Stack().push(1, 2, 3), t = new Stack()
console.log(Stack.count, s.pop(2), [...s], s.bump(), Stack.isStack(s), Stack.isStack({}), s.equals(t), Stack.ready)
try { t.pop() } catch (e) { console.log(e.message) } s.later().then(v => console.log('later', v))
class Sub extends Stack { #items = 'own'; own() { return this.#items } } console.log(new Sub().push(5).pop(), new Sub().own(), Stack.count)
console.log(s, Object.getOwnPropertyNames(s), JSON.stringify(s))
class Chain { #n = null; static link(a, b) { a.#n = b; return a } depth() { return 1 + (this.#n?.depth() ?? 0) } get has() { return this.#n?.#n !== undefined } }
console.log(Chain.link(new Chain(), Chain.link(new Chain(), new Chain())).depth(), new Chain().has)
