// The timeline and the log: zoom, marks, limits, and how they lead to each other. Each test is a promise.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { openSite, promiseOn } from "./site.js";
import { settled, until } from "./wait.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const promise = promiseOn(() => site);

const GARBAGE = "for (let i = 0; i < 120000; i++) ({ i });\ngc();\nconsole.log('end');";

/** What the chart's canvas shows, as one number. */
const ink = (page) => page.ink("semispace-timeline canvas");

promise("a brush over the timeline zooms into it, and a double click shows all again", async (page) => {
  await page.run(GARBAGE, "Finished");
  const whole = await settled(() => ink(page));
  const { x, y, width, height } = await page.page.locator("semispace-timeline .u-over").boundingBox();
  await page.page.mouse.move(x + width * 0.2, y + height / 2);
  await page.page.mouse.down();
  await page.page.mouse.move(x + width * 0.5, y + height / 2, { steps: 5 });
  await page.page.mouse.up();
  await until(() => ink(page), (sum) => sum !== whole);
  await page.page.mouse.dblclick(x + width * 0.7, y + height / 2);
  await page.page.mouse.move(0, 0);
  await until(() => ink(page), (sum) => sum === whole);
});

promise("a click on a collection's mark opens its line in the log with its reason, and a line of the log points at its mark", async (page) => {
  await page.run(GARBAGE, "Finished");
  await page.openTab("Log");
  const lines = page.page.locator(".line");
  assert.match(await lines.last().innerText(), /Mark-(sweep|compact)/i);
  const plain = await settled(() => ink(page));
  await lines.last().click();
  await page.page.locator(".why").getByText(/^Why\? /).waitFor();
  await until(() => ink(page), (sum) => sum !== plain);
  await page.press("Close");
  await page.openTab("Console");
  // The full collection is the last thing that happens: its mark is at the right end.
  const { x, y, width, height } = await page.page.locator("semispace-timeline .u-over").boundingBox();
  await page.page.mouse.click(x + width - 4, y + height / 2);
  await page.page.getByRole("tab", { name: "Log", selected: true }).waitFor();
  await page.page.locator('.line.full[aria-pressed="true"]').waitFor();
});

promise("the log is filtered and copied, and so is the console", async (page) => {
  await page.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.page.evaluate(() => navigator.clipboard.readText());
  await page.run(GARBAGE, "Finished");
  await page.page.locator(".panel.console").getByRole("button", { name: "Copy" }).click();
  await until(clipboard, (text) => text === "end\n");
  await page.openTab("Log");
  const lines = page.page.locator(".line");
  const all = await lines.count();
  await page.page.getByRole("searchbox", { name: "Filter the log" }).fill("Scavenge");
  await page.page.waitForFunction((all) => document.querySelectorAll(".line").length < all, all);
  assert.ok((await lines.allInnerTexts()).every((text) => text.includes("Scavenge")));
  await page.page.locator(".panel.log").getByRole("button", { name: "Copy" }).click();
  await until(clipboard, (text) => text.trimEnd().split("\n").length === all);
});

promise("a line of the log stays what it is while others come, and going back takes the later ones away", async (page) => {
  const toNext = async (number) => {
    await page.page.getByLabel("Run to", { exact: true }).selectOption("collection");
    await page.waitForFigure("scavenges", (text) => text === String(number));
    await page.waitForState("Paused");
  };
  await page.openTab("Log");
  await toNext(1);
  const first = await page.page.locator(".line").elementHandle();
  await toNext(2);
  assert.equal(await page.page.locator(".line").count(), 2);
  assert.ok(await first.evaluate((line) => line === document.querySelector(".line")), "the line has been made again");
  const scrubber = page.page.getByRole("slider", { name: "Rewind to" });
  await scrubber.focus();
  await scrubber.press("Home");
  await page.page.waitForFunction(() => document.querySelectorAll(".line").length === 0);
  await toNext(1);
  assert.equal(await page.page.locator(".line").count(), 1);
});

promise("the timeline says its newest sizes in words, memory outside the heap too", async (page) => {
  await page.run("globalThis.kept = [];\nfor (let i = 0; i < 40; i++) kept.push(Buffer.alloc(100000));", "Finished");
  const words = () => page.page.locator("semispace-timeline").getAttribute("aria-label");
  await until(words, (text) => /New space [\d.]+ MiB, Old space [\d.]+ MiB, Large objects [\d.]+ MiB, External 3\.8\d MiB/.test(text));
});

promise("the limit of the old generation is a line with its name, as soon as the sizes come near it", async (page) => {
  await page.page.evaluate(() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    globalThis.limits = [];
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
      if (text.startsWith("limit")) globalThis.limits.push({ text, x, y, align: this.textAlign });
      return fillText.call(this, text, x, y);
    };
  });
  const limits = () => page.page.evaluate(() => globalThis.limits);
  await page.run(GARBAGE, "Finished");
  assert.deepEqual(await limits(), []);
  await page.press("semi-space 1–16 MB, old 2048 MB");
  await page.page.getByLabel(/--max-old-space-size/).fill("32");
  await page.page.getByLabel(/--max-old-space-size/).press("Enter");
  await page.page.keyboard.press("Escape");
  await page.run("const all = [];\nwhile (true) all.push(new Array(10000).fill(0.5));", "Out of memory");
  await until(limits, (all) => all.length > 0);
  const last = (await limits()).at(-1);
  assert.equal(last?.text, "limit of the old generation");
  assert.equal(last.align, "left");
  // Below the words the line itself: short strokes over the whole width.
  const strokes = await page.page.locator("semispace-timeline canvas").evaluate((canvas, { x, y }) => {
    const rows = [0, 1, 2, 3, 4].map((down) => {
      const { data } = canvas.getContext("2d").getImageData(x, y + down, canvas.width - x - 60, 1);
      const colours = new Uint32Array(data.buffer);
      return colours.filter((colour, at) => at > 0 && colour !== colours[at - 1]).length;
    });
    return Math.max(...rows);
  }, last);
  assert.ok(strokes > 100, `${strokes} changes of colour along the line`);
});
