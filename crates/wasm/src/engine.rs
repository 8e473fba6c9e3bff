//! The worker's engine: commands in, replies out, and work in slices that are short enough for Stop to feel instant.
//!
//! What a command asks of the session is done in [`commands`], the work between two commands in [`mod@slice`], and what comes back of
//! it in [`report`]. How the session's answers become the protocol's types is the business of [`crate::convert`],
//! [`crate::picture`] and [`crate::objects`].

mod commands;
mod report;
mod slice;

use crate::comparison::Comparison;
use crate::convert;
use crate::goal::Goal;
use crate::questions::Recording;
use crate::still::Still;
use semispace_playground::heap::{CollectionRecord, PROFILES};
use semispace_playground::{History, Session, SiteCount};
use semispace_protocol::{Command, LogEntry, Reply, RunState, Sample, Settings, decode, encode};
use std::collections::VecDeque;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Between two turns below full speed, in milliseconds.
const TURN_MS: u32 = 16;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds of a monotonic clock: in pages, workers and Node alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(crate) fn now_ms() -> f64;
}

/// The engine of one worker: at most one session, and the pace at which it runs.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Option<Session>,
    state: RunState,
    settings: Settings,
    history: History,
    records: Vec<CollectionRecord>,
    comparison: Option<Comparison>,
    goal: Goal,
    /// Is the collection that the run is to find to be stepped through?
    slowly: bool,
    breakpoints: Vec<u32>,
    instructions_per_second: Option<u32>,
    slice: u64,
    last_turn: f64,
    wants_frame: bool,
    /// What is known of the heap since it stands still.
    still: Option<Still>,
    /// When looking at it began; nothing once a first picture is out.
    looks_since: Option<f64>,
    /// Questions about single objects, which wait for it.
    questions: VecDeque<Command>,
    next_picture: f64,
    next_moment: f64,
    /// A snapshot that is being recorded.
    pub(crate) capture: Option<Recording>,
    /// A count of the objects in the heap by allocation site, under way.
    pub(crate) site_count: Option<SiteCount>,
    samples: Vec<Sample>,
    last_sample: Sample,
    log: Vec<LogEntry>,
    /// Bytes of console text sent.
    printed: u64,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without a session.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self::default()
    }

    /// The first replies: what this engine offers.
    #[must_use]
    pub fn started(&self) -> Vec<u8> {
        encode(&vec![Reply::Started { profiles: PROFILES.iter().map(convert::profile_choice).collect() }])
    }

    /// Does what an encoded `Command` of the protocol asks and returns the encoded replies, empty when there are none.
    ///
    /// # Errors
    /// When the bytes are no command.
    pub fn handle(&mut self, command: &[u8]) -> Result<Vec<u8>, JsError> {
        let command = decode(command).ok_or_else(|| JsError::new("the page sent no command"))?;
        let mut replies = Vec::new();
        let was_running = self.is_running();
        self.obey(command, &mut replies);
        // Pause is answered at once: the picture of a heap that stands still takes a trace, so it has a turn of its own.
        if !was_running || self.is_running() {
            self.report(&mut replies);
        }
        Ok(pack(&replies))
    }

    /// Whether there is work: the session runs, or a picture is still to be made.
    #[wasm_bindgen(js_name = wantsTurn)]
    #[must_use]
    pub fn wants_turn(&self) -> bool {
        let compares = self.comparison.as_ref().is_some_and(Comparison::is_running);
        self.is_running() || compares || self.wants_frame || !self.questions.is_empty()
    }

    /// Milliseconds to wait before the next turn: none at full speed.
    #[wasm_bindgen(js_name = pauseBeforeTurn)]
    #[must_use]
    pub fn pause_before_turn(&self) -> u32 {
        let is_slow = self.is_running() && self.instructions_per_second.is_some();
        if is_slow { TURN_MS } else { 0 }
    }

    /// Runs one slice and returns the encoded replies.
    pub fn turn(&mut self) -> Vec<u8> {
        let mut replies = Vec::new();
        if self.is_running() && !self.is_capturing() {
            let state = self.run_slice();
            if state != RunState::Running {
                // Whoever hears of the end has the figures of the end; what is unreachable comes when it is known.
                replies.extend(self.passing_frame().map(Reply::Frame));
                self.change(state, &mut replies);
            }
        }
        if let Some(comparison) = &mut self.comparison {
            replies.extend(comparison.turn().map(Reply::Compared));
        }
        self.report(&mut replies);
        pack(&replies)
    }
}

fn pack(replies: &[Reply]) -> Vec<u8> {
    if replies.is_empty() { Vec::new() } else { encode(replies) }
}

impl Engine {
    /// The session, if the snippet compiles.
    pub(crate) fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The same, to act on.
    pub(crate) fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    fn is_running(&self) -> bool {
        self.state == RunState::Running
    }

    pub(super) fn change(&mut self, mut state: RunState, replies: &mut Vec<Reply>) {
        if let (RunState::Failed(problem), Some(session)) = (&mut state, &self.session) {
            problem.file = convert::file_of(session, problem);
        }
        self.state = state.clone();
        replies.push(Reply::State { state });
    }
}
