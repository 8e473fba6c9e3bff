// <semispace-playground> in pages that do not make it easy: hostile styles, strict policies, single-letter keys, no scripts, and
// none but an iframe.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { call, openHosts, widget } from "./hosts.js";
import { until } from "./wait.js";

const SOURCE = "globalThis.kept = [];\nfor (let i = 0; i < 20000; i++) kept.push({ i }); // a comment\nconsole.log(kept.length, 'kept');";
const WORDS = "<h2>The page's own words</h2><p>They look as the page wants.</p>";
const LESSON = '<semispace-playground lesson="scavenge" speed="full"></semispace-playground>';

let hosts;
before(async () => (hosts = await openHosts()));
after(() => hosts.close());

/** Shows the widget before and after a run; a picture is kept where `SEMISPACE_PICTURES` says. */
async function watchRun(page, name) {
  const widgets = page.locator("semispace-playground");
  await widgets.locator("svg.still").waitFor();
  await call(page, "run");
  await widgets.locator("canvas").waitFor();
  await widgets.locator(".state").getByText(/^Finished/).waitFor();
  const folder = process.env.SEMISPACE_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.waitForTimeout(100);
  await page.screenshot({ path: `${folder}/${name}.png` });
}

const styles = (css = "") => `<style>body { margin: 24px; width: 852px; } ${css}</style>`;

/** What a page's style sheet may do at its worst. */
const HOSTILE = `
  * { all: revert; color: red !important; background: yellow !important; font: italic 40px/3 cursive !important; letter-spacing: 9px !important;
    text-transform: uppercase !important; padding: 30px !important; border: 5px dashed blue !important; box-sizing: content-box !important;
    float: right !important; display: inline !important; opacity: .3 !important; transform: rotate(3deg) !important; max-height: 20px !important;
    animation: spin 1s infinite !important; direction: rtl !important; overflow: scroll !important; zoom: 1.1 !important; filter: blur(2px) !important; clip-path: circle(20%) !important; }
  html, head, body { all: initial !important; display: block !important; } head { display: none !important; }
  body { margin: 24px !important; width: 852px !important; }
  @keyframes spin { to { rotate: 1turn; } }
  :root { --text: red; --surface: lime; --line: blue; --height: 10px; --font-words: cursive; }
  button, svg, canvas, pre, textarea { visibility: hidden !important; }`;

/** Place and computed style of everything in the widget, as it stands. */
function looksOf(page) {
  return page.locator("semispace-playground").evaluate((widget) => {
    const home = widget.getBoundingClientRect();
    return [...widget.shadowRoot.querySelectorAll("*")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const rules = [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
      return `${element.localName}.${element.getAttribute("class")} at ${[x - home.x, y - home.y, width, height].map(Math.round)} ${rules}`;
    });
  });
}

test("a hostile style sheet changes nothing in the widget", async () => {
  const looks = [];
  for (const [name, css] of [["calm", ""], ["hostile", HOSTILE]]) {
    const page = await hosts.open(LESSON + WORDS, { head: styles(css) });
    await watchRun(page, name);
    looks.push(await looksOf(page));
    await page.context().close();
  }
  const [calm, hostile] = looks;
  assert.ok(calm.length > 25 && calm.every((look) => look.length > 1000));
  const changed = calm.flatMap((look, index) => {
    const kept = new Set(look.split("; "));
    return (hostile[index] ?? "").split("; ").filter((rule) => !kept.has(rule)).map((rule) => `${look.split(" at ")[0]}: ${rule}`);
  });
  assert.deepEqual(changed, []);
  assert.equal(hostile.length, calm.length);
});

test("where the page asks the widget how wide it would like to be, it has an answer", async () => {
  const places = [["display: flex", 640], ["float: left", 640], ["display: table-cell", 640], ["display: grid; grid-template-columns: auto auto", 300]];
  for (const [style, least] of places) {
    const page = await hosts.open(`<div style="${style}">${LESSON}<p>Beside it</p></div>`);
    await page.locator("svg.still").waitFor();
    const width = await page.locator("semispace-playground").evaluate(({ clientWidth }) => clientWidth);
    assert.ok(width >= least && width <= 860, `${style}: ${width}`);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, style);
    await page.context().close();
  }
});

test("on paper it is the whole snippet and the picture, light, and nothing to press", async () => {
  const long = `${SOURCE} // ${"and so on ".repeat(30)}${"\n// one more line".repeat(40)}`;
  const page = await hosts.open(widget(long, 'speed="full" editable'), { context: { colorScheme: "dark" } });
  await call(page, "run");
  await page.locator("canvas").waitFor();
  await page.emulateMedia({ media: "print", colorScheme: "light" });
  assert.equal(await page.getByRole("button").count(), 0);
  const beyond = await page.locator(".pane.code").evaluate((pane) => [pane, pane.querySelector(".editor")].map((box) => [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight]));
  assert.deepEqual(beyond, [[0, 0], [0, 0]]);
  const lightest = () => page.locator("canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let most = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) most = Math.max(most, Math.min(data[at], data[at + 1], data[at + 2]));
    return most;
  });
  // Free memory is the palest that is painted, #e6e6e1 in the light theme, from the next frame on.
  await until(lightest, (most) => most === 0xe1);
  await page.context().close();
});

test("where the system sets the colours, those of the heap stay", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await hosts.open(LESSON, { context: { forcedColors: "active", colorScheme } });
    await page.locator("svg.still").waitFor();
    await call(page, "run");
    await page.locator("canvas").waitFor();
    const [young, free] = await page.locator(".swatch.young").evaluate((swatch) => [getComputedStyle(swatch).backgroundColor, getComputedStyle(swatch.getRootNode().querySelector("canvas")).caretColor]);
    assert.equal(young, "rgb(86, 180, 233)");
    assert.equal(free, colorScheme === "light" ? "rgb(230, 230, 225)" : "rgb(35, 39, 43)");
    await page.context().close();
  }
});

test("under a strict Content-Security-Policy it runs, and breaks none of its rules", async () => {
  const { siteOrigin } = hosts;
  const policy = (script) =>
    `default-src 'none'; script-src ${siteOrigin} ${script}; connect-src ${siteOrigin}; worker-src blob: ${siteOrigin}; require-trusted-types-for 'script'; trusted-types semispace; base-uri 'none'; form-action 'none'`;
  const page = await hosts.open(LESSON, { headers: { "content-security-policy": policy("'wasm-unsafe-eval'") } });
  await watchRun(page, "strict-policy");
  await page.locator("semispace-playground").evaluate((widget) => widget.setAttribute("editable", ""));
  await page.getByRole("textbox", { name: "Snippet" }).focus();
  await page.locator(".cm-editor").waitFor();
  assert.equal(await page.locator(".cm-content").evaluate((content) => getComputedStyle(content).paddingTop), "12px", "the editor's styles are in force");
  assert.deepEqual(page.problems, []);
  await page.context().close();

  const stricter = await hosts.open(LESSON, { headers: { "content-security-policy": policy("") } });
  const refused = await call(stricter, "run").catch(({ message }) => message);
  assert.match(refused, /Content-Security-Policy keeps WebAssembly from running: its script-src needs 'wasm-unsafe-eval'/);
  await stricter.getByRole("alert").getByText("wasm-unsafe-eval").waitFor();
  await stricter.context().close();
});

test("keys that are typed in it do not reach the page, and the page's own still do", async () => {
  const listener = `<script>globalThis.keys = []; for (const name of ["keydown", "keyup", "keypress"]) document.addEventListener(name, ({ key }) => keys.push(key));</script>`;
  const page = await hosts.open(`${listener}<button id="own">A button of the page</button>${widget("let a = 1;", "editable")}`);
  await page.getByRole("textbox", { name: "Snippet" }).focus();
  await page.keyboard.type("s/?fhp");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  assert.match(await page.locator("semispace-playground").evaluate(({ source }) => source), /s\/\?fhp/);
  await page.getByRole("button", { name: "Full GC" }).focus();
  await page.keyboard.press("s");
  assert.deepEqual(await page.evaluate(() => keys), []);
  await page.locator("#own").focus();
  await page.keyboard.press("s");
  assert.deepEqual(await page.evaluate(() => keys), ["s", "s", "s"]);
  assert.doesNotMatch(await page.locator("semispace-playground").evaluate(({ source }) => source), /ss/);
  await page.context().close();
});

test("without scripts the snippet is there as plain code", async () => {
  const page = await hosts.open(widget(SOURCE), { context: { javaScriptEnabled: false } });
  assert.equal((await page.locator("pre code").innerText()).trim(), SOURCE);
  await page.context().close();
});

test("an edit runs, and Reset brings back what the page gave", async () => {
  const page = await hosts.open(widget(SOURCE, 'editable speed="full"'));
  const text = page.getByRole("textbox", { name: "Snippet" });
  await text.fill("console.log('edited');");
  assert.equal((await call(page, "run")).kind, "finished");
  assert.equal(await page.getByRole("log").innerText(), "edited\n");
  await page.getByRole("button", { name: "Reset" }).click();
  assert.equal(await sourceOf(page), SOURCE);
  assert.equal(await page.getByRole("log").count(), 0);
  await page.context().close();
});

const sourceOf = (page) => page.locator("semispace-playground").evaluate(({ source }) => source);

test("the editor comes when the caret is put into the snippet, and takes over where it was", async () => {
  const page = await hosts.open(`${widget("let a = 1;\nlet b = 2;", 'editable speed="full"')}<button id="after">After</button>`);
  const isEditor = (path) => /\/editor-\w+\.js$/.test(path);
  const text = page.getByRole("textbox", { name: "Snippet" });
  const before = await text.evaluate((area) => {
    const { x, y } = area.getBoundingClientRect();
    return { x: x + parseFloat(getComputedStyle(area).paddingLeft), y: y + parseFloat(getComputedStyle(area).paddingTop) };
  });
  assert.ok(!hosts.requests.some(isEditor), "the editor is loaded before it is needed");
  await text.evaluate((area) => (area.setSelectionRange(10, 10), area.focus()));
  await page.locator(".cm-editor").waitFor();
  assert.ok(hosts.requests.some(isEditor));
  const line = await page.locator(".cm-line").first().evaluate((line) => {
    const range = document.createRange();
    range.selectNodeContents(line);
    const { x } = range.getBoundingClientRect();
    return { x, y: line.getBoundingClientRect().y };
  });
  assert.deepEqual(line, before);
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("if (a) {");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("console.log(a, b);");
  await page.keyboard.press("Enter");
  await page.keyboard.type("}");
  assert.equal(await sourceOf(page), "let a = 1;\nif (a) {\n  console.log(a, b);\n}\nlet b = 2;");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.doesNotMatch(await sourceOf(page), /\}/);
  await text.fill("console.log('by key');");
  await page.keyboard.press("Control+Enter");
  await page.getByText(/^Finished/).waitFor();
  assert.equal(await page.getByRole("log").innerText(), "by key\n");
  await text.focus();
  await page.keyboard.press("Tab");
  assert.equal(await text.evaluate((editor) => editor.getRootNode().activeElement === editor), false, "Tab leaves the editor");
  await page.locator("semispace-playground").evaluate((widget) => widget.removeAttribute("editable"));
  assert.equal(await page.getByRole("region", { name: "Snippet" }).innerText(), "console.log('by key');\n");
  assert.equal(await text.count(), 0);
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("where the editor cannot be loaded, the plain one serves", async () => {
  const page = await hosts.open(widget("let a = 1;", 'editable speed="full"'));
  await page.route(/\/editor-\w+\.js$/, (route) => route.abort());
  await page.getByRole("textbox", { name: "Snippet" }).fill("console.log('plain');");
  await page.waitForTimeout(100);
  assert.equal((await call(page, "run")).kind, "finished");
  assert.equal(await page.getByRole("log").innerText(), "plain\n");
  await page.context().close();
});

test("after a new version the files that a browser has kept are asked for anew", async () => {
  const page = await hosts.open(widget("let a = 1;"));
  await page.route(/\.wasm$/, (route) => route.fulfill({ status: 404 }));
  const refused = await call(page, "run").catch(({ message }) => message);
  assert.match(refused, /cannot be fetched: 404 .* load this page again/);
  const asked = (pattern) => hosts.requests.filter((path) => pattern.test(path)).length;
  assert.ok(asked(/\/chunk-\w+\.js$/) > 1 && asked(/\/worker\.js$/) === 1, hosts.requests.join());
  await page.unroute(/\.wasm$/);
  assert.equal((await call(page, "run")).kind, "finished");
  await page.context().close();
});

test("an iframe takes the height that it needs, and talks with the page of its origin only", async () => {
  const address = (origin) => `${hosts.site}embed.html#lesson=scavenge&speed=full&height=200&origin=${origin}`;
  const body = `
    <script>globalThis.heard = []; addEventListener("message", ({ data, origin }) => heard.push({ ...data, origin }));</script>
    <script type="module" src="${hosts.site}embed/resize.js"></script>
    <iframe id="known" title="known" src="${address(hosts.origin)}"></iframe><iframe id="other" title="other" src="${address("https://elsewhere.example")}"></iframe>`;
  const page = await hosts.open(body);
  await page.frameLocator("#known").locator("svg.still").waitFor();
  await page.frameLocator("#other").locator("svg.still").waitFor();
  await page.waitForFunction(() => document.querySelector("#known").clientHeight > 250);
  const height = await page.locator("#known").evaluate(({ clientHeight }) => clientHeight);
  assert.equal(height, await page.frameLocator("#known").locator("semispace-playground").evaluate((widget) => Math.ceil(widget.getBoundingClientRect().height)));
  assert.equal(await page.locator("#other").evaluate(({ clientHeight }) => clientHeight), 150);
  await page.evaluate(() => {
    for (const frame of document.querySelectorAll("iframe")) frame.contentWindow.postMessage({ type: "semispace-call", id: 7, method: "run" }, "*");
    // What another page may say changes no height.
    postMessage({ type: "semispace-resize", height: 999 }, "*");
  });
  await page.waitForFunction(() => heard.some(({ type }) => type === "semispace-answer"));
  const heard = await page.evaluate(() => heard.filter(({ type }) => type !== "semispace-resize"));
  assert.ok(heard.every(({ origin }) => origin === hosts.siteOrigin));
  assert.deepEqual(heard.filter(({ type }) => type === "semispace-answer").map(({ id, answer }) => ({ id, answer })), [{ id: 7, answer: { kind: "finished", exitCode: 0 } }]);
  assert.ok(heard.some(({ type, detail }) => type === "semispace-gc" && detail.kind === "scavenge"));
  assert.equal(await page.frameLocator("#other").locator("semispace-playground").evaluate(({ state }) => state.kind), "idle");
  assert.equal(await page.locator("#known").evaluate(({ clientHeight }) => clientHeight) < 900, true);
  await page.context().close();
});

test("a link of the full page works in an iframe", async () => {
  const page = await hosts.open(LESSON);
  const [full] = await Promise.all([page.context().waitForEvent("page"), page.getByRole("button", { name: "Open in Semispace" }).click()]);
  const { hash } = new URL(full.url());
  assert.match(hash, /^#run=/);
  await full.goto(`${hosts.site}embed.html${hash}&view=log&speed=full`);
  assert.match(await full.locator("semispace-playground").evaluate(({ source }) => source), /^\/\/ A request allocates/);
  assert.equal((await call(full, "run")).kind, "finished");
  await full.goto(`${hosts.site}embed.html?damaged#run=AAAA`);
  await full.getByText("This address is damaged").waitFor();
  await page.context().close();
});
