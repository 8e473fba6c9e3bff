//! `cargo xtask fuzz` and `cargo xtask stress`: random mutators against the model graph (`crates/heap/tests/common/world.rs`),
//! and damaged snapshot files.
//!
//! With `cargo-fuzz` and a nightly compiler at hand, fuzzing is guided by coverage; without, the same operations come from
//! a random generator, another seed each time.

use crate::FuzzArgs;
use crate::run::{cargo, command, show, version_of};
use anyhow::Result;
use std::time::{Duration, Instant};

/// Real snapshots, cut down by `tests/snapshots/reduce.js`.
const SNAPSHOTS: &str = "tests/fuzz/seeds/snapshot";
/// Operations of one round of the random loop.
const ROUND: u64 = 20_000;

/// Fuzzes for so many seconds.
pub fn run(args: &FuzzArgs) -> Result<()> {
    let nightly = version_of("rustup").is_some()
        && command("rustup")
            .args(["run", "nightly", "rustc", "--version"])
            .output()
            .is_ok_and(|o| o.status.success());
    if nightly && version_of("cargo-fuzz").is_some() {
        let limit = format!("-max_total_time={}", args.seconds / 2);
        for (target, seeds) in [("mutator", None), ("snapshot", Some(SNAPSHOTS))] {
            let target = ["+nightly", "fuzz", "run", "--fuzz-dir", "tests/fuzz", target];
            // New inputs go to the first folder, beside the seeds.
            let folders = seeds.map(|seeds| ["tests/fuzz/corpus/snapshot", seeds]);
            std::fs::create_dir_all("tests/fuzz/corpus/snapshot")?;
            let mut fuzz = command("cargo");
            show(fuzz.args(target).args(folders.into_iter().flatten()).args(["--", &limit]))?;
        }
        return Ok(());
    }
    println!("cargo-fuzz with a nightly compiler is not installed: random operations instead");
    let start = Instant::now();
    let mut seed = args.seed;
    while start.elapsed() < Duration::from_secs(args.seconds) {
        // From collecting at every allocation to hardly ever.
        let every = 1 + seed * seed % 97;
        show(&mut long_run(ROUND, seed, every))?;
        seed += 1;
    }
    println!("seeds {} to {} found nothing", args.seed, seed - 1);
    let mut files = cargo();
    files.args([
        "test",
        "--profile",
        "quick",
        "--package",
        "semispace-snapshot",
        "--test",
        "files",
        "mutated",
    ]);
    show(files.args(["--", "--nocapture"]).env("FUZZ_ROUNDS", "100000"))
}

/// A million operations, collecting at every allocation, moving everything, verified around each collection.
pub fn stress() -> Result<()> {
    show(&mut long_run(1_000_000, 2026, 1))
}

fn long_run(operations: u64, seed: u64, every: u64) -> std::process::Command {
    let mut test = cargo();
    test.args(["test", "--profile", "quick", "--package", "semispace-heap", "--test", "properties"])
        .args(["--", "a_long_run_under_full_stress", "--nocapture"])
        .env("SEMISPACE_STRESS_OPS", operations.to_string())
        .env("SEMISPACE_STRESS_SEED", seed.to_string())
        .env("SEMISPACE_STRESS_GC", every.to_string());
    test
}
