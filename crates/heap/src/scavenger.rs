//! The scavenger: Cheney's copying collection of the young generation.
//!
//! After the flip all objects lie in from-space and to-space is empty. Roots and remembered slots are the starting
//! points; each object they refer to is copied to the free end of to-space, or promoted to old space if the
//! profile's rule says so. Then the copied objects are scanned in the order they lie there: the scan pointer chases the
//! free pointer. Promoted objects are scanned too, and their slots that still refer to young objects enter the
//! remembered set. When scan meets free, what is left in from-space is dead.
//!
//! Invariants: a slot that was scanned never refers to from-space; an object is copied once, its old header then holds
//! the new address. Weak layouts count as strong here and ephemeron keys as weak, as in V8's scavenger.

use crate::barrier::is_key;
use crate::cage::Poison;
use crate::collection::{Budget, Phase};
use crate::copier::{Holder, Moved, Stop, Unscanned};
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::Layout;
use crate::heap::{Heap, Mutator};
use crate::page::{PageId, SpaceKind, flag};
use crate::profile::PromotionRule;
use crate::slot_set::TakenSlots;
use crate::word::{Ref, Word};

/// What a scavenge still has to do.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScavengeWork {
    /// Scan pointer: index of the page in to-space, word, and end of the page.
    pub(crate) scan_page: usize,
    pub(crate) scan: u32,
    pub(crate) scan_end: u32,
    /// The object being scanned.
    pub(crate) current: Unscanned,
    /// Ranges of slots that are scanned next.
    pub(crate) pending: Vec<Unscanned>,
    /// First promoted object in the open area of old space that has not been scanned.
    promoted_scan: u32,
    /// Promoted objects in areas that are closed, as ranges of words.
    promoted: Vec<(u32, u32)>,
    /// Key slots of ephemeron tables.
    keys: Vec<u32>,
    /// Pages whose remembered slots have not been visited.
    remembered: Vec<PageId>,
    /// The rest of the slots of the page that is being visited.
    pub(crate) remembered_slots: Option<TakenSlots>,
    pub(crate) moved: Moved,
    /// Objects that others have taken the place of, by address.
    pub(crate) replaced: Vec<Ref>,
    /// From so many copied words on everything is promoted.
    pub(crate) copy_limit: u64,
    slots: u64,
}

impl ScavengeWork {
    /// The next promoted object to scan; `top` is the top of the open area of old space.
    #[inline(always)]
    pub(crate) fn next_promoted(&self, top: u32) -> Option<Ref> {
        match self.promoted.last() {
            Some(&(start, _)) => Some(Ref::new(start)),
            None => (self.promoted_scan < top).then(|| Ref::new(self.promoted_scan)),
        }
    }

    /// That object is `words` words long and will be scanned.
    #[inline(always)]
    pub(crate) fn advance_promoted(&mut self, words: u32) {
        let Some((start, end)) = self.promoted.last_mut() else {
            self.promoted_scan += words;
            return;
        };
        *start += words;
        if *start == *end {
            self.promoted.pop();
        }
    }

    /// Values of an ephemeron table are strong in a scavenge. Keys are looked at when everything else has moved; what is
    /// to be scanned now is left in `pending`, and none of it in the result.
    #[cold]
    pub(crate) fn put_keys_aside(&mut self, table: Ref, size: u32, holder: Holder) -> Unscanned {
        for index in 1..size {
            let slot = table.offset() + index;
            if is_key(index) {
                self.keys.push(slot);
            } else {
                self.pending.push(Unscanned { slot, end: slot + 1, holder });
            }
        }
        Unscanned::default()
    }
}

impl<O: Observer> Heap<O> {
    /// Makes sure of the pages that a scavenge takes at most: those of both semi-spaces that are not committed yet, and for
    /// promotion twice what new space holds, because objects of up to half a page may leave half of each page unused.
    pub(crate) fn reserve_for_scavenge(&mut self) -> bool {
        let capacity = self.new_capacity_after_growth() / self.config.profile.page_bytes;
        let pages = 2 * self.new.to.pages.len() + 2 + capacity as usize * 2;
        self.cage.reserve(pages)
    }

    #[inline(never)]
    pub(crate) fn start_scavenge(&mut self) {
        self.new.commit_to(&mut self.cage);
        self.new.commit_from(&mut self.cage);
        self.old.close_area(&mut self.cage);
        self.close_to_space();
        self.new.flip(&mut self.cage);
        // Closed, so that the first copy opens a buffer.
        self.new.area.limit = self.new.area.top;
        for &page in &self.large.young {
            for page in page.0..page.0 + self.cage.page(page).run {
                self.cage.set_flag(PageId(page), flag::EVACUATE);
            }
        }
        self.scavenge = ScavengeWork {
            scan: self.new.area.top,
            scan_end: self.new.current_page_end(&self.cage),
            remembered: self.old_to_new.pages().collect(),
            keys: self.ephemeron_keys.iter().collect(),
            copy_limit: self.copy_limit(),
            ..ScavengeWork::default()
        };
        self.ephemeron_keys.clear();
        self.put_stand_ins();
        self.enter(Phase::ScavengeRoots);
    }

    /// Ends the page being filled, so that it can be walked to its end.
    pub(crate) fn close_to_space(&mut self) {
        if !self.new.to.pages.is_empty() {
            let end = self.new.current_page_end(&self.cage);
            self.cage.fill(self.new.area.top, end, Poison::No);
        }
    }

    /// Words from which on everything is promoted.
    fn copy_limit(&self) -> u64 {
        match self.config.profile.promotion {
            PromotionRule::AgeMark => u64::MAX,
            PromotionRule::AgeMarkOrQuarterFull => self.new.capacity_words(&self.cage) / 4 + 1,
        }
    }

    #[inline(never)]
    pub(crate) fn scavenge_roots(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        m.trace_roots(&mut |root| {
            if let Some(r) = root.as_ref() {
                *root = Word::reference(self.forward(r));
            }
            self.scavenge.slots += 1;
        });
        Some(Phase::ScavengeRememberedSet)
    }

    #[inline(never)]
    pub(crate) fn scavenge_remembered_set(&mut self, budget: Budget) -> Option<Phase> {
        let mut left = budget;
        while left > 0 {
            let Some(slots) = &mut self.scavenge.remembered_slots else {
                let Some(page) = self.scavenge.remembered.pop() else {
                    return Some(Phase::ScavengeTransitively);
                };
                self.scavenge.remembered_slots = self.old_to_new.take_page(page);
                continue;
            };
            let before = left;
            while let Some(slot) = slots.pop() {
                self.scavenge.pending.push(Unscanned { slot, end: slot + 1, holder: Holder::Old });
                left -= 1;
                if left == 0 {
                    break;
                }
            }
            if left > 0 {
                self.scavenge.remembered_slots = None;
            }
            self.scavenge.slots += (before - left) as u64;
            self.scan_objects(0);
        }
        None
    }

    #[inline(never)]
    pub(crate) fn scavenge_transitively(&mut self, budget: Budget) -> Option<Phase> {
        (self.scan_objects(budget) == Stop::Dry).then_some(Phase::ScavengeWeak)
    }

    /// Scans what is pending, and up to `budget` further objects; tells whether the budget or the work ran out.
    fn scan_objects(&mut self, budget: Budget) -> Stop {
        let mut left = budget;
        loop {
            let stop = self.run_copier(&mut left);
            if matches!(stop, Stop::Dry | Stop::Spent) {
                return stop;
            }
            self.see_to(stop);
        }
    }

    /// Sees to what the inner loop stopped for.
    #[cold]
    pub(crate) fn see_to(&mut self, stop: Stop) {
        match stop {
            Stop::NoCopyRoom(words) => self.next_copy_buffer(words),
            Stop::NoPromotionRoom(words) => self.next_promotion_area(words),
            Stop::Large(r) => self.promote_large(r),
            Stop::Dry | Stop::Spent => {}
        }
    }

    /// Opens the next copy buffer, on the next page of to-space if this one has no room for it. Behind the last buffer
    /// of the last page single objects still fit; if not, to-space is full, and what follows is promoted.
    fn next_copy_buffer(&mut self, words: u32) {
        self.open_copy_buffer(words);
        if words > self.new.area.rest() && self.new.has_next_page() {
            self.next_new_page();
            self.new.area.limit = self.new.area.top;
            self.open_copy_buffer(words);
        }
        if words > self.new.area.rest() {
            self.new.area.limit = self.new.current_page_end(&self.cage);
        }
        if words > self.new.area.rest() {
            self.scavenge.copy_limit = 0;
        }
    }

    /// Moves the limit of to-space behind a copy buffer, or an object too large for one, if the page has room for it.
    fn open_copy_buffer(&mut self, words: u32) {
        let page_end = self.new.current_page_end(&self.cage);
        let Some(bytes) = self.config.profile.copy_buffer_bytes else {
            self.new.area.limit = page_end;
            return;
        };
        let buffer = (bytes / u64::from(self.config.profile.word_bytes)) as u32;
        let wanted = if words > buffer / 4 { words } else { buffer };
        let area = &mut self.new.area;
        if page_end - area.limit < wanted {
            return;
        }
        self.cage.fill(area.top, area.limit, Poison::No);
        area.top = area.limit;
        area.limit += wanted;
    }

    /// Opens another area of old space; what is not yet scanned of the old one is remembered as a range.
    fn next_promotion_area(&mut self, words: u32) {
        let (start, end) = (self.scavenge.promoted_scan, self.old.area.top);
        if start < end {
            self.scavenge.promoted.push((start, end));
        }
        self.open_old_area(words);
        self.scavenge.promoted_scan = self.old.area.start;
    }

    /// A young large object survives by changing its generation; it stays where it is.
    fn promote_large(&mut self, r: Ref) {
        let page = self.cage.page_of(r);
        let words = self.cage.page(page).large_words;
        self.cage.set_run_space(page, SpaceKind::OldLarge);
        self.large.old.push(page);
        self.large.old_words += u64::from(words);
        self.scavenge.moved.promoted_words += u64::from(words);
        let work = &mut self.scavenge;
        let (slot, end, holder) = (r.offset() + 1, r.offset() + words, Holder::Old);
        match self.cage.header(r).layout() {
            Layout::Tagged | Layout::Weak => work.pending.push(Unscanned { slot, end, holder }),
            Layout::Ephemerons => {
                work.put_keys_aside(r, words, holder);
            }
            Layout::Raw | Layout::Filler | Layout::Forwarded => {}
        }
        self.emit(EventMask::MOVE, || HeapEvent::Promoted { from: r, to: r, words });
    }

    /// Where a young object is after the scavenge; none if it died.
    pub(crate) fn survivor(&self, r: Ref) -> Option<Ref> {
        if self.cage.flags_of(r) & flag::EVACUATE == 0 { Some(r) } else { self.cage.header(r).forwarding() }
    }

    /// Everything alive has been copied: young weak references follow or are cleared.
    #[inline(never)]
    pub(crate) fn scavenge_weak(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        for slot in std::mem::take(&mut self.scavenge.keys) {
            self.settle_key(slot);
        }
        m.trace_young_weak(&mut |root| {
            let Some(target) = root.as_ref() else { return };
            *root = self.survivor(target).map_or(Word::CLEARED, Word::reference);
        });
        self.release_young_externals(m);
        self.update_young_ids();
        Some(Phase::FinishScavenge)
    }

    fn settle_key(&mut self, slot: u32) {
        let key = Word::from_bits(self.cage.words[slot as usize]);
        let Some(target) = key.as_ref() else { return };
        match self.survivor(target) {
            Some(now) => {
                self.cage.words[slot as usize] = Word::reference(now).bits();
                let holder_is_old = self.cage.flags_of(Ref::new(slot)) & flag::YOUNG == 0;
                if holder_is_old && self.cage.flags_of(now) & flag::YOUNG != 0 {
                    self.ephemeron_keys.insert(slot);
                }
            }
            None => {
                self.cage.words[slot as usize] = Word::CLEARED.bits();
                self.cage.words[slot as usize + 1] = Word::CLEARED.bits();
                self.cycle.weak_cleared += 1;
                let holder = Ref::new(slot);
                self.emit(EventMask::WEAK, || HeapEvent::WeakCleared { holder, target: key });
            }
        }
    }

    /// From-space is empty now. The age mark goes to the top: what lies below has survived once.
    #[inline(never)]
    pub(crate) fn finish_scavenge(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        self.update_marking_worklist();
        for page in std::mem::take(&mut self.large.young) {
            if self.cage.page(page).space == SpaceKind::YoungLarge {
                self.release_large(page);
            }
        }
        self.large.young_words = 0;
        self.empty_from_space();
        self.new.set_age_mark();
        self.allocation.counted = self.new.area.top;
        let work = std::mem::take(&mut self.scavenge);
        let (copied, promoted) = (self.bytes(work.moved.copied_words), self.bytes(work.moved.promoted_words));
        (self.cycle.survived, self.cycle.promoted) = (copied, promoted);
        self.limits.old_allocated += promoted;
        self.pace_after_scavenge(self.cycle.new_used_before.saturating_sub(copied + promoted));
        self.settle_initial_limit(self.cycle.new_used_before, copied + promoted);
        let cost = &self.config.cost;
        self.cycle.pause_ps = cost.scavenge_ns * 1000
            + (work.moved.copied_words + work.moved.promoted_words) * cost.copy_word_ps
            + work.slots * cost.slot_ps;
        self.stats.scavenges += 1;
        let incremental = self.steps_since_last_collection();
        self.conclude(m, incremental)
    }

    fn empty_from_space(&mut self) {
        for &page in &self.new.from.pages {
            self.cage.set_space(page, SpaceKind::FromSpace);
            let (start, end) = (self.cage.area_start(page), self.cage.page_end(page));
            self.cage.marks.clear(page.0 << self.cage.shift, end);
            if self.config.poison || self.config.verify {
                self.cage.fill(start, end, Poison::Yes);
            }
        }
    }

    pub(crate) fn release_large(&mut self, page: PageId) {
        let space = self.cage.page(page).space;
        self.cage.release_run(page);
        self.emit(EventMask::SPACE, || HeapEvent::PageReleased { page, space });
    }
}
