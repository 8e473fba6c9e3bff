// A line to a worker: questions and answers are objects, each pair with a number. What else a worker posts passes by here.

export class Line extends EventTarget {
  /** Questions that wait for their answer, by number. */
  #waiting = new Map();
  #lastNumber = 0;
  #worker = null;

  /** Counts the runs of snippets: objects of different runs have nothing to do with each other. */
  run = 0;

  /** Takes over a new worker; what the old one was asked has no answer any more. */
  connect(worker) {
    this.#worker = worker;
    worker.addEventListener("message", ({ data }) => this.#receive(data));
    this.abandon(new Error("The engine has been started again."));
    this.dispatchEvent(new Event("restart"));
  }

  /** Refuses all questions that still wait. */
  abandon(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /** A new run has begun. */
  beginRun() {
    this.run += 1;
    this.dispatchEvent(new Event("run"));
  }

  /** Asks the worker; `signal` cancels what takes its time. */
  ask(ask, details = {}, { onProgress, signal } = {}) {
    this.#lastNumber += 1;
    const id = this.#lastNumber;
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        reject(new Error("The engine has not started yet."));
        return;
      }
      this.#waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener("abort", () => this.#worker.postMessage({ cancel: id }));
      this.#worker.postMessage({ id, ask, ...details });
    });
  }

  #receive(data) {
    if (data?.written !== undefined) this.dispatchEvent(new CustomEvent("written", { detail: data.written }));
    if (data?.id === undefined) return;
    if (data.progress !== undefined) this.#waiting.get(data.id)?.onProgress?.(data.progress);
    else if (data.error !== undefined) this.#settle(data.id)?.reject(Object.assign(new Error(data.error.message), data.error));
    else this.#settle(data.id)?.resolve(data.answer);
  }

  #settle(number) {
    const question = this.#waiting.get(number);
    this.#waiting.delete(number);
    return question;
  }
}
