// Arrays of one literal share their elements; whoever writes to one must not change the others.
const make = () => [3, 1, 2];
const words = () => ["c", "a", null, -1.5, true];
const mixed = () => [0, -0, 1];
const changes = {
  store: (a) => (a[1] = 9),
  "store a string": (a) => (a[0] = "x"),
  "store a double": (a) => (a[2] = 0.5),
  append: (a) => (a[a.length] = 7),
  "leave a gap": (a) => (a[9] = 7),
  push: (a) => a.push(4, 5),
  pop: (a) => a.pop(),
  shift: (a) => a.shift(),
  unshift: (a) => a.unshift(0),
  splice: (a) => a.splice(1, 1),
  "splice more": (a) => a.splice(0, 1, "p", "q", "r"),
  reverse: (a) => a.reverse(),
  sort: (a) => a.sort(),
  "sort by": (a) => a.sort((x, y) => (x < y ? 1 : -1)),
  fill: (a) => a.fill(8),
  "fill a part": (a) => a.fill("f", 1, 2),
  copyWithin: (a) => a.copyWithin(0, 1),
  delete: (a) => delete a[1],
  shorten: (a) => (a.length = 1),
  lengthen: (a) => (a.length = 6),
  empty: (a) => (a.length = 0),
  define: (a) => Object.defineProperty(a, 0, { value: "d", writable: true, enumerable: true, configurable: true }),
  accessor: (a) => Object.defineProperty(a, 0, { get: () => "g" }),
  freeze: (a) => Object.freeze(a),
  assign: (a) => Object.assign(a, ["z"]),
  destructure: (a) => ([a[0], a[1]] = [a[1], a[0]]),
  reflect: (a) => Reflect.set(a, 0, "r"),
  increment: (a) => a[0]++,
  compound: (a) => (a[1] += 10),
};
for (const literal of [make, words, mixed]) {
  for (const [name, change] of Object.entries(changes)) {
    const before = literal(), changed = literal(), copy = changed.slice(), spread = [...changed];
    change(changed);
    console.log(name, changed, [before, copy, spread, literal()].every((a) => JSON.stringify(a) === JSON.stringify(before)));
  }
}
console.log(words(), [...make(), ...words()], [...make(), 4], [1, ...make()], make().concat(words(), make()));
console.log(Math.max(...make()), Math.max(1, ...make()), Math.max(...make(), 5), Math.max(...[1.5, 2.5]), Math.max(...[]));
console.log(String.fromCharCode(...[72, 105]), ((...rest) => rest)(...[1, , 3]), [...[1, , 3]], [...[0.5, , 2]]);
const list = [1, 2, 3], rest = ((...all) => all)(...list);
rest.push(4);
console.log(list, rest, new Array(...list), new (class { constructor(...a) { this.a = a; } })(...list));
const grown = [...list];
grown.push(4);
console.log(list.length, grown, [...list].concat([], [[5]], 6), [].concat([1, 2.5], ["x"]));
list[Symbol.iterator] = function* () { yield "own"; };
console.log([...list], ((...all) => all)(...list));
console.log([-0].map((x) => Object.is(x, -0)), [2147483647, -2147483648], [2147483648, 1], [1e3, 0x10]);
