//! Allocation: a bump on the fast path; collection, growth and out of memory on the slow one.
//!
//! An allocation that finds no room goes through V8's ladder: the next page of to-space, a collection (twice), a full
//! collection as last resort, out of memory as a value.

use crate::copy::clear_words;
use crate::deferral::Due;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{Header, Kind, SIZE_IN_PAGE_TABLE};
use crate::heap::{Heap, Mutator};
use crate::limits::{OomReason, OutOfMemory};
use crate::page::SpaceKind;
use crate::record::{CollectionKind, Reason};
use crate::word::{Ref, Word};

/// Where an object is born.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Generation {
    /// In new space, or young in the large-object space, where the profile has young large objects.
    Young,
    /// In the old generation.
    Old,
}

/// What allocation must remember between calls.
#[derive(Clone, Debug)]
pub(crate) struct AllocationState {
    stress_every: Option<u32>,
    /// Allocations until the next stress collection.
    countdown: u32,
    stress_rounds: u32,
    /// Word of the current area up to which allocation is in the statistics.
    pub(crate) counted: u32,
    /// Words allocated since the last marking step.
    pub(crate) since_step: u64,
    /// Set when a collection found that the heap cannot go on; the next allocation reports it.
    pub(crate) out_of_memory: Option<OomReason>,
}

impl AllocationState {
    pub(crate) fn new(stress_every: Option<u32>) -> Self {
        let countdown = stress_every.unwrap_or(0).max(1);
        AllocationState {
            stress_every,
            countdown,
            stress_rounds: 0,
            counted: 0,
            since_step: 0,
            out_of_memory: None,
        }
    }
}

impl<O: Observer> Heap<O> {
    /// Allocates a young object by moving the allocation pointer, or returns none: then call [`Heap::allocate`]. The
    /// header is written, the body is not: fill it (with [`Heap::init`] or [`Heap::words_mut`]) before the next
    /// allocation. For objects of at least 2 words and at most the profile's large-object limit.
    #[inline(always)]
    pub fn try_bump(&mut self, kind: Kind, shape: u32, words: u32) -> Option<Ref> {
        let r = self.new.area.bump(words)?;
        self.cage.words[r.index()] = Header::new(kind, shape, words).bits();
        Some(r)
    }

    /// As [`Heap::try_bump`], with all words of the body, which are written together with the header behind one bounds check.
    #[inline(always)]
    pub fn try_new<const N: usize>(&mut self, kind: Kind, shape: u32, body: [Word; N]) -> Option<Ref> {
        let words = N as u32 + 1;
        let r = self.new.area.bump(words)?;
        let object = &mut self.cage.words[r.index()..r.index() + N + 1];
        object[0] = Header::new(kind, shape, words).bits();
        for (slot, word) in object[1..].iter_mut().zip(body) {
            *slot = word.bits();
        }
        Some(r)
    }

    /// As [`Heap::try_bump`], at an origin of the embedder's: see [`Heap::set_site_of_origin`].
    #[inline(always)]
    pub fn try_bump_at(&mut self, origin: usize, kind: Kind, shape: u32, words: u32) -> Option<Ref> {
        let r = match self.new.area.bump(words) {
            Some(r) => r,
            None => self.bump_recorded(origin, words)?,
        };
        self.cage.words[r.index()] = Header::new(kind, shape, words).bits();
        Some(r)
    }

    /// Whether [`Heap::try_bump_at`] can give so many words.
    #[inline(always)]
    #[must_use]
    pub fn has_bump_room(&self, origin: usize, words: u32) -> bool {
        words <= self.new.area.rest() || self.has_recorded_room(origin, words)
    }

    /// Allocates an object of `words` words (header included, at least 2), young if the profile's rules allow it. May
    /// collect: every reference the caller holds must be a root. The body is filled with the small integer 0.
    ///
    /// # Errors
    /// [`OutOfMemory`] when the limits of the heap are reached; the heap stays usable for inspection.
    #[inline]
    pub fn allocate(
        &mut self,
        m: &mut impl Mutator,
        kind: Kind,
        shape: u32,
        words: u32,
    ) -> Result<Ref, OutOfMemory> {
        if words <= self.limits.large_words
            && let Some(r) = self.try_bump(kind, shape, words)
        {
            clear_words(&mut self.cage.words[r.index() + 1..r.index() + words as usize]);
            return Ok(r);
        }
        self.allocate_slow(m, kind, shape, words)
    }

    /// Allocates an object directly in the old generation (objects of the bootstrap, interned strings). As
    /// [`Heap::allocate`] otherwise, save that references must be stored with [`Heap::set`].
    ///
    /// # Errors
    /// [`OutOfMemory`] as for [`Heap::allocate`].
    pub fn allocate_old(
        &mut self,
        m: &mut impl Mutator,
        kind: Kind,
        shape: u32,
        words: u32,
    ) -> Result<Ref, OutOfMemory> {
        self.climb(m, kind, shape, words, Generation::Old)
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(
        &mut self,
        m: &mut impl Mutator,
        kind: Kind,
        shape: u32,
        words: u32,
    ) -> Result<Ref, OutOfMemory> {
        if words <= self.limits.large_words
            && let Some(r) = self.bump_unrecorded(words)
        {
            self.start_object(r, kind, shape, words);
            return Ok(r);
        }
        self.climb(m, kind, shape, words, Generation::Young)
    }

    fn start_object(&mut self, r: Ref, kind: Kind, shape: u32, words: u32) {
        self.cage.set_header(r, Header::new(kind, shape, words));
        clear_words(&mut self.cage.words[r.index() + 1..r.index() + words as usize]);
    }

    /// The ladder of attempts.
    fn climb(
        &mut self,
        m: &mut impl Mutator,
        kind: Kind,
        shape: u32,
        words: u32,
        generation: Generation,
    ) -> Result<Ref, OutOfMemory> {
        let words = words.max(2);
        self.finish_atomic(m);
        self.safepoint(m);
        let may_wait = generation == Generation::Young && words <= self.limits.large_words;
        let first = if may_wait { self.rungs_climbed() } else { 0 };
        for attempt in first..4 {
            if let Some(reason) = self.allocation.out_of_memory {
                return Err(self.report(reason, words));
            }
            if let Some(r) = self.place(kind, shape, words, generation) {
                return Ok(r);
            }
            match attempt {
                0 | 1 if may_wait && self.put_off(words, Due::Room) => {}
                2 if may_wait && self.put_off(words, Due::LastResort) => {}
                0 | 1 => self.collect_for(m, words, generation),
                2 => self.collect(m, CollectionKind::FullReduceMemory, Reason::LastResort),
                _ => {}
            }
        }
        self.allocation.out_of_memory = Some(OomReason::ReachedHeapLimit);
        Err(self.report(OomReason::ReachedHeapLimit, words))
    }

    pub(crate) fn report(&self, reason: OomReason, words: u32) -> OutOfMemory {
        OutOfMemory { reason, requested: self.bytes(u64::from(words)), old_used: self.old_used_bytes() }
    }

    /// One collection on behalf of an allocation: the rules choose which.
    pub(crate) fn collect_for(&mut self, m: &mut impl Mutator, words: u32, generation: Generation) {
        self.cycle.requested = self.bytes(u64::from(words));
        match generation {
            Generation::Young => {
                self.start_young_or_full(m, Reason::AllocationFailure);
                self.finish_atomic(m);
            }
            Generation::Old => self.collect(m, CollectionKind::Full, Reason::AllocationLimit),
        }
        self.cycle.requested = 0;
    }

    /// Finds room for the object without collecting.
    fn place(&mut self, kind: Kind, shape: u32, words: u32, generation: Generation) -> Option<Ref> {
        let large = words > self.limits.large_words;
        let r = match generation {
            _ if large => self.place_large(words, self.large_space(generation)),
            Generation::Young => self.place_young(words),
            Generation::Old => self.place_old(words),
        }?;
        let size_field = if large { SIZE_IN_PAGE_TABLE } else { words };
        self.cage.set_header(r, Header::new(kind, shape, size_field));
        clear_words(&mut self.cage.words[r.index() + 1..r.index() + words as usize]);
        self.forget_site(r);
        self.emit(EventMask::ALLOCATION, || HeapEvent::Allocated { at: r, words });
        Some(r)
    }

    fn place_young(&mut self, words: u32) -> Option<Ref> {
        let fresh = self.new.to.pages.is_empty();
        if !self.new.commit_to(&mut self.cage) {
            return None;
        }
        if fresh {
            self.allocation.counted = self.new.area.top;
        }
        self.new.area.limit = self.new.current_page_end(&self.cage);
        let mut found = self.new.area.bump(words);
        while found.is_none() && self.new.has_next_page() {
            self.count_allocated();
            self.next_new_page();
            self.allocation.counted = self.new.area.top;
            found = self.new.area.bump(words);
        }
        self.lower_limit();
        found
    }

    /// Ends the current page of to-space and starts the next one.
    pub(crate) fn next_new_page(&mut self) {
        let area = self.new.area;
        let poison = self.poison();
        self.cage.fill(area.top, self.new.current_page_end(&self.cage), poison);
        let next = self.new.to.current + 1;
        self.new.start_page(&self.cage, next);
    }

    /// Lowers the allocation limit so that the slow path is taken when an observer of allocation is due.
    fn lower_limit(&mut self) {
        let area = &mut self.new.area;
        let every = self.allocation.stress_every.is_some()
            || (O::ACTIVE && self.observer.mask().contains(EventMask::ALLOCATION));
        if every {
            area.limit = area.top;
        } else if self.marking.active {
            let step = self.limits.young_step_words.saturating_sub(self.allocation.since_step) as u32;
            area.limit = area.limit.min(area.top.saturating_add(step));
        }
        self.close_for_sites();
    }

    /// Whether allocation collects at every so many objects.
    #[must_use]
    pub fn is_stressed(&self) -> bool {
        self.allocation.stress_every.is_some()
    }

    /// Changes how often allocation collects (`--stress-gc`), so that a client can make its own first objects in peace.
    pub fn set_stress_gc(&mut self, every: Option<u32>) {
        self.allocation.stress_every = every;
        self.allocation.countdown = every.unwrap_or(0).max(1);
        self.observer_changed();
    }

    /// Tells the heap that the observer's mask has changed.
    pub fn observer_changed(&mut self) {
        self.reset_limit();
    }

    /// Sets the allocation limit anew after a collection, a change of the observer or the start of marking.
    pub(crate) fn reset_limit(&mut self) {
        if self.new.to.pages.is_empty() {
            // There is no room, whatever the limit was before.
            self.close_for_sites();
        } else {
            self.new.area.limit = self.new.current_page_end(&self.cage);
            self.lower_limit();
        }
    }

    fn place_old(&mut self, words: u32) -> Option<Ref> {
        let mut found = self.old.area.bump(words);
        if found.is_none() {
            if !self.refill_old_for_mutator(words) {
                return None;
            }
            found = self.old.area.bump(words);
        }
        if let Some(r) = found {
            self.count_old_allocation(words);
            self.allocate_black(r, words);
        }
        found
    }

    fn refill_old_for_mutator(&mut self, words: u32) -> bool {
        self.refill_old(words, usize::MAX)
            || (self.may_expand_old(self.cage.area_words()) && self.add_old_page())
    }

    /// Opens an allocation area on a new page of old space.
    pub(crate) fn add_old_page(&mut self) -> bool {
        let done = self.old.refill_from_new_page(&mut self.cage);
        if let (true, Some(&page)) = (done, self.old.pages.last()) {
            self.emit(EventMask::SPACE, || HeapEvent::PageAdded { page, run: 1, space: SpaceKind::Old });
        }
        done
    }

    pub(crate) fn place_large(&mut self, words: u32, space: SpaceKind) -> Option<Ref> {
        if !self.may_add_large(words, space) {
            return None;
        }
        let run = self.cage.pages_for(words);
        let page = self.cage.allocate_run(run, space)?;
        self.cage.page_mut(page).large_words = words;
        let r = Ref::new(self.cage.area_start(page));
        self.count_old_allocation(words);
        if space == SpaceKind::YoungLarge {
            self.large.young.push(page);
            self.large.young_words += u64::from(words);
        } else {
            self.large.old.push(page);
            self.large.old_words += u64::from(words);
            self.allocate_black(r, words);
        }
        self.emit(EventMask::SPACE, || HeapEvent::PageAdded { page, run, space });
        Some(r)
    }

    fn count_old_allocation(&mut self, words: u32) {
        self.stats.allocated_bytes += self.bytes(u64::from(words));
        self.limits.old_allocated += self.bytes(u64::from(words));
        self.allocation.since_step += u64::from(words) / 4;
    }

    /// Brings the statistics up to date with the allocation pointer.
    pub(crate) fn count_allocated(&mut self) {
        let words = self.new.area.top.saturating_sub(self.allocation.counted);
        self.allocation.counted = self.new.area.top;
        self.allocation.since_step += u64::from(words);
        self.stats.allocated_bytes += self.bytes(u64::from(words));
    }

    /// What the slow path owes to others before it allocates: a stress collection, a marking step.
    pub(crate) fn safepoint(&mut self, m: &mut impl Mutator) {
        if let Some(every) = self.allocation.stress_every {
            self.allocation.countdown -= 1;
            if self.allocation.countdown == 0 {
                self.allocation.countdown = every.max(1);
                self.stress(m);
            }
        }
        self.count_allocated();
        self.relieve_external(m);
        self.marking_safepoint(m);
    }

    fn stress(&mut self, m: &mut impl Mutator) {
        self.allocation.stress_rounds += 1;
        let kind = match self.allocation.stress_rounds % 8 {
            4 => CollectionKind::Full,
            0 => CollectionKind::FullReduceMemory,
            _ => CollectionKind::Minor,
        };
        self.collect(m, kind, Reason::Stress);
    }
}
