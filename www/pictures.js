// Makes of each lesson what a widget loads: its texts, and the static picture that it shows until somebody runs it. Runs the
// lesson to its end on the engine that has just been built, and draws its heap. Trunk calls this when the site is complete but
// for that; `node www/pictures.js FOLDER` does it for the npm package.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { amount, plural } from "./src/amount.js";
import { svgOf } from "./src/heap/svg.js";
import { readChapters } from "./lessons.js";

const site = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
const folder = join(site, "embed/lessons");
/** Instructions of a slice. */
const SLICE = 1e7;

const engine = await readFile(join(site, "semispace-wasm_bg.wasm"));
const lessons = (await readChapters()).flatMap((chapter) => chapter.lessons);

/** Pictures are kept by all that they depend on: while somebody works on the page alone, they are there already. */
async function kept() {
  const hash = createHash("sha256").update(engine).update(JSON.stringify(lessons));
  for (const name of ["amount.js", "heap/colours.js", "heap/layout.js", "heap/picture.js", "heap/svg.js"]) hash.update(await readFile(new URL(`src/${name}`, import.meta.url)));
  hash.update(await readFile(new URL(import.meta.url)));
  return fileURLToPath(new URL(`../target/lesson-pictures/${hash.digest("hex").slice(0, 16)}`, import.meta.url));
}

async function draw(target) {
  await mkdir(target, { recursive: true });
  // Nodes before 20.19 take a `.js` file for a module only where a package.json says so.
  const module = `${target}.mjs`;
  await copyFile(join(site, "semispace-wasm.js"), module);
  const { default: init, Playground } = await import(pathToFileURL(module));
  await rm(module);
  await init({ module_or_path: engine });
  for (const { name, title, question, view, options, source } of lessons) {
    const playground = new Playground({ ...options, source });
    while (playground.run(SLICE).kind === "paused");
    const { scavenges, mark_compacts: full, heap_used: used } = playground.stats();
    const says = `${amount(used)} in use after ${plural(scavenges, "scavenge")}${full > 0 ? ` and ${plural(full, "full collection")}` : ""}.`;
    const picture = svgOf(playground.picture(), `${title}. The heap at the end of the run: ${says}`);
    // The picture and the markup are for pages without scripts.
    await writeFile(join(target, `${name}.svg`), picture);
    await writeFile(join(target, `${name}.html`), markupOf(name, title, source));
    await writeFile(join(target, `${name}.js`), `export default ${JSON.stringify({ title, question, view, options, source, says, picture })};\n`);
    playground.free();
  }
}

/** The element for somebody's page, to be copied into it: what stands inside is what a page without scripts shows. */
function markupOf(name, title, source) {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return `<semispace-playground lesson="${name}">
  <img src="https://HOST/embed/lessons/${name}.svg" loading="lazy" alt="${escaped(title)}: the heap at the end of the run" />
  <pre><code>${escaped(source)}</code></pre>
</semispace-playground>
`;
}

const target = await kept();
if (!existsSync(target)) {
  const unfinished = `${target}.${process.pid}`;
  await draw(unfinished);
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }));
}
await cp(target, folder, { recursive: true });
