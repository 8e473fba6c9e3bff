// What is usually found at once, and what must not be: lookups that find nothing, assignments, collections, iteration.
function Point(x) { this.x = x; }
const missing = (object) => object.label;
const points = [new Point(1), new Point(2)];
const read = () => points.map(missing).join();
console.log(read(), read());
Point.prototype.label = "late";
console.log(read());
delete Point.prototype.label;
console.log(read());
Object.defineProperty(Object.prototype, "label", { get() { return "got" + this.x; }, configurable: true });
console.log(read());
delete Object.prototype.label;
points[1].label = "own";
console.log(read());
Object.setPrototypeOf(points[0], { label: "other" });
console.log(read());
Object.setPrototypeOf(points[0], new Proxy({}, { get: (_, key) => "proxied " + String(key) }));
console.log(read());
const list = [1, 2];
const size = (value) => value.size;
console.log(size(list), size(list), size({}), size({}));
Array.prototype.size = "array";
console.log(size(list), size({}));
delete Array.prototype.size;
console.log(size(list));

// Object.assign
console.log(Object.assign.length, Object.assign.name);
console.log(Object.assign({}, { a: 1, b: 2.5 }, null, { c: "x" }, undefined, { a: 3 }));
console.log(Object.assign({ set a(value) { console.log("set", value); } }, { a: 1, b: 2 }));
console.log(Object.assign({}, { get a() { return "read"; } }, "hi", [7, , 9], { [Symbol.for("s")]: 1 }));
for (const target of [Object.freeze({ a: 1 }), Object.preventExtensions({ b: 1 }), null]) {
  try { Object.assign(target, { b: 2, a: 3 }); } catch (error) { console.log(error.message); }
}
class Guarded { get a() { return 1; } }
try { Object.assign(new Guarded(), { a: 2 }); } catch (error) { console.log(error.constructor.name); }
const log = [];
const trapped = new Proxy({}, { set(target, key, value) { log.push(key); target[key] = value; return true; } });
console.log(Object.assign(trapped, { a: 1 }, { b: 2 }) === trapped, log);
console.log(Object.assign(Object.create(null), { a: 1 }).a, typeof Object.assign(1, { a: 1 }));
const half = { x: 0.5 };
const copy = Object.assign({}, half);
half.x += 1;
console.log(copy.x, half.x);

// Collections from arrays
console.log(new Set([1, 1.0, NaN, NaN, -0, 0, "1", 0.5]), [...new Set([-0])].map((n) => Object.is(n, 0)));
console.log(new Set([1, , 3]), new Map([[1, 2], [1, 3], ["a", { b: 1 }]]));
console.log(new Map([[0.5, 1.5], [2.5, 3.5]]), new Map([[1]]), new Map([Object.freeze([1, 2])]));
for (const bad of [[1], [[1, 2], null]]) try { new Map(bad); } catch (error) { console.log(error.message); }
class Loud extends Set { add(value) { console.log("add", value); return super.add(value); } }
console.log(new Loud([1, 2]).size);
const add = Set.prototype.add;
Set.prototype.add = function (value) { return add.call(this, value * 2); };
console.log(new Set([1, 2]));
Set.prototype.add = add;
const values = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield "patched"; };
console.log(new Set([1, 2]).size, Math.max.call(null, ...[1]));
Array.prototype[Symbol.iterator] = values;
console.log(new Set([1, 2]).size);

// for-in, keys, rest
const walked = { a: 1, b: 2, c: 3 };
for (const key in walked) { console.log(key); delete walked.b; walked.d = 4; }
const child = Object.create({ a: 1, z: 2 }, { a: { value: 1, enumerable: false }, y: { value: 2, enumerable: true } });
child.w = 1;
for (const key in child) console.log(key);
for (const key in Object.assign(Object.create({ inherited: 1 }), { own: 1 })) console.log(key);
for (const key in { b: 1, 2: 1, a: 1, 1: 1 }) console.log(key);
console.log(Object.keys({ b: 1, 2: 1, a: 1, [Symbol()]: 1 }), Object.entries({ a: 1.5, b: [2] }));
const name = "b";
const { a, [name]: taken, ...others } = { a: 1, b: 2, c: 3.5, d: 4 };
console.log(a, taken, others);
const { 1: one, ...tail } = { 1: "one", 2: "two", x: 3 };
console.log(one, tail);

// Reflect and proxies
const receiver = { x: "receiver" };
const source = { get who() { return this && this.x; }, x: "source", set own(value) { this.kept = value; } };
console.log(Reflect.get(source, "who"), Reflect.get(source, "who", receiver), Reflect.get(source, "x"));
console.log(Reflect.get({ get who() { "use strict"; return this; } }, "who", undefined));
console.log(Reflect.set(source, "own", 5, receiver), receiver, Reflect.get.length, Reflect.set.length);
console.log("a" in new Proxy({ a: 1 }, {}), "a" in new Proxy({}, { has: () => true }), "a" in new Proxy({}, { has: null }));
try { "a" in new Proxy({}, { has: 1 }); } catch (error) { console.log(error.message); }
try { "a" in new Proxy(Object.freeze({ a: 1 }), { has: () => false }); } catch (error) { console.log(error.message); }

// Methods of arrays on what is no plain array
class Numbers extends Array {}
const numbers = Numbers.from([1, 2, 3]);
console.log(numbers.map((n) => n * 2) instanceof Numbers, numbers.filter((n) => n > 1));
console.log(Array.prototype.map.call({ length: 2, 0: "a", 1: "b" }, (s) => s + s));
console.log(Array.prototype.filter.call("abc", (c) => c > "a"), [1, , 3].map((n) => n), [3, , 1].reduce((x, y) => x + y));
for (const f of [undefined, 1, {}]) try { [].map(f); } catch (error) { console.log(error.message); }
const order = [];
try { Array.prototype.forEach.call({ get length() { order.push("length"); return 1; } }, 5); } catch (error) { console.log(order, error.message); }
Array.prototype.constructor = class Other extends Array {};
console.log([1].map((n) => n).constructor === Array.prototype.constructor);
Array.prototype.constructor = Array;

// Generators keep their registers
function* counter(from, step = 1) {
  let a = from, b = [from];
  for (;;) { const sent = yield [a, b.length]; a += step; b.push(sent); }
}
const first = counter(1), second = counter(10, 5);
for (let i = 0; i < 3; i++) console.log(first.next(i).value, second.next().value);
console.log(first.return("end"), first.next());
