//! After objects have moved in a full collection: every slot that refers to one of them gets its new address.
//!
//! The slots are known. After evacuation: roots, the remembered set (old to new), the slots recorded for candidates, and
//! the bodies of the objects that moved themselves, which are scanned whole. After compaction in place, which updates
//! what it moves: roots, and the bodies of large objects, which do not move.

use crate::collection::{Budget, Phase};
use crate::event::Observer;
use crate::header::{Header, Layout};
use crate::heap::{Heap, Mutator};
use crate::page::{Page, flag};
use crate::sliding::Sliding;
use crate::slot_set::TakenSlots;
use crate::word::{Ref, Word};
use std::cell::Cell;

/// Slots of a body that are updated as one unit of work.
const PART_SLOTS: u32 = 64;

/// What is still to be updated.
#[derive(Clone, Debug, Default)]
pub(crate) struct PointerUpdate {
    begun: bool,
    /// Recorded slots, page by page.
    slots: Vec<TakenSlots>,
    /// The objects that are next, which lie one behind the other: a range of words.
    objects: (u32, u32),
    /// The slots of a body that are next.
    body: (u32, u32),
}

/// The heap as the inner loop sees it. All of it may be written to while it is read: a slot is updated while the headers
/// of what slots refer to are looked at.
struct Updater<'a> {
    words: &'a [Cell<u64>],
    flags: &'a [u8],
    shift: u32,
    marks: &'a [u64],
    pages: &'a [Page],
    sliding: Option<&'a Sliding>,
}

impl Updater<'_> {
    #[inline(always)]
    fn update(&self, slots: &[Cell<u64>]) {
        for slot in slots {
            let Some(r) = Word::from_bits(slot.get()).as_ref() else { continue };
            if self.flags[r.index() >> self.shift] & flag::EVACUATE != 0 {
                slot.set(Word::reference(self.address(r)).bits());
            }
        }
    }

    /// Where an object is now that the collection may have moved.
    #[inline(always)]
    fn address(&self, r: Ref) -> Ref {
        match self.sliding {
            Some(sliding) => sliding.address(self.marks, r),
            None => Header::from_bits(self.words[r.index()].get()).forwarding().unwrap_or(r),
        }
    }

    /// Updates parts of bodies and whole objects until `left` is spent or there are none.
    #[inline(always)]
    fn update_objects(&self, work: &mut PointerUpdate, left: &mut Budget) {
        while *left > 0 {
            *left -= 1;
            let (slot, end) = work.body;
            if slot < end {
                let next = end.min(slot + PART_SLOTS);
                self.update(&self.words[slot as usize..next as usize]);
                work.body.0 = next;
            } else if work.objects.0 < work.objects.1 {
                let at = work.objects.0;
                let (size, has_slots) = self.size(at);
                work.objects.0 += size;
                if has_slots && size > PART_SLOTS {
                    work.body = (at + 1, at + size);
                } else if has_slots {
                    self.update(&self.words[at as usize + 1..(at + size) as usize]);
                }
            } else {
                *left += 1;
                return;
            }
        }
    }

    /// Words of the object at `at`, and whether some of them may be references.
    #[inline(always)]
    fn size(&self, at: u32) -> (u32, bool) {
        let header = Header::from_bits(self.words[at as usize].get());
        let has_slots = !matches!(header.layout(), Layout::Raw | Layout::Filler);
        match header.is_large() {
            true => (self.pages[at as usize >> self.shift].large_words, has_slots),
            false => (header.size_field(), has_slots),
        }
    }
}

impl<O: Observer> Heap<O> {
    /// Updates up to `budget` slots or parts of objects.
    #[inline(never)]
    pub(crate) fn update_pointers(&mut self, m: &mut impl Mutator, budget: Budget) -> Option<Phase> {
        let mut work = std::mem::take(&mut self.compaction.update);
        if !work.begun {
            work = self.begin_update(m);
        }
        let mut left = budget;
        loop {
            self.update_objects(&mut work, &mut left);
            if left == 0 {
                break;
            }
            if let Some(slots) = work.slots.last_mut() {
                self.update_recorded(slots, &mut left);
                if left > 0 {
                    work.slots.pop();
                }
            } else if let Some(range) = self.compaction.moved.pop() {
                work.objects = range;
            } else {
                self.end_update();
                return Some(Phase::FinishFull);
            }
        }
        self.compaction.update = work;
        None
    }

    fn updater(&mut self) -> Updater<'_> {
        Updater {
            words: Cell::from_mut(&mut self.cage.words[..]).as_slice_of_cells(),
            flags: &self.cage.flags,
            shift: self.cage.shift,
            marks: self.cage.marks.bits(),
            pages: &self.cage.pages,
            sliding: self.compaction.sliding.as_deref(),
        }
    }

    #[inline(never)]
    fn update_objects(&mut self, work: &mut PointerUpdate, left: &mut Budget) {
        self.updater().update_objects(work, left);
    }

    /// Updates recorded slots until `left` is spent or there are none.
    #[inline(never)]
    fn update_recorded(&mut self, slots: &mut TakenSlots, left: &mut Budget) {
        let updater = self.updater();
        while *left > 0 {
            let Some(slot) = slots.pop() else { return };
            *left -= 1;
            updater.update(&updater.words[slot as usize..=slot as usize]);
        }
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
            self.compaction.moved.clear();
            for (start, end) in self.live_large() {
                self.compaction.add_moved(start, end);
            }
        }
        let mut update = |root: &mut Word| {
            if let Some(r) = root.as_ref() {
                *root = Word::reference(self.current_address(r));
            }
        };
        m.trace_roots(&mut update);
        m.trace_weak(&mut update);
        PointerUpdate { begun: true, slots, ..PointerUpdate::default() }
    }

    /// The words of the live large objects.
    fn live_large(&self) -> Vec<(u32, u32)> {
        let objects = self.large.old.iter().map(|&page| Ref::new(self.cage.area_start(page)));
        let live = objects.filter(|&r| self.cage.marks.is_marked(r));
        live.map(|r| (r.offset(), r.offset() + self.cage.size_words(r))).collect()
    }

    /// What lies beside the heap follows too.
    fn end_update(&mut self) {
        self.update_external_owners();
        self.update_moved_ids();
        let finalized = std::mem::take(&mut self.cycle.finalized);
        self.cycle.finalized = finalized.into_iter().map(|cell| self.current_address(cell)).collect();
    }
}
