// A list of live objects that keeps growing: at some point
// the old generation comes near its limit.

const rows = [];
for (let i = 0; i < 260000; i++) {
  rows.push({ id: i, name: "row " + i, tags: [i % 7, i % 11] });
}
console.log(rows.length, "rows");
