// The worker's loop. The engine works in short slices; between two of them the queue of messages is read, so
// that a command waits for one slice at most, whatever the snippet does.
import init, { Engine, SnapshotReader, setPartLoader } from "./semispace-wasm.js";
import { partLoader } from "./engine-parts.js";
import { Desk } from "./questions.js";

/** The engine's parts after the first, where it has been cut. */
const PARTS = ["./semispace-wasm_page.wasm", "./semispace-wasm_lessons.wasm", "./semispace-wasm_rest.wasm"];

const turn = new MessageChannel();
let engine;
let desk;
let isScheduled = false;

/** Replies are bytes that only the page's own program reads; the buffer moves, nothing is copied. */
function send(replies) {
  if (replies.length > 0) postMessage(replies, [replies.buffer]);
}

/** Plans the next slice: at once through the message queue, or after the pause that the chosen speed asks for. */
function schedule() {
  if (isScheduled || !engine.wantsTurn()) return;
  isScheduled = true;
  const pause = engine.pauseBeforeTurn();
  if (pause > 0) setTimeout(takeTurn, pause);
  else turn.port2.postMessage(null);
}

function takeTurn() {
  isScheduled = false;
  guard(() => engine.turn());
}

/** An exception here is a fault of the engine itself: say so, as text, and stop. */
function guard(work) {
  try {
    send(work());
    desk.noteWritten();
    schedule();
  } catch (error) {
    postMessage(String(error));
    close();
  }
}

/** Commands are bytes; whatever else is asked goes to the desk. */
function receive(data) {
  if (data instanceof Uint8Array) guard(() => engine.handle(data));
  else desk.take(data);
}

turn.port1.onmessage = takeTurn;

const early = [];
onmessage = (event) => early.push(event.data);
try {
  await init();
  setPartLoader(partLoader(PARTS.map((name) => new URL(name, import.meta.url))));
  engine = new Engine();
  desk = new Desk(engine, SnapshotReader);
  guard(() => engine.started());
  early.forEach(receive);
  onmessage = (event) => receive(event.data);
} catch (error) {
  postMessage(String(error));
}
