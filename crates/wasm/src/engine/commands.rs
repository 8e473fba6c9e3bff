//! What the page's commands do.

use super::{Engine, now_ms};
use crate::comparison::Comparison;
use crate::convert::{self, state_at_rest};
use crate::goal::{Goal, collections};
use semispace_playground::heap::CollectionKind as HeapKind;
use semispace_playground::{History, Session, StepKind, Stride};
use semispace_protocol::{CollectionKind, Command, Reply, RunState, Sample, Settings, StepUnit};

/// Instructions of a run's first slice.
const FIRST_SLICE: u64 = 20_000;

impl Engine {
    pub(super) fn obey(&mut self, command: Command, replies: &mut Vec<Reply>) {
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
