// What the tests share that drive the published package under Node.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The package as Node loads it, started. */
export async function loadPackage() {
  const module = await import(pathToFileURL(join(process.env.SEMISPACE_PACKAGE, "node.js")));
  await module.default();
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
