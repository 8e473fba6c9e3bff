for (const C of [Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Date, RegExp, Map, Set, WeakMap, WeakSet, WeakRef, Promise, ArrayBuffer, DataView, Uint8Array, Float64Array]) console.log(C.name, C.prototype, [C.prototype], { p: C.prototype });
console.log(Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(async () => {}), Object.getPrototypeOf([][Symbol.iterator]()));
console.log(Math, JSON, Reflect, globalThis === global, [Math]);
class A { get x() { return 1 } static s = 1; m() {} } class B extends A { constructor() { super(); this.q = 1 } }
console.log(A.prototype, B.prototype, new B(), A, B, Object.create(A.prototype), Object.create(B.prototype, { z: { value: 1, enumerable: true } }));
function F() { this.a = 1 } F.prototype.m = function () {}; console.log(F.prototype, new F(), F); F.prototype = { k: 1 }; console.log(new F());
console.log(Object.create({ a: 1 }), Object.create(null), Object.create(Object.create(null)), Object.setPrototypeOf({ a: 1 }, null));
console.log(Object(Symbol('x')), Object(1n), Object('str'), Object.assign(Object('ab'), { k: 1 }), [new Number(-0), new Boolean(false)]);
console.log(new (class extends Array {})(3), new (class Foo extends Map {})([[1, 2]]), new (class extends Error {})('m').name, new (class Bar extends Promise {})(() => {}));
console.log(new (class Q { get [Symbol.toStringTag]() { return 'T' } })(), { [Symbol.toStringTag]: 'X', a: 1 }, Object.create(null, { [Symbol.toStringTag]: { value: 'N' } }));
console.log(new Proxy({ a: 1 }, {}), new Proxy(function f() {}, {}), new Proxy([1, 2], {}), new Proxy(class K {}, {}));
console.log((function () { return arguments })(1, 'a'), (() => {}).bind(), async () => {}, function* g() {}, class { }, Symbol.iterator, [Symbol.for('q')]);
