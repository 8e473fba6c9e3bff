// Cuts a real heap snapshot down to a seed for fuzzing: the first nodes, and of their edges those that stay among them, in V8's
// own layout, with all traces and the strings that are still named.
//   node reduce.js FILE SEED [NODES]
'use strict';
const fs = require('fs');

const [file, target, nodes = '400'] = process.argv.slice(2);
const heap = JSON.parse(fs.readFileSync(file, 'utf8'));
const { meta } = heap.snapshot;
const fields = meta.node_fields.length, kept = Math.min(Number(nodes), heap.snapshot.node_count);
const at = (name) => meta.node_fields.indexOf(name);
const strings = new Map();
const text = (index) => {
  if (!strings.has(index)) strings.set(index, strings.size);
  return strings.get(index);
};

const rows = [], edges = [];
let edge = 0;
for (let node = 0; node < kept; node++) {
  const row = heap.nodes.slice(node * fields, (node + 1) * fields);
  let count = 0;
  for (let left = row[at('edge_count')]; left > 0; left--, edge++) {
    const [type, name, to] = heap.edges.slice(edge * 3, edge * 3 + 3);
    if (to >= kept * fields) continue;
    const isNumber = ['element', 'hidden'].includes(meta.edge_types[0][type]);
    edges.push([type, isNumber ? name : text(name), to]);
    count++;
  }
  row[at('name')] = text(row[at('name')]);
  row[at('edge_count')] = count;
  rows.push(row);
}
const list = (numbers, width) => {
  const lines = [];
  for (let from = 0; from < numbers.length; from += width) lines.push(numbers.slice(from, from + width).join(','));
  return lines.join('\n,');
};
const functions = heap.trace_function_infos.slice();
for (let from = 0; from < functions.length; from += 6) {
  functions[from + 1] = text(functions[from + 1]);
  functions[from + 2] = text(functions[from + 2]);
}
const places = [];
for (let from = 0; from < heap.locations.length; from += 4)
  if (heap.locations[from] < kept * fields) places.push(...heap.locations.slice(from, from + 4));
const head = { ...heap.snapshot, node_count: kept, edge_count: edges.length };
const texts = [...strings.keys()].map((index) => JSON.stringify(heap.strings[index]));
fs.writeFileSync(target, `{"snapshot":${JSON.stringify(head)},
"nodes":[${list(rows.flat(), fields)}
],
"edges":[${list(edges.flat(), 3)}
],
"trace_function_infos":[${list(functions, 6)}],
"trace_tree":${JSON.stringify(heap.trace_tree)},
"samples":[${heap.samples.slice(0, 20)}],
"locations":[${list(places, 4)}],
"strings":[${texts.join(',\n')}]}
`);
