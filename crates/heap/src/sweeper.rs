//! Sweeping: after marking, the gaps between the live objects of a page become free-list nodes.
//!
//! It is lazy. A full collection only queues the pages; allocation sweeps as many as it needs, and the next
//! marking finishes the rest. Until a page is swept its mark bits tell which of its objects are alive.

use crate::collection::{Budget, Phase};
use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::Heap;
use crate::page::PageId;
use crate::word::Ref;

impl<O: Observer> Heap<O> {
    /// Sweeps up to `budget` pages; the next phase if there are none left.
    pub(crate) fn finish_sweeping(&mut self, budget: Budget) -> Option<Phase> {
        self.sweep_some(budget);
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

    /// Opens an allocation area in old space without taking a new page: from the free lists, sweeping if need be.
    pub(crate) fn refill_old(&mut self, words: u32) -> bool {
        loop {
            if self.old.refill_from_free_list(&mut self.cage, words) {
                return true;
            }
            if self.sweep_queue.is_empty() {
                return false;
            }
            self.sweep_some(1);
        }
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
