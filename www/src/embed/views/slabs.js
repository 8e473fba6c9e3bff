// The slabs of the Buffer pool: the page's own view.
import { adoptInto } from "./adopt.js";
import "../../buffers.js";

/** Milliseconds between two looks while the snippet runs. */
const PAUSE = 250;

export function open(panel, live) {
  adoptInto(panel);
  const view = document.createElement("semispace-buffers");
  view.line = live.line;
  panel.replaceChildren(view);
  let last = performance.now();
  const show = ({ frame }) => {
    const now = performance.now();
    if (frame?.state.kind === "running" && now - last < PAUSE) return;
    last = now;
    view.refresh();
  };
  return { show };
}
