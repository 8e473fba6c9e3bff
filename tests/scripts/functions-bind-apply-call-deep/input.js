function show(...args) { return [this && this.id, ...args] }
const b = show.bind({ id: 'b' }, 1), bb = b.bind({ id: 'no' }, 2); console.log(b(9), bb(9), b.name, b.length, bb.name, show.length, show.call({ id: 1 }, 'x'), show.apply({ id: 2 }, ['y', 'z']), show.apply({ id: 3 }, { length: 2, 0: 'p', 1: 'q' }))
function P(x, y) { this.x = x; this.y = y } const P1 = P.bind(null, 1); const p = new P1(2); console.log(p, p instanceof P, p instanceof P1, Object.getPrototypeOf(p) === P.prototype, P1.prototype)
console.log(Math.max.apply(null, [1, 5, 3]), [].concat.apply([], [[1], [2, [3]]]), Array.prototype.slice.call('abc'), Function.prototype.call.bind(Array.prototype.join)(['a', 'b'], '-'))
const unbound = [].map.call.bind([].map); console.log(unbound([1, 2], x => x * 2)); console.log((() => this === module.exports).call(5), (function () { return typeof this }).call(null), (function () { 'use strict'; return this }).call(null))
console.log(Reflect.apply(show, { id: 'r' }, [1]), Reflect.construct(P, [3, 4]), (class { static m() { return this.n } static n = 'N' }).m()); const { log } = console; log('detached')
const o = { n: 1, get() { return this.n }, get get2() { return () => this.n } }; const { get } = o; console.log(o.get(), o.get2(), get.call({ n: 2 }), (o.get)(), (0, o.get).call({ n: 3 }), o['get']())
console.log(typeof Function.prototype, Function.prototype(), Function.prototype.name === '', (function () { }).constructor === Function, (() => { }).bind().name, (function foo() { }).bind().name)
