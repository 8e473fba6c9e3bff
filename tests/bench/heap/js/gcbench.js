// GCBench, as in src/boxed.rs. Prints the milliseconds.
'use strict';
class Node {
  constructor(left, right) {
    this.left = left;
    this.right = right;
    this.i = 0;
    this.j = 0;
  }
}
function make(depth) {
  return depth === 0 ? new Node(null, null) : new Node(make(depth - 1), make(depth - 1));
}
function populate(depth, node) {
  if (depth === 0) return;
  node.left = new Node(null, null);
  node.right = new Node(null, null);
  populate(depth - 1, node.left);
  populate(depth - 1, node.right);
}
function count(node) {
  return node === null ? 0 : 1 + count(node.left) + count(node.right);
}
const size = (depth) => (1 << (depth + 1)) - 1;
const start = process.hrtime.bigint();
make(18);
const longLived = new Node(null, null);
populate(16, longLived);
const array = new Float64Array(500000);
for (let i = 0; i < array.length; i++) array[i] = 1 / (i + 1);
for (let depth = 4; depth <= 16; depth += 2) {
  const iterations = Math.floor((2 * size(18)) / size(depth));
  for (let i = 0; i < iterations; i++) populate(depth, new Node(null, null));
  for (let i = 0; i < iterations; i++) make(depth);
}
if (count(longLived) !== size(16)) throw new Error('wrong count');
console.log(Number(process.hrtime.bigint() - start) / 1e6);
