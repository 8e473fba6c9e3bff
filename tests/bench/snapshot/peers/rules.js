// Which rules memlab's retained sizes follow: node rules.js FILE
// Works out the retained size of every node under DevTools' rules, less each of the two that memlab seems to lack, and
// prints how many nodes have another size in memlab.
'use strict';
const fs = require('fs');
const { getFullHeapFromFile } = require('@memlab/heap-analysis');

const VALUE_OF_WEAK_MAP = /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;

function read(file) {
  const { snapshot: { meta }, nodes, edges, strings } = JSON.parse(fs.readFileSync(file));
  const width = meta.node_fields.length, edgeWidth = meta.edge_fields.length, types = meta.edge_types[0];
  const field = (node, name) => nodes[node * width + meta.node_fields.indexOf(name)];
  const count = nodes.length / width, successors = [];
  for (let node = 0, at = 0; node < count; node++) {
    const list = [];
    for (const end = at + field(node, 'edge_count') * edgeWidth; at < end; at += edgeWidth) {
      const type = types[edges[at]], to = edges[at + 2] / width;
      const table = type === 'internal' ? VALUE_OF_WEAK_MAP.exec(strings[edges[at + 1]])?.[1] : undefined;
      list.push({ type, to, fromTable: Number(table) === field(node, 'id') });
    }
    successors.push(list);
  }
  return { count, successors, size: (node) => field(node, 'self_size') };
}

// What the root's shortcuts reach belongs to the user.
function ownedByUser({ count, successors }) {
  const owned = new Uint8Array(count), pending = successors[0].filter(({ type }) => type === 'shortcut').map(({ to }) => to);
  while (pending.length > 0) {
    const node = pending.pop();
    if (owned[node]) continue;
    owned[node] = 1;
    for (const { type, to } of successors[node]) if (type !== 'weak') pending.push(to);
  }
  return owned;
}

function retainedSizes(graph, { weakMaps, owners }) {
  const owned = ownedByUser(graph), predecessors = Array.from({ length: graph.count }, () => []);
  const kept = graph.successors.map((list, from) => list.filter(({ type, to, fromTable }) => {
    const counts = to !== from && type !== 'weak' && (type !== 'shortcut' || from === 0)
      && !(owners && from !== 0 && owned[to] && !owned[from]) && !(weakMaps && fromTable);
    if (counts) predecessors[to].push(from);
    return counts;
  }).map(({ to }) => to));
  const order = postorder(kept), number = new Int32Array(graph.count).fill(-1);
  order.forEach((node, index) => { number[node] = index; });
  // Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm.
  const above = new Int32Array(graph.count).fill(-1);
  above[0] = 0;
  const meet = (a, b) => {
    while (a !== b) number[a] < number[b] ? a = above[a] : b = above[b];
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const node of order.slice(0, -1).reverse()) {
      const dominator = predecessors[node].filter((from) => above[from] >= 0).reduce(meet);
      changed ||= above[node] !== dominator;
      above[node] = dominator;
    }
  }
  const sizes = Float64Array.from({ length: graph.count }, (_, node) => graph.size(node));
  for (const node of order.slice(0, -1)) sizes[above[node]] += sizes[node];
  return { sizes, unreachable: graph.count - order.length };
}

function postorder(successors) {
  const seen = new Uint8Array(successors.length), order = [], stack = [{ node: 0, next: 0 }];
  seen[0] = 1;
  while (stack.length > 0) {
    const top = stack[stack.length - 1], to = successors[top.node][top.next++];
    if (to === undefined) order.push(stack.pop().node);
    else if (!seen[to]) {
      seen[to] = 1;
      stack.push({ node: to, next: 0 });
    }
  }
  return order;
}

async function main(file) {
  const graph = read(file), theirs = new Float64Array(graph.count);
  (await getFullHeapFromFile(file)).nodes.forEach((node) => { theirs[node.nodeIndex] = node.retainedSize; });
  for (const rules of [{ weakMaps: true, owners: true }, { weakMaps: false, owners: true }, { weakMaps: true, owners: false }, { weakMaps: false, owners: false }]) {
    const { sizes, unreachable } = retainedSizes(graph, rules);
    const different = sizes.filter((size, node) => size !== theirs[node]).length;
    console.log(JSON.stringify({ ...rules, nodes: graph.count, different, unreachable }));
  }
}

main(process.argv[2]).then(() => process.exit(0));
