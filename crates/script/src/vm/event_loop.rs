//! What runs when: ticks, jobs, timers, immediates, and how a run ends (Node: `lib/internal/process/task_queues.js`,
//! `lib/internal/process/promises.js`).
//!
//! After the script, and after every timer and immediate, all ticks run, then all jobs of promises, and again until
//! none of either is left. Then rejections that nobody has handled are reported, the collector's own tasks get their turn, then comes
//! the next timer. When nothing is left, `beforeExit` may begin something new; then comes `exit`.

use std::collections::VecDeque;

use semispace_heap::{Mutator, Word};

use super::call::Completion;
use super::{Abrupt, Exit, Vm};
use crate::diagnostic::{Diagnostic, Place};
use crate::node::timers::Task;
use crate::value;

/// How far the end of a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    /// Something is left to run, or may be.
    #[default]
    Running,
    /// The listeners of `beforeExit` run.
    BeforeExit,
    /// The listeners of `exit` run.
    AtExit,
    /// The listeners of an exception that no script caught run.
    Uncaught,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The script's, or a job's.
    #[default]
    Main,
    /// A tick's.
    Tick,
    /// A timer's.
    Timer,
    /// An immediate's.
    Immediate,
}

/// The state of the loop.
#[derive(Clone, Debug, Default)]
pub(super) struct EventLoop {
    phase: Phase,
    /// The jobs of promises are running: they all come before the next tick.
    draining: bool,
    turn: Turn,
    /// A listener took the exception that ended the last turn: a task that is due comes before the ticks and jobs that
    /// are left (Node's `InternalCallbackScope` runs none after an exception).
    postponed: bool,
    /// The exception that nobody caught, for the end of the run.
    failure: Option<Diagnostic>,
    /// Signals from outside that the script has not been told of.
    signals: VecDeque<String>,
}

impl Vm {
    /// How many of Node's own frames are below those of the script: the loader's below a script, those of
    /// `lib/internal/process/task_queues.js` and `lib/internal/timers.js` below the others.
    pub(super) fn frames_below(&self) -> usize {
        match self.event_loop.turn {
            Turn::Main if !self.event_loop.draining => 6,
            Turn::Timer => 2,
            Turn::Main | Turn::Tick | Turn::Immediate => 1,
        }
    }

    /// A signal like `SIGUSR2` from outside: its listeners run before the next timer; without one the run ends.
    pub fn raise(&mut self, signal: &str) {
        self.event_loop.signals.push_back(signal.to_owned());
    }

    /// Makes ready to run a script, function number `code`, whose file is called `name`: the prelude makes its `module`
    /// and `require`.
    pub(super) fn prepare_main(&mut self, code: u32, name: Word) -> Completion {
        self.enter_helper("prepareMain", &[name])?;
        let list = self.run_entered()?;
        let mark = self.roots.handle_mark();
        let list = self.handle(list);
        let closure = self.new_closure(code, value::UNDEFINED)?;
        let arguments = self.list_words(self.at(list));
        self.roots.release_handles(mark);
        let words: Vec<Word> = std::iter::once(closure).chain(arguments).collect();
        self.enter(&words)
    }

    /// The running function has ended: begins the next one. Some: the run is over.
    pub(super) fn after_function(&mut self) -> Completion<Option<Exit>> {
        if self.event_loop.phase == Phase::Uncaught {
            self.event_loop.phase = Phase::Running;
            let handled = self.roots.exception == value::TRUE;
            if let (Some(failure), false) = (self.event_loop.failure.take(), handled) {
                return Ok(Some(Exit::Failed(failure)));
            }
            self.event_loop.postponed = true;
        }
        if self.event_loop.phase == Phase::AtExit {
            return Ok(Some(match self.roots.exception.as_smi() {
                Some(0) | None => Exit::Finished,
                Some(code) => Exit::Exited(code),
            }));
        }
        if self.next_job()? {
            return Ok(None);
        }
        if self.is_bootstrapping() {
            return Ok(Some(Exit::Finished));
        }
        self.event_loop.phase = match self.event_loop.phase {
            Phase::BeforeExit => Phase::AtExit,
            _ => Phase::BeforeExit,
        };
        let helper = if self.event_loop.phase == Phase::AtExit { "atExit" } else { "beforeExit" };
        self.enter_helper(helper, &[])?;
        Ok(None)
    }

    /// Begins the next tick, job, report of a rejection, timer or immediate. False: there is none.
    fn next_job(&mut self) -> Completion<bool> {
        self.roots.kept.clear();
        let now = Mutator::now_ns(&self.roots);
        if std::mem::take(&mut self.event_loop.postponed)
            && let Some(task) = self.roots.tasks.next_due(now, self.event_loop.turn)
        {
            return self.begin_task(task);
        }
        loop {
            if !self.event_loop.draining {
                if let Some(words) = self.roots.ticks.pop_front() {
                    return self.begin(&words, Turn::Tick);
                }
                self.event_loop.draining = true;
            }
            if let Some(words) = self.next_microtask()? {
                return self.begin(&words, Turn::Main);
            }
            self.event_loop.draining = false;
            if self.roots.ticks.is_empty() {
                break;
            }
        }
        if !self.roots.rejections.is_empty() {
            let promise = self.roots.rejections.remove(0);
            let reason = self.promise_result(promise);
            self.event_loop.turn = Turn::Main;
            self.enter_helper("unhandled", &[promise, reason])?;
            return Ok(true);
        }
        if let Some(cell) = self.next_finalized() {
            self.event_loop.phase = Phase::Running;
            self.event_loop.turn = Turn::Main;
            self.enter_helper("finalizeCell", &[cell])?;
            return Ok(true);
        }
        if let Some(signal) = self.event_loop.signals.pop_front() {
            let name = self.string(&signal)?;
            self.event_loop.phase = Phase::Running;
            self.event_loop.turn = Turn::Main;
            self.enter_helper("signal", &[name])?;
            return Ok(true);
        }
        self.heap.scavenge_by_task(&mut self.roots);
        // A turn of the loop has a task of marking, and where it would wait there is one turn after the other. At its end Node
        // marks too, collects all that the script held, and exits; here that can still be looked at.
        let goes_on = self.roots.tasks.is_awaited() && self.heap.mark_by_task(&mut self.roots);
        if goes_on && !self.roots.tasks.is_ready(now) {
            self.event_loop.turn = Turn::Main;
            self.enter_helper("markingTask", &[])?;
            return Ok(true);
        }
        match self.roots.tasks.next(now) {
            Some(task) => self.begin_task(task),
            None => Ok(false),
        }
    }

    fn begin_task(&mut self, task: Task) -> Completion<bool> {
        let (helper, turn) =
            if task.immediate { ("runImmediate", Turn::Immediate) } else { ("runTimer", Turn::Timer) };
        (self.event_loop.phase, self.event_loop.turn) = (Phase::Running, turn);
        self.enter_helper(helper, &[task.object])?;
        Ok(true)
    }

    fn begin(&mut self, words: &[Word], turn: Turn) -> Completion<bool> {
        self.event_loop.turn = turn;
        self.event_loop.phase = match self.event_loop.phase {
            Phase::BeforeExit => Phase::Running,
            phase => phase,
        };
        self.enter(words).map(|()| true)
    }

    /// What an operation of the running function did not come back from. Some: the run stops.
    pub(super) fn handle_abrupt(&mut self, abrupt: Abrupt) -> Option<Exit> {
        match abrupt {
            Abrupt::OutOfMemory(report) => Some(Exit::OutOfMemory(report)),
            Abrupt::Exit(code) => Some(Exit::Exited(code)),
            Abrupt::Break => Some(Exit::Paused),
            _ => {
                let error = self.roots.exception;
                let diagnostic = self.uncaught(error);
                if self.unwind() {
                    return None;
                }
                self.report_uncaught(error, diagnostic)
            }
        }
    }

    /// Gives the listeners of `uncaughtException` and of `exit` their turn. An exception of theirs ends the run at once.
    fn report_uncaught(&mut self, error: Word, diagnostic: Diagnostic) -> Option<Exit> {
        let again = matches!(self.event_loop.phase, Phase::Uncaught | Phase::AtExit);
        if again || self.is_bootstrapping() {
            return Some(Exit::Failed(diagnostic));
        }
        self.event_loop.phase = Phase::Uncaught;
        self.event_loop.failure = Some(diagnostic);
        let origin = self.roots.atoms.word(self.names.uncaught_exception);
        match self.enter_helper("uncaught", &[error, origin]) {
            Ok(()) => None,
            Err(Abrupt::OutOfMemory(report)) => Some(Exit::OutOfMemory(report)),
            Err(_) => self.event_loop.failure.take().map(Exit::Failed),
        }
    }

    /// Begins a run of a function of the prelude.
    fn enter_helper(&mut self, helper: &'static str, arguments: &[Word]) -> Completion {
        let mut words = vec![self.helper(helper), value::UNDEFINED];
        words.extend_from_slice(arguments);
        self.enter(&words)
    }

    /// Line, column and text of the place where an error was made, from its stack.
    pub(super) fn place_in_stack(&self, stack: &str) -> Option<(u32, u32, String)> {
        let frame = stack.lines().map(str::trim).find_map(|line| line.strip_prefix("at "))?;
        let place = frame.rsplit_once('(').map_or(frame, |(_, place)| place).trim_end_matches(')');
        let (place, column) = place.rsplit_once(':')?;
        let (file, line) = place.rsplit_once(':')?;
        let place = Place { line: line.parse().ok()?, column: column.parse().ok()? };
        let source = self.sources.iter().find(|source| source.is_visible() && *source.file == *file)?;
        let text = source.text.lines().nth(place.line as usize - 1).unwrap_or("").to_owned();
        Some((place.line, place.column, text))
    }
}
