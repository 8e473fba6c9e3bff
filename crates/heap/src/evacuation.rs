//! Evacuation in a full collection: the live objects of new space and of the candidate pages move to old space. The slots
//! that refer to them are updated afterwards (`pointer_update`).

use crate::collection::{Budget, Phase};
use crate::copy::copy_words;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::Header;
use crate::heap::Heap;
use crate::page::{PageId, SpaceKind, flag};
use crate::word::Ref;

impl<O: Observer> Heap<O> {
    /// Where an object is now, if a full collection may have moved it.
    #[inline(always)]
    pub(crate) fn current_address(&self, r: Ref) -> Ref {
        if self.cage.flags_of(r) & flag::EVACUATE == 0 {
            return r;
        }
        match &self.compaction.sliding {
            Some(sliding) => sliding.address(self.cage.marks.bits(), r),
            None => self.cage.header(r).forwarding().unwrap_or(r),
        }
    }

    pub(crate) fn evacuate_new_space(&mut self, budget: Budget) -> Option<Phase> {
        let pages = self.new.to.pages.clone();
        let live = self.new.to.current + 1;
        if self.move_marked(&pages[..live.min(pages.len())], budget, SpaceKind::ToSpace) {
            return None;
        }
        self.promote_young_large();
        self.cycle.cursor = (0, 0);
        Some(Phase::EvacuateCandidates)
    }

    pub(crate) fn evacuate_candidates(&mut self, budget: Budget) -> Option<Phase> {
        let pages = self.compaction.candidates.clone();
        if self.move_marked(&pages, budget, SpaceKind::Old) {
            return None;
        }
        Some(Phase::UpdatePointers)
    }

    /// Moves up to `budget` marked objects out of these pages, from the cycle's cursor on; false when all have moved.
    fn move_marked(&mut self, pages: &[PageId], budget: Budget, space: SpaceKind) -> bool {
        let mut left = budget;
        while let Some(&page) = pages.get(self.cycle.cursor.0) {
            self.cage.set_flag(page, flag::EVACUATE);
            let end = self.cage.page_end(page);
            let mut at = self.cycle.cursor.1.max(self.cage.area_start(page));
            while let Some(from) = self.cage.marks.next_marked(at, end) {
                if left == 0 {
                    return true;
                }
                at = from.offset() + self.cage.size_words(from);
                self.cycle.cursor.1 = at;
                self.evacuate(from, space);
                left -= 1;
            }
            self.cycle.cursor = (self.cycle.cursor.0 + 1, 0);
        }
        false
    }

    /// Moves one marked object to old space.
    fn evacuate(&mut self, from: Ref, space: SpaceKind) {
        let words = self.cage.size_words(from);
        let to = self.evacuation_target(words);
        copy_words(&mut self.cage.words, from.index(), to.index(), words as usize);
        self.cage.set_header(from, Header::forwarded(to.offset()));
        self.cage.site_follows(from, to);
        self.cage.marks.mark(to);
        let page = self.cage.page_of(to);
        self.cage.page_mut(page).live_words += words;
        self.compaction.moved.push(to);
        let bytes = self.bytes(u64::from(words));
        if space == SpaceKind::Old {
            self.cycle.evacuated += bytes;
            self.emit(EventMask::MOVE, || HeapEvent::Evacuated { from, to, words });
        } else {
            self.cycle.promoted += bytes;
            self.emit(EventMask::MOVE, || HeapEvent::Promoted { from, to, words });
        }
    }

    fn evacuation_target(&mut self, words: u32) -> Ref {
        if let Some(to) = self.old.area.bump(words) {
            return to;
        }
        self.open_old_area(words);
        self.old.area.bump(words).unwrap_or(Ref::new(self.old.area.start))
    }

    /// Live young large objects change their generation; dead ones are given back.
    pub(crate) fn promote_young_large(&mut self) {
        for page in std::mem::take(&mut self.large.young) {
            let r = Ref::new(self.cage.area_start(page));
            let words = self.cage.page(page).large_words;
            if !self.cage.marks.is_marked(r) {
                self.release_large(page);
                continue;
            }
            self.cage.set_run_space(page, SpaceKind::OldLarge);
            self.large.old.push(page);
            self.compaction.moved.push(r);
            self.cycle.promoted += self.bytes(u64::from(words));
            self.emit(EventMask::MOVE, || HeapEvent::Promoted { from: r, to: r, words });
        }
        self.large.young_words = 0;
    }
}
