// What caches remember is forgotten in time: prototypes, accessors, shapes, elements of prototypes.
const log = (...things) => console.log(...things);
class A { get x() { return "A.x"; } m() { return "A.m"; } }
class B extends A { m() { return "B.m"; } }
class C { constructor() { this.x = "own"; } m() { return "C.m"; } }
const read = (o) => o.x + " " + o.m() + " " + o["x"] + " " + o[["m"][0]]();
const objects = [new A(), new B(), new C(), Object.create(new B())];
for (let round = 0; round < 3; round++) log(objects.map(read).join(", "));
Object.defineProperty(A.prototype, "x", { get() { return "A.x again"; }, configurable: true });
log(objects.map(read).join(", "));
Object.defineProperty(A.prototype, "x", { value: "data", configurable: true, writable: true });
log(objects.map(read).join(", "));
A.prototype.m = () => "A.m again";
delete B.prototype.m;
log(objects.map(read).join(", "));
Object.setPrototypeOf(B.prototype, { x: "other", m: () => "other m" });
log(objects.map(read).join(", "));
delete A.prototype.x;
log(objects.slice(0, 1).map((o) => String(o.x)).join());

// Stores: own, added, out of object, with a setter in the chain.
class D { set v(value) { this._v = value + 1; } get v() { return this._v; } }
const put = (o, value) => { o.v = value; o["w"] = value; return o.v + "/" + o.w; };
log([new D(), {}, { v: 0 }, new D(), {}, Object.freeze({ v: 1, w: 2 })].map((o) => put(o, 7)).join());
const wide = {};
for (let i = 0; i < 40; i++) wide["p" + i] = i;
for (let round = 0; round < 3; round++) { wide.p30 = round; wide.p39 += 1; }
log(wide.p30, wide.p39, wide["p" + 31]);

// Arrays: holes, ends, doubles, pops, prototypes with elements.
const a = new Array(5);
for (let i = 0; i < 5; i++) a[i] = i;
a[5] = 5.5; a[6] = "six"; a.push(7, 8); a.push(9);
log(a.join(), a.length, a.pop(), a.length, a[20]);
const doubles = [1.5, 2.5];
for (let i = 2; i < 20; i++) doubles[i] = i / 2;
while (doubles.length > 1) doubles.pop();
doubles.push("mixed");
log(doubles.join());
const big = [];
for (let i = 0; i < 1000; i++) big.push(i);
while (big.length > 3) big.pop();
big[3] = "three"; big.length = 2; big.push("end");
log(big.join(), big.length, 3 in big);
const frozen = Object.freeze([1, , 3]);
try { "use strict"; (() => { "use strict"; frozen[1] = 2; })(); } catch (error) { log(error.message); }
let told = "";
Object.defineProperty(Array.prototype, 1, { get: () => "from prototype", set(v) { told += "set " + v + ";"; }, configurable: true });
const holed = [0, , 2];
told += holed[1] + ";";
holed[1] = "x";
told += holed[1] + ";";
delete Array.prototype[1];
log(told);
holed[1] = "y"; log(holed.join());

// Iterations over results that are, and are not, of the usual shape.
const iterable = (make) => ({ [Symbol.iterator]() { let i = 0; return { next: () => make(i++) }; } });
log([...iterable((i) => ({ value: i, done: i > 2 }))].join(), [...iterable((i) => ({ done: i > 2, value: i }))].join());
log([...iterable((i) => ({ value: i, done: i > 2, more: 1 }))].join(), [...iterable((i) => ({ get value() { return i * 2; }, done: i > 1 }))].join());
const map = new Map([["a", 1], ["b", 2], ["c", 3]]);
const keys = map.keys();
map.delete("a"); map.delete("b");
log(keys.next().value, map.size, [...map].join());
map.set("a", 4); map.delete("c");
log(keys.next().value, keys.next().done, [...map.entries()].join());
log("abc"[1], "abc"[3], "é"[0], "日本"[1], ("abcdefgh" + "ijklmnop")[10], "abcdefghijklmnopqrst".slice(3)[2], "abc"["length"], "abc"["1"]);
