// What goes wrong has a plain message, the draft is kept, and there is a way on. Each test is a promise.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { openSite } from "./site.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const DRAFT = "console.log('my own work');";
const draftOf = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("semispace.draft")).source);

/** A page with a draft of its own, kept. */
async function visitWithDraft() {
  const page = await site.visit();
  await page.type(DRAFT);
  await page.page.waitForFunction((draft) => localStorage.getItem("semispace.draft")?.includes(draft), "my own work");
  return page;
}

test("without WebAssembly the page says so, and shows the draft", async () => {
  const page = await visitWithDraft();
  await page.page.addInitScript(() => delete globalThis.WebAssembly);
  await page.page.goto(site.url);
  await page.page.getByText("The page could not start: this browser has no WebAssembly, or it is switched off.").waitFor();
  assert.equal(await page.page.locator("#shell-source").innerText(), DRAFT);
  assert.equal(await draftOf(page.page), DRAFT);
  await page.close();
});

test("a worker that dies is said, the draft is kept, and Reset starts another", async () => {
  const page = await visitWithDraft();
  const [worker] = page.page.workers();
  await worker.evaluate(() => void setTimeout(() => { throw new Error("gone"); }));
  await page.waitForState("The engine has stopped: press Reset");
  assert.match(await page.console(), /gone.*Your snippet is kept; Reset starts a new engine/s);
  await page.press("Reset");
  await page.waitForState("Ready");
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.equal((await page.console()).trim(), "my own work");
  await page.close();
});

test("without room in the browser's storage the page says that the draft is not kept, and runs it", async () => {
  const page = await site.visit();
  await page.page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.open(site.url);
  await page.type(DRAFT);
  await page.page.locator(".notice").getByText("The browser's storage is full or switched off: this draft is not kept.").waitFor();
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a link shows its run and leaves the own draft alone until somebody edits it", async () => {
  const page = await visitWithDraft();
  const link = `${site.url}#run=${deflateRawSync(JSON.stringify({ source: "console.log('linked');" })).toString("base64url")}`;
  await page.page.goto("about:blank");
  await page.open(link);
  await page.page.locator("semispace-editor .cm-content", { hasText: "linked" }).waitFor();
  await page.page.waitForTimeout(600);
  assert.equal(await draftOf(page.page), DRAFT);
  await page.type("console.log('changed');");
  await page.page.waitForFunction(() => localStorage.getItem("semispace.draft").includes("changed"));
  // The address no longer says what is in the editor, so a reload shows the work; the draft of before can be had back.
  assert.equal(new URL(page.page.url()).hash, "");
  await Promise.all([page.page.waitForNavigation(), page.press("Bring it back")]);
  await page.page.locator("semispace-editor .cm-content", { hasText: "my own work" }).waitFor();
  await page.close();
});

test("a link that is pasted into the open page's address is opened", async () => {
  const page = await visitWithDraft();
  const packed = deflateRawSync(JSON.stringify({ source: "console.log('pasted');" })).toString("base64url");
  await page.page.evaluate((packed) => (location.hash = `run=${packed}`), packed);
  await page.page.locator("semispace-editor .cm-content", { hasText: "pasted" }).waitFor();
  assert.equal(await draftOf(page.page), DRAFT);
  await page.close();
});

test("work that goes on after Share is what a reload shows", async () => {
  const page = await visitWithDraft();
  await page.press("Share");
  await page.page.waitForFunction(() => location.hash.startsWith("#run="));
  await page.type("console.log('after sharing');");
  await page.page.waitForFunction(() => localStorage.getItem("semispace.draft").includes("after sharing"));
  await page.open(page.page.url());
  await page.page.locator("semispace-editor .cm-content", { hasText: "after sharing" }).waitFor();
  await page.close();
});

test("a snippet that no link can hold is not shared", async () => {
  const page = await site.visit();
  await page.type(`const text = "${"x".repeat(210_000)}";`);
  await page.press("Share");
  await page.page.locator(".notice").getByText("This snippet is too long for a link: save it as a file.").waitFor();
  await page.close();
});
