//! Evacuation in a full collection: the live objects of new space and of the candidate pages move to old space. The slots
//! that refer to them are updated afterwards (`pointer_update`).

use crate::allocation_sites::AllocationSites;
use crate::collection::{Budget, Phase};
use crate::copy::copy_words;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::Header;
use crate::heap::Heap;
use crate::page::{Area, PageId, SpaceKind, flag};
use crate::word::Ref;

/// Why the inner loop stopped.
#[derive(Clone, Copy, Debug)]
enum Stop {
    /// No marked object is left on the page.
    PageDone,
    /// The budget is spent.
    Spent,
    /// The area of old space has no room for an object of so many words.
    NoRoom(u32),
}

/// The heap as the inner loop sees it: plain slices, and a copy of the allocation area.
struct Evacuator<'a, O> {
    words: &'a mut [u64],
    marks: &'a mut [u64],
    area: Area,
    /// What the objects come from.
    space: SpaceKind,
    /// Where the objects were allocated, while that is recorded.
    sites: Option<&'a mut AllocationSites>,
    observer: &'a mut O,
}

impl<O: Observer> Evacuator<'_, O> {
    /// Moves the marked objects from the word `at` on. On a stop `at` is the object to go on with.
    #[inline(always)]
    fn run(&mut self, at: &mut u32, end: u32, left: &mut Budget) -> Stop {
        let first = *at >> 6;
        for group in first..end >> 6 {
            // What moves gets its mark on another page: the copy of these marks stays right.
            let mut marked = self.marks[group as usize];
            if group == first {
                marked &= !0 << (*at & 63);
            }
            while marked != 0 {
                let from = Ref::new((group << 6) + marked.trailing_zeros());
                if *left == 0 {
                    *at = from.offset();
                    return Stop::Spent;
                }
                if let Err(words) = self.evacuate(from) {
                    *at = from.offset();
                    return Stop::NoRoom(words);
                }
                *left -= 1;
                marked &= marked - 1;
            }
        }
        *at = end;
        Stop::PageDone
    }

    /// Moves one marked object to old space, if the area has room for its words.
    #[inline(always)]
    fn evacuate(&mut self, from: Ref) -> Result<(), u32> {
        let words = Header::from_bits(self.words[from.index()]).size_field();
        let to = self.area.bump(words).ok_or(words)?;
        copy_words(self.words, from.index(), to.index(), words as usize);
        self.words[from.index()] = Header::forwarded(to.offset()).bits();
        if let Some(sites) = &mut self.sites {
            sites.follow(from, to);
        }
        self.marks[to.index() >> 6] |= 1 << (to.offset() & 63);
        if O::ACTIVE && self.observer.mask().contains(EventMask::MOVE) {
            self.observer.observe(match self.space {
                SpaceKind::Old => HeapEvent::Evacuated { from, to, words },
                _ => HeapEvent::Promoted { from, to, words },
            });
        }
        Ok(())
    }
}

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

    #[inline(never)]
    pub(crate) fn evacuate_new_space(&mut self, budget: Budget) -> Option<Phase> {
        let pages = std::mem::take(&mut self.new.to.pages);
        let used = pages.len().min(self.new.to.current + 1);
        let more = self.move_marked(&pages[..used], budget, SpaceKind::ToSpace);
        self.new.to.pages = pages;
        if more {
            return None;
        }
        self.promote_young_large();
        self.cycle.cursor = (0, 0);
        Some(Phase::EvacuateCandidates)
    }

    #[inline(never)]
    pub(crate) fn evacuate_candidates(&mut self, budget: Budget) -> Option<Phase> {
        let pages = std::mem::take(&mut self.compaction.candidates);
        let more = self.move_marked(&pages, budget, SpaceKind::Old);
        self.compaction.candidates = pages;
        if more { None } else { Some(Phase::UpdatePointers) }
    }

    /// Moves up to `budget` marked objects out of these pages, from the cycle's cursor on; false when all have moved.
    fn move_marked(&mut self, pages: &[PageId], budget: Budget, space: SpaceKind) -> bool {
        let mut left = budget;
        while let Some(&page) = pages.get(self.cycle.cursor.0) {
            self.cage.set_flag(page, flag::EVACUATE);
            let (start, end) = (self.cage.area_start(page), self.cage.page_end(page));
            let mut at = self.cycle.cursor.1.max(start);
            let stop = self.empty(&mut at, end, &mut left, space);
            self.cycle.cursor.1 = at;
            match stop {
                Stop::PageDone => self.cycle.cursor = (self.cycle.cursor.0 + 1, 0),
                Stop::NoRoom(words) => self.open_old_area(words),
                Stop::Spent => return true,
            }
        }
        false
    }

    /// Runs the inner loop from the word `at` of a page to its end, and settles what it has moved.
    #[inline(never)]
    fn empty(&mut self, at: &mut u32, end: u32, left: &mut Budget, space: SpaceKind) -> Stop {
        let start = self.old.area.top;
        let mut evacuator = Evacuator {
            words: &mut self.cage.words,
            marks: self.cage.marks.cells(),
            area: self.old.area,
            space,
            sites: self.cage.sites.as_deref_mut(),
            observer: &mut self.observer,
        };
        let stop = evacuator.run(at, end, left);
        self.old.area = evacuator.area;
        self.compaction.add_moved(start, self.old.area.top);
        let words = self.old.area.top - start;
        if words > 0 {
            let page = self.cage.page_of(Ref::new(start));
            self.cage.page_mut(page).live_words += words;
        }
        let bytes = self.bytes(u64::from(words));
        match space {
            SpaceKind::Old => self.cycle.evacuated += bytes,
            _ => self.cycle.promoted += bytes,
        }
        stop
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
            self.compaction.add_moved(r.offset(), r.offset() + words);
            self.cycle.promoted += self.bytes(u64::from(words));
            self.emit(EventMask::MOVE, || HeapEvent::Promoted { from: r, to: r, words });
        }
        self.large.young_words = 0;
    }
}
