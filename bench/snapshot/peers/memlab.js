// memlab's full load (what `memlab analyze` does first): milliseconds, peak memory in KiB, nodes, edges.
'use strict';
const fs = require('fs');
const { getFullHeapFromFile } = require('@memlab/heap-analysis');

(async () => {
  const start = performance.now();
  const heap = await getFullHeapFromFile(process.argv[2]);
  const ms = performance.now() - start;
  let nodes = 0;
  let edges = 0;
  heap.nodes.forEach(() => { nodes++; });
  heap.edges.forEach(() => { edges++; });
  const peak = /VmHWM:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1];
  console.log(ms.toFixed(1), peak, nodes, edges);
  process.exit(0);
})();
