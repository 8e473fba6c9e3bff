//! Around the hot loop: a run in slices, and where an exception goes.

use semispace_heap::Word;

use super::call::{Completion, Link};
use super::interpreter::Stop;
use super::{Abrupt, Exit, Vm};
use crate::value;

/// Fuel of one call of the loop: so many back-edges and calls, roughly, before it returns to be called again.
const SLICE: i64 = 200_000;

impl Vm {
    /// Runs until the script and its jobs have ended, or about `budget` instructions have been run.
    pub fn run(&mut self, budget: u64) -> Exit {
        let mut left = budget.min(i64::MAX as u64) as i64;
        let mut collector_steps = self.pace.steps;
        loop {
            match self.collect_due(&mut collector_steps) {
                Ok(true) => {}
                Ok(false) => return Exit::Paused,
                Err(abrupt) => {
                    if let Some(exit) = self.handle_abrupt(abrupt) {
                        return exit;
                    }
                }
            }
            let slice = left.min(SLICE).min(self.until_sample());
            self.roots.fuel = slice;
            self.roots.slice = slice;
            let stop = if self.finished { Stop::Done } else { self.interpret() };
            let used = slice - self.roots.fuel;
            left -= used;
            self.roots.instructions += used.max(0) as u64;
            (self.roots.slice, self.roots.fuel) = (0, 0);
            self.sample_if_due();
            match stop {
                Stop::Fuel if left <= 0 => return Exit::Paused,
                Stop::Fuel | Stop::Collection => {}
                Stop::Done => match self.after_function() {
                    Ok(None) => {}
                    Ok(Some(exit)) => return exit,
                    Err(abrupt) => {
                        if let Some(exit) = self.handle_abrupt(abrupt) {
                            return exit;
                        }
                    }
                },
                Stop::Failed(abrupt) => {
                    if let Some(exit) = self.handle_abrupt(abrupt) {
                        return exit;
                    }
                }
            }
        }
    }

    /// Runs the function just entered to its end, uncounted, and returns its value. For functions of the prelude.
    pub(super) fn run_entered(&mut self) -> Completion<Word> {
        self.run_entered_within(u64::MAX)
    }

    /// The same within about so many instructions.
    pub(super) fn run_entered_within(&mut self, instructions: u64) -> Completion<Word> {
        let fuel = instructions.min(i64::MAX as u64) as i64;
        (self.roots.slice, self.roots.fuel) = (fuel, fuel);
        let pace = std::mem::take(&mut self.pace);
        let (mut stop, mut unlimited) = (self.interpret(), u64::MAX);
        while let Stop::Collection = stop {
            stop = match self.collect_due(&mut unlimited) {
                Ok(_) => self.interpret(),
                Err(abrupt) => Stop::Failed(abrupt),
            };
        }
        self.pace = pace;
        (self.roots.slice, self.roots.fuel) = (0, 0);
        match stop {
            Stop::Failed(abrupt) => Err(abrupt),
            Stop::Fuel => Err(Abrupt::Fuel),
            _ => Ok(std::mem::replace(&mut self.roots.exception, value::UNDEFINED)),
        }
    }

    /// An exception that some frame of this run handles goes there; one that none handles is reported from where it
    /// was thrown.
    pub(super) fn unwind_if_handled(&mut self) -> bool {
        self.is_handled() && self.unwind()
    }

    /// Whether some frame has a handler for an exception here.
    fn is_handled(&self) -> bool {
        let (mut base, mut pc) = (self.roots.base, self.roots.pc as u32);
        loop {
            let handled = self.info_of(pc as usize).is_some_and(|info| {
                info.handlers.iter().any(|handler| handler.start <= pc && pc < handler.end)
            });
            if handled {
                return true;
            }
            let link = Link::from_word(self.roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 {
                return false;
            }
            base -= link.distance();
            pc = link.pc() as u32;
        }
    }
}
