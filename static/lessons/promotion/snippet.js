// The table is built once and used to the end.
// Everything else dies young.

const table = new Map();
for (let i = 0; i < 4000; i++) table.set("key" + i, { i, square: i * i });

gc({ type: "minor" }); // first survival: copied within new space
gc({ type: "minor" }); // second survival: promoted to old space

let sum = 0;
for (let i = 0; i < 100000; i++) {
  const point = { x: i, y: i + 1 };
  sum += point.x + point.y;
}
console.log(sum);
