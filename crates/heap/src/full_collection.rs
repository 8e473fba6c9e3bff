//! The full collection around its phases: what is made ready before marking, and what is settled at the end.

use crate::cage::Poison;
use crate::collection::Phase;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::{Heap, Mutator};
use crate::limits::OomReason;
use crate::page::{Area, PageId, SpaceKind, flag};
use crate::semi_space::AgeMark;
use crate::word::Ref;

impl<O: Observer> Heap<O> {
    #[inline(never)]
    pub(crate) fn start_full(&mut self) {
        if !self.choose_compaction() {
            self.allocation.out_of_memory = Some(OomReason::ReachedHeapLimit);
            self.cycle.kind = None;
            return;
        }
        self.stand_ins.clear();
        self.close_to_space();
        self.enter(Phase::FinishSweeping);
    }

    /// Pages that the evacuation can need at most: objects of up to half a page may leave half of each page unused.
    pub(crate) fn pages_for_evacuation(&self) -> usize {
        let old = if self.config.stress_compaction { self.old.pages.len() } else { 0 };
        2 * (self.new.to.pages.len() + old.max(self.compaction.candidates.len()) + 8)
    }

    /// Memory is given back, what is left awaits the sweeper, sizes and limits are settled.
    #[inline(never)]
    pub(crate) fn finish_full(&mut self, m: &mut impl Mutator) -> Option<Phase> {
        self.old.close_area(&mut self.cage);
        self.old.free.clear();
        if let Some(sliding) = self.compaction.sliding.take() {
            self.finish_sliding(&sliding);
        } else {
            self.release_candidates();
            self.queue_for_sweeping();
        }
        self.reset_new_space();
        self.release_dead_large();
        let live = self.live_old_words();
        self.old.set_used_words(live);
        self.end_marking();
        self.account_full(m);
        for cell in std::mem::take(&mut self.cycle.finalized) {
            m.finalized(cell);
        }
        let incremental = self.incremental_figures(m);
        self.conclude(m, incremental)
    }

    /// No live object is left in new space: it starts afresh.
    fn reset_new_space(&mut self) {
        if self.new.to.pages.is_empty() {
            (self.new.area, self.new.to.current) = (Area::EMPTY, 0);
            (self.new.age_mark, self.allocation.counted) = (AgeMark::default(), 0);
            return;
        }
        for &page in &self.new.to.pages {
            self.cage.set_space(page, SpaceKind::ToSpace);
            let (start, end) = (self.cage.area_start(page), self.cage.page_end(page));
            self.cage.marks.clear(page.0 << self.cage.shift, end);
            if self.config.poison || self.config.verify {
                self.cage.fill(start, end, Poison::Yes);
            }
        }
        self.new.start_page(&self.cage, 0);
        self.new.age_mark = AgeMark { page: 0, at: self.new.area.top };
        self.allocation.counted = self.new.area.top;
    }

    fn release_candidates(&mut self) {
        self.old.pages.retain(|page| self.cage.flags[page.index()] & flag::CANDIDATE == 0);
        for page in std::mem::take(&mut self.compaction.candidates) {
            self.cage.release_run(page);
            self.cycle.evacuated_pages += 1;
            self.emit(EventMask::SPACE, || HeapEvent::PageReleased { page, space: SpaceKind::Old });
        }
    }

    /// Pages without a live object are given back, save one (V8: `Sweeper` keeps one unused page); the others queue.
    fn queue_for_sweeping(&mut self) {
        let mut spare: Option<PageId> = None;
        for page in std::mem::take(&mut self.old.pages) {
            if self.cage.page(page).live_words == 0 && spare.is_some() {
                self.cage.release_run(page);
                self.emit(EventMask::SPACE, || HeapEvent::PageReleased { page, space: SpaceKind::Old });
                continue;
            }
            if self.cage.page(page).live_words == 0 {
                spare = Some(page);
            }
            let row = self.cage.page_mut(page);
            (row.swept, row.used_words) = (false, row.live_words);
            self.old.pages.push(page);
        }
        // Allocation takes from the end of the queue: lowest pages first.
        self.sweep_queue = self.old.pages.iter().rev().copied().collect();
    }

    fn release_dead_large(&mut self) {
        self.large.old_words = 0;
        for page in std::mem::take(&mut self.large.old) {
            let r = Ref::new(self.cage.area_start(page));
            if self.cage.marks.is_marked(r) {
                self.cage.marks.unmark(r);
                self.large.old_words += u64::from(self.cage.page(page).large_words);
                self.large.old.push(page);
            } else {
                self.release_large(page);
            }
        }
    }

    /// Costs, speeds and limits.
    fn account_full(&mut self, m: &impl Mutator) {
        let cost = &self.config.cost;
        let word = u64::from(self.config.profile.word_bytes);
        let moved_words = (self.cycle.promoted + self.cycle.evacuated) / word;
        let marked_in_pause = self.marking.marked_words.saturating_sub(self.marking.incremental.marked_words);
        self.cycle.pause_ps =
            cost.full_ns * 1000 + marked_in_pause * cost.mark_word_ps + moved_words * cost.evacuate_word_ps;
        self.stats.mark_compacts += 1;
        self.limits.survived_since_expansion += self.cycle.promoted;
        let full_ns = self.cycle.pause_ps / 1000 + self.marking.incremental.duration_ns;
        let end_ns = self.time_ns(m) + self.cycle.pause_ps / 1000;
        self.settle_limit(self.cycle.figures.old_used + self.cycle.figures.new_used, full_ns, end_ns);
    }
}
