const o = { a: 1, get g() { return this.a + 1; }, 5: 'five', [Symbol.iterator]: 's' };
console.log(Reflect.get(o, 'a'), Reflect.get(o, 'g'), Reflect.get(o, 'g', { a: 9 }), Reflect.get(o, 5), Reflect.get(o, '5'), Reflect.get(o, Symbol.iterator), Reflect.get(o, 'none'));
console.log(Reflect.has(o, 'a'), Reflect.has(o, 'toString'), Reflect.has(o, 5), Reflect.has(o, 6), Reflect.has([1], 'length'), Reflect.has('x'.constructor, 'raw'));
const key = { toString() { console.log('key'); return 'a'; } };
console.log(Reflect.get(o, key), Reflect.has(o, key));
for (const f of [() => Reflect.get(1, 'a'), () => Reflect.has(null, 'a'), () => Reflect.get(), () => Reflect.has({}, { toString: null, valueOf: null }), () => Reflect.get({}, { toString() { throw new Error('mine'); } })]) try { console.log(f()); } catch (e) { console.log(e.name, e.message); }
const log = [];
const p = new Proxy(o, { get(t, k, r) { log.push(['get', k, r === p, typeof k]); return Reflect.get(t, k, r); }, has(t, k) { log.push(['has', k, typeof k]); return Reflect.has(t, k); } });
console.log(p.a, p.g, Reflect.get(p, 5), Reflect.has(p, 7), 'a' in p, Reflect.get(Object.create(p), 'zz'), Reflect.has(Object.create(p), 1));
console.log(log);
console.log(Reflect.get.name, Reflect.get.length, Reflect.has.name, Reflect.has.length, Object.getOwnPropertyNames(Reflect));
class B { get v() { return this.k; } } class C extends B { k = 3; r() { return Reflect.get(B.prototype, 'v', this); } }
console.log(new C().r(), Reflect.get(function f(a, b) {}, 'length'), Reflect.get([1, 2, 3], 1), Reflect.get([, 1], 0), Reflect.get(new Uint8Array([4]), 0), Reflect.get(new String('ab'), 1));
const x = {}; Reflect.get = () => 'mine'; console.log(Reflect.get(x, 'a'));
console.log(Object.getOwnPropertyDescriptor(Reflect, 'has').enumerable, String(Reflect.has));
