// The engine under Node, where the WebAssembly is a file beside this one.
import { readFile } from "node:fs/promises";
import start, { initSync } from "./semispace-wasm.js";

export { initSync, HeapSnapshot, Playground, SnapshotReader } from "./semispace-wasm.js";

let started;

export default function init(source) {
  started ??= begin(source);
  return started;
}

async function begin(source) {
  if (source) return start(source);
  // Given a module, the glue does not ask for `Response`, which makes Node load the whole of `fetch`.
  const bytes = await readFile(new URL("./semispace-wasm_bg.wasm", import.meta.url));
  initSync({ module: await WebAssembly.compile(bytes) });
}
