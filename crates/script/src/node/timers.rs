//! Timers, immediates, ticks and jobs: what waits for its turn. The objects are those of `prelude/timers.js`.
//!
//! Time is virtual: a timer that is due runs, else an immediate, else the clock jumps ahead to the earliest timer.
//! Nothing ever waits.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use semispace_heap::{Mutator, Word};

use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Turn, Vm};

const INTRINSICS: &[Function] = &[
    ("$schedule", 3, schedule),
    ("$unschedule", 1, unschedule),
    ("$keepsAlive", 2, keeps_alive),
    ("$nextTick", 1, next_tick),
    ("$enqueueTick", 1, enqueue_tick),
    ("$activeTasks", 0, active_tasks),
];

/// Nanoseconds in a millisecond.
const MILLISECOND: u64 = 1_000_000;

/// When something is due, and its number: those of one moment run in the order in which they were set. Immediates are due
/// at 0.
type Place = (u64, i32);

#[derive(Clone, Debug)]
struct Entry {
    /// For an interval, how far apart its runs are
    every_ns: Option<u64>,
    /// Whether the run waits for it
    keeps_alive: bool,
    object: Word,
}

/// Entries in their order.
#[derive(Clone, Debug, Default)]
struct Queue {
    entries: VecDeque<(Place, Entry)>,
    /// How many of them the run waits for
    awaited: usize,
}

impl Queue {
    fn insert(&mut self, place: Place, entry: Entry) {
        self.awaited += usize::from(entry.keeps_alive);
        let at = self.entries.partition_point(|&(other, _)| other < place);
        self.entries.insert(at, (place, entry));
    }

    fn remove(&mut self, place: Place) -> Option<Entry> {
        let at = self.entries.binary_search_by_key(&place, |&(other, _)| other).ok()?;
        let (_, entry) = self.entries.remove(at)?;
        self.awaited -= usize::from(entry.keeps_alive);
        Some(entry)
    }

    fn first(&self) -> Option<Place> {
        self.entries.front().map(|&(place, _)| place)
    }

    fn keep_alive(&mut self, place: Place, keeps: bool) {
        if let Some(mut entry) = self.remove(place) {
            entry.keeps_alive = keeps;
            self.insert(place, entry);
        }
    }
}

/// What is to run later.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    timers: Queue,
    /// When each timer is due
    due_ns: FxHashMap<i32, u64>,
    immediates: Queue,
    /// The immediates of the current turn of the loop: those that come meanwhile wait for the next.
    turn: Queue,
    last_number: i32,
    /// Timers are running: all that are due do, whether the run waits for them or not.
    in_timers: bool,
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
        for queue in [&mut self.timers, &mut self.immediates, &mut self.turn] {
            queue.entries.iter_mut().for_each(|(_, entry)| visit(&mut entry.object));
        }
    }

    /// Every value that waits, to look at.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let queues = [&self.timers, &self.immediates, &self.turn];
        queues.into_iter().flat_map(|queue| queue.entries.iter().map(|(_, entry)| &entry.object))
    }

    /// What the run waits for.
    fn awaited(&self) -> Vec<Word> {
        let queues = [&self.timers, &self.turn, &self.immediates];
        let entries = queues.into_iter().flat_map(|queue| &queue.entries);
        entries.filter(|(_, entry)| entry.keeps_alive).map(|(_, entry)| entry.object).collect()
    }

    /// An immediate of the machine's own.
    pub fn add_immediate(&mut self, object: Word) {
        let number = self.next_number();
        self.immediates.insert((0, number), Entry { every_ns: None, keeps_alive: true, object });
    }

    fn add_timer(&mut self, due_ns: u64, number: i32, entry: Entry) {
        self.due_ns.insert(number, due_ns);
        self.timers.insert((due_ns, number), entry);
    }

    fn next_number(&mut self) -> i32 {
        self.last_number += 1;
        self.last_number
    }

    /// The queues in which a number may wait, and its places there.
    fn places(&mut self, number: i32) -> [(&mut Queue, Place); 3] {
        let due_ns = self.due_ns.get(&number).copied().unwrap_or_default();
        [
            (&mut self.timers, (due_ns, number)),
            (&mut self.immediates, (0, number)),
            (&mut self.turn, (0, number)),
        ]
    }

    /// Whether the run waits for a timer or an immediate.
    pub(crate) fn is_awaited(&self) -> bool {
        self.timers.awaited + self.immediates.awaited > 0
    }

    /// Whether the loop has something to run at a time, without waiting.
    pub(crate) fn is_ready(&self, now_ns: u64) -> bool {
        let timer = self.timers.first().is_some_and(|(due_ns, _)| due_ns <= now_ns);
        timer || !self.turn.entries.is_empty() || !self.immediates.entries.is_empty()
    }

    /// The next task at a time; none if only timers are left that the run does not wait for.
    pub fn next(&mut self, now_ns: u64) -> Option<Task> {
        if let Some(task) = self.next_of_turn() {
            return Some(task);
        }
        // To start the loop takes Node about a millisecond: `setTimeout(f, 0)` of the script comes before its immediates.
        let start_ns = if self.begun || self.timers.entries.is_empty() { 0 } else { MILLISECOND };
        self.begun |= !self.timers.entries.is_empty() || !self.immediates.entries.is_empty();
        self.skipped_ns += start_ns;
        let now_ns = now_ns + start_ns;
        let goes_on = self.in_timers && self.timers.first().is_some_and(|(due_ns, _)| due_ns <= now_ns);
        self.in_timers = false;
        if !self.is_awaited() && !goes_on {
            return None;
        }
        match self.timers.first() {
            Some(place) if self.immediates.entries.is_empty() || place.0 <= now_ns => {
                self.skipped_ns += place.0.saturating_sub(now_ns);
                self.take_timer(place)
            }
            _ => {
                std::mem::swap(&mut self.turn, &mut self.immediates);
                self.next_of_turn()
            }
        }
    }

    fn next_of_turn(&mut self) -> Option<Task> {
        let entry = self.turn.remove(self.turn.first()?)?;
        Some(Task { object: entry.object, immediate: true })
    }

    /// The task that comes before ticks and jobs when an exception ended such a turn: after a tick whatever is due, after
    /// a timer another one, after an immediate another one.
    pub(crate) fn next_due(&mut self, now_ns: u64, turn: Turn) -> Option<Task> {
        let start_ns = if self.begun { 0 } else { MILLISECOND };
        let timer = self.timers.first().is_some_and(|(due_ns, _)| due_ns <= now_ns + start_ns);
        let immediate = !self.turn.entries.is_empty() || !self.immediates.entries.is_empty();
        let is_due = match turn {
            Turn::Main => false,
            Turn::Tick => timer || immediate,
            Turn::Timer => timer && self.turn.entries.is_empty(),
            Turn::Immediate => !self.turn.entries.is_empty(),
        };
        if is_due { self.next(now_ns) } else { None }
    }

    fn take_timer(&mut self, place: Place) -> Option<Task> {
        let entry = self.timers.remove(place)?;
        let (due_ns, number) = place;
        let task = Task { object: entry.object, immediate: false };
        self.in_timers = true;
        match entry.every_ns {
            Some(every_ns) => self.add_timer(due_ns + every_ns, number, entry),
            None => {
                self.due_ns.remove(&number);
            }
        }
        Some(task)
    }
}

/// The intrinsics of timers.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

fn schedule(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = vm.arg(args, 0);
    let now = vm.roots.now_ns();
    let delay = vm.as_number(vm.arg(args, 1));
    let repeats = vm.arg(args, 2) == value::TRUE;
    let tasks = &mut vm.roots.tasks;
    match delay {
        Some(milliseconds) => {
            let delay = milliseconds.max(0.0).trunc() as u64 * MILLISECOND;
            let number = tasks.next_number();
            let entry = Entry { every_ns: repeats.then_some(delay), keeps_alive: true, object };
            tasks.add_timer(now + delay, number, entry);
        }
        None => tasks.add_immediate(object),
    }
    Ok(Word::smi(tasks.last_number))
}

fn unschedule(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(number) = vm.small_arg(args, 0) {
        let tasks = &mut vm.roots.tasks;
        for (queue, place) in tasks.places(number) {
            queue.remove(place);
        }
        tasks.due_ns.remove(&number);
    }
    Ok(UNDEFINED)
}

fn keeps_alive(vm: &mut Vm, args: Args) -> Completion<Word> {
    let keeps = vm.arg(args, 1) == value::TRUE;
    if let Some(number) = vm.small_arg(args, 0) {
        for (queue, place) in vm.roots.tasks.places(number) {
            queue.keep_alive(place, keeps);
        }
    }
    Ok(UNDEFINED)
}

/// The call of argument 0 with the arguments after it. `async_hooks` wants Node's own ticks to be resources as well.
fn next_tick(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !vm.roots.tracks_promises {
        return enqueue_tick(vm, args);
    }
    let words: Vec<Word> = (0..args.count()).map(|index| vm.arg(args, index)).collect();
    let tick = vm.helper("nextTick");
    vm.request_call(tick, UNDEFINED, &words)
}

fn active_tasks(vm: &mut Vm, _: Args) -> Completion<Word> {
    let words = vm.roots.tasks.awaited();
    vm.array_from(&words).map(Word::reference)
}

fn enqueue_tick(vm: &mut Vm, args: Args) -> Completion<Word> {
    let rest = (1..args.count()).map(|index| vm.arg(args, index));
    let call = [vm.arg(args, 0), UNDEFINED].into_iter().chain(rest).collect();
    vm.roots.ticks.push_back(call);
    Ok(UNDEFINED)
}
