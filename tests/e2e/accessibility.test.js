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

for (const colorScheme of ["light", "dark"]) {
  test(`no violation in any tab with something in it: ${colorScheme}`, async () => {
    const page = await site.visit({ colorScheme });
    await page.run("globalThis.kept = [];\nfor (let i = 0; i < 3000; i++) kept.push({ i }, Buffer.from('text ' + i));\nconsole.log(kept.length);", "Finished");
    for (let i = 0; i < 3; i++) {
      await page.press("Snapshot");
      await page.page.locator(`.slot.taken:nth-child(${i + 1})`).waitFor();
    }
    for (const view of ["Leaks", "Statistics", "Comparison", "Summary"]) {
      await page.press(view);
      await page.page.waitForTimeout(100);
      assert.deepEqual(await violations(page), [], view);
    }
    const grid = page.page.getByRole("treegrid", { name: "Objects by constructor" });
    await grid.focus();
    await grid.press("ArrowRight");
    await page.page.locator(".tree-row[aria-level='2']").first().waitFor();
    await grid.press("ArrowDown");
    await page.page.locator(".retainers .tree-row").first().waitFor();
    assert.deepEqual(await violations(page), [], "Retainers");
    await page.page.locator(".stage canvas").focus();
    await page.page.keyboard.press("n");
    await page.openTab("Object");
    await page.press("Why is it here?");
    for (const tab of ["Object", "Log", "Buffers", "Memory", "What if", "Console"]) {
      await page.openTab(tab);
      await page.page.waitForTimeout(100);
      assert.deepEqual(await violations(page), [], tab);
    }
    await page.page.getByLabel("slow motion").check();
    await page.press("Scavenge");
    await page.page.locator(".slow").waitFor();
    assert.deepEqual(await violations(page), [], "slow motion");
    await page.press("Add a file");
    assert.deepEqual(await violations(page), [], "a new file");
    await page.close();
  });
}

test("a phone's page does not scroll sideways", async () => {
  const page = await site.visit({ viewport: { width: 390, height: 844 } });
  const [content, screen] = await page.page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(content <= screen, `${content} px in ${screen} px`);
  await page.close();
});
