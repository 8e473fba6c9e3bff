//! `cargo xtask bench`: the heap beside other ways to manage memory, and its phases beside V8's.
//!
//! Contenders take turns, so that a busy machine disturbs all of them alike; what counts is the ratio within a round, and
//! of those the median. Milliseconds are medians too, and only tell how fast the machine was.

use crate::BenchArgs;
use crate::run::{cargo, command, read, root, show};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;

const WASM: &str = "wasm32-unknown-unknown";

/// One way to run a program.
#[derive(Clone, Copy)]
enum Contender {
    Native(&'static str),
    Wasm,
    Node,
}

/// Contenders in the order of their turns; ratios are to the first.
const CONTENDERS: [(&str, Contender); 5] = [
    ("this heap", Contender::Native("heap")),
    ("this heap, WebAssembly", Contender::Wasm),
    ("Box", Contender::Native("boxed")),
    ("Node, JIT", Contender::Node),
    ("gc-arena", Contender::Native("arena")),
];

/// Builds everything, then runs it.
pub fn run(args: &BenchArgs) -> Result<()> {
    show(&mut build())?;
    show(build().args(["--target", WASM, "--bin", "trees_heap", "--bin", "gcbench_heap"]))?;
    for program in ["trees", "gcbench"] {
        compare(program, args.rounds)?;
    }
    observer(args.rounds)?;
    println!("\nPhases: this heap");
    show(cargo().args(["bench", "--package", "semispace-heap", "--profile", "release"]))?;
    println!("\nPhases: V8");
    for (phase, field) in [("scavenge", "scavenge.parallel"), ("mark", "mark"), ("evacuate", "evacuate")] {
        for order in ["in-order", "shuffled"] {
            v8_phase(phase, field, order)?;
        }
    }
    Ok(())
}

fn build() -> Command {
    let mut build = cargo();
    build
        .args(["build", "--release", "--manifest-path", "tests/bench/heap/Cargo.toml"])
        .args(["--target-dir", "target/bench"]);
    build
}

fn compare(program: &str, rounds: u32) -> Result<()> {
    println!("\n{program}, {rounds} rounds: median milliseconds, median of time / time of this heap");
    let mut times = vec![Vec::new(); CONTENDERS.len()];
    for _ in 0..rounds {
        for (column, (_, contender)) in times.iter_mut().zip(CONTENDERS) {
            column.push(milliseconds(&mut contender.command(program))?);
        }
    }
    for ((name, _), column) in CONTENDERS.iter().zip(&times) {
        println!("  {name:24} {:9.1} {:7.2}", median(column), median_ratio(column, &times[0]));
    }
    Ok(())
}

/// GCBench with an observer that records collections, over the same without.
fn observer(rounds: u32) -> Result<()> {
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for (column, name) in times.iter_mut().zip(["gcbench_heap", "gcbench_recorded"]) {
            column.push(milliseconds(&mut Command::new(native(name)))?);
        }
    }
    println!("\nobserver: recording / none {:.3}", median_ratio(&times[1], &times[0]));
    Ok(())
}

impl Contender {
    fn command(self, program: &str) -> Command {
        match self {
            Contender::Native(name) => Command::new(native(&format!("{program}_{name}"))),
            Contender::Wasm => {
                let module = root().join(format!("target/bench/{WASM}/release/{program}_heap.wasm"));
                let mut node = command("node");
                node.arg("tests/bench/heap/js/wasm.mjs").arg(module);
                node
            }
            Contender::Node => {
                let mut node = command("node");
                node.args(["--single-threaded-gc", &format!("tests/bench/heap/js/{program}.js")]);
                node
            }
        }
    }
}

fn native(name: &str) -> PathBuf {
    root().join(format!("target/bench/release/{name}{}", std::env::consts::EXE_SUFFIX))
}

fn milliseconds(command: &mut Command) -> Result<f64> {
    let text = read(command)?;
    text.trim().parse().with_context(|| format!("{command:?} printed no milliseconds: {text}"))
}

/// Objects a second of one phase, from the trace line that follows each `measure`.
fn v8_phase(phase: &str, field: &str, order: &str) -> Result<()> {
    let flags = ["--expose-gc", "--single-threaded-gc", "--trace-gc-nvp"];
    let sizes = ["--min-semi-space-size=64", "--max-semi-space-size=64"];
    let text =
        read(command("node").args(flags).args(sizes).args(["tests/bench/heap/js/phases.js", phase, order]))?;
    let objects = if phase == "mark" { 2_000_000.0 } else { 400_000.0 };
    let measured = text.split("measure\n").skip(1);
    let times: Vec<f64> = measured.filter_map(|after| field_of(after.lines().next()?, field)).collect();
    let rate = objects / median(&times) / 1e3;
    println!("  {:24} {rate:7.1} M objects/s {:8.0} MB/s", format!("{phase} {order}"), rate * 48.0);
    Ok(())
}

fn field_of(line: &str, field: &str) -> Option<f64> {
    let value = line.split(' ').find_map(|pair| pair.strip_prefix(field)?.strip_prefix('='))?;
    value.parse().ok()
}

fn median_ratio(times: &[f64], base: &[f64]) -> f64 {
    median(&times.iter().zip(base).map(|(time, base)| time / base).collect::<Vec<_>>())
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_a_trace_line_is_found_by_its_whole_name() {
        let line = "8 ms: pause=8.0 gc=mc mark=5.5 mark.roots=0.1 evacuate=2.0 evacuate.copy=1.5";
        assert_eq!(field_of(line, "mark"), Some(5.5));
        assert_eq!(field_of(line, "evacuate"), Some(2.0));
        assert_eq!(field_of(line, "sweep"), None);
        assert_eq!(median_ratio(&[3.0, 8.0, 2.0], &[1.0, 2.0, 1.0]), 3.0);
    }
}
