//! The cage: all memory of the heap, one growable vector of words, and its page table.

use crate::allocation_sites::AllocationSites;
use crate::header::Header;
use crate::mark_bitmap::MarkBitmap;
use crate::page::{Page, PageId, SpaceKind, flag};
use crate::word::Ref;

/// What freed words are filled with when poisoning: the reserved tag, so no word reads as a value.
pub(crate) const POISON: u64 = 0xDEAD_DEAD_DEAD_DEAF;

/// Capacity taken in advance, 16 MiB at first: what is not used yet costs addresses, not memory.
const LEAST_SPARE_WORDS: usize = 2 << 20;
/// A cage of 16 MiB or more is large.
const LARGE_WORDS: usize = 2 << 20;
/// A large cage takes 448 MiB where the machine can move it by changing its page tables.
const LARGE_SPARE_WORDS: usize = 56 << 20;
/// Longest vector of words.
const MOST_WORDS: usize = isize::MAX as usize / size_of::<u64>();

/// What happens to a vector that outgrows its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Growing {
    /// Its pages appear elsewhere.
    Remaps,
    /// It is copied: WebAssembly has no page tables.
    Copies,
}

const GROWING: Growing = if cfg!(target_family = "wasm") { Growing::Copies } else { Growing::Remaps };

/// Words that a cage takes in advance which is to have `len` words. To copy a large one is a pause that a person feels, of seconds where
/// the machine is busy; so where growing is copying it takes all that it can ever use, and is never copied again.
const fn spare_words(len: usize, growing: Growing) -> usize {
    match growing {
        _ if len < LARGE_WORDS => LEAST_SPARE_WORDS,
        Growing::Remaps => LARGE_SPARE_WORDS,
        Growing::Copies => MOST_WORDS.saturating_sub(len),
    }
}

/// WebAssembly's allocator grows its memory only for a block that fits nowhere, and would copy the cage there. A block that is
/// taken and given back leaves the room behind the cage, which then grows where it is.
fn make_room(words: usize) -> bool {
    Vec::<u64>::new().try_reserve_exact(words).is_ok()
}

/// Free pages, ascending.
#[derive(Clone, Debug, Default)]
struct FreePages(Vec<PageId>);

impl FreePages {
    /// Where a page is, or where it would be.
    fn position(&self, page: PageId) -> Result<usize, usize> {
        self.0.binary_search(&page)
    }

    fn insert(&mut self, page: PageId) {
        if let Err(at) = self.position(page) {
            self.0.insert(at, page);
        }
    }

    fn remove(&mut self, page: PageId) {
        if let Ok(at) = self.position(page) {
            self.0.remove(at);
        }
    }
}

/// Memory, page table and mark bits.
#[derive(Clone, Debug)]
pub(crate) struct Cage {
    pub(crate) words: Vec<u64>,
    pub(crate) flags: Vec<u8>,
    pub(crate) pages: Vec<Page>,
    pub(crate) marks: MarkBitmap,
    /// Where the objects were allocated, while that is recorded.
    pub(crate) sites: Option<Box<AllocationSites>>,
    pub(crate) shift: u32,
    pub(crate) header_words: u32,
    free: FreePages,
    /// Flag bits that every page carries while marking is under way.
    barrier_all: u8,
    /// Words that the cage may have at most.
    max_words: u64,
}

impl Cage {
    pub(crate) fn new(page_words: u32, header_words: u32, max_words: u64) -> Self {
        Cage {
            words: Vec::new(),
            flags: Vec::new(),
            pages: Vec::new(),
            marks: MarkBitmap::default(),
            sites: None,
            shift: page_words.trailing_zeros(),
            header_words: header_words.max(2),
            free: FreePages::default(),
            barrier_all: 0,
            // Addresses have 32 bits.
            max_words: max_words.min(u64::from(u32::MAX)),
        }
    }

    pub(crate) const fn page_words(&self) -> u32 {
        1 << self.shift
    }

    /// Words of a page that can hold objects.
    pub(crate) const fn area_words(&self) -> u32 {
        self.page_words() - self.header_words
    }

    #[inline(always)]
    pub(crate) const fn page_of(&self, r: Ref) -> PageId {
        PageId(r.offset() >> self.shift)
    }

    #[inline(always)]
    pub(crate) fn flags_of(&self, r: Ref) -> u8 {
        self.flags[r.index() >> self.shift]
    }

    pub(crate) fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    pub(crate) fn page_mut(&mut self, id: PageId) -> &mut Page {
        &mut self.pages[id.index()]
    }

    /// First word of the page that can hold an object.
    pub(crate) const fn area_start(&self, id: PageId) -> u32 {
        (id.0 << self.shift) + self.header_words
    }

    /// First word after the page.
    pub(crate) const fn page_end(&self, id: PageId) -> u32 {
        (id.0 + 1) << self.shift
    }

    #[inline(always)]
    pub(crate) fn header(&self, r: Ref) -> Header {
        Header::from_bits(self.words[r.index()])
    }

    #[inline(always)]
    pub(crate) fn set_header(&mut self, r: Ref, header: Header) {
        self.words[r.index()] = header.bits();
    }

    /// Size of the object in words, header included.
    #[inline(always)]
    pub(crate) fn size_words(&self, r: Ref) -> u32 {
        let header = self.header(r);
        if header.is_large() { self.page(self.page_of(r)).large_words } else { header.size_field() }
    }

    /// Pages that a large object of `words` words occupies.
    pub(crate) const fn pages_for(&self, words: u32) -> u32 {
        (words as u64 + self.header_words as u64).div_ceil(self.page_words() as u64) as u32
    }

    /// Makes sure that `pages` more pages can be had; false if the machine refuses the memory.
    pub(crate) fn reserve(&mut self, pages: usize) -> bool {
        let missing = pages.saturating_sub(self.free.0.len());
        u32::try_from(missing).is_ok_and(|missing| self.has_capacity(missing))
    }

    /// Grows the capacity by at least `words`, and by what is taken in advance or a part of it, as far as the machine has it.
    fn grow_capacity(&mut self, words: usize) -> bool {
        let spare = spare_words(self.words.len() + words, GROWING);
        let shares = [spare, spare / 2, spare / 4, spare / 8].map(|share| share.max(words));
        shares.into_iter().any(|share| self.extend(share)) || self.words.try_reserve_exact(words).is_ok()
    }

    fn extend(&mut self, words: usize) -> bool {
        match GROWING {
            Growing::Copies if self.words.len() < LARGE_WORDS => self.move_where_is_room(words),
            Growing::Copies => make_room(words) && self.words.try_reserve_exact(words).is_ok(),
            Growing::Remaps => self.words.try_reserve_exact(words).is_ok(),
        }
    }

    /// WebAssembly's allocator would copy the whole capacity, most of which has never been touched.
    fn move_where_is_room(&mut self, words: usize) -> bool {
        let mut larger = Vec::new();
        let is_there = larger.try_reserve_exact(self.words.len() + words).is_ok();
        if is_there {
            larger.extend_from_slice(&self.words);
            self.words = larger;
        }
        is_there
    }

    /// Takes `count` adjoining free pages for `space`; none if the machine refuses the memory.
    pub(crate) fn allocate_run(&mut self, count: u32, space: SpaceKind) -> Option<PageId> {
        let head = match self.find_free_run(count) {
            Some(head) => head,
            None => self.append_run(count)?,
        };
        for page in head.0..head.0 + count {
            self.free.remove(PageId(page));
            self.pages[page as usize] = Page { space, head, ..Page::free(PageId(page)) };
            self.set_space(PageId(page), space);
        }
        self.page_mut(head).run = count;
        Some(head)
    }

    fn find_free_run(&self, count: u32) -> Option<PageId> {
        let mut head = *self.free.0.first()?;
        let mut length = 0;
        for &page in &self.free.0 {
            if page.0 != head.0 + length {
                (head, length) = (page, 0);
            }
            length += 1;
            if length == count {
                return Some(head);
            }
        }
        None
    }

    /// Extends the cage at its end, together with the free pages that already lie there.
    fn append_run(&mut self, count: u32) -> Option<PageId> {
        let missing = self.missing_pages(count);
        if !self.has_capacity(missing) {
            return None;
        }
        for _ in 0..missing {
            self.append_page();
        }
        Some(PageId(self.pages.len() as u32 - count))
    }

    /// Pages that a run of `count` at the end of the cage lacks.
    fn missing_pages(&self, count: u32) -> u32 {
        let end = self.pages.len() as u32;
        let free = (0..end).rev().take_while(|&page| self.free.position(PageId(page)).is_ok());
        count.saturating_sub(free.take(count as usize).count() as u32)
    }

    /// Whether the cage may become so many pages longer, and the machine has the memory.
    fn has_capacity(&mut self, pages: u32) -> bool {
        let words = (pages as usize) << self.shift;
        let in_reach = self.words.len() as u64 + words as u64 <= self.max_words;
        in_reach && (self.words.capacity() - self.words.len() >= words || self.grow_capacity(words))
    }

    /// Extends the cage, whose capacity is known to suffice.
    fn append_page(&mut self) -> PageId {
        let page = PageId(self.pages.len() as u32);
        let end = self.page_end(page) as usize;
        self.words.resize(end, 0);
        self.marks.grow(end);
        self.flags.push(0);
        self.pages.push(Page::free(page));
        page
    }

    /// Brings the cage one page nearer to a run of `count` free pages; true if there is one now, or none can be had.
    pub(crate) fn approach_run(&mut self, count: u32) -> bool {
        if self.find_free_run(count).is_some() {
            return true;
        }
        let missing = self.missing_pages(count);
        if !self.has_capacity(missing) {
            return true;
        }
        let page = self.append_page();
        self.flags[page.index()] = self.barrier_all;
        self.free.insert(page);
        missing == 1
    }

    /// Gives the run of pages that starts at `head` back.
    pub(crate) fn release_run(&mut self, head: PageId) {
        for page in head.0..head.0 + self.page(head).run {
            let id = PageId(page);
            let (start, end) = (page << self.shift, self.page_end(id));
            self.marks.clear(start, end);
            self.pages[page as usize] = Page::free(id);
            self.flags[page as usize] = self.barrier_all;
            self.free.insert(id);
            if let Some(sites) = &mut self.sites {
                sites.forget_page(id.index());
            }
        }
    }

    /// Moves a page to a space and sets its flags accordingly.
    pub(crate) fn set_space(&mut self, id: PageId, space: SpaceKind) {
        self.page_mut(id).space = space;
        let flags = match space {
            SpaceKind::Free => 0,
            SpaceKind::ToSpace => flag::YOUNG | flag::VALUE,
            SpaceKind::FromSpace => flag::YOUNG | flag::VALUE | flag::EVACUATE,
            SpaceKind::YoungLarge => flag::YOUNG | flag::VALUE | flag::LARGE,
            SpaceKind::Old => flag::HOLDER,
            SpaceKind::OldLarge => flag::HOLDER | flag::LARGE,
        };
        self.flags[id.index()] = flags | self.barrier_all;
    }

    /// Moves all pages of a large object to a space.
    pub(crate) fn set_run_space(&mut self, head: PageId, space: SpaceKind) {
        for page in head.0..head.0 + self.page(head).run {
            self.set_space(PageId(page), space);
        }
    }

    pub(crate) fn set_flag(&mut self, id: PageId, bits: u8) {
        self.flags[id.index()] |= bits;
    }

    /// Routes every store of a reference through the barrier's slow path, or only those that concern generations.
    pub(crate) fn set_marking_barrier(&mut self, marking: bool) {
        self.barrier_all = if marking { flag::HOLDER | flag::VALUE } else { 0 };
        for page in 0..self.pages.len() {
            let kept = self.flags[page] & !(flag::HOLDER | flag::VALUE);
            let own = match self.pages[page].space {
                SpaceKind::Free => 0,
                space if space.is_young() => flag::VALUE,
                _ => flag::HOLDER,
            };
            self.flags[page] = kept | own | self.barrier_all;
        }
    }

    /// Writes a filler over a free range, so that the page can still be walked; poisons it if asked to.
    pub(crate) fn fill(&mut self, start: u32, end: u32, poison: Poison) {
        if start == end {
            return;
        }
        if poison == Poison::Yes {
            self.words[start as usize..end as usize].fill(POISON);
        }
        self.words[start as usize] = Header::filler(end - start).bits();
    }
}

/// Is freed memory overwritten?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Poison {
    Yes,
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_cage_is_never_copied_again() {
        assert_eq!(spare_words(0, Growing::Copies), LEAST_SPARE_WORDS);
        assert_eq!(LARGE_WORDS + spare_words(LARGE_WORDS, Growing::Copies), MOST_WORDS);
        assert_eq!(spare_words(LARGE_WORDS, Growing::Remaps), LARGE_SPARE_WORDS);
    }
}
