// The page's line to what the worker knows beside the session: snapshots, slabs, allocation sites. Questions and answers
// are objects; the session's own commands and replies are bytes and pass by here.

/** Questions that wait for their answer, by number. */
const waiting = new Map();
let worker = null;
let lastNumber = 0;

function settle(number) {
  const question = waiting.get(number);
  waiting.delete(number);
  return question;
}

function receive({ data }) {
  if (data?.written !== undefined) engine.dispatchEvent(new CustomEvent("written", { detail: data.written }));
  if (data?.id === undefined) return;
  if (data.progress !== undefined) waiting.get(data.id)?.onProgress?.(data.progress);
  else if (data.error !== undefined) settle(data.id)?.reject(Object.assign(new Error(data.error.message), data.error));
  else settle(data.id)?.resolve(data.answer);
}

class EngineLine extends EventTarget {
  /** Counts the runs of snippets: objects of different runs have nothing to do with each other. */
  run = 0;

  /** Takes over a new worker; what the old one was asked has no answer any more. */
  connect(newWorker) {
    worker = newWorker;
    worker.addEventListener("message", receive);
    for (const { reject } of waiting.values()) reject(new Error("The engine has been started again."));
    waiting.clear();
    this.dispatchEvent(new Event("restart"));
  }

  /** A new run has begun. */
  beginRun() {
    this.run += 1;
    this.dispatchEvent(new Event("run"));
  }

  /** Asks the worker; `signal` cancels what takes its time. */
  ask(ask, details = {}, { onProgress, signal } = {}) {
    lastNumber += 1;
    const id = lastNumber;
    return new Promise((resolve, reject) => {
      if (!worker) {
        reject(new Error("The engine has not started yet."));
        return;
      }
      waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener("abort", () => worker.postMessage({ cancel: id }));
      worker.postMessage({ id, ask, ...details });
    });
  }
}

export const engine = new EngineLine();
globalThis.semispaceEngine = engine;
