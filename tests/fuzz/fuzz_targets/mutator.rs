//! Random mutators against the model graph. The first byte says how often to collect, each eight bytes after it are an
//! operation: `cargo +nightly fuzz run --fuzz-dir tests/fuzz mutator`.
#![no_main]

#[path = "../../../crates/heap/tests/common/mod.rs"]
mod common;

use common::world::{Op, World, small_pages, stressed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&every, operations)) = data.split_first() else { return };
    let mut world = World::bounded(small_pages(stressed(u32::from(every) + 1)), 600);
    for bits in operations.chunks_exact(8) {
        world.run(Op::from_bits(u64::from_le_bytes(bits.try_into().expect("eight bytes"))));
    }
    world.compare();
    world.compare_after_full();
});
