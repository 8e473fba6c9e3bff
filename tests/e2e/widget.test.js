// <semispace-playground> in other people's pages: what it loads and when, what it offers, and that it gives memory back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { call, openHosts, waitForWorkers, widget } from "./hosts.js";

const LESSONS = ["scavenge", "promotion", "write-barrier", "leak-array", "weakmap-cache", "slab-pinning", "trace-log", "nepotism"];
const BEFORE_INTERACTION = 60_000;
const BESIDE_THE_ENGINE = 20_000;
const MIB = 1 << 20;
/** The engine, whatever hash its name has. */
const isEngine = (path) => path.endsWith(".wasm");
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let hosts;
before(async () => (hosts = await openHosts({ args: ["--enable-blink-features=ForceEagerMeasureMemory"] })));
after(() => hosts.close());

async function gzipped(paths) {
  const files = await Promise.all([...new Set(paths)].map((path) => readFile(join(process.env.SEMISPACE_SITE, path))));
  return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
}

/**
 * Bytes of the page and its workers: of `scripts`, as the browser measures them after a collection, and of the renderer
 * `processes`, because the former do not count WebAssembly's memories. The latter are Linux's figures.
 */
async function memoryOf(page) {
  const scripts = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
  const protocol = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await protocol.send("SystemInfo.getProcessInfo");
  await protocol.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const resident = ({ id }) => readFile(`/proc/${id}/status`, "utf8").then((status) => Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024);
  const sizes = process.platform === "linux" ? await Promise.all(renderers.map(resident)) : undefined;
  return { scripts, processes: sizes?.reduce((sum, size) => sum + size, 0) };
}

test("eight widgets: little before interaction, one engine for all, and memory comes back", async () => {
  const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const body = LESSONS.map((name) => `<semispace-playground lesson="${name}" speed="full"></semispace-playground>`).join("\n");
  const counter = `<script>
    globalThis.compiled = 0;
    for (const name of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = (...given) => { compiled += 1; return original.apply(WebAssembly, given); };
    }
  </script>`;
  const page = await hosts.open(body, { headers: isolated, head: counter });
  const widgets = page.locator("semispace-playground");
  await widgets.first().locator("svg.still").waitFor();
  assert.ok(!hosts.requests.includes("/embed/lessons/nepotism.js"), "a lesson far below is fetched");
  assert.ok(hosts.requests.includes("/embed/lessons/scavenge.js"));
  for (const name of LESSONS.keys()) {
    await widgets.nth(name).scrollIntoViewIfNeeded();
    await widgets.nth(name).locator("svg.still").waitFor();
  }
  const early = [...hosts.requests];
  assert.deepEqual(early.filter((path) => path.includes("wasm") || path.includes("worker")), []);
  assert.equal(page.workers().length, 0);
  const weight = page.ownBytes + (await gzipped(early));
  assert.ok(weight <= BEFORE_INTERACTION, `${weight} bytes before interaction`);

  const idle = await memoryOf(page);
  const ran = hosts.requests.length;
  await widgets.first().getByRole("button", { name: "Run" }).click();
  await widgets.first().getByText(/^Finished/).waitFor({ timeout: 60_000 });
  const late = hosts.requests.slice(ran).filter((path) => !early.includes(path));
  const beside = await gzipped(late.filter((path) => !isEngine(path)));
  assert.equal(late.filter(isEngine).length, 1, "the first run needs the first part of the engine");
  assert.ok(beside <= BESIDE_THE_ENGINE, `${beside} bytes beside the engine's module`);

  const states = await page.evaluate(() => Promise.all([...document.querySelectorAll("semispace-playground")].map((widget) => widget.run())));
  assert.deepEqual(states.map(({ kind }) => kind), LESSONS.map(() => "finished"));
  // Some of the lessons need parts of the engine that the others do without.
  const parts = hosts.requests.filter(isEngine);
  assert.equal(new Set(parts).size, parts.length, `downloads of the engine: ${parts}`);
  assert.equal(parts.filter((path) => path.includes("_bg")).length, 1);
  assert.equal(await page.evaluate(() => compiled), 1, "compilations of the engine");
  await waitForWorkers(page, 8);

  const full = await memoryOf(page);
  await page.evaluate(() => document.querySelectorAll("semispace-playground").forEach((widget) => widget.remove()));
  await waitForWorkers(page, 0);
  const left = await memoryOf(page);
  const mib = (key) => [idle, full, left].map((memory) => (memory[key] / MIB).toFixed(1)).join(", ");
  console.log(`# ${weight} bytes (gzip) before interaction, ${beside} with the first run beside the engine`);
  console.log(`# MiB before, with eight running, after removal: scripts ${mib("scripts")}; processes ${mib("processes")}`);
  assert.ok(full.scripts - idle.scripts > 4 * MIB, "eight workers take less than their scripts");
  assert.ok(left.scripts - idle.scripts < 3 * MIB, `${left.scripts} bytes of scripts are left, ${idle.scripts} before`);
  if (idle.processes !== undefined) {
    const grown = full.processes - idle.processes;
    assert.ok(grown > 8 * 4 * MIB, `eight engines take ${grown} bytes`);
    assert.ok(left.processes - idle.processes < grown / 2, `${left.processes} bytes are left of ${full.processes}, ${idle.processes} before`);
  }
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("events and methods tell and do what the documentation says", async () => {
  const page = await hosts.open(
    widget("globalThis.kept = [];\nfor (let i = 0; i < 30000; i++) kept.push({ i });\nconsole.log(kept.length);", 'view="heap, log" max-semi-space-size="1" speed="full"') +
      "<script>globalThis.heard = []; for (const name of ['run', 'gc', 'snapshot', 'error']) document.addEventListener('semispace-' + name, ({ detail }) => heard.push([name, detail]));</script>",
  );
  const get = (name) => page.locator("semispace-playground").evaluate((widget, name) => widget[name], name);
  assert.equal(await get("occupancy"), null);
  assert.deepEqual(await get("state"), { kind: "idle" });
  assert.match(await get("source"), /^globalThis.kept = \[\];\nfor/);
  assert.equal((await call(page, "step", "line")).kind, "paused");
  assert.equal((await call(page, "step", "collection")).kind, "paused");
  assert.deepEqual(await call(page, "run"), { kind: "finished", exitCode: 0 });
  assert.equal(await get("output"), "30000\n");
  assert.equal((await get("occupancy")).toSpace.capacity > 0, true);
  await call(page, "scavenge");
  await call(page, "collect");
  const taken = await call(page, "takeSnapshot");
  assert.ok(taken.slot === 0 && taken.nodeCount > 30000);
  const heard = await page.evaluate(() => heard);
  const named = (name) => heard.filter(([heard]) => heard === name).map(([, detail]) => detail);
  assert.deepEqual(named("snapshot"), [taken]);
  assert.ok(named("gc").length > 2 && named("gc").every(({ number }, index) => number === index + 1));
  assert.deepEqual(named("gc").slice(-2).map(({ kind }) => kind), ["scavenge", "mark-compact"]);
  assert.ok(named("run").some(({ state, stats }) => state.kind === "finished" && stats.scavenges > 0));
  assert.deepEqual(named("error"), []);

  const replaced = "let x = ;";
  await page.locator("semispace-playground").evaluate((widget, text) => (widget.source = text), replaced);
  const refused = await call(page, "run").catch((error) => error.message);
  assert.match(refused, /Unexpected token/);
  const [[, problem]] = (await page.evaluate(() => heard)).filter(([name]) => name === "error");
  assert.deepEqual([problem.code, problem.line, problem.column], ["ERR_SNIPPET", 1, 9]);
  await page.locator("semispace-playground").evaluate((widget) => widget.setAttribute("max-semi-space-size", "many"));
  assert.match(await call(page, "run").catch((error) => error.message), /max-semi-space-size must be a whole number, not "many"/);
  await page.context().close();
});

test("an endless loop pauses at once, and a removed widget ends its worker", async () => {
  const page = await hosts.open(widget("let n = 0; while (true) n++;"));
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText(/^Running/).waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText(/^Paused/).waitFor({ timeout: 2000 });
  await waitForWorkers(page, 1);
  await page.locator("semispace-playground").evaluate((widget) => widget.remove());
  await waitForWorkers(page, 0);
  await page.context().close();
});

const LOOP = "let n = 0; while (true) n = { n }.n + 1;";

test("a run goes on while the page moves its element, and ends without a complaint when it is reset or set otherwise", async () => {
  const page = await hosts.open(`${widget(LOOP, 'view="log heap"')}<div id="other"></div>`);
  const playground = page.locator("semispace-playground");
  await page.evaluate(() => (globalThis.told = []) && document.addEventListener("semispace-error", ({ detail }) => told.push(detail)));
  const begin = async () => {
    await playground.evaluate((widget) => (globalThis.ended = widget.run().catch(({ code }) => code)) && null);
    await page.getByText(/^Running/).waitFor();
  };
  await begin();
  const figures = await page.locator(".state").innerText();
  await playground.evaluate((widget) => document.querySelector("#other").append(widget));
  await page.waitForFunction((figures) => document.querySelector("#other > *").shadowRoot.querySelector(".state").textContent !== figures, figures);
  assert.equal(await playground.evaluate(({ state }) => state.kind), "running");
  await playground.evaluate((widget) => widget.setAttribute("profile", "node-26"));
  assert.equal(await page.evaluate(() => ended), "ERR_ENDED");
  await begin();
  await page.getByRole("button", { name: "Reset" }).click();
  assert.equal(await page.evaluate(() => ended), "ERR_ENDED");
  await page.getByText("Press Run: this fills while the snippet runs.").waitFor();
  assert.equal(await page.locator(".state").innerText(), "");
  assert.equal(await page.getByRole("alert").count(), 0);
  assert.deepEqual(await page.evaluate(() => told), []);
  await waitForWorkers(page, 0);
  await page.context().close();
});

test("a widget that leaves while its engine comes starts no worker", async () => {
  const page = await hosts.open(widget(LOOP));
  await page.route(/\.wasm$/, async (route) => {
    await page.locator("semispace-playground").evaluate((widget) => widget.remove());
    await route.continue();
  });
  assert.equal(await page.locator("semispace-playground").evaluate((widget) => widget.run().catch(({ code }) => code)), "ERR_ENDED");
  await page.waitForTimeout(100);
  assert.equal(page.workers().length, 0);
  await page.context().close();
});

test("every view of a run that has ended, and axe finds no violation: light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const source = `globalThis.kept = [];
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 1000; i++) kept.push({ i }, Buffer.from('text ' + i));
        require("v8").writeHeapSnapshot();
      }
      console.log(kept.length);`;
    const page = await hosts.open(`<main><h1>A page</h1><h2>A part of it</h2>${widget(source, 'view="heap timeline log snapshots slabs" editable speed="full"')}</main>`, { context: { colorScheme } });
    await page.evaluate(axe);
    // What does not depend on colours is found once.
    const rules = colorScheme === "light" ? {} : { runOnly: ["color-contrast"] };
    const violations = async () => {
      const { violations } = await page.evaluate((rules) => globalThis.axe.run(document, { ...rules, resultTypes: ["violations"] }), rules);
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    };
    assert.deepEqual(await violations(), []);
    await call(page, "run");
    await call(page, "collect");
    const shown = { Timeline: "semispace-timeline", Log: ".log li", Snapshots: ".leak", Slabs: ".strip-of-slab", Heap: "canvas" };
    for (const [tab, content] of Object.entries(shown)) {
      await page.getByRole("tab", { name: tab }).click();
      await page.locator(content).first().waitFor();
      assert.deepEqual(await violations(), [], tab);
      const beyond = await page.locator(".panel:not([hidden])").evaluate((panel) => [panel.scrollWidth - panel.clientWidth, panel.scrollHeight - panel.clientHeight]);
      assert.deepEqual(beyond, [0, 0], `${tab} reaches beyond its panel`);
    }
    await page.locator("semispace-playground").evaluate((widget) => (widget.source = "let x = ;"));
    await call(page, "run").catch(() => {});
    assert.deepEqual(await violations(), []);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test("autoplay waits until the widget comes into sight", async () => {
  const page = await hosts.open(`<div style="height: 3000px">Words.</div>${widget("console.log('by itself');", 'autoplay speed="full"')}`);
  await page.waitForTimeout(200);
  assert.equal(page.workers().length, 0);
  assert.ok(!hosts.requests.some(isEngine));
  await page.locator("semispace-playground").scrollIntoViewIfNeeded();
  await page.getByText(/^Finished/).waitFor();
  assert.equal(await page.getByRole("log").innerText(), "by itself\n");
  await page.context().close();
});

test("attributes say how it looks and what it shows, at any time", async () => {
  const page = await hosts.open('<semispace-playground lesson="scavenge" height="210" theme="dark"></semispace-playground>');
  const playground = page.locator("semispace-playground");
  const set = (name, value) => playground.evaluate((widget, [name, value]) => widget.setAttribute(name, value), [name, value]);
  await page.locator(".title", { hasText: "A scavenge copies what lives" }).waitFor();
  assert.equal(await page.locator(".panes").evaluate(({ clientHeight }) => clientHeight), 210);
  assert.equal(await page.locator(".frame").evaluate((frame) => getComputedStyle(frame).backgroundColor), "rgb(23, 25, 28)");
  await set("theme", "light");
  assert.equal(await page.locator(".frame").evaluate((frame) => getComputedStyle(frame).backgroundColor), "rgb(255, 255, 255)");
  assert.equal(await page.getByRole("textbox").count(), 0);
  await set("editable", "");
  await page.getByRole("textbox", { name: "Snippet" }).waitFor();
  await set("readonly", "");
  assert.equal(await page.getByRole("textbox").count(), 0);
  await set("view", "log timeline");
  assert.deepEqual(await page.getByRole("tab").allInnerTexts(), ["Log", "Timeline"]);
  await set("lesson", "promotion");
  await page.locator(".title", { hasText: "Survive twice, and move to old space" }).waitFor();
  assert.match(await playground.evaluate(({ source }) => source), /\S/);
  await playground.evaluate((widget) => widget.addEventListener("semispace-error", ({ detail }) => (globalThis.told = detail.message)));
  await set("lesson", "constructor");
  await page.getByRole("alert").getByText("There is no lesson named constructor.").waitFor();
  assert.equal(await page.evaluate(() => told), "There is no lesson named constructor.");
  await set("lesson", "scavenge");
  await page.locator(".title", { hasText: "A scavenge copies what lives" }).waitFor();
  assert.equal((await call(page, "run")).kind, "finished");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});
