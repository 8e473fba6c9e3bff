// <semispace-playground>: a snippet and its heap in any page. Until somebody runs it, it is text and a picture that was
// made when the site was built; the engine comes with the first run (live.js). See docs/embedding for how to use it.
import { OBSERVED, optionsOf, viewsOf } from "./attributes.js";
import { ended, isEnd } from "./ended.js";
import { HEAP, legend } from "./legend.js";
import { element } from "../dom.js";
import { Shell } from "./shell.js";
import { inlineSource, lessonOf } from "./source.js";
import { outcomeOf } from "./outcome.js";
import { parseSvg } from "./trusted.js";
import colours from "../../styles/heap.css";
import text from "./widget.css";

/** Pixels before a widget comes into sight that its lesson is fetched. */
const NEAR = "200px";
/** The smallest height of the panes, pixels. */
const LEAST_HEIGHT = 120;
const KEYS = ["keydown", "keyup", "keypress"];
/** States after which a run can only begin again. */
const ENDS = ["finished", "failed", "outOfMemory"];
const HINTS = { heap: "Press Run: the heap is drawn here as the snippet fills it." };
const HINT = "Press Run: this fills while the snippet runs.";

/** One sheet for all widgets of a page. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(colours + text);

export class SemispacePlayground extends HTMLElement {
  static observedAttributes = OBSERVED;

  #shell = new Shell(
    (act) => this.#press(act),
    () => this.#edited(),
    (view) => this.#look(view),
  );
  #sight = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#appear(), { rootMargin: NEAR });
  #lesson = null;
  /** The snippet as the page gave it; null while a lesson is on its way. */
  #given = null;
  #live = null;
  /** Views that have been opened, by name. */
  #views = new Map();
  #view = "heap";
  /** Whether the next run begins at the start. */
  #isStale = true;
  /** The kind of state that the page was last told of. */
  #told = "idle";
  /** The animation frame that will show the newest frame of the run; 0 for none. */
  #repaint = 0;
  #nextSlot = 0;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#shell.frame);
    // Documentation tools bind single letters: what is typed here is not for them.
    for (const name of KEYS) root.addEventListener(name, (event) => event.stopPropagation());
  }

  /** A run goes on while a page moves the element. */
  connectedCallback() {
    if (this.#live) return;
    this.#showAttributes();
    this.#sight.observe(this);
  }

  disconnectedCallback() {
    this.#sight.disconnect();
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  attributeChangedCallback(name, before, after) {
    if (!(this.isConnected || this.#live) || before === after) return;
    if (name === "lesson") {
      this.#lesson = null;
      this.#given = null;
      this.#shell.title = "";
      this.#sight.unobserve(this);
      this.#sight.observe(this);
    }
    if (name !== "height" && name !== "editable" && name !== "readonly") this.#end();
    this.#showAttributes();
  }

  /** The snippet as it stands in the widget. */
  get source() {
    return this.#shell.source;
  }

  set source(text) {
    this.#given ??= text;
    this.#shell.source = text;
    this.#edited();
  }

  /** How each space is filled, in bytes, when the heap was last shown; null before the first run. */
  get occupancy() {
    return this.#live?.frame?.occupancy ?? null;
  }

  /** What the run has printed so far. */
  get output() {
    return this.#live?.output ?? "";
  }

  /** Where the run stands: `{ kind: "idle" }` before the first. */
  get state() {
    return this.#live?.frame?.state ?? { kind: "idle" };
  }

  /** Runs the snippet, or goes on after a pause; resolves with the state at the end or at a pause. */
  async run() {
    return this.#guarded(async () => {
      if (this.#isStale || this.#hasEnded) await this.#start();
      return this.#live.line.ask("run");
    });
  }

  /** Holds the run between two instructions. */
  async pause() {
    if (!this.#live) return this.state;
    return this.#guarded(() => this.#live.line.ask("pause"));
  }

  /** Runs to the next `"line"` or `"collection"`. */
  async step(kind = "line") {
    if (this.#hasEnded) this.#isStale = true;
    return this.#act("step", { kind });
  }

  /** Collects new space now. */
  async scavenge() {
    return this.#act("scavenge");
  }

  /** Collects the whole heap now. */
  async collect() {
    return this.#act("collect");
  }

  /** Back to the snippet as the page gave it, before its first instruction. */
  reset() {
    if (this.#given !== null) this.#shell.source = this.#given;
    this.#leave();
  }

  /** Records the heap as it is; resolves with `{ slot, nodeCount, totalSelfSize, atMs }`. There are three slots, used in turn. */
  async takeSnapshot() {
    return this.#guarded(async () => {
      if (this.#isStale) await this.#start();
      if (this.#names.includes("snapshots")) return (await this.#viewOf("snapshots")).record();
      const slot = this.#nextSlot;
      this.#nextSlot = (slot + 1) % 3;
      const taken = { slot, ...(await this.#live.line.ask("record", { slot })) };
      this.#tell("snapshot", taken);
      return taken;
    });
  }

  #showAttributes() {
    const height = Number.parseFloat(this.getAttribute("height"));
    this.#shell.height = height > 0 ? `${Math.max(LEAST_HEIGHT, height)}px` : null;
    this.#shell.isEditable = this.hasAttribute("editable") && !this.hasAttribute("readonly");
    if (!this.hasAttribute("lesson")) this.#give(inlineSource(this) ?? "", null);
    else if (this.#given === null) this.#shell.source = inlineSource(this) ?? "";
    this.#shell.showViews(this.#names);
    this.#showPicture();
  }

  /** Takes over a snippet, unless somebody has already written another. */
  #give(source, lesson) {
    this.#lesson = lesson;
    if (this.#given === source) return;
    this.#given = source;
    this.#shell.source = source;
  }

  /** The widget is in sight, or about to be. */
  async #appear() {
    this.#sight.unobserve(this);
    const name = this.getAttribute("lesson");
    if (name) await this.#guarded(() => this.#load(name)).catch(() => {});
    if (this.hasAttribute("autoplay") && this.isConnected) this.run().catch(() => {});
  }

  async #load(name) {
    const lesson = await lessonOf(name);
    if (this.getAttribute("lesson") !== name) return;
    this.#give(lesson.source, lesson);
    this.#shell.title = lesson.title;
    if (this.#live) return;
    this.#shell.showViews(this.#names);
    this.#showPicture();
  }

  /** What stands in the panels before anything runs. */
  #showPicture() {
    const names = this.#names;
    for (const name of names) this.#shell.panel(name).replaceChildren(element("p", { class: "hint empty" }, HINTS[name] ?? HINT));
    if (this.#lesson?.picture) {
      const panel = this.#shell.panel("heap") ?? this.#shell.panel(names[0]);
      const picture = parseSvg(this.#lesson.picture);
      picture.setAttribute("class", "still");
      panel.replaceChildren(picture, legend(HEAP), element("p", { class: "caption" }, `At the end of a run: ${this.#lesson.says}`));
    }
  }

  #edited() {
    this.#isStale = true;
    this.#shell.showProblem("");
  }

  #press(act) {
    const acts = { run: () => this.run(), pause: () => this.pause(), step: () => this.step(), scavenge: () => this.scavenge(), collect: () => this.collect(), reset: () => this.reset(), open: () => this.#openInPage() };
    // What goes wrong has been shown and told by an event already.
    Promise.resolve(acts[act]()).catch(() => {});
  }

  /** The way to the full page, where there is one beside the widget: bundle.js says so by HAS_PAGE. */
  async #openInPage() {
    if (HAS_PAGE) (await import("./full-page.js")).openInPage(this.source, optionsOf(this, this.#lesson));
  }

  async #act(ask, details) {
    return this.#guarded(async () => {
      if (this.#isStale) await this.#start();
      return this.#live.line.ask(ask, details);
    });
  }

  /** A session before its first instruction. */
  async #start() {
    this.#shell.showProblem("");
    if (this.hasAttribute("lesson") && !this.#lesson) await this.#load(this.getAttribute("lesson"));
    const options = { ...optionsOf(this, this.#lesson), source: this.source };
    if (!this.#live) await this.#loadLive();
    const live = this.#live;
    await live.start(options, this.#isPaced);
    if (live !== this.#live) throw ended();
    this.#isStale = false;
    this.#look(this.#view);
    // It takes what the snippet itself records, whether somebody looks or not.
    if (this.#names.includes("snapshots")) await this.#viewOf("snapshots");
  }

  get #hasEnded() {
    return ENDS.includes(this.state.kind);
  }

  get #isPaced() {
    return this.getAttribute("speed") !== "full" && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  async #loadLive() {
    this.#shell.state.textContent = "Loading the engine";
    const { Live } = await import("./live.js");
    if (this.#live) return;
    if (!this.isConnected) throw ended();
    const live = new Live();
    this.#live = live;
    live.addEventListener("frame", ({ detail }) => live === this.#live && this.#show(detail));
    live.addEventListener("lost", ({ detail }) => live === this.#live && this.#fail(new Error(detail)));
  }

  /** The names of the views. */
  get #names() {
    return viewsOf(this, this.#lesson);
  }

  /** A view of the run, opened in its panel the first time. */
  #viewOf(name) {
    if (!this.#views.has(name)) this.#views.set(name, this.#openView(name));
    return this.#views.get(name);
  }

  async #openView(name) {
    const view = await this.#live.openView(name, this.#shell.panel(name));
    view.onRecorded?.((taken) => this.#tell("snapshot", taken));
    return view;
  }

  /** A view has come to the front, or there is something new to see in it. */
  async #look(name) {
    this.#view = name;
    const live = this.#live;
    if (!live?.frame) return;
    const view = await this.#viewOf(name);
    if (live === this.#live) view.show(live);
  }

  #show(frame) {
    const { state, stats } = frame;
    this.#shell.showRunning(state.kind === "running");
    const { words, problem } = outcomeOf(state, stats);
    this.#shell.state.textContent = words;
    this.#shell.showProblem(problem);
    this.#shell.showOutput(this.#live.output);
    for (const collection of frame.collections) this.#tell("gc", collection);
    if (state.kind !== this.#told) this.#tellState(state, stats);
    this.#repaint ||= requestAnimationFrame(() => {
      this.#repaint = 0;
      this.#look(this.#view);
    });
  }

  #tellState(state, stats) {
    this.#told = state.kind;
    this.#tell("run", { state, stats });
    if (state.kind === "failed") this.#tell("error", { code: "ERR_SNIPPET", message: state.message, line: state.line, column: state.column });
    if (state.kind === "outOfMemory") this.#tell("error", { code: "ERR_OUT_OF_MEMORY", message: state.report });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`semispace-${name}`, { detail, bubbles: true, composed: true }));
  }

  /** Does something, and shows and tells what goes wrong with it. */
  async #guarded(work) {
    try {
      return await work();
    } catch (error) {
      if (this.isConnected && !isEnd(error)) this.#fail(error);
      throw error;
    }
  }

  #fail(error) {
    const place = error.line ? ` (line ${error.line}, column ${error.column})` : "";
    this.#isStale = true;
    this.#shell.showRunning(false);
    this.#shell.state.textContent = "Stopped by an error";
    this.#shell.showProblem(`${error.message}${place}`);
    this.#tell("error", { code: error.code ?? "ERR_WIDGET", message: error.message, line: error.line, column: error.column });
  }

  /** Ends the run, and shows what stood here before it. */
  #leave() {
    this.#end();
    this.#shell.showViews(this.#names);
    this.#showPicture();
  }

  /** Ends the worker and forgets the run. */
  #end() {
    this.#live?.close();
    this.#live = null;
    this.#told = "idle";
    this.#isStale = true;
    this.#views.clear();
    this.#shell.showRunning(false);
    this.#shell.state.textContent = "";
    this.#shell.showProblem("");
    this.#shell.showOutput("");
  }
}
