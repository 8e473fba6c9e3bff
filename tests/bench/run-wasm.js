// Runs one program on our engine in WebAssembly: the published package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { default: init, Playground } = await import(pathToFileURL(join(process.env.SEMISPACE_PACKAGE, "node.js")));
await init();

const playground = new Playground({ source: readFileSync(process.argv[2], "utf8") });
let state;
do {
  state = playground.run(2e6);
  for (const { text } of playground.output()) process.stdout.write(text);
} while (state.kind === "paused");
if (state.kind !== "finished") throw new Error(state.message ?? state.report);
