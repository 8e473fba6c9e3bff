// The published package under Node: the module that the site's worker runs, and the examples of its documentation.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const site = process.env.SEMISPACE_SITE;
const program = process.env.SEMISPACE_PROGRAM;
const snippets = fileURLToPath(new URL("../../static/snippets/", import.meta.url));

let Playground;
before(async () => {
  const module = await import(pathToFileURL(join(site, "semispace-wasm.js")));
  await module.default({ module_or_path: await readFile(join(site, "semispace-wasm_bg.wasm")) });
  ({ Playground } = module);
});

/** Runs a session to its end and returns its last state. */
function finish(playground, budget = 1e6) {
  let state;
  do state = playground.run(budget);
  while (state.kind === "paused");
  return state;
}

function outputOf(playground) {
  return playground.output().map((chunk) => chunk.text).join("");
}

test("the first example of the documentation", () => {
  const playground = new Playground({ source: "const a = []; for (let i = 0; i < 1e5; i++) a.push({ i });" });
  while (playground.run(100_000).kind === "paused");
  assert.ok(playground.stats().scavenges > 0);
  assert.ok(playground.occupancy().oldSpace.used > 0);
  playground.free();
});

test("a session prints, collects and counts", () => {
  const playground = new Playground({ source: "let o = { a: 1 }; console.log(o); o = null;", profile: "node-20", seed: 7 });
  assert.deepEqual(finish(playground), { kind: "finished", exitCode: 0 });
  assert.deepEqual(playground.output(), [{ stream: "stdout", text: "{ a: 1 }\n" }]);
  const { scavenges, mark_compacts: fullCollections } = playground.stats();
  playground.scavenge();
  playground.collect();
  const stats = playground.stats();
  assert.equal(stats.scavenges, scavenges + 1);
  assert.equal(stats.mark_compacts, fullCollections + 1);
  assert.ok(playground.picture().length > 0);
  playground.free();
});

test("step stops at lines and at collections", () => {
  const playground = new Playground({ source: "let a = [];\nfor (let i = 0; i < 1e6; i++) {\n  a = [i];\n}" });
  assert.equal(playground.step("line").kind, "paused");
  assert.equal(playground.step("collection").kind, "paused");
  assert.equal(playground.stats().scavenges, 1);
  playground.free();
});

test("errors have a code, a message and a place", () => {
  const refused = (options) => {
    try {
      new Playground(options);
    } catch (error) {
      assert.ok(error instanceof Error);
      return error;
    }
    return assert.fail("was accepted");
  };
  assert.equal(refused({}).code, "ERR_OPTIONS");
  assert.equal(refused({ source: "", profile: "node-0" }).code, "ERR_PROFILE");
  const { code, message, line, column } = refused({ source: "let a = 1;\nlet b = ;" });
  assert.deepEqual({ code, line, column }, { code: "ERR_SNIPPET", line: 2, column: 9 });
  assert.match(message, /Unexpected token/);
});

test("an uncaught exception ends a run with its place", () => {
  const playground = new Playground({ source: "const a = 1;\nmissing(a);" });
  const { kind, message, line } = finish(playground);
  assert.deepEqual({ kind, line }, { kind: "failed", line: 2 });
  assert.match(message, /ReferenceError: missing is not defined/);
  playground.free();
});

for (const name of ["sessions.js"]) {
  test(`${name}: the same bytes in WebAssembly and natively, in small slices and in large ones`, async () => {
    const source = await readFile(join(snippets, name), "utf8");
    // The file's name is a string in the heap: the same name, or the bytes differ.
    const cwd = await mkdtemp(join(tmpdir(), "semispace-"));
    await writeFile(join(cwd, "snippet.js"), source);
    const native = execFileSync(program, ["run", "--seed", "1", "--stats", "-", "snippet.js"], { cwd, encoding: "utf8" });
    await rm(cwd, { recursive: true });
    const lines = native.trimEnd().split("\n");
    const { wall_ms: wallMs, ...expected } = JSON.parse(lines.pop());
    assert.ok(wallMs >= 0);
    for (const budget of [997, 1e7]) {
      const playground = new Playground({ source, seed: 1 });
      finish(playground, budget);
      assert.deepEqual(playground.stats(), expected);
      assert.equal(outputOf(playground).trimEnd(), lines.join("\n"));
      playground.free();
    }
  });
}
