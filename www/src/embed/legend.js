// What the colours of a view mean.
import { element } from "../dom.js";

export const HEAP = { young: "young", survived: "survived once", old: "old", unreachable: "unreachable" };
export const TIMELINE = { young: "new space", old: "old space", large: "large objects", external: "external" };

/** A line of swatches with their words. */
export function legend(states) {
  const items = Object.entries(states).map(([state, words]) => element("li", {}, element("span", { class: `swatch ${state}` }), words));
  return element("ul", { class: "legend", "aria-label": "Colours" }, ...items);
}
