//! New space: two semi-spaces made of pages.

use crate::cage::Cage;
use crate::page::{Area, PageId, SpaceKind, flag};

/// One half of new space: a list of pages and the page that allocation has reached.
#[derive(Clone, Debug, Default)]
pub(crate) struct SemiSpace {
    pub(crate) pages: Vec<PageId>,
    /// Index of the page that is being filled; the pages before it are full.
    pub(crate) current: usize,
}

/// New space: the mutator allocates in to-space; a scavenge swaps the two and copies survivors back.
#[derive(Clone, Debug)]
pub(crate) struct NewSpace {
    pub(crate) to: SemiSpace,
    pub(crate) from: SemiSpace,
    /// The allocation area in the current page of to-space. Its limit may lie below the page's end, so that an
    /// observer of allocation (a marking step, a stress switch) gets its turn.
    pub(crate) area: Area,
    /// Pages that a semi-space may have now.
    pub(crate) capacity_pages: u32,
    /// Objects below it survived a scavenge: page index in to-space and word offset.
    pub(crate) age_mark: AgeMark,
}

/// The point in to-space where the last scavenge ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AgeMark {
    /// Index of the page in to-space that holds the mark.
    pub(crate) page: usize,
    /// Word offset of the mark.
    pub(crate) at: u32,
}

impl NewSpace {
    pub(crate) fn new(capacity_pages: u32) -> Self {
        NewSpace {
            to: SemiSpace::default(),
            from: SemiSpace::default(),
            area: Area::EMPTY,
            capacity_pages,
            age_mark: AgeMark::default(),
        }
    }

    /// Gives to-space the pages of its capacity, as far as there are any; false if it has none at all.
    pub(crate) fn commit_to(&mut self, cage: &mut Cage) -> bool {
        let fresh = self.to.pages.is_empty();
        commit(&mut self.to, cage, self.capacity_pages, SpaceKind::ToSpace);
        let has_pages = !self.to.pages.is_empty();
        if fresh && has_pages {
            self.start_page(cage, 0);
            self.age_mark = AgeMark { page: 0, at: self.area.start };
        }
        has_pages
    }

    /// The same for from-space, which is committed when a scavenge first needs it.
    pub(crate) fn commit_from(&mut self, cage: &mut Cage) {
        commit(&mut self.from, cage, self.capacity_pages, SpaceKind::FromSpace);
    }

    /// Swaps the semi-spaces: from-space holds all objects now, to-space is empty.
    pub(crate) fn flip(&mut self, cage: &mut Cage) {
        self.mark_ages(cage);
        std::mem::swap(&mut self.to, &mut self.from);
        for &page in &self.to.pages {
            cage.set_space(page, SpaceKind::ToSpace);
        }
        for &page in &self.from.pages {
            let age = cage.flags[page.index()] & (flag::BELOW_AGE_MARK | flag::HOLDS_AGE_MARK);
            cage.set_space(page, SpaceKind::FromSpace);
            cage.set_flag(page, age);
        }
        self.start_page(cage, 0);
    }

    /// Notes on the pages of to-space where the survivors of the last scavenge end.
    fn mark_ages(&self, cage: &mut Cage) {
        for (index, &page) in self.to.pages.iter().enumerate() {
            if index < self.age_mark.page {
                cage.set_flag(page, flag::BELOW_AGE_MARK);
            } else if index == self.age_mark.page {
                cage.set_flag(page, flag::HOLDS_AGE_MARK);
            }
        }
    }

    /// Starts to fill the page with this index.
    pub(crate) fn start_page(&mut self, cage: &Cage, index: usize) {
        let page = self.to.pages[index];
        self.to.current = index;
        self.area = Area::new(cage.area_start(page), cage.page_end(page));
    }

    /// Is there a page after the current one?
    pub(crate) fn has_next_page(&self) -> bool {
        self.to.current + 1 < self.to.pages.len()
    }

    /// End of the page that is being filled.
    pub(crate) fn current_page_end(&self, cage: &Cage) -> u32 {
        cage.page_end(self.to.pages[self.to.current])
    }

    /// Sets the age mark to the current top: everything below it has survived.
    pub(crate) fn set_age_mark(&mut self) {
        self.age_mark = AgeMark { page: self.to.current, at: self.area.top };
    }

    /// Words in use: full pages count whole, as V8 counts them (`NewSpace::Size`).
    pub(crate) fn used_words(&self, cage: &Cage) -> u64 {
        if self.to.pages.is_empty() {
            return 0;
        }
        self.to.current as u64 * u64::from(cage.area_words()) + u64::from(self.area.top - self.area.start)
    }

    /// Words that objects can occupy in one semi-space of the current capacity.
    pub(crate) fn capacity_words(&self, cage: &Cage) -> u64 {
        u64::from(self.capacity_pages) * u64::from(cage.area_words())
    }

    /// Gives back pages beyond the capacity. To-space never shrinks below the page being filled.
    pub(crate) fn shrink(&mut self, cage: &mut Cage, capacity_pages: u32) {
        self.capacity_pages = capacity_pages.max(self.to.current as u32 + 1);
        for space in [&mut self.to, &mut self.from] {
            while space.pages.len() > self.capacity_pages as usize {
                let Some(page) = space.pages.pop() else { break };
                cage.release_run(page);
            }
        }
    }
}

fn commit(space: &mut SemiSpace, cage: &mut Cage, capacity: u32, kind: SpaceKind) {
    while space.pages.len() < capacity as usize {
        let Some(page) = cage.allocate_run(1, kind) else { return };
        space.pages.push(page);
    }
}
