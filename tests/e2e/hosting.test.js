// The site as a host serves it: under any base path, without a network, over several versions, with everything in its place.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { publish } from "../../www/publish.js";
import { serve } from "./server.js";
import { openSite } from "./site.js";

const folder = process.env.SEMISPACE_SITE;
const withWorkers = { serviceWorkers: "allow" };

let site;
let files;
before(async () => {
  site = await openSite("/a/b/");
  files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
});
after(() => site.close());

/** Waits until the service worker has everything. */
function whenKept(page) {
  return page.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}

test("after one visit the page works without a network, under a base path", async () => {
  const host = await serve(folder, { base: "/a/b/" });
  const page = await site.visit(withWorkers, host.url);
  await whenKept(page);
  assert.deepEqual(page.requests.filter((url) => !url.startsWith(host.url) && !url.startsWith("data:")), []);
  // The host itself is gone: nothing can come from anywhere but the browser.
  host.close();
  await page.open(host.url);
  await page.run("console.log('offline', [1, 2].length);", "Finished");
  assert.equal((await page.console()).trim(), "offline 2");
  await page.openTab("Snapshots");
  await page.page.getByRole("button", { name: "Lessons" }).click();
  await page.page.getByText("A scavenge", { exact: false }).first().waitFor();
  await page.page.goto(`${host.url}licences.html`);
  await page.page.getByRole("heading", { name: "Licences" }).waitFor();
  assert.deepEqual(page.problems, []);
  await page.close();
});

/** The last word of the names of the engine's parts that were asked for. */
const partsOf = (page) => page.requests.flatMap((url) => /semispace-wasm_(\w+)-\w+\.wasm$/.exec(url)?.[1] ?? []);

/** Needs what no usual visit needs: a proxy, big integers, a look-behind, dates. */
const RARE = `
  const seen = [];
  const proxy = new Proxy({}, { get: (_, name) => (seen.push(name), 7n ** 30n) });
  console.log(proxy.big, seen, "a-b".replace(/(?<=a)-/u, "+"), new Date(0).toISOString(), "é".normalize("NFD").length);
`;

test("a visit downloads the parts of the engine that it runs, and the rest when a snippet needs it", async () => {
  const page = await site.visit();
  await page.setFullSpeed();
  await page.press("Run");
  await page.waitForState("Finished");
  assert.deepEqual(partsOf(page).sort(), ["bg", "page"]);
  await page.type(RARE);
  await page.press("Run");
  await page.page.locator(".output", { hasText: "22539340290692258087863249n [ 'big' ] a+b 1970-01-01T00:00:00.000Z 2" }).waitFor();
  assert.deepEqual(partsOf(page).sort(), ["bg", "lessons", "page", "rest"]);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("without the network a part that is missing is said plainly, and the snippet is kept", async () => {
  const page = await site.visit();
  await page.page.context().route(/semispace-wasm_rest/, (route) => route.abort());
  await page.run(RARE, "The engine has stopped");
  await page.openTab("Console");
  await page.page.getByText("A part of the engine cannot be fetched", { exact: false }).waitFor();
  assert.match(await page.page.locator("semispace-editor .cm-content").innerText(), /new Proxy/);
  await page.close();
});

test("a new version is offered, never forced, and keeps the draft", async () => {
  const copy = await mkdtemp(join(tmpdir(), "semispace-site-"));
  await cp(folder, copy, { recursive: true });
  const host = await serve(copy);
  const page = await site.visit(withWorkers, host.url);
  await whenKept(page);
  const notice = page.page.getByText("A new version is ready.");
  assert.equal(await notice.count(), 0);

  const index = join(copy, "index.html");
  await writeFile(index, (await readFile(index, "utf8")).replace("<title>", "<title>Second: "));
  await publish(copy, { isFast: true });
  await page.open(host.url);
  assert.doesNotMatch(await page.page.title(), /^Second/, "the version that is kept is shown at once");
  await notice.waitFor();
  await page.type("// what I was writing");
  await page.page.getByRole("button", { name: "Reload" }).click();
  await page.page.waitForFunction(() => document.title.startsWith("Second"));
  await page.waitForState("Ready");
  await page.page.locator("semispace-editor .cm-content", { hasText: "what I was writing" }).waitFor();
  assert.equal(await notice.count(), 0);
  assert.deepEqual(page.problems, []);
  await page.close();
  host.close();
  await rm(copy, { recursive: true });
});

test("every file has a compressed one beside it, and a name that its content gives it", async () => {
  const packed = new Set(files.filter((name) => /\.(gz|br)$/.test(name)));
  for (const name of packed) {
    const [content, original] = await Promise.all([readFile(join(folder, name)), readFile(join(folder, name.slice(0, -3)))]);
    const unpacked = name.endsWith(".gz") ? gunzipSync(content) : brotliDecompressSync(content);
    assert.ok(unpacked.equals(original), name);
  }
  for (const name of files) {
    if (/\.(wasm|js|css)$/.test(name) && name !== "sw.js" && !/^(embed|snippets)[\\/]/.test(name)) {
      assert.match(name, /[-.][0-9a-f]{12,}(_bg)?\.\w+$/);
      if ((await readFile(join(folder, name))).length >= 1024) assert.ok(packed.has(`${name}.br`) && packed.has(`${name}.gz`), name);
    }
  }
});

test("the headers for hosts name the page's policy and the files that last", async () => {
  const [headers, page] = await Promise.all(["_headers", "index.html"].map((name) => readFile(join(folder, name), "utf8")));
  const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page);
  assert.ok(headers.includes(`Content-Security-Policy: ${policy}; frame-ancestors 'self'`));
  const lasting = [...headers.matchAll(/^\/(\S+\.\w+)\n {2}Cache-Control: .*immutable/gm)].map(([, name]) => name);
  assert.ok(lasting.length >= 10, lasting.join());
  for (const name of lasting) assert.ok(files.includes(name), name);
  // Each other file that a browser asks for is asked for anew: the page, its service worker, and whatever other pages include.
  const anew = new Set([...headers.matchAll(/^(\/\S*)\n(?: {2}.*\n)*? {2}Cache-Control: no-cache$/gm)].map(([, path]) => path));
  const isAnew = (name) => anew.has(`/${name}`) || (name.startsWith("embed/") && anew.has("/embed/*"));
  const changing = files.filter((name) => /\.(html|js|css|wasm|svg)$/.test(name) && !lasting.includes(name));
  assert.ok(changing.includes("embed/semispace.js") && changing.includes("sw.js"));
  assert.deepEqual(changing.filter((name) => !isAnew(name) && !/^(guide|snippets)\//.test(name)), []);
  assert.ok(anew.has("/"));
});

test("the page of licences names every crate and every npm part that is bundled", async () => {
  const page = await readFile(join(folder, "licences.html"), "utf8");
  const named = new Set([...page.matchAll(/data-part="([^"]+)"/g)].map(([, name]) => name));
  const cargo = process.env.CARGO ?? "cargo";
  const tree = ["tree", "--edges", "normal,no-proc-macro", "--target", "wasm32-unknown-unknown", "--prefix", "none", "--format", "{p}"];
  const crates = execFileSync(cargo, [...tree, "--package", "semispace-ui", "--package", "semispace-wasm"], { encoding: "utf8", cwd: new URL("../..", import.meta.url) });
  const foreign = new Set(crates.split("\n").filter((line) => line && !line.includes("(/") && !/\([A-Z]:\\/.test(line)).map((line) => line.split(" ")[0]));
  assert.ok(foreign.size > 50, `${foreign.size} crates`);
  for (const name of foreign) assert.ok(named.has(name), `${name} is missing`);
  for (const name of ["@codemirror/view", "@lezer/lr", "uplot", "crelt", "The Rust standard library"]) assert.ok(named.has(name), `${name} is missing`);
  assert.ok(!named.has("esbuild") && !named.has("semispace-heap"));
});
