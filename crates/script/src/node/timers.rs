//! Timers, immediates, ticks and jobs: what waits for its turn. The objects are those of `prelude/timers.js`.
//!
//! Time is virtual: a timer that is due runs, else an immediate, else the clock jumps ahead to the earliest timer.
//! Nothing ever waits.

use std::collections::VecDeque;

use semispace_heap::{Mutator, Word};

use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Turn, Vm};

const INTRINSICS: &[Function] = &[
    ("$schedule", 3, schedule),
    ("$unschedule", 1, unschedule),
    ("$keepsAlive", 2, keeps_alive),
    ("$nextTick", 1, next_tick),
];

/// Nanoseconds in a millisecond.
const MILLISECOND: u64 = 1_000_000;

#[derive(Clone, Debug)]
struct Timer {
    number: i32,
    due_ns: u64,
    /// For an interval, how far apart its runs are
    every_ns: Option<u64>,
    /// Whether the run waits for it
    keeps_alive: bool,
    object: Word,
}

#[derive(Clone, Debug)]
struct Immediate {
    number: i32,
    keeps_alive: bool,
    object: Word,
}

/// What is to run later.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    timers: Vec<Timer>,
    immediates: VecDeque<Immediate>,
    /// The immediates of the current turn of the loop: those that come meanwhile wait for the next.
    turn: VecDeque<Immediate>,
    last_number: i32,
    /// The first turn has come
    begun: bool,
    /// How far the clock has jumped ahead of the instructions.
    pub skipped_ns: u64,
}

/// A task whose time has come.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The Timeout or Immediate.
    pub object: Word,
    /// Which of them it is.
    pub immediate: bool,
}

impl Tasks {
    /// Every value that waits.
    pub fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.timers.iter_mut().for_each(|timer| visit(&mut timer.object));
        self.immediates.iter_mut().chain(&mut self.turn).for_each(|immediate| visit(&mut immediate.object));
    }

    /// Every value that waits, to look at.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let immediates = self.immediates.iter().chain(&self.turn).map(|immediate| &immediate.object);
        self.timers.iter().map(|timer| &timer.object).chain(immediates)
    }

    /// An immediate of the machine's own.
    pub fn add_immediate(&mut self, object: Word) {
        self.last_number += 1;
        self.immediates.push_back(Immediate { number: self.last_number, keeps_alive: true, object });
    }

    /// The next task at a time; none if only timers are left that the run does not wait for.
    pub fn next(&mut self, now_ns: u64) -> Option<Task> {
        if let Some(immediate) = self.turn.pop_front() {
            return Some(Task { object: immediate.object, immediate: true });
        }
        // To start the loop takes Node about a millisecond: `setTimeout(f, 0)` of the script comes before its immediates.
        let start_ns = if self.begun || self.timers.is_empty() { 0 } else { MILLISECOND };
        self.begun |= !self.timers.is_empty() || !self.immediates.is_empty();
        self.skipped_ns += start_ns;
        let now_ns = now_ns + start_ns;
        let mut waiting = self.timers.iter().map(|timer| timer.keeps_alive);
        let alive =
            waiting.any(|alive| alive) || self.immediates.iter().any(|immediate| immediate.keeps_alive);
        if !alive {
            return None;
        }
        let earliest = (0..self.timers.len())
            .min_by_key(|&index| (self.timers[index].due_ns, self.timers[index].number));
        match earliest {
            Some(index) if self.immediates.is_empty() || self.timers[index].due_ns <= now_ns => {
                self.skipped_ns += self.timers[index].due_ns.saturating_sub(now_ns);
                let object = self.take(index);
                Some(Task { object, immediate: false })
            }
            _ => {
                std::mem::swap(&mut self.turn, &mut self.immediates);
                self.turn.pop_front().map(|immediate| Task { object: immediate.object, immediate: true })
            }
        }
    }

    /// The task that comes before ticks and jobs when an exception ended such a turn: after a tick whatever is due, after
    /// a timer another one, after an immediate another one.
    pub(crate) fn next_due(&mut self, now_ns: u64, turn: Turn) -> Option<Task> {
        let start_ns = if self.begun { 0 } else { MILLISECOND };
        let timer = self.timers.iter().any(|timer| timer.due_ns <= now_ns + start_ns);
        let immediate = !self.turn.is_empty() || !self.immediates.is_empty();
        let is_due = match turn {
            Turn::Main => false,
            Turn::Tick => timer || immediate,
            Turn::Timer => timer && self.turn.is_empty(),
            Turn::Immediate => !self.turn.is_empty(),
        };
        if is_due { self.next(now_ns) } else { None }
    }

    fn take(&mut self, index: usize) -> Word {
        let timer = &mut self.timers[index];
        match timer.every_ns {
            Some(every) => {
                timer.due_ns += every;
                timer.object
            }
            None => self.timers.remove(index).object,
        }
    }
}

/// The intrinsics of timers, and queueMicrotask.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)?;
    methods(vm, vm.intrinsic(Intrinsic::Global), &[("queueMicrotask", 1, queue_microtask)])
}

fn schedule(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = vm.arg(args, 0);
    let now = vm.roots.now_ns();
    let delay = vm.as_number(vm.arg(args, 1));
    let repeats = vm.arg(args, 2) == value::TRUE;
    let tasks = &mut vm.roots.tasks;
    tasks.last_number += 1;
    let number = tasks.last_number;
    match delay {
        Some(milliseconds) => {
            let delay = milliseconds.max(0.0).trunc() as u64 * MILLISECOND;
            tasks.timers.push(Timer {
                number,
                due_ns: now + delay,
                every_ns: repeats.then_some(delay),
                keeps_alive: true,
                object,
            });
        }
        None => tasks.immediates.push_back(Immediate { number, keeps_alive: true, object }),
    }
    Ok(Word::smi(number))
}

fn unschedule(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(number) = vm.small_arg(args, 0) {
        let tasks = &mut vm.roots.tasks;
        tasks.timers.retain(|timer| timer.number != number);
        tasks.immediates.retain(|immediate| immediate.number != number);
        tasks.turn.retain(|immediate| immediate.number != number);
    }
    Ok(UNDEFINED)
}

fn keeps_alive(vm: &mut Vm, args: Args) -> Completion<Word> {
    let keeps = vm.arg(args, 1) == value::TRUE;
    if let Some(number) = vm.small_arg(args, 0) {
        let tasks = &mut vm.roots.tasks;
        tasks
            .timers
            .iter_mut()
            .filter(|timer| timer.number == number)
            .for_each(|timer| timer.keeps_alive = keeps);
        let immediates = tasks.immediates.iter_mut().chain(&mut tasks.turn);
        immediates
            .filter(|immediate| immediate.number == number)
            .for_each(|immediate| immediate.keeps_alive = keeps);
    }
    Ok(UNDEFINED)
}

/// The call of argument 0 with the arguments after it.
fn call_of(vm: &Vm, args: Args, most: usize) -> Vec<Word> {
    let rest = (1..args.count().min(most)).map(|index| vm.arg(args, index));
    [vm.arg(args, 0), UNDEFINED].into_iter().chain(rest).collect()
}

fn next_tick(vm: &mut Vm, args: Args) -> Completion<Word> {
    let call = call_of(vm, args, usize::MAX);
    vm.roots.ticks.push_back(call);
    Ok(UNDEFINED)
}

fn queue_microtask(vm: &mut Vm, args: Args) -> Completion<Word> {
    let callback = vm.arg(args, 0);
    if !vm.is_callable(callback) {
        return vm.request_helper("checkCallback", &[callback]);
    }
    let call = call_of(vm, args, 1);
    vm.roots.jobs.push_back(call);
    Ok(UNDEFINED)
}
