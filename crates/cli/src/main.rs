//! `semispace`: the playground's engine on the command line.
//!
//! Exit codes are Node's: 0; 1 for an uncaught exception or a syntax error; 2 for bad usage; 124 when fuel or time is
//! spent; 134 out of memory; `process.exit(n)` is n.

#![forbid(unsafe_code)]
// Printing is what a command line is for.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod files;
mod options;
mod profiles;
mod progress;
mod run;
mod signal;
mod snapshot;
mod snapshot_report;
mod stats;
mod written;

use std::process::ExitCode;

use clap::Parser;
use options::{Command, Options};

/// Exit code of a command line that makes no sense, or asks for what is not there.
const BAD_USAGE: u8 = 2;

fn main() -> ExitCode {
    match Options::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Check { file } => run::check(&file),
        Command::Profiles { json } => profiles::print(json),
        Command::Snapshot { command } => snapshot::run(&command),
    }
}
