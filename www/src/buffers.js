// <semispace-buffers>: the slabs of the Buffer pool drawn with the slices that live in them, what is wasted, and which live
// Buffer keeps which slab. It tells of a Buffer that is to be looked at by an `inspect` event (detail: the address).
import { bytes, count, element, plural } from "./dom.js";
import { engine } from "./engine-line.js";
import { TreeGrid } from "./tree-grid.js";

const HINT = "Buffers of less than half of Buffer.poolSize share slabs of 8 KiB: allocate some with Buffer.from(text) or Buffer.allocUnsafe(100), and their slabs are drawn here.";
const COLUMNS = [
  { key: "id", title: "Slab", width: "64px" },
  { key: "picture", title: "Slices", width: "minmax(96px, 1fr)" },
  { key: "state", title: "State", width: "58px" },
  { key: "live", title: "In use", width: "76px", isNumber: true, text: (value) => (value === undefined ? "" : bytes(value)) },
  { key: "waste", title: "Wasted", width: "76px", isNumber: true, text: (value) => (value === undefined ? "" : bytes(value)) },
];

class SemispaceBuffers extends HTMLElement {
  /** The line to the worker that is asked. */
  line = engine;
  #words = element("p", { class: "verdict" });
  #legend = element("ul", { class: "legend" });
  #grid = new TreeGrid(COLUMNS, {
    label: "Slabs",
    sorting: { key: "id", ascending: true },
    onSort: () => this.#draw(),
    onEnter: (row) => this.#inspect(row),
    onSelect: (row) => this.#inspect(row),
  });
  #report = null;
  #isAsking = false;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    for (const [kind, title] of [["used", "a live Buffer"], ["dead", "no longer anybody's, but kept"], ["room", "not handed out yet"]]) {
      this.#legend.append(element("li", {}, element("span", { class: `swatch slice-${kind}` }), title));
    }
    this.append(this.#words, this.#legend, this.#grid.element);
    this.refresh();
  }

  /** Asks the engine again, unless it is still busy with the last question. */
  async refresh() {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.#report = await this.line.ask("slabs");
      this.#draw();
    } catch (error) {
      this.#words.textContent = error.message;
    } finally {
      this.#isAsking = false;
    }
  }

  #draw() {
    const report = this.#report;
    const isEmpty = !report || report.counts.live === 0;
    this.#grid.element.hidden = isEmpty;
    this.#legend.hidden = isEmpty;
    this.#words.textContent = isEmpty ? `${outside(report)} ${HINT}` : sentence(report);
    if (isEmpty) return;
    const { key, ascending } = this.#grid.sorting;
    const order = { id: ({ id }) => id, state: ({ state }) => state, live: ({ live }) => live, waste: ({ waste }) => waste, picture: ({ slices }) => slices.length }[key];
    const sign = ascending ? 1 : -1;
    const compare = (a, b) => sign * (order(a) > order(b) ? 1 : order(a) < order(b) ? -1 : a.id - b.id);
    this.#grid.show([...report.slabs].sort(compare).map(slabRow));
  }

  #inspect({ data }) {
    if (data?.address) this.dispatchEvent(new CustomEvent("inspect", { detail: data.address }));
  }
}

function outside(report) {
  return report && report.outside > 0 ? `${bytes(report.outside)} lie in ArrayBuffers of their own, outside any slab.` : "";
}

function sentence(report) {
  const { counts, reserved, live, waste, pinnedByOne } = report;
  const pinned = pinnedByOne > 0 ? ` ${plural(pinnedByOne, "slab")} ${pinnedByOne === 1 ? "is" : "are"} kept by one single Buffer each.` : "";
  const cut = report.slabs.length < counts.live ? ` The oldest ${count(report.slabs.length)} are listed.` : "";
  return `${plural(counts.live, "slab")} ${counts.live === 1 ? "takes" : "take"} ${bytes(reserved)}: ${bytes(live)} are in use, ${bytes(waste)} are of no use to anybody.${pinned} ${outside(report)}${cut}`;
}

function slabRow(slab) {
  const kept = slab.isCurrent ? "current" : slab.slices.length === 1 ? "pinned" : "";
  return {
    cells: { id: `#${slab.id}${slab.isCurrent ? " now" : ""}`, picture: picture(slab, kept), state: slab.state, live: slab.live, waste: slab.waste },
    load: slab.slices.length > 0 && (async (from, portion) => ({ total: slab.slices.length, rows: slab.slices.slice(from, from + portion).map((slice) => sliceRow(slab, slice)) })),
  };
}

function sliceRow(slab, slice) {
  const where = slice.address === null ? "" : ` of the Buffer at 0x${slice.address.toString(16)}`;
  return {
    cells: { id: "", picture: `bytes ${count(slice.offset)} to ${count(slice.offset + slice.length - 1)}${where}`, state: slab.slices.length === 1 && !slab.isCurrent ? "pins it" : "", live: slice.length },
    data: slice,
  };
}

/** A slab to scale: what is in use, what was, and what is still free. */
function picture(slab, kept) {
  const text = `${plural(slab.slices.length, "live slice")}${kept === "pinned" ? ", which alone keeps the slab" : ""}`;
  const strip = element("span", { class: `strip-of-slab ${kept}`, role: "img", "aria-label": text, title: text });
  const part = (from, to, kind) => {
    const piece = element("span", { class: `slice-${kind}` });
    piece.style.left = `${(100 * from) / slab.size}%`;
    piece.style.width = `${(100 * (to - from)) / slab.size}%`;
    strip.append(piece);
  };
  part(0, slab.isCurrent ? slab.taken : slab.size, "dead");
  if (slab.isCurrent) part(slab.taken, slab.size, "room");
  for (const { offset, length } of slab.slices) part(offset, Math.min(offset + length, slab.size), "used");
  return strip;
}

customElements.define("semispace-buffers", SemispaceBuffers);
