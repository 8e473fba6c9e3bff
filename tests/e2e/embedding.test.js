// The examples of docs/embedding, each built as its readers build it, with the site in a folder beside it, and opened in a browser.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { serve } from "./server.js";
import { until } from "./wait.js";

const examples = fileURLToPath(new URL("../../docs/embedding/", import.meta.url));
const lessons = fileURLToPath(new URL("../../static/lessons/", import.meta.url));
const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const recorded = fileURLToPath(new URL("../../crates/mdbook-semispace/tests/recorded/mdbook-0.5.4.json", import.meta.url));
/** The folder of the programs that cargo has built. */
const programs = dirname(process.env.SEMISPACE_PROGRAM);
const exe = process.platform === "win32" ? ".exe" : "";
const run = promisify(execFile);

let browser;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "semispace-examples-"));
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

/** Serves a built example with the site in `semispace/`, and runs all widgets of a page. */
async function open(built, path, body) {
  await symlink(process.env.SEMISPACE_SITE, join(built, "semispace"), "junction").catch(() => {});
  const server = await serve(built);
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  await page.goto(server.url + path);
  const widgets = page.locator("semispace-playground");
  await widgets.first().waitFor();
  const states = await page.evaluate(async () => {
    await customElements.whenDefined("semispace-playground");
    return Promise.all([...document.querySelectorAll("semispace-playground")].map((widget) => widget.run()));
  });
  assert.ok(states.length > 0 && states.every(({ kind }) => kind === "finished" || kind === "outOfMemory"), JSON.stringify(states));
  await body?.(page, widgets);
  if (process.env.SEMISPACE_PICTURES) await page.screenshot({ path: join(process.env.SEMISPACE_PICTURES, `example-${path.replaceAll("/", "-") || "index.html"}.png`) });
  assert.deepEqual(problems, []);
  await context.close();
  server.close();
}

test("plain HTML", async () => {
  const built = join(folder, "html");
  await cp(join(examples, "html"), built, { recursive: true });
  await open(built, "", async (page, widgets) => {
    assert.equal(await widgets.nth(1).evaluate(({ output }) => output), "600 points kept\n");
    await page.getByRole("button", { name: "Collect its heap" }).click();
    await page.getByText(/^Collection \d+, a mark-compact, freed \d+ bytes\.$/).waitFor();
    await page.frameLocator("iframe").getByText("At the end of a run").waitFor();
    await checkWithoutScripts(page.url(), "scavenge");
  });
});

/**
 * Builds a book with mdBook where it is installed; else from what mdBook would hand over, as the example `render` of the
 * preprocessor's crate does.
 */
async function buildBook(source, built, handedOver) {
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` };
  const hasMdbook = await run("mdbook", ["--version"], { env }).then(() => true, () => false);
  if (hasMdbook) {
    await run("mdbook", ["build", source, "--dest-dir", built], { env });
    return;
  }
  const book = await feed(join(programs, `mdbook-semispace${exe}`), [], await handedOver());
  await feed(join(programs, "examples", `render${exe}`), [built], book);
}

/** What a program answers to an input. */
async function feed(program, given, input) {
  const running = run(program, given, { maxBuffer: 1 << 24 });
  running.child.stdin.end(input);
  return (await running).stdout;
}

test("the recorded book is the example", async () => {
  const [, { items }] = JSON.parse(await readFile(recorded, "utf8"));
  for (const { Chapter: { path, content } } of items) assert.equal(content, await readFile(join(examples, "mdbook/src", path), "utf8"), path);
});

/** What a reader without scripts sees of the lesson in a page: its picture, and its snippet as plain code. */
async function checkWithoutScripts(url, lesson) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(url);
  const element = page.locator(`semispace-playground[lesson="${lesson}"]`);
  await element.scrollIntoViewIfNeeded();
  const snippet = await readFile(join(lessons, lesson, "snippet.js"), "utf8");
  assert.equal((await element.locator("pre code").textContent()).trim(), snippet.trim());
  const widthOf = () => element.locator("img").evaluate(({ naturalWidth }) => naturalWidth);
  await until(widthOf, (width) => width > 0);
  await context.close();
}

test("mdBook", async () => {
  const built = join(folder, "book");
  await buildBook(join(examples, "mdbook"), built, () => readFile(recorded, "utf8"));
  await open(built, "new-space.html", async (page, widgets) => {
    assert.match(await widgets.evaluate(({ source }) => source), /^const kept = \[\];\n\nfor \(let i = 0; i < 60000/);
    assert.equal(await page.locator("main > pre > code, main > pre code.language-js").count() > 0, true, "the plain block");
  });
  await open(built, "chapters/leaks.html", async (page, widgets) => {
    assert.equal(await widgets.count(), 2);
    assert.equal(await widgets.first().evaluate(({ source }) => source.split("\n").length), 5);
    await checkWithoutScripts(page.url(), "slab-pinning");
  });
});

/** The guide as mdBook hands it over, in the shape of the recorded book. */
async function guideAsHandedOver() {
  const [context, book] = JSON.parse(await readFile(recorded, "utf8"));
  context.config.preprocessor.semispace.host = /host = "([^"]+)"/.exec(await readFile(join(docs, "book.toml"), "utf8"))[1];
  const [example] = book.items;
  const files = [...(await readFile(join(docs, "guide/SUMMARY.md"), "utf8")).matchAll(/\]\((.+\.md)\)/g)].map(([, file]) => file);
  book.items = await Promise.all(files.map(async (path) => ({ Chapter: { ...example.Chapter, path, source_path: path, content: await readFile(join(docs, "guide", path), "utf8") } })));
  return JSON.stringify([context, book]);
}

test("the user's guide, in a folder of the site", async () => {
  const built = join(folder, "site");
  await mkdir(built);
  for (const name of await readdir(process.env.SEMISPACE_SITE)) await symlink(join(process.env.SEMISPACE_SITE, name), join(built, name), "junction");
  await buildBook(docs, join(built, "guide"), guideAsHandedOver);
  for (const [chapter, count] of Object.entries({ start: 1, "heap-view": 1, collectors: 2, log: 1, buffers: 1, embedding: 1 })) {
    await open(built, `guide/${chapter}.html`, async (_, widgets) => assert.equal(await widgets.count(), count));
  }
  await open(built, "guide/snapshots.html", (page) => page.getByText(/500 objects/).first().waitFor());
});

test("VitePress", async () => {
  // A copy with the site where the example says that it is.
  const source = join(folder, "vitepress-source");
  const isSource = (path) => !/[\\/](?:node_modules|public|cache)$/.test(path);
  await cp(join(examples, "vitepress"), source, { recursive: true, filter: isSource });
  await symlink(join(examples, "vitepress/node_modules"), join(source, "node_modules"), "junction");
  await mkdir(join(source, "public"));
  await symlink(process.env.SEMISPACE_SITE, join(source, "public/semispace"), "junction");
  const built = join(folder, "vitepress");
  const vitepress = join(examples, "vitepress/node_modules/vitepress/bin/vitepress.js");
  await run(process.execPath, [vitepress, "build", source, "--outDir", built]);
  await open(built, "", async (page, widgets) => {
    assert.equal(await widgets.count(), 2);
    assert.equal(await widgets.first().evaluate(({ output }) => output), "600 points kept {{ not a template }}\n");
    await checkWithoutScripts(page.url(), "leak-array");
  });
});

test("each lesson has its whole element to be copied, and the documents show one as it is", async () => {
  for (const name of await readdir(lessons)) {
    if (name.endsWith(".json")) continue;
    const [element, snippet] = await Promise.all([readFile(join(process.env.SEMISPACE_SITE, `embed/lessons/${name}.html`), "utf8"), readFile(join(lessons, name, "snippet.js"), "utf8")]);
    const [, code] = /<pre><code>([^]*)<\/code><\/pre>/.exec(element);
    assert.equal(plainTextOf(code), snippet, name);
    assert.ok(element.startsWith(`<semispace-playground lesson="${name}">\n  <img src="https://HOST/embed/lessons/${name}.svg"`), name);
  }
  const readme = await readFile(new URL("../../www/package/README.md", import.meta.url), "utf8");
  const [, name, code] = /<semispace-playground lesson="([\w-]+)">[^]*?<pre><code>([^]*?)<\/code>/.exec(readme);
  assert.equal(plainTextOf(code), await readFile(join(lessons, name, "snippet.js"), "utf8"));
});

function plainTextOf(html) {
  const characters = { amp: "&", lt: "<", quot: '"' };
  return html.replace(/&(\w+);/g, (_, name) => characters[name]);
}
