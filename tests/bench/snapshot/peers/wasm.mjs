// The package under Node: read, dominator tree, retained sizes; milliseconds, peak KiB of the process, nodes.
//   node wasm.mjs SITE FILE        SITE is a folder that `cargo xtask build --release` has made
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [site, file] = process.argv.slice(2);
const engine = await import(pathToFileURL(resolve(site, 'semispace-wasm.js')));
await engine.default({ module_or_path: await readFile(resolve(site, 'semispace-wasm_bg.wasm')) });

const start = performance.now();
const reader = new engine.SnapshotReader((await stat(file)).size);
for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) reader.feed(piece);
const snapshot = reader.finish();
const ms = performance.now() - start;
const { nodeCount } = snapshot.summary(1);
const peak = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1];
console.log(ms.toFixed(1), peak, nodeCount);
