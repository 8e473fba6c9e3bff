// A field of doubles is written in place: whoever has read it before keeps what was read.
const half = 0.5;
function point(x, y) {
  return { x, y };
}
/** Writes a field again and again, through one instruction that knows it. */
function bump(o) {
  for (let i = 0; i < 3; i++) o.x += half;
  return o;
}
for (let i = 0; i < 5; i++) bump(point(i + half, half));

/** What was read in every way, after the field was written. */
const ways = {
  name: (o) => o.x,
  key: (o, key = 'x') => o[key],
  destructured: ({ x }) => x,
  rest: ({ y, ...rest }) => rest.x,
  spread: (o) => ({ ...o }).x,
  assigned: (o) => Object.assign({}, o).x,
  values: (o) => Object.values(o)[0],
  entries: (o) => Object.entries(o)[0][1],
  descriptor: (o) => Object.getOwnPropertyDescriptor(o, 'x').value,
  descriptors: (o) => Object.getOwnPropertyDescriptors(o).x.value,
  reflected: (o) => Reflect.get(o, 'x'),
  inherited: (o) => Object.create(o).x,
  proxied: (o) => new Proxy(o, {}).x,
  text: (o) => JSON.parse(JSON.stringify(o)).x,
  clone: (o) => structuredClone(o).x,
  looped: (o) => { for (const key in o) return o[key]; },
  method: (o) => (function () { return this.x; }).call(o),
  optional: (o) => o?.x,
  compound: (o) => (o.x ||= 1),
  assignment: (o) => { let kept; return (kept = o.x), kept; },
  list: (o) => [o.x, o.y][0],
  map: (o) => new Map([[1, o.x]]).get(1),
  mapped: (o) => [o].map((p) => p.x)[0],
  thrown: (o) => { try { throw o.x; } catch (error) { return error; } },
  closure: (o) => { const x = o.x; return (() => x)(); },
  postfix: (o) => o.x++,
  generator: (o) => [...(function* () { yield o.x; })()][0],
};
for (const [way, read] of Object.entries(ways)) {
  const results = [];
  for (let i = 0; i < 6; i++) {
    const o = bump(point(i + 0.25, half));
    const before = read(o);
    bump(o);
    bump(o);
    results.push(before);
  }
  console.log(way, results.join());
}

// What is stored stays what it was, too.
let shared = 1.25;
const a = point(shared, 2.5);
const b = point(9.5, 9.5);
b.x = shared;
b.x = a.x;
bump(a);
bump(b);
b.y = b.x;
b.x = 7.75;
console.log(shared, a, b);

// Two objects that are copies of each other.
const first = bump(point(3.5, 4.5));
const second = { ...first };
const third = Object.assign(point(0.5, 0.5), first);
bump(first);
bump(second);
console.log(first.x, second.x, third.x);

// Whole numbers, other values, and doubles again.
function Cell(value) { this.value = value; }
const set = (cell, value) => { cell.value = value; return cell.value; };
const cells = [new Cell(1), new Cell(1.5), new Cell(0), new Cell(-0)];
for (const value of [0.5, 2, -0, 'text', 1.5, undefined, 2.5, NaN, null, 3.5]) {
  console.log(cells.map((cell) => Object.is(set(cell, value), value)).join());
  const kept = cells.map((cell) => cell.value);
  cells.forEach((cell) => set(cell, 99.5));
  console.log(kept.every((one) => Object.is(one, value)));
}

// A prototype's field is read through its objects.
class Unit {}
Unit.prototype.scale = 1.5;
const unit = new Unit();
const scales = [];
for (let i = 0; i < 4; i++) {
  scales.push(unit.scale);
  Unit.prototype.scale += 0.25;
}
console.log(scales.join());
const late = bump(point(1.5, 2.5));
const heir = Object.create(late);
const seen = [];
for (let i = 0; i < 3; i++) {
  seen.push(heir.x);
  bump(late);
}
console.log(seen.join());

// Shapes that part ways after the field.
function branch(i) {
  const o = point(i + half, half);
  bump(o);
  if (i % 2) o.z = 1; else o.w = 2;
  return o;
}
for (let i = 0; i < 4; i++) branch(i);
const odd = branch(1);
const even = point(2.25, half);
bump(even);
branch(3).x = 'text';
const taken = even.x;
even.w = 1;
bump(even);
bump(even);
console.log(taken, even.x, odd.x);

// Frozen, deleted, in dictionary mode, redefined.
const frozen = Object.freeze(bump(point(1.5, 2.5)));
try { 'use strict'; frozen.x = 5.5; } catch {}
console.log(frozen.x);
const many = bump(point(1.5, 2.5));
const beforeMany = many.x;
delete many.y;
for (let i = 0; i < 40; i++) many['p' + i] = i + half;
const inMany = many.x;
bump(many);
console.log(beforeMany, inMany, many.x);
const redefined = bump(point(1.5, 2.5));
const beforeRedefined = redefined.x;
Object.defineProperty(redefined, 'x', { value: beforeRedefined, enumerable: false });
bump(redefined);
console.log(beforeRedefined, redefined.x);
const another = bump(point(1.5, 2.5));
const read = another.x;
Object.setPrototypeOf(another, { greet() {} });
const again = another.x;
bump(another);
console.log(read, again, another.x);

// Private fields, class fields, more fields than fit inside.
class Account {
  #balance = 0.5;
  rate = 1.25;
  deposit(n) { const before = this.#balance; this.#balance += n; return before; }
  get balance() { return this.#balance; }
}
const account = new Account();
const balances = [1.5, 2.5, 3.5].map((n) => account.deposit(n));
const { rate } = account;
account.rate *= 2;
console.log(balances.join(), account.balance, rate, account.rate);
const wide = {};
for (let i = 0; i < 20; i++) wide['field' + i] = i + half;
const last = wide.field19;
for (let i = 0; i < 4; i++) wide.field19 += half;
console.log(last, wide.field19);

// Simulated for a while, across collections.
class Particle {
  constructor(i) { this.x = i * 0.5; this.v = 0.25; this.hits = 0; }
  step() { const before = this.x; this.x += this.v; if (this.x > 50) { this.v = -this.v; this.hits++; } return before; }
}
const particles = Array.from({ length: 200 }, (_, i) => new Particle(i));
let sum = 0;
for (let t = 0; t < 300; t++) for (const particle of particles) sum += particle.step();
console.log(sum, particles[17].x, particles[199].hits);
