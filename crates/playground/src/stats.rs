//! The figures of a run, as `--stats` prints them.

/// Slabs of the Buffer pool by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlabStats {
    /// Slabs that something points into.
    pub live: u64,
    /// Slabs with nothing taken.
    pub empty: u64,
    /// Slabs with something taken and room left.
    pub partial: u64,
    /// Slabs with no room left.
    pub full: u64,
}

/// Totals of a run. Sizes are bytes, times virtual milliseconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Name of the profile.
    pub profile: &'static str,
    /// Bytecode words run, counted at calls and backward jumps.
    pub instructions: u64,
    /// Virtual time since the start.
    pub virtual_ms: f64,
    /// Scavenges.
    pub scavenges: u64,
    /// Full collections.
    pub mark_compacts: u64,
    /// Incremental marking steps.
    pub incremental_steps: u64,
    /// Bytes allocated.
    pub allocated_bytes: u64,
    /// Bytes copied within new space.
    pub semi_space_copied_bytes: u64,
    /// Bytes promoted.
    pub promoted_bytes: u64,
    /// Bytes marked.
    pub marked_bytes: u64,
    /// Bytes evacuated.
    pub evacuated_bytes: u64,
    /// Stores that concerned the write barrier.
    pub write_barrier_hits: u64,
    /// Longest pause.
    pub max_pause_ms: f64,
    /// Sum of all pauses.
    pub total_pause_ms: f64,
    /// Bytes in objects.
    pub heap_used: u64,
    /// Bytes of committed pages.
    pub heap_total: u64,
    /// Off-heap bytes tied to objects.
    pub external: u64,
    /// Off-heap bytes of ArrayBuffers.
    pub array_buffers: u64,
    /// Everything: heap and off-heap.
    pub rss: u64,
    /// The most bytes in objects at any collection.
    pub peak_heap_used: u64,
    /// Buffer slabs.
    pub slabs: SlabStats,
}
