// The worker's loop. The engine works in short slices; between two of them the queue of messages is read, so
// that a command waits for one slice at most, whatever the snippet does.
import init, { Engine } from "./semispace-wasm.js";

const turn = new MessageChannel();
let engine;
let isScheduled = false;

function send(replies) {
  for (const reply of replies) {
    postMessage(reply, reply.picture ? [reply.picture.buffer] : []);
  }
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

/** An exception here is a fault of the engine itself: say so, and stop. */
function guard(work) {
  try {
    send(work());
    schedule();
  } catch (error) {
    postMessage({ reply: "state", state: { kind: "lost", message: String(error) } });
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
  postMessage({ reply: "state", state: { kind: "lost", message: String(error) } });
}
