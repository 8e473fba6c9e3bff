// The engine beside its peers, on the same programs in one run. `cargo xtask bench --peers` starts it.
//
// Every engine is a child process, timed from outside, the engines in turn and in another order each round, so that a noisy
// machine is noisy for all. What an engine takes for an empty program is subtracted. Every engine must print the same.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { SEMISPACE_PROGRAM: program, SEMISPACE_BOA: boa, SEMISPACE_ROUNDS: rounds = "5" } = process.env;

const ENGINES = {
  native: [program, "run"],
  wasm: [process.execPath, here("run-wasm.js")],
  quickjs: [process.execPath, here("run-quickjs.js")],
  jitless: [process.execPath, "--jitless", "--no-expose-wasm"],
  ...(boa ? { boa: [boa] } : {}),
};

/** What a table compares: a name, ours, theirs. */
const PAIRS = [
  ["wasm / quickjs-emscripten", "wasm", "quickjs"],
  ["native / node --jitless", "native", "jitless"],
  ...(boa ? [["native / boa", "native", "boa"]] : []),
];

const folder = (name) => readdirSync(here(name)).filter((file) => file.endsWith(".js")).map((file) => here(`${name}/${file}`));
const wanted = process.argv.slice(2);
const programs = [...folder("../workloads"), ...folder("programs")].filter(
  (path) => wanted.length === 0 || wanted.includes(basename(path, ".js")),
);

function run(engine, path) {
  const [command, ...words] = ENGINES[engine];
  const start = process.hrtime.bigint();
  const output = execFileSync(command, [...words, path], { encoding: "utf8", maxBuffer: 1 << 26 });
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, output };
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const times = new Map(Object.keys(ENGINES).map((engine) => [engine, new Map()]));
const all = [here("empty.js"), ...programs];
for (let round = 0; round < Number(rounds); round++) {
  for (const path of all) {
    const engines = Object.keys(ENGINES);
    const order = [...engines.slice(round % engines.length), ...engines.slice(0, round % engines.length)];
    let expected;
    for (const engine of order) {
      const { ms, output } = run(engine, path);
      expected ??= output;
      if (output !== expected) throw new Error(`${engine} prints something else for ${basename(path)}:\n${output}\n${expected}`);
      const of = times.get(engine);
      of.set(path, [...(of.get(path) ?? []), ms]);
    }
  }
  console.error(`round ${round + 1} of ${rounds}`);
}

/** Median milliseconds of a program from the start of its process. */
const gross = (engine, path) => median(times.get(engine).get(path));

/** The same without the engine's start. */
const net = (engine, path) => Math.max(gross(engine, path) - gross(engine, here("empty.js")), 1);

const geometricMean = (ratios) => Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
const engines = Object.keys(ENGINES);
console.log(`| program, ms | ${engines.join(" | ")} | ${PAIRS.map(([name]) => name).join(" | ")} |`);
console.log(`|---|${"---:|".repeat(engines.length + PAIRS.length)}`);
const ratios = new Map(PAIRS.map(([name]) => [name, []]));
for (const path of programs) {
  const cells = engines.map((engine) => net(engine, path).toFixed(0));
  for (const [name, ours, theirs] of PAIRS) {
    const ratio = net(ours, path) / net(theirs, path);
    ratios.get(name).push(ratio);
    cells.push(`${ratio.toFixed(2)}x`);
  }
  console.log(`| ${basename(path, ".js")} | ${cells.join(" | ")} |`);
}
const row = (name, cells, ratios) => console.log(`| ${[name, ...cells, ...ratios.map((ratio) => `${ratio.toFixed(2)}x`)].join(" | ")} |`);
const blank = engines.map(() => "");
row("geometric mean of time", blank, PAIRS.map(([name]) => geometricMean(ratios.get(name))));
row(
  "the same with the start of the process, which takes",
  engines.map((engine) => gross(engine, here("empty.js")).toFixed(0)),
  PAIRS.map(([, ours, theirs]) => geometricMean(programs.map((path) => gross(ours, path) / gross(theirs, path)))),
);
