//! Why a collection ran and what it did: the typed form of a `--trace-gc` line.

/// Which collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum CollectionKind {
    /// A scavenge of the young generation.
    Minor,
    /// A full mark-compact.
    Full,
    /// A full mark-compact that spares no effort to return memory.
    FullReduceMemory,
}

impl CollectionKind {
    /// Is it a full collection?
    #[must_use]
    pub const fn is_full(self) -> bool {
        !matches!(self, CollectionKind::Minor)
    }
}

/// Why the collection was asked for (V8: `GarbageCollectionReason`).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Reason {
    /// A space had no room for an allocation.
    AllocationFailure,
    /// The old generation reached its limit.
    AllocationLimit,
    /// The last attempt before out of memory.
    LastResort,
    /// New space was nearly full while the program had nothing to do for a moment.
    Task,
    /// Incremental marking has nothing left to mark; noticed at a safepoint.
    FinalizeMarkingViaStackGuard,
    /// The same, noticed by a task.
    FinalizeMarkingViaTask,
    /// Off-heap memory tied to objects grew too much.
    ExternalMemoryPressure,
    /// The machine is short of memory.
    LowMemory,
    /// `global.gc()`.
    Testing,
    /// A heap snapshot collects first.
    HeapProfiler,
    /// Stress switch.
    Stress,
}

impl Reason {
    /// The words of V8's trace.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Reason::AllocationFailure => "allocation failure",
            Reason::AllocationLimit => "allocation limit",
            Reason::LastResort => "last resort",
            Reason::Task => "task",
            Reason::FinalizeMarkingViaStackGuard => "finalize incremental marking via stack guard",
            Reason::FinalizeMarkingViaTask => "finalize incremental marking via task",
            Reason::ExternalMemoryPressure => "external memory pressure",
            Reason::LowMemory => "low memory notification",
            Reason::Testing => "testing",
            Reason::HeapProfiler => "heap profiler",
            Reason::Stress => "testing",
        }
    }
}

/// Why this collector and not the other (V8: the `collector_reason` of a trace line).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum CollectorReason {
    /// Nothing to say.
    #[default]
    None,
    /// A full collection was asked for, or old space needs it.
    OldSpaceRequested,
    /// The old generation could not take all that a scavenge might promote.
    ScavengeMightNotSucceed,
    /// Incremental marking is done and the old generation is far over its limit.
    MarkingNeedsFinalization,
    /// A stress switch forces it.
    ForcedByFlags,
}

impl CollectorReason {
    /// The words of V8's trace; empty for none.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            CollectorReason::None => "",
            CollectorReason::OldSpaceRequested => "GC in old space requested",
            CollectorReason::ScavengeMightNotSucceed => "scavenge might not succeed",
            CollectorReason::MarkingNeedsFinalization => "Incremental marking needs finalization",
            CollectorReason::ForcedByFlags => "GC in old space forced by flags",
        }
    }
}

/// The figures that the rules looked at when a collection was decided, in bytes: the answer to "why now?".
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Figures {
    /// Size of the allocation that did not fit; 0 if there was none.
    pub requested: u64,
    /// New space in use.
    pub new_used: u64,
    /// Capacity of a semi-space.
    pub new_capacity: u64,
    /// What survived since new space last grew; above the capacity it grows.
    pub survived_since_expansion: u64,
    /// Objects of the old generation and the off-heap memory that counts with them.
    pub old_used: u64,
    /// Committed pages of the old generation.
    pub old_committed: u64,
    /// The old generation's soft limit: a full collection is due above it.
    pub old_limit: u64,
    /// The old generation's hard limit.
    pub old_max: u64,
}

/// Incremental marking: all of it in the record of the full collection that finished it, the steps since the last collection
/// in that of a scavenge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct IncrementalFigures {
    /// Steps; 0 if marking was not incremental.
    pub steps: u32,
    /// Sum of the steps' durations.
    pub duration_ns: u64,
    /// The longest step (full collections).
    pub longest_ns: u64,
    /// From the start of marking to the end of the collection (full collections).
    pub walltime_ns: u64,
}

/// What one collection did. Sizes in bytes, times in nanoseconds of virtual time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CollectionRecord {
    /// Counts all collections from 1.
    pub number: u64,
    /// Which collection.
    pub kind: CollectionKind,
    /// Why it was asked for.
    pub reason: Reason,
    /// Why this collector.
    pub collector_reason: CollectorReason,
    /// The figures of the rule that decided it.
    pub figures: Figures,
    /// When it ended: mutator time plus all pauses.
    pub at_ns: u64,
    /// Duration of the atomic pause.
    pub pause_ns: u64,
    /// Bytes in objects before.
    pub used_before: u64,
    /// Bytes in objects after.
    pub used_after: u64,
    /// Bytes of committed pages before.
    pub committed_before: u64,
    /// Bytes of committed pages after.
    pub committed_after: u64,
    /// Bytes promoted to the old generation.
    pub promoted: u64,
    /// Bytes copied within new space.
    pub survived: u64,
    /// Bytes marked live (full collections).
    pub marked: u64,
    /// Bytes moved out of evacuation candidates.
    pub evacuated: u64,
    /// Pages emptied by evacuation.
    pub evacuated_pages: u32,
    /// Weak slots and ephemerons cleared.
    pub weak_cleared: u64,
    /// Off-heap bytes released with their owners.
    pub external_released: u64,
    /// Incremental marking before the pause.
    pub incremental: IncrementalFigures,
    /// Mean mutator utilisation over the full collections so far, 0 to 1.
    pub average_mutator_utilisation: f64,
    /// Mutator utilisation since the last full collection, 0 to 1.
    pub current_mutator_utilisation: f64,
    /// Semi-space capacity after.
    pub new_capacity_after: u64,
    /// Soft limit of the old generation after.
    pub old_limit_after: u64,
}
