// DevTools' own heap-snapshot worker, run under Node. Bundled by peers/setup.sh; used by `snapshot-bench`.
//   node devtools.bundle.mjs time FILE      load as DevTools does: milliseconds, peak memory in KiB
//   node devtools.bundle.mjs retained FILE  the retained size of every node, one a line, before shallow sizes are moved
import fs from 'node:fs';
import { Worker, isMainThread, parentPort, MessageChannel } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import * as HeapSnapshot from 'DEVTOOLS/entrypoints/heap_snapshot_worker/HeapSnapshot.js';
import * as HeapSnapshotLoader from 'DEVTOOLS/entrypoints/heap_snapshot_worker/HeapSnapshotLoader.js';

// Node 20 does not have it yet.
Promise.withResolvers ??= () => {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

if (!isMainThread) {
  parentPort.once('message', ({ port }) => new HeapSnapshot.SecondaryInitManager(port));
} else {
  await main();
}

async function main() {
  const [what, file] = process.argv.slice(2);
  const start = performance.now();
  if (what === 'retained') HeapSnapshot.JSHeapSnapshot.prototype.calculateShallowSizes = () => {};
  const channel = new MessageChannel();
  const second = new Worker(fileURLToPath(import.meta.url));
  second.postMessage({ port: channel.port2 }, [channel.port2]);
  const loader = new HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
  const stream = fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 4 << 20 });
  for await (const chunk of stream) await loader.write(chunk);
  loader.close();
  const snapshot = await loader.buildSnapshot(channel.port1);
  const ms = performance.now() - start;
  if (what === 'retained') {
    const out = [];
    for (let node = 0; node < snapshot.nodeCount; node++) out.push(snapshot.retainedSizes[node]);
    process.stdout.write(out.join('\n') + '\n', () => process.exit(0));
    return;
  }
  const peak = /VmHWM:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1];
  console.log(ms.toFixed(1), peak, snapshot.nodeCount);
  process.exit(0);
}
