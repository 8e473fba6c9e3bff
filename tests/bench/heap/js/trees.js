// Binary trees, as in src/boxed.rs. Prints the milliseconds.
'use strict';
const DEPTH = 16;
class Tree {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }
}
function build(depth) {
  if (depth === 0) return new Tree(null, null);
  return new Tree(build(depth - 1), build(depth - 1));
}
function check(tree) {
  return tree.left === null ? 1 : 1 + check(tree.left) + check(tree.right);
}
const start = process.hrtime.bigint();
let sum = check(build(DEPTH + 1));
const longLived = build(DEPTH);
for (let depth = 4; depth <= DEPTH; depth += 2) {
  const count = 1 << (DEPTH - depth + 4);
  for (let i = 0; i < count; i++) sum += check(build(depth));
}
if (sum + check(longLived) !== 14985902) throw new Error('wrong sum');
console.log(Number(process.hrtime.bigint() - start) / 1e6);
