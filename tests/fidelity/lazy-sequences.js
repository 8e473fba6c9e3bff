// Sequences that are mapped and filtered as they are asked for, by generators made in closures.
class Sequence {
  constructor(source) {
    this.source = source;
  }
  static range(from, to) {
    return new Sequence((function* () {
      for (let i = from; i < to; i++) yield i;
    })());
  }
  map(change) {
    const source = this.source;
    return new Sequence((function* () {
      for (const item of source) yield change(item);
    })());
  }
  filter(wanted) {
    const source = this.source;
    return new Sequence((function* () {
      for (const item of source) if (wanted(item)) yield item;
    })());
  }
  take(count) {
    const source = this.source;
    return new Sequence((function* () {
      let taken = 0;
      for (const item of source) {
        yield item;
        if (++taken >= count) return;
      }
    })());
  }
  *[Symbol.iterator]() {
    yield* this.source;
  }
}
const kept = [];
let total = 0;
for (let i = 0; i < 3000; i++) {
  const points = Sequence.range(i, i + 60).map((x) => ({ x, y: x * 0.5 })).filter((point) => point.x % 3 === 0);
  const list = [...points.take(12)];
  total += list.length;
  kept.push(list);
  if (kept.length > 200) kept.shift();
}
console.log(total);
