// The editor of a widget whose snippet may be changed: CodeMirror, loaded when somebody first puts the caret into the snippet.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { codeStyle } from "../code-style.js";

/** The same place for each letter as in the text that was there before. */
const theme = EditorView.theme({
  "&": { color: "var(--text)", fontSize: "var(--size-2)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-code)", lineHeight: "20px" },
  ".cm-content": { padding: "12px 0" },
  ".cm-line": { padding: "0 16px" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { background: "var(--selection) !important" },
  "&.cm-focused .cm-matchingBracket": { background: "none", outline: "1px solid var(--line-strong)" },
});

/** Opens it in `parent` with a text and its selection, `[from, to]`. `onEdit(text)` is called after each edit. */
export function openEditor(parent, text, [anchor, head], onEdit) {
  const view = new EditorView({
    parent,
    root: parent.getRootNode(),
    state: EditorState.create({
      doc: text,
      selection: { anchor, head },
      extensions: [
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        javascript(),
        syntaxHighlighting(codeStyle),
        indentUnit.of("  "),
        EditorState.tabSize.of(2),
        // Tab leaves: a reader who goes through a page by keyboard must not be caught in its snippets.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        theme,
        EditorView.contentAttributes.of({ "aria-label": "Snippet" }),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && onEdit(state.doc.toString())),
      ],
    }),
  });
  return view;
}
