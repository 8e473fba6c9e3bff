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

/** Each way in which a text can get from a snippet to the page, as a snippet; `text` is the text as JavaScript writes it. */
const CHANNELS = {
  output: (text) => `console.log(${text});`,
  stderr: (text) => `console.error(${text});`,
  "a key and a value": (text) => `console.log({ [${text}]: ${text} }, new Map([[${text}, ${text}]]));`,
  "a symbol": (text) => `console.log(Symbol(${text}), [${text}]);`,
  "the name of a class": (text) => `globalThis.kept = new ({ [${text}]: class {} }[${text}])(); console.log(kept);`,
  "an uncaught error": (text) => `throw new Error(${text});`,
  "an error of the engine": (text) => `null[${text}];`,
  "what is thrown": (text) => `throw ${text};`,
  "the snippet itself": (text) => JSON.parse(text),
};

async function assertUnbroken(page) {
  const found = await page.page.evaluate(() => ({
    title: document.title,
    foreign: document.querySelectorAll("img, iframe, #broken, main script, main style, main a").length,
    isShown: document.querySelector(".stage canvas").getBoundingClientRect().width > 0,
  }));
  assert.deepEqual(found, { title: "Semispace: a garbage-collection playground", foreign: 0, isShown: true });
  assert.deepEqual(page.problems, []);
}

const count = PAYLOADS.length * Object.keys(CHANNELS).length;

test(`${count} hostile snippets show as text and break nothing`, async () => {
  assert.ok(count >= 200);
  const page = await site.visit();
  page.page.on("dialog", () => assert.fail("a dialog opened"));
  await page.setFullSpeed();
  let run = 0;
  for (const [channel, snippet] of Object.entries(CHANNELS)) {
    for (const payload of PAYLOADS) {
      run += 1;
      await page.type(`console.log("run ${run}");${snippet(JSON.stringify(payload))}`);
      await page.press("Run");
      // What is no JavaScript prints nothing before its error.
      const sign = channel === "the snippet itself" ? /Error|run/ : new RegExp(`run ${run}\\b`);
      await page.page.waitForFunction(
        (sign) => /^(Finished|Stopped)/.test(document.querySelector(".state").textContent) && new RegExp(sign).test(document.querySelector(".output").textContent),
        sign.source,
      );
      await assertUnbroken(page);
      const isPlain = channel === "output" && /^[ -~]+$/.test(payload) && !payload.includes("%");
      if (isPlain) assert.ok((await page.console()).includes(payload), payload);
    }
  }
  await page.close();
});

test("objects with hostile names show as text in the picture, in the Object tab and in a snapshot", async () => {
  const page = await site.visit();
  const texts = JSON.stringify(PAYLOADS);
  await page.run(`globalThis.kept = [];\nfor (const text of ${texts}) kept.push(new ({ [text]: class {} }[text])(), { [text]: text });\nthrow new Error(${texts}.join("|"));`, "Stopped by an error");
  await page.openTab("Object");
  const canvas = page.page.locator(".stage canvas");
  await canvas.focus();
  for (let i = 0; i < 10; i++) await canvas.press("n");
  await canvas.press("Enter");
  await page.page.waitForTimeout(300);
  await assertUnbroken(page);
  await page.press("Snapshot");
  const grid = page.page.getByRole("treegrid", { name: "Objects by constructor" });
  await page.page.getByRole("searchbox", { name: /Filter by constructor/ }).fill("(string)");
  await grid.focus();
  await grid.press("ArrowRight");
  await page.page.locator(".tree-row[aria-level='2']").first().waitFor();
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
