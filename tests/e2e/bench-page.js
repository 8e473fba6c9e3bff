// Measures the page while it shows a run at full speed: the longest task of the main thread, the time between frames, what
// observing costs the run, zooming in a heap of a million objects, and a first visit.
import { readFile, readdir } from "node:fs/promises";
import { openSite } from "./site.js";

// Odd, so that a median is one of them.
const RUNS = 7;
const TABS = ["Object", "Log", "Snapshots", "Buffers", "Memory", "What if", "Console"];
const MILLION = `class Node { constructor(next) { this.next = next; } }
let list = null;
for (let i = 0; i < 1000000; i++) list = new Node(list);
globalThis.list = list;`;

const gcbench = await readFile(new URL("../workloads/gcbench.js", import.meta.url), "utf8");
const site = await openSite();
console.log(`gcbench at full speed, every view open, ${RUNS} runs\n`);
const watched = [];
const bare = [];
for (let run = 0; run < RUNS; run += 1) {
  watched.push(await watch(gcbench));
  bare.push(await runBare(gcbench));
}
const { longest, median: frame, late, count } = worst(watched.map((one) => one.frames));
const [shown, alone] = [middle(watched.map((one) => one.elapsed)), middle(bare)];
// Within a round, because a machine is faster in one minute than in the next.
const share = middle(watched.map((one, round) => one.elapsed / bare[round]));
row("longest task of the main thread", `${longest < 50 ? "under 50" : longest.toFixed(0)} ms`, longest < 50);
row("median time between frames", `${frame.toFixed(1)} ms`, frame < 17);
row("latest frame", `${late.toFixed(0)} ms of ${count} frames`);
row("run on the page", `${shown.toFixed(0)} ms`);
row("the same run in a bare worker", `${alone.toFixed(0)} ms`);
row("observing costs, median of rounds", `${(100 * (share - 1)).toFixed(1)} % of the run`, share < 1.15);

const zoom = await zoomMillion();
console.log("\nA heap of a million objects, enlarged from the whole to single objects and back");
row("longest task of the main thread", `${zoom.longest < 50 ? "under 50" : zoom.longest.toFixed(0)} ms`, zoom.longest < 50);
row("median time between frames", `${zoom.median.toFixed(1)} ms of ${zoom.count} frames`, zoom.median < 17);

const loads = [];
for (let run = 0; run < 5; run += 1) loads.push(await coldLoad());
console.log("\nA visit in a fresh profile, from the address to the end of the default snippet at full speed");
row("median of five visits", `${middle(loads).toFixed(0)} ms`, middle(loads) < 1500);
await site.close();

function row(name, value, isWithin) {
  const verdict = isWithin === undefined ? "" : isWithin ? "within its bound" : "ABOVE ITS BOUND";
  console.log(`  ${name.padEnd(34)} ${value.padStart(24)}  ${verdict}`);
}

/** From here on the page notes its long tasks and frames in `globalThis.noted`. */
function startNoting() {
  const noted = { tasks: [], frames: [] };
  globalThis.noted = noted;
  new PerformanceObserver((list) => noted.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  let last = performance.now();
  const note = (now) => {
    noted.frames.push(now - last);
    last = now;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}

function middle(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function figures({ tasks, frames }) {
  return { longest: Math.max(0, ...tasks), median: middle(frames), late: Math.max(...frames), count: frames.length };
}

function worst(list) {
  return list.reduce((a, b) => ({
    longest: Math.max(a.longest, b.longest),
    median: Math.max(a.median, b.median),
    late: Math.max(a.late, b.late),
    count: a.count + b.count,
  }));
}

/** Runs a snippet on the page and returns its frames and how long it took. */
async function watch(source) {
  const page = await site.visit();
  await page.type(source);
  await page.setFullSpeed();
  for (const tab of TABS) {
    await page.openTab(tab);
    await page.page.waitForTimeout(50);
  }
  await page.openTab("Log");
  await page.page.evaluate(startNoting);
  const elapsed = await page.page.evaluate(async () => {
    const state = document.querySelector(".state");
    const ended = new Promise((resolve) => {
      new MutationObserver(() => state.textContent.startsWith("Finished") && resolve()).observe(state, { characterData: true, childList: true, subtree: true });
    });
    const start = performance.now();
    [...document.querySelectorAll("button")].find((button) => button.textContent.trim() === "Run").click();
    await ended;
    return performance.now() - start;
  });
  const frames = figures(await page.page.evaluate(() => globalThis.noted));
  await page.close();
  return { elapsed, frames };
}

/** The same snippet on the same engine, in a worker that nobody watches, from the source to the end; milliseconds. */
async function runBare(source) {
  const files = await readdir(process.env.SEMISPACE_SITE);
  const engine = files.find((name) => /^semispace-wasm(-\w+)?\.js$/.test(name));
  const parts = ["page", "lessons", "rest"].map((part) => files.find((name) => name.startsWith(`semispace-wasm_${part}`) && name.endsWith(".wasm")));
  // A service worker would answer before the route below.
  const page = await site.visit({ serviceWorkers: "block" });
  // A module of the site's own: its policy allows no other.
  await page.page.route("**/bare.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `import init, { Playground, setPartLoader } from "./${engine}";
await init();
const parts = await Promise.all(${JSON.stringify(parts.filter(Boolean))}.map(async (name) => WebAssembly.compile(await (await fetch(name)).arrayBuffer())));
let loaded = 0;
setPartLoader((part, exports) => {
  while (loaded < part) new WebAssembly.Instance(parts[loaded++], { first: exports });
});
onmessage = ({ data }) => {
  const start = performance.now();
  const playground = new Playground({ source: data });
  while (playground.run(1e6).kind === "paused");
  postMessage(performance.now() - start);
};
postMessage("ready");`,
    }),
  );
  const elapsed = await page.page.evaluate(async (source) => {
    const worker = new Worker("bare.js", { type: "module" });
    const next = () =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    await next();
    const answer = next();
    worker.postMessage(source);
    return answer;
  }, source);
  await page.close();
  return elapsed;
}

async function coldLoad() {
  const start = performance.now();
  const page = await site.visit();
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  const elapsed = performance.now() - start;
  await page.close();
  return elapsed;
}

async function zoomMillion() {
  const page = await site.visit();
  await page.run(MILLION, "Finished");
  await page.page.waitForTimeout(500);
  const canvas = page.page.locator(".stage canvas");
  const { x, y, width, height } = await canvas.boundingBox();
  await page.page.mouse.move(x + width / 2, y + height / 2);
  await page.page.evaluate(startNoting);
  for (const direction of [-1, 1]) {
    for (let i = 0; i < 40; i += 1) {
      await page.page.mouse.wheel(0, direction * 120);
      await page.page.waitForTimeout(16);
    }
  }
  const noted = figures(await page.page.evaluate(() => globalThis.noted));
  await page.close();
  return noted;
}
