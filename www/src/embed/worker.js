// A widget's worker: one session of the published package, driven in short slices, so that a question waits for one slice
// at most. The page compiles the engine once and posts it; each worker makes its own instance of it.
import init, { Playground, SnapshotReader, setPartLoader } from "../semispace-wasm.js";
import { partLoader } from "../engine-parts.js";
import { Desk } from "../questions.js";
import { Session } from "./session.js";

/** The engine's parts after the first, where it has been cut. */
const PARTS = ["../semispace-wasm_page.wasm", "../semispace-wasm_lessons.wasm", "../semispace-wasm_rest.wasm"];

let isInstantiated;
let session = null;
const desk = new Desk(face(), SnapshotReader);

/** What the desk asks of an engine. */
function face() {
  const playground = () => {
    if (session) return session.playground;
    throw new Error("Nothing has run yet.");
  };
  return {
    // A widget's heap is small: it is recorded at once.
    beginSnapshot: playground,
    captureSome: () => 1,
    endSnapshot: () => ({ work: () => 1, finish: () => playground().recordSnapshot() }),
    get virtualMs() {
      return playground().stats().virtual_ms;
    },
    get writtenCount() {
      return session ? session.playground.writtenSnapshots().length : 0;
    },
    writtenSnapshots: () => playground().writtenSnapshots(),
    readWritten(path) {
      const bytes = playground().file(path);
      const reader = new SnapshotReader(bytes.length);
      reader.feed(bytes);
      return reader.finish();
    },
    slabs: () => playground().slabs(),
  };
}

async function instantiate(module) {
  await init({ module_or_path: module });
  setPartLoader(partLoader(PARTS.map((name) => new URL(name, import.meta.url))));
}

async function start({ module, options, isPaced }) {
  isInstantiated ??= instantiate(module);
  await isInstantiated;
  session?.close();
  session = null;
  session = new Session(new Playground(options), isPaced, (frame, transfer) => {
    postMessage({ frame }, transfer);
    desk.noteWritten();
  });
  session.show();
}

/** What a widget asks for; all else goes to the desk. */
const acts = {
  start,
  run: () => session.run(),
  pause: () => session.pause(),
  step: ({ kind }) => session.step(kind),
  scavenge: () => session.collect((playground) => playground.scavenge()),
  collect: () => session.collect((playground) => playground.collect()),
};

onmessage = async ({ data }) => {
  const act = acts[data.ask];
  if (!act) {
    desk.take(data);
    return;
  }
  const { id } = data;
  try {
    postMessage({ id, answer: await act(data) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) postMessage({ lost: String(error) });
    else postMessage({ id, error: { message: error.message ?? String(error), code: error.code, line: error.line, column: error.column } });
  }
};
