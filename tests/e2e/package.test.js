// The published package under Node: the module that the site's worker runs, and the examples of its documentation.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { finish, loadPackage, outputOf } from "./package.js";

const program = process.env.SEMISPACE_PROGRAM;
const snippets = fileURLToPath(new URL("../../static/snippets/", import.meta.url));
const workloads = fileURLToPath(new URL("../workloads/", import.meta.url));

let Playground;
before(async () => ({ Playground } = await loadPackage()));

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

test("limits and switches are the command line's", () => {
  const source = "const a = []; while (true) a.push({ i: a.length });";
  const playground = new Playground({ source, maxOldSpaceSize: 8, maxSemiSpaceSize: 1, traceGc: true, verifyHeap: true });
  const { kind, report } = finish(playground);
  assert.equal(kind, "outOfMemory");
  assert.match(report, /FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory/);
  const lines = outputOf(playground).trimEnd().split("\n");
  const collections = playground.events();
  assert.ok(collections.length > 3);
  assert.deepEqual(collections.map(({ trace }) => trace), lines);
  const { scavenges, mark_compacts: fullCollections } = playground.stats();
  assert.equal(collections.filter(({ kind }) => kind === "scavenge").length, scavenges);
  assert.equal(collections.filter(({ kind }) => kind !== "scavenge").length, fullCollections);
  assert.equal(collections[0].reason, "allocation failure");
  assert.equal(collections[0].figures.newCapacity, 1 << 20);
  assert.deepEqual(playground.events(), []);
  playground.free();
});

test("a paused session does not run on, but collects and steps", () => {
  const playground = new Playground({ source: "let n = 0;\nwhile (true) n++;" });
  playground.run(1000);
  playground.pause();
  const { instructions } = playground.stats();
  assert.deepEqual(playground.run(1000), { kind: "paused" });
  assert.equal(playground.stats().instructions, instructions);
  playground.collect();
  assert.equal(playground.events().length, 1);
  playground.step("line");
  assert.ok(playground.stats().instructions > instructions);
  playground.resume();
  assert.equal(playground.isPaused, false);
  playground.run(1000);
  assert.ok(playground.stats().instructions > instructions + 900);
  playground.free();
});

for (const [workload, switches, checksum] of [
  ["binarytrees16", { verifyHeap: true }, 14985902],
  ["binarytrees16", { stressGc: 1000 }, 14985902],
  ["gcbench", { stressGc: 1000 }, 744982],
]) {
  test(`${workload} with ${Object.keys(switches)} computes what Node computes`, async () => {
    const source = await readFile(join(workloads, `${workload}.js`), "utf8");
    const playground = new Playground({ source, ...switches });
    assert.deepEqual(finish(playground, 5e7), { kind: "finished", exitCode: 0 });
    assert.equal(outputOf(playground).trimEnd().split("\n").pop(), `checksum ${checksum}`);
    playground.free();
  });
}

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
  assert.equal(refused(undefined).message, "The options must be an object with a source.");
  assert.equal(refused({ source: "", profile: "node-0" }).code, "ERR_PROFILE");
  assert.equal(refused({ source: "", traceGc: "xml" }).code, "ERR_OPTIONS");
  for (const maxOldSpaceSize of [0, -1, 1.5, NaN, 1e9]) {
    const { code, message } = refused({ source: "", maxOldSpaceSize });
    assert.equal(code, "ERR_OPTIONS");
    assert.match(message, /^maxOldSpaceSize must be a whole number from 1 to 65536, not /);
  }
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

for (const file of [join(snippets, "sessions.js"), ...["binarytrees16.js", "queue.js"].map((name) => join(workloads, name))]) {
  test(`${basename(file)}: the same bytes in WebAssembly and natively, in small slices and in large ones`, async () => {
    const source = await readFile(file, "utf8");
    // The file's path is a string in the heap: the same path, or the bytes differ.
    const cwd = await realpath(await mkdtemp(join(tmpdir(), "semispace-")));
    await writeFile(join(cwd, "snippet.js"), source);
    const native = execFileSync(program, ["run", "--seed", "1", "--stats", "-", "snippet.js"], { cwd, encoding: "utf8" });
    await rm(cwd, { recursive: true });
    const lines = native.trimEnd().split("\n");
    const { wall_ms: wallMs, ...expected } = JSON.parse(lines.pop());
    assert.ok(wallMs >= 0);
    for (const budget of [99_991, 1e7]) {
      const playground = new Playground({ source, seed: 1, folder: cwd });
      finish(playground, budget);
      assert.deepEqual(playground.stats(), expected);
      assert.equal(outputOf(playground).trimEnd(), lines.join("\n"));
      playground.free();
    }
  });
}

test("a question that makes no sense is refused with its code, and the session lives on", () => {
  const playground = new Playground({ source: "const list = [{}];", keepTopLevel: true });
  finish(playground);
  const codeOf = (ask) => {
    try {
      ask();
    } catch (error) {
      return error.code;
    }
    return "none";
  };
  const senseless = [undefined, null, 5, {}, "", "list[", "missing", "list.length", "while (true) {}", "process.exit(1)", "(function f() { f(); })()"];
  for (const expression of senseless) {
    assert.equal(codeOf(() => playground.assertCollectable(expression)), "ERR_EXPRESSION", String(expression));
    assert.equal(codeOf(() => playground.retainedBy(expression)), "ERR_EXPRESSION", String(expression));
  }
  for (const bytes of [undefined, NaN, -1]) assert.equal(codeOf(() => playground.maxHeap(bytes)), "ERR_OPTIONS", String(bytes));
  assert.equal(codeOf(() => playground.assertCollectable("list[0]")), "ERR_ASSERTION");
  assert.equal(playground.retainedBy("list[0]").paths[0].words, "`list` in module scope -> element 0 -> Object");
  playground.free();
});
