// The worker's desk: answers what the late views ask (see engine.js). It keeps three slots for snapshots, recorded here
// or read from files, so that they can be compared with each other.

/** Bytes that are read of a file between two looks at the queue of messages. */
const PIECE = 1 << 20;
const ALL = 0xffffffff;

/** Lets the worker hear a message that waits. */
function nextMessage() {
  return new Promise((resolve) => setTimeout(resolve));
}

export class Desk {
  #engine;
  #Reader;
  #slots = [null, null, null];
  #cancelled = new Set();
  /** Snapshots that the snippet has written and the page knows of. */
  #written = 0;

  /** `engine` and `Reader` (`SnapshotReader`) come from the engine's WebAssembly. */
  constructor(engine, Reader) {
    this.#engine = engine;
    this.#Reader = Reader;
  }

  /** Takes a question, and posts what becomes of it. */
  async take({ id, ask, cancel, ...details }) {
    if (cancel !== undefined) {
      this.#cancelled.add(cancel);
      return;
    }
    try {
      const answer = await this.#answer(ask, details, id);
      postMessage({ id, answer }, answer instanceof Uint8Array ? [answer.buffer] : []);
    } catch (error) {
      postMessage({ id, error: { message: error.message ?? String(error), code: error.code, offset: error.offset } });
    }
  }

  /** Tells the page of snapshots that the snippet itself has written. */
  noteWritten() {
    const count = this.#engine.writtenCount;
    if (count > this.#written) postMessage({ written: this.#engine.writtenSnapshots().slice(this.#written) });
    this.#written = count;
  }

  #answer(ask, details, id) {
    switch (ask) {
      case "record":
        return this.#record(details.slot, id);
      case "readWritten":
        return this.#keep(details.slot, this.#engine.readWritten(details.path));
      case "read":
        return this.#read(details, id);
      case "drop":
        return this.#drop(details.slot);
      case "summary":
        return this.#snapshot(details.slot).summary(ALL);
      case "members":
        return this.#members(details);
      case "references":
        return this.#snapshot(details.slot).references(details.of, details.from, details.count);
      case "retainers":
        return this.#snapshot(details.slot).retainers(details.of, details.from, details.count);
      case "object":
        return this.#snapshot(details.slot).object(details.of, 1);
      case "compare":
        return this.#compare(details.slots);
      case "export":
        return this.#snapshot(details.slot).export();
      case "slabs":
        return this.#engine.slabs();
      case "sites":
        return this.#sites();
      default:
        throw new Error(`The engine knows no question named ${ask}.`);
    }
  }

  async #sites() {
    for (;;) {
      const sites = this.#engine.allocationSites();
      if (sites) return sites;
      await nextMessage();
    }
  }

  #snapshot(slot) {
    const snapshot = this.#slots[slot];
    if (!snapshot) throw new Error(`Slot S${slot + 1} is empty.`);
    return snapshot;
  }

  #drop(slot) {
    this.#slots[slot]?.free();
    this.#slots[slot] = null;
  }

  #keep(slot, snapshot) {
    this.#drop(slot);
    this.#slots[slot] = snapshot;
    return { nodeCount: snapshot.nodeCount, totalSelfSize: snapshot.totalSelfSize };
  }

  async #record(slot, id) {
    const atMs = this.#engine.virtualMs;
    this.#engine.beginSnapshot();
    try {
      for (let share = 0; share < 1; await this.#hear(id)) {
        share = this.#engine.captureSome();
        postMessage({ id, progress: share });
      }
    } catch (error) {
      this.#engine.dropSnapshot();
      throw error;
    }
    return { ...(await this.#analyse(slot, this.#engine.endSnapshot(), id)), atMs };
  }

  /** Works out what the objects of a snapshot retain, and keeps it: the second half of the progress. */
  async #analyse(slot, reader, id) {
    let unfinished = reader;
    try {
      for (let share = 0; share < 1; await this.#hear(id)) {
        share = reader.work();
        postMessage({ id, progress: 1 + share });
      }
      unfinished = null;
      return this.#keep(slot, reader.finish());
    } finally {
      unfinished?.free();
    }
  }

  async #read({ slot, file }, id) {
    const reader = new this.#Reader(file.size);
    try {
      for (let at = 0; at < file.size; at += PIECE) {
        const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
        await this.#hear(id);
        reader.feed(piece);
        postMessage({ id, progress: Math.min(at + PIECE, file.size) / file.size });
      }
    } catch (error) {
      reader.free();
      throw error;
    }
    return this.#analyse(slot, reader, id);
  }

  /** Hears a message that waits, such as that this question is cancelled. */
  async #hear(id) {
    await nextMessage();
    if (this.#cancelled.delete(id)) throw Object.assign(new Error("Cancelled."), { code: "ERR_CANCELLED" });
  }

  #members({ slot, base, name, query }) {
    const snapshot = this.#snapshot(slot);
    return base === undefined ? snapshot.members(name, query) : snapshot.newMembers(name, this.#snapshot(base), query);
  }

  #compare(slots) {
    const [first, second, third] = slots.map((slot) => this.#snapshot(slot));
    return third ? first.compareThree(second, third) : first.compare(second);
  }
}
