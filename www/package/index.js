// The engine in a page or a worker.
import start from "./semispace-wasm.js";

export { initSync, HeapSnapshot, Playground, SnapshotReader } from "./semispace-wasm.js";

export default async function init(source) {
  await start(source);
}
