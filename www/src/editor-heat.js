// Beside each line of the editor: how much it has allocated, how much of that is in the heap now, and how much has survived
// a collection.
import { gutter, GutterMarker } from "@codemirror/view";
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { bytes, element, plural } from "./dom.js";

/** Between two questions while the session runs, in milliseconds. */
const PAUSE = 1_000;
/** So many times as long as the last answer took is there no other: counting is a walk over the heap, which the run waits for. */
const REST = 50;
const WIDTH = 24;

export const setHeat = StateEffect.define();

const heat = StateField.define({
  create: () => RangeSet.empty,
  update(set, transaction) {
    if (transaction.docChanged) set = set.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(setHeat)) set = effect.value;
    return set;
  },
});

/** A bar as long as the logarithm of what the line has allocated; its parts are in proportion. */
class HeatMark extends GutterMarker {
  constructor(line, most) {
    super();
    this.line = line;
    this.length = Math.max(2, (WIDTH * Math.log2(1 + line.bytes)) / Math.log2(1 + most));
  }
  eq(other) {
    return other.length === this.length && other.line.keptBytes === this.line.keptBytes && other.line.survivedBytes === this.line.survivedBytes && other.line.bytes === this.line.bytes;
  }
  toDOM() {
    const { bytes: all, keptBytes, survivedBytes } = this.line;
    const bar = element("div", { title: words(this.line) });
    bar.style.cssText = `height:14px;width:${this.length}px;background:linear-gradient(90deg, var(--heap-survived) ${(100 * survivedBytes) / all}%, var(--heap-young) 0 ${(100 * keptBytes) / all}%, var(--heat) 0)`;
    return bar;
  }
}

export const heatGutter = [heat, gutter({ class: "heat", markers: (view) => view.state.field(heat) })];

/** The marks of a document, from its lines' figures. */
export function heatOf(doc, lines) {
  const most = Math.max(1, ...lines.map((line) => line.bytes));
  const marks = lines.filter(({ line, bytes: all }) => line <= doc.lines && all > 0).map((line) => new HeatMark(line, most).range(doc.line(line.line).from));
  return RangeSet.of(marks, true);
}

function words({ line, count, bytes: all, keptCount, keptBytes, survivedBytes }) {
  const now = keptCount === 0 ? "none of it is in the heap now" : `${bytes(keptBytes)} in ${plural(keptCount, "object")} are in the heap now, ${bytes(survivedBytes)} have survived a collection`;
  return `Line ${line} has allocated ${bytes(all)} in ${plural(count, "object")}: ${now}.`;
}

/** The line below the editor: the figures of the caret's line in words, and the switch. */
export class HeatSwitch {
  #sites = [];
  #words = element("span", {});
  #box = element("input", { type: "checkbox", checked: true });
  #isAsking = false;
  #next = 0;

  constructor(onSwitch) {
    this.#box.onchange = () => {
      if (!this.isOn) this.#sites = [];
      onSwitch();
    };
    this.element = element("div", { class: "heat-line" }, this.#words, element("label", { title: "Count what each line allocates. A change counts from the next start on." }, this.#box, "line heat"));
  }

  get isOn() {
    return this.#box.checked;
  }

  linesOf(file) {
    return this.isOn ? this.#sites.filter((site) => site.file === file) : [];
  }

  async refresh(isRunning, onAnswer) {
    const engine = globalThis.semispaceEngine;
    if (!this.isOn || this.#isAsking || (isRunning && performance.now() < this.#next)) return;
    this.#isAsking = true;
    const start = performance.now();
    try {
      this.#sites = await engine.ask("sites");
      onAnswer();
    } catch {
      // There is no session, so there is nothing to count.
    } finally {
      this.#isAsking = false;
      const end = performance.now();
      this.#next = end + Math.max(PAUSE, REST * (end - start));
    }
  }

  /** Says what the line (from 1) of a file has allocated. */
  tell(file, line) {
    const found = this.linesOf(file).find((site) => site.line === line);
    this.#words.textContent = found ? words(found) : "";
  }
}
