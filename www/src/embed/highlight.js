// Comments recede and keywords stand out, by weight and not by colour: colour means heap state. One pass of a small
// pattern, so that a snippet reads well before anything else has loaded.
import { element } from "../dom.js";

const KEYWORDS =
  "async|await|break|case|catch|class|const|continue|default|delete|do|else|export|extends|finally|for|function|if|import|in|instanceof|let|new|of|return|static|switch|throw|try|typeof|var|void|while|yield";
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>//.*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<literal>"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|\`(?:\\.|[^\`\\])*\`?)`,
    String.raw`(?<keyword>(?<![\w$.])(?:${KEYWORDS})(?![\w$]))`,
  ].join("|"),
  "g",
);

/** The text as nodes. */
export function highlighted(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    nodes.push(text.slice(end, match.index), element("span", { class: kind }, match[0]));
    end = match.index + match[0].length;
  }
  // The last line end needs something after it to take room.
  nodes.push(text.slice(end), "\n");
  return nodes;
}
