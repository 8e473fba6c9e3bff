// <semispace-editor>: CodeMirror as an element. `value` is the snippet's text, `files` are those that it may require, each
// with a tab of its own (`editor-files.js`); `showError` and `showPosition` mark places, `refreshHeat` shows beside each line what it
// allocates (`editor-heat.js`). A `change` event tells of edits, `open` of another file (`openFile`), `caret` of another line
// (`caretLine`), `breakpoints` of the lines in `breakpoints`, `heat` that the switch was pressed (`showsHeat`). It lives in a shadow root, where CodeMirror needs
// no inline style element.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  gutter,
  GutterMarker,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  WidgetType,
} from "@codemirror/view";
import { codeStyle } from "./code-style.js";
import { FileTabs } from "./editor-files.js";
import { heatGutter, heatOf, HeatSwitch, setHeat } from "./editor-heat.js";
import { language } from "./language.js";

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--text)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "20px" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--text-muted)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 8px 0 12px", fontVariantNumeric: "tabular-nums" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--surface-sunken)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection) !important" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--line-strong)" },
  ".position-line": { backgroundColor: "var(--position)", boxShadow: "inset 3px 0 var(--text)" },
  ".breakpoints .cm-gutterElement": { width: "14px", cursor: "pointer", textAlign: "center", lineHeight: "20px" },
  ".breakpoint": { display: "inline-block", width: "9px", height: "9px", borderRadius: "50%", background: "var(--text)" },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--selection)", color: "var(--text)" },
  ".heat": { width: "30px" },
  ".heat .cm-gutterElement": { padding: "3px 2px 0 4px" },
  ".error-line": { boxShadow: "inset 3px 0 var(--danger)" },
  ".error-place": { textDecoration: "underline wavy var(--danger)", textUnderlineOffset: "3px" },
  ".error-note": {
    padding: "4px 12px",
    borderLeft: "3px solid var(--danger)",
    background: "var(--danger-surface)",
    color: "var(--danger)",
    fontFamily: "var(--font-words)",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    position: "sticky",
    left: "0",
    maxWidth: "calc(min(var(--editor-width, 400px), 100vw) - 96px)",
  },
});

class ErrorNote extends WidgetType {
  constructor(text) {
    super();
    this.text = text;
  }
  eq(other) {
    return other.text === this.text;
  }
  toDOM() {
    const note = document.createElement("div");
    note.className = "error-note";
    note.textContent = this.text;
    return note;
  }
}

/** A field of decorations that one effect replaces and an edit removes. */
function markField() {
  const set = StateEffect.define();
  const field = StateField.define({
    create: () => Decoration.none,
    update(marks, transaction) {
      if (transaction.docChanged) marks = Decoration.none;
      for (const effect of transaction.effects) if (effect.is(set)) marks = effect.value;
      return marks;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
  return { field, set };
}

const errorMarks = markField();
const positionMarks = markField();

class Breakpoint extends GutterMarker {
  toDOM() {
    const dot = document.createElement("span");
    dot.className = "breakpoint";
    return dot;
  }
}

const breakpoint = new Breakpoint();
const toggleBreakpoint = StateEffect.define();

/** Breakpoints move with their lines. */
const breakpoints = StateField.define({
  create: () => RangeSet.empty,
  update(set, transaction) {
    set = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(toggleBreakpoint)) continue;
      const { from } = transaction.state.doc.lineAt(effect.value);
      let isSet = false;
      set.between(from, from, () => void (isSet = true));
      set = isSet
        ? set.update({ filter: (at) => at !== from })
        : set.update({ add: [breakpoint.range(from)] });
    }
    return set;
  },
});

const breakpointGutter = gutter({
  class: "breakpoints",
  markers: (view) => view.state.field(breakpoints),
  initialSpacer: () => breakpoint,
  domEventHandlers: {
    mousedown(view, line) {
      view.dispatch({ effects: toggleBreakpoint.of(line.from) });
      return true;
    },
  },
});

/** Empty until somebody puts the caret into the editor: see `completion.js`. */
const completion = new Compartment();

function toggleHere(view) {
  view.dispatch({ effects: toggleBreakpoint.of(view.state.selection.main.head) });
  return true;
}

function lineAt(document, number) {
  return document.line(Math.min(Math.max(number, 1), document.lines));
}

const SHEET = `
:host { display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); min-height: 0; overflow: hidden; }
.cm-editor { height: 100%; min-height: 0; }
button, input { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: -2px; }
.files { display: flex; align-items: stretch; min-width: 0; padding: 0 12px 0 8px; border-bottom: 1px solid var(--line); }
.files [role="tablist"] { display: flex; min-width: 0; overflow-x: auto; }
.files button { padding: 8px; border: none; background: none; color: var(--text-muted); white-space: nowrap; cursor: pointer; }
.files [aria-selected="true"] { border-bottom: 2px solid var(--text); color: var(--text); font-weight: 500; }
.files button:hover { color: var(--text); }
.files input { width: 110px; margin: 4px; padding: 2px 6px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface); }
.files .aside { margin-left: auto; align-self: center; color: var(--text-muted); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.heat-line { display: flex; align-items: center; gap: 8px; min-height: 28px; padding: 2px 12px; border-top: 1px solid var(--line); color: var(--text-muted); font-size: 12px; line-height: 16px; }
.heat-line span { flex: 1; min-width: 0; }
.heat-line label { display: flex; align-items: center; gap: 4px; white-space: nowrap; }
.heat-line input { accent-color: var(--primary); }
`;

/** The name of the file that a run starts with, as stacks show it. */
const MAIN = "snippet.js";

class SemispaceEditor extends HTMLElement {
  #view;
  #value = "";
  /** The snippet first; each has its `name`, and its `state` when it has been edited here. */
  #files = [{ name: MAIN, state: null }];
  #open = 0;
  #tabs;
  #heat;
  #extensions;
  #completions = [];
  /** Is the page itself setting a text? Then it need not be told. */
  #isQuiet = false;

  connectedCallback() {
    if (this.#view) return;
    const early = Object.hasOwn(this, "files") ? this.files : [];
    delete this.files;
    this.#adoptEarlyValue();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    this.#extensions = this.#makeExtensions();
    this.#files[0].state = this.#stateOf(this.#value);
    this.#tabs = new FileTabs({
      open: (index) => this.#openFile(index),
      add: (name) => this.#addFile(name),
      remove: (index) => this.#removeFile(index),
    });
    this.#heat = new HeatSwitch(() => {
      this.dispatchEvent(new Event("heat"));
      this.#drawHeat();
    });
    root.append(this.#tabs.element);
    this.#view = new EditorView({ state: this.#files[0].state, parent: root, root });
    root.append(this.#heat.element);
    this.#view.contentDOM.addEventListener("focus", () => this.#loadCompletions(), { once: true });
    this.files = early;
    this.#drawTabs();
  }

  #makeExtensions() {
    return [
      lineNumbers(),
      heatGutter,
      completion.of(this.#completions),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      language,
      syntaxHighlighting(codeStyle),
      indentUnit.of("  "),
      // Escape, then Tab, leaves the editor: CodeMirror's own rule for keyboards.
      keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
      theme,
      errorMarks.field,
      positionMarks.field,
      EditorView.contentAttributes.of({
        tabindex: "0",
        "aria-label": this.getAttribute("aria-label") ?? "Snippet",
        "aria-description": "Press Escape, then Tab, to leave the editor.",
      }),
      EditorView.updateListener.of((update) => this.#tell(update)),
    ];
  }

  /** Without a network there is nothing to complete with, and everything else works. */
  async #loadCompletions() {
    const { completions } = await import("./completion.js").catch(() => ({}));
    if (!completions) return;
    this.#completions = completions;
    this.#extensions = this.#makeExtensions();
    this.#dispatchToAll(() => completion.reconfigure(completions));
  }

  /** Gives each file's state an effect. */
  #dispatchToAll(effectOf) {
    this.#files.forEach((one, index) => {
      const effects = effectOf(one.state.doc, index);
      if (index === this.#open) this.#view.dispatch({ effects });
      else one.state = one.state.update({ effects }).state;
    });
  }

  /** Of the snippet itself, in which a run can be held. */
  #stateOf(text) {
    const own = [breakpoints, breakpointGutter, keymap.of([{ key: "F9", run: toggleHere }])];
    return EditorState.create({ doc: text, extensions: [own, this.#extensions] });
  }

  #stateOfModule(text) {
    return EditorState.create({ doc: text, extensions: this.#extensions });
  }

  /** Tells the page what an update of the view means to it. */
  #tell(update) {
    this.#files[this.#open].state = update.state;
    if (update.docChanged && !this.#isQuiet) this.dispatchEvent(new Event("change"));
    if (update.docChanged || update.selectionSet) {
      this.#tellOfLine();
      if (this.#open === 0) this.dispatchEvent(new Event("caret"));
    }
    if (update.startState.field(breakpoints, false) !== update.state.field(breakpoints, false)) this.dispatchEvent(new Event("breakpoints"));
  }

  /** A value that was set before this module had loaded is a plain property of the element: take it over. */
  #adoptEarlyValue() {
    if (!Object.hasOwn(this, "value")) return;
    const { value } = this;
    delete this.value;
    this.value = value;
  }

  get value() {
    return this.#textOf(0);
  }

  set value(text) {
    this.#value = text;
    if (this.#view) this.#setText(0, text);
  }

  get files() {
    return this.#files.slice(1).map(({ name }, index) => ({ name, text: this.#textOf(index + 1) }));
  }

  /** Setting what is there already changes nothing. */
  set files(files) {
    if (!this.#view || JSON.stringify(files) === JSON.stringify(this.files)) return;
    this.#files.length = 1;
    for (const { name, text } of files) this.#files.push({ name, state: this.#stateOfModule(text) });
    this.#openFile(0);
  }

  /** The number of the file that is shown; 0 is the snippet. */
  get openFile() {
    return this.#open;
  }

  get showsHeat() {
    return this.#heat?.isOn ?? true;
  }

  #textOf(index) {
    return this.#files[index].state?.doc.toString() ?? this.#value;
  }

  #setText(index, text) {
    if (this.#textOf(index) === text) return;
    if (index === this.#open) {
      this.#isQuiet = true;
      this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
      this.#isQuiet = false;
      return;
    }
    const file = this.#files[index];
    file.state = file.state.update({ changes: { from: 0, to: file.state.doc.length, insert: text } }).state;
  }

  #openFile(index) {
    this.#open = Math.min(index, this.#files.length - 1);
    this.#view.setState(this.#files[this.#open].state);
    this.#drawTabs();
    this.#drawHeat();
    this.dispatchEvent(new Event("open"));
  }

  #addFile(name) {
    this.#files.push({ name, state: this.#stateOfModule(`module.exports = {};\n`) });
    this.#openFile(this.#files.length - 1);
    this.dispatchEvent(new Event("change"));
    this.#view.focus();
  }

  #removeFile(index) {
    this.#files.splice(index, 1);
    this.#openFile(0);
    this.dispatchEvent(new Event("change"));
  }

  #drawTabs() {
    this.#tabs.show(this.#files.map(({ name }) => name), this.#open);
  }

  /** Line (from 1) of the caret in the snippet. */
  get caretLine() {
    const { state } = this.#files[0];
    return state ? state.doc.lineAt(state.selection.main.head).number : 1;
  }

  /** Lines (from 1) of the snippet with a breakpoint, ascending. */
  get breakpoints() {
    const { state } = this.#files[0];
    if (!state) return [];
    const lines = [];
    for (let at = state.field(breakpoints).iter(); at.value; at.next()) lines.push(state.doc.lineAt(at.from).number);
    return [...new Set(lines)];
  }

  /** Puts marks into one file, and takes them out of the others. */
  #mark(effect, file, marksOf) {
    this.#dispatchToAll((doc, index) => effect.of(index === file ? marksOf(doc) : Decoration.none));
  }

  /** Shows a message under a line (from 1) of a file, underlining from the column (from 1); line 0 removes it. */
  showError(line, column, message, file = 0) {
    if (!this.#view) return;
    this.#mark(errorMarks.set, line > 0 ? file : -1, (doc) => errorIn(doc, line, column, message));
    // Who types knows where they are.
    if (line > 0 && !this.#view.hasFocus) this.#reveal(line, file);
  }

  /** Marks the line (from 1) of a file where the session stands; line 0 removes the mark. */
  showPosition(line, file = 0) {
    if (!this.#view) return;
    this.#mark(positionMarks.set, line > 0 ? file : -1, (doc) => Decoration.set([Decoration.line({ class: "position-line" }).range(lineAt(doc, line).from)]));
    if (line > 0) this.#reveal(line, file);
  }

  /** Asks the engine what each line has allocated: at once when it stands still, else now and then. */
  refreshHeat(isRunning) {
    this.#heat?.refresh(isRunning, () => this.#drawHeat());
  }

  #drawHeat() {
    this.#view.dispatch({ effects: setHeat.of(heatOf(this.#view.state.doc, this.#heat.linesOf(this.#open))) });
    this.#tellOfLine();
  }

  #tellOfLine() {
    this.#heat?.tell(this.#open, this.#view.state.doc.lineAt(this.#view.state.selection.main.head).number);
  }

  /** Scrolls the editor, and only the editor, until the line shows: the page itself must stay where it is. */
  #reveal(line, file) {
    if (file !== this.#open && file < this.#files.length) this.#openFile(file);
    const { scrollDOM, state } = this.#view;
    const block = this.#view.lineBlockAt(lineAt(state.doc, line).from);
    const margin = 40;
    if (block.top - margin < scrollDOM.scrollTop) scrollDOM.scrollTop = block.top - margin;
    else if (block.bottom + margin > scrollDOM.scrollTop + scrollDOM.clientHeight) {
      scrollDOM.scrollTop = block.bottom + margin - scrollDOM.clientHeight;
    }
  }
}

function errorIn(doc, line, column, message) {
  const at = lineAt(doc, line);
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  const ranges = [Decoration.line({ class: "error-line" }).range(at.from)];
  if (from < at.to) ranges.push(Decoration.mark({ class: "error-place" }).range(from, wordEnd(doc, from, at.to)));
  ranges.push(Decoration.widget({ widget: new ErrorNote(message), block: true, side: 1 }).range(at.to));
  return Decoration.set(ranges, true);
}

/** The end of the word that starts at `from`, or one character on. */
function wordEnd(document, from, lineEnd) {
  const word = /^[\w$]+/.exec(document.sliceString(from, lineEnd));
  return from + (word ? word[0].length : 1);
}

customElements.define("semispace-editor", SemispaceEditor);
