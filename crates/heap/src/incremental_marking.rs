//! Incremental marking: marking in steps between which the mutator runs.
//!
//! It starts when the old generation reaches its limit, does a step for every 64 KiB that the mutator allocates, and
//! when nothing is left to mark the next safepoint finishes it with a full collection.

use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::{Heap, Mutator};
use crate::limits::Pressure;
use crate::profile::{KIB, MIB, MarkingPace};
use crate::record::{IncrementalFigures, Reason};

/// Steps in which a heap at its first limit would be marked (V8: `kTargetStepCount`).
const TARGET_STEPS: u64 = 256;
/// The same when the old generation can hardly expand (V8: `kTargetStepCountAtOOM`).
const TARGET_STEPS_NEAR_OOM: u64 = 32;
/// Smallest and largest share of a step that makes progress (V8: `kMinStepSizeInBytes`, `kMaxStepSizeInByte`).
const STEP_BYTES: (u64, u64) = (64 * KIB, 256 * KIB);
/// Pages swept at a safepoint when marking waits for them.
const SWEEP_PAGES: usize = 16;
/// Room beyond new space that counts as far from out of memory.
const OOM_SLACK: u64 = 64 * MIB;
/// How far behind its schedule marking may stay (V8: `kScheduleMarginInBytes`).
const SCHEDULE_MARGIN: u64 = MIB;
/// Longest step: nine tenths of 5 ms (V8: `kMaxStepSizeInMs`, `GCIdleTimeHandler::kConservativeTimeRatio`).
const LONGEST_STEP_NS: u64 = 4_500_000;
/// Steps after which 3.14 doubles its marking speed.
const SPEED_UP_STEPS: u32 = 32;
/// Barrier hits after which 3.14 does a step (`kWriteBarriersInvokedThreshold`).
const BARRIER_HITS: u64 = 65_536;
/// Highest marking speed of 3.14.
const MAX_SPEED: u64 = 1000;

/// Where incremental marking stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct IncrementalState {
    pub(crate) steps: u32,
    pub(crate) duration_ns: u64,
    /// Words marked in steps.
    pub(crate) marked_words: u64,
    /// The same for the schedule: without what scavenges have found dead since.
    paced_words: u64,
    longest_ns: u64,
    started_ns: u64,
    /// Steps before the last collection, and their duration.
    reported: (u32, u64),
    /// Size of the old generation when marking started.
    initial_bytes: u64,
    /// Bytes that should have been marked by now (11.x).
    scheduled_bytes: u64,
    /// Bytes of the old generation's allocation that are in the schedule.
    old_allocated: u64,
    /// Bytes marked per byte allocated (3.14).
    speed: u64,
    /// Barrier hits when the last step was done.
    barrier_hits: u64,
}

impl<O: Observer> Heap<O> {
    /// Starts incremental marking, to be driven by allocation or by [`Heap::marking_step`]. Does nothing if marking or a
    /// collection is under way.
    pub fn start_marking(&mut self, m: &mut impl Mutator, reason: Reason) {
        if self.marking.active || self.is_collecting() {
            return;
        }
        let figures = self.figures();
        self.emit(EventMask::MARKING, || HeapEvent::MarkingStarted { reason, figures });
        self.sweep_some(usize::MAX);
        self.begin_marking(m);
        let now_ns = self.time_ns(m);
        self.marking.incremental = IncrementalState {
            started_ns: now_ns,
            old_allocated: self.limits.old_allocated,
            initial_bytes: figures.old_used,
            speed: 1,
            barrier_hits: self.stats.write_barrier_hits,
            ..IncrementalState::default()
        };
        self.allocation.since_step = 0;
        self.reset_limit();
    }

    /// What a safepoint owes to marking: start it, do a step, or finish it.
    pub(crate) fn marking_safepoint(&mut self, m: &mut impl Mutator) {
        if !self.marking.active {
            match self.pressure() {
                Pressure::Hard => self.prepare_marking(m, Reason::AllocationLimit),
                Pressure::Soft => self.plan_marking_task(),
                Pressure::None => {}
            }
            return;
        }
        if self.allocation.since_step >= self.limits.young_step_words || self.barrier_asks_for_step() {
            self.marking_step();
        }
        if self.marking.is_dry() {
            self.finish_marking(m, Reason::FinalizeMarkingViaStackGuard);
        }
    }

    /// 3.14: has the barrier been hit so often since the last step that another is due?
    pub(crate) fn barrier_asks_for_step(&self) -> bool {
        self.config.profile.pace == MarkingPace::Speed && self.barrier_hits_since_step() >= BARRIER_HITS
    }

    fn barrier_hits_since_step(&self) -> u64 {
        self.stats.write_barrier_hits - self.marking.incremental.barrier_hits
    }

    /// Marking is due: sweeps what the last full collection has left, some pages at a time, then starts.
    pub(crate) fn prepare_marking(&mut self, m: &mut impl Mutator, reason: Reason) {
        self.sweep_some(SWEEP_PAGES);
        if self.unswept_pages() == 0 {
            self.start_marking(m, reason);
        }
    }

    /// A task of marking, when the client's event loop turns: marking starts if the old generation neared its limit, goes on,
    /// and is finished when nothing is left to mark (V8: `IncrementalMarkingJob`). True: there is another task to come.
    pub fn mark_by_task(&mut self, m: &mut impl Mutator) -> bool {
        if self.config.profile.task_percent.is_none() || self.is_collecting() || self.is_collection_due() {
            return false;
        }
        if !self.marking.active {
            let is_planned = self.takes_marking_task() && self.pressure() != Pressure::None;
            if is_planned {
                self.prepare_marking(m, Reason::Task);
                if !self.marking.active {
                    self.plan_marking_task();
                }
            }
            return is_planned;
        }
        self.marking_step();
        let is_dry = self.marking.is_dry();
        if is_dry {
            self.finish_marking(m, Reason::FinalizeMarkingViaTask);
        }
        !is_dry
    }

    /// One step of incremental marking, as large as the profile's pace says. Does nothing if marking is not under way.
    pub fn marking_step(&mut self) {
        if !self.is_marking() {
            return;
        }
        let budget = self.step_words();
        self.allocation.since_step = 0;
        self.marking.incremental.barrier_hits = self.stats.write_barrier_hits;
        let words = self.drain(usize::MAX, budget);
        let cost = &self.config.cost;
        let duration_ns = cost.step_ns + words * cost.mark_word_ps / 1000;
        let state = &mut self.marking.incremental;
        state.steps += 1;
        state.duration_ns += duration_ns;
        state.marked_words += words;
        state.paced_words += words;
        state.longest_ns = state.longest_ns.max(duration_ns);
        self.stats.incremental_steps += 1;
        self.note_pause(duration_ns);
        self.emit(EventMask::MARKING, || HeapEvent::MarkingStep { words, duration_ns });
        self.reset_limit();
    }

    /// Words that the next step should mark.
    fn step_words(&mut self) -> u64 {
        let word = u64::from(self.config.profile.word_bytes);
        match self.config.profile.pace {
            MarkingPace::Schedule => self.scheduled_bytes() / word,
            MarkingPace::Speed => {
                // A hit counts as a byte (`IncrementalMarking::Step`).
                let hits = self.barrier_hits_since_step() / word;
                let state = &mut self.marking.incremental;
                if state.steps > 0 && state.steps.is_multiple_of(SPEED_UP_STEPS) {
                    state.speed = (state.speed * 2).min(MAX_SPEED);
                }
                self.allocation.since_step.max(hits).max(1) * state.speed
            }
        }
    }

    /// 11.x: each step adds to the schedule what brings marking to its end and what was allocated old, and marks what it
    /// is behind by more than a margin, but at least the smallest step.
    fn scheduled_bytes(&mut self) -> u64 {
        let progress = self.progress_bytes();
        let marked = self.bytes(self.marking.incremental.paced_words);
        let longest = LONGEST_STEP_NS * 1000 / self.config.cost.mark_word_ps.max(1);
        let longest = self.bytes(longest).max(STEP_BYTES.0);
        let state = &mut self.marking.incremental;
        let allocated = self.limits.old_allocated - state.old_allocated;
        state.old_allocated = self.limits.old_allocated;
        state.scheduled_bytes += progress + allocated;
        state.scheduled_bytes.saturating_sub(marked + SCHEDULE_MARGIN).clamp(STEP_BYTES.0, longest)
    }

    /// A scavenge found so many words of new space dead. As V8 does, the schedule counts them as marked in vain, whether
    /// they were marked or not: marking falls behind and catches up in long steps
    /// (`IncrementalMarking::UpdateMarkedBytesAfterScavenge`).
    pub(crate) fn pace_after_scavenge(&mut self, dead_bytes: u64) {
        let words = dead_bytes / u64::from(self.config.profile.word_bytes);
        let state = &mut self.marking.incremental;
        state.paced_words = state.paced_words.saturating_sub(words);
    }

    /// The share of a step that brings marking to its end whatever is allocated.
    fn progress_bytes(&self) -> u64 {
        if !self.can_expand_old(self.new_capacity_bytes() + OOM_SLACK) {
            return self.old_used_bytes() / TARGET_STEPS_NEAR_OOM;
        }
        (self.marking.incremental.initial_bytes / TARGET_STEPS).clamp(STEP_BYTES.0, STEP_BYTES.1)
    }

    /// The steps between two scavenges, while marking is under way.
    pub(crate) fn steps_since_last_collection(&mut self) -> IncrementalFigures {
        if !self.marking.active {
            return IncrementalFigures::default();
        }
        let state = &mut self.marking.incremental;
        let (steps, duration_ns) = std::mem::replace(&mut state.reported, (state.steps, state.duration_ns));
        IncrementalFigures {
            steps: state.steps - steps,
            duration_ns: state.duration_ns - duration_ns,
            ..IncrementalFigures::default()
        }
    }

    /// The figures of the marking that a full collection finishes.
    pub(crate) fn incremental_figures(&self, m: &impl Mutator) -> IncrementalFigures {
        let state = self.marking.incremental;
        if state.steps == 0 {
            return IncrementalFigures::default();
        }
        IncrementalFigures {
            steps: state.steps,
            duration_ns: state.duration_ns,
            longest_ns: state.longest_ns,
            walltime_ns: self.time_ns(m).saturating_sub(state.started_ns),
        }
    }
}
