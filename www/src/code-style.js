// How code looks in CodeMirror. Colour means heap state on this page, so code is told apart by weight, slant and shade.
import { HighlightStyle } from "@codemirror/language";
import { tags } from "@lezer/highlight";

export const codeStyle = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], fontWeight: "600" },
  { tag: [tags.comment], fontStyle: "italic", color: "var(--text-muted)" },
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.regexp], color: "var(--text-literal)" },
  { tag: [tags.definition(tags.variableName), tags.className], fontWeight: "600" },
  { tag: tags.invalid, textDecoration: "underline wavy" },
]);
