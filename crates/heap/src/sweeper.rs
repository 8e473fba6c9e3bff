//! Sweeping: after marking, the gaps between the live objects of a page become free-list nodes.
//!
//! It is lazy. A full collection only queues the pages; allocation sweeps as many as it needs, and the next
//! marking finishes the rest. Until a page is swept its mark bits tell which of its objects are alive.

use crate::collection::{Budget, Phase, pages_within};
use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::Heap;
use crate::page::PageId;
use crate::word::Ref;

/// Pages swept before a new one is taken.
const PAGES_SWEPT: usize = 4;

impl<O: Observer> Heap<O> {
    /// Sweeps some pages; the next phase if there are none left.
    #[inline(never)]
    pub(crate) fn finish_sweeping(&mut self, budget: Budget) -> Option<Phase> {
        self.sweep_some(pages_within(budget));
        self.sweep_queue.is_empty().then_some(Phase::MarkRoots)
    }

    /// Sweeps up to `budget` of the queued pages.
    pub fn sweep_some(&mut self, budget: usize) {
        for _ in 0..budget {
            let Some(page) = self.sweep_queue.pop() else { return };
            self.sweep_page(page);
        }
    }

    /// Pages that wait to be swept.
    #[must_use]
    pub fn unswept_pages(&self) -> usize {
        self.sweep_queue.len()
    }

    /// Opens an allocation area in old space without taking a new page: from the free lists, sweeping up to `pages` pages if
    /// need be.
    pub(crate) fn refill_old(&mut self, words: u32, pages: usize) -> bool {
        for _ in 0..pages {
            if self.old.refill_from_free_list(&mut self.cage, words) {
                return true;
            }
            if self.sweep_queue.is_empty() {
                return false;
            }
            self.sweep_some(1);
        }
        self.old.refill_from_free_list(&mut self.cage, words)
    }

    /// Opens an allocation area in old space for a collector: sweeps a few pages, then takes a new one, so that the pages of a
    /// heap without gaps are not all swept in one step (V8: `PagedSpaceBase::RawRefillLabMain`, which sweeps one).
    pub(crate) fn open_old_area(&mut self, words: u32) {
        let opened =
            self.refill_old(words, PAGES_SWEPT) || self.add_old_page() || self.refill_old(words, usize::MAX);
        assert!(opened, "the pages of a collection are reserved before it starts");
    }

    /// Turns the gaps between the marked objects of one page into free nodes and clears its mark bits.
    fn sweep_page(&mut self, page: PageId) {
        let end = self.cage.page_end(page);
        let mut at = self.cage.area_start(page);
        let mut live = 0;
        while let Some(object) = self.cage.marks.next_marked(at, end) {
            self.free_range(at, object.offset());
            let size = self.cage.size_words(object);
            live += size;
            at = object.offset() + size;
        }
        self.free_range(at, end);
        self.cage.marks.clear(page.0 << self.cage.shift, end);
        let row = self.cage.page_mut(page);
        let estimate = row.live_words;
        (row.swept, row.live_words, row.used_words) = (true, live, live);
        self.old.correct_used(u64::from(estimate), u64::from(live));
    }

    fn free_range(&mut self, start: u32, end: u32) {
        if start == end {
            return;
        }
        self.cage.fill(start, end, self.poison());
        self.old.free.add(Ref::new(start), end - start);
        self.emit(EventMask::SWEEP, || HeapEvent::Swept { start, end });
    }

    /// The tail of an object of `words` words was cut off: it is not used any more.
    pub(crate) fn discount_trimmed(&mut self, r: Ref, words: u32) {
        let page = self.cage.page_of(r);
        if self.old.owns_area(&self.cage, page) {
            // What lies in the open area is counted only when it is closed.
            self.old.close_area(&mut self.cage);
        }
        let row = self.cage.page_mut(page);
        if row.space == crate::page::SpaceKind::Old {
            row.used_words = row.used_words.saturating_sub(words);
            row.live_words = row.live_words.saturating_sub(words);
            self.old.subtract_used(u64::from(words));
        }
    }
}
