// The colours of heap states, as crates/ui/src/heap_view/paint.rs and styles/heap.css have them: Okabe and Ito's, with a second cue
// beside each.
import { FULL, STATES } from "./picture.js";

export const YOUNG = [0x56, 0xb4, 0xe9];
const SURVIVED = [0x00, 0x72, 0xb2];
export const OLD = [0x00, 0x9e, 0x73];
const GREY = [0xe6, 0x9f, 0x00];
export const LARGE = [0x7f, 0xc8, 0xb0];
export const EXTERNAL = [0xcc, 0x79, 0xa7];

export const LIGHT = { free: [0xe6, 0xe6, 0xe1], ink: [0x19, 0x1b, 0x1e] };

export function mix(from, to, share) {
  return from.map((part, index) => Math.round(part + (to[index] - part) * share));
}

/** The colour of objects in a state; `free` and `ink` are the theme's. */
export function colourOf(state, { free, ink }) {
  switch (STATES[state]) {
    case "young":
    case "arrived":
      return YOUNG;
    case "survived":
      return SURVIVED;
    case "old":
      return OLD;
    case "unreachable":
      return mix(free, ink, 0.22);
    case "grey":
      return GREY;
    case "black":
      return mix(OLD, ink, 0.55);
    case "forwarded":
      return mix(free, YOUNG, 0.25);
    default:
      return free;
  }
}

/** How strongly a cell shows: the emptier, the nearer to free. */
export function strength(fill) {
  return 0.3 + (0.7 * fill) / FULL;
}

export function hex(colour) {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
