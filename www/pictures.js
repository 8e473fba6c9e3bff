// Makes the static picture of each lesson, which a widget shows until somebody runs it: runs the lesson to its end on the
// engine that has just been built, and draws its heap. Trunk calls this when the site is complete but for that.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { amount, plural } from "./src/amount.js";
import { svgOf } from "./src/heap/svg.js";
import { readChapters } from "./lessons.js";

const site = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
const folder = join(site, "embed/lessons");
/** Instructions of a slice. */
const SLICE = 1e7;

const { default: init, Playground } = await import(pathToFileURL(join(site, "semispace-wasm.js")));
await init({ module_or_path: await readFile(join(site, "semispace-wasm_bg.wasm")) });
await mkdir(folder, { recursive: true });

for (const { lessons } of await readChapters()) {
  for (const { name, title, question, view, options, source } of lessons) {
    const playground = new Playground({ ...options, source });
    while (playground.run(SLICE).kind === "paused");
    const { scavenges, mark_compacts: full, heap_used: used } = playground.stats();
    const says = `${amount(used)} in use after ${plural(scavenges, "scavenge")}${full > 0 ? ` and ${plural(full, "full collection")}` : ""}.`;
    await writeFile(join(folder, `${name}.svg`), svgOf(playground.picture(), `${title}. The heap at the end of the run: ${says}`));
    await writeFile(join(folder, `${name}.json`), JSON.stringify({ title, question, view, options, source, says }));
    playground.free();
  }
}
