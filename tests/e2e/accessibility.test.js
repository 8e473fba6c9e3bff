// axe-core finds no violation, light and dark, wide and narrow, before, during and after a run.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openSite } from "./site.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let site;
before(async () => (site = await openSite()));
after(() => site.close());

async function violations(page) {
  // Through the debugging protocol: the page's own policy lets no such script in.
  await page.page.evaluate(axe);
  const results = await page.page.evaluate(() => globalThis.axe.run(document));
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of [["wide", { width: 1440, height: 900 }], ["narrow", { width: 390, height: 844 }]]) {
    test(`no violation: ${colorScheme}, ${name}`, async () => {
      const page = await site.visit({ colorScheme, viewport });
      assert.deepEqual(await violations(page), []);
      await page.press("Run");
      await page.waitForState("Running");
      assert.deepEqual(await violations(page), []);
      await page.run("let x = ;", "Stopped by an error");
      assert.deepEqual(await violations(page), []);
      await page.close();
    });
  }
}

test("a phone's page does not scroll sideways", async () => {
  const page = await site.visit({ viewport: { width: 390, height: 844 } });
  const [content, screen] = await page.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(content <= screen, `${content} px in ${screen} px`);
  await page.close();
});
