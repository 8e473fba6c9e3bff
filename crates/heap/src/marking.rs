//! Marking: tri-colour, with a mark bitmap and a worklist.
//!
//! White objects have no mark bit; grey ones have it and wait in the worklist; black ones have it and have been
//! visited. The invariant that the write barrier keeps while the mutator runs: a black object never refers to a white
//! one. Roots carry no barrier, so they are visited again in the final pause.
//!
//! Ephemeron tables and weak objects that are visited are collected in lists, for the phases after the worklist is dry.

use crate::barrier::is_key;
use crate::collection::{Budget, Phase};
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{FIRST_EPHEMERON, WEAK_WORD};
use crate::heap::{Heap, Mutator};
use crate::incremental_marking::IncrementalState;
use crate::page::{SpaceKind, flag};
use crate::word::{Ref, Word};

/// Words visited that count as one object in a budget.
const UNIT_WORDS: u64 = 16;

/// A large object whose slots from `slot` on have not been visited.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Partial {
    pub(crate) holder: Ref,
    pub(crate) slot: u32,
}

/// What marking still has to do, and what it found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marking {
    /// Is marking under way (incremental or in a pause)?
    pub(crate) active: bool,
    /// Grey objects.
    pub(crate) worklist: Vec<Ref>,
    /// Large objects that have been visited in part (V8: the progress bar).
    pub(crate) partial: Vec<Partial>,
    /// Visited ephemeron tables.
    pub(crate) ephemerons: Vec<Ref>,
    /// Visited objects with a weak word.
    pub(crate) weak: Vec<Ref>,
    /// Words of all visited objects.
    pub(crate) marked_words: u64,
    pub(crate) incremental: IncrementalState,
}

impl Marking {
    /// Is nothing grey?
    pub(crate) fn is_dry(&self) -> bool {
        self.worklist.is_empty() && self.partial.is_empty()
    }
}

impl<O: Observer> Heap<O> {
    /// Turns a white object grey. True if it was white.
    pub(crate) fn shade(&mut self, r: Ref) -> bool {
        let fresh = self.cage.marks.mark(r);
        if fresh {
            self.marking.worklist.push(r);
            self.emit(EventMask::MARKING, || HeapEvent::Shaded { object: r });
        }
        fresh
    }

    /// Before marking: no live words are known, evacuation candidates are chosen, stores are watched.
    pub(crate) fn begin_marking(&mut self, m: &mut impl Mutator) {
        self.old.close_area(&mut self.cage);
        for page in &mut self.cage.pages {
            page.live_words = 0;
        }
        self.to_candidates.clear();
        self.choose_candidates();
        self.marking = Marking { active: true, ..Marking::default() };
        self.cage.set_marking_barrier(true);
        m.trace_static_roots(&mut |root| self.shade_root(root));
    }

    pub(crate) fn shade_roots(&mut self, m: &mut impl Mutator) {
        m.trace_roots(&mut |root| self.shade_root(root));
    }

    fn shade_root(&mut self, root: &Word) {
        if let Some(r) = root.as_ref() {
            self.shade(r);
        }
    }

    #[inline(always)]
    fn visit_slot(&mut self, holder: Ref, index: u32) {
        let slot = holder.offset() + index;
        let Some(target) = Word::from_bits(self.cage.words[slot as usize]).as_ref() else { return };
        if self.cage.marks.mark(target) {
            self.marking.worklist.push(target);
            self.emit(EventMask::MARKING, || HeapEvent::Shaded { object: target });
        }
        self.record_if_candidate(slot, target);
    }

    /// Remembers the slot if compaction will move its target.
    #[inline(always)]
    pub(crate) fn record_if_candidate(&mut self, slot: u32, target: Ref) {
        let holder_moves = self.cage.flags_of(Ref::new(slot)) & flag::MOVES != 0;
        if !holder_moves && self.cage.flags_of(target) & flag::CANDIDATE != 0 {
            self.to_candidates.insert(slot);
        }
    }

    #[inline(never)]
    pub(crate) fn mark_roots(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        m.forget_caches(&mut |table, slots, word| self.fill_slots(table, slots, word));
        if !self.marking.active {
            self.begin_marking(m);
        }
        self.shade_roots(m);
        Some(Phase::Mark)
    }

    #[inline(never)]
    pub(crate) fn mark_transitively(&mut self, budget: Budget) -> Option<Phase> {
        self.drain(budget, (budget as u64).saturating_mul(UNIT_WORDS));
        self.marking.is_dry().then_some(Phase::MarkEphemerons)
    }

    /// A round over the ephemeron tables, up to `budget` entries of it: a marked key keeps its value. Goes back to marking
    /// as long as a round found something.
    #[inline(never)]
    pub(crate) fn mark_ephemerons(&mut self, budget: Budget) -> Option<Phase> {
        let (mut number, mut index) = self.cycle.cursor;
        let mut left = budget;
        while let Some(&table) = self.marking.ephemerons.get(number) {
            let size = self.cage.size_words(table);
            index = index.max(FIRST_EPHEMERON);
            while index + 1 < size && left > 0 {
                if self.is_live_word(self.get(table, index)) {
                    self.visit_slot(table, index + 1);
                }
                (index, left) = (index + 2, left - 1);
            }
            if index + 1 < size {
                self.cycle.cursor = (number, index);
                return None;
            }
            (number, index) = (number + 1, 0);
        }
        self.cycle.cursor = (0, 0);
        Some(if self.marking.is_dry() { Phase::ClearWeak } else { Phase::Mark })
    }

    /// Is the word no reference, or one to a marked object?
    fn is_live_word(&self, w: Word) -> bool {
        w.as_ref().is_none_or(|r| self.cage.marks.is_marked(r))
    }

    /// What is not marked is dead: weak slots and ephemerons that refer to it are cleared, up to `budget` of them, and
    /// at last the weak roots.
    #[inline(never)]
    pub(crate) fn clear_weak(&mut self, m: &mut impl Mutator, budget: Budget) -> Option<Phase> {
        let mut left = budget;
        while let Some(&table) = self.marking.ephemerons.last() {
            if !self.clear_ephemerons(table, &mut left) {
                return None;
            }
            self.marking.ephemerons.pop();
        }
        while let Some(&cell) = self.marking.weak.get(self.cycle.cursor.0) {
            if left == 0 {
                return None;
            }
            left -= 1;
            self.cycle.cursor.0 += 1;
            self.clear_weak_word(cell);
        }
        self.marking.weak.clear();
        self.cycle.cursor = (0, 0);
        m.trace_weak(&mut |root| {
            if !self.is_live_word(*root) {
                *root = Word::CLEARED;
            }
        });
        self.release_unmarked_externals(m);
        self.forget_unmarked_ids();
        if self.compaction.sliding.is_some() { self.begin_sliding() } else { Some(Phase::EvacuateNewSpace) }
    }

    /// Clears the dead entries of a table from the cycle's cursor on; true if it came to the end.
    fn clear_ephemerons(&mut self, table: Ref, left: &mut Budget) -> bool {
        let size = self.cage.size_words(table);
        for index in (FIRST_EPHEMERON.max(self.cycle.cursor.1)..size.saturating_sub(1)).step_by(2) {
            debug_assert!(is_key(index));
            if *left == 0 {
                self.cycle.cursor.1 = index;
                return false;
            }
            *left -= 1;
            let key = self.get(table, index);
            if self.is_live_word(key) {
                self.record_weak_slot(table, index);
                self.record_weak_slot(table, index + 1);
            } else {
                self.init(table, index, Word::CLEARED);
                self.init(table, index + 1, Word::CLEARED);
                self.note_cleared(table, key);
            }
        }
        self.cycle.cursor.1 = 0;
        true
    }

    fn clear_weak_word(&mut self, cell: Ref) {
        let target = self.get(cell, WEAK_WORD);
        if self.is_live_word(target) {
            self.record_weak_slot(cell, WEAK_WORD);
            return;
        }
        self.init(cell, WEAK_WORD, Word::CLEARED);
        self.cycle.finalized.push(cell);
        self.note_cleared(cell, target);
    }

    fn record_weak_slot(&mut self, holder: Ref, index: u32) {
        if let Some(target) = self.get(holder, index).as_ref() {
            self.record_if_candidate(holder.offset() + index, target);
        }
    }

    fn note_cleared(&mut self, holder: Ref, target: Word) {
        self.cycle.weak_cleared += 1;
        self.emit(EventMask::WEAK, || HeapEvent::WeakCleared { holder, target });
    }

    /// A new object of the old generation is born black while marking is under way.
    pub(crate) fn allocate_black(&mut self, r: Ref, words: u32) {
        if self.marking.active {
            self.cage.marks.mark(r);
            let page = self.cage.page_of(r);
            self.cage.page_mut(page).live_words += words;
            self.marking.marked_words += u64::from(words);
        }
    }

    /// A scavenge moved objects: while marking is under way their colours move with them. Grey stays grey: the worklist is updated
    /// when the scavenge ends.
    #[inline(always)]
    pub(crate) fn follow_moves(&mut self) {
        if !self.moves.is_empty() {
            self.follow_all_moves();
        }
    }

    #[cold]
    fn follow_all_moves(&mut self) {
        let mut moves = std::mem::take(&mut self.moves);
        for (from, to) in moves.drain(..) {
            if self.cage.marks.is_marked(from) {
                self.cage.marks.mark(to);
                let words = self.cage.size_words(to);
                let page = self.cage.page_of(to);
                self.cage.page_mut(page).live_words += words;
            }
        }
        self.moves = moves;
    }

    /// After a scavenge: grey objects have moved or died.
    pub(crate) fn update_marking_worklist(&mut self) {
        if !self.marking.active {
            return;
        }
        for r in std::mem::take(&mut self.marking.worklist) {
            let Some(now) = self.survivor(r) else { continue };
            self.marking.worklist.push(now);
            if now != r {
                // Grey objects are counted when they are visited.
                let words = self.cage.size_words(now);
                let page = self.cage.page_of(now);
                self.cage.page_mut(page).live_words -= words;
            }
        }
        let partial = std::mem::take(&mut self.marking.partial);
        self.marking.partial =
            partial.into_iter().filter(|part| self.survivor(part.holder).is_some()).collect();
        for list in 0..2 {
            let taken = std::mem::take(self.marking.list(list));
            let kept = taken.into_iter().filter_map(|r| self.survivor(r)).collect();
            *self.marking.list(list) = kept;
        }
    }

    /// Marking is over: the barrier watches generations only.
    pub(crate) fn end_marking(&mut self) {
        self.cycle.marked = self.bytes(self.marking.marked_words);
        self.marking.active = false;
        self.cage.set_marking_barrier(false);
    }

    /// Words that marking found live in the pages of old space.
    pub(crate) fn live_old_words(&self) -> u64 {
        let live = |page: &crate::page::PageId| u64::from(self.cage.page(*page).live_words);
        self.old.pages.iter().map(live).sum()
    }

    /// The objects that marking has seen and not visited yet; none of them means that marking is done.
    pub fn grey_objects(&self) -> impl ExactSizeIterator<Item = Ref> + '_ {
        self.marking.worklist.iter().copied()
    }

    /// Is a collection marking at the moment, in steps between which the mutator runs?
    #[must_use]
    pub fn is_marking(&self) -> bool {
        self.marking.active && !self.is_collecting()
    }

    /// The space of the page an object lies on.
    pub(crate) fn space(&self, r: Ref) -> SpaceKind {
        self.cage.page(self.cage.page_of(r)).space
    }
}

impl Marking {
    fn list(&mut self, index: usize) -> &mut Vec<Ref> {
        match index {
            0 => &mut self.ephemerons,
            _ => &mut self.weak,
        }
    }
}
