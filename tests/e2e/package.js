// What the tests share that drive the published package under Node.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The module that the site's worker runs, started. */
export async function loadPackage() {
  const site = process.env.SEMISPACE_SITE;
  const module = await import(pathToFileURL(join(site, "semispace-wasm.js")));
  await module.default({ module_or_path: await readFile(join(site, "semispace-wasm_bg.wasm")) });
  return module;
}

/** Runs a session to its end and returns its last state. */
export function finish(playground, budget = 1e6) {
  let state;
  do state = playground.run(budget);
  while (state.kind === "paused");
  return state;
}

/** All that a session has printed since the last call. */
export function outputOf(playground) {
  return playground.output().map((chunk) => chunk.text).join("");
}
