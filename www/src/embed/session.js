// Drives one `Playground` and tells what becomes of it, at most once a frame.
import { Pace } from "./pace.js";

/** Milliseconds of a turn, and of them those in which the engine may work. */
const TURN = 16;
const WORK = 12;
/** Milliseconds between two frames: several widgets share the page's thread. */
const FRAME = 30;

export class Session {
  playground;
  #pace;
  #send;
  #turn = new MessageChannel();
  #state = { kind: "ready" };
  #isRunning = false;
  #ended = [];
  #lastFrame = 0;
  #samples = [];
  #instructions = 0;
  #isClosed = false;

  /** `send(frame, transfer)` takes what is to be shown. */
  constructor(playground, isPaced, send) {
    this.playground = playground;
    this.#pace = isPaced ? new Pace() : null;
    this.#send = send;
    this.#turn.port1.onmessage = () => this.#work();
  }

  /** Runs until the end or a pause; resolves with the state then. */
  run() {
    this.playground.resume();
    return new Promise((resolve, reject) => {
      this.#ended.push({ resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      this.#plan(performance.now());
    });
  }

  pause() {
    this.playground.pause();
    return this.#stop({ kind: "paused" });
  }

  /** Runs to the next line or collection; a run that is under way pauses for it. */
  step(kind) {
    if (this.#isRunning) this.pause();
    this.#state = this.playground.step(kind);
    this.#sample();
    this.show();
    return this.#state;
  }

  /** Collects between two instructions; a run that is under way goes on. */
  collect(work) {
    work(this.playground);
    if (this.#state.kind === "ready") this.#state = { kind: "paused" };
    this.#sample();
    this.show();
    return this.#isRunning ? { kind: "running" } : this.#state;
  }

  close() {
    this.#isClosed = true;
    this.#stop({ kind: "closed" });
    this.#turn.port1.close();
    this.playground.free();
  }

  #work() {
    if (!this.#isRunning) return;
    const began = performance.now();
    try {
      this.#slices(began);
    } catch (error) {
      this.#isRunning = false;
      for (const { reject } of this.#ended.splice(0)) reject(error);
      return;
    }
    if (this.#state.kind !== "paused") {
      this.#stop(this.#state);
      return;
    }
    if (began - this.#lastFrame >= FRAME) this.show();
    this.#plan(began);
  }

  /** Slices until the time of this turn is used up, or what the pace allows of a frame has run. */
  #slices(began) {
    let left = this.#pace?.ofFrame(this.#instructions) ?? Infinity;
    while (left > 0) {
      const slice = Math.min(left, Pace.slice(this.#instructions));
      this.#state = this.playground.run(slice);
      left -= slice;
      this.#sample();
      if (this.#state.kind !== "paused" || performance.now() - began >= WORK) break;
    }
  }

  #plan(began) {
    const wait = this.#pace ? Math.max(0, TURN - (performance.now() - began)) : 0;
    if (wait > 0) setTimeout(() => this.#work(), wait);
    else this.#turn.port2.postMessage(null);
  }

  #stop(state) {
    this.#state = state;
    this.#isRunning = false;
    if (!this.#isClosed) this.show();
    for (const { resolve } of this.#ended.splice(0)) resolve(state);
    return state;
  }

  /** The heap's sizes at this moment: the columns of the timeline (see timeline.js). */
  #sample() {
    const stats = this.playground.stats();
    this.#instructions = stats.instructions;
    const { toSpace, oldSpace, largeObjects } = this.playground.occupancy();
    this.#samples.push(stats.virtual_ms, stats.instructions, toSpace.used, oldSpace.used, largeObjects.used, stats.external, stats.rss, 0);
  }

  /** Sends the heap as it is, and what has come since the last frame. */
  show() {
    this.#lastFrame = performance.now();
    const picture = this.playground.picture(this.#isRunning);
    const samples = new Float64Array(this.#samples);
    this.#samples = [];
    const frame = {
      state: this.#isRunning ? { kind: "running" } : this.#state,
      stats: this.playground.stats(),
      occupancy: this.playground.occupancy(),
      collections: this.playground.events(),
      output: this.playground.output(),
      picture,
      samples,
    };
    this.#send(frame, [picture.buffer, samples.buffer]);
  }
}
