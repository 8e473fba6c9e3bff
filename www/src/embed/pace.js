// How fast a run is shown. Counted in instructions, so that the moments that are sampled are the same on every machine.

/** Instructions of the first slices, and of the first frames. */
const LEAST_OF_SLICE = 2_000;
const LEAST_OF_FRAME = 10_000;
const MOST = 1_000_000;
/** A slice is this part of what has run: some hundred samples tell of a short run as well as of a long one. */
const PART_OF_SLICE = 256;
/** A frame is this part: a run that is e times as long takes one second more to watch. */
const PART_OF_FRAME = 60;

export class Pace {
  /** Instructions between two samples, after so many. */
  static slice(instructions) {
    return Math.min(MOST, Math.max(LEAST_OF_SLICE, Math.floor(instructions / PART_OF_SLICE)));
  }

  /** Instructions that a frame may run, after so many. */
  ofFrame(instructions) {
    return Math.max(LEAST_OF_FRAME, Math.floor(instructions / PART_OF_FRAME));
  }
}
