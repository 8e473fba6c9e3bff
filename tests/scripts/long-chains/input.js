// A chain needs no more registers than its longest link.
class Counter {
  count = 0;
  #hidden() { this.count += 10; return this; }
  add(n = 1) { this.count += n; return this; }
  get same() { return this; }
  next() { return new Counter().add(this.count); }
  hidden() { return this.#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden().#hidden(); }
}
const key = 'add';
console.log(new Counter()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .add().add().add().add().add().add().add().add().add().add()
  .count);
console.log(new Counter()
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .add().same.add().same.add().same.add().same.add().same.add().same
  .count);
console.log(new Counter()
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  [key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)[key](2)
  .count);
console.log(new Counter()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  ?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()?.add(3).next()
  .count);
console.log(new Counter().hidden().count);
const curried = (all) => (n) => n === undefined ? all.length : curried([...all, n]);
console.log(curried([])
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  (1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)
  ());
const missing = new Counter().add(2);
console.log(missing
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  ?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()?.add()
  .nothing?.add().add());
try {
  missing.add().add()
    .nothing().add();
} catch (error) {
  console.log(error.message);
}
let promise = Promise.resolve(1);
promise
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => n + 1).then((n) => n + 1).then((n) => n + 1).then((n) => n + 1)
  .then((n) => console.log(n));
// What an argument needs while the chain waits for it.
const fill = () => { let text = ''; for (let i = 0; i < 50; i++) text += { i }.i; return text.length; };
console.log(new Counter()
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .add(fill()).add(fill()).add(fill()).add(fill()).add(fill()).add(fill())
  .count);
// A receiver that a call makes is what the method is called on, whatever its arguments do.
let held = { name: 'first', show(text) { return this.name + text; } };
const give = () => held;
console.log(give().show((held = { name: 'second' }, '!')), held.name);
console.log(give?.().name, [1, 2, 3].map((n) => n * 2).filter((n) => n > 2).join());
