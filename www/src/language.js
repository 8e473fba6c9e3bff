// JavaScript for the editor: what is highlighted, how lines are indented, how a line becomes a comment. The package with more,
// `@codemirror/lang-javascript`, needs completion, which is loaded later.
import { continuedIndent, delimitedIndent, flatIndent, indentNodeProp, LRLanguage } from "@codemirror/language";
import { parser } from "@lezer/javascript";

const indentation = indentNodeProp.add({
  IfStatement: continuedIndent({ except: /^\s*(?:\{|else\b)/ }),
  TryStatement: continuedIndent({ except: /^\s*(?:\{|catch\b|finally\b)/ }),
  LabeledStatement: flatIndent,
  SwitchBody: ({ textAfter, baseIndent, unit }) => {
    const isLabel = /^\s*(?:case|default)\b/.test(textAfter), isEnd = /^\s*\}/.test(textAfter);
    return baseIndent + (isEnd ? 0 : isLabel ? unit : 2 * unit);
  },
  Block: delimitedIndent({ closing: "}" }),
  ArrowFunction: ({ baseIndent, unit }) => baseIndent + unit,
  "TemplateString BlockComment": () => null,
  "Statement Property": continuedIndent({ except: /^\s*\{/ }),
});

export const language = LRLanguage.define({
  name: "javascript",
  parser: parser.configure({ props: [indentation] }),
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    indentOnInput: /^\s*(?:case |default:|\{|\})$/,
    wordChars: "$",
  },
});
