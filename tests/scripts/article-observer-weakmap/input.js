const registry = new WeakMap()
function observe(o, f) { if (!registry.has(o)) registry.set(o, []); registry.get(o).push(f); return o }
function notify(o, ...args) { (registry.get(o) || []).forEach(f => f.apply(o, args)) }
let subject = observe({ id: 1 }, function (x) { console.log('first', this.id, x) })
observe(subject, x => console.log('second', x))
notify(subject, 'hello'); notify({}, 'nobody')
const priv = new WeakMap()
class Account { constructor(n) { priv.set(this, { balance: n }) } deposit(n) { priv.get(this).balance += n; return this } get balance() { return priv.get(this).balance } }
const a = new Account(10); console.log(a.deposit(5).balance, Object.keys(a), a)
try { Account.prototype.deposit.call({}, 1) } catch (e) { console.log(e.constructor.name) }
subject = null; gc(); console.log(registry instanceof WeakMap)
