//! After objects have moved in a full collection: every slot that refers to one of them gets its new address.
//!
//! The slots are known. After evacuation: roots, the remembered set (old to new), the slots recorded for candidates, and
//! the bodies of the objects that moved themselves, which are scanned whole. After compaction in place, which updates
//! what it moves: roots, and the bodies of large objects, which do not move.

use crate::collection::{Budget, Phase};
use crate::event::Observer;
use crate::header::Layout;
use crate::heap::{Heap, Mutator};
use crate::slot_set::TakenSlots;
use crate::word::{Ref, Word};

/// Slots of a body that are updated as one unit of work.
const PART_SLOTS: u32 = 64;

/// What is still to be updated.
#[derive(Clone, Debug, Default)]
pub(crate) struct PointerUpdate {
    begun: bool,
    /// Recorded slots, page by page.
    slots: Vec<TakenSlots>,
    /// The slots of a body that are next.
    body: (u32, u32),
}

impl<O: Observer> Heap<O> {
    /// Updates up to `budget` slots or parts of objects.
    pub(crate) fn update_pointers(&mut self, m: &mut impl Mutator, budget: Budget) -> Option<Phase> {
        let mut work = std::mem::take(&mut self.compaction.update);
        if !work.begun {
            work = self.begin_update(m);
        }
        let mut left = budget;
        while left > 0 {
            left -= 1;
            if let Some(slots) = work.slots.last_mut() {
                match slots.pop() {
                    Some(slot) => self.update_slot(slot),
                    None => drop(work.slots.pop()),
                }
            } else if work.body.0 < work.body.1 {
                let end = work.body.1.min(work.body.0 + PART_SLOTS);
                (work.body.0..end).for_each(|slot| self.update_slot(slot));
                work.body.0 = end;
            } else if let Some(moved) = self.compaction.moved.pop() {
                work.body = self.slots_to_update(moved);
            } else {
                self.end_update();
                return Some(Phase::FinishFull);
            }
        }
        self.compaction.update = work;
        None
    }

    /// Updates the roots, and finds out what is left to do.
    fn begin_update(&mut self, m: &mut impl Mutator) -> PointerUpdate {
        let mut slots: Vec<_> = self.ephemeron_keys.take_pages().collect();
        slots.extend(self.old_to_new.take_pages());
        slots.extend(self.to_candidates.take_pages());
        if self.compaction.sliding.is_some() {
            // What was recorded has moved, and nobody is young any more.
            slots.clear();
            self.promote_young_large();
            self.compaction.moved = self.live_large();
        }
        let mut update = |root: &mut Word| {
            if let Some(r) = root.as_ref() {
                *root = Word::reference(self.current_address(r));
            }
        };
        m.trace_roots(&mut update);
        m.trace_weak(&mut update);
        PointerUpdate { begun: true, slots, body: (0, 0) }
    }

    fn live_large(&self) -> Vec<Ref> {
        let objects = self.large.old.iter().map(|&page| Ref::new(self.cage.area_start(page)));
        objects.filter(|&r| self.cage.marks.is_marked(r)).collect()
    }

    fn slots_to_update(&self, r: Ref) -> (u32, u32) {
        match self.cage.header(r).layout() {
            Layout::Raw | Layout::Filler => (0, 0),
            _ => (r.offset() + 1, r.offset() + self.cage.size_words(r)),
        }
    }

    /// What lies beside the heap follows too.
    fn end_update(&mut self) {
        self.update_external_owners();
        self.update_moved_ids();
        let finalized = std::mem::take(&mut self.cycle.finalized);
        self.cycle.finalized = finalized.into_iter().map(|cell| self.current_address(cell)).collect();
    }

    #[inline(always)]
    fn update_slot(&mut self, slot: u32) {
        if let Some(r) = Word::from_bits(self.cage.words[slot as usize]).as_ref() {
            self.cage.words[slot as usize] = Word::reference(self.current_address(r)).bits();
        }
    }
}
