// The engine under Node, where the WebAssembly is a file beside this one.
import { readFile } from "node:fs/promises";
import start from "./semispace-wasm.js";

export { initSync, HeapSnapshot, Playground, SnapshotReader } from "./semispace-wasm.js";

let started;

export default function init(source) {
  started ??= begin(source);
  return started;
}

async function begin(source) {
  await start(source ?? { module_or_path: await readFile(new URL("./semispace-wasm_bg.wasm", import.meta.url)) });
}
