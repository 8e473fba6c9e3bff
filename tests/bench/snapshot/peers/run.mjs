// Every tool on the same files, by turns, each job in a process of its own: medians of time, processor time and peak memory.
//   node peers/run.mjs ROUNDS PACKAGE FILE...               read, dominator tree, retained sizes
//   node peers/run.mjs ROUNDS leaks ONE TWO THREE           what leaks, by three snapshots
// PACKAGE is the folder that `cargo xtask package` has made. The bench must be built (`cargo build --release`) and its peers set up.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

// A tool that takes longer is stopped, and left out of the following rounds.
const LIMIT_MS = 30_000;
const here = fileURLToPath(new URL('..', import.meta.url));
const bench = `${here}target/release/snapshot-bench`, peers = `${here}target/peers`;
const [rounds, what, ...files] = process.argv.slice(2);

const loading = {
  'this crate': (file) => [bench, 'one', 'semispace', file],
  serde_json: (file) => [bench, 'one', 'serde', file],
  'v8-heap-parser': (file) => [bench, 'one', 'v8-heap-parser', file],
  'DevTools': (file) => ['node', `${peers}/devtools.bundle.mjs`, 'time', file],
  memlab: (file) => ['node', `${peers}/memlab.js`, 'load', file],
  'this crate, WebAssembly': (file) => ['node', `${here}peers/wasm.mjs`, what, file],
};
const leaking = {
  'this crate': (files) => [bench, 'one', 'leaks', ...files],
  memlab: ([one, two, three]) => [
    'node', `${peers}/node_modules/memlab/bin/memlab`, 'find-leaks', '--baseline', one, '--target', two, '--final', three,
  ],
};

// Seconds of time and processor time, and MB; undefined for a process that was stopped or failed.
function measure(command) {
  const done = spawnSync('/usr/bin/time', ['-f', 'measured %e %U %S %M', ...command], {
    encoding: 'utf8', timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 28,
  });
  const numbers = /measured ([\d.]+) ([\d.]+) ([\d.]+) (\d+)/.exec(done.stderr ?? '');
  if (done.status !== 0 || numbers === null) return undefined;
  const [time, user, system, kilobytes] = numbers.slice(1).map(Number);
  return { time, cpu: user + system, megabytes: kilobytes * 1024 / 1e6 };
}

function compare(title, bytes, tools, argument) {
  const results = new Map(Object.keys(tools).map((name) => [name, []]));
  for (let round = 0; round < Number(rounds); round++) {
    for (const [name, command] of Object.entries(tools)) {
      const list = results.get(name);
      if (list.length === round) list.push(...[measure(command(argument))].filter(Boolean));
    }
  }
  const median = (name, figure) => results.get(name).map((result) => result[figure]).sort((a, b) => a - b)[results.get(name).length >> 1];
  const [own] = Object.keys(tools);
  console.log(`${title}: ${(bytes / 1e6).toFixed(1)} MB, medians of ${rounds}`);
  for (const name of Object.keys(tools)) {
    if (results.get(name).length === 0) {
      console.log(`  ${name}: stopped`);
      continue;
    }
    const [time, cpu, megabytes] = ['time', 'cpu', 'megabytes'].map((figure) => median(name, figure));
    const ratio = (time / median(own, 'time')).toFixed(1);
    console.log(`  ${name}: ${time.toFixed(2)} s (${ratio}x), processor ${cpu.toFixed(2)} s, ${megabytes.toFixed(0)} MB (${(megabytes * 1e6 / bytes).toFixed(1)} x the file)`);
  }
}

if (what === 'leaks') {
  compare('leaks', files.reduce((sum, file) => sum + statSync(file).size, 0), leaking, files);
} else {
  for (const file of files) compare(basename(file), statSync(file).size, loading, file);
}
