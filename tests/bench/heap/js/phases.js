// The graphs of the heap's own benchmark in V8: nodes of six words, every second one held by tables of 512, the others by
// their neighbours, in the order of their addresses or shuffled. V8's trace tells how long its collector took.
// node --expose-gc --single-threaded-gc --trace-gc-nvp --min-semi-space-size=64 --max-semi-space-size=64 phases.js PHASE ORDER
'use strict';
const [phase, order] = process.argv.slice(2);
const COUNT = phase === 'mark' ? 2000000 : 400000;
class Node {
  constructor(payload) {
    this.left = null;
    this.right = null;
    this.payload = payload;
  }
}
function link() {
  const pairs = [];
  for (let i = 0; i < COUNT; i += 2) {
    const first = new Node(i);
    const second = new Node(i + 1);
    first.left = second;
    pairs.push(first);
  }
  if (order === 'shuffled') {
    let seed = 7;
    for (let at = pairs.length - 1; at > 0; at--) {
      seed = (seed * 16807) % 2147483647;
      const other = seed % (at + 1);
      [pairs[at], pairs[other]] = [pairs[other], pairs[at]];
    }
  }
  const tables = [];
  for (let at = 0; at < pairs.length; at += 512) tables.push(pairs.slice(at, at + 512));
  return tables;
}
let kept = [];
for (let round = 0; round < 9; round++) {
  kept = null;
  gc();
  kept = link();
  if (phase === 'mark') {
    // Everything is old after the first collection; the second only marks.
    gc();
    console.log('measure');
    gc();
  } else {
    console.log('measure');
    gc(phase === 'scavenge' ? { type: 'minor' } : undefined);
  }
}
