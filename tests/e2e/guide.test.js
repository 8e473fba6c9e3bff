// The documents: the examples of docs/guide/ci.md, as a reader would run them, and where links lead.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
let project;
before(async () => {
  project = await mkdtemp(join(tmpdir(), "semispace-guide-"));
  await mkdir(join(project, "node_modules"));
  await cp(process.env.SEMISPACE_PACKAGE, join(project, "node_modules/semispace"), { recursive: true });
});
after(() => rm(project, { recursive: true }));

test("the guide's examples for CI do what it says", { skip: process.platform === "win32" }, async () => {
  const chapter = await readFile(join(root, "docs/guide/ci.md"), "utf8");
  const path = [dirname(process.env.SEMISPACE_PROGRAM), process.env.PATH].join(delimiter);
  let commands = 0;
  for (const [, language, info, text] of chapter.matchAll(/```(\w+)([^\n]*)\n([^]*?)```/g)) {
    const file = /file=(\S+)/.exec(info)?.[1];
    if (language === "rust") {
      assert.equal(text, await readFile(join(root, file), "utf8"), `${file} is not what the guide shows`);
    } else if (file) {
      await writeFile(join(project, file), text);
    } else if (language === "sh") {
      const env = { ...process.env, PATH: path, NODE_TEST_CONTEXT: "" };
      const { status, stdout, stderr } = spawnSync("sh", ["-ec", text], { cwd: project, env, encoding: "utf8" });
      assert.equal(status, Number(/exit=(\d+)/.exec(info)?.[1] ?? 0), `${text}\n${stdout}\n${stderr}`);
      commands += 1;
    }
  }
  assert.equal(commands, 4);
});

test("links of the documents lead to something", async () => {
  const folders = ["", "docs", "docs/guide", "docs/embedding"];
  const files = (await Promise.all(folders.map(async (folder) => (await readdir(join(root, folder))).filter((name) => name.endsWith(".md")).map((name) => join(folder, name))))).flat();
  let links = 0;
  for (const file of files) {
    for (const [, target] of (await readFile(join(root, file), "utf8")).matchAll(/\]\(([^)\s#]+)[^)]*\)/g)) {
      if (/^https?:/.test(target)) continue;
      await access(join(root, dirname(file), target)).catch(() => assert.fail(`${file} has a link to ${target}, which is not there`));
      links += 1;
    }
  }
  assert.ok(links > 20, `${links} links`);
});
