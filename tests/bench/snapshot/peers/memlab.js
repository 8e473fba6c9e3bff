// memlab beside us:
//   node memlab.js load FILE            its full load (what `memlab analyze` does first): ms, peak KiB, nodes, edges
//   node memlab.js groups FILE          its ten constructors that retain most, as JSON: name, count, shallow, retained
//   node memlab.js leaked ONE TWO THREE ids that are in the second and third snapshot and not in the first: count, bytes
'use strict';
const fs = require('fs');
const { getFullHeapFromFile } = require('@memlab/heap-analysis');

const [what, ...files] = process.argv.slice(2);

function counts(list) {
  let count = 0;
  list.forEach(() => { count++; });
  return count;
}

async function load(file) {
  const start = performance.now();
  const heap = await getFullHeapFromFile(file);
  const ms = performance.now() - start;
  const peak = /VmHWM:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1];
  console.log(ms.toFixed(1), peak, counts(heap.nodes), counts(heap.edges));
}

// What another object of the same constructor dominates is counted with that one.
async function groups(file) {
  const heap = await getFullHeapFromFile(file);
  const found = new Map();
  heap.nodes.forEach((node) => {
    if (node.type !== 'object' || node.self_size === 0) return;
    const group = found.get(node.name) ?? { name: node.name, count: 0, shallow: 0, retained: 0 };
    found.set(node.name, group);
    group.count++;
    group.shallow += node.self_size;
    let above = node.dominatorNode;
    while (above && !(above.type === 'object' && above.name === node.name) && above.dominatorNode?.id !== above.id) {
      above = above.dominatorNode;
    }
    if (!above || above.type !== 'object' || above.name !== node.name) group.retained += node.retainedSize;
  });
  console.log(JSON.stringify([...found.values()].sort((a, b) => b.retained - a.retained).slice(0, 10)));
}

async function leaked([one, two, three]) {
  const ids = async (file) => {
    const found = new Map();
    (await getFullHeapFromFile(file)).nodes.forEach((node) => { found.set(node.id, node.self_size); });
    return found;
  };
  const before = await ids(one), then = await ids(two), last = await ids(three);
  let count = 0, bytes = 0;
  for (const [id, size] of last) {
    if (before.has(id) || !then.has(id)) continue;
    count++;
    bytes += size;
  }
  console.log(JSON.stringify({ count, bytes }));
}

const tasks = { load: () => load(files[0]), groups: () => groups(files[0]), leaked: () => leaked(files) };
tasks[what]().then(() => process.exit(0));
