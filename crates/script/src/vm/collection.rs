//! Collections between two instructions.
//!
//! A collection that an allocation has put off (`semispace_heap`'s deferral) is started here, where the machine's whole
//! state lies in its roots, and advanced in portions, so that a run can be paused in the middle of it.

use super::Vm;
use super::call::Completion;

/// Units of the collector's work (objects, mostly) in a step.
const STEP_UNITS: usize = 1024;

/// How the machine goes about collections that are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CollectorPace {
    /// Steps that one call of [`Vm::run`] does at most. The run pauses when they are used up.
    pub steps: u64,
    /// Whether a run pauses before a collection begins.
    pub halts_before: bool,
    /// Whether a run pauses as soon as a collection is over.
    pub halts_after: bool,
}

impl Default for CollectorPace {
    /// Every collection runs to its end at once.
    fn default() -> Self {
        Self { steps: u64::MAX, halts_before: false, halts_after: false }
    }
}

impl Vm {
    /// Starts the collection that is due, and goes on with the one under way and with a store that grows. False if that is
    /// not over.
    pub(super) fn collect_due(&mut self, steps: &mut u64) -> Completion<bool> {
        loop {
            if self.heap.is_collection_due() && !self.heap.is_collecting() {
                if self.pace.halts_before {
                    return Ok(false);
                }
                self.heap.start_due(&mut self.roots);
            }
            let collects = self.heap.is_collecting();
            if !collects && !self.is_growing() {
                return Ok(true);
            }
            if *steps == 0 {
                return Ok(false);
            }
            *steps -= 1;
            if collects {
                self.heap.work(&mut self.roots, STEP_UNITS);
                if self.pace.halts_after && !self.heap.is_collecting() {
                    return Ok(false);
                }
            } else {
                self.grow_some()?;
            }
        }
    }
}
