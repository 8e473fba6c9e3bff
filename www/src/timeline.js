// <semispace-timeline>: the heap's sizes over virtual time, drawn by uPlot. The page hands it numbers; it answers with a
// `collection` event (detail: the number) when the person clicks near the mark of a collection.
import uPlot from "uplot";
import sheetText from "uplot/dist/uPlot.min.css";
import { EXTERNAL, LARGE, OLD, YOUNG, hex } from "./heap/colours.js";

const FIELDS = 8;
const MIB = 1024 * 1024;
/** Steps of the axis of sizes, in bytes: 1 KiB and so on. */
const POWERS = Array.from({ length: 24 }, (_, power) => 1024 * 2 ** power);
/** Stacked from the bottom: name, column of a sample, colour. */
const STACK = [
  ["New space", 2, hex(YOUNG)],
  ["Old space", 3, hex(OLD)],
  ["Large objects", 4, hex(LARGE)],
  ["External", 5, hex(EXTERNAL)],
];
const OTHER = STACK.length + 1;
/** The whole process: a line of its own, because it has what the stack has and the engine besides. */
const RSS = STACK.length + 2;
const RSS_COLUMN = 6;
/** A click this near to a mark means it, in pixels. */
const REACH = 12;

const OWN = `
:host { display: block; position: relative; min-height: 0; height: 100%; color: var(--chart-text);
  outline-color: var(--chart-ink); text-decoration-color: var(--chart-grid); }
.u-legend { display: none; }
.rss { position: absolute; top: 0; left: 16px; z-index: 1; display: flex; align-items: center; gap: 4px; font: 12px/18px var(--font-words); color: var(--text-muted); }
.rss input { margin: 0; accent-color: var(--primary); }
.tip { position: absolute; top: 2px; right: 12px; font: 12px/16px var(--font-words); color: var(--text-muted);
  pointer-events: none; font-variant-numeric: tabular-nums; text-align: right; }
`;

class SemispaceTimeline extends HTMLElement {
  #plot;
  #tip;
  #samples = new Float64Array();
  #marks = new Float64Array();
  #other = null;
  #pointed = 0;
  #isZoomed = false;
  #isDue = false;

  connectedCallback() {
    if (this.#plot) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheetText, OWN].map((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return sheet;
    });
    this.setAttribute("role", "group");
    this.#tip = document.createElement("div");
    this.#tip.className = "tip";
    const room = document.createElement("div");
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    box.onchange = () => this.#plot.setSeries(RSS, { show: box.checked });
    const label = document.createElement("label");
    label.className = "rss";
    label.title = "The whole process: the heap's committed pages, memory outside it, and the engine itself";
    label.append(box, "rss");
    root.append(room, label, this.#tip);
    this.#build(room);
    new ResizeObserver(() => this.#fit()).observe(this);
    for (const [target, name] of [[globalThis, "semispace-theme"], [matchMedia("(prefers-color-scheme: dark)"), "change"]]) {
      target.addEventListener(name, () => this.#plot.redraw());
    }
  }

  #build(room) {
    const axis = { stroke: () => this.#theme.text, grid: { stroke: () => this.#theme.grid, width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    const stacked = STACK.map(([label, , stroke], index) => ({
      label,
      stroke,
      width: 1,
      fill: index === 0 ? `${stroke}cc` : undefined,
      points: { show: false },
    }));
    const bands = STACK.slice(1).map(([, , stroke], index) => ({ series: [index + 2, index + 1], fill: `${stroke}cc` }));
    this.#plot = new uPlot(
      {
        width: 300,
        height: 100,
        padding: [28, 24, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: true, y: false } },
        scales: {
          x: { time: false, range: (_, min, max) => (min == null ? [0, 1] : [min, Math.max(max, min + 0.01)]) },
          y: { range: (_, min, max) => [0, Math.max(max ?? 0, MIB / 4) * 1.05] },
        },
        series: [{}, ...stacked, { label: "Other run", stroke: () => this.#theme.text, dash: [6, 4], width: 1.5, points: { show: false }, spanGaps: true }, { label: "rss", show: false, stroke: () => this.#theme.ink, width: 1.5, points: { show: false } }],
        bands,
        axes: [
          { ...axis, size: 26, space: 84, values: (_, splits) => splits.map((ms) => `${ms} ms`) },
          { ...axis, size: 64, incrs: POWERS, values: (_, splits) => splits.map((bytes) => `${+(bytes / MIB).toFixed(1)} MiB`) },
        ],
        hooks: {
          draw: [(plot) => this.#drawLimit(plot), (plot) => this.#drawMarks(plot)],
          setCursor: [(plot) => this.#tell(plot)],
          setSelect: [(plot) => (this.#isZoomed = plot.select.width > 0)],
        },
      },
      [[], ...STACK.map(() => []), [], []],
      room,
    );
    this.#plot.over.addEventListener("click", (event) => this.#click(event));
    this.#plot.over.addEventListener("dblclick", () => {
      this.#isZoomed = false;
      this.#draw();
    });
    this.#draw();
  }

  /** The theme's colours: only a real property's computed value is a colour that a canvas knows. */
  get #theme() {
    const { color: text, outlineColor: ink, textDecorationColor: grid } = getComputedStyle(this);
    return { text, ink, grid };
  }

  #fit() {
    const { clientWidth: width, clientHeight: height } = this;
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  /** Samples, eight numbers each: ms, instructions, new, old, large, external, rss, limit of the old generation. */
  showSamples(samples) {
    this.#samples = samples;
    this.#drawSoon();
  }

  /** Collections, four numbers each: number, ms, 1 for a full one, pause in ms. */
  showCollections(marks) {
    this.#marks = marks;
    this.#drawSoon();
  }

  /** Samples of another run, or null. */
  showOther(samples) {
    this.#other = samples;
    this.#drawSoon();
  }

  /** Marks the collection with this number; 0 for none. */
  point(number) {
    this.#pointed = number;
    this.#drawSoon();
  }

  /** Draws once for all that comes before the browser's next frame. */
  #drawSoon() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#draw();
    });
  }

  #draw() {
    if (!this.#plot) return;
    const own = rows(this.#samples);
    const other = this.#other ? rows(this.#other) : [];
    const times = [...own.map((row) => row[0]), ...other.map((row) => row[0])].sort((a, b) => a - b);
    const merge = other.length > 0;
    const x = merge ? times : own.map((row) => row[0]);
    const columns = STACK.map(() => new Array(x.length).fill(null));
    const line = new Array(x.length).fill(null);
    const rss = new Array(x.length).fill(null);
    spread(x, own, (index, row) => {
      rss[index] = row[RSS_COLUMN];
      let sum = 0;
      STACK.forEach(([, column], layer) => {
        sum += row[column];
        columns[layer][index] = sum;
      });
    });
    spread(x, other, (index, row) => (line[index] = row[2] + row[3] + row[4] + row[5]));
    this.#plot.setData([x, ...columns, line, rss], !this.#isZoomed);
    if (this.#isZoomed) this.#plot.redraw();
    const last = own.at(-1);
    const words = last ? `Sizes over time, now at ${last[0].toFixed(1)} ms: ` + STACK.map(([name, column]) => `${name} ${mib(last[column])}`).join(", ") + `; rss ${mib(last[RSS_COLUMN])}` : "Sizes over time: nothing has run yet";
    this.setAttribute("aria-label", words);
  }

  #drawLimit(plot) {
    const limit = this.#samples.at(-1);
    const top = plot.scales.y.max;
    if (!(limit > 0) || limit > top) return;
    const { ctx, bbox } = plot;
    const y = plot.valToPos(limit, "y", true);
    ctx.save();
    ctx.strokeStyle = this.#theme.text;
    ctx.fillStyle = ctx.strokeStyle;
    ctx.setLineDash([2, 4]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText("limit of the old generation", bbox.left + 6, y - 2);
    ctx.restore();
  }

  /** A tick above the chart for each scavenge, a line through it for each full collection; longer pauses, longer ticks. */
  #drawMarks(plot) {
    const { ctx, bbox } = plot;
    const { ink } = this.#theme;
    const ratio = devicePixelRatio;
    const longest = Math.max(0.01, ...everyFourth(this.#marks, 3));
    ctx.save();
    let lastX = -10;
    for (let at = 0; at < this.#marks.length; at += 4) {
      const [number, ms, isFull, pause] = this.#marks.subarray(at, at + 4);
      const x = Math.round(plot.valToPos(ms, "x", true));
      const isPointed = number === this.#pointed;
      if (x < bbox.left || x > bbox.left + bbox.width || (x - lastX < 2 && !isFull && !isPointed)) continue;
      lastX = x;
      const length = (4 + 10 * (pause / longest)) * ratio;
      ctx.fillStyle = isFull ? "#D55E00" : ink;
      ctx.fillRect(x, bbox.top - length, isPointed ? 3 * ratio : ratio, length);
      if (isFull || isPointed) {
        ctx.globalAlpha = isPointed ? 0.9 : 0.5;
        ctx.fillRect(x, bbox.top, (isPointed ? 2 : 1) * ratio, bbox.height);
        ctx.globalAlpha = 1;
      }
    }
    ctx.restore();
  }

  #tell(plot) {
    const { idx } = plot.cursor;
    const row = idx == null || this.#other ? undefined : rows(this.#samples)[idx];
    this.#tip.textContent = row ? `${row[0].toFixed(2)} ms: ` + STACK.map(([name, column]) => `${name} ${mib(row[column])}`).join(" · ") + ` · rss ${mib(row[RSS_COLUMN])}` : "";
  }

  #click(event) {
    const plot = this.#plot;
    let best = null;
    for (let at = 0; at < this.#marks.length; at += 4) {
      const distance = Math.abs(plot.valToPos(this.#marks[at + 1], "x") - event.offsetX);
      if (distance < (best?.distance ?? REACH)) best = { distance, number: this.#marks[at] };
    }
    if (best) this.dispatchEvent(new CustomEvent("collection", { detail: best.number }));
  }
}

function rows(samples) {
  const list = [];
  for (let at = 0; at + FIELDS <= samples.length; at += FIELDS) list.push(samples.subarray(at, at + FIELDS));
  return list;
}

/** Calls `set` for each time with the newest row until then; beyond the last row only when it is exactly there. */
function spread(times, list, set) {
  let next = 0;
  times.forEach((time, index) => {
    while (next + 1 < list.length && list[next + 1][0] <= time) next += 1;
    const row = list[next];
    if (row && row[0] <= time && (next + 1 < list.length || time === row[0])) set(index, row);
  });
}

function* everyFourth(marks, from) {
  for (let at = from; at < marks.length; at += 4) yield marks[at];
}

function mib(bytes) {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}

customElements.define("semispace-timeline", SemispaceTimeline);
