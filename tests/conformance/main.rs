//! Runs tests of test262 (<https://github.com/tc39/test262>) that it is told by name: `cargo xtask conformance` starts
//! one such process for each core, and a new one where a test took the old one down with it.
//!
//! Names come in on standard input, one a line, relative to the checkout's `test` folder; for each, one line goes out:
//! the verdict and, after a tab, why. [`metadata`] reads what a test says about itself, [`selection`] decides what is
//! out of scope, [`trial`] runs.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks to its starter")]

mod metadata;
mod selection;
mod trial;

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use trial::{Laboratory, Verdict};

fn main() -> ExitCode {
    let Some(checkout) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: conformance CHECKOUT [FEATURE...] < names");
        return ExitCode::from(2);
    };
    let wanted = std::env::args().skip(2).collect();
    let laboratory = Laboratory::new(checkout, wanted);
    for name in std::io::stdin().lock().lines().map_while(Result::ok) {
        let line = match laboratory.try_test(&name) {
            Verdict::Passed => "passed".to_owned(),
            Verdict::Skipped(reason) => format!("skipped\t{reason}"),
            Verdict::Failed(why) => format!("failed\t{}", one_line(&why)),
        };
        println!("{line}");
        if std::io::stdout().flush().is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}

/// The beginning of a message, in one line.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}
