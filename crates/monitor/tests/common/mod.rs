//! Records to print.

use semispace_heap::{
    CollectionKind, CollectionRecord, CollectorReason, Figures, IncrementalFigures, Reason,
};

const MIB: f64 = 1_048_576.0;

/// A record with these sizes in MiB: used and committed, before and after.
pub fn record(kind: CollectionKind, at_ms: u64, pause_ns: u64, mib: [f64; 4]) -> CollectionRecord {
    let [used_before, committed_before, used_after, committed_after] = mib.map(|mib| (mib * MIB) as u64);
    let collector_reason =
        if kind.is_full() { CollectorReason::OldSpaceRequested } else { CollectorReason::None };
    CollectionRecord {
        number: 1,
        kind,
        reason: if kind.is_full() { Reason::FinalizeMarkingViaStackGuard } else { Reason::AllocationFailure },
        collector_reason,
        figures: Figures::default(),
        at_ns: at_ms * 1_000_000,
        pause_ns,
        used_before,
        used_after,
        committed_before,
        committed_after,
        promoted: 0,
        survived: 0,
        marked: 0,
        evacuated: 0,
        evacuated_pages: 0,
        weak_cleared: 0,
        external_released: 0,
        incremental: IncrementalFigures::default(),
        average_mutator_utilisation: 1.0,
        current_mutator_utilisation: 0.5,
        new_capacity_after: 0,
        old_limit_after: 0,
    }
}
