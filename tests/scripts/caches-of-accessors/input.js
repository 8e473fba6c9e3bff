class P { #v = 1; #w; static #count = 0; get v() { return this.#v } set v(x) { this.#v = x } get #sec() { return this.#w } set #sec(x) { this.#w = x * 2 } use(x) { this.#sec = x; return this.#sec } static inc() { return ++P.#count } static has(o) { return #v in o } get only() { return 1 } set wo(x) { this.last = x } }
class Q extends P { get v() { return super.v * 10 } set v(x) { super.v = x + 1 } }
const ps = [new P(), new Q(), new P()];
for (let i = 0; i < 30; i++) { const p = ps[i % 3]; p.v = i; p.v += 0.5; if (i > 24) console.log(p.v, p.use(i), p.use(i + 0.5), P.inc(), p.only, p.wo = i, p.last, p.wo) }
for (let i = 0; i < 4; i++) { try { 'use strict'; (function () { 'use strict'; ps[0].only = 5 })() } catch (e) { console.log(e.message) } ps[0].only = 6 }
const o = { _n: 1, get n() { return this._n }, set n(x) { this._n = x } }; for (let i = 0; i < 5; i++) { o.n = i * 1.5; o.n++ } console.log(o);
for (let i = 0; i < 5; i++) { if (i === 3) Object.defineProperty(o, 'n', { get() { return 'changed' }, configurable: true }); console.log(o.n) }
for (let i = 0; i < 5; i++) { if (i === 3) Object.defineProperty(o, 'n', { value: 7, writable: true }); o.n = i; console.log(o.n) }
function F() { } Object.defineProperty(F.prototype, 'x', { get() { return 'g' + this.id }, set(v) { this.id = v }, configurable: true });
const fs = [new F(), new F()]; for (let i = 0; i < 6; i++) { const f = fs[i & 1]; f.x = i; if (i === 4) Object.defineProperty(F.prototype, 'x', { set(v) { this.id = 'new' + v }, get: undefined, configurable: true }); f.x = i; console.log(f.x, f.id) }
for (let i = 0; i < 3; i++) { delete F.prototype.x; fs[0].x = i; console.log(fs[0].x, Object.keys(fs[0])) }
class Fields { a = 1; b = 2.5; c = this.a + this.b; ['d' + 1] = 4; static s = 'st'; #p = 9; p() { return this.#p } }
for (let i = 0; i < 4; i++) { const f = new Fields(); f.b = i + 0.25; console.log(f, f.p()) }
class Base { set z(v) { console.log('setter must not run', v) } } class Der extends Base { z = 5 } for (let i = 0; i < 4; i++) console.log(new Der(), Object.getOwnPropertyDescriptor(new Der(), 'z'));
class M1 { constructor() { Object.defineProperty(this, 'k', { value: 1, enumerable: false, configurable: true, writable: true }) } } class M2 extends M1 { k = 2 } for (let i = 0; i < 3; i++) console.log(new M2());
const proto = { get g() { return 'one' } }; const objs = [Object.create(proto), Object.create(proto)]; for (let i = 0; i < 6; i++) { if (i === 4) Object.setPrototypeOf(objs[0], { get g() { return 'two' } }); console.log(objs[i & 1].g) }
console.log([1, 2, 3].map(x => ({ get y() { return x } }).y)); const arr = []; Object.defineProperty(arr, 'tail', { get() { return this[this.length - 1] }, set(v) { this.push(v) } }); for (let i = 0; i < 4; i++) { arr.tail = i; console.log(arr.tail) }
String.prototype.__defineGetter__('shout', function () { return this + '!' }); for (let i = 0; i < 4; i++) console.log(('a' + i).shout); Number.prototype.__defineSetter__('zz', function (v) { console.log(typeof this, v) }); for (let i = 0; i < 3; i++) (5).zz = i;
const fz = Object.freeze(new P()); try { fz.v = 3; console.log(fz.v) } catch (e) { console.log(e.message) }
class Mix { static create(B) { return class extends B { #h = 1; h() { return this.#h++ } } } } const X = Mix.create(Object); const x1 = new X(); console.log(x1.h(), x1.h()); try { X.prototype.h.call({}) } catch (e) { console.log(e.message) } try { new P().use.call({}) } catch (e) { console.log(e.message) }
