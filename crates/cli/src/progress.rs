//! How far long work has come, on standard error: one line that changes on a terminal; a line for each step elsewhere, if
//! `--progress` asks for it.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing on a terminal.
const PATIENCE: Duration = Duration::from_millis(300);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Show {
    Nothing,
    OneLine,
    Lines,
}

/// The line.
#[derive(Debug)]
pub struct Progress {
    show: Show,
    start: Instant,
    shown: String,
}

impl Progress {
    /// Of work that begins now.
    pub fn new(asked: bool) -> Self {
        let show = match (std::io::stderr().is_terminal(), asked) {
            (true, _) => Show::OneLine,
            (false, true) => Show::Lines,
            (false, false) => Show::Nothing,
        };
        Self { show, start: Instant::now(), shown: String::new() }
    }

    /// What is being done.
    pub fn step(&mut self, what: &str) {
        if self.show == Show::Lines {
            eprintln!("{what}");
        } else if self.show == Show::OneLine && self.start.elapsed() > PATIENCE && self.shown != what {
            eprint!("\r\x1b[K{what}");
            what.clone_into(&mut self.shown);
        }
    }

    /// How much of it is done; on a terminal only.
    pub fn part(&mut self, what: &str, done: u64, of: u64) {
        if self.show == Show::OneLine && of > 0 {
            self.step(&format!("{what}: {} %", done.saturating_mul(100) / of));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if !self.shown.is_empty() {
            eprint!("\r\x1b[K");
        }
    }
}
