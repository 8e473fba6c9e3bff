//! Old space: pages, a linear allocation area, free lists.

use crate::cage::{Cage, Poison};
use crate::free_list::FreeList;
use crate::page::{Area, PageId, SpaceKind};
use crate::word::Ref;

/// The pages of promoted and pretenured objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct OldSpace {
    pub(crate) pages: Vec<PageId>,
    pub(crate) area: Area,
    pub(crate) free: FreeList,
    /// Words in objects outside the open allocation area.
    closed_words: u64,
}

impl OldSpace {
    /// Words in objects, live or not yet swept.
    pub(crate) fn used_words(&self) -> u64 {
        self.closed_words + u64::from(self.area.top - self.area.start)
    }

    /// Replaces the count after marking or sweeping. The area must be closed.
    pub(crate) fn set_used_words(&mut self, words: u64) {
        self.closed_words = words;
    }

    pub(crate) fn subtract_used(&mut self, words: u64) {
        self.closed_words = self.closed_words.saturating_sub(words);
    }

    /// A page's live words were estimated by marking and are known exactly after sweeping.
    pub(crate) fn correct_used(&mut self, estimate: u64, exact: u64) {
        self.closed_words = (self.closed_words + exact).saturating_sub(estimate);
    }

    /// Does the open area lie on this page?
    pub(crate) fn owns_area(&self, cage: &Cage, page: PageId) -> bool {
        self.area.limit != 0 && cage.page_of(Ref::new(self.area.start)) == page
    }

    /// Ends the open area: the rest becomes free again.
    pub(crate) fn close_area(&mut self, cage: &mut Cage) {
        let area = std::mem::replace(&mut self.area, Area::EMPTY);
        if area.limit == 0 {
            return;
        }
        let used = area.top - area.start;
        self.closed_words += u64::from(used);
        let page = cage.page_of(Ref::new(area.start));
        cage.page_mut(page).used_words += used;
        cage.fill(area.top, area.limit, Poison::No);
        self.free.add(Ref::new(area.top), area.rest());
    }

    /// Opens an area for at least `words` words from the free lists.
    pub(crate) fn refill_from_free_list(&mut self, cage: &mut Cage, words: u32) -> bool {
        self.close_area(cage);
        let Some((node, size)) = self.free.take(cage, words) else { return false };
        self.area = Area::new(node.offset(), node.offset() + size);
        true
    }

    /// Opens an area that is a whole new page; false if the machine refuses the memory.
    pub(crate) fn refill_from_new_page(&mut self, cage: &mut Cage) -> bool {
        self.close_area(cage);
        let Some(page) = cage.allocate_run(1, SpaceKind::Old) else { return false };
        self.pages.push(page);
        self.area = Area::new(cage.area_start(page), cage.page_end(page));
        true
    }
}
