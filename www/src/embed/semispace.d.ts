/** What a page may rely on of `<semispace-playground>`. Sizes are bytes, times milliseconds of virtual time. */

export type PlaygroundState =
  | { kind: "idle" }
  | { kind: "ready" }
  | { kind: "running" }
  | { kind: "paused" }
  | { kind: "finished"; exitCode: number }
  | { kind: "failed"; message: string; line: number; column: number }
  | { kind: "outOfMemory"; report: string };

export interface Space {
  capacity: number;
  used: number;
  pages: number;
}

export interface Occupancy {
  toSpace: Space;
  fromSpace: Space;
  oldSpace: Space;
  largeObjects: Space;
}

/** What changed: a run began, paused or ended. `stats` is what `semispace run --stats` prints. */
export interface RunDetail {
  state: PlaygroundState;
  stats: Record<string, number | string | object>;
}

/** One collection; the package's `Collection` has all fields. */
export interface GcDetail {
  number: number;
  kind: "scavenge" | "mark-compact" | "mark-compact (reduce)";
  reason: string;
  atMs: number;
  pauseMs: number;
  usedBefore: number;
  usedAfter: number;
  promoted: number;
  survived: number;
  marked: number;
  trace: string;
}

export interface SnapshotDetail {
  /** 0 to 2. */
  slot: number;
  nodeCount: number;
  totalSelfSize: number;
  atMs: number;
}

/** `code`: ERR_SNIPPET, ERR_OPTIONS, ERR_PROFILE, ERR_OUT_OF_MEMORY, ERR_COLLECTION or ERR_WIDGET. */
export interface ErrorDetail {
  code: string;
  message: string;
  line?: number;
  column?: number;
}

export interface PlaygroundEvents {
  "semispace-run": CustomEvent<RunDetail>;
  "semispace-gc": CustomEvent<GcDetail>;
  "semispace-snapshot": CustomEvent<SnapshotDetail>;
  "semispace-error": CustomEvent<ErrorDetail>;
}

export class SemispacePlayground extends HTMLElement {
  /** The snippet as it stands in the widget. */
  source: string;
  /** How each space was filled when the heap was last shown; null before the first run. */
  readonly occupancy: Occupancy | null;
  /** What the run has printed so far. */
  readonly output: string;
  readonly state: PlaygroundState;
  /** Runs, or goes on after a pause; resolves at the end or at a pause. Rejects with the code `ERR_ENDED` when the run is ended before. */
  run(): Promise<PlaygroundState>;
  pause(): Promise<PlaygroundState>;
  /** Runs to the next line or collection. */
  step(kind?: "line" | "collection"): Promise<PlaygroundState>;
  scavenge(): Promise<PlaygroundState>;
  collect(): Promise<PlaygroundState>;
  /** Back to the snippet as the page gave it; ends the worker. */
  reset(): void;
  takeSnapshot(): Promise<SnapshotDetail>;
  addEventListener<K extends keyof PlaygroundEvents>(type: K, listener: (event: PlaygroundEvents[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** Where the files of `embed/` are served, for a page that bundles the script itself. */
export function setBase(address: string | URL): void;

declare global {
  interface HTMLElementTagNameMap {
    "semispace-playground": SemispacePlayground;
  }
}
