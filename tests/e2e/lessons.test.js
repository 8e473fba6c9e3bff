// No lesson lies: what each one says will happen does happen, on the engine that visitors get.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { before, test } from "node:test";
import { readChapters } from "../../www/lessons.js";
import { finish, loadPackage, outputOf } from "./package.js";

const chapters = await readChapters();
const lessons = chapters.flatMap((chapter) => chapter.lessons);
const VIEWS = ["heap", "timeline", "log", "snapshots", "buffers", "memory"];

let Playground;
before(async () => ({ Playground } = await loadPackage()));

test("every lesson's folder is in a chapter, once", async () => {
  const folder = new URL("../../static/lessons/", import.meta.url);
  const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  assert.deepEqual(lessons.map(({ name }) => name).sort(), folders.map(({ name }) => name).sort());
});

for (const { name, title, question, watch, view, options, expect, source } of lessons) {
  test(`lesson ${name}`, () => {
    assert.ok(title && question.endsWith("?") && watch.length > 0 && expect.length > 0, "something is missing");
    assert.ok(VIEWS.includes(view), `there is no view ${view}`);
    const playground = new Playground({ ...options, source });
    const { kind: end, message } = finish(playground);
    const given = { stats: playground.stats(), collections: playground.events(), output: outputOf(playground), end };
    playground.free();
    assert.notEqual(end, "failed", message);
    for (const { says, that } of expect) {
      const holds = new Function(...Object.keys(given), `return ${that};`);
      assert.equal(holds(...Object.values(given)), true, `${says}\n  ${that}\n${given.output}`);
    }
  });
}
