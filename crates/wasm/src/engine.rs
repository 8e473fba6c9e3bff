//! The worker's engine: commands in, replies out, and work in slices that are short enough for Stop to feel instant.
//!
//! What a command asks of the session is done here; how the session's answers become the protocol's types is the business
//! of [`crate::convert`], [`crate::picture`] and [`crate::objects`].

use crate::convert::{self, counters_of, state_at_rest};
use crate::goal::{Goal, Search, collections, run_to_goal, step_to_promotion};
use crate::questions::Recording;
use crate::{comparison::Comparison, picture, still::Still};
use semispace_playground::heap::{CollectionKind as HeapKind, CollectionRecord, PROFILES};
use semispace_playground::{
    self as playground, CollectorPace, History, Session, SiteCount, StepKind, Stride,
};
use semispace_protocol::{
    CollectionKind, Command, Frame, LogEntry, Reply, RunState, Sample, Settings, StepUnit, decode, encode,
};
use std::collections::VecDeque;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// How long a slice should take, in milliseconds. A command waits for one slice at most.
const SLICE_MS: f64 = 8.0;
const FIRST_SLICE: u64 = 20_000;
const SLICE_LIMITS: (u64, u64) = (500, 20_000_000);
/// Steps of a collection, or of a large store that grows, between two looks at the clock: about a millisecond.
const COLLECTOR_STEPS: u64 = 8;
/// Between two turns below full speed, in milliseconds.
const TURN_MS: u32 = 16;
/// Making pictures may take at most this share of the time, so that watching does not slow the run down.
const PICTURE_SHARE: f64 = 0.02;
/// Keeping moments to go back to may take at most this share of it: what is missing is run again.
const HISTORY_SHARE: f64 = 0.02;
/// How long a portion of looking at a heap at rest takes, in milliseconds.
const LOOK_MS: f64 = 8.0;
/// After so long without the picture of a heap at rest the page gets one that lacks what is unreachable.
const PATIENCE_MS: f64 = 60.0;
/// Collections whose records are kept for "Why?".
const RECORDS: usize = 20_000;

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
        Self { slice: FIRST_SLICE, ..Self::default() }
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
    fn obey(&mut self, command: Command, replies: &mut Vec<Reply>) {
        if changes_the_heap(&command) {
            self.still = None;
            // The snapshot is of the heap as it was when it was asked for.
            self.capture_until(|| false);
        }
        match command {
            Command::Load(settings) => {
                let state = self.load(settings);
                self.change(state, replies);
            }
            // No step has led to the first statement: a breakpoint there holds a fresh run before it begins.
            Command::Run if !self.breakpoints.is_empty() && self.begins_at_breakpoint() => {
                self.change(RunState::Paused, replies);
            }
            Command::Run => {
                self.slowly = false;
                self.start_run(Goal::None, replies);
            }
            Command::RunToCollection { slowly } => {
                self.slowly = slowly;
                let goal = self.session.as_ref().map_or(Goal::None, |s| Goal::Collection(collections(s)));
                self.start_run(goal, replies);
            }
            Command::RunToPromotion { slowly } => {
                self.slowly = slowly;
                let goal =
                    self.session.as_ref().map_or(Goal::None, |s| Goal::Promotion(s.stats().promoted_bytes));
                self.start_run(goal, replies);
            }
            Command::Pause if self.is_running() => self.change(RunState::Paused, replies),
            Command::Pause => {}
            Command::Step => self.step_line(replies),
            Command::SetBreakpoints { lines } => self.breakpoints = lines,
            Command::Scavenge => self.act(Session::scavenge, replies),
            Command::FullGc => self.act(Session::full_gc, replies),
            Command::StartCollection { kind } => {
                let kind = match kind {
                    CollectionKind::Scavenge => HeapKind::Minor,
                    CollectionKind::Full => HeapKind::Full,
                };
                self.pause_first();
                self.act(|session| session.start_collection(kind), replies);
            }
            Command::StepCollection { unit } => {
                let stride = match unit {
                    StepUnit::Object => Stride::Unit,
                    StepUnit::Phase => Stride::Phase,
                    StepUnit::End => Stride::End,
                };
                self.act(|session| session.step_collection(stride), replies);
            }
            Command::SetSpeed { instructions_per_second } => {
                self.instructions_per_second = instructions_per_second
            }
            Command::RequestFrame => self.wants_frame = true,
            Command::Rewind { instructions } => self.rewind(instructions as u64, replies),
            Command::Compare(settings) => self.comparison = Some(Comparison::new(settings)),
            Command::EndComparison => self.comparison = None,
            question
            @ (Command::RequestObjects { .. } | Command::Inspect { .. } | Command::Follow { .. }) => {
                self.questions.push_back(question);
            }
            question => replies.extend(self.answer(question)),
        }
    }

    /// Commands that only ask.
    fn answer(&mut self, question: Command) -> Option<Reply> {
        match question {
            Command::Check { source } => {
                let problem = Session::check(&source).err().map(convert::diagnostic);
                Some(Reply::Checked { problem })
            }
            Command::Explain { number } => {
                let record = self.records.iter().find(|record| record.number == u64::from(number))?;
                Some(Reply::Explained(convert::explanation(number, self.session.as_ref()?.explain(record))))
            }
            Command::ExplainObject { address } => {
                let session = self.session.as_ref()?;
                let why = session.why_object(address / session.heap().config().profile.word_bytes)?;
                Some(Reply::Explained(convert::explanation(0, why)))
            }
            Command::ExplainPage { address } => {
                let session = self.session.as_ref()?;
                let why = session.why_page(address / session.heap().config().profile.word_bytes)?;
                Some(Reply::Explained(convert::explanation(0, why)))
            }
            Command::ExplainLimits => {
                Some(Reply::Explained(convert::explanation(0, self.session.as_ref()?.why_limits())))
            }
            _ => None,
        }
    }

    fn load(&mut self, settings: Settings) -> RunState {
        self.site_count = None;
        self.settings = settings.clone();
        self.slice = FIRST_SLICE;
        self.printed = 0;
        self.records.clear();
        self.samples.clear();
        self.last_sample = Sample::default();
        self.log.clear();
        self.history = History::default();
        match convert::session(settings) {
            Ok(session) => {
                self.history = History::of(&session);
                self.session = Some(session);
                self.sample();
                RunState::Ready
            }
            Err(problem) => {
                self.session = None;
                RunState::Failed(problem)
            }
        }
    }

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

    fn can_go_on(&self) -> bool {
        self.session.is_some() && matches!(self.state, RunState::Ready | RunState::Paused)
    }

    fn begins_at_breakpoint(&self) -> bool {
        let is_fresh = self.state == RunState::Ready;
        is_fresh && self.session.as_ref().is_some_and(|session| session.stands_on(&self.breakpoints))
    }

    fn start_run(&mut self, goal: Goal, replies: &mut Vec<Reply>) {
        if self.can_go_on() {
            self.goal = goal;
            self.last_turn = now_ms();
            self.change(RunState::Running, replies);
        }
    }

    fn pause_first(&mut self) {
        if self.is_running() {
            self.state = RunState::Paused;
        }
    }

    fn step_line(&mut self, replies: &mut Vec<Reply>) {
        if !self.can_go_on() {
            return;
        }
        let state = self.session.as_mut().map(|session| session.step(StepKind::Line));
        self.sample();
        self.change(state.map_or(RunState::Ready, state_at_rest), replies);
    }

    /// Does what a person asks of the heap, and says the state again so that the page asks for a new picture.
    fn act(&mut self, act: impl FnOnce(&mut Session), replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else { return };
        act(session);
        if !session.heap().is_collecting() {
            self.history.pin(session);
        }
        self.sample();
        let state = self.state.clone();
        self.change(state, replies);
    }

    fn rewind(&mut self, instructions: u64, replies: &mut Vec<Reply>) {
        let Some(mut session) = self.history.rewind(instructions) else { return };
        let printed: u64 = session.take_output().iter().map(|chunk| chunk.text.len() as u64).sum();
        session.take_collections();
        self.records.retain(|record| record.at_ns as f64 / 1e6 <= session.stats().virtual_ms);
        self.printed = session.printed().max(printed);
        self.samples.clear();
        self.last_sample = Sample::default();
        self.log.clear();
        let (instructions, virtual_ms) = (session.instructions() as f64, session.stats().virtual_ms);
        let state = if session.instructions() <= self.history.start() {
            RunState::Ready
        } else {
            state_at_rest(session.state().clone())
        };
        self.session = Some(session);
        replies.push(Reply::Rewound { instructions, virtual_ms, printed: self.printed as f64 });
        self.change(state, replies);
    }

    fn change(&mut self, mut state: RunState, replies: &mut Vec<Reply>) {
        if let (RunState::Failed(problem), Some(session)) = (&mut state, &self.session) {
            problem.file = convert::file_of(session, problem);
        }
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
        if self.slowly && matches!(self.goal, Goal::Promotion(_)) {
            match step_to_promotion(session, start, SLICE_MS) {
                Search::Found => return RunState::Paused,
                Search::GoesOn => return RunState::Running,
                Search::Over => {}
            }
        }
        let halts_after = self.goal != Goal::None;
        let pace = CollectorPace { steps: COLLECTOR_STEPS, halts_before: self.slowly, halts_after };
        session.set_collector_pace(pace);
        let was_collecting = session.is_in_collection();
        let (state, has_arrived) = loop {
            let (state, has_arrived) = match self.goal {
                Goal::None => session.run_to_lines(&self.breakpoints, instructions),
                goal => run_to_goal(session, goal, instructions),
            };
            let goes_on = session.is_in_collection() && !self.slowly && !has_arrived;
            if !goes_on || now_ms() - start >= SLICE_MS {
                break (state, has_arrived);
            }
        };
        session.set_collector_pace(CollectorPace::default());
        if self.slowly {
            session.start_due_collection();
        }
        if instructions == self.slice && !was_collecting && !session.is_in_collection() {
            let share = SLICE_MS / (now_ms() - start).max(0.1);
            let next = (self.slice as f64 * share.clamp(0.25, 2.0)) as u64;
            self.slice = next.clamp(SLICE_LIMITS.0, SLICE_LIMITS.1);
        }
        let end = now_ms();
        if end >= self.next_moment {
            self.history.note(session);
            self.next_moment = now_ms() + (now_ms() - end) * (1.0 / HISTORY_SHARE - 1.0);
        }
        // In the middle of a collection the sizes say nothing: the records tell what it did.
        if !session.is_in_collection() {
            self.sample();
        }
        match state {
            playground::RunState::Paused if has_arrived => RunState::Paused,
            playground::RunState::Paused => RunState::Running,
            ended => state_at_rest(ended),
        }
    }

    /// Notes the heap's sizes and the collections since the last time.
    fn sample(&mut self) {
        let Some(session) = &mut self.session else { return };
        let records = session.take_collections();
        self.log.extend(records.iter().map(|record| convert::log_entry(session, record)));
        let before = self.last_sample;
        self.samples.extend(convert::samples_around(session, &records, before));
        self.last_sample = convert::sample(session);
        self.samples.push(self.last_sample);
        self.records.extend(records);
        let excess = self.records.len().saturating_sub(RECORDS);
        self.records.drain(..excess);
    }

    /// Adds what was printed and, if the page waits for it and its time has come, the heap's picture, and what was asked about
    /// objects.
    fn report(&mut self, replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else {
            self.questions.clear();
            if std::mem::take(&mut self.wants_frame) {
                replies.push(Reply::Frame(Frame { is_traced: true, ..Frame::default() }));
            }
            return;
        };
        let chunks: Vec<_> = session.take_output().into_iter().map(convert::chunk).collect();
        self.printed += chunks.iter().map(|chunk| chunk.text.len() as u64).sum::<u64>();
        if !chunks.is_empty() {
            replies.push(Reply::Output { chunks });
        }
        if self.is_running() {
            self.report_running(replies);
        } else {
            self.look(replies);
        }
    }

    fn report_running(&mut self, replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else { return };
        for question in std::mem::take(&mut self.questions) {
            replies.extend(Still::default().answer_on(session, &question, || false));
        }
        let start = now_ms();
        if self.wants_frame && start >= self.next_picture {
            self.wants_frame = false;
            replies.extend(self.passing_frame().map(Reply::Frame));
            let end = now_ms();
            self.next_picture = end + (end - start) * (1.0 / PICTURE_SHARE - 1.0);
        }
    }

    /// Looks at the heap at rest for a while: the trace, then the picture, then the questions.
    fn look(&mut self, replies: &mut Vec<Reply>) {
        if !self.wants_frame && self.questions.is_empty() {
            return;
        }
        let Some(session) = &mut self.session else { return };
        let start = now_ms();
        let is_late = || now_ms() - start > LOOK_MS;
        if self.still.is_none() {
            self.looks_since = Some(start);
        }
        let still = self.still.get_or_insert_default();
        if !still.trace_on(session, is_late) {
            let is_overdue = self.looks_since.is_some_and(|since| start - since > PATIENCE_MS);
            if self.wants_frame && is_overdue {
                self.looks_since = None;
                let frame = self.passing_frame().map(|frame| Frame { is_traced: false, ..frame });
                replies.extend(frame.map(Reply::Frame));
            }
            return;
        }
        if self.wants_frame {
            let Some(picture) = still.paint_on(session, is_late) else { return };
            self.wants_frame = false;
            replies.extend(self.frame(picture).map(Reply::Frame));
        }
        while let Some(question) = self.questions.front()
            && let Some(session) = &mut self.session
            && let Some(still) = &mut self.still
        {
            let Some(answer) = still.answer_on(session, question, is_late) else { return };
            replies.push(answer);
            self.questions.pop_front();
            if is_late() {
                return;
            }
        }
    }

    /// The heap as it is, without a look at what is unreachable.
    fn passing_frame(&mut self) -> Option<Frame> {
        let picture = picture::of_session(self.session.as_ref()?, picture::View::Fast);
        self.frame(picture)
    }

    fn frame(&mut self, picture: Vec<u8>) -> Option<Frame> {
        let (samples, log) = (std::mem::take(&mut self.samples), std::mem::take(&mut self.log));
        let session = self.session.as_ref()?;
        Some(Frame {
            counters: counters_of(session),
            position: convert::position(session),
            picture,
            is_traced: true,
            samples,
            log,
            collection: session.stage().map(|stage| convert::stage(session, stage)),
        })
    }
}

/// Whether what was found out about the heap at rest may no longer be so.
const fn changes_the_heap(command: &Command) -> bool {
    matches!(
        command,
        Command::Load(_)
            | Command::Run
            | Command::RunToCollection { .. }
            | Command::RunToPromotion { .. }
            | Command::Step
            | Command::Scavenge
            | Command::FullGc
            | Command::StartCollection { .. }
            | Command::StepCollection { .. }
            | Command::Rewind { .. }
    )
}
