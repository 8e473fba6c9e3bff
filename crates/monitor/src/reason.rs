//! Why a collection ran, in the words of each era.
//!
//! Up to 4.x the words were literals at the place of the call (`src/heap.cc`, `src/heap/heap.cc`,
//! `src/extensions/gc-extension.cc`); since 5.x they belong to `GarbageCollectionReason`.

use semispace_heap::{CollectorReason, Reason, TraceEra};

/// The reason of a trace line.
pub(crate) const fn words(reason: Reason, era: TraceEra) -> &'static str {
    match era {
        TraceEra::V3 => classic(reason, "gc extension", "StackGuard GC request", "idle notification"),
        TraceEra::V4 => classic(
            reason,
            "Isolate::RequestGarbageCollection",
            "GC interrupt",
            "idle notification: finalize incremental",
        ),
        TraceEra::V10 | TraceEra::V11 => reason.as_str(),
    }
}

const fn classic(
    reason: Reason,
    asked: &'static str,
    guard: &'static str,
    idle: &'static str,
) -> &'static str {
    match reason {
        Reason::AllocationFailure | Reason::AllocationLimit => "allocation failure",
        Reason::LastResort => "last resort gc",
        Reason::Task | Reason::FinalizeMarkingViaTask => idle,
        Reason::FinalizeMarkingViaStackGuard => guard,
        Reason::ExternalMemoryPressure => "external memory allocation limit reached",
        Reason::LowMemory => "low memory notification",
        Reason::Testing | Reason::Stress => asked,
        Reason::HeapProfiler => "HeapSnapshotGenerator::GenerateSnapshot",
    }
}

/// The reason for the choice of the collector; empty for none.
pub(crate) const fn collector_words(reason: CollectorReason, era: TraceEra) -> &'static str {
    match (reason, era) {
        (CollectorReason::MarkingNeedsFinalization, TraceEra::V3 | TraceEra::V4) => {
            "GC in old space requested"
        }
        _ => reason.as_str(),
    }
}
