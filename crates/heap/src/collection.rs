//! Collections as a machine of small steps: the phases in their order, and the loop over them.
//!
//! A scavenge runs the phases from [`Phase::ScavengeRoots`] to [`Phase::FinishScavenge`], a full collection those from
//! [`Phase::MarkRoots`] to [`Phase::FinishFull`]. `Heap::step` does one unit of work of the present phase (one object
//! copied, one object marked, one page swept); `Heap::collect` is the loop over it. Between the steps of one collection
//! the mutator does not run: an allocation in between finishes the collection first. Incremental marking, which does
//! alternate with the mutator, is the business of `incremental_marking`.

use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::{Heap, Mutator};
use crate::inspect::HeapTotals;
use crate::limits::Pressure;
use crate::record::{CollectionKind, CollectionRecord, CollectorReason, Figures, IncrementalFigures, Reason};
use crate::word::Ref;

/// Where a collection stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub enum Phase {
    /// No collection.
    #[default]
    Idle,
    /// Copy what the roots refer to.
    ScavengeRoots,
    /// Copy what remembered slots refer to, one slot a step.
    ScavengeRememberedSet,
    /// Cheney's loop: scan one copied or promoted object a step.
    ScavengeTransitively,
    /// Clear or update weak references to young objects.
    ScavengeWeak,
    /// Empty from-space; adapt sizes and limits.
    FinishScavenge,
    /// Finish the sweeping that the last full collection left to do, one page a step.
    FinishSweeping,
    /// Mark what the roots refer to.
    MarkRoots,
    /// Mark one object a step, until the worklist is dry.
    Mark,
    /// Mark the values whose keys are marked, one entry a step, in rounds.
    MarkEphemerons,
    /// Clear weak references to what is not marked, one entry or cell a step.
    ClearWeak,
    /// Move the marked objects of new space to old space, one object a step.
    EvacuateNewSpace,
    /// Move the marked objects of the candidate pages, one object a step.
    EvacuateCandidates,
    /// Compaction in place: compute where the live objects will go, one page a step.
    ComputeForwarding,
    /// Compaction in place: slide the live objects there and update what they refer to, one object a step.
    Slide,
    /// Update every slot that refers to a moved object, one slot or object a step.
    UpdatePointers,
    /// Give back empty pages and dead large objects; adapt sizes and limits.
    FinishFull,
}

/// What a step did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepOutcome {
    /// The collection goes on in this phase.
    Working(Phase),
    /// The collection is finished, or there was none.
    Finished,
}

/// How many units of work may be done. A unit is an object of a few words, or what takes as long.
pub(crate) type Budget = usize;

/// Units that a page counts for, in the phases that go through pages.
const PAGE_UNITS: Budget = 128;

/// Pages that a budget is enough for.
pub(crate) const fn pages_within(budget: Budget) -> usize {
    budget.div_ceil(PAGE_UNITS)
}

/// The collection under way and what it has done so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cycle {
    pub(crate) phase: Phase,
    pub(crate) kind: Option<CollectionKind>,
    reason: Option<Reason>,
    collector_reason: CollectorReason,
    pub(crate) figures: Figures,
    used_before: u64,
    committed_before: u64,
    totals_before: HeapTotals,
    pub(crate) new_used_before: u64,
    /// Size in bytes of the allocation that needs this collection.
    pub(crate) requested: u64,
    pub(crate) pause_ps: u64,
    pub(crate) promoted: u64,
    pub(crate) survived: u64,
    pub(crate) marked: u64,
    pub(crate) evacuated: u64,
    pub(crate) evacuated_pages: u32,
    pub(crate) weak_cleared: u64,
    pub(crate) external_released: u64,
    /// Position of a phase that goes through pages: index of the page and word in it.
    pub(crate) cursor: (usize, u32),
    /// Weak cells whose target died, to be told at the end.
    pub(crate) finalized: Vec<Ref>,
    pub(crate) number: u64,
}

impl<O: Observer> Heap<O> {
    /// Runs a whole collection. A collection that is being stepped through is finished first.
    pub fn collect(&mut self, m: &mut impl Mutator, kind: CollectionKind, reason: Reason) {
        self.finish_atomic(m);
        self.start(m, kind, reason);
        self.finish_atomic(m);
    }

    /// Runs the rest of the collection under way, if any.
    pub(crate) fn finish_atomic(&mut self, m: &mut impl Mutator) {
        while self.is_collecting() {
            self.advance(m, Budget::MAX);
        }
    }

    /// Starts a collection, to be advanced by [`Heap::step`]. Does nothing if one is under way.
    pub fn start(&mut self, m: &mut impl Mutator, kind: CollectionKind, reason: Reason) {
        let collector_reason =
            if kind.is_full() { CollectorReason::OldSpaceRequested } else { CollectorReason::None };
        self.start_with(m, kind, reason, collector_reason);
    }

    pub(crate) fn start_with(
        &mut self,
        m: &mut impl Mutator,
        kind: CollectionKind,
        reason: Reason,
        collector_reason: CollectorReason,
    ) {
        if self.is_collecting() {
            return;
        }
        self.check(m, "before");
        self.nothing_is_due();
        let (kind, collector_reason) = match kind {
            CollectionKind::Minor if !self.reserve_for_scavenge() => {
                (CollectionKind::FullReduceMemory, CollectorReason::ScavengeMightNotSucceed)
            }
            _ => (kind, collector_reason),
        };
        self.count_allocated();
        self.plan_task();
        let figures = self.figures();
        self.cycle = Cycle {
            kind: Some(kind),
            reason: Some(reason),
            collector_reason,
            figures,
            used_before: self.used_bytes(),
            committed_before: self.committed_bytes(),
            totals_before: self.totals(),
            new_used_before: figures.new_used,
            number: self.cycle.number + 1,
            requested: self.cycle.requested,
            ..Cycle::default()
        };
        self.emit(EventMask::COLLECTION, || HeapEvent::CollectionStarted {
            kind,
            reason,
            collector_reason,
            figures,
        });
        self.grow_new_space();
        match kind {
            CollectionKind::Minor => self.start_scavenge(),
            _ => self.start_full(),
        }
    }

    /// Does one unit of work of the collection under way.
    pub fn step(&mut self, m: &mut impl Mutator) -> StepOutcome {
        self.work(m, 1)
    }

    /// Does up to `units` units of work of the present phase of the collection under way.
    pub fn work(&mut self, m: &mut impl Mutator, units: usize) -> StepOutcome {
        if self.is_collecting() {
            self.advance(m, units);
        }
        if self.is_collecting() { StepOutcome::Working(self.cycle.phase) } else { StepOutcome::Finished }
    }

    /// Does the rest of the present phase at once.
    pub fn run_phase(&mut self, m: &mut impl Mutator) {
        let phase = self.cycle.phase;
        while self.is_collecting() && self.cycle.phase == phase {
            self.advance(m, Budget::MAX);
        }
    }

    /// Is a collection under way? (Incremental marking alone does not count: see [`Heap::is_marking`].)
    #[must_use]
    pub fn is_collecting(&self) -> bool {
        self.cycle.phase != Phase::Idle
    }

    /// The phase of the collection under way.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.cycle.phase
    }

    /// The algorithm: each phase does up to `budget` units of its work, and names its successor when it is done.
    ///
    /// The phases are functions of their own in the program too (`inline(never)`): an engine that compiles WebAssembly while it
    /// runs has the small loop that is hot sooner than all phases in one.
    fn advance(&mut self, m: &mut impl Mutator, budget: Budget) {
        let next = match self.cycle.phase {
            Phase::Idle => None,

            Phase::ScavengeRoots => self.scavenge_roots(m),
            Phase::ScavengeRememberedSet => self.scavenge_remembered_set(budget),
            Phase::ScavengeTransitively => self.scavenge_transitively(budget),
            Phase::ScavengeWeak => self.scavenge_weak(m),
            Phase::FinishScavenge => self.finish_scavenge(m),

            Phase::FinishSweeping => self.finish_sweeping(budget),
            Phase::MarkRoots => self.mark_roots(m),
            Phase::Mark => self.mark_transitively(budget),
            Phase::MarkEphemerons => self.mark_ephemerons(budget),
            Phase::ClearWeak => self.clear_weak(m, budget),
            Phase::EvacuateNewSpace => self.evacuate_new_space(budget),
            Phase::EvacuateCandidates => self.evacuate_candidates(budget),
            Phase::ComputeForwarding => self.compute_forwarding(budget),
            Phase::Slide => self.slide(budget),
            Phase::UpdatePointers => self.update_pointers(m, budget),
            Phase::FinishFull => self.finish_full(m),
        };
        if let Some(phase) = next {
            self.enter(phase);
        }
    }

    /// New space is to be collected: scavenge, unless the rules ask for a full collection
    /// (V8: `Heap::SelectGarbageCollector`).
    pub(crate) fn start_young_or_full(&mut self, m: &mut impl Mutator, reason: Reason) {
        let (kind, why) = if self.marking.active && self.marking.is_dry() && self.limit_overshot() {
            (CollectionKind::Full, CollectorReason::MarkingNeedsFinalization)
        } else if !self.can_promote_all() {
            (CollectionKind::Full, CollectorReason::ScavengeMightNotSucceed)
        } else {
            (CollectionKind::Minor, CollectorReason::None)
        };
        self.start_with(m, kind, reason, why);
    }

    /// The collection is over: its pause, its record, its last checks.
    pub(crate) fn conclude(
        &mut self,
        m: &mut impl Mutator,
        incremental: IncrementalFigures,
    ) -> Option<Phase> {
        self.reduce_new_space(m);
        self.new.release_spare_pages(&mut self.cage);
        self.settle_rungs();
        self.reset_limit();
        let pause_ns = self.cycle.pause_ps / 1000;
        self.note_pause(pause_ns);
        let at_ns = self.time_ns(m);
        let (Some(kind), Some(reason)) = (self.cycle.kind.take(), self.cycle.reason.take()) else {
            return Some(Phase::Idle);
        };
        let record = CollectionRecord {
            number: self.cycle.number,
            kind,
            reason,
            collector_reason: self.cycle.collector_reason,
            figures: self.cycle.figures,
            at_ns,
            pause_ns,
            used_before: self.cycle.used_before,
            used_after: self.used_bytes(),
            committed_before: self.cycle.committed_before,
            committed_after: self.committed_bytes(),
            promoted: self.cycle.promoted,
            survived: self.cycle.survived,
            marked: self.cycle.marked,
            evacuated: self.cycle.evacuated,
            evacuated_pages: self.cycle.evacuated_pages,
            weak_cleared: self.cycle.weak_cleared,
            external_released: self.cycle.external_released,
            incremental,
            average_mutator_utilisation: self.limits.average_utilisation,
            current_mutator_utilisation: self.limits.current_utilisation,
            new_capacity_after: self.new_capacity_bytes(),
            old_limit_after: self.limits.old_limit,
        };
        match kind {
            CollectionKind::Minor => {
                self.stats.promoted_bytes += record.promoted;
                if self.pressure() != Pressure::None {
                    self.plan_marking_task();
                }
            }
            _ => self.stats.evacuated_bytes += record.promoted,
        }
        self.stats.semi_space_copied_bytes += record.survived;
        self.stats.marked_bytes += record.marked;
        self.stats.evacuated_bytes += record.evacuated;
        self.stats.peak_heap_used = self.stats.peak_heap_used.max(record.used_before);
        self.enter(Phase::Idle);
        self.keep_record(record);
        m.collected(&record, &self.cycle.totals_before, &self.totals());
        self.check(m, "after");
        None
    }

    pub(crate) fn note_pause(&mut self, ns: u64) {
        self.stats.total_pause_ns += ns;
        self.stats.max_pause_ns = self.stats.max_pause_ns.max(ns);
    }

    /// Virtual time: the mutator's own plus all pauses.
    pub fn time_ns(&self, m: &impl Mutator) -> u64 {
        m.now_ns() + self.stats.total_pause_ns
    }
}
