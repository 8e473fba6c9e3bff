// A table whose rows open: only the rows in sight are in the document, and children are fetched in portions, so that it
// holds a million rows as well as ten. Arrow keys move, open and close, as in any tree.
import { element } from "./dom.js";

const ROW_HEIGHT = 22;
const PORTION = 100;
/** Rows that are drawn above and below what is in sight. */
const MARGIN = 6;
let grids = 0;

const classOf = ({ isNumber, isExtra }) => `${isNumber ? "number" : ""}${isExtra ? " extra" : ""}`;

/**
 * A row: `cells` by column key (text, a number or an element), `load(from, count, sorting)` when it can be opened, which resolves to
 * `{ total, rows }`, and whatever its owner wants to find again in `data`.
 */
export class TreeGrid {
  #columns;
  #options;
  #room;
  #head;
  #rows = [];
  #active = 0;
  #sorting;
  #name = `grid-${(grids += 1)}`;

  /** `columns`: `{ key, title, width, isNumber, isExtra, text }`, of which a narrow grid leaves out the extra ones; options: `label`, `least` (px), `sorting`, `onSelect(row)`, `onSort(sorting)`. */
  constructor(columns, options) {
    this.#columns = columns;
    this.#options = options;
    this.#sorting = options.sorting ?? { key: null, ascending: false };
    this.#head = element("div", { role: "row", class: "tree-head" });
    this.#room = element("div", { role: "rowgroup", class: "tree-room" });
    this.element = element(
      "div",
      { role: "treegrid", class: "tree-grid", tabIndex: 0, "aria-label": options.label },
      element("div", { role: "rowgroup", class: "tree-top" }, this.#head),
      this.#room,
    );
    const widths = (columns) => columns.map(({ width }) => width).join(" ");
    this.element.style.setProperty("--columns", widths(columns));
    this.element.style.setProperty("--narrow-columns", widths(columns.filter(({ isExtra }) => !isExtra)));
    this.element.style.setProperty("--least", `${options.least ?? 0}px`);
    this.element.addEventListener("scroll", () => this.#draw(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.element);
    this.#drawHead();
  }

  get sorting() {
    return this.#sorting;
  }

  /** The row that the keyboard is on. */
  get active() {
    return this.#rows[this.#active]?.row;
  }

  /** Shows these rows, all closed. */
  show(rows) {
    this.#rows = rows.map((row) => ({ row, level: 1 }));
    this.#active = 0;
    this.element.scrollTop = 0;
    this.#draw();
  }

  /** Opens the first row, its first child, and so on: at most so many. */
  async openFirst(depth) {
    for (let at = 0; at < depth && this.#rows[at]?.row?.load && !this.#rows[at].row.isCircle; at += 1) await this.#open(at);
  }

  #drawHead() {
    const heads = this.#columns.map((column) => {
      const { key, title } = column;
      const isSorted = this.#sorting.key === key;
      const order = isSorted ? (this.#sorting.ascending ? "ascending" : "descending") : "none";
      const inner = this.#options.onSort
        ? element("button", { type: "button", onclick: () => this.#sort(key) }, title, element("span", { "aria-hidden": "true" }, isSorted ? (this.#sorting.ascending ? " ▲" : " ▼") : ""))
        : title;
      return element("div", { role: "columnheader", "aria-sort": order, class: classOf(column) }, inner);
    });
    this.#head.replaceChildren(...heads);
  }

  #sort(key) {
    const ascending = this.#sorting.key === key ? !this.#sorting.ascending : key === this.#columns[0].key;
    this.#sorting = { key, ascending };
    this.#drawHead();
    this.#options.onSort(this.#sorting);
  }

  #draw() {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - MARGIN);
    const end = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + MARGIN);
    this.#room.style.height = `${this.#rows.length * ROW_HEIGHT}px`;
    const drawn = [];
    for (let at = first; at < end; at += 1) drawn.push(this.#rowElement(at));
    this.#room.replaceChildren(...drawn);
    this.element.setAttribute("aria-rowcount", this.#rows.length + 1);
    if (this.#active >= first && this.#active < end) this.element.setAttribute("aria-activedescendant", `${this.#name}-${this.#active}`);
    else this.element.removeAttribute("aria-activedescendant");
  }

  #rowElement(at) {
    const entry = this.#rows[at];
    const { row, level } = entry;
    if (!row) this.#fetch(entry);
    const cells = this.#columns.map((column, index) => {
      const { key, text } = column;
      const value = row ? row.cells[key] : index === 0 ? "…" : "";
      const cell = element("div", { role: "gridcell", class: classOf(column) });
      if (index === 0) {
        cell.style.paddingLeft = `${(level - 1) * 12}px`;
        cell.append(element("span", { class: "tree-mark", "aria-hidden": "true" }, row?.load ? (entry.isOpen ? "▾" : "▸") : ""));
      }
      cell.append(value instanceof Node ? value.cloneNode(true) : (text?.(value) ?? String(value ?? "")));
      if (typeof value === "string") cell.title = value;
      return cell;
    });
    const drawn = element("div", { role: "row", id: `${this.#name}-${at}`, class: at === this.#active ? "tree-row active" : "tree-row", "aria-level": level, "aria-rowindex": at + 2 }, ...cells);
    if (row?.load) drawn.setAttribute("aria-expanded", String(entry.isOpen === true));
    if (this.#options.onSelect) drawn.setAttribute("aria-selected", String(at === this.#active));
    drawn.style.top = `${at * ROW_HEIGHT}px`;
    drawn.addEventListener("click", (event) => {
      this.#activate(at);
      if (row?.load && event.target.classList.contains("tree-mark")) this.#toggle(at);
    });
    drawn.addEventListener("dblclick", () => row?.load && this.#toggle(at));
    return drawn;
  }

  /** Fetches the portion that a row without content belongs to. */
  async #fetch({ parent, index }) {
    const from = Math.floor(index / PORTION) * PORTION;
    const key = `${from}`;
    parent.asked ??= new Set();
    if (parent.asked.has(key)) return;
    parent.asked.add(key);
    const { rows } = await parent.row.load(from, PORTION, this.#sorting);
    const start = this.#rows.indexOf(parent);
    if (start < 0 || !parent.isOpen) return;
    let next = 0;
    for (let at = start + 1; at < this.#rows.length && next < rows.length; at += 1) {
      const entry = this.#rows[at];
      if (entry.parent !== parent) continue;
      if (entry.index === from + next) {
        entry.row = rows[next];
        next += 1;
      }
    }
    this.#draw();
  }

  async #open(at) {
    const parent = this.#rows[at];
    if (!parent?.row?.load || parent.isOpen) return;
    parent.isOpen = true;
    parent.asked = new Set(["0"]);
    const { total, rows } = await parent.row.load(0, PORTION, this.#sorting);
    const start = this.#rows.indexOf(parent);
    if (start < 0 || !parent.isOpen) return;
    const children = Array.from({ length: total }, (_, index) => ({ row: rows[index], level: parent.level + 1, parent, index }));
    this.#rows = this.#rows.slice(0, start + 1).concat(children, this.#rows.slice(start + 1));
    if (this.#active > start) this.#active += total;
    this.#draw();
  }

  #close(at) {
    const parent = this.#rows[at];
    parent.isOpen = false;
    let end = at + 1;
    while (end < this.#rows.length && this.#rows[end].level > parent.level) end += 1;
    this.#rows.splice(at + 1, end - at - 1);
    if (this.#active > at) this.#active = Math.max(at, this.#active - (end - at - 1));
    this.#draw();
  }

  #toggle(at) {
    if (this.#rows[at].isOpen) this.#close(at);
    else this.#open(at);
  }

  #activate(at) {
    this.#active = Math.max(0, Math.min(at, this.#rows.length - 1));
    const top = this.#active * ROW_HEIGHT;
    const { scrollTop, clientHeight } = this.element;
    const room = clientHeight - this.#head.offsetHeight;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + room) this.element.scrollTop = top + ROW_HEIGHT - room;
    this.#draw();
    const row = this.active;
    if (row) this.#options.onSelect?.(row);
  }

  #key(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#active;
    const entry = this.#rows[at];
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 2);
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.#rows.length - 1 };
    if (event.key in moves) this.#activate(moves[event.key]);
    else if (event.key === "ArrowRight" && entry?.row?.load) entry.isOpen ? this.#activate(at + 1) : this.#open(at);
    else if (event.key === "ArrowLeft" && entry?.isOpen) this.#close(at);
    else if (event.key === "ArrowLeft" && entry?.parent) this.#activate(this.#rows.indexOf(entry.parent));
    else if (event.key === "Enter" && entry?.row) this.#options.onEnter ? this.#options.onEnter(entry.row) : this.#toggle(at);
    else return;
    event.preventDefault();
  }
}
