// Handlers bound to their objects, and functions that forward arguments.
class Model { constructor(n) { this.n = n; this.handlers = []; this.on = this.on.bind(this); } on(f) { this.handlers.push(f); return this; } fire() { return this.handlers.reduce((s, f) => s + f.apply(this, arguments), 0); } }
function adder(a, b) { return a + b + arguments.length; }
let sum = 0; const kept = [];
for (let i = 0; i < 60000; i++) {
  const m = new Model(i); m.on(adder.bind(null, i)).on(function () { return adder.apply(this, arguments); });
  sum += m.fire(1, 2); if (i % 16 === 0) kept.push(m);
}
console.log(sum);
