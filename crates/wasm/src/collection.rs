//! Collections as JavaScript sees them: what `Playground.events()` returns.

use semispace_playground::heap::{CollectionKind, CollectionRecord, Figures};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** One collection. Sizes are bytes, times are milliseconds of virtual time. */
export interface Collection {
  /** Counts all collections from 1. */
  number: number;
  kind: "scavenge" | "mark-compact" | "mark-compact (reduce)";
  /** Why it was asked for, in V8's words: "allocation failure", "testing" ... */
  reason: string;
  /** Why this collector and not the other; "" when there is nothing to say. */
  collectorReason: string;
  /** The figures of the rule that decided it. */
  figures: CollectionFigures;
  /** When it ended. */
  atMs: number;
  pauseMs: number;
  usedBefore: number;
  usedAfter: number;
  committedBefore: number;
  committedAfter: number;
  /** Moved to the old generation by a scavenge. */
  promoted: number;
  /** Copied within new space. */
  survived: number;
  marked: number;
  evacuated: number;
  externalReleased: number;
  weakCleared: number;
  /** Steps of incremental marking before the pause; 0 when there was none. */
  incrementalSteps: number;
  /** A semi-space's capacity afterwards. */
  newCapacityAfter: number;
  /** The old generation's soft limit afterwards. */
  oldLimitAfter: number;
  /** The line that `--trace-gc` prints for it. */
  trace: string;
}

/** The figures that a collection's rule looked at, in bytes: the answer to "why now?". */
export interface CollectionFigures {
  /** Size of the allocation that did not fit; 0 if there was none. */
  requested: number;
  newUsed: number;
  newCapacity: number;
  survivedSinceExpansion: number;
  oldUsed: number;
  oldCommitted: number;
  oldLimit: number;
  oldMax: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `Collection[]` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "Collection[]")]
    pub type JsCollections;
}

/// `Collection` of the TypeScript types.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Collection {
    number: f64,
    kind: &'static str,
    reason: &'static str,
    collector_reason: &'static str,
    figures: CollectionFigures,
    at_ms: f64,
    pause_ms: f64,
    used_before: f64,
    used_after: f64,
    committed_before: f64,
    committed_after: f64,
    promoted: f64,
    survived: f64,
    marked: f64,
    evacuated: f64,
    external_released: f64,
    weak_cleared: f64,
    incremental_steps: u32,
    new_capacity_after: f64,
    old_limit_after: f64,
    trace: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CollectionFigures {
    requested: f64,
    new_used: f64,
    new_capacity: f64,
    survived_since_expansion: f64,
    old_used: f64,
    old_committed: f64,
    old_limit: f64,
    old_max: f64,
}

impl Collection {
    /// A record with its trace line.
    pub fn new(record: &CollectionRecord, trace: String) -> Self {
        let number = |count: u64| count as f64;
        let ms = |nanoseconds: u64| nanoseconds as f64 / 1e6;
        Self {
            number: number(record.number),
            kind: match record.kind {
                CollectionKind::Minor => "scavenge",
                CollectionKind::Full => "mark-compact",
                CollectionKind::FullReduceMemory => "mark-compact (reduce)",
            },
            reason: record.reason.as_str(),
            collector_reason: record.collector_reason.as_str(),
            figures: CollectionFigures::of(&record.figures),
            at_ms: ms(record.at_ns),
            pause_ms: ms(record.pause_ns),
            used_before: number(record.used_before),
            used_after: number(record.used_after),
            committed_before: number(record.committed_before),
            committed_after: number(record.committed_after),
            promoted: number(record.promoted),
            survived: number(record.survived),
            marked: number(record.marked),
            evacuated: number(record.evacuated),
            external_released: number(record.external_released),
            weak_cleared: number(record.weak_cleared),
            incremental_steps: record.incremental.steps,
            new_capacity_after: number(record.new_capacity_after),
            old_limit_after: number(record.old_limit_after),
            trace,
        }
    }
}

impl CollectionFigures {
    fn of(figures: &Figures) -> Self {
        let number = |bytes: u64| bytes as f64;
        Self {
            requested: number(figures.requested),
            new_used: number(figures.new_used),
            new_capacity: number(figures.new_capacity),
            survived_since_expansion: number(figures.survived_since_expansion),
            old_used: number(figures.old_used),
            old_committed: number(figures.old_committed),
            old_limit: number(figures.old_limit),
            old_max: number(figures.old_max),
        }
    }
}
