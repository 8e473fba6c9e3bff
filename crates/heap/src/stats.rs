//! Counters of a heap's life so far.

/// Totals since the heap was made. All sizes are bytes, all times nanoseconds of the cost model.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stats {
    /// Scavenges.
    pub scavenges: u64,
    /// Full collections.
    pub mark_compacts: u64,
    /// Incremental marking steps.
    pub incremental_steps: u64,
    /// Bytes that the mutator allocated, whatever the space.
    pub allocated_bytes: u64,
    /// Bytes copied within new space.
    pub semi_space_copied_bytes: u64,
    /// Bytes that scavenges moved from new space to the old generation.
    pub promoted_bytes: u64,
    /// Bytes marked.
    pub marked_bytes: u64,
    /// Bytes that full collections moved: out of new space and out of evacuation candidates.
    pub evacuated_bytes: u64,
    /// Stores that took the slow path of the write barrier and were of its concern.
    pub write_barrier_hits: u64,
    /// Sum of all pauses: scavenges, full collections and incremental steps.
    pub total_pause_ns: u64,
    /// The longest of them.
    pub max_pause_ns: u64,
    /// Bytes in objects now, dead ones that no collection has found included.
    pub heap_used: u64,
    /// Bytes of committed pages now.
    pub heap_total: u64,
    /// The largest `heap_used` at any collection or call of `Heap::stats`.
    pub peak_heap_used: u64,
    /// Off-heap bytes tied to objects now.
    pub external: u64,
}
