// Documents written to JSON and read back.
function tree(depth, id) {
  return { id: id, name: 'node ' + id, tags: ['a', 'b', 'c'], children: depth === 0 ? [] : [tree(depth - 1, id * 2), tree(depth - 1, id * 2 + 1)] };
}
const ROUNDS = 60;
const kept = [];
let length = 0;
for (let round = 0; round < ROUNDS; round++) {
  const text = JSON.stringify(tree(10, 1));
  length += text.length;
  kept.push(JSON.parse(text));
  if (kept.length > 6) kept.shift();
}
console.log(length, kept.length);
