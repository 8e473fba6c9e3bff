//! The page table: what the heap knows of each page.

use crate::word::Ref;

/// Number of a page: its first word divided by the page size.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PageId(pub u32);

impl PageId {
    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The space that a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum SpaceKind {
    /// No space: the page can be reused.
    Free,
    /// The semi-space that the mutator allocates in.
    ToSpace,
    /// The other one: empty, save during a scavenge.
    FromSpace,
    /// Old space.
    Old,
    /// Large objects that have not survived a collection yet.
    YoungLarge,
    /// Large objects of the old generation.
    OldLarge,
}

impl SpaceKind {
    /// Does it belong to the young generation?
    #[must_use]
    pub const fn is_young(self) -> bool {
        matches!(self, SpaceKind::ToSpace | SpaceKind::FromSpace | SpaceKind::YoungLarge)
    }
}

/// Bits of the flag byte of a page: what barriers and collectors ask on their hot paths.
pub(crate) mod flag {
    /// The page belongs to the young generation.
    pub(crate) const YOUNG: u8 = 1;
    /// The current collection empties the page: from-space, or an evacuation candidate.
    pub(crate) const EVACUATE: u8 = 2;
    /// Every object on the page survived a scavenge.
    pub(crate) const BELOW_AGE_MARK: u8 = 4;
    /// The age mark lies on the page: objects before it survived a scavenge.
    pub(crate) const HOLDS_AGE_MARK: u8 = 8;
    /// The page belongs to a large object.
    pub(crate) const LARGE: u8 = 16;
    /// Stores of references into objects on the page concern a barrier.
    pub(crate) const HOLDER: u8 = 32;
    /// Stores of references to objects on the page concern a barrier.
    pub(crate) const VALUE: u8 = 64;
    /// An old page chosen for evacuation by the collection that is marking: slots that point here are recorded.
    pub(crate) const CANDIDATE: u8 = 128;
    /// Objects on the page will move and then be scanned whole: their slots need not be recorded, and must not be,
    /// because a slot outlives a young object.
    pub(crate) const MOVES: u8 = YOUNG | CANDIDATE;
}

/// One row of the page table.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) space: SpaceKind,
    /// First page of the run that the page belongs to (itself, save inside a large object).
    pub(crate) head: PageId,
    /// Pages in the run; only meaningful in its first page.
    pub(crate) run: u32,
    /// Size of the large object in words, header included; 0 on other pages.
    pub(crate) large_words: u32,
    /// Words marked live by the last marking.
    pub(crate) live_words: u32,
    /// Words in objects, as far as sweeping and allocation know.
    pub(crate) used_words: u32,
    /// Swept since the last marking? False means that the mark bits say which objects are live.
    pub(crate) swept: bool,
}

impl Page {
    pub(crate) const fn free(id: PageId) -> Self {
        Page {
            space: SpaceKind::Free,
            head: id,
            run: 1,
            large_words: 0,
            live_words: 0,
            used_words: 0,
            swept: true,
        }
    }
}

/// A linear allocation area: a free range of words that is handed out by moving `top`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Area {
    /// First word of the area.
    pub(crate) start: u32,
    /// Next free word.
    pub(crate) top: u32,
    /// First word that is not part of the area.
    pub(crate) limit: u32,
}

impl Area {
    pub(crate) const EMPTY: Area = Area { start: 0, top: 0, limit: 0 };

    pub(crate) const fn new(start: u32, limit: u32) -> Self {
        Area { start, top: start, limit }
    }

    #[inline(always)]
    pub(crate) fn bump(&mut self, words: u32) -> Option<Ref> {
        if words > self.limit - self.top {
            return None;
        }
        let at = self.top;
        self.top += words;
        Some(Ref::new(at))
    }

    pub(crate) const fn rest(&self) -> u32 {
        self.limit - self.top
    }
}
