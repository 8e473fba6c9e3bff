// Looking into the heap: slow motion, single objects, reasons, rewind, comparison, sharing. Each test is a promise.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { bytesOf, openSite, promiseOn } from "./site.js";
import { settled, until } from "./wait.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const promise = promiseOn(() => site);

const NODES = `class Node { constructor(next) { this.next = next; } }
let list = null;
for (let i = 0; i < 3000; i++) list = new Node(list);
debugHere();
function debugHere() {}
console.log("end");`;

/** Runs NODES to its line 5 or so: everything is still reachable. */
async function pauseWithNodes(page) {
  await page.type(NODES);
  await page.setFullSpeed();
  await page.page.locator("semispace-editor .cm-line").nth(3).click();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("line");
  await page.waitForState("Paused at line 4");
}

promise("slow motion takes a scavenge object by object, and says each step", async (page) => {
  await pauseWithNodes(page);
  await page.page.getByLabel("slow motion").check();
  await page.press("Scavenge");
  const slow = page.page.locator(".slow");
  await slow.getByText("phase 1 of 5").waitFor();
  await page.press("Step phase");
  await page.press("Step phase");
  await slow.getByText("phase 3 of 5, scans what has moved").waitFor();
  assert.notEqual(await page.figure("from-used"), "0 bytes");
  await page.press("Step object");
  await slow.locator(".told").getByText(/Scans|Copies/).first().waitFor();
  await page.press("Finish");
  await slow.getByText("The collection is over").waitFor();
  assert.equal(await page.figure("from-used"), "0 bytes");
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal(await slow.count(), 0);
});

promise("the sentence under the heap tells of this run, even if the one before had more collections", async (page) => {
  await page.setFullSpeed();
  const event = page.page.locator(".heap .event");
  for (const count of [5, 2]) {
    await page.type(`for (let i = 0; i < ${count}; i++) gc();`);
    await page.press("Run");
    await page.waitForState("Finished");
    await event.getByText(`Full collection ${count} leaves`).waitFor();
  }
});

promise("slow motion lists the worklist and who is in the remembered set, and an entry leads to its object", async (page) => {
  await page.type("globalThis.old = [];\nfor (let i = 0; i < 50; i++) old.push({ i });\ngc();\ngc();\nold[7].young = { fresh: 1 };\ndebugHere();\nfunction debugHere() {}");
  await page.setFullSpeed();
  await page.page.locator("semispace-editor .cm-line").nth(5).click();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("line");
  await page.waitForState("Paused at line 6");
  await page.page.getByLabel("slow motion").check();
  await page.press("Scavenge");
  const lists = page.page.locator(".slow .lists");
  await lists.getByText(/^Remembered set: [1-9]\d* old holder/).waitFor();
  await page.press("Step phase");
  await lists.getByText(/^Worklist: \d+ waiting/).waitFor();
  // Both lists lie within the pane, and nothing beside them says that no collection has begun.
  assert.ok(await page.page.locator(".slow").evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
  assert.match(await page.page.locator(".heap .event").innerText(), /under way/);
  await lists.getByRole("button", { name: /^Object / }).first().click();
  await page.openTab("Object");
  await page.page.locator(".object-name").waitFor();
  await page.press("Finish");
});

promise("the caret on a line where no statement begins runs to the next one", async (page) => {
  await page.type("let a = 1;\n// a comment\n\na += 1;\nconsole.log(a);");
  await page.page.locator("semispace-editor .cm-line").nth(1).click();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("line");
  await page.waitForState("Paused at line 4");
});

promise("a run to the next promotion stands behind the call of gc that made it", async (page) => {
  await page.type("let n = 0;\nglobalThis.kept = {};\ngc({ type: 'minor' });\ngc({ type: 'minor' });\nwhile (n < 1e6) n++;");
  await page.setFullSpeed();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("promotion");
  // The call's own line, or the next one if it was the last thing there.
  await page.waitForState("Paused at line");
  assert.match(await page.state(), /line [45]$/);
  assert.notEqual(await page.figure("promoted"), "0 bytes");
});

promise("the heap is said in words too, and free memory says why its page is there", async (page) => {
  await pauseWithNodes(page);
  const canvas = page.page.locator(".stage canvas");
  assert.match(await canvas.getAttribute("aria-label"), /To-space: .* of .* in \d+ pages?\. From-space: .*Old space: .* Large objects: /);
  const { x, y, height } = await page.page.locator(".space-title[data-space=to]").boundingBox();
  const { width } = await canvas.boundingBox();
  const why = page.page.locator(".why");
  // The last pages of to-space are empty: somewhere below its title, to the right.
  for (let down = 8; down < 160 && (await why.count()) === 0; down += 12) {
    await page.page.mouse.click(x + width * 0.4, y + height + down);
    await page.page.waitForTimeout(120);
  }
  await why.getByText(/^Why\? Page of /).waitFor();
});

promise("why a page is there is asked by keyboard too, page by page", async (page) => {
  await pauseWithNodes(page);
  const canvas = page.page.locator(".stage canvas");
  await canvas.focus();
  const title = page.page.locator(".why h3");
  const seen = [];
  for (let turn = 0; turn < 8; turn++) {
    await canvas.press("PageDown");
    await page.page.waitForFunction((last) => (document.querySelector(".why h3")?.textContent ?? last) !== last, seen.at(-1) ?? "");
    seen.push(await title.innerText());
  }
  assert.ok(seen.every((text) => /^Why\? Page of (to-space|old space) at 0x/.test(text)), seen.join("\n"));
  assert.equal(new Set(seen).size, 8);
  await canvas.press("PageUp");
  await title.getByText(seen.at(-2)).waitFor();
  // Enlarged, the picture moves until the page is in sight.
  await canvas.press("PageDown");
  await title.getByText(seen.at(-1)).waitFor();
  assert.match(seen.at(-1), /old space/);
  for (let i = 0; i < 4; i++) await canvas.press("+");
  await canvas.press("ArrowUp");
  for (let i = 0; i < 20; i++) await canvas.press("ArrowUp");
  const old = page.page.locator('.space-title[data-space="old"]');
  await old.waitFor({ state: "hidden" });
  await canvas.press("PageUp");
  await canvas.press("PageDown");
  await title.getByText(seen.at(-1)).waitFor();
  const [top, bottom] = await Promise.all([old, canvas].map((part) => part.evaluate((part) => part.getBoundingClientRect().bottom)));
  assert.ok(top < bottom, `${top} is not above ${bottom}`);
});

promise("with slow motion on, a run to the next collection stops where it begins", async (page) => {
  await page.type("for (let i = 0; i < 60000; i++) ({ i });\nconsole.log('end');");
  await page.setFullSpeed();
  await page.page.getByLabel("slow motion").check();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("collection");
  const slow = page.page.locator(".slow");
  await slow.getByText("phase 1 of 5").waitFor();
  assert.equal(await page.figure("scavenges"), "0");
  await page.press("Finish");
  await page.waitForFigure("scavenges", (text) => text === "1");
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal((await page.console()).trim(), "end");
});

/** Three of four objects die: some survive twice and are promoted by the second scavenge or so. */
const PROMOTES = "const kept = [];\nfor (let i = 0; i < 200000; i++) { const o = { i }; if (i % 4 === 0) kept.push(o); }\nglobalThis.kept = kept;";

promise("a run to the next promotion stands right behind the scavenge that made it", async (page) => {
  await page.type(PROMOTES);
  await page.setFullSpeed();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("promotion");
  await page.waitForFigure("promoted", (text) => text !== "0 bytes");
  await page.waitForState("Paused");
  assert.match(await page.page.locator(".event").innerText(), /promotes? [1-9]/);
});

promise("with slow motion on, it stops at the object that is promoted", async (page) => {
  await page.type(PROMOTES);
  await page.setFullSpeed();
  await page.page.getByLabel("slow motion").check();
  await page.page.getByLabel("Run to", { exact: true }).selectOption("promotion");
  const slow = page.page.locator(".slow");
  await slow.locator(".told").getByText(/Promotes/).first().waitFor({ timeout: 20_000 });
  await page.waitForState("Paused");
  assert.match(await slow.innerText(), /phase [1-4] of 5/);
  await page.press("Run");
  await page.waitForState("Finished");
});

promise("a full collection in slow motion marks grey and black", async (page) => {
  await pauseWithNodes(page);
  await page.page.getByLabel("slow motion").check();
  await page.press("Full GC");
  for (let i = 0; i < 2; i++) await page.press("Step phase");
  await page.press("Step object");
  await page.page.locator(".told").getByText("it is black now").waitFor();
  await page.press("Finish");
  await page.waitForFigure("mark-compacts", (text) => text === "1");
});

promise("an object of the picture shows its fields, and leads to its neighbours", async (page) => {
  await pauseWithNodes(page);
  const canvas = page.page.locator(".stage canvas");
  await canvas.focus();
  await page.openTab("Object");
  const name = page.page.locator(".object-name");
  await canvas.press("n");
  await name.waitFor();
  const first = await page.page.locator(".panel.object .figures").innerText();
  await canvas.focus();
  await canvas.press("n");
  await page.page.waitForFunction((first) => document.querySelector(".panel.object .figures").innerText !== first, first);
  assert.match(await page.page.locator(".panel.object").innerText(), /size[\s\S]*bytes[\s\S]*address[\s\S]*0x/);
  // By keyboard to what it refers to, and back to who refers to that.
  const id = () => page.page.locator(".panel.object .figures").innerText();
  const { x: left, y: top } = await page.page.locator(".space-title[data-space=to]").boundingBox();
  // The script's own objects lie at the end of what is in use.
  for (let at = 260; at > 0 && (await name.allInnerTexts())[0] !== "Node"; at -= 8) {
    await page.page.mouse.click(left + at, top + 36);
    await page.page.waitForTimeout(120);
  }
  await canvas.focus();
  const here = await id();
  await canvas.press("c");
  await page.page.waitForFunction((here) => document.querySelector(".panel.object .figures").innerText !== here, here);
  const child = await id();
  await canvas.press("r");
  await page.page.waitForFunction((child) => document.querySelector(".panel.object .figures").innerText !== child, child);
  // Enlarged, single objects are drawn: the worker is asked for them, and under the pointer they say what they are.
  await canvas.focus();
  await canvas.press("Enter");
  await page.page.waitForTimeout(400);
  const { x, y, width, height } = await canvas.boundingBox();
  await page.page.mouse.move(x + width / 2, y + height / 2);
  await page.page.locator(".hover").getByText(/0x[0-9a-f]+ .*, \d+ bytes, /).waitFor();
});

promise("a heap of 256 MB is drawn, zoomed, panned and walked through by keyboard", async (page) => {
  await page.press("semi-space 1–16 MB, old 2048 MB");
  await page.page.getByLabel(/--max-old-space-size/).fill("512");
  await page.page.getByLabel(/--max-old-space-size/).press("Enter");
  await page.page.keyboard.press("Escape");
  await page.type("globalThis.kept = [];\nfor (let i = 0; i < 1000; i++) kept.push(new Array(33000).fill(i));\nfor (let i = 0; i < 100000; i++) kept.push({ i });");
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished", 60_000);
  await page.waitForFigure("heap-used", (text) => bytesOf(text) >= 256 * 1024 * 1024);
  await page.page.locator(".heap-footer").getByText("Tracing from the roots").waitFor({ state: "hidden", timeout: 60_000 });
  const canvas = page.page.locator(".stage canvas");
  const picture = () => page.ink(".stage canvas");
  /** The picture as a number, once it is another than these. */
  const pictureOtherThan = (...others) => until(picture, (sum) => !others.includes(sum));
  const whole = await settled(picture);
  await canvas.focus();
  for (let turn = 0; turn < 8; turn++) await canvas.press("+");
  const near = await pictureOtherThan(whole);
  await canvas.press("ArrowDown");
  await canvas.press("ArrowRight");
  await pictureOtherThan(whole, near);
  await canvas.press("0");
  await until(picture, (sum) => sum === whole);
  await page.openTab("Object");
  await canvas.focus();
  await canvas.press("n");
  await page.page.locator(".object-name").waitFor();
  await canvas.press("Enter");
  await pictureOtherThan(whole);
  await canvas.hover();
  await page.page.locator(".hover").getByText(/0x[0-9a-f]+ .*, [\d.]+ (bytes|KiB|MiB), /).waitFor();
});

promise("a line of the log says why its collection ran", async (page) => {
  await page.run("for (let i = 0; i < 60000; i++) ({ i });", "Finished");
  await page.openTab("Log");
  const line = page.page.locator(".line").first();
  assert.match(await line.innerText(), /Scavenge .* allocation failure/s);
  await line.click();
  const why = page.page.locator(".why");
  await why.getByText("did not fit: new space had").waitFor();
  assert.match(await why.innerText(), /Follows V8: src\/heap\//);
});

promise("an object says why it lies where it does, and the limits why they are what they are", async (page) => {
  await pauseWithNodes(page);
  const canvas = page.page.locator(".stage canvas");
  await canvas.focus();
  await page.openTab("Object");
  await canvas.press("n");
  await page.press("Why is it here?");
  const why = page.page.locator(".why");
  await why.getByText(/Its page is 256\.0 KiB: .* hold objects now/).waitFor();
  assert.match(await why.innerText(), /Follows V8: src\//);
  await page.press("Why this page?");
  await why.getByText(/It can hold 251\.7 KiB of objects: .* are in use/).waitFor();
  await page.openTab("Memory");
  await page.press("Why these sizes and limits?");
  await why.getByText(/are left until a full collection is due/).waitFor();
  await why.getByRole("button", { name: "Close" }).click();
  assert.equal(await why.count(), 0);
});

promise("the timeline rewinds to an earlier moment, and the run goes on to the same end", async (page) => {
  await page.run("for (let i = 0; i < 300000; i++) { ({ i }); if (i % 100000 === 0) console.log(i); }", "Finished");
  const end = await page.figure("allocated");
  const scrubber = page.page.getByRole("slider", { name: "Rewind to" });
  await scrubber.focus();
  await scrubber.press("Home");
  await page.waitForState("Ready");
  await page.waitForFigure("scavenges", (text) => text === "0");
  assert.equal((await page.console()).includes("200000"), false);
  await page.press("Run");
  await page.waitForState("Finished");
  await page.waitForFigure("allocated", (text) => text === end);
});

promise("the timeline shows the whole process when it is asked to", async (page) => {
  await page.run("const kept = []; for (let i = 0; i < 30000; i++) kept.push({ i });", "Finished");
  const timeline = page.page.locator("semispace-timeline");
  await until(() => timeline.getAttribute("aria-label"), (words) => /rss 3\d\.\d\d MiB/.test(words));
  const ink = () => page.ink("semispace-timeline canvas");
  const before = await settled(ink);
  await timeline.getByRole("checkbox", { name: "rss" }).check();
  await until(ink, (sum) => sum !== before);
});

promise("another profile runs beside the first", async (page) => {
  await page.run("const a = []; for (let i = 0; i < 50000; i++) a.push({ i });", "Finished");
  await page.openTab("What if");
  await page.press("Compare");
  await page.page.locator(".panel.compare").getByText("finished").waitFor();
  const rows = await page.page.locator(".totals tbody tr").first().locator("td").allInnerTexts();
  assert.ok(rows.every((text) => /^\d+$/.test(text)), rows.join());
});

promise("the same profile runs beside the first with another size", async (page) => {
  await page.run("const a = []; for (let i = 0; i < 50000; i++) a.push({ i });", "Finished");
  await page.openTab("What if");
  const compare = page.page.locator(".panel.compare");
  await compare.getByLabel("Other profile").selectOption("node-20");
  await compare.getByLabel("Largest semi-space, MB").fill("1");
  await page.press("Compare");
  await compare.getByText("finished").waitFor();
  await compare.getByRole("columnheader", { name: "node-20, semi-space 1 MB" }).waitFor();
  const [here, there] = await compare.locator(".totals tbody tr").first().locator("td").allInnerTexts();
  assert.ok(Number(there) >= Number(here), `${there} scavenges in smaller semi-spaces, ${here} in larger ones`);
  assert.notDeepEqual(await compare.locator(".totals td:nth-child(2)").allInnerTexts(), await compare.locator(".totals td:nth-child(3)").allInnerTexts());
});

promise("the memory tab accounts for every byte of the process", async (page) => {
  await page.run("const a = []; for (let i = 0; i < 5000; i++) a.push({ i });", "Finished");
  await page.openTab("Memory");
  const text = await page.page.locator(".panel.memory").innerText();
  for (const part of ["New space", "Old space", "Outside the heap", "The process itself"]) assert.ok(text.includes(part));
});

promise("an error shows while typing, at its place, and goes when it is mended", async (page) => {
  await page.type("let a = 1;\nlet b = ;");
  await page.page.locator("semispace-editor .error-note").waitFor();
  assert.equal(await page.page.locator("semispace-editor .error-line").innerText(), "let b = ;");
  await page.page.keyboard.press("ArrowLeft");
  await page.page.keyboard.insertText("2");
  await page.page.locator("semispace-editor .error-note").waitFor({ state: "detached" });
});

promise("a breakpoint holds the run at its line", async (page) => {
  await page.type("let a = 1;\na += 1;\na += 2;\nconsole.log(a);");
  await page.page.locator("semispace-editor .cm-line").nth(2).click();
  await page.page.keyboard.press("F9");
  await page.press("Run");
  await page.waitForState("Paused at line 3");
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal((await page.console()).trim(), "4");
});

promise("a breakpoint on the first line holds a fresh run before it begins, and lets it go on", async (page) => {
  await page.type("// what it does\nlet a = 1;\nconsole.log(a);");
  await page.page.locator("semispace-editor .cm-line").nth(0).click();
  await page.page.keyboard.press("F9");
  for (let turn = 0; turn < 2; turn++) {
    await page.press("Run");
    await page.waitForState("Paused at line 2");
    assert.equal(await page.page.locator(".output .stdout").count(), 0);
    await page.press("Run");
    await page.waitForState("Finished");
    assert.equal((await page.console()).trim(), "1");
  }
});

promise("the draft survives a reload", async (page) => {
  await page.type("console.log('kept draft');");
  await page.waitForDraft("kept draft");
  await page.open(site.url);
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal((await page.console()).trim(), "kept draft");
});

test("a shared link replays to the same bytes in another browser profile and on the command line", async () => {
  const source = "const kept = [];\nfor (let i = 0; i < 40000; i++) { const o = { r: Math.random() }; if (o.r < 0.1) kept.push(o); }";
  const first = await site.visit();
  await first.page.getByRole("button", { name: /^semi-space/ }).click();
  await first.page.getByLabel(/Seed/).fill("42");
  await first.page.getByLabel(/Seed/).press("Enter");
  await first.page.keyboard.press("Escape");
  await first.run(source, "Finished");
  await first.press("Share");
  await first.page.waitForFunction(() => location.hash.startsWith("#run="));
  const link = await first.page.evaluate(() => location.href);
  const figures = ["allocated", "copied", "promoted", "instructions", "scavenges"];
  const read = (page) => Promise.all(figures.map((name) => page.figure(name)));
  const expected = await read(first);
  await first.close();

  const second = await site.visit();
  await second.page.goto("about:blank");
  await second.open(link);
  await second.setFullSpeed();
  await second.press("Run");
  await second.waitForState("Finished");
  assert.deepEqual(await read(second), expected);
  await second.close();

  const work = JSON.parse(inflateRawSync(Buffer.from(link.split("#run=")[1], "base64url")).toString());
  assert.deepEqual([work.source, work.seed], [source, 42]);
  const folder = await mkdtemp(join(tmpdir(), "semispace-"));
  await writeFile(join(folder, "shared.js"), work.source);
  const output = execFileSync(process.env.SEMISPACE_PROGRAM, ["run", "--seed", String(work.seed), "--profile", work.profile, "--stats", "-", join(folder, "shared.js")]);
  const stats = JSON.parse(output.toString());
  assert.equal(String(stats.scavenges), expected[4]);
  assert.equal(stats.instructions, Number(expected[3].replaceAll("\u202f", "")));
  await rm(folder, { recursive: true });
});

test("a damaged link says so and keeps the draft", async () => {
  const page = await site.visit();
  await page.page.goto("about:blank");
  await page.open(`${site.url}#run=AAAA-not-a-run`);
  assert.match(await page.page.locator(".notice").innerText(), /This link is damaged/);
  await page.press("Dismiss");
  await page.close();
});

promise("panes are resized by keyboard", async (page) => {
  const line = page.page.getByRole("separator", { name: "Width of the editor" });
  const width = () => page.page.locator(".editor").evaluate((editor) => editor.getBoundingClientRect().width);
  const before = await width();
  await line.focus();
  await line.press("ArrowLeft");
  await until(width, (now) => Math.round(before - now) === 24);
});

promise("a heap that only grows ends as in Node, the page answers all the while and goes on afterwards", async (page) => {
  await page.press("Lessons");
  await page.page.getByRole("button", { name: "The heap limit, and what comes after it" }).click();
  await page.page.locator(".lesson").getByText("The heap limit, and what comes after it").waitFor();
  await page.setFullSpeed();
  // The longest time in which the page could not have answered.
  await page.page.evaluate(() => {
    let last = performance.now();
    window.longestWait = 0;
    setInterval(() => {
      const now = performance.now();
      window.longestWait = Math.max(window.longestWait, now - last);
      last = now;
    }, 5);
  });
  await page.press("Run");
  await page.waitForState("Out of memory", 60_000);
  const longest = await page.page.evaluate(() => window.longestWait);
  // Loose on purpose: what it takes on a quiet machine is measured, not tested.
  assert.ok(longest < 1000, `${longest.toFixed(0)} ms`);
  const text = await page.console();
  const rows = [...text.matchAll(/heapUsed ([\d.]+) MB/g)].map((row) => Number(row[1]));
  assert.equal(rows.length, 14);
  assert.ok(rows.at(-1) > 67.2 && rows.at(-1) < 68.6, `the last row says ${rows.at(-1)} MB`);
  assert.match(text, /FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory/);
  const collections = Number(await page.figure("mark-compacts"));
  await page.press("Full GC");
  await page.waitForFigure("mark-compacts", (count) => Number(count) === collections + 1);
  await page.run("console.log('still here');", "Finished");
  assert.equal((await page.console()).trim(), "still here");
});

promise("a lesson opens with its sizes, asks before it replaces own work, and is noted when it has run", async (page) => {
  await page.type("console.log('my own work');");
  const answers = [false, true];
  page.page.on("dialog", (dialog) => (answers.shift() ? dialog.accept() : dialog.dismiss()));
  const open = async () => {
    await page.press("Lessons");
    await page.page.getByRole("button", { name: "A scavenge copies what lives" }).click();
  };
  await open();
  assert.match(await page.page.locator("semispace-editor .cm-content").innerText(), /my own work/);
  await page.page.keyboard.press("Escape");
  await open();
  await page.page.locator(".lesson").getByText("A scavenge copies what lives").waitFor();
  await page.page.getByRole("button", { name: "semi-space 1–1 MB" }).waitFor();
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal(await page.page.evaluate(() => localStorage.getItem("semispace.done.scavenge")), "1");
});
