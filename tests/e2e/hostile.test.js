// Text from snippets and links is text: whatever it says, it shows as such and breaks nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { openSite } from "./site.js";

let site;
before(async () => (site = await openSite()));
after(() => site.close());

const PAYLOADS = [
  "<img src=x onerror=document.title='broken'>",
  "<script>document.title='broken'</script>",
  "</script><script>document.title='broken'</script>",
  "<svg onload=document.title='broken'>",
  "<iframe src=javascript:parent.document.title='broken'></iframe>",
  "<style>*{display:none}</style>",
  "<a href=javascript:document.title='broken'>x</a>",
  "javascript:document.title='broken'",
  "\"><b id=broken>",
  "'><b id=broken>",
  "&lt;b id=broken&gt;",
  "<!--",
  "]]>",
  "{{constructor.constructor('document.title=1')()}}",
  "${document.title='broken'}",
  "\u202Egnp.exe",
  "\u0000\u0007\u001b[31mred",
  "\uD800 half a pair",
  "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}",
  "a\u0301".repeat(200),
  "x".repeat(50_000),
  "line\nafter\r\nline\u2028after",
  "%s %d %o %c",
  "__proto__",
  "constructor",
];

/** Each way in which a text can get from a snippet to the page. */
const CHANNELS = `
for (const text of PAYLOADS) {
  console.log(text);
  console.error(text);
  console.log({ [text]: text }, [text], new Map([[text, text]]));
  console.log(Symbol(text), new Error(text).message);
  const named = { [text]: class {} }[text];
  globalThis.kept = [...(globalThis.kept ?? []), new named(), { [text]: text }];
  try { null[text]; } catch (error) { console.log(error.message); }
}
throw new Error(PAYLOADS.join("|"));`;

async function assertUnbroken(page) {
  const found = await page.page.evaluate(() => ({
    title: document.title,
    foreign: document.querySelectorAll("img, iframe, #broken, main script, main style, main a").length,
    isShown: document.querySelector(".stage canvas").getBoundingClientRect().width > 0,
  }));
  assert.deepEqual(found, { title: "Semispace: a garbage-collection playground", foreign: 0, isShown: true });
  assert.deepEqual(page.problems, []);
}

test(`${PAYLOADS.length} hostile texts through seven channels show as text`, async () => {
  const page = await site.visit();
  page.page.on("dialog", () => assert.fail("a dialog opened"));
  await page.run(`const PAYLOADS = ${JSON.stringify(PAYLOADS)};${CHANNELS}`, "Stopped by an error");
  const shown = await page.console();
  for (const payload of PAYLOADS.slice(0, 10)) assert.ok(shown.includes(payload), payload);
  await assertUnbroken(page);
  // Their objects in the picture and in the Object tab.
  await page.openTab("Object");
  const canvas = page.page.locator(".stage canvas");
  await canvas.focus();
  for (let i = 0; i < 10; i++) await canvas.press("n");
  await canvas.press("Enter");
  await page.page.waitForTimeout(300);
  await assertUnbroken(page);
  await page.close();
});

test("hostile links show a message or a harmless snippet", async () => {
  const pack = (value) => `#run=${deflateRawSync(Buffer.from(value)).toString("base64url")}`;
  const works = [
    ...PAYLOADS.slice(0, 8).map((text) => ({ source: text, profile: text, seed: text, maxOldSpace: text })),
    { source: 1 },
    { source: "1", seed: -1, maxOldSpace: 1e9, minSemiSpace: 0 },
    { source: "1", __proto__: null, constructor: "x" },
    null,
    [],
  ];
  const links = [
    ...works.map((work) => pack(JSON.stringify(work))),
    pack("not json"),
    pack(JSON.stringify({ source: "x".repeat(5_000_000) })),
    "#run=",
    "#run=%00",
    "#run=AAAA",
    "#<img src=x onerror=document.title='broken'>",
  ];
  const page = await site.visit();
  for (const link of links) {
    await page.page.goto("about:blank");
    await page.page.goto(site.url + link);
    await page.page.waitForFunction(() => {
      const words = document.querySelector(".state")?.textContent ?? "";
      return words !== "" && !words.startsWith("Starting");
    });
    await assertUnbroken(page);
  }
  await page.close();
});
