// The collections, newest first: what each did, and why it ran.
import { amount, plural } from "../../amount.js";
import { element } from "../../dom.js";

/** Rows that are shown; the count of all stands above. */
const MOST = 200;

export function open(panel, live) {
  const words = element("p", { class: "hint" });
  const list = element("ol", { class: "log", tabIndex: 0, "aria-label": "Collections, newest first" });
  panel.replaceChildren(words, list);
  let shown = 0;
  const show = ({ collections }) => {
    const newest = collections.at(-1)?.number ?? 0;
    if (newest < shown) {
      list.replaceChildren();
      shown = 0;
    }
    list.prepend(...collections.slice(-MOST).filter(({ number }) => number > shown).map(row).reverse());
    while (list.childElementCount > MOST) list.lastElementChild.remove();
    shown = newest;
    list.hidden = shown === 0;
    words.textContent = shown === 0 ? "No collection yet: one runs when new space is full, or when you press Scavenge or Full GC." : `${plural(shown, "collection")}, the newest first. Times are the cost model's.`;
  };
  show(live);
  return { show };
}

function row({ number, kind, reason, atMs, pauseMs, usedBefore, usedAfter, survived, promoted, marked }) {
  const did = kind === "scavenge" ? `copied ${amount(survived)}, promoted ${amount(promoted)}` : `marked ${amount(marked)}`;
  const cell = (name, text) => element("span", { class: name }, text);
  return element(
    "li",
    { class: kind === "scavenge" ? "minor" : "major" },
    cell("number", `${number}`),
    cell("kind", kind),
    cell("sizes", `${amount(usedBefore)} → ${amount(usedAfter)}`),
    cell("time", `${atMs.toFixed(1)} ms`),
    cell("did", `${did}, pause ${pauseMs.toFixed(2)} ms: ${reason}`),
  );
}
