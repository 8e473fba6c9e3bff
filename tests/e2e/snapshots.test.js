// Heap snapshots on the page: recorded, compared, explained, exported, and read from files. Each test is a promise.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSite, promiseOn } from "./site.js";

let site;
let folder;
before(async () => {
  site = await openSite();
  folder = await mkdtemp(join(tmpdir(), "semispace-"));
});
after(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const promise = promiseOn(() => site);

/** Leaks a Session at each turn; line 7 is where a breakpoint catches it. */
const LEAK = `class Session { constructor(n) { this.name = "session " + n; } }
const sessions = (globalThis.sessions = []);
let turn = 0;
function step() {
  for (let i = 0; i < 200; i++) sessions.push(new Session(turn * 200 + i));
  turn += 1;
  console.log(turn);
  if (turn < 6) setTimeout(step, 10);
}
step();`;

/** Runs LEAK from breakpoint to breakpoint and records a snapshot at each of three. */
async function recordThree(page) {
  await page.type(LEAK);
  await page.setFullSpeed();
  await page.page.locator("semispace-editor .cm-line").nth(6).click();
  await page.page.keyboard.press("F9");
  for (let slot = 1; slot <= 3; slot++) {
    await page.press("Run");
    // The state says "Paused at line 7" from the last time still: what was printed tells the turns apart.
    await page.page.waitForFunction((turns) => document.querySelector(".output").textContent.includes(turns), slot > 1 ? `${slot - 1}\n` : "");
    await page.waitForState("Paused at line 7");
    await page.press("Snapshot");
    await page.page.locator(`.slot.taken:nth-child(${slot})`).waitFor();
  }
}

const rowNamed = (page, words) => page.page.locator(".snapshot-view .tree-row", { hasText: words }).first();

promise("three recorded snapshots give a verdict that names the class, its line and its holder", async (page) => {
  await recordThree(page);
  const verdict = page.page.locator(".snapshot-view .verdict");
  await verdict.waitFor();
  const words = await verdict.innerText();
  assert.match(words, /^Session leaks: 200 objects, allocated in line 5 of snippet.js by step\(\), came between S1 and S2 and are still there in S3/);
  assert.match(words, /They are held by global `sessions` -> element /);
  assert.match(await page.page.locator(".leak", { hasText: "Session" }).first().innerText(), /leaks Session[\s\S]*200 more came after S2/);
});

promise("the summary has DevTools' columns, sorts, filters, and opens by keyboard down to the retainers", async (page) => {
  await page.run(LEAK, "Finished");
  await page.press("Snapshot");
  const grid = page.page.getByRole("treegrid", { name: "Objects by constructor" });
  await grid.waitFor();
  const heads = await grid.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(heads.map((head) => head.replace(/[ ▲▼]+$/, "")), ["Constructor", "Distance", "Shallow size", "Retained size"]);
  const sizes = async () => (await grid.locator(".tree-row div:last-child").allInnerTexts()).map((text) => Number(text.replaceAll("\u202f", "")));
  const first = await sizes();
  assert.deepEqual(first, [...first].sort((a, b) => b - a));
  await grid.getByRole("button", { name: "Retained size" }).click();
  const second = await sizes();
  assert.deepEqual(second, [...second].sort((a, b) => a - b));
  await page.page.getByRole("searchbox", { name: /Filter by constructor/ }).fill("Session");
  assert.match(await rowNamed(page, "Session").innerText(), /Session ×1\u202f200/);
  // From here by keyboard alone.
  await page.page.keyboard.press("ArrowDown");
  await page.page.keyboard.press("ArrowRight");
  await rowNamed(page, /Session @\d+/).waitFor();
  await page.page.keyboard.press("ArrowDown");
  const retainers = page.page.getByRole("treegrid", { name: /^Retainers of Session @/ });
  await retainers.getByText("sessions in ").first().waitFor();
  const cut = await page.page.locator(".tree-head > div").evaluateAll((heads) => heads.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map(({ textContent }) => textContent));
  assert.deepEqual(cut, [], "words at the head of a table are cut");
  await retainers.focus();
  const rows = () => retainers.locator(".tree-row").count();
  const open = await rows();
  await page.page.keyboard.press("ArrowLeft");
  await page.page.waitForFunction((open) => document.querySelectorAll(".retainers .tree-row").length < open, open);
  await page.page.keyboard.press("ArrowRight");
  await page.page.waitForFunction((open) => document.querySelectorAll(".retainers .tree-row").length >= 2, open);
});

promise("a long list of objects is in the document only where it is in sight, and scrolls to its end", async (page) => {
  await page.run("class Item { constructor(n) { this.n = n; } }\nglobalThis.items = Array.from({ length: 20000 }, (_, n) => new Item(n));", "Finished");
  await page.press("Snapshot");
  const grid = page.page.getByRole("treegrid", { name: "Objects by constructor" });
  await page.page.getByRole("searchbox", { name: /Filter by constructor/ }).fill("Item");
  await rowNamed(page, "Item ×20").click();
  await grid.press("ArrowRight");
  await rowNamed(page, /Item @\d+/).waitFor();
  await grid.press("End");
  await page.page.waitForFunction(() => document.querySelector(".snapshot-view .tree-row:last-child")?.textContent.includes("Item @"));
  assert.equal(await grid.getAttribute("aria-rowcount"), "20002");
  assert.ok((await grid.locator(".tree-row").count()) < 80);
});

promise("the comparison counts what is new and what has gone, as DevTools does", async (page) => {
  await recordThree(page);
  await page.press("Comparison");
  await page.page.getByRole("combobox", { name: "From", exact: true }).selectOption({ label: "S1" });
  await page.page.getByRole("combobox", { name: "To", exact: true }).selectOption({ label: "S3" });
  const grid = page.page.getByRole("treegrid", { name: "Changes by constructor" });
  await rowNamed(page, "Session").waitFor();
  const heads = async () => (await grid.getByRole("columnheader").allInnerTexts()).map((head) => head.replace(/[ ▲▼]+$/, ""));
  // What does not fit beside the rest is the sum of what comes and goes.
  assert.deepEqual(await heads(), ["Constructor", "# New", "# Deleted", "# Delta", "Size delta"]);
  assert.ok(await grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), "the table scrolls sideways");
  await page.page.getByRole("separator", { name: "Width of the details" }).focus();
  for (let i = 0; i < 20; i++) await page.page.keyboard.press("ArrowLeft");
  assert.deepEqual(await heads(), ["Constructor", "# New", "# Deleted", "# Delta", "Alloc. size", "Freed size", "Size delta"]);
  assert.ok(await grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), "the table scrolls sideways");
  const row = rowNamed(page, "Session");
  const cells = await row.getByRole("gridcell").allInnerTexts();
  assert.deepEqual(cells.slice(1, 4), ["400", "0", "+400"]);
  await row.click();
  await grid.press("ArrowRight");
  await rowNamed(page, /Session @\d+/).waitFor();
});

promise("a snapshot is saved as a file, and the file gives the same figures when it is dropped on the page", async (page) => {
  await page.run(LEAK, "Finished");
  await page.press("Snapshot");
  const words = page.page.locator(".slot.taken .what");
  const recorded = await words.first().innerText();
  const [download] = await Promise.all([page.page.waitForEvent("download"), page.press("Save S1 as a file")]);
  const path = join(folder, "S1.heapsnapshot");
  await download.saveAs(path);
  const file = await readFile(path, "utf8");
  assert.ok(JSON.parse(file).snapshot.node_count > 1000);
  await drop(page, [["before.heapsnapshot", file]]);
  await page.page.locator(".slot.taken", { hasText: "before.heapsnapshot" }).waitFor();
  const read = await words.nth(1).innerText();
  assert.equal(read.replace("before.heapsnapshot", ""), recorded.replace(/at [\d.]+ ms$/, ""));
});

/** Writes three snapshots, each with a hundred more of what it keeps. */
const WRITING =
  "const v8 = require('v8');\nclass Kept {}\nglobalThis.kept = [];\nfor (let turn = 0; turn < 3; turn++) {\n  for (let i = 0; i < 100; i++) { kept.push(new Kept()); }\n  v8.writeHeapSnapshot(`turn${turn}.heapsnapshot`);\n}";

promise("snapshots that the snippet writes itself are in the slots, and compared", async (page) => {
  await page.run(WRITING, "Finished");
  await page.page.locator(".notice", { hasText: /The snippet has recorded/ }).waitFor();
  await page.press("Dismiss");
  await page.openTab("Snapshots");
  await page.page.locator(".slot.taken", { hasText: "turn2.heapsnapshot" }).waitFor();
  await page.page.locator(".snapshot-view .verdict").getByText(/^Kept leaks: 100 objects/).waitFor();
});

test("they are in their order, whenever the view comes that takes them", async () => {
  for (let visit = 0; visit < 4; visit++) {
    const page = await site.visit();
    // Between the three there is some work: each is told of by itself.
    await page.run(WRITING.replace("i < 100; i++) {", "i < 100; i++) { for (let j = 0; j < 16; j++) kept['key ' + j] = [turn, j];"), "Finished");
    const slots = page.page.locator(".slot.taken .what");
    await slots.nth(2).waitFor({ state: "attached" });
    assert.deepEqual((await slots.allTextContents()).map((text) => /turn\d/.exec(text)?.[0]), ["turn0", "turn1", "turn2"]);
    await page.close();
  }
});

promise("a damaged file says what is wrong and at which byte, and leaves the slots alone", async (page) => {
  await drop(page, [["broken.heapsnapshot", '{"snapshot": oops']]);
  const message = page.page.locator(".snapshot-message");
  await message.getByText(/^broken\.heapsnapshot: byte \d+: /).waitFor();
  assert.equal(await page.page.locator(".slot.taken").count(), 0);
});

promise("reading a large file shows its progress and can be cancelled", async (page) => {
  // Valid so far, and long: a list of strings that does not end soon.
  const head = '{"snapshot":{"meta":{"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["hidden"],"string","number","number","number"],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["context"],"string_or_number","node"]},"node_count":1,"edge_count":0},"nodes":[0,0,1,0,0],"edges":[],"strings":["';
  const path = join(folder, "large.heapsnapshot");
  await writeFile(path, head + "x".repeat(300 << 20));
  await page.openTab("Snapshots");
  const [chooser] = await Promise.all([page.page.waitForEvent("filechooser"), page.press("Open .heapsnapshot files")]);
  await chooser.setFiles(path);
  const bar = page.page.getByRole("progressbar", { name: /^Reading large/ });
  await bar.waitFor();
  await page.page.waitForFunction(() => document.querySelector("progress")?.value > 0);
  await page.press("Cancel");
  await page.page.locator(".snapshot-message").getByText("large.heapsnapshot: Cancelled.").waitFor();
  assert.equal(await page.page.locator(".slot.taken").count(), 0);
});

promise("working out what a large snapshot retains shows its progress and can be cancelled", async (page) => {
  const path = join(folder, "list.heapsnapshot");
  await writeFile(path, listOf(2_000_000));
  await page.openTab("Snapshots");
  await page.page.locator(".reading").waitFor({ state: "attached" });
  // Cancels as soon as it is under way.
  await page.page.evaluate(() => {
    globalThis.shares = [];
    new MutationObserver(() => {
      const reading = document.querySelector(".reading");
      if (reading.hidden || !reading.textContent.startsWith("Working out")) return;
      globalThis.shares.push(reading.querySelector("progress").value);
      if (globalThis.shares.length === 1) reading.querySelector("button").click();
    }).observe(document.querySelector(".reading"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const [chooser] = await Promise.all([page.page.waitForEvent("filechooser"), page.press("Open .heapsnapshot files")]);
  await chooser.setFiles(path);
  await page.page.locator(".snapshot-message").getByText("list.heapsnapshot: Cancelled.").waitFor({ timeout: 60_000 });
  const shares = await page.page.evaluate(() => globalThis.shares);
  assert.ok(shares.length > 0 && shares.every((share) => share < 1), `cancelled at ${shares}`);
  assert.equal(await page.page.locator(".slot.taken").count(), 0);
});

promise("recording a large heap shows its progress and can be cancelled, the page answers, and a second try records all of it", async (page) => {
  await page.run("globalThis.list = null;\nfor (let i = 0; i < 700000; i++) globalThis.list = { next: globalThis.list };\nconsole.log('filled');", "Finished");
  await page.openTab("Snapshots");
  await page.page.locator(".reading").waitFor({ state: "attached" });
  await page.press("Snapshot");
  const reading = page.page.locator(".reading");
  await reading.getByText(/^Recording the heap|^Working out what the heap retains/).waitFor({ timeout: 30_000 });
  // The worker hears what else is asked meanwhile.
  await page.press("Cancel");
  await page.page.locator(".snapshot-message").getByText("Cancelled.").waitFor({ timeout: 30_000 });
  assert.equal(await page.page.locator(".slot.taken").count(), 0);
  await page.press("Snapshot");
  await page.page.locator(".slot.taken").waitFor({ timeout: 60_000 });
  assert.match(await page.page.locator(".slot.taken .what").innerText(), /70\d.\d{3} objects/);
  assert.equal(await reading.isVisible(), false);
});

promise("a run that goes on while a snapshot is recorded does not change it", async (page) => {
  await page.type("globalThis.kept = [];\nfor (let i = 0; i < 100000; i++) kept.push({ i });\ndebugHere();\nfunction debugHere() {}\nkept.length = 0;\ngc();");
  await page.setFullSpeed();
  await page.page.locator("semispace-editor .cm-line").nth(2).click();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("line");
  await page.waitForState("Paused at line 3");
  await page.openTab("Snapshots");
  await page.page.locator(".reading").waitFor({ state: "attached" });
  await page.press("Snapshot");
  await page.press("Run");
  await page.waitForState("Finished");
  await page.page.locator(".slot.taken").waitFor({ timeout: 60_000 });
  assert.match(await page.page.locator(".slot.taken .what").innerText(), /10\d.\d{3} objects/);
});

/** A snapshot that is a list of so many nodes. */
function listOf(count) {
  const nodes = ["0,0,1,0,1"];
  const edges = ["0,1,5"];
  for (let node = 1; node <= count; node += 1) {
    nodes.push(`0,0,${2 * node + 1},16,${node < count ? 1 : 0}`);
    if (node < count) edges.push(`0,1,${5 * (node + 1)}`);
  }
  const meta = '"node_fields":["type","name","id","self_size","edge_count"],"node_types":[["object"],"string","number","number","number"],"edge_fields":["type","name_or_index","to_node"],"edge_types":[["property"],"string_or_number","node"]';
  const counts = `"node_count":${nodes.length},"edge_count":${edges.length}`;
  return `{"snapshot":{"meta":{${meta}},${counts}},"nodes":[${nodes.join(",")}],"edges":[${edges.join(",")}],"strings":["Node","next"]}`;
}

/** Drops files, by name and content, on the page. */
async function drop(page, files) {
  const transfer = await page.page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const [name, text] of files) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.page.dispatchEvent("main", "drop", { dataTransfer: transfer });
}
