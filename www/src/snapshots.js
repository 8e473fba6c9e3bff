// <semispace-snapshots>: three slots for heap snapshots, and four ways to look at them: DevTools' Summary, Comparison and
// Statistics, and the verdict of the three-snapshot method in words.
import { bytes, button, element, plural } from "./dom.js";
import { engine } from "./engine-line.js";
import { save } from "./save.js";
import { changesGrid, retainersGrid, summaryGrid } from "./snapshot-tables.js";
import { showStatistics } from "./snapshot-statistics.js";
import { showVerdict } from "./snapshot-verdict.js";

const NAMES = ["S1", "S2", "S3"];
const VIEWS = { summary: "Summary", comparison: "Comparison", leaks: "Leaks", statistics: "Statistics" };
/** Milliseconds after which work shows how far it is. */
const PATIENCE = 300;
const HINT =
  "Record S1 before what you suspect, S2 after it, and S3 after doing it again: then Leaks says what came and stayed, and which line or property holds it. Or drop up to three .heapsnapshot files of Node or Chrome here; they do not leave your machine.";

class SemispaceSnapshots extends HTMLElement {
  /** The line to the worker that keeps the snapshots. */
  line = engine;
  /** What the slots hold: `{ label, nodeCount, totalSelfSize, run }` or null; `summary` once it is known. */
  #slots = [null, null, null];
  #view = "summary";
  #shown = 0;
  #base = 0;
  #turn = Promise.resolve();
  #progress = element("div", { class: "reading", hidden: true });
  #slotList = element("ul", { class: "slots", "aria-label": "Snapshots" });
  #tools = element("div", { class: "bar" });
  #message = element("p", { class: "snapshot-message", role: "status", hidden: true });
  #body = element("div", { class: "snapshot-body" });
  #retainers = element("section", { class: "retainers", "aria-label": "Retainers", hidden: true });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.append(this.#slotList, this.#progress, this.#message, this.#tools, this.#body, this.#retainers);
    this.line.addEventListener("restart", () => this.#forgetAll());
    this.#draw();
  }

  /** Records the heap into the next free slot, and returns what was recorded; undefined when nothing was. */
  record() {
    return this.#inTurn(async () => {
      const slot = this.#slots.indexOf(null);
      if (slot >= 0) return this.#fill(slot, "", this.#ask("record", { slot }, "the heap", "Recording"));
      this.#say("All three slots are taken: clear one to record into it.");
      return undefined;
    });
  }

  /** Takes over what the snippet has written, as long as there are free slots; says in words what became of it. */
  takeWritten(paths) {
    return this.#inTurn(() => this.#takeWritten(paths));
  }

  /** Reads one to three files into the free slots, or into all of them when there are not enough. */
  readFiles(files) {
    return this.#inTurn(() => this.#readFiles(files));
  }

  /** A slot is free until it is filled: whoever fills one waits for whoever came before. */
  #inTurn(work) {
    this.#turn = this.#turn.then(work, work);
    return this.#turn;
  }

  async #takeWritten(paths) {
    const into = [];
    for (const path of paths) {
      const slot = this.#slots.indexOf(null);
      if (slot < 0) break;
      if (await this.#fill(slot, path.split("/").at(-1), this.line.ask("readWritten", { slot, path }))) into.push(NAMES[slot]);
    }
    const left = paths.length - into.length;
    const taken = into.length > 0 ? `The snippet has recorded ${into.join(" and ")}: see the Snapshots tab.` : "";
    return left > 0 ? `${taken} ${plural(left, "snapshot")} found no free slot.`.trim() : taken;
  }

  async #readFiles(files) {
    const chosen = [...files].slice(0, NAMES.length);
    if (this.#slots.filter((slot) => !slot).length < chosen.length) this.#slots.forEach((_, slot) => this.#clear(slot));
    this.#say(files.length > NAMES.length ? "There is room for three files: the first three are read." : "");
    for (const file of chosen) {
      const slot = this.#slots.indexOf(null);
      const read = this.#ask("read", { slot, file }, file.name, "Reading");
      if (!(await this.#fill(slot, file.name, read, `${file.name}: `))) break;
    }
  }

  /** Asks what takes its time, and shows how far it is: `what` is read or recorded, then what it retains is worked out. */
  async #ask(ask, details, what, verb) {
    const abort = new AbortController();
    const bar = element("progress", { max: 1, value: 0, "aria-label": `${verb} ${what}` });
    const words = element("span", {}, `${verb} ${what}`);
    this.#progress.replaceChildren(words, bar, button("Cancel", () => abort.abort()));
    const late = setTimeout(() => (this.#progress.hidden = false), PATIENCE);
    const onProgress = (part) => {
      bar.value = part > 1 ? part - 1 : part;
      if (part > 1) words.textContent = `Working out what ${what} retains`;
    };
    try {
      return await this.line.ask(ask, details, { onProgress, signal: abort.signal });
    } finally {
      clearTimeout(late);
      this.#progress.hidden = true;
    }
  }

  /** What was recorded into the slot; undefined when that failed, which is said. */
  async #fill(slot, label, answer, prefix = "") {
    let recorded;
    try {
      const { nodeCount, totalSelfSize, atMs } = await answer;
      const made = label || `at ${atMs.toFixed(1)} ms`;
      this.#slots[slot] = { label: made, nodeCount, totalSelfSize, run: this.line.run, isFile: prefix !== "" };
      recorded = { slot, nodeCount, totalSelfSize, atMs };
      this.dispatchEvent(new CustomEvent("recorded", { detail: recorded }));
    } catch (error) {
      this.#say(`${prefix}${error.message}`);
      return undefined;
    }
    this.#shown = slot;
    this.#base = 0;
    if (this.#taken().length >= 3) this.#view = "leaks";
    this.#draw();
    return recorded;
  }

  #taken() {
    return this.#slots.flatMap((slot, index) => (slot ? [index] : []));
  }

  #clear(slot) {
    this.#slots[slot] = null;
    this.line.ask("drop", { slot }).catch(() => {});
  }

  #forgetAll() {
    this.#slots = [null, null, null];
    this.#draw();
  }

  #say(text) {
    this.#message.textContent = text;
    this.#message.hidden = text === "";
  }

  async #save(slot) {
    try {
      const file = await this.line.ask("export", { slot });
      const name = this.#slots[slot].isFile ? this.#slots[slot].label : `${NAMES[slot]}.heapsnapshot`;
      save(name, file, "application/json");
    } catch (error) {
      this.#say(error.message);
    }
  }

  #draw() {
    const rows = this.#slots.map((slot, index) => this.#slotRow(slot, index));
    this.#slotList.replaceChildren(...rows);
    this.#retainers.hidden = true;
    const isEmpty = this.#taken().length === 0;
    this.#tools.hidden = isEmpty;
    if (isEmpty) {
      this.#body.replaceChildren(element("p", { class: "hint" }, HINT));
      return;
    }
    this.#say("");
    this.#drawTools();
    this.#drawBody();
  }

  #slotRow(slot, index) {
    const name = NAMES[index];
    const row = element("li", { class: slot ? "slot taken" : "slot" }, element("strong", {}, name));
    if (slot) {
      const words = `${bytes(slot.totalSelfSize)}, ${plural(slot.nodeCount, "object")}, ${slot.label}`;
      row.append(
        element("span", { class: "what", title: words }, words),
        button("Save", () => this.#save(index), { "aria-label": `Save ${name} as a file` }),
        button("Clear", () => this.#clearAndDraw(index), { "aria-label": `Clear ${name}` }),
      );
      return row;
    }
    row.append(element("span", { class: "what" }, "empty"));
    if (index === this.#slots.indexOf(null)) {
      row.append(
        button("Record", () => this.record(), { "aria-label": `Record ${name}` }),
        button("Open", () => this.#choose(), { "aria-label": "Open .heapsnapshot files" }),
      );
    }
    return row;
  }

  #clearAndDraw(index) {
    this.#clear(index);
    if (this.#taken().length < 2 && this.#view !== "statistics") this.#view = "summary";
    this.#draw();
    this.#slotList.querySelector("button")?.focus();
  }

  #choose() {
    const input = element("input", { type: "file", accept: ".heapsnapshot,.json", multiple: true });
    input.onchange = () => this.readFiles(input.files);
    input.click();
  }

  #drawTools() {
    const taken = this.#taken();
    if (!this.#slots[this.#shown]) this.#shown = taken.at(-1);
    if (!this.#slots[this.#base]) [this.#base] = taken;
    const views = element("div", { class: "segments", role: "group", "aria-label": "View" });
    for (const [view, title] of Object.entries(VIEWS)) {
      const needs = view === "comparison" || view === "leaks" ? 2 : 1;
      const choose = () => {
        if (taken.length < needs) {
          this.#say(`${title} needs two snapshots at least: record another.`);
          return;
        }
        this.#view = view;
        this.#draw();
        [...this.#tools.querySelectorAll(".segments button")].find((made) => made.textContent === title)?.focus();
      };
      views.append(button(title, choose, { "aria-pressed": String(view === this.#view), "aria-disabled": String(taken.length < needs) }));
    }
    const choice = (label, chosen, set) => {
      const options = taken.map((slot) => element("option", { value: slot, selected: slot === chosen }, NAMES[slot]));
      const select = element("select", { "aria-label": label, onchange: () => (set(Number(select.value)), this.#drawBody()) }, ...options);
      return select;
    };
    this.#tools.replaceChildren(views);
    if (this.#view === "comparison") {
      const [from, to] = [choice("From", this.#base, (slot) => (this.#base = slot)), choice("To", this.#shown, (slot) => (this.#shown = slot))];
      this.#tools.append(element("span", { class: "hint" }, "from ", from, " to ", to));
    } else if (this.#view !== "leaks") {
      this.#tools.append(choice("Snapshot", this.#shown, (slot) => (this.#shown = slot)));
    }
  }

  async #drawBody() {
    this.#retainers.hidden = true;
    const room = element("div", { class: "snapshot-view" });
    this.#body.replaceChildren(room);
    try {
      await this.#fillBody(room);
    } catch (error) {
      this.#say(error.message);
    }
  }

  async #fillBody(room) {
    const onSelect = (slot) => (row) => this.showRetainers(slot, row.data);
    const view = this.#view;
    if (view === "summary") summaryGrid(room, this.line, this.#shown, await this.#summary(this.#shown), onSelect(this.#shown));
    else if (view === "statistics") showStatistics(room, await this.#summary(this.#shown));
    else {
      const slots = view === "leaks" ? this.#taken() : [this.#base, this.#shown];
      const found = await this.line.ask("compare", { slots });
      const note = this.#noteOnRuns(slots);
      if (note) room.append(element("p", { class: "hint" }, note));
      if (view === "comparison") changesGrid(room, this.line, slots, found.changes, onSelect(slots[1]));
      else showVerdict(room, slots.map((slot) => NAMES[slot]), found.leaks, (object) => this.showRetainers(slots.at(-1), object));
    }
  }

  async #summary(slot) {
    const held = this.#slots[slot];
    held.summary ??= await this.line.ask("summary", { slot });
    return held.summary;
  }

  /** Objects are the same if their ids are, which says nothing across runs. */
  #noteOnRuns(slots) {
    const [first, ...others] = slots.map((slot) => this.#slots[slot]);
    const isMixed = others.some((slot) => slot.isFile !== first.isFile || (!slot.isFile && slot.run !== first.run));
    return isMixed ? "These snapshots come from different runs. Objects are matched by their ids, so what is new and what has gone means little here." : "";
  }

  /** Shows what keeps an object: `{ id, name }`. */
  showRetainers(slot, object) {
    if (!object) return;
    const close = button("Close", () => (this.#retainers.hidden = true));
    const title = element("h3", {}, `What keeps ${object.name} @${object.id}`);
    const grid = retainersGrid(this.line, slot, object);
    this.#retainers.replaceChildren(element("div", { class: "bar" }, title, close), grid.element);
    this.#retainers.hidden = false;
  }
}

customElements.define("semispace-snapshots", SemispaceSnapshots);
