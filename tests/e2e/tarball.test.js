// The npm package as somebody gets it: the tarball, installed into an empty project. Every example of its README runs there
// under Node and in a browser, and prints what the README says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.js";

const tools = fileURLToPath(new URL("node_modules/.bin/", import.meta.url));
const inShell = process.platform === "win32";

let project;
let readme;
let server;
let browser;
before(async () => {
  project = await mkdtemp(join(tmpdir(), "semispace-project-"));
  await writeFile(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  const install = ["install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", process.env.SEMISPACE_TARBALL];
  execFileSync("npm", install, { cwd: project, shell: inShell, stdio: "inherit" });
  readme = await readFile(join(project, "node_modules/semispace/README.md"), "utf8");
  server = await serve(project);
  browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(async () => {
  await browser?.close();
  server?.close();
  await rm(project, { recursive: true });
});

/** The README's examples of a language, each with the output that is printed below it. */
function examples(language) {
  const blocks = [...readme.matchAll(/```(\w+)\n([^]*?)```(?:\n\n```text\n([^]*?)```)?/g)];
  return blocks.filter(([, name]) => name === language).map(([, , code, output]) => ({ code, output }));
}

/** Opens a page with these scripts and returns what they print, once it has printed `lines` lines. */
async function printed(head, lines) {
  await writeFile(join(project, "page.html"), `<!doctype html><meta charset="utf-8">${head}`);
  const page = await browser.newPage();
  let output = "";
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => (output += `${message.text()}\n`));
  await page.goto(`${server.url}page.html`);
  const deadline = Date.now() + 20_000;
  while (output.split("\n").length <= lines && problems.length === 0 && Date.now() < deadline) await page.waitForTimeout(20);
  await page.close();
  assert.deepEqual(problems, []);
  return output;
}

const importMap = '<script type="importmap">{ "imports": { "semispace": "/node_modules/semispace/index.js" } }</script>';

test("the README's examples print what it says, under Node and in a browser", async () => {
  const all = examples("js");
  assert.equal(all.length, 3);
  for (const { code, output } of all) {
    assert.ok(output, code);
    await writeFile(join(project, "example.js"), code);
    assert.equal(execFileSync(process.execPath, ["example.js"], { cwd: project, encoding: "utf8" }), output);
    const lines = output.trimEnd().split("\n").length;
    assert.equal(await printed(`${importMap}<link rel="icon" href="data:,"><script type="module">${code}</script>`, lines), output);
  }
});

test("it works in a worker", async () => {
  const [{ code, output }] = examples("js");
  const inWorker = `console.log = (...words) => postMessage(words);\n${code.replace('"semispace"', '"/node_modules/semispace/index.js"')}`;
  await writeFile(join(project, "worker.js"), inWorker);
  const script = 'new Worker("worker.js", { type: "module" }).onmessage = ({ data }) => console.log(...data);';
  assert.equal(await printed(`<link rel="icon" href="data:,"><script type="module">${script}</script>`, 3), output);
});

test("its types are strict, name every interface, and have no any", async () => {
  const [{ code }] = examples("ts");
  await writeFile(join(project, "example.ts"), code);
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--moduleResolution", "nodenext", "--lib", "es2022,dom,esnext.disposable"];
  execFileSync(join(tools, "tsc"), [...options, "example.ts"], { cwd: project, shell: inShell, stdio: "inherit" });
  const element = 'import { setBase } from "semispace/element";\nsetBase("/x/");\nconst widget = document.querySelector("semispace-playground");\nwidget?.addEventListener("semispace-gc", ({ detail }) => console.log(detail.usedAfter));\nvoid widget?.run().then(({ kind }) => console.log(kind));\n';
  await writeFile(join(project, "element.ts"), element);
  execFileSync(join(tools, "tsc"), [...options, "element.ts"], { cwd: project, shell: inShell, stdio: "inherit" });
  const typo = code.replace("retainedBy", "retainedBi");
  await writeFile(join(project, "typo.ts"), typo);
  assert.throws(() => execFileSync(join(tools, "tsc"), [...options, "typo.ts"], { cwd: project, shell: inShell, stdio: "pipe" }));
  const folder = join(project, "node_modules/semispace");
  const [made, face] = await Promise.all(["semispace-wasm.d.ts", "index.d.ts"].map((name) => readFile(join(folder, name), "utf8")));
  for (const [, name] of made.matchAll(/export (?:interface|type) (\w+)/g)) {
    const isOfTheModule = /^(?:InitOutput|SyncInitInput)$/.test(name);
    assert.ok(isOfTheModule || new RegExp(`\\b${name}\\b`).test(face), `${name} is not in index.d.ts`);
  }
  // The raw exports and the page's own engine are not in the public face.
  const publicFace = (made + face).replaceAll(/\/\*[^]*?\*\/|^export (?:interface InitOutput|class Engine) \{[^]*?^\}/gm, "");
  assert.match(publicFace, /class Playground/);
  assert.doesNotMatch(publicFace, /\bany\b/);
});

/** What esbuild makes of a module of the project. */
async function bundled(code) {
  const { build } = await import("../../www/node_modules/esbuild/lib/main.js");
  await writeFile(join(project, "entry.js"), code);
  const { outputFiles } = await build({ absWorkingDir: project, entryPoints: ["entry.js"], bundle: true, format: "esm", write: false, logLevel: "error" });
  return outputFiles[0].text;
}

test("what a bundle does not use is not in it", async () => {
  const nothing = await bundled('import { Playground } from "semispace";\nconsole.log("nothing of it");\n');
  assert.ok(nothing.length < 200, nothing.slice(0, 400));
  const engine = await bundled('import init, { Playground } from "semispace";\nawait init();\nconsole.log(new Playground({ source: "" }));\n');
  assert.match(engine, /takeSnapshot/);
  assert.doesNotMatch(engine, /semispace-playground|HTMLElement|customElements/);
});

/** Opens a page of a folder and runs all of its widgets. */
async function runWidgets(url) {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);
  const widgets = page.locator("semispace-playground");
  await widgets.first().locator("svg.still").waitFor();
  const ends = await page.evaluate(() => Promise.all([...document.querySelectorAll("semispace-playground")].map(async (widget) => [(await widget.run()).kind, widget.occupancy.toSpace.used > 0])));
  assert.deepEqual(problems, []);
  // There is no full page to open.
  assert.equal(await page.getByRole("button", { name: "Open in Semispace" }).count(), 0);
  await context.close();
  return ends;
}

const lesson = '<semispace-playground lesson="scavenge" speed="full"></semispace-playground>';

test("the element runs from node_modules as the README shows it, lessons too", async () => {
  const [{ code }] = examples("html");
  await writeFile(join(project, "element.html"), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${code}`);
  assert.deepEqual(await runWidgets(`${server.url}element.html`), [["finished", true], ["finished", true]]);
});

test("the element runs from a bundle of Vite, under a base path", async () => {
  const [, code] = /```js element\n([^]*?)```/.exec(readme);
  await writeFile(join(project, "main.js"), code);
  await writeFile(join(project, "index.html"), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>${lesson}`);
  const vite = fileURLToPath(new URL("../../docs/embedding/vitepress/node_modules/vite/bin/vite.js", import.meta.url));
  execFileSync(process.execPath, [vite, "build", "--base", "./", "--outDir", "built", "--logLevel", "warn"], { cwd: project, stdio: "inherit" });
  const built = await serve(join(project, "built"), { base: "/a/b/" });
  assert.deepEqual(await runWidgets(`${built.url}index.html`), [["finished", true]]);
  built.close();
});

test("the element runs from a bundle that carries no files along, once it is told where they are", async () => {
  await writeFile(join(project, "bundle.js"), await bundled('import { setBase } from "semispace/element";\nsetBase("/node_modules/semispace/embed/");\n'));
  await writeFile(join(project, "bundle.html"), `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="bundle.js"></script>${lesson}`);
  assert.deepEqual(await runWidgets(`${server.url}bundle.html`), [["finished", true]]);
});

test("each of its scripts is asked for by another", async () => {
  const folder = join(project, "node_modules/semispace/embed");
  const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const texts = await Promise.all(scripts.map((name) => readFile(join(folder, name), "utf8")));
  for (const name of scripts) assert.ok(name === "semispace.js" || texts.some((text) => text.includes(`"./${name}"`)), name);
});

test("under Node the element's import does nothing", () => {
  execFileSync(process.execPath, ["--input-type=module", "-e", 'import { setBase } from "semispace/element"; setBase("/");'], { cwd: project });
});

test("it says under which licences its parts are", async () => {
  const text = await readFile(join(project, "node_modules/semispace/THIRD-PARTY-LICENCES.txt"), "utf8");
  assert.match(text, /^oxc_parser [\d.]+, MIT, /m);
  assert.match(text, /Permission is hereby granted/);
});
