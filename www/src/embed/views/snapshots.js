// Three slots for heap snapshots, compared in words: the page's own view.
import { adoptInto } from "./adopt.js";
import "../../snapshots.js";

export function open(panel, live) {
  adoptInto(panel);
  const view = document.createElement("semispace-snapshots");
  view.line = live.line;
  panel.replaceChildren(view);
  live.line.addEventListener("written", ({ detail: paths }) => view.takeWritten(paths));
  return { show() {}, record: () => view.record() };
}
