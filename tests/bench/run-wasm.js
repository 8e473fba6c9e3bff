// Runs one program on our engine in WebAssembly: the module that the site's worker runs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const site = process.env.SEMISPACE_SITE;
const { default: init, Playground } = await import(pathToFileURL(join(site, "semispace-wasm.js")));
await init({ module_or_path: readFileSync(join(site, "semispace-wasm_bg.wasm")) });

const playground = new Playground({ source: readFileSync(process.argv[2], "utf8") });
let state;
do {
  state = playground.run(2e6);
  for (const { text } of playground.output()) process.stdout.write(text);
} while (state.kind === "paused");
if (state.kind !== "finished") throw new Error(state.message ?? state.report);
