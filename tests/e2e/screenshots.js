// Writes docs/screenshots: every view at 1440x900, light and dark, and at 390x844. For people to look at.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openSite } from "./site.js";

const folder = fileURLToPath(new URL("../../docs/screenshots/", import.meta.url));
const site = await openSite();

/** A name for each view, and what a person does to get there after the default snippet has run to its third scavenge. */
const VIEWS = {
  async console() {},
  async object(page) {
    const canvas = page.page.locator(".stage canvas");
    await canvas.focus();
    for (let i = 0; i < 3; i++) {
      await canvas.press("n");
      await page.page.waitForTimeout(150);
    }
    await page.openTab("Object");
    await canvas.focus();
    await canvas.press("Enter");
  },
  async log(page) {
    await page.openTab("Log");
    await page.page.locator(".line").last().click();
  },
  async memory(page) {
    await page.openTab("Memory");
  },
  async snapshots(page) {
    await page.press("Snapshot");
    for (const turn of [4, 5]) {
      await page.page.getByLabel("Run to", { exact: true }).selectOption("collection");
      await page.waitForFigure("scavenges", (text) => text === String(turn));
      await page.waitForState("Paused");
      await page.press("Snapshot");
    }
    await page.page.locator(".snapshot-view .verdict").waitFor();
  },
  async "snapshot-summary"(page) {
    await page.press("Snapshot");
    const grid = page.page.getByRole("treegrid", { name: "Objects by constructor" });
    await page.page.getByRole("searchbox", { name: /Filter by constructor/ }).fill("session");
    await grid.focus();
    await grid.press("ArrowRight");
    await page.page.waitForTimeout(300);
    await grid.press("ArrowDown");
  },
  async buffers(page) {
    await page.run("const kept = [];\nfor (let i = 0; i < 2000; i++) {\n  const buffer = Buffer.from('x'.repeat(50 + (i % 200)));\n  if (i % 23 === 0) kept.push(buffer);\n}\ngc();", "Finished");
    await page.openTab("Buffers");
  },
  async "what-if"(page) {
    await page.openTab("What if");
    await page.press("Compare");
    await page.page.locator(".panel.compare").getByText("finished").waitFor();
  },
  async "slow-motion"(page) {
    await page.page.getByLabel("slow motion").check();
    await page.press("Scavenge");
    await page.press("Step phase");
    for (let i = 0; i < 12; i++) await page.press("Step object");
  },
};

async function shoot(name, view, options) {
  const page = await site.visit(options);
  await page.setFullSpeed();
  for (let i = 0; i < 3; i++) {
    await page.page.getByLabel("Run to", { exact: true }).selectOption("collection");
    await page.waitForFigure("scavenges", (text) => text === String(i + 1));
    await page.waitForState("Paused");
  }
  await view(page);
  await page.page.waitForTimeout(500);
  await page.page.screenshot({ path: `${folder}${name}.png` });
  await page.close();
}

await mkdir(folder, { recursive: true });
for (const [name, view] of Object.entries(VIEWS)) {
  for (const colorScheme of ["light", "dark"]) {
    await shoot(`${name}-${colorScheme}`, view, { colorScheme });
  }
  await shoot(`${name}-phone`, view, { colorScheme: "light", viewport: { width: 390, height: 844 } });
}
await site.close();
console.log(`The screenshots are in ${folder}`);
