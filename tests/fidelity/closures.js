// Counters made of closures that share a context; a window of them stays alive.
function counter(step) {
  let count = 0;
  return { add: () => { count += step; }, get: () => count };
}
const ROUNDS = 400000;
const window_ = [];
let sum = 0;
for (let i = 0; i < ROUNDS; i++) {
  const c = counter(i % 10);
  c.add();
  c.add();
  sum += c.get();
  window_[i % 5000] = c;
}
console.log(sum);
