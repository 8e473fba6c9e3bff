//! Looking into the heap at any moment, also between two steps of a collection: what lies where, what has moved, which
//! colour it has. Nothing here changes the heap.

use crate::event::Observer;
use crate::header::{Header, Layout};
use crate::heap::Heap;
use crate::mark_bitmap::MarkBitmap;
use crate::page::{PageId, SpaceKind};
use crate::record::CollectionKind;
use crate::word::Ref;

/// An object where it lies; during a collection also one that has moved away and left its new address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Resident {
    /// Its address.
    pub at: Ref,
    /// Its size in words.
    pub words: u32,
    /// The forwarding pointer in its header.
    pub moved_to: Option<Ref>,
}

/// The marker's three colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// Not seen.
    White,
    /// Seen, not visited.
    Grey,
    /// Visited.
    Black,
}

/// The colours of all objects at one moment of marking.
#[derive(Debug)]
pub struct Colours<'a> {
    marks: &'a MarkBitmap,
    grey: Vec<Ref>,
}

impl Colours<'_> {
    /// The colour of an object.
    #[must_use]
    pub fn of(&self, r: Ref) -> Colour {
        if !self.marks.is_marked(r) {
            Colour::White
        } else if self.grey.binary_search(&r).is_ok() {
            Colour::Grey
        } else {
            Colour::Black
        }
    }
}

/// Sizes of the spaces at one moment, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Sizes {
    /// Objects of new space.
    pub new_used: u64,
    /// Objects of old space.
    pub old_used: u64,
    /// Large objects of both generations.
    pub large_used: u64,
    /// The old generation's limit, at which a full collection is due.
    pub old_limit: u64,
}

impl<O: Observer> Heap<O> {
    /// The sizes of the spaces, without a look at single pages.
    #[must_use]
    pub fn sizes(&self) -> Sizes {
        Sizes {
            new_used: self.bytes(self.new.used_words(&self.cage)),
            old_used: self.bytes(self.old.used_words()),
            large_used: self.bytes(self.large.young_words + self.large.old_words),
            old_limit: self.limits.old_limit,
        }
    }

    /// The objects of a page in address order. In contrast to [`Heap::objects`] it also shows from-space during a
    /// scavenge, and objects that have moved.
    pub fn residents(&self, page: PageId) -> impl Iterator<Item = Resident> + '_ {
        let unswept = self.cage.pages.get(page.index()).is_some_and(|row| !row.swept);
        let end = self.residents_end(page);
        let first = self.skip_area(self.cage.area_start(page));
        let resident = move |at: u32| {
            let (at, header) = (Ref::new(at), self.cage.header(Ref::new(at)));
            let moved_to = header.forwarding();
            let words = self.cage.size_words(moved_to.unwrap_or(at)).max(1);
            (at.offset() < end).then_some((Resident { at, words, moved_to }, header))
        };
        let next = move |(now, _): &(Resident, Header)| {
            let at = self.skip_area(now.at.offset().saturating_add(now.words));
            if at < end { resident(at) } else { None }
        };
        let first = if first < end { resident(first) } else { None };
        std::iter::successors(first, next)
            .filter(move |(now, _)| !unswept || self.cage.marks.is_marked(now.at))
            .filter(|(_, header)| header.layout() != Layout::Filler)
            .map(|(now, _)| now)
    }

    fn residents_end(&self, page: PageId) -> u32 {
        let is_from = self.cage.pages.get(page.index()).is_some_and(|row| row.space == SpaceKind::FromSpace);
        // Between scavenges from-space has what the last one has left, whose headers lead nowhere.
        let is_scavenging =
            self.is_collecting() && self.collection_kind().is_some_and(|kind| !kind.is_full());
        if !is_from || !is_scavenging {
            return self.walk_end(page);
        }
        let from = &self.new.from;
        match from.pages.iter().position(|&own| own == page) {
            Some(index) if index <= from.current => self.cage.page_end(page),
            _ => self.cage.area_start(page),
        }
    }

    /// The page of an object; its first one if it is large.
    #[must_use]
    pub fn page_of(&self, r: Ref) -> PageId {
        let page = self.cage.page_of(r);
        self.cage.pages.get(page.index()).map_or(page, |row| row.head)
    }

    /// The object that covers a word of the heap.
    #[must_use]
    pub fn resident_at(&self, word: u32) -> Option<Resident> {
        let page = self.cage.page_of(Ref::new(word));
        let row = self.cage.pages.get(page.index())?;
        let covers = |now: &Resident| (now.at.offset()..now.at.offset() + now.words).contains(&word);
        self.residents(row.head).find(covers)
    }

    /// Which collection is under way.
    #[must_use]
    pub fn collection_kind(&self) -> Option<CollectionKind> {
        self.cycle.kind
    }

    /// The colours of the objects, while marking is under way.
    #[must_use]
    pub fn colours(&self) -> Option<Colours<'_>> {
        if !self.marking.active {
            return None;
        }
        let partial = self.marking.partial.iter().map(|part| part.holder);
        let mut grey: Vec<Ref> = self.marking.worklist.iter().copied().chain(partial).collect();
        grey.sort_unstable();
        Some(Colours { marks: &self.cage.marks, grey })
    }

    /// During a scavenge: the scan pointer and the free pointer of to-space, as word offsets.
    #[must_use]
    pub fn cheney_pointers(&self) -> Option<(u32, u32)> {
        let is_scavenging = self.is_collecting() && self.cycle.kind == Some(CollectionKind::Minor);
        is_scavenging.then_some((self.scavenge.scan, self.new.area.top))
    }

    /// During a scavenge: the object that the next step scans, if a whole object is next.
    #[must_use]
    pub fn next_to_scan(&self) -> Option<Ref> {
        let (scan, free) = self.cheney_pointers()?;
        if scan != free && scan != self.scavenge.scan_end {
            return Some(Ref::new(scan));
        }
        self.scavenge.next_promoted(self.old.area.top)
    }

    /// The slots of a page that are in the remembered set, as word offsets.
    #[must_use]
    pub fn remembered_slots(&self, page: PageId) -> Vec<u32> {
        let range = self.cage.area_start(page)..self.cage.page_end(page);
        self.old_to_new.iter().filter(|slot| range.contains(slot)).collect()
    }

    /// Every slot of the remembered set that has not been visited, as word offsets in address order.
    pub fn remembered_set(&self) -> impl Iterator<Item = u32> + '_ {
        // While a scavenge visits the slots of a page, that page's are out of the set: those that are left come in its place.
        let visited = self.scavenge.remembered_slots.as_ref();
        let next = visited.and_then(|slots| slots.iter().next()).unwrap_or(u32::MAX);
        let before = self.old_to_new.iter().take_while(move |&slot| slot < next);
        let after = self.old_to_new.iter().skip_while(move |&slot| slot < next);
        before.chain(visited.into_iter().flat_map(|slots| slots.iter())).chain(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::Kind;
    use crate::heap::Mutator;
    use crate::word::Word;
    use crate::{HeapConfig, Phase, Profile, Reason, StepOutcome};

    struct Roots(Vec<Word>);

    impl Mutator for Roots {
        fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
            self.0.iter_mut().for_each(visit);
        }

        fn now_ns(&self) -> u64 {
            0
        }
    }

    const CELL: Kind = Kind::new(0, Layout::Tagged);

    /// Ten cells, each of which refers to the one before; the roots hold the cell with index 4.
    fn chain() -> (Heap, Roots, Vec<Ref>) {
        let mut heap = Heap::new(HeapConfig::from(Profile::named("node-20").unwrap()), ());
        let mut roots = Roots(Vec::new());
        let mut cells: Vec<Ref> = Vec::new();
        for _ in 0..10 {
            let cell = heap.allocate(&mut roots, CELL, 0, 3).unwrap();
            heap.init(cell, 1, cells.last().map_or(Word::ZERO, |&before| Word::reference(before)));
            heap.init(cell, 2, Word::ZERO);
            cells.push(cell);
        }
        roots.0.push(Word::reference(cells[4]));
        (heap, roots, cells)
    }

    #[test]
    fn the_roots_reach_what_hangs_on_them_and_nothing_else() {
        let (heap, mut roots, cells) = chain();
        let reached = heap.reachable(&mut roots).unwrap();
        let reachable: Vec<bool> = cells.iter().map(|&cell| reached.contains(cell)).collect();
        assert_eq!(reachable, (0..10).map(|index| index <= 4).collect::<Vec<_>>());
        assert_eq!(heap.referrers(cells[3], 9), (vec![(cells[4], 1)], 1));
        assert_eq!(heap.resident_at(cells[2].offset() + 2).map(|found| found.at), Some(cells[2]));
    }

    #[test]
    fn from_space_shows_what_has_moved() {
        let (mut heap, mut roots, cells) = chain();
        heap.start(&mut roots, CollectionKind::Minor, Reason::Testing);
        let moved = |heap: &Heap| {
            let pages = heap.pages().filter(|(_, space)| *space == SpaceKind::FromSpace);
            let all: Vec<Resident> = pages.flat_map(|(page, _)| heap.residents(page)).collect();
            (all.len(), all.iter().filter(|resident| resident.moved_to.is_some()).count())
        };
        assert_eq!(moved(&heap), (10, 0));
        while heap.phase() != Phase::ScavengeWeak {
            let (scan, free) = heap.cheney_pointers().unwrap();
            assert!(scan <= free);
            assert_ne!(heap.step(&mut roots), StepOutcome::Finished);
        }
        assert_eq!(moved(&heap), (10, 5));
        assert!(heap.residents(heap.page_of(cells[0])).next().is_some_and(|first| first.moved_to.is_some()));
        while heap.step(&mut roots) != StepOutcome::Finished {}
        assert_eq!(moved(&heap), (0, 0));
    }
}
