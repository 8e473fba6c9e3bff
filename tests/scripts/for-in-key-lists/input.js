// Loops over objects of one shape, while the objects, their prototypes and their keys change.
const keys = (object) => { const found = []; for (const key in object) found.push(key); return found.join(); };
class Point { constructor(x, y) { this.x = x; this.y = y; } }
const points = [new Point(1, 2), new Point(3, 4), new Point(5, 6)];
console.log(points.map(keys).join(' '));
Point.prototype.shown = 1; console.log(points.map(keys).join(' '));
delete Point.prototype.shown; console.log(points.map(keys).join(' '));
points[1][7] = 'element'; console.log(points.map(keys).join(' '));
points[2].z = 1; delete points[0].x; console.log(points.map(keys).join(' '));
Object.prototype[3] = 'everywhere'; console.log(points.map(keys).join(' ')); delete Object.prototype[3];
Object.defineProperty(points[0], 'hidden', { value: 1, enumerable: false }); console.log(keys(points[0]), keys({}), keys({ a: 1 }), keys({ a: 2 }));
const deleted = { a: 1, b: 2, c: 3 }, visited = [];
for (const key in deleted) { visited.push(key); delete deleted.b; deleted.d = 4; } console.log(visited.join());
for (let round = 0; round < 2; round++) { const seen = []; for (const key in { a: 1, b: 2 }) { for (const inner in { a: 1, b: 2 }) seen.push(key + inner); } console.log(seen.join()); }
const list = ['x', , 'y']; list.name = 'n'; console.log(keys(list), keys('ab'), keys(new String('cd')), keys(null), keys([]));
const shrinking = [1, 2, 3], met = []; for (const i in shrinking) { met.push(i, typeof i); shrinking.length = 2; } console.log(met.join());
const child = Object.create({ inherited: 1, own: 2 }, { own: { value: 3, enumerable: false } }); console.log(keys(child), keys(Object.create(child)));
console.log(keys(Object.create(null)), keys(Object.assign(Object.create(null), { n: 1 })), keys(Object.assign(Object.create(null), { n: 2 })));
console.log(keys(new Proxy({ p: 1 }, {})), keys(function () {}), keys(Object.freeze({ f: 1 })), keys(new Map([[1, 2]])), keys(new Uint8Array(2)));
