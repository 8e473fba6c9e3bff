// Factories of closures, composed and called.
function counter(start) {
  let n = start;
  return { next: () => ++n, add: (k) => (n += k), get: () => n };
}
const compose = (...fs) => (x) => fs.reduce((value, f) => f(value), x);
const adder = (k) => (x) => x + k;
const scaler = (k) => (x) => (x * k) % 1000003;

let sum = 0;
for (let round = 0; round < 60000; round++) {
  const c = counter(round);
  for (let i = 0; i < 5; i++) sum = (sum + c.next() + c.add(i)) % 1000003;
  const f = compose(adder(round), scaler(3), adder(1), (x) => x ^ round);
  sum = (sum + f(sum) + c.get()) % 1000003;
}
const curry = (a) => (b) => (c) => (d) => a + b * c - d;
for (let i = 0; i < 200000; i++) sum = (sum + curry(i)(2)(3)(i & 255)) % 1000003;
console.log("sum", sum);
