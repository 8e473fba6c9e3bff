const o = { _n: 1, get n() { return this._n }, set n(v) { this._n = v * 2 } }
o.n = 5; console.log(o.n, o)
o.n += 1; console.log(o.n)
class T { #c = 0; get f() { return this.#c * 1.8 + 32 } set f(v) { this.#c = (v - 32) / 1.8 } static get zero() { return new T } }
const t = T.zero
t.f = 212
console.log(t.f, t)
const ro = { get only() { return 1 } }
ro.only = 5
console.log(ro.only, ro)
