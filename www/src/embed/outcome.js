// Where a run stands, in words.
import { amount, plural } from "../amount.js";

/** `words` for the status line, `problem` for the place of errors. */
export function outcomeOf(state, stats) {
  const full = stats.mark_compacts > 0 ? `${plural(stats.mark_compacts, "full collection")}, ` : "";
  const figures = `${plural(stats.scavenges, "scavenge")}, ${full}${amount(stats.heap_used)} in use`;
  switch (state.kind) {
    case "ready":
      return { words: "Ready", problem: "" };
    case "running":
      return { words: `Running: ${figures}`, problem: "" };
    case "paused":
      return { words: `Paused: ${figures}`, problem: "" };
    case "finished":
      return { words: `Finished: ${figures}`, problem: state.exitCode === 0 ? "" : `The process ended with exit code ${state.exitCode}.` };
    case "failed":
      return { words: "Stopped by an error", problem: state.message };
    case "outOfMemory":
      return { words: `Out of memory: ${figures}`, problem: state.report.trim().split("\n").at(-1) };
    default:
      return { words: "", problem: "" };
  }
}
