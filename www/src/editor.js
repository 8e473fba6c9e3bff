// <semispace-editor>: CodeMirror as an element. `value` is the text; `showError` and `showPosition` mark places;
// a `change` event tells of edits, `caret` of another line (`caretLine`), `breakpoints` of the lines in `breakpoints`. It lives in a shadow root, where CodeMirror needs no inline style element.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
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
import { tags } from "@lezer/highlight";

/** Colour means heap state on this page, so code is told apart by weight, slant and shade. */
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], fontWeight: "600" },
  { tag: [tags.comment], fontStyle: "italic", color: "var(--text-muted)" },
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.regexp], color: "var(--text-literal)" },
  { tag: [tags.definition(tags.variableName), tags.className], fontWeight: "600" },
  { tag: tags.invalid, textDecoration: "underline wavy" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--text)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "20px" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--text-muted)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 8px 0 12px", fontVariantNumeric: "tabular-nums" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--surface-sunken)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection) !important" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--line-strong)" },
  ".position-line": { backgroundColor: "var(--position)", boxShadow: "inset 3px 0 var(--text)" },
  ".breakpoints .cm-gutterElement": { width: "14px", cursor: "pointer", textAlign: "center", lineHeight: "20px" },
  ".breakpoint": { display: "inline-block", width: "9px", height: "9px", borderRadius: "50%", background: "var(--text)" },
  ".cm-tooltip": { background: "var(--surface)", color: "var(--text)", border: "1px solid var(--line-strong)", borderRadius: "6px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--selection)", color: "var(--text)" },
  ".error-line": { boxShadow: "inset 3px 0 var(--danger)" },
  ".error-place": { textDecoration: "underline wavy var(--danger)", textUnderlineOffset: "3px" },
  ".error-note": {
    padding: "4px 12px",
    borderLeft: "3px solid var(--danger)",
    background: "var(--danger-surface)",
    color: "var(--danger)",
    fontFamily: "var(--font-words)",
    whiteSpace: "pre-wrap",
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

function toggleHere(view) {
  view.dispatch({ effects: toggleBreakpoint.of(view.state.selection.main.head) });
  return true;
}

/** What our engine has beside the language: names that a person of a heap looks for. */
const GLOBALS = [
  ["gc", "gc() collects the whole heap; gc({ type: 'minor' }) scavenges"],
  ["process.memoryUsage()", "rss, heapTotal, heapUsed, external, arrayBuffers"],
  ["console.log()", "prints to the Console tab"],
  ["setTimeout", "virtual time: nothing waits"],
  ["setImmediate", ""],
  ["require", ""],
  ["Buffer.alloc()", ""],
  ["WeakMap", ""],
  ["WeakRef", ""],
  ["FinalizationRegistry", ""],
].map(([label, detail]) => ({ label, detail, type: "variable" }));

function completeGlobals(context) {
  const word = context.matchBefore(/[\w.]+/);
  return word || context.explicit ? { from: word?.from ?? context.pos, options: GLOBALS, validFor: /^[\w.]*$/ } : null;
}

function lineAt(document, number) {
  return document.line(Math.min(Math.max(number, 1), document.lines));
}

class SemispaceEditor extends HTMLElement {
  #view;
  #value = "";

  connectedCallback() {
    if (this.#view) return;
    this.#adoptEarlyValue();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":host { display: block; min-height: 0; overflow: hidden; } .cm-editor { height: 100%; }");
    root.adoptedStyleSheets = [sheet];
    const extensions = [
      breakpoints,
      breakpointGutter,
      lineNumbers(),
      autocompletion(),
      javascriptLanguage.data.of({ autocomplete: completeGlobals }),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      javascript(),
      syntaxHighlighting(highlight),
      indentUnit.of("  "),
      // Escape, then Tab, leaves the editor: CodeMirror's own rule for keyboards.
      keymap.of([{ key: "F9", run: toggleHere }, ...completionKeymap, indentWithTab, ...defaultKeymap, ...historyKeymap]),
      theme,
      errorMarks.field,
      positionMarks.field,
      EditorView.contentAttributes.of({
        tabindex: "0",
        "aria-label": this.getAttribute("aria-label") ?? "Snippet",
        "aria-description": "Press Escape, then Tab, to leave the editor.",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.dispatchEvent(new Event("change"));
        if (update.docChanged || update.selectionSet) this.dispatchEvent(new Event("caret"));
        if (update.startState.field(breakpoints) !== update.state.field(breakpoints)) {
          this.dispatchEvent(new Event("breakpoints"));
        }
      }),
    ];
    const state = EditorState.create({ doc: this.#value, extensions });
    this.#view = new EditorView({ state, parent: root, root });
  }

  /** A value that was set before this module had loaded is a plain property of the element: take it over. */
  #adoptEarlyValue() {
    if (!Object.hasOwn(this, "value")) return;
    const { value } = this;
    delete this.value;
    this.value = value;
  }

  get value() {
    return this.#view ? this.#view.state.doc.toString() : this.#value;
  }

  set value(text) {
    this.#value = text;
    if (!this.#view || this.#view.state.doc.toString() === text) return;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Line (from 1) of the caret. */
  get caretLine() {
    return this.#view ? this.#view.state.doc.lineAt(this.#view.state.selection.main.head).number : 1;
  }

  /** Lines (from 1) with a breakpoint, ascending. */
  get breakpoints() {
    if (!this.#view) return [];
    const lines = [];
    const { doc } = this.#view.state;
    for (let at = this.#view.state.field(breakpoints).iter(); at.value; at.next()) lines.push(doc.lineAt(at.from).number);
    return [...new Set(lines)];
  }

  /** Shows a message under a line (from 1), underlining from the column (from 1); line 0 removes it. */
  showError(line, column, message) {
    if (!this.#view) return;
    const { doc } = this.#view.state;
    let marks = Decoration.none;
    if (line > 0) {
      const at = lineAt(doc, line);
      const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
      const ranges = [Decoration.line({ class: "error-line" }).range(at.from)];
      if (from < at.to) ranges.push(Decoration.mark({ class: "error-place" }).range(from, wordEnd(doc, from, at.to)));
      ranges.push(Decoration.widget({ widget: new ErrorNote(message), block: true, side: 1 }).range(at.to));
      marks = Decoration.set(ranges, true);
    }
    this.#view.dispatch({ effects: errorMarks.set.of(marks) });
    // Who types knows where they are.
    if (line > 0 && !this.#view.hasFocus) this.#reveal(line);
  }

  /** Marks the line (from 1) where the session stands; line 0 removes the mark. */
  showPosition(line) {
    if (!this.#view) return;
    let marks = Decoration.none;
    if (line > 0) {
      const at = lineAt(this.#view.state.doc, line);
      marks = Decoration.set([Decoration.line({ class: "position-line" }).range(at.from)]);
    }
    this.#view.dispatch({ effects: positionMarks.set.of(marks) });
    if (line > 0) this.#reveal(line);
  }

  /** Scrolls the editor, and only the editor, until the line shows: the page itself must stay where it is. */
  #reveal(line) {
    const { scrollDOM, state } = this.#view;
    const block = this.#view.lineBlockAt(lineAt(state.doc, line).from);
    const margin = 40;
    if (block.top - margin < scrollDOM.scrollTop) scrollDOM.scrollTop = block.top - margin;
    else if (block.bottom + margin > scrollDOM.scrollTop + scrollDOM.clientHeight) {
      scrollDOM.scrollTop = block.bottom + margin - scrollDOM.clientHeight;
    }
  }
}

/** The end of the word that starts at `from`, or one character on. */
function wordEnd(document, from, lineEnd) {
  const word = /^[\w$]+/.exec(document.sliceString(from, lineEnd));
  return from + (word ? word[0].length : 1);
}

customElements.define("semispace-editor", SemispaceEditor);
