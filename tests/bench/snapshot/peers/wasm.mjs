// The package under Node: read, dominator tree, retained sizes; milliseconds, peak KiB of the process, nodes.
//   node wasm.mjs PACKAGE FILE     PACKAGE is the folder that `cargo xtask package` has made
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, file] = process.argv.slice(2);
const engine = await import(pathToFileURL(resolve(folder, 'node.js')));
await engine.default();

const start = performance.now();
const reader = new engine.SnapshotReader((await stat(file)).size);
for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) reader.feed(piece);
const snapshot = reader.finish();
const ms = performance.now() - start;
const { nodeCount } = snapshot.summary(1);
const peak = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
console.log(ms.toFixed(1), peak, nodeCount);
