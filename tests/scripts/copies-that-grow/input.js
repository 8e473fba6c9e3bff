// Copies by spread that get more properties, lose some, are copied again, closed, and used as keys.
const a = { ...{ a: 1 }, b: 2 };
a.c = 3;
a.d = 4;
a.e = 5;
delete a.e;
a.f = 6;
console.log(a, Object.keys(a));

const b = { ...a, z: 1 };
Object.defineProperty(b, 'q', { value: 1 });
b.w = 2;
console.log(b, Object.getOwnPropertyDescriptors(b));

const frozen = Object.freeze({ ...a, k: 1 });
frozen.k = 2;
console.log(frozen);

const keys = new Map([[b, 1]]);
b.more = 1;
b.evenMore = 2;
console.log(keys.get(b));

let grown = {};
for (let i = 0; i < 40; i++) grown = { ...grown, ['k' + i]: i };
console.log(Object.keys(grown).length, grown.k0, grown.k39);

const again = { ...a, z: 1 };
for (const each of [again, again, again, again, again, again, again]) console.log({ ...each, u: each.a });
console.log({ ...'ab', ...[1, 2], ...null, ...undefined });

for (let i = 0; i < 30; i++) {
  const y = { ...again, ['a' + i]: 1 };
  y.double = 1.5;
  y.double += 1;
  const z = { ...y };
  y.double = 0;
  if (z.double !== 2.5 || Object.keys(z).join() !== Object.keys(y).join()) throw new Error(`copy ${i}`);
}

const withGetter = (n) => ({ n, get twice() { return this.n * 2; }, set twice(value) { this.n = value / 2; } });
for (let i = 0; i < 3; i++) {
  const object = withGetter(i);
  object.twice = 10;
  object.extra = i;
  console.log(object, object.twice, Object.keys(object), { ...object });
}
