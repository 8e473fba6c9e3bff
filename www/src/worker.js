// The worker's loop. The engine works in short slices; between two of them the queue of messages is read, so
// that a command waits for one slice at most, whatever the snippet does.
import init, { Engine } from "./semispace-wasm.js";

const turn = new MessageChannel();
let engine;
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
    schedule();
  } catch (error) {
    postMessage(String(error));
    close();
  }
}

turn.port1.onmessage = takeTurn;

const early = [];
onmessage = (event) => early.push(event.data);
try {
  await init();
  engine = new Engine();
  guard(() => engine.started());
  for (const command of early) guard(() => engine.handle(command));
  onmessage = (event) => guard(() => engine.handle(event.data));
} catch (error) {
  postMessage(String(error));
}
