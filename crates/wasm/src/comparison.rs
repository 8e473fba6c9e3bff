//! What if? The same snippet under other settings, in a session of its own beside the first.

use crate::convert::{self, counters_of};
use semispace_playground::{RunState, Session};
use semispace_protocol::{Settings, Totals};

/// Instructions of one turn.
const PORTION: u64 = 100_000;

/// The other run.
pub struct Comparison {
    profile: String,
    session: Option<Session>,
    ending: String,
    is_over: bool,
}

impl Comparison {
    /// A run that has not begun.
    pub fn new(settings: Settings) -> Self {
        let profile = settings.profile.clone();
        match convert::session(settings) {
            Ok(session) => Self { profile, session: Some(session), ending: String::new(), is_over: false },
            Err(problem) => Self { profile, session: None, ending: problem.message, is_over: false },
        }
    }

    /// Whether there is work left.
    pub fn is_running(&self) -> bool {
        !self.is_over
    }

    /// Runs a little, and tells how far it has come.
    pub fn turn(&mut self) -> Option<Totals> {
        if self.is_over {
            return None;
        }
        let mut totals = Totals { profile: self.profile.clone(), ..Totals::default() };
        if let Some(session) = &mut self.session {
            let state = session.run(PORTION);
            session.take_output();
            session.take_collections();
            self.is_over = state != RunState::Paused;
            self.ending = ending(&state);
            totals.counters = counters_of(session);
            totals.samples.push(convert::sample(session));
        } else {
            self.is_over = true;
        }
        totals.is_over = self.is_over;
        totals.ending.clone_from(&self.ending);
        Some(totals)
    }
}

fn ending(state: &RunState) -> String {
    match state {
        RunState::Paused => "running".to_owned(),
        RunState::Finished { exit_code: 0 } => "finished".to_owned(),
        RunState::Finished { exit_code } => format!("finished with exit code {exit_code}"),
        RunState::Failed(problem) => format!("stopped by an error in line {}", problem.line),
        RunState::OutOfMemory(_) => "out of memory".to_owned(),
    }
}
