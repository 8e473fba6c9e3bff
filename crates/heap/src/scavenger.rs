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
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{FIRST_EPHEMERON, Header, Layout};
use crate::heap::{Heap, Mutator};
use crate::page::{PageId, SpaceKind, flag};
use crate::profile::PromotionRule;
use crate::record::IncrementalFigures;
use crate::word::{Ref, Word};

/// What a scavenge still has to do.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScavengeWork {
    /// Scan pointer: index of the page in to-space and word.
    scan_page: usize,
    scan: u32,
    /// First promoted object in the open allocation area of old space that has not been scanned.
    promoted_scan: u32,
    /// Promoted objects elsewhere, as ranges of words.
    promoted: Vec<(u32, u32)>,
    /// Large objects that were promoted where they are.
    large: Vec<Ref>,
    /// Key slots of ephemeron tables that refer to from-space.
    keys: Vec<u32>,
    remembered: Vec<PageId>,
    copied_words: u64,
    promoted_words: u64,
    slots: u64,
}

/// Whether the object being scanned is old: then its slots are remembered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Young,
    Old,
}

impl<O: Observer> Heap<O> {
    pub(crate) fn start_scavenge(&mut self) {
        let pages = 2 * self.new.to.pages.len() + 2 + self.new.capacity_pages as usize * 2;
        if !self.cage.reserve(pages) || !self.new.commit_to(&mut self.cage) {
            self.allocation.out_of_memory = Some(crate::limits::OomReason::ReachedHeapLimit);
            self.cycle.kind = None;
            return;
        }
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
            remembered: self.old_to_new.pages().collect(),
            keys: self.ephemeron_keys.iter().collect(),
            ..ScavengeWork::default()
        };
        self.ephemeron_keys.clear();
        self.enter(Phase::ScavengeRoots);
    }

    /// Ends the page being filled, so that it can be walked to its end.
    pub(crate) fn close_to_space(&mut self) {
        if !self.new.to.pages.is_empty() {
            let end = self.new.current_page_end(&self.cage);
            self.cage.fill(self.new.area.top, end, Poison::No);
        }
    }

    pub(crate) fn scavenge_roots(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        m.trace_roots(&mut |root| {
            *root = Word::from_bits(self.scavenge_word(root.bits()));
            self.scavenge.slots += 1;
        });
        Some(Phase::ScavengeRememberedSet)
    }

    pub(crate) fn scavenge_remembered_set(&mut self, budget: Budget) -> Option<Phase> {
        for _ in 0..budget {
            let Some(page) = self.scavenge.remembered.pop() else {
                return Some(Phase::ScavengeTransitively);
            };
            let Some(slots) = self.old_to_new.take_page(page) else { continue };
            for slot in slots.iter() {
                self.scavenge_slot(slot, Holder::Old);
                self.scavenge.slots += 1;
            }
        }
        None
    }

    pub(crate) fn scavenge_transitively(&mut self, budget: Budget) -> Option<Phase> {
        for _ in 0..budget {
            if !(self.scan_copied() || self.scan_promoted()) {
                return Some(Phase::ScavengeWeak);
            }
        }
        None
    }

    /// Scans the next object in to-space; false if scan has met free.
    #[inline(always)]
    fn scan_copied(&mut self) -> bool {
        while self.scavenge.scan == self.new.area.top || self.scan_at_page_end() {
            if self.scavenge.scan_page == self.new.to.current {
                return false;
            }
            self.scavenge.scan_page += 1;
            self.scavenge.scan = self.cage.area_start(self.new.to.pages[self.scavenge.scan_page]);
        }
        let r = Ref::new(self.scavenge.scan);
        self.scavenge.scan += self.scan_object(r, Holder::Young);
        true
    }

    fn scan_at_page_end(&self) -> bool {
        self.scavenge.scan == self.cage.page_end(self.new.to.pages[self.scavenge.scan_page])
    }

    /// Scans the next promoted object; false if there is none.
    fn scan_promoted(&mut self) -> bool {
        if let Some(r) = self.scavenge.large.pop() {
            self.scan_object(r, Holder::Old);
            return true;
        }
        if self.scavenge.promoted_scan < self.old.area.top {
            let r = Ref::new(self.scavenge.promoted_scan);
            self.scavenge.promoted_scan += self.cage.size_words(r);
            self.scan_object(r, Holder::Old);
            return true;
        }
        let Some((start, end)) = self.scavenge.promoted.pop() else { return false };
        let next = start + self.cage.size_words(Ref::new(start));
        if next < end {
            self.scavenge.promoted.push((next, end));
        }
        self.scan_object(Ref::new(start), Holder::Old);
        true
    }

    /// Scans one object; returns its size.
    #[inline(always)]
    fn scan_object(&mut self, r: Ref, holder: Holder) -> u32 {
        let size = self.cage.size_words(r);
        match self.cage.header(r).layout() {
            Layout::Tagged | Layout::Weak => {
                for slot in r.offset() + 1..r.offset() + size {
                    self.scavenge_slot(slot, holder);
                }
            }
            Layout::Ephemerons => self.scan_ephemerons(r, size, holder),
            Layout::Raw | Layout::Filler | Layout::Forwarded => {}
        }
        size
    }

    /// Values are strong in a scavenge; keys are looked at when everything else has been copied.
    fn scan_ephemerons(&mut self, r: Ref, size: u32, holder: Holder) {
        for index in 1..size {
            let slot = r.offset() + index;
            if !is_key(index) {
                self.scavenge_slot(slot, holder);
            } else if self.in_from_space(Word::from_bits(self.cage.words[slot as usize])) {
                self.scavenge.keys.push(slot);
            }
        }
    }

    fn in_from_space(&self, w: Word) -> bool {
        w.as_ref().is_some_and(|r| self.cage.flags_of(r) & flag::EVACUATE != 0)
    }

    #[inline(always)]
    fn scavenge_slot(&mut self, slot: u32, holder: Holder) {
        let bits = self.cage.words[slot as usize];
        let Some(target) = Word::from_bits(bits).as_ref() else { return };
        let flags = self.cage.flags_of(target);
        if flags & flag::YOUNG == 0 {
            return;
        }
        let mut now = target;
        if flags & flag::EVACUATE != 0 {
            now = self.evacuate_young(target, flags);
            self.cage.words[slot as usize] = Word::reference(now).bits();
        }
        if holder == Holder::Old && self.cage.flags_of(now) & flag::YOUNG != 0 && self.old_to_new.insert(slot)
        {
            self.emit(EventMask::BARRIER, || HeapEvent::SlotRecorded { slot });
        }
    }

    #[inline(always)]
    fn scavenge_word(&mut self, bits: u64) -> u64 {
        let Some(target) = Word::from_bits(bits).as_ref() else { return bits };
        let flags = self.cage.flags_of(target);
        if flags & flag::EVACUATE == 0 {
            return bits;
        }
        Word::reference(self.evacuate_young(target, flags)).bits()
    }

    /// Copies or promotes one object of from-space, unless that has happened; returns where it is now.
    #[inline(always)]
    fn evacuate_young(&mut self, from: Ref, flags: u8) -> Ref {
        let header = self.cage.header(from);
        if let Some(to) = header.forwarding() {
            return to;
        }
        if header.is_large() {
            return self.promote_large(from);
        }
        let words = header.size_field();
        let to = if self.should_promote(from, flags) {
            self.promote(from, words)
        } else {
            self.copy_young(from, words)
        };
        if self.marking.active {
            self.transfer_mark(from, to, words);
        }
        self.cage.set_header(from, Header::forwarded(to.offset()));
        to
    }

    #[inline(always)]
    fn should_promote(&self, r: Ref, flags: u8) -> bool {
        const AGED: u8 = flag::BELOW_AGE_MARK | flag::HOLDS_AGE_MARK;
        let aged =
            flags & AGED != 0 && (flags & flag::BELOW_AGE_MARK != 0 || r.offset() < self.new.age_mark.at);
        aged || (self.config.profile.promotion == PromotionRule::AgeMarkOrQuarterFull
            && self.scavenge.copied_words > self.new.capacity_words(&self.cage) / 4)
    }

    /// Copies to the free end of to-space; promotes if there is no room.
    #[inline(always)]
    fn copy_young(&mut self, from: Ref, words: u32) -> Ref {
        let Some(to) = self.new.area.bump(words).or_else(|| self.next_copy_buffer(words)) else {
            return self.promote(from, words);
        };
        self.cage.words.copy_within(from.index()..from.index() + words as usize, to.index());
        self.scavenge.copied_words += u64::from(words);
        self.emit(EventMask::MOVE, || HeapEvent::Copied { from, to, words });
        to
    }

    /// Opens the next copy buffer, on the next page of to-space if this one has no room for it. Behind the last buffer
    /// of the last page single objects still fit.
    #[cold]
    fn next_copy_buffer(&mut self, words: u32) -> Option<Ref> {
        self.open_copy_buffer(words);
        if words > self.new.area.rest() && self.new.has_next_page() {
            self.next_new_page();
            self.new.area.limit = self.new.area.top;
            self.open_copy_buffer(words);
        }
        if words > self.new.area.rest() {
            self.new.area.limit = self.new.current_page_end(&self.cage);
        }
        self.new.area.bump(words)
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

    #[inline(always)]
    fn promote(&mut self, from: Ref, words: u32) -> Ref {
        let to = match self.old.area.bump(words) {
            Some(to) => to,
            None => self.promote_slow(words),
        };
        self.cage.words.copy_within(from.index()..from.index() + words as usize, to.index());
        self.scavenge.promoted_words += u64::from(words);
        self.emit(EventMask::MOVE, || HeapEvent::Promoted { from, to, words });
        to
    }

    /// Opens another area of old space; the scanned part of the old one is remembered as a range.
    #[cold]
    fn promote_slow(&mut self, words: u32) -> Ref {
        self.leave_promotion_area();
        let opened = self.refill_old(words) || self.add_old_page();
        assert!(opened, "the pages of a scavenge are reserved before it starts");
        self.scavenge.promoted_scan = self.old.area.start;
        self.old.area.bump(words).unwrap_or(Ref::new(self.old.area.start))
    }

    fn leave_promotion_area(&mut self) {
        let (start, end) = (self.scavenge.promoted_scan, self.old.area.top);
        if start < end {
            self.scavenge.promoted.push((start, end));
        }
        self.scavenge.promoted_scan = 0;
    }

    /// A young large object survives by changing its generation; it stays where it is.
    #[cold]
    fn promote_large(&mut self, r: Ref) -> Ref {
        let page = self.cage.page_of(r);
        let words = self.cage.page(page).large_words;
        self.cage.set_run_space(page, SpaceKind::OldLarge);
        self.large.old.push(page);
        self.large.old_words += u64::from(words);
        self.scavenge.large.push(r);
        self.scavenge.promoted_words += u64::from(words);
        self.emit(EventMask::MOVE, || HeapEvent::Promoted { from: r, to: r, words });
        r
    }

    /// Where a young object is after the scavenge; none if it died.
    pub(crate) fn survivor(&self, r: Ref) -> Option<Ref> {
        if self.cage.flags_of(r) & flag::EVACUATE == 0 { Some(r) } else { self.cage.header(r).forwarding() }
    }

    /// Everything alive has been copied: young weak references follow or are cleared.
    pub(crate) fn scavenge_weak(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        for slot in std::mem::take(&mut self.scavenge.keys) {
            self.settle_key(slot);
        }
        m.trace_young_weak(&mut |root| {
            let Some(target) = root.as_ref() else { return };
            *root = self.survivor(target).map_or(Word::CLEARED, Word::reference);
        });
        self.release_young_externals(m);
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
        let (copied, promoted) = (self.bytes(work.copied_words), self.bytes(work.promoted_words));
        (self.cycle.survived, self.cycle.promoted) = (copied, promoted);
        self.limits.old_allocated += promoted;
        self.settle_initial_limit(self.cycle.new_used_before, copied + promoted);
        let cost = &self.config.cost;
        self.cycle.pause_ps = cost.scavenge_ns * 1000
            + (work.copied_words + work.promoted_words) * cost.copy_word_ps
            + work.slots * cost.slot_ps;
        self.stats.scavenges += 1;
        self.conclude(m, IncrementalFigures::default())
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

/// The first slot of an ephemeron pair is its key.
const _: () = assert!(is_key(FIRST_EPHEMERON));
