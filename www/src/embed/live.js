// A widget that runs: its worker, and what the worker has told of the run so far. Loaded when it is first needed.
import { Line } from "../line.js";
import { ended } from "./ended.js";
import { engineModule, startWorker } from "./engine.js";
import { openView } from "./views.js";

/** Numbers of a sample, and which of them is the limit of the old generation (see timeline.js). */
const FIELDS = 8;
const LIMIT = 7;
/** Characters of output that are kept. */
const MOST_OUTPUT = 200_000;
/** Collections that are kept. */
const MOST_COLLECTIONS = 10_000;

/** Fires `frame` (detail: the frame) and `lost` (detail: a message). */
export class Live extends EventTarget {
  line = new Line();
  /** The newest frame; null before the first. */
  frame = null;
  samples = [];
  collections = [];
  output = "";
  #worker = null;
  #isClosed = false;

  /** Starts a session; the engine and the worker come first, if they are not there yet. */
  async start(options, isPaced) {
    const module = await engineModule();
    if (this.#isClosed) throw ended();
    if (!this.#worker) this.#connect();
    [this.samples, this.collections, this.output, this.frame] = [[], [], "", null];
    this.line.beginRun();
    await this.line.ask("start", { module, options, isPaced });
  }

  /** Puts a view of the run into a panel; it is told of each frame by its `show(live)`. */
  openView(name, panel) {
    return openView(name, panel, this);
  }

  /** Ends the worker, whatever it does. */
  close() {
    this.#isClosed = true;
    this.#worker?.terminate();
    this.#worker = null;
    this.line.abandon(ended());
  }

  #connect() {
    this.#worker = startWorker();
    this.#worker.addEventListener("message", ({ data }) => {
      if (data.frame) this.#take(data.frame);
      else if (data.lost) this.#lose(`The engine has failed: ${data.lost}`);
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#lose(event.message ? `The engine has failed: ${event.message}` : "The engine's worker cannot be started. Does this page's Content-Security-Policy allow it (worker-src, script-src)?");
    });
    this.line.connect(this.#worker);
  }

  #lose(message) {
    this.#worker?.terminate();
    this.#worker = null;
    this.line.abandon(new Error(message));
    this.dispatchEvent(new CustomEvent("lost", { detail: message }));
  }

  #take(frame) {
    this.frame = frame;
    this.collections.push(...frame.collections);
    this.collections.splice(0, this.collections.length - MOST_COLLECTIONS);
    const limit = this.collections.at(-1)?.oldLimitAfter ?? 0;
    for (let at = LIMIT; at < frame.samples.length; at += FIELDS) frame.samples[at] = limit;
    for (const number of frame.samples) this.samples.push(number);
    this.output += frame.output.map(({ text }) => text).join("");
    if (this.output.length > MOST_OUTPUT) this.output = this.output.slice(-MOST_OUTPUT);
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }
}
