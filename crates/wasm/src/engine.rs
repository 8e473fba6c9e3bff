//! The worker's engine: commands in, replies out, and work in slices that are short enough for Stop to feel instant.

use crate::picture;
use js_sys::Array;
use semispace_playground::heap::PROFILES;
use semispace_playground::{self as playground, Session, SessionConfig, StepKind};
use semispace_protocol::{
    Command, Counters, Diagnostic, Frame, OutputChunk, Position, ProfileChoice, Reply, RunState, Settings,
    SlabCounts, Stream,
};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// How long a slice should take, in milliseconds. A command waits for one slice at most.
const SLICE_MS: f64 = 5.0;
const FIRST_SLICE: u64 = 20_000;
const SLICE_LIMITS: (u64, u64) = (500, 20_000_000);
/// Between two turns below full speed, in milliseconds.
const TURN_MS: u32 = 16;
/// Making pictures may take at most this share of the time, so that watching does not slow the run down.
const PICTURE_SHARE: f64 = 0.15;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds of a monotonic clock: in pages, workers and Node alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

/// The engine of one worker: at most one session, and the pace at which it runs.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Option<Session>,
    state: RunState,
    instructions_per_second: Option<u32>,
    slice: u64,
    last_turn: f64,
    wants_frame: bool,
    next_picture: f64,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without a session.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        console_error_panic_hook::set_once();
        Self { slice: FIRST_SLICE, ..Self::default() }
    }

    /// The first replies: what this engine offers.
    ///
    /// # Errors
    /// When a reply cannot be turned into a JavaScript value.
    pub fn started(&self) -> Result<Array, JsError> {
        let profile =
            |p: &playground::heap::Profile| ProfileChoice { name: p.name.into(), label: p.engine.into() };
        to_js(&[Reply::Started { profiles: PROFILES.iter().map(profile).collect() }])
    }

    /// Does what a `Command` of the protocol asks and returns the replies.
    ///
    /// # Errors
    /// When the value is no command.
    pub fn handle(&mut self, command: JsValue) -> Result<Array, JsError> {
        let command: Command = serde_wasm_bindgen::from_value(command)?;
        let mut replies = Vec::new();
        self.obey(command, &mut replies);
        self.report(&mut replies);
        to_js(&replies)
    }

    /// Whether there is work: the session runs.
    #[wasm_bindgen(js_name = wantsTurn)]
    #[must_use]
    pub fn wants_turn(&self) -> bool {
        self.state == RunState::Running
    }

    /// Milliseconds to wait before the next turn: none at full speed.
    #[wasm_bindgen(js_name = pauseBeforeTurn)]
    #[must_use]
    pub fn pause_before_turn(&self) -> u32 {
        if self.instructions_per_second.is_some() { TURN_MS } else { 0 }
    }

    /// Runs one slice and returns the replies.
    ///
    /// # Errors
    /// When a reply cannot be turned into a JavaScript value.
    pub fn turn(&mut self) -> Result<Array, JsError> {
        let mut replies = Vec::new();
        if self.wants_turn() {
            let state = self.run_slice();
            if state != RunState::Running {
                self.change(state, &mut replies);
            }
        }
        self.report(&mut replies);
        to_js(&replies)
    }
}

impl Engine {
    fn obey(&mut self, command: Command, replies: &mut Vec<Reply>) {
        match command {
            Command::Load(settings) => {
                let state = self.load(settings);
                self.change(state, replies);
            }
            Command::Run if self.can_go_on() => {
                self.last_turn = now_ms();
                self.change(RunState::Running, replies);
            }
            Command::Pause if self.wants_turn() => self.change(RunState::Paused, replies),
            Command::Step if self.can_go_on() => {
                let state = self.session.as_mut().map(|session| session.step(StepKind::Line));
                self.change(state.map_or(RunState::Ready, state_at_rest), replies);
            }
            Command::Scavenge => self.collect(Session::scavenge, replies),
            Command::FullGc => self.collect(Session::full_gc, replies),
            Command::SetSpeed { instructions_per_second } => {
                self.instructions_per_second = instructions_per_second
            }
            Command::RequestFrame => self.wants_frame = true,
            Command::Run | Command::Pause | Command::Step => {}
        }
    }

    fn load(&mut self, settings: Settings) -> RunState {
        let profile = match settings.profile.as_str() {
            "" => Ok(SessionConfig::default().profile),
            name => name.parse(),
        };
        let Ok(profile) = profile else {
            let message = format!("There is no profile named {}.", settings.profile);
            return RunState::Failed(Diagnostic { message, ..Diagnostic::default() });
        };
        let config = SessionConfig {
            source: settings.source,
            profile,
            seed: settings.seed.into(),
            ..SessionConfig::default()
        };
        self.slice = FIRST_SLICE;
        match Session::new(config) {
            Ok(session) => {
                self.session = Some(session);
                RunState::Ready
            }
            Err(diagnostic) => {
                self.session = None;
                RunState::Failed(diagnostic_of(diagnostic))
            }
        }
    }

    fn can_go_on(&self) -> bool {
        self.session.is_some() && matches!(self.state, RunState::Ready | RunState::Paused)
    }

    /// Collects, and says the state again so that the page asks for a new picture.
    fn collect(&mut self, collect: fn(&mut Session), replies: &mut Vec<Reply>) {
        if let Some(session) = &mut self.session {
            collect(session);
            let state = self.state.clone();
            self.change(state, replies);
        }
    }

    fn change(&mut self, state: RunState, replies: &mut Vec<Reply>) {
        self.state = state.clone();
        replies.push(Reply::State { state });
    }

    /// Runs as many instructions as fit a slice, or as the chosen speed allows, and learns from the time they took.
    fn run_slice(&mut self) -> RunState {
        let Some(session) = &mut self.session else { return RunState::Ready };
        let start = now_ms();
        let allowed = self.instructions_per_second.map(|speed| {
            let elapsed = (start - self.last_turn).clamp(1.0, 100.0);
            (f64::from(speed) * elapsed / 1e3).ceil() as u64
        });
        self.last_turn = start;
        let instructions = allowed.unwrap_or(self.slice).min(self.slice);
        let state = session.run(instructions);
        if instructions == self.slice {
            let share = SLICE_MS / (now_ms() - start).max(0.1);
            let next = (self.slice as f64 * share.clamp(0.25, 2.0)) as u64;
            self.slice = next.clamp(SLICE_LIMITS.0, SLICE_LIMITS.1);
        }
        match state {
            playground::RunState::Paused => RunState::Running,
            ended => state_at_rest(ended),
        }
    }

    /// Adds what was printed and, if the page waits for it and its time has come, the heap's picture.
    fn report(&mut self, replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else {
            if std::mem::take(&mut self.wants_frame) {
                replies.push(Reply::Frame(Frame::default()));
            }
            return;
        };
        let chunks: Vec<_> = session.take_output().into_iter().map(chunk_of).collect();
        if !chunks.is_empty() {
            replies.push(Reply::Output { chunks });
        }
        let start = now_ms();
        let is_due = self.state != RunState::Running || start >= self.next_picture;
        if self.wants_frame && is_due {
            self.wants_frame = false;
            replies.push(Reply::Frame(frame_of(session)));
            let end = now_ms();
            self.next_picture = end + (end - start) * (1.0 / PICTURE_SHARE - 1.0);
        }
    }
}

fn frame_of(session: &Session) -> Frame {
    let position = session.position().map(|(line, column)| Position { line, column });
    Frame { counters: counters_of(session), position, picture: picture::of_heap(session.heap()) }
}

pub(crate) fn counters_of(session: &Session) -> Counters {
    let stats = session.stats();
    let number = |count: u64| count as f64;
    let slabs = stats.slabs;
    Counters {
        instructions: number(stats.instructions),
        virtual_ms: stats.virtual_ms,
        scavenges: number(stats.scavenges),
        mark_compacts: number(stats.mark_compacts),
        incremental_steps: number(stats.incremental_steps),
        allocated_bytes: number(stats.allocated_bytes),
        semi_space_copied_bytes: number(stats.semi_space_copied_bytes),
        promoted_bytes: number(stats.promoted_bytes),
        marked_bytes: number(stats.marked_bytes),
        evacuated_bytes: number(stats.evacuated_bytes),
        write_barrier_hits: number(stats.write_barrier_hits),
        max_pause_ms: stats.max_pause_ms,
        total_pause_ms: stats.total_pause_ms,
        heap_used: number(stats.heap_used),
        heap_total: number(stats.heap_total),
        external: number(stats.external),
        array_buffers: number(stats.array_buffers),
        rss: number(stats.rss),
        peak_heap_used: number(stats.peak_heap_used),
        slabs: SlabCounts {
            live: number(slabs.live),
            empty: number(slabs.empty),
            partial: number(slabs.partial),
            full: number(slabs.full),
        },
    }
}

/// The state of a session that does not run.
pub(crate) fn state_at_rest(state: playground::RunState) -> RunState {
    match state {
        playground::RunState::Paused => RunState::Paused,
        playground::RunState::Finished { exit_code } => RunState::Finished { exit_code },
        playground::RunState::Failed(diagnostic) => RunState::Failed(diagnostic_of(diagnostic)),
        playground::RunState::OutOfMemory(report) => RunState::OutOfMemory { report },
    }
}

fn diagnostic_of(diagnostic: playground::Diagnostic) -> Diagnostic {
    let playground::Diagnostic { message, line, column, .. } = diagnostic;
    Diagnostic { message, line, column }
}

pub(crate) fn chunk_of(chunk: playground::OutputChunk) -> OutputChunk {
    let stream = match chunk.stream {
        playground::Stream::Stdout => Stream::Stdout,
        playground::Stream::Stderr => Stream::Stderr,
    };
    OutputChunk { stream, text: chunk.text }
}

fn to_js(replies: &[Reply]) -> Result<Array, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    replies.iter().map(|reply| reply.serialize(&serializer).map_err(JsError::from)).collect()
}
