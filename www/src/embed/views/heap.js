// The heap as it is, on a canvas.
import { amount } from "../../amount.js";
import { element } from "../../dom.js";
import { HeapCanvas } from "../../heap/canvas.js";
import { HEAP, legend } from "../legend.js";

export function open(panel, live) {
  const canvas = element("canvas", { class: "heap", role: "img" });
  const heap = new HeapCanvas(canvas);
  panel.replaceChildren(canvas, legend(HEAP));
  const show = ({ frame }) => {
    if (!frame) return;
    canvas.setAttribute("aria-label", words(frame.occupancy));
    heap.show(frame.picture);
  };
  new ResizeObserver(() => heap.paint()).observe(canvas);
  // A theme that changes shows in the computed style, by a transition that takes no time to see.
  canvas.addEventListener("transitionend", () => heap.paint());
  // Paper is light, whatever the screen is.
  matchMedia("print").addEventListener("change", () => heap.paint());
  show(live);
  return { show };
}

function words({ toSpace, fromSpace, oldSpace, largeObjects }) {
  const part = (name, { used, capacity }) => `${name} ${amount(used)} of ${amount(capacity)}`;
  return `The heap: ${[part("to-space", toSpace), part("from-space", fromSpace), part("old space", oldSpace), part("large objects", largeObjects)].join(", ")}.`;
}
