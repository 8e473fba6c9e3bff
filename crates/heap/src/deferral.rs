//! Collections that wait for the mutator's next safepoint.
//!
//! V8 collects inside the allocation that finds no room. That allocation may stand deep in a native function of the
//! client, so a collection begun there can only be run to its end: nobody could stop it, show it or step through it. With
//! deferral such an allocation gets a spare page of to-space instead, the collection is due, and the client starts it with
//! [`Heap::start_due`] where its whole state lies in its roots. There is one spare page; an allocation that needs more,
//! a large one and one in old space collect on the spot, unless the client begins it where it can wait
//! ([`Heap::begin_large`]). That marking is finished at a safepoint is V8's own rule (`StackGuard::HandleInterrupts`).

use crate::event::Observer;
use crate::heap::{Heap, Mutator};
use crate::record::{CollectionKind, Reason};

/// What a collection is due for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// New space is full.
    Room,
    /// The old generation is.
    OldRoom,
    /// Collections have not made the room that is needed.
    LastResort,
    /// Nothing is left to mark.
    FinishMarking(Reason),
    /// New space is nearly full while the program has nothing to do.
    Task,
    /// Somebody asks for it.
    Asked(CollectionKind, Reason),
}

/// Whether collections are put off, and which one is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Deferral {
    active: bool,
    due: Option<Due>,
    /// Bytes of the allocation that it is due for.
    requested: u64,
    /// Rungs of the ladder of allocation that were climbed by collections put off, and did not lead to room.
    rungs: usize,
    /// How often V8 has looked whether new space is nearly full.
    looks: u64,
    /// It once was: the next task scavenges if it still is.
    task_planned: bool,
    /// The old generation once neared its limit: the next task starts marking if it still does.
    marking_planned: bool,
}

impl<O: Observer> Heap<O> {
    /// Puts collections off to [`Heap::start_due`], as far as that can be, or no longer. Returns what was so before.
    pub fn set_deferral(&mut self, active: bool) -> bool {
        std::mem::replace(&mut self.deferral.active, active)
    }

    /// Whether a collection waits for [`Heap::start_due`], once the one under way is over.
    #[inline]
    #[must_use]
    pub const fn is_collection_due(&self) -> bool {
        self.deferral.due.is_some()
    }

    /// Starts the collection that is due, to be advanced by [`Heap::step`] or [`Heap::work`]. Does nothing if none is.
    pub fn start_due(&mut self, m: &mut impl Mutator) {
        let Some(due) = self.deferral.due else { return };
        self.cycle.requested = std::mem::take(&mut self.deferral.requested);
        match due {
            Due::Room => self.start_young_or_full(m, Reason::AllocationFailure),
            Due::Task => self.start_young_or_full(m, Reason::Task),
            Due::OldRoom => self.start(m, CollectionKind::Full, Reason::AllocationLimit),
            Due::LastResort => self.start(m, CollectionKind::FullReduceMemory, Reason::LastResort),
            Due::FinishMarking(reason) => self.start(m, CollectionKind::Full, reason),
            Due::Asked(kind, reason) => {
                let was_marking = self.is_marking();
                self.start(m, kind, reason);
                // What dies during incremental marking is found only by the collection after (V8: `Heap::PreciseCollectAllGarbage`).
                if kind.is_full() && was_marking {
                    self.deferral.due = Some(due);
                }
            }
        }
    }

    /// Collects everything that is garbage now, at the next safepoint if collections are put off.
    pub fn ask_for(&mut self, m: &mut impl Mutator, kind: CollectionKind, reason: Reason) {
        self.deferral.due = Some(Due::Asked(kind, reason));
        while !self.deferral.active && self.is_collection_due() {
            self.start_due(m);
            self.finish_atomic(m);
        }
    }

    /// Puts off the collection for an object of `words` words, which finds room on a spare page; false if it must be now.
    pub(crate) fn put_off(&mut self, words: u32, due: Due) -> bool {
        let may = self.deferral.active && self.deferral.due.is_none();
        if !may || !self.new.add_spare_page(&mut self.cage) {
            return false;
        }
        self.put_off_until_asked(words, due);
        self.deferral.rungs += 1;
        true
    }

    /// Puts off the collection for an object of `words` words, which is asked for again after it. False if it must be now.
    pub(crate) fn put_off_until_asked(&mut self, words: u32, due: Due) -> bool {
        if self.deferral.active && self.deferral.due.is_none() {
            self.deferral.requested = self.bytes(u64::from(words));
            self.deferral.due = Some(due);
        }
        self.deferral.active
    }

    /// Finishes marking with a full collection, at the next safepoint if collections are put off.
    pub(crate) fn finish_marking(&mut self, m: &mut impl Mutator, reason: Reason) {
        if self.deferral.active {
            self.deferral.due.get_or_insert(Due::FinishMarking(reason));
        } else {
            self.collect(m, CollectionKind::Full, reason);
        }
    }

    /// The client's event loop has nothing to do for a moment: new space is scavenged by the task that was planned, if it
    /// is nearly full, at the next safepoint if collections are put off (V8: `MinorGCJob`).
    pub fn scavenge_by_task(&mut self, m: &mut impl Mutator) {
        self.plan_task();
        if !std::mem::take(&mut self.deferral.task_planned) || !self.is_nearly_full(0) {
            return;
        }
        if self.deferral.active {
            self.deferral.due.get_or_insert(Due::Task);
        } else {
            self.start_young_or_full(m, Reason::Task);
            self.finish_atomic(m);
        }
    }

    /// Each time that the mutator has allocated the first capacity's share, V8 looks whether new space is nearly full, and
    /// plans a task if so. What its last look saw is worked out where it matters: before a collection and a task.
    pub(crate) fn plan_task(&mut self) {
        let Some(percent) = self.config.profile.task_percent else { return };
        self.count_allocated();
        let interval = (self.config.semi_space_initial * percent / 100).max(1);
        let (looks, since) = (self.stats.allocated_bytes / interval, self.stats.allocated_bytes % interval);
        if looks > self.deferral.looks {
            self.deferral.looks = looks;
            self.deferral.task_planned |= self.is_nearly_full(since);
        }
    }

    /// The old generation nears its limit: the next task starts marking if that is still so. After a full collection this is asked
    /// anew, by an allocation or a scavenge, so that one full collection is not the reason for the next.
    pub(crate) const fn plan_marking_task(&mut self) {
        self.deferral.marking_planned = true;
    }

    pub(crate) const fn takes_marking_task(&mut self) -> bool {
        std::mem::replace(&mut self.deferral.marking_planned, false)
    }

    /// Whether new space was nearly full before the last so many bytes.
    fn is_nearly_full(&self, since: u64) -> bool {
        let percent = self.config.profile.task_percent.unwrap_or(100);
        let used = self.bytes(self.new.used_words(&self.cage));
        used >= self.new_capacity_bytes() * percent / 100 + since
    }

    /// The rung at which the ladder of allocation goes on.
    pub(crate) const fn rungs_climbed(&self) -> usize {
        self.deferral.rungs
    }

    /// A collection has started: none is due any more.
    pub(crate) fn nothing_is_due(&mut self) {
        self.deferral.due = None;
    }

    /// A collection has ended: the ladder begins anew if it has made room for what was asked.
    pub(crate) fn settle_rungs(&mut self) {
        let requested = std::mem::take(&mut self.cycle.requested);
        let has_room = self.new.to.pages.is_empty() || self.new.has_next_page() || {
            let end = self.new.current_page_end(&self.cage);
            self.bytes(u64::from(end.saturating_sub(self.new.area.top))) >= requested
        };
        if has_room {
            self.deferral.rungs = 0;
        }
    }
}
