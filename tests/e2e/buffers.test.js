// The Buffers tab: slabs, and which live Buffer pins which.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { bytesOf, openSite } from "./site.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

test("slabs are drawn with their slices, and the Buffer that pins one leads to the Object tab", async () => {
  const page = await site.visit();
  // One of 80 Buffers of 100 bytes survives of each slab: the slab stays with it.
  await page.run("const kept = [];\nfor (let i = 0; i < 800; i++) { const b = Buffer.from('x'.repeat(100)); if (i % 80 === 40) kept.push(b); }\ngc();", "Finished");
  await page.openTab("Buffers");
  const words = page.page.locator("semispace-buffers .verdict");
  await words.getByText(/slabs take .* are of no use to anybody/).waitFor();
  const [, reserved, wasted] = /take ([\d.]+ \w+): .* in use, ([\d.]+ \w+) are of no use/.exec(await words.innerText());
  assert.ok(bytesOf(wasted) > bytesOf(reserved) * 0.8, `${wasted} of ${reserved}`);
  assert.match(await words.innerText(), /kept by one single Buffer each/);
  const grid = page.page.getByRole("treegrid", { name: "Slabs" });
  assert.match(await grid.locator(".tree-row").nth(1).innerText(), /partial[\s\S]*100 bytes[\s\S]*7\.9 KiB/);
  assert.ok((await grid.getByRole("img", { name: "1 live slice, which alone keeps the slab" }).count()) > 3);
  await grid.focus();
  await grid.press("ArrowDown");
  await grid.press("ArrowRight");
  await grid.getByText(/bytes [\d\u202f]+ to [\d\u202f]+ of the Buffer at 0x/).first().waitFor();
  await grid.press("ArrowDown");
  await page.openTab("Object");
  await page.page.locator(".object-name", { hasText: "Buffer" }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.close();
});
