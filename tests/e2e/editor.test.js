// The editor: several files, and what each line allocates. Each test is a promise.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before } from "node:test";
import { openSite, promiseOn } from "./site.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const promise = promiseOn(() => site);

/** Adds a file by keyboard and types its text. */
async function addFile(page, name, text) {
  await page.press("Add a file");
  await page.page.getByRole("textbox", { name: "Name of the new file" }).fill(name);
  await page.page.keyboard.press("Enter");
  await page.page.getByRole("tab", { name }).waitFor();
  await page.type(text);
}

promise("a second file is required by the snippet, kept in the draft, and travels in the link", async (page) => {
  await page.type("const { put } = require('./cache');\nconsole.log(put('a', 1), put('b', 2));");
  await addFile(page, "cache.js", "const held = new Map();\nexports.put = (key, value) => held.set(key, value).size;");
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal((await page.console()).trim(), "1 2");
  await page.press("Share");
  await page.page.waitForFunction(() => location.hash.startsWith("#run="));
  const link = await page.page.evaluate(() => location.href);
  const other = await site.visit();
  await other.page.goto("about:blank");
  await other.open(link);
  await other.page.getByRole("tab", { name: "cache.js" }).waitFor();
  await other.setFullSpeed();
  await other.press("Run");
  await other.waitForState("Finished");
  assert.equal((await other.console()).trim(), "1 2");
  await other.close();
  await page.waitForDraft("cache.js");
  await page.open(site.url);
  await page.page.getByRole("tab", { name: "cache.js" }).waitFor();
});

promise("an error in a required file shows in that file, at its line", async (page) => {
  await page.type("require('./broken').start();");
  await addFile(page, "broken.js", "exports.start = () => {\n  null.property;\n};");
  await page.page.getByRole("tab", { name: "snippet.js" }).click();
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Stopped by an error in line 2");
  await page.page.getByRole("tab", { name: "broken.js", selected: true }).waitFor();
  assert.equal(await page.page.locator("semispace-editor .error-line").innerText(), "  null.property;");
});

promise("an error shows while typing in whichever file it is", async (page) => {
  await addFile(page, "cache.js", "exports.a = ;");
  await page.page.locator("semispace-editor .error-note").waitFor();
  await page.page.getByRole("tab", { name: "snippet.js" }).click();
  await page.page.locator("semispace-editor .error-note").waitFor({ state: "detached" });
});

promise("beside each line stands what it allocates and what of that is still there", async (page) => {
  await page.type("globalThis.kept = [];\nfor (let i = 0; i < 3000; i++) {\n  kept.push({ i });\n  ({ dead: i, and: i });\n}\ngc();");
  await page.press("Run");
  await page.waitForState("Finished");
  await page.page.locator("semispace-editor .heat .cm-gutterElement div").first().waitFor();
  await page.page.locator("semispace-editor .cm-line").nth(2).click();
  const words = page.page.locator("semispace-editor .heat-line span");
  await words.getByText(/^Line 3 has allocated [\d.]+ KiB in [\d\u202f]+ objects: [\d.]+ KiB in [\d\u202f]+ objects are in the heap now, [\d.]+ KiB have survived/).waitFor();
  await page.page.locator("semispace-editor .cm-line").nth(3).click();
  await words.getByText(/^Line 4 has allocated .*: none of it is in the heap now/).waitFor();
});

promise("a file that is added is seen among many, and only the snippet itself has breakpoints", async (page) => {
  for (const name of ["cache.js", "a-file-with-a-very-long-name.js", "last.js"]) await addFile(page, name, "exports.a = 1;");
  const [tab, list] = await Promise.all(['[aria-selected="true"]', '[role="tablist"]'].map((part) => page.page.locator(`semispace-editor .files ${part}`).boundingBox()));
  assert.ok(tab.x + tab.width <= list.x + list.width + 1, `the tab ends at ${tab.x + tab.width}, the list at ${list.x + list.width}`);
  const dots = page.page.locator("semispace-editor .breakpoint");
  // One keeps the gutter as wide as it is.
  const before = await dots.count();
  await page.page.keyboard.press("F9");
  assert.equal(await dots.count(), before);
  await page.page.getByRole("tab", { name: "snippet.js" }).click();
  await page.page.locator("semispace-editor .cm-content").focus();
  await page.page.keyboard.press("F9");
  await page.page.waitForFunction(() => document.querySelector("semispace-editor").breakpoints.length === 1);
});

promise("completion knows the globals of a snippet", async (page) => {
  await page.type("");
  // Whoever types before it has loaded gets it at the next letter.
  await page.page.locator("semispace-editor .cm-content[aria-autocomplete]").waitFor();
  await page.page.keyboard.type("proce");
  await page.page.locator("semispace-editor .cm-tooltip-autocomplete").getByText("process.memoryUsage()").waitFor();
  // A list that has just opened takes no key yet: nobody chooses what they have not seen.
  await page.page.waitForTimeout(150);
  await page.page.keyboard.press("Enter");
  assert.equal(await page.page.locator("semispace-editor .cm-content").innerText(), "process.memoryUsage()");
});

promise("a snippet is saved as a file, and opened from one", async (page) => {
  await page.type("console.log('to a file');");
  const [download] = await Promise.all([page.page.waitForEvent("download"), page.press("Save")]);
  assert.equal(download.suggestedFilename(), "snippet.js");
  await page.type("console.log('another');");
  const asked = [];
  page.page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return asked.length === 1 ? dialog.dismiss() : dialog.accept();
  });
  // What is dropped on the page is asked about as what is opened is.
  await page.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["console.log('dropped');"], "dropped.js"));
    dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  });
  while (asked.length === 0) await page.page.waitForTimeout(20);
  assert.match(await page.page.locator("semispace-editor .cm-content").innerText(), /another/);
  const [chooser] = await Promise.all([page.page.waitForEvent("filechooser"), page.press("Open")]);
  await chooser.setFiles(await download.path().then(async (path) => ({ name: "snippet.js", mimeType: "text/javascript", buffer: await readFile(path) })));
  await page.page.locator("semispace-editor .cm-content", { hasText: "to a file" }).waitFor();
  assert.deepEqual(asked, Array(2).fill("This replaces what is in the editor. Go on?"));
});
