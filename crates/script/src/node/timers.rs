//! setTimeout and its relatives, on the virtual clock.
//!
//! When the script and its jobs have ended, the machine takes the next task: a timer that is due, then an immediate,
//! then the earliest timer, for which the clock jumps ahead. Nothing ever waits.

use std::collections::VecDeque;

use semispace_heap::{Mutator, Word};

use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const FUNCTIONS: &[Function] = &[
    ("setTimeout", 2, set_timeout),
    ("setInterval", 2, set_interval),
    ("setImmediate", 1, set_immediate),
    ("clearTimeout", 1, clear),
    ("clearInterval", 1, clear),
    ("clearImmediate", 1, clear),
    ("queueMicrotask", 1, queue_microtask),
];

/// Nanoseconds in a millisecond.
const MILLISECOND: u64 = 1_000_000;
/// The longest delay; a longer one counts as 1 ms, as in Node.
const LONGEST: f64 = 2_147_483_647.0;

/// A task that waits for its time.
#[derive(Clone, Debug)]
struct Timer {
    id: i32,
    due_ns: u64,
    /// For an interval, how far apart its runs are
    every_ns: Option<u64>,
    /// Callee, this, arguments
    call: Vec<Word>,
}

/// What is to run later.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    timers: Vec<Timer>,
    immediates: VecDeque<(i32, Vec<Word>)>,
    last_id: i32,
    /// How far the clock has jumped ahead of the instructions.
    pub skipped_ns: u64,
}

impl Tasks {
    /// Every value that waits.
    pub fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.timers.iter_mut().flat_map(|timer| &mut timer.call).for_each(&mut *visit);
        self.immediates.iter_mut().flat_map(|(_, call)| call).for_each(&mut *visit);
    }

    /// Every value that waits, to look at.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        let timers = self.timers.iter().flat_map(|timer| &timer.call);
        timers.chain(self.immediates.iter().flat_map(|(_, call)| call))
    }

    /// The next task at a time.
    pub fn next(&mut self, now_ns: u64) -> Option<Vec<Word>> {
        let earliest =
            (0..self.timers.len()).min_by_key(|&index| (self.timers[index].due_ns, self.timers[index].id));
        match earliest {
            Some(index) if self.immediates.is_empty() || self.timers[index].due_ns <= now_ns => {
                self.skipped_ns += self.timers[index].due_ns.saturating_sub(now_ns);
                Some(self.take(index))
            }
            _ => self.immediates.pop_front().map(|(_, call)| call),
        }
    }

    fn take(&mut self, index: usize) -> Vec<Word> {
        let timer = &mut self.timers[index];
        match timer.every_ns {
            Some(every) => {
                timer.due_ns += every;
                timer.call.clone()
            }
            None => self.timers.remove(index).call,
        }
    }

    fn next_id(&mut self) -> i32 {
        self.last_id += 1;
        self.last_id
    }
}

/// Timers and microtasks.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Global), FUNCTIONS)
}

/// The call that a timer makes: the callback and the arguments from number `first` on.
fn callback(vm: &mut Vm, args: Args, first: usize) -> Completion<Vec<Word>> {
    let function = vm.arg(args, 0);
    if !vm.is_callable(function) {
        let text = crate::node::inspect_word(vm, function);
        let message = format!("The \"callback\" argument must be of type function. Received {text}");
        return Err(vm.type_error(&message));
    }
    let rest = (first..args.count()).map(|index| vm.arg(args, index));
    Ok([function, UNDEFINED].into_iter().chain(rest).collect())
}

fn add_timer(vm: &mut Vm, args: Args, repeats: bool) -> Completion<Word> {
    let call = callback(vm, args, 2)?;
    let delay = vm.number_arg(args, 1)?;
    let delay = if (1.0..=LONGEST).contains(&delay) { delay.trunc() } else { 1.0 };
    let delay = delay as u64 * MILLISECOND;
    let now = vm.roots.now_ns();
    let tasks = &mut vm.roots.tasks;
    let id = tasks.next_id();
    tasks.timers.push(Timer { id, due_ns: now + delay, every_ns: repeats.then_some(delay), call });
    Ok(Word::smi(id))
}

fn set_timeout(vm: &mut Vm, args: Args) -> Completion<Word> {
    add_timer(vm, args, false)
}

fn set_interval(vm: &mut Vm, args: Args) -> Completion<Word> {
    add_timer(vm, args, true)
}

fn set_immediate(vm: &mut Vm, args: Args) -> Completion<Word> {
    let call = callback(vm, args, 1)?;
    let id = vm.roots.tasks.next_id();
    vm.roots.tasks.immediates.push_back((id, call));
    Ok(Word::smi(id))
}

fn clear(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(id) = vm.arg(args, 0).as_smi() {
        vm.roots.tasks.timers.retain(|timer| timer.id != id);
        vm.roots.tasks.immediates.retain(|(immediate, _)| *immediate != id);
    }
    Ok(value::UNDEFINED)
}

fn queue_microtask(vm: &mut Vm, args: Args) -> Completion<Word> {
    let call = callback(vm, args, args.count())?;
    vm.roots.jobs.push_back(call);
    Ok(UNDEFINED)
}
