//! Two classic programs, each written once for every contender, with the same arithmetic and the same checksum.
//!
//! - *binary trees*, depth 16 (Computer Language Benchmarks Game): 15 million nodes of two children.
//! - *GCBench* (Ellis, Kovac, Boehm): trees of 18 levels and less, built from the top and from the bottom, beside a
//!   long-lived tree and a large array.
//!
//! Each contender is a program of its own (`src/bin`), so that they do not share an allocator's state; natively it
//! prints its milliseconds, in WebAssembly the caller of `main` measures. The JavaScript of the same programs is in `js/`.
#![forbid(unsafe_code)]

pub mod arena;
pub mod boxed;
pub mod heap;

/// Depth of binary trees.
pub const TREE_DEPTH: u32 = 16;
/// What binary trees of that depth add up to.
pub const TREE_SUM: u32 = 14_985_902;
/// GCBench: depth of the first tree, of the long-lived one, and of the trees built in the loop.
pub const STRETCH_DEPTH: u32 = 18;
/// Depth of the long-lived tree.
pub const LONG_LIVED_DEPTH: u32 = 16;
/// Numbers in the large array.
pub const ARRAY_SIZE: usize = 500_000;
/// Depths of the trees of GCBench's loop.
pub const DEPTHS: [u32; 7] = [4, 6, 8, 10, 12, 14, 16];

/// Nodes of a tree of that depth.
pub const fn tree_size(depth: u32) -> u32 {
    (1 << (depth + 1)) - 1
}

/// Trees of that depth in GCBench's loop.
pub const fn iterations(depth: u32) -> u32 {
    2 * tree_size(STRETCH_DEPTH) / tree_size(depth)
}

/// Runs a program and checks what it returns; prints the milliseconds, where there is a clock.
pub fn report(program: fn() -> u32, expected: u32) {
    #[cfg(not(target_arch = "wasm32"))]
    let start = std::time::Instant::now();
    assert_eq!(program(), expected);
    #[cfg(not(target_arch = "wasm32"))]
    println!("{:.3}", start.elapsed().as_secs_f64() * 1e3);
}

/// What GCBench's contenders return: nodes of the long-lived tree.
pub const GC_BENCH_SUM: u32 = tree_size(LONG_LIVED_DEPTH);
