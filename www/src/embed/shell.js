// What a widget shows before anything runs, and keeps showing: the snippet, room for the views, the buttons.
import { element } from "../dom.js";
import { VIEWS } from "./attributes.js";
import { highlighted } from "./highlight.js";

const ICONS = {
  run: "M3 1.5v9l7.5-4.5z",
  pause: "M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z",
};

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Views with tables, which need more room. */
const TALL = ["snapshots", "slabs"];

let shells = 0;

export class Shell {
  frame;
  state = element("span", { class: "state", role: "status" });
  #title = element("p", { class: "title", hidden: true });
  #code = element("code");
  #place;
  #input = element("textarea", { class: "input", spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-label": "Snippet", hidden: true });
  #problem = element("p", { class: "problem", role: "alert", hidden: true });
  #output = element("pre", { class: "output", tabIndex: 0, role: "log", "aria-label": "Console output", hidden: true });
  #tabs = element("div", { class: "tabs", role: "tablist", "aria-label": "Views" });
  #panels = element("div", { class: "panels" });
  #run = element("button", { type: "button", class: "button primary" });
  #prefix = `semispace-${(shells += 1)}`;
  #act;
  #onEdit;
  #isEditable = false;
  /** Is a letter being put together in the textarea? It must not be taken away then. */
  #isComposing = false;
  /** CodeMirror's view, once somebody has put the caret into the snippet. */
  #editor = null;

  /** `act(name)` is called for a button: "run", "pause", "step", "scavenge", "collect", "reset", "open". `onEdit()` after an edit. */
  constructor(act, onEdit, onView) {
    this.#act = act;
    this.#onEdit = onEdit;
    this.onView = onView;
    this.#input.addEventListener("input", () => {
      this.#paintCode();
      onEdit();
    });
    this.#input.addEventListener("focus", () => this.#openEditor());
    for (const name of ["compositionstart", "compositionend"]) this.#input.addEventListener(name, () => (this.#isComposing = name === "compositionstart"));
    const button = (name, label, title) => element("button", { type: "button", class: "button", title, onclick: () => act(name) }, label);
    this.#place = element("div", { class: "editor" }, element("pre", { class: "text", tabIndex: 0, role: "region", "aria-label": "Snippet" }, this.#code), this.#input);
    this.#place.addEventListener("keydown", (event) => this.#runByKey(event), { capture: true });
    this.frame = element(
      "div",
      { class: "frame", part: "frame" },
      this.#title,
      element(
        "div",
        { class: "panes" },
        element("div", { class: "pane code" }, this.#place, this.#problem, this.#output),
        element("div", { class: "pane views" }, this.#tabs, this.#panels),
      ),
      element(
        "div",
        { class: "bar", role: "group", "aria-label": "Run and collect" },
        this.#run,
        button("step", "Step", "Run to the next line"),
        button("scavenge", "Scavenge", "Collect new space"),
        button("collect", "Full GC", "Collect the whole heap"),
        button("reset", "Reset", "Back to the start, with the snippet as it was"),
        this.state,
        ...(HAS_PAGE ? [element("button", { type: "button", class: "link", title: "Open this run in the full playground", onclick: () => act("open") }, "Open in Semispace")] : []),
      ),
    );
    this.#run.onclick = () => this.#act(this.#run.dataset.act);
    this.showRunning(false);
  }

  get source() {
    return this.#input.value;
  }

  set source(text) {
    this.#input.value = text;
    this.#paintCode();
    if (this.#editor?.state.doc.toString() !== text) this.#editor?.dispatch({ changes: { from: 0, to: this.#editor.state.doc.length, insert: text } });
  }

  set isEditable(isEditable) {
    this.#isEditable = isEditable;
    if (!isEditable) this.#closeEditor();
    this.#showCode();
  }

  /** The text that is painted, with the textarea over it where the snippet may be changed; or the editor. */
  #showCode() {
    const text = this.#code.parentElement;
    text.hidden = this.#editor !== null;
    this.#input.hidden = !this.#isEditable || this.#editor !== null;
    text.tabIndex = this.#isEditable ? -1 : 0;
    if (this.#isEditable) text.setAttribute("aria-hidden", "true");
    else text.removeAttribute("aria-hidden");
  }

  /** The textarea serves until the editor is here, and where it does not come. */
  async #openEditor() {
    const { openEditor } = await import("./editor.js").catch(() => ({}));
    if (!openEditor || this.#editor || !this.#isEditable || this.#isComposing) return;
    const { value, selectionStart, selectionEnd, selectionDirection } = this.#input;
    const selection = selectionDirection === "backward" ? [selectionEnd, selectionStart] : [selectionStart, selectionEnd];
    const hasFocus = this.#input.matches(":focus");
    const { scrollTop, scrollLeft } = this.#place;
    this.#editor = openEditor(this.#place, value, selection, (text) => {
      this.#input.value = text;
      this.#onEdit();
    });
    this.#showCode();
    if (hasFocus) this.#editor.focus();
    this.#editor.scrollDOM.scrollTo(scrollLeft, scrollTop);
  }

  #closeEditor() {
    this.#editor?.destroy();
    this.#editor = null;
    this.#paintCode();
  }

  /** Ctrl+Enter, or Cmd+Enter, in the snippet runs it or pauses. */
  #runByKey(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#act(this.#run.dataset.act);
  }

  /** Of the panes, as CSS writes it; null for what the views need. */
  set height(height) {
    this.frame.style.setProperty("--height", height ?? "");
  }

  set title(text) {
    this.#title.textContent = text;
    this.#title.hidden = !text;
  }

  #paintCode() {
    this.#code.replaceChildren(...highlighted(this.#input.value));
  }

  /** The run button says Run or Pause. */
  showRunning(isRunning) {
    const name = isRunning ? "pause" : "run";
    if (this.#run.dataset.act === name) return;
    this.#run.dataset.act = name;
    this.#run.replaceChildren(icon(name), isRunning ? "Pause" : "Run");
  }

  /** An error of the snippet or of the widget; "" takes it away. */
  showProblem(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = text === "";
  }

  /** Everything printed so far. */
  showOutput(text) {
    if (this.#output.textContent === text) return;
    const isAtEnd = this.#output.scrollTop + this.#output.clientHeight >= this.#output.scrollHeight - 4;
    this.#output.textContent = text;
    this.#output.hidden = text === "";
    if (isAtEnd) this.#output.scrollTop = this.#output.scrollHeight;
  }

  /** Makes a panel for each view; more than one have tabs. */
  showViews(names) {
    this.frame.classList.toggle("tall", names.some((name) => TALL.includes(name)));
    this.#tabs.hidden = names.length < 2;
    this.#tabs.replaceChildren(...names.map((name) => this.#tab(name, names)));
    this.#panels.replaceChildren(...names.map((name) => this.#panel(name, names.length > 1)));
    this.select(names[0]);
  }

  #tab(name, names) {
    const tab = element("button", { type: "button", role: "tab", id: `${this.#prefix}-tab-${name}`, "aria-controls": `${this.#prefix}-${name}`, onclick: () => this.select(name) }, VIEWS[name]);
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = names[(names.indexOf(name) + step + names.length) % names.length];
      this.select(next);
      this.#tabs.querySelector('[aria-selected="true"]').focus();
    });
    return tab;
  }

  #panel(name, hasTab) {
    const labels = hasTab ? { role: "tabpanel", "aria-labelledby": `${this.#prefix}-tab-${name}` } : { role: "group", "aria-label": VIEWS[name] };
    return element("div", { class: "panel", id: `${this.#prefix}-${name}`, ...labels });
  }

  /** Brings a view to the front. */
  select(name) {
    for (const panel of this.#panels.children) panel.hidden = panel !== this.panel(name);
    for (const tab of this.#tabs.children) {
      const isSelected = tab.id.endsWith(`-tab-${name}`);
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
    }
    this.onView(name);
  }

  /** The panel of a view. */
  panel(name) {
    return [...this.#panels.children].find(({ id }) => id === `${this.#prefix}-${name}`);
  }
}
