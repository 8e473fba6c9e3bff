class Account {
  static #count = 0
  #balance = 0
  static { this.ready = true; Account.#count = 10 }
  get balance() { return this.#balance }
  set balance(v) { if (v < 0) throw new RangeError('negative'); this.#balance = v }
  #log(x) { return `log:${x}` }
  say(x) { return this.#log(x) }
  static create() { Account.#count++; return new this() }
  static get count() { return this.#count }
  has(o) { return #balance in o }
  ['comp' + 'uted']() { return 'c' }
  static async *stream() { yield 1 }
}
const a = Account.create()
a.balance = 5
console.log(a.balance, a.say(1), Account.count, Account.ready, a.has(a), a.has({}), a.computed(), a)
try { a.balance = -1 } catch (e) { console.log(e.name, e.message) }
try { a.has.call(null, 1) } catch (e) { console.log(e.name) }
try { Object.getOwnPropertyDescriptor(Account.prototype, 'balance').get.call({}) } catch (e) { console.log(e.message) }
class B extends Account { x = this.constructor.name; constructor() { super(); this.z = super.balance } }
console.log(new B())
