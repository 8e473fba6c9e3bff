//! Looking into the heap: sizes, occupancy, objects page by page.

use crate::event::Observer;
use crate::header::{Header, Layout};
use crate::heap::Heap;
use crate::page::{PageId, SpaceKind, flag};
use crate::profile::TraceEra;
use crate::stats::Stats;
use crate::word::Ref;

/// Real bytes of a large page are committed in units of this size (V8: the commit page size).
const COMMIT_BYTES: u64 = 4096;

/// How one space is filled. Bytes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SpaceOccupancy {
    /// Bytes that objects may take at the space's present capacity (old spaces: at their pages).
    pub capacity: u64,
    /// Bytes of committed pages.
    pub committed: u64,
    /// Bytes in objects.
    pub used: u64,
    /// The pages.
    pub pages: Vec<PageOccupancy>,
}

/// The sums of a space, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SpaceTotals {
    /// Bytes that objects may take at the space's present capacity (old spaces: at their pages).
    pub capacity: u64,
    /// Bytes of committed pages.
    pub committed: u64,
    /// Bytes in objects.
    pub used: u64,
}

/// The sums of all spaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct HeapTotals {
    /// New space
    pub new: SpaceTotals,
    /// Old space
    pub old: SpaceTotals,
    /// Large objects of the young generation
    pub young_large: SpaceTotals,
    /// Large objects of the old generation
    pub old_large: SpaceTotals,
    /// Off-heap bytes that objects account for
    pub external: u64,
    /// The limit of both generations
    pub limit: u64,
}

/// How one page is filled. Sizes are words of the profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageOccupancy {
    /// Number of the page.
    pub page: PageId,
    /// First word that can hold objects.
    pub start: u32,
    /// First word after the run of pages.
    pub end: u32,
    /// Words in objects, dead ones that no collection has found included.
    pub used_words: u32,
    /// Words that the last marking found live (old spaces).
    pub live_words: u32,
    /// Slots on the page that are in the remembered set.
    pub remembered_slots: u32,
    /// Is it an evacuation candidate of the marking under way?
    pub is_candidate: bool,
    /// Has it been swept since the last marking?
    pub is_swept: bool,
}

/// How the heap is filled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Occupancy {
    /// The semi-space that the mutator allocates in.
    pub to_space: SpaceOccupancy,
    /// The other one.
    pub from_space: SpaceOccupancy,
    /// Old space.
    pub old_space: SpaceOccupancy,
    /// Large objects that have not survived a collection yet.
    pub young_large: SpaceOccupancy,
    /// Large objects of the old generation.
    pub old_large: SpaceOccupancy,
}

impl<O: Observer> Heap<O> {
    /// Collections so far, one that is under way included: the number of the newest.
    #[must_use]
    pub const fn collections(&self) -> u64 {
        self.cycle.number
    }

    /// The space an object lies in.
    #[must_use]
    pub fn space_of(&self, r: Ref) -> SpaceKind {
        self.space(r)
    }

    /// 0: new; 1: survived one scavenge; 2: of the old generation.
    #[must_use]
    pub fn age_of(&self, r: Ref) -> u8 {
        if self.cage.flags_of(r) & flag::YOUNG == 0 {
            return 2;
        }
        let page = self.cage.page_of(r);
        let index = self.new.to.pages.iter().position(|&own| own == page);
        let mark = self.new.age_mark;
        let aged = index.is_some_and(|at| at < mark.page || (at == mark.page && r.offset() < mark.at));
        u8::from(aged)
    }

    /// The object that was allocated right behind a new one.
    #[must_use]
    pub fn neighbour(&self, r: Ref) -> Option<Ref> {
        let page = self.cage.page_of(r);
        let is_current = self.new.to.pages.get(self.new.to.current) == Some(&page);
        let end = if is_current { self.new.area.top } else { self.cage.page_end(page) };
        let next = r.offset() + self.size_words(r);
        (self.age_of(r) == 0 && next + 1 < end).then(|| Ref::new(next))
    }

    /// Bytes in objects: live and not yet collected ones.
    #[must_use]
    pub fn used_bytes(&self) -> u64 {
        let young = self.new.used_words(&self.cage) + self.large.young_words;
        self.bytes(young + self.old.used_words() + self.large.old_words)
    }

    /// Bytes of committed pages.
    #[must_use]
    pub fn committed_bytes(&self) -> u64 {
        let pages = self.new.to.pages.len() + self.new.from.pages.len();
        let young = pages as u64 * self.config.profile.page_bytes + self.large_committed(&self.large.young);
        young + self.old_committed_bytes()
    }

    /// Committed bytes of large objects.
    pub(crate) fn large_committed(&self, heads: &[PageId]) -> u64 {
        let header = self.config.profile.page_header_bytes;
        let bytes = |&page: &PageId| self.bytes(u64::from(self.cage.page(page).large_words)) + header;
        heads.iter().map(|page| bytes(page).next_multiple_of(COMMIT_BYTES)).sum()
    }

    /// The sums of all spaces, without a look at their pages.
    #[must_use]
    pub fn totals(&self) -> HeapTotals {
        let page_bytes = self.config.profile.page_bytes;
        // V8's `Heap::MaxReserved`, before and since the young generation is three semi-spaces.
        let semi_spaces = match self.config.profile.trace {
            TraceEra::V3 | TraceEra::V4 => 4,
            _ => 3,
        };
        let committed = |pages: &[PageId]| pages.len() as u64 * page_bytes;
        let old = |committed, words| SpaceTotals { capacity: committed, committed, used: self.bytes(words) };
        HeapTotals {
            new: SpaceTotals {
                capacity: self.bytes(self.new.capacity_words(&self.cage)),
                committed: committed(&self.new.to.pages),
                used: self.bytes(self.new.used_words(&self.cage)),
            },
            old: old(committed(&self.old.pages), self.old.used_words()),
            young_large: old(self.large_committed(&self.large.young), self.large.young_words),
            old_large: old(self.large_committed(&self.large.old), self.large.old_words),
            external: self.external_bytes(),
            limit: self.config.old_max + semi_spaces * self.config.semi_space_max,
        }
    }

    /// The counters, with the present sizes.
    #[must_use]
    pub fn stats(&self) -> Stats {
        // Between the steps of a scavenge the area holds copies: what was allocated has been counted at its start.
        let is_open = !self.is_collecting();
        let uncounted = if is_open { self.new.area.top.saturating_sub(self.allocation.counted) } else { 0 };
        let used = self.used_bytes();
        Stats {
            allocated_bytes: self.stats.allocated_bytes + self.bytes(u64::from(uncounted)),
            heap_used: used,
            heap_total: self.committed_bytes(),
            peak_heap_used: self.stats.peak_heap_used.max(used),
            external: self.external.total,
            ..self.stats
        }
    }

    /// How each space is filled, page by page.
    #[must_use]
    pub fn occupancy(&self) -> Occupancy {
        let page_bytes = self.config.profile.page_bytes;
        let capacity = self.bytes(self.new.capacity_words(&self.cage));
        let new = |pages: &[PageId], used: u64| SpaceOccupancy {
            capacity,
            committed: pages.len() as u64 * page_bytes,
            used,
            pages: pages.iter().map(|&page| self.page_occupancy(page)).collect(),
        };
        let old = |pages: &[PageId], committed: u64, words: u64| SpaceOccupancy {
            capacity: committed,
            committed,
            used: self.bytes(words),
            pages: pages.iter().map(|&page| self.page_occupancy(page)).collect(),
        };
        let old_committed = self.old.pages.len() as u64 * page_bytes;
        Occupancy {
            to_space: new(&self.new.to.pages, self.bytes(self.new.used_words(&self.cage))),
            from_space: new(&self.new.from.pages, 0),
            old_space: old(&self.old.pages, old_committed, self.old.used_words()),
            young_large: old(
                &self.large.young,
                self.large_committed(&self.large.young),
                self.large.young_words,
            ),
            old_large: old(&self.large.old, self.large_committed(&self.large.old), self.large.old_words),
        }
    }

    fn page_occupancy(&self, page: PageId) -> PageOccupancy {
        let row = self.cage.page(page);
        PageOccupancy {
            page,
            start: self.cage.area_start(page),
            end: self.cage.page_end(PageId(page.0 + row.run - 1)),
            used_words: self.page_used_words(page),
            live_words: row.live_words,
            remembered_slots: self.old_to_new.count(page),
            is_candidate: self.cage.flags[page.index()] & flag::CANDIDATE != 0,
            is_swept: row.swept,
        }
    }

    fn page_used_words(&self, page: PageId) -> u32 {
        let row = self.cage.page(page);
        match row.space {
            SpaceKind::ToSpace => self.walk_end(page) - self.cage.area_start(page),
            SpaceKind::Old if self.old.owns_area(&self.cage, page) => {
                row.used_words + (self.old.area.top - self.old.area.start)
            }
            SpaceKind::Old => row.used_words,
            SpaceKind::YoungLarge | SpaceKind::OldLarge => row.large_words,
            SpaceKind::Free | SpaceKind::FromSpace => 0,
        }
    }

    /// The pages that belong to a space, in the order of their numbers.
    pub fn pages(&self) -> impl Iterator<Item = (PageId, SpaceKind)> + '_ {
        let pages = self.cage.pages.iter().enumerate();
        pages.filter(|(_, row)| row.space != SpaceKind::Free).map(|(at, row)| (PageId(at as u32), row.space))
    }

    /// The objects of a page in address order, without free ranges; on a page that is not swept yet without those that
    /// the last marking found dead. Empty for the later pages of a large object.
    pub fn objects(&self, page: PageId) -> impl Iterator<Item = (Ref, Header)> + '_ {
        let unswept = self.cage.pages.get(page.index()).is_some_and(|row| !row.swept);
        self.walk(page)
            .filter(move |&r| !unswept || self.cage.marks.is_marked(r))
            .map(|r| (r, self.cage.header(r)))
            .filter(|(_, header)| header.layout() != Layout::Filler)
    }

    /// Every object and filler of a page, in address order.
    pub(crate) fn walk(&self, page: PageId) -> impl Iterator<Item = Ref> + '_ {
        let end = self.walk_end(page);
        let first = self.skip_area(self.cage.area_start(page));
        std::iter::successors(Some(first), move |&at| {
            let next = |at: u32| at.saturating_add(self.cage.size_words(Ref::new(at)).max(1));
            (at < end).then(|| self.skip_area(next(at)))
        })
        .take_while(move |&at| at < end)
        .map(Ref::new)
    }

    /// First word of the page after its last object.
    pub(crate) fn walk_end(&self, page: PageId) -> u32 {
        let Some(row) = self.cage.pages.get(page.index()) else { return 0 };
        let start = self.cage.area_start(page);
        match row.space {
            SpaceKind::Old => self.cage.page_end(page),
            SpaceKind::YoungLarge | SpaceKind::OldLarge if row.head == page => start + row.large_words,
            SpaceKind::ToSpace => {
                let index = self.new.to.pages.iter().position(|&own| own == page).unwrap_or(usize::MAX);
                match index.cmp(&self.new.to.current) {
                    std::cmp::Ordering::Less => self.cage.page_end(page),
                    std::cmp::Ordering::Equal => self.new.area.top,
                    std::cmp::Ordering::Greater => start,
                }
            }
            _ => start,
        }
    }

    /// The open allocation area of old space holds no objects beyond its top.
    pub(crate) fn skip_area(&self, at: u32) -> u32 {
        let area = self.old.area;
        if at == area.top && at < area.limit { area.limit } else { at }
    }
}
