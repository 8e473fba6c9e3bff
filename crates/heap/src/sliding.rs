//! In-place compaction: the live objects slide towards the first page, and nothing is needed but the pages they lie on.
//!
//! This is how a full collection compacts that must return memory ([`CollectionKind::FullReduceMemory`]: last resort,
//! off-heap pressure), and any other that cannot have the free pages which evacuation copies into. The algorithm is the
//! Compressor's (Kermany and Petrank, PLDI 2006), run in place as Lisp-2 does:
//!
//! 1. **Where to** (`compute_forwarding`): the mark of each live object is extended over its whole body, and for each
//!    group of 64 words the table notes where the first object that starts there will go. A new address is then the table's
//!    entry plus the number of marked words before the object in its group. Neither headers nor bodies are touched.
//! 2. **Slide** (`slide`): the objects move in the order in which they lie, and while one is copied the references in it are
//!    exchanged for new addresses, which the table knows whether the target has moved or not. So one pass over the heap
//!    does what takes Lisp-2 two, and its forwarding word, for which our header has no room, is not needed;
//!    threading (Jonkers, Morris) needs none either, but goes through memory twice and in no order.
//! 3. **Update** (`pointer_update`): roots and large objects, which do not move, get the new addresses.
//!
//! Old pages come first, then what the mutator has filled of to-space. So young objects slide into the room that is left in
//! old space, and when there is none the pages of to-space that they fill become old pages where they are.
//!
//! An object never goes to an address above its own: the objects of a group go to one page together, all that was placed
//! on the group's own page before it came from words before it, and so the group fits there at the latest. Objects of
//! the dense beginning of the heap stay where they are.

use crate::cage::{Cage, Poison};
use crate::collection::{Budget, Phase, pages_within};
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::Layout;
use crate::heap::Heap;
use crate::page::{PageId, SpaceKind, flag};
use crate::record::CollectionKind;
use crate::word::{Ref, Word};

/// Words in a group: one cell of the mark bitmap.
const GROUP: u32 = 64;

/// A place on one of the pages: index in [`Sliding::pages`] and word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Place {
    page: usize,
    at: u32,
}

/// What an in-place compaction knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sliding {
    /// The pages in the order in which they are emptied and filled.
    pages: Vec<PageId>,
    /// How many of them are of old space.
    old_pages: usize,
    /// By group of words: where the first object that starts there goes, less the marked words before it in the group.
    forwarding: Vec<u32>,
    /// Where the next object goes.
    free: Place,
    /// First free word of each page that holds objects afterwards.
    ends: Vec<u32>,
}

impl Sliding {
    /// The new address of a live object on one of the pages.
    #[inline(always)]
    pub(crate) fn address(&self, marks: &[u64], r: Ref) -> Ref {
        let group = r.index() >> 6;
        let before = marks[group] & ((1 << (r.offset() & 63)) - 1);
        Ref::new(self.forwarding[group].wrapping_add(before.count_ones()))
    }

    /// The page that is being filled.
    fn target(&self) -> PageId {
        self.pages[self.free.page]
    }

    /// Nothing is placed yet.
    fn rewind(&mut self, cage: &Cage) {
        self.free = Place { page: 0, at: self.pages.first().map_or(0, |&page| cage.area_start(page)) };
    }

    /// Takes room for `words` words that stay together; where it begins.
    fn place(&mut self, cage: &Cage, words: u32) -> u32 {
        if self.free.at + words > cage.page_end(self.target()) {
            self.end_page();
            self.free =
                Place { page: self.free.page + 1, at: cage.area_start(self.pages[self.free.page + 1]) };
        }
        self.free.at += words;
        self.free.at - words
    }

    /// Nothing more goes to the page that is being filled.
    fn end_page(&mut self) {
        self.ends.push(self.free.at);
    }
}

impl<O: Observer> Heap<O> {
    /// Decides how the full collection that starts now compacts; false if the machine has not even the memory for the
    /// table.
    pub(crate) fn choose_compaction(&mut self) -> bool {
        let evacuates = self.cycle.kind != Some(CollectionKind::FullReduceMemory)
            && self.cage.reserve(self.pages_for_evacuation());
        evacuates || self.prepare_sliding() || self.cage.reserve(self.pages_for_evacuation())
    }

    fn prepare_sliding(&mut self) -> bool {
        let mut forwarding = Vec::new();
        let groups = self.cage.words.len() / GROUP as usize;
        if forwarding.try_reserve_exact(groups).is_err() {
            return false;
        }
        forwarding.resize(groups, 0);
        self.compaction.sliding = Some(Box::new(Sliding { forwarding, ..Sliding::default() }));
        true
    }

    /// Marking is done: the pages in their order, and nothing placed yet. Candidates that incremental marking has chosen
    /// are ordinary pages again.
    pub(crate) fn begin_sliding(&mut self) -> Option<Phase> {
        for page in std::mem::take(&mut self.compaction.candidates) {
            self.cage.flags[page.index()] &= !flag::CANDIDATE;
        }
        self.old.close_area(&mut self.cage);
        self.old.pages.sort_unstable();
        let mut pages = self.old.pages.clone();
        let young = self.new.to.pages.iter().take(self.new.to.current + 1);
        pages.extend(young);
        for &page in &pages {
            self.cage.set_flag(page, flag::EVACUATE);
        }
        if let Some(sliding) = &mut self.compaction.sliding {
            sliding.old_pages = self.old.pages.len();
            sliding.pages = pages;
            sliding.rewind(&self.cage);
        }
        self.cycle.cursor = (0, 0);
        Some(Phase::ComputeForwarding)
    }

    /// Computes the new addresses of the objects of some pages.
    #[inline(never)]
    pub(crate) fn compute_forwarding(&mut self, budget: Budget) -> Option<Phase> {
        let mut sliding = self.compaction.sliding.take()?;
        for _ in 0..pages_within(budget) {
            let Some(&page) = sliding.pages.get(self.cycle.cursor.0) else { break };
            compute_page(&mut self.cage, &mut sliding, page);
            self.cycle.cursor.0 += 1;
        }
        let done = self.cycle.cursor.0 >= sliding.pages.len();
        if done {
            if sliding
                .pages
                .first()
                .is_some_and(|&first| sliding.free != Place { page: 0, at: self.cage.area_start(first) })
            {
                sliding.end_page();
            }
            sliding.rewind(&self.cage);
            self.cycle.cursor = (0, 0);
        }
        self.compaction.sliding = Some(sliding);
        done.then_some(Phase::Slide)
    }

    /// Moves up to `budget` objects, and exchanges the references in them. What they leave behind can be walked over
    /// after each step.
    #[inline(never)]
    pub(crate) fn slide(&mut self, budget: Budget) -> Option<Phase> {
        let mut sliding = self.compaction.sliding.take()?;
        let mut left = budget;
        while let Some(&page) = sliding.pages.get(self.cycle.cursor.0) {
            let end = self.cage.page_end(page);
            let mut at = self.cycle.cursor.1.max(self.cage.area_start(page));
            while let Some(from) = self.cage.marks.next_marked(at, end).filter(|_| left > 0) {
                at = from.offset() + self.slide_object(&mut sliding, from);
                left -= 1;
            }
            if left == 0 {
                self.leave_gap(&sliding, at);
                self.cycle.cursor.1 = at;
                break;
            }
            self.leave_gap(&sliding, end);
            self.cycle.cursor = (self.cycle.cursor.0 + 1, 0);
        }
        let done = self.cycle.cursor.0 >= sliding.pages.len();
        self.compaction.sliding = Some(sliding);
        done.then_some(Phase::UpdatePointers)
    }

    /// Moves one object to where the table says; its size.
    #[inline(always)]
    fn slide_object(&mut self, sliding: &mut Sliding, from: Ref) -> u32 {
        let words = self.cage.header(from).size_field();
        let to = sliding.address(self.cage.marks.bits(), from);
        if self.cage.page_of(to) != sliding.target() {
            let end = self.cage.page_end(sliding.target());
            self.cage.fill(sliding.free.at, end, Poison::No);
            sliding.free.page += 1;
        }
        sliding.free.at = to.offset() + words;
        self.copy_updated(sliding, from, to, words);
        self.cage.site_follows(from, to);
        let bytes = self.bytes(u64::from(words));
        if self.cycle.cursor.0 >= sliding.old_pages {
            self.cycle.promoted += bytes;
            self.emit(EventMask::MOVE, || HeapEvent::Promoted { from, to, words });
        } else if from != to {
            self.cycle.evacuated += bytes;
            self.emit(EventMask::MOVE, || HeapEvent::Evacuated { from, to, words });
        }
        words
    }

    /// Copies an object word by word to an address that is not above its own; references get new addresses.
    #[inline(always)]
    fn copy_updated(&mut self, sliding: &Sliding, from: Ref, to: Ref, words: u32) {
        let (start, end, target) = (from.index(), from.index() + words as usize, to.index());
        if self.cage.header(from).layout() == Layout::Raw {
            self.cage.words.copy_within(start..end, target);
            return;
        }
        self.cage.words[target] = self.cage.words[start];
        for word in 1..words as usize {
            let bits = self.cage.words[start + word];
            self.cage.words[target + word] = self.updated(sliding, bits);
        }
    }

    /// The word with the new address, if it refers to an object that slides.
    #[inline(always)]
    fn updated(&self, sliding: &Sliding, bits: u64) -> u64 {
        match Word::from_bits(bits).as_ref() {
            Some(r) if self.cage.flags_of(r) & flag::EVACUATE != 0 => {
                Word::reference(sliding.address(self.cage.marks.bits(), r)).bits()
            }
            _ => bits,
        }
    }

    /// Makes a free range of what lies between the last object that has moved and the word `at` of the page that is
    /// being emptied.
    fn leave_gap(&mut self, sliding: &Sliding, at: u32) {
        let (page, target) = (sliding.pages[self.cycle.cursor.0], sliding.target());
        if target == page {
            self.cage.fill(sliding.free.at, at, Poison::No);
        } else {
            self.cage.fill(sliding.free.at, self.cage.page_end(target), Poison::No);
            self.cage.fill(self.cage.area_start(page), at, Poison::No);
        }
    }

    /// Everything has moved: pages without objects are given back, those of to-space that hold some belong to old space
    /// now, and what is left free on the others is on the free lists.
    pub(crate) fn finish_sliding(&mut self, sliding: &Sliding) {
        let used = sliding.ends.len();
        for &page in &sliding.pages {
            self.cage.marks.clear(page.0 << self.cage.shift, self.cage.page_end(page));
        }
        for &page in &sliding.pages[used.min(sliding.old_pages)..sliding.old_pages] {
            self.cage.release_run(page);
            self.cycle.evacuated_pages += 1;
            self.emit(EventMask::SPACE, || HeapEvent::PageReleased { page, space: SpaceKind::Old });
        }
        let converted = used.saturating_sub(sliding.old_pages);
        self.new.to.pages.drain(..converted);
        // From-space is empty: it makes up for what to-space has lost.
        let spare = self.new.from.pages.len().saturating_sub(converted);
        self.new.to.pages.extend(self.new.from.pages.drain(spare..));
        self.old.pages.clear();
        for (index, (&page, &end)) in sliding.pages.iter().zip(&sliding.ends).enumerate() {
            self.settle_compacted(page, end);
            if index >= sliding.old_pages {
                self.emit(EventMask::SPACE, || HeapEvent::PageAdded { page, run: 1, space: SpaceKind::Old });
            }
        }
    }

    /// A page that objects were slid onto up to `end`: it is old, and its rest is free.
    fn settle_compacted(&mut self, page: PageId, end: u32) {
        self.old.pages.push(page);
        self.cage.set_space(page, SpaceKind::Old);
        let live = end - self.cage.area_start(page);
        let row = self.cage.page_mut(page);
        (row.live_words, row.used_words, row.swept) = (live, live, true);
        let page_end = self.cage.page_end(page);
        self.cage.fill(end, page_end, self.poison());
        self.old.free.add(Ref::new(end), page_end - end);
    }
}

/// Extends the marks of one page over the bodies of its objects, and notes group by group where they will go.
fn compute_page(cage: &mut Cage, sliding: &mut Sliding, page: PageId) {
    let end = cage.page_end(page);
    let mut at = cage.area_start(page);
    while let Some(first) = cage.marks.next_marked(at, end) {
        let group = first.offset() / GROUP;
        let group_end = (group + 1) * GROUP;
        // Words of the group that belong to an object which starts before it.
        let carried =
            (cage.marks.bits()[group as usize] & ((1 << (first.offset() % GROUP)) - 1)).count_ones();
        let mut words = 0;
        let mut object = Some(first);
        while let Some(r) = object {
            let size = cage.header(r).size_field();
            cage.marks.mark_range(r.offset(), r.offset() + size);
            words += size;
            at = r.offset() + size;
            object = if at < group_end { cage.marks.next_marked(at, group_end) } else { None };
        }
        sliding.forwarding[group as usize] = sliding.place(cage, words).wrapping_sub(carried);
    }
}
