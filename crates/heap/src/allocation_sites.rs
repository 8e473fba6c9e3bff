//! Where objects were allocated: for each object a number of the embedder's, its *site*.
//!
//! While sites are recorded, a page that holds objects has a table beside it with one number of 16 bits for every two words, the
//! least that an object has. The number is written when the object is made, and copied when it moves. A heap that records
//! nothing pays nothing: recording keeps the allocation area closed, so that a bump finds no room, and what it does instead
//! is here, out of line: the same bump up to the limit that the area would have, and the number. So a heap that is
//! watched lies in memory as it would unwatched, and collects at the same bytes.
//!
//! The embedder allocates at *origins* (an interpreter's instructions) and says for each to which site it belongs. An
//! origin of which nothing is known yet gets no room: then the embedder goes its long way, and calls [`Heap::set_site`].

use crate::cage::Cage;
use crate::event::Observer;
use crate::heap::Heap;
use crate::page::Area;
use crate::word::Ref;

/// What has been allocated at a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SiteTotal {
    /// Objects.
    pub count: u64,
    /// Their words.
    pub words: u64,
}

impl SiteTotal {
    #[inline(always)]
    const fn add(&mut self, words: u32) {
        self.count += 1;
        self.words += words as u64;
    }
}

/// A site's number and one more; 0 says that none is known. The objects of later sites than there are numbers for have none.
type Entry = u16;

const UNKNOWN: Entry = 0;

/// The entry of a site's objects.
fn entry_of(site: u32) -> Entry {
    Entry::try_from(site + 1).unwrap_or(UNKNOWN)
}

/// An origin's site, and what has been allocated at this origin: counted here, because it is at hand.
#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    entry: Entry,
    total: SiteTotal,
}

/// The total of a site in a list by site, which grows to have it.
fn total_of(totals: &mut Vec<SiteTotal>, site: u32) -> &mut SiteTotal {
    let site = site as usize;
    if totals.len() <= site {
        totals.resize(site + 1, SiteTotal::default());
    }
    &mut totals[site]
}

/// Takes room from the closed area, if it would have some up to its limit.
#[inline(always)]
fn bump(area: &mut Area, limit: u32, words: u32) -> Option<Ref> {
    if words > limit.saturating_sub(area.top) {
        return None;
    }
    let at = Ref::new(area.top);
    area.top += words;
    area.limit = area.top;
    Some(at)
}

/// What is recorded.
#[derive(Clone, Debug, Default)]
pub(crate) struct AllocationSites {
    origins: Vec<Origin>,
    /// By site, without what its origins count.
    totals: Vec<SiteTotal>,
    /// By page, and there by pairs of words; empty for a page without objects.
    pages: Vec<Vec<Entry>>,
    /// The limit that the allocation area would have if it were open.
    limit: u32,
    /// Words of a page, as a power of two.
    shift: u32,
}

impl AllocationSites {
    fn get(&self, at: Ref) -> Entry {
        let (page, pair) = self.place(at);
        self.pages.get(page).and_then(|page| page.get(pair)).copied().unwrap_or(UNKNOWN)
    }

    #[inline(always)]
    fn set(&mut self, at: Ref, entry: Entry) {
        let (page, pair) = self.place(at);
        match self.pages.get_mut(page).and_then(|page| page.get_mut(pair)) {
            Some(known) => *known = entry,
            None => self.set_first(page, pair, entry),
        }
    }

    /// The first number on a page.
    #[cold]
    fn set_first(&mut self, page: usize, pair: usize, entry: Entry) {
        if entry == UNKNOWN {
            return;
        }
        if self.pages.len() <= page {
            self.pages.resize(page + 1, Vec::new());
        }
        self.pages[page] = vec![UNKNOWN; 1 << (self.shift - 1)];
        self.pages[page][pair] = entry;
    }

    #[inline(always)]
    const fn place(&self, at: Ref) -> (usize, usize) {
        let pair = (at.offset() & ((1 << self.shift) - 1)) >> 1;
        (at.index() >> self.shift, pair as usize)
    }

    /// The page is given back.
    pub(crate) fn forget_page(&mut self, page: usize) {
        if let Some(page) = self.pages.get_mut(page) {
            *page = Vec::new();
        }
    }

    /// The object has moved. Out of line, because the loops that move objects are as fast as they are short.
    #[cold]
    #[inline(never)]
    pub(crate) fn follow(&mut self, from: Ref, to: Ref) {
        self.set(to, self.get(from));
    }
}

impl Cage {
    /// An object has moved.
    #[inline(always)]
    pub(crate) fn site_follows(&mut self, from: Ref, to: Ref) {
        if let Some(sites) = &mut self.sites {
            sites.follow(from, to);
        }
    }
}

impl<O: Observer> Heap<O> {
    /// From now on, remembers the site of each object that is allocated.
    pub fn record_sites(&mut self) {
        self.cage.sites =
            Some(Box::new(AllocationSites { shift: self.cage.shift, ..AllocationSites::default() }));
        self.reset_limit();
    }

    /// Whether sites are recorded.
    #[inline(always)]
    #[must_use]
    pub const fn records_sites(&self) -> bool {
        self.cage.sites.is_some()
    }

    /// What [`Heap::try_bump_at`] allocates at this origin belongs to this site.
    pub fn set_site_of_origin(&mut self, origin: usize, site: u32) {
        let Some(sites) = &mut self.cage.sites else { return };
        if sites.origins.len() <= origin {
            sites.origins.resize(origin + 1, Origin::default());
        }
        sites.origins[origin].entry = entry_of(site);
    }

    /// The object, which has just been allocated by [`Heap::allocate`] or one of its kind, belongs to this site.
    pub fn set_site(&mut self, r: Ref, site: u32) {
        let words = self.size_words(r);
        let Some(sites) = &mut self.cage.sites else { return };
        sites.set(r, entry_of(site));
        total_of(&mut sites.totals, site).add(words);
    }

    /// The site of an object, if it is known.
    #[must_use]
    pub fn site_of(&self, r: Ref) -> Option<u32> {
        self.cage.sites.as_ref()?.get(r).checked_sub(1).map(u32::from)
    }

    /// What has been allocated so far, by site.
    #[must_use]
    pub fn site_totals(&self) -> Vec<SiteTotal> {
        let Some(sites) = &self.cage.sites else { return Vec::new() };
        let mut totals = sites.totals.clone();
        for origin in sites.origins.iter().filter(|origin| origin.entry != UNKNOWN) {
            let total = total_of(&mut totals, u32::from(origin.entry) - 1);
            total.count += origin.total.count;
            total.words += origin.total.words;
        }
        totals
    }

    /// Keeps the allocation area closed, and remembers its limit.
    pub(crate) fn close_for_sites(&mut self) {
        if let Some(sites) = &mut self.cage.sites {
            sites.limit = self.new.area.limit;
            self.new.area.limit = self.new.area.top;
        }
    }

    /// Room for an object of the site that the origin belongs to, if that is known.
    #[cold]
    #[inline(never)]
    pub(crate) fn bump_recorded(&mut self, origin: usize, words: u32) -> Option<Ref> {
        let sites = self.cage.sites.as_mut()?;
        let origin = sites.origins.get_mut(origin).filter(|origin| origin.entry != UNKNOWN)?;
        let at = bump(&mut self.new.area, sites.limit, words)?;
        origin.total.add(words);
        let entry = origin.entry;
        sites.set(at, entry);
        Some(at)
    }

    /// Room for an object whose site the embedder will tell.
    pub(crate) fn bump_unrecorded(&mut self, words: u32) -> Option<Ref> {
        let sites = self.cage.sites.as_mut()?;
        let at = bump(&mut self.new.area, sites.limit, words)?;
        sites.set(at, UNKNOWN);
        Some(at)
    }

    /// Whether the closed area would have room for so many words of the origin's site.
    #[cold]
    #[inline(never)]
    pub(crate) fn has_recorded_room(&self, origin: usize, words: u32) -> bool {
        self.cage.sites.as_ref().is_some_and(|sites| {
            sites.origins.get(origin).is_some_and(|origin| origin.entry != UNKNOWN)
                && words <= sites.limit.saturating_sub(self.new.area.top)
        })
    }

    /// A new object lies where another may have lain before.
    pub(crate) fn forget_site(&mut self, r: Ref) {
        if let Some(sites) = &mut self.cage.sites {
            sites.set(r, UNKNOWN);
        }
    }

    /// The area has become longer at its lower end.
    pub(crate) fn keep_closed_for_sites(&mut self) {
        if self.records_sites() {
            self.new.area.limit = self.new.area.top;
        }
    }
}
