// Where the widget's files lie: beside this script. Bundlers know addresses of this form and carry the files along; where one
// does not, the page says where it serves them.

let base = null;

/** Tells where the files of `embed/` are served; the engine is one folder up. */
export function setBase(address) {
  base = new URL(address, document.baseURI);
}

/** The script of a widget's worker. */
export function workerAddress() {
  if (base) return new URL("worker.js", base);
  return new URL("./worker.js", import.meta.url);
}

/** The engine's WebAssembly. */
export function engineAddress() {
  if (base) return new URL("../semispace-wasm_bg.wasm", base);
  return new URL("../semispace-wasm_bg.wasm", import.meta.url);
}

/** Asks the host anew for the scripts that name the engine: the browser has kept them for longer than the host has kept theirs. */
export async function renew() {
  await Promise.allSettled([import.meta.url, workerAddress()].map((address) => fetch(address, { cache: "reload" })));
}
