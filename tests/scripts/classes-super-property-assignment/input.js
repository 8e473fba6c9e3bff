class A { set v(x) { this._v = x } get v() { return this._v } }
class B extends A { set(x) { super.v = x; super.w = 2; return this } get() { return super['v'] } inc() { return super.v++ } }
const b = new B().set(5)
console.log(b, b.get(), b.inc(), b.get())
const base = { hi() { return 'base ' + this.n } }
const o = { __proto__: base, n: 1, hi() { return 'own ' + super.hi() } }
console.log(o.hi())
