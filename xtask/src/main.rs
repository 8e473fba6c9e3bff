//! The project's one command: `cargo xtask serve`, `cargo xtask test` and a few more.
//!
//! Read [`setup`] for what is installed and where, [`site`] for how the page is built and served, [`checks`]
//! for what CI runs. Every tool lands under `target/tools`; nothing is written to the user's home.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its user")]

mod arrows;
mod bench;
mod book;
mod browser;
mod checks;
mod conformance;
mod engine;
mod fuzz;
mod licences;
mod order;
mod package;
mod peers;
mod run;
mod setup;
mod site;
mod size;
mod split;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Sets up, serves, tests and builds Semispace")]
struct Cli {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build the page and serve it, rebuilding when a file changes
    Serve(ServeArgs),
    /// Install what is missing and run everything that CI runs
    Test(TestArgs),
    /// Build the static site into dist/
    Build(BuildArgs),
    /// Build the npm package into target/package, and pack it
    Package(BuildArgs),
    /// Build the static site, and the user's guide in dist/guide
    Book,
    /// The same as `test`
    Ci,
    /// Build the static site, print its transferred sizes, and fail above the budget
    Size,
    /// Write a picture of every view of the page into docs/screenshots
    Screenshots,
    /// Measure the heap beside gc-arena, Box and Node, or the engine beside its peers
    Bench(BenchArgs),
    /// Run random operations against the heap and its model
    Fuzz(FuzzArgs),
    /// A million random operations under every stress switch
    Stress,
    /// Run a local checkout of test262, and compare with the failures that are expected
    Conformance(ConformanceArgs),
}

/// Options of `serve`.
#[derive(Args)]
pub struct ServeArgs {
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build as for publication: slower to build, faster to run
    #[arg(long)]
    release: bool,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

/// Options of `build` and `package`.
#[derive(Args)]
pub struct BuildArgs {
    /// As the tests use it: built in a fraction of the time, larger and a little slower (the site goes to target/site)
    #[arg(long)]
    quick: bool,
}

impl BuildArgs {
    fn flavour(&self) -> site::Flavour {
        if self.quick { site::Flavour::Quick } else { site::Flavour::Release }
    }
}

/// Options of `test`.
#[derive(Args, Default)]
pub struct TestArgs {
    /// Run only the stages whose name contains one of these words
    stages: Vec<String>,
}

/// Options of `bench`.
#[derive(Args)]
pub struct BenchArgs {
    /// The script engine beside others: QuickJS in WebAssembly, Node without its compilers
    #[arg(long)]
    peers: bool,
    /// The page, while it shows a run at full speed: tasks, frames, and what observing costs
    #[arg(long, conflicts_with = "peers")]
    page: bool,
    /// Boa too (built from source: some minutes, once)
    #[arg(long, requires = "peers")]
    boa: bool,
    /// How often each program runs on each contender
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Only these programs of the peers, by name
    #[arg(requires = "peers")]
    programs: Vec<String>,
}

/// Options of `fuzz`.
#[derive(Args)]
pub struct FuzzArgs {
    /// How long
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// First seed of the random loop
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Options of `conformance`.
#[derive(Args)]
pub struct ConformanceArgs {
    /// A checkout of <https://github.com/tc39/test262>
    checkout: PathBuf,
    /// Only this folder or test of its `test` folder, as `language/statements`
    folder: Option<String>,
    /// Write the failures of this run to tests/conformance/expected-failures.txt
    #[arg(long)]
    update: bool,
    /// Print every failure and why
    #[arg(long)]
    failures: bool,
    /// Run the tests of this feature too, although it is newer than ES2023 (may be repeated)
    #[arg(long, value_name = "FEATURE")]
    with: Vec<String>,
    /// How many tests run at the same time
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(2, usize::from))]
    jobs: usize,
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(verb: Verb) -> Result<()> {
    match verb {
        Verb::Serve(args) => site::serve(&args),
        Verb::Test(args) => checks::run_all(&args),
        Verb::Ci => checks::run_all(&TestArgs::default()),
        Verb::Build(args) => site::build(args.flavour()).map(drop),
        Verb::Package(args) => package::build(args.flavour()).map(drop),
        Verb::Book => book::build(),
        Verb::Size => size::print(),
        Verb::Screenshots => site::screenshots(),
        Verb::Bench(args) if args.peers => peers::run(&args),
        Verb::Bench(args) if args.page => site::bench(),
        Verb::Bench(args) => bench::run(&args),
        Verb::Fuzz(args) => fuzz::run(&args),
        Verb::Stress => fuzz::stress(),
        Verb::Conformance(args) => conformance::run(&args),
    }
}
