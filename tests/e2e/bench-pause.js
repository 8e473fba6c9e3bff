// Measures how long Pause takes: pressed at many moments of programs that never end, from the press to the paused state on
// the page. The worker's longest turn, which a press waits for at worst, is taken from the worker itself. So is the picture of
// the paused heap, for which the worker traces all of it.
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSite } from "./site.js";

const SECONDS = Number(process.env.SECONDS ?? 20);
const PROGRAMS = {
  "an empty loop": "while (true) {}",
  "a growing array": "const a = []; while (true) { a.push({}); }",
  "a growing Map": "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });",
  "a growing array of strings": "const a = []; for (let i = 0; ; i++) a.push('string number ' + i);",
};

process.env.SEMISPACE_SITE = await timedSite(process.env.SEMISPACE_SITE);
const site = await openSite();
for (const [name, source] of Object.entries(PROGRAMS)) {
  const { pauses, turns, end } = await measure(source);
  const sorted = [...pauses].sort((a, b) => a - b);
  const ms = (number = NaN) => `${number.toFixed(0)} ms`;
  console.log(
    `${name}: ${pauses.length} presses, median ${ms(sorted[sorted.length >> 1])}, longest ${ms(sorted.at(-1))}; ` +
      `${turns.count} turns, longest ${ms(turns.longest)}, ${turns.late} above 50 ms; ` +
      `picture of the paused heap ${ms(turns.longestStill)}; at the end ${end}`,
  );
}
await site.close();
await rm(process.env.SEMISPACE_SITE, { recursive: true });

/** A copy of the site whose worker has a clock around each turn. */
async function timedSite(built) {
  const copy = await mkdtemp(join(tmpdir(), "semispace-"));
  await cp(built, copy, { recursive: true });
  const name = (await readdir(copy)).find((file) => /^worker(-\w+)?\.js$/.test(file));
  const path = join(copy, name);
  const worker = await readFile(path, "utf8");
  const timed = worker.replace(/(\w+)\.turn\(\)/, "timed($1)");
  if (timed === worker) throw new Error("the worker takes no turns");
  await writeFile(
    path,
    `${timed}
const turns = { count: 0, late: 0, longest: 0, longestStill: 0 };
function timed(engine) {
  const start = performance.now();
  const replies = engine.turn();
  const took = performance.now() - start;
  if (engine.wantsTurn()) {
    turns.count += 1;
    turns.late += took > 50;
    turns.longest = Math.max(took, turns.longest);
  } else {
    turns.longestStill = Math.max(took, turns.longestStill);
    console.debug("turns", JSON.stringify(turns));
  }
  return replies;
}
`,
  );
  return copy;
}

async function measure(source) {
  const page = await site.visit();
  let turns = { count: 0, late: 0, longest: NaN, longestStill: NaN };
  page.page.on("console", (message) => {
    const text = message.text();
    if (text.startsWith("turns ")) turns = JSON.parse(text.slice(6));
  });
  await page.type(source);
  await page.setFullSpeed();
  const pauses = [];
  const start = Date.now();
  for (let press = 0; Date.now() - start < SECONDS * 1000; press += 1) {
    await page.press("Run");
    await page.waitForState("Running");
    await page.page.waitForTimeout(100 + ((press * 389) % 700));
    // Out of memory: that is the end of it.
    if (!(await page.state()).startsWith("Running")) break;
    const took = await page.timeToPause();
    if (!(await page.state()).startsWith("Paused")) break;
    pauses.push(took);
  }
  const end = `${(await page.state()).slice(0, 80)}, ${await page.figure("heap-total-line")}`;
  await page.close();
  return { pauses, turns, end };
}
