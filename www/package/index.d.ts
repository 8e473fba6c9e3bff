// The public face. The classes and interfaces are made by wasm-bindgen from what stands beside the Rust code.
import type { InitInput } from "./semispace-wasm.js";

/**
 * Fetches and compiles the engine; under Node it is read from the package. Call it once, before anything else.
 * @param source where the WebAssembly is, if not beside the module: an address, a response, its bytes, or a compiled module
 */
export default function init(source?: { module_or_path: InitInput | Promise<InitInput> }): Promise<void>;

/** The same at once, from the WebAssembly's bytes or a compiled module. */
export function initSync(source: { module: BufferSource | WebAssembly.Module }): void;

export { HeapSnapshot, Playground, SnapshotReader } from "./semispace-wasm.js";
export type {
  Collection,
  CollectionFigures,
  GeneratedFile,
  LeakGroup,
  LeakReport,
  MemberQuery,
  Occupancy,
  OutputChunk,
  PlaygroundOptions,
  RetainingPath,
  RetainingStep,
  Retention,
  RunState,
  Slab,
  SlabReport,
  SlabSlice,
  SnapshotChange,
  SnapshotColumn,
  SnapshotComparison,
  SnapshotGroup,
  SnapshotObject,
  SnapshotRow,
  SnapshotRows,
  SnapshotSite,
  SnapshotSummary,
  SpaceOccupancy,
  Stats,
  TakenSnapshot,
} from "./semispace-wasm.js";
