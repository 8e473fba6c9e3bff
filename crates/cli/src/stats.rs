//! The `--stats` object.

use std::time::Duration;

use semispace_playground::Stats;
use serde::Serialize;

#[derive(Serialize)]
struct Slabs {
    live: u64,
    empty: u64,
    partial: u64,
    full: u64,
}

/// The object, field for field. Sizes are bytes, times milliseconds: real in `wall_ms`, virtual elsewhere.
#[derive(Serialize)]
struct Object {
    profile: &'static str,
    instructions: u64,
    wall_ms: f64,
    virtual_ms: f64,
    scavenges: u64,
    mark_compacts: u64,
    incremental_steps: u64,
    allocated_bytes: u64,
    semi_space_copied_bytes: u64,
    promoted_bytes: u64,
    marked_bytes: u64,
    evacuated_bytes: u64,
    write_barrier_hits: u64,
    max_pause_ms: f64,
    total_pause_ms: f64,
    heap_used: u64,
    heap_total: u64,
    external: u64,
    array_buffers: u64,
    rss: u64,
    peak_heap_used: u64,
    slabs: Slabs,
}

/// One line of JSON.
pub fn json(stats: &Stats, wall: Duration) -> String {
    let object = Object {
        profile: stats.profile,
        instructions: stats.instructions,
        wall_ms: wall.as_secs_f64() * 1e3,
        virtual_ms: stats.virtual_ms,
        scavenges: stats.scavenges,
        mark_compacts: stats.mark_compacts,
        incremental_steps: stats.incremental_steps,
        allocated_bytes: stats.allocated_bytes,
        semi_space_copied_bytes: stats.semi_space_copied_bytes,
        promoted_bytes: stats.promoted_bytes,
        marked_bytes: stats.marked_bytes,
        evacuated_bytes: stats.evacuated_bytes,
        write_barrier_hits: stats.write_barrier_hits,
        max_pause_ms: stats.max_pause_ms,
        total_pause_ms: stats.total_pause_ms,
        heap_used: stats.heap_used,
        heap_total: stats.heap_total,
        external: stats.external,
        array_buffers: stats.array_buffers,
        rss: stats.rss,
        peak_heap_used: stats.peak_heap_used,
        slabs: Slabs {
            live: stats.slabs.live,
            empty: stats.slabs.empty,
            partial: stats.slabs.partial,
            full: stats.slabs.full,
        },
    };
    // An object of numbers and one plain name always serialises.
    serde_json::to_string(&object).unwrap_or_default()
}
