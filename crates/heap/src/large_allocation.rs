//! Large objects in portions.
//!
//! To take, clear and fill tens of megabytes at once is a pause that a person feels. A client that can wait between two
//! instructions begins such an object instead: [`Heap::begin_large`] gives it all of its pages but only its first two
//! words, and [`Heap::extend_large`] makes more and more of them part of the object. What lies behind is nobody's yet, as
//! after [`Heap::shrink`], so that the heap can be collected and looked at in between.

use crate::allocation::Generation;
use crate::copy::clear_words;
use crate::deferral::Due;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{Header, Kind, SIZE_IN_PAGE_TABLE};
use crate::heap::{Heap, Mutator};
use crate::limits::{OomReason, OutOfMemory};
use crate::page::SpaceKind;
use crate::record::{CollectionKind, Reason};
use crate::word::Ref;

/// What an attempt to begin a large object came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LargeAttempt {
    /// It is there: two words of it, the header and a small integer 0.
    Begun(Ref),
    /// The cage has grown a little: attempt it again.
    Growing,
    /// There was no room. A collection is due ([`Heap::start_due`]); after it the next attempt is on.
    Collect,
}

/// The attempt after which there is no other: two collections have been tried, and the last resort.
const LAST_ATTEMPT: u32 = 3;

impl<O: Observer> Heap<O> {
    /// Whether an object of so many words is a large one.
    #[must_use]
    pub const fn is_large_size(&self, words: u32) -> bool {
        words > self.limits.large_words
    }

    /// Makes attempt number `attempt` (from 0) to begin an object of `words` words, which must be a large one.
    ///
    /// # Errors
    /// [`OutOfMemory`] as for [`Heap::allocate`].
    pub fn begin_large(
        &mut self,
        m: &mut impl Mutator,
        (kind, shape, words): (Kind, u32, u32),
        generation: Generation,
        attempt: u32,
    ) -> Result<LargeAttempt, OutOfMemory> {
        debug_assert!(self.is_large_size(words), "only large objects are begun");
        self.finish_atomic(m);
        let space = self.large_space(generation);
        if self.may_add_large(words, space) && !self.cage.approach_run(self.cage.pages_for(words)) {
            return Ok(LargeAttempt::Growing);
        }
        self.safepoint(m);
        if let Some(reason) = self.allocation.out_of_memory {
            return Err(self.report(reason, words));
        }
        if let Some(r) = self.place_large(words, space) {
            self.cage.set_header(r, Header::new(kind, shape, SIZE_IN_PAGE_TABLE));
            self.cage.words[r.index() + 1] = 0;
            self.shrink_large(r, 2, words);
            self.forget_site(r);
            self.emit(EventMask::ALLOCATION, || HeapEvent::Allocated { at: r, words });
            return Ok(LargeAttempt::Begun(r));
        }
        if attempt >= LAST_ATTEMPT {
            self.allocation.out_of_memory = Some(OomReason::ReachedHeapLimit);
            return Err(self.report(OomReason::ReachedHeapLimit, words));
        }
        self.collect_for_large(m, words, generation, attempt);
        Ok(LargeAttempt::Collect)
    }

    /// The collection after a failed attempt: at the next safepoint if collections are put off, or at once.
    fn collect_for_large(&mut self, m: &mut impl Mutator, words: u32, generation: Generation, attempt: u32) {
        let due = match generation {
            _ if attempt + 1 == LAST_ATTEMPT => Due::LastResort,
            Generation::Young => Due::Room,
            Generation::Old => Due::OldRoom,
        };
        if self.put_off_until_asked(words, due) {
            return;
        }
        match due {
            Due::LastResort => self.collect(m, CollectionKind::FullReduceMemory, Reason::LastResort),
            _ => self.collect_for(m, words, generation),
        }
    }

    /// Makes the large object `r`, which was begun with at least as many, `words` words long; what is new is filled with the
    /// small integer 0.
    pub fn extend_large(&mut self, r: Ref, words: u32) {
        let page = self.cage.page_of(r);
        let row = self.cage.page(page);
        let size = row.large_words;
        debug_assert!(self.cage.pages_for(words) <= row.run, "a large object stays on its pages");
        let Some(fresh) = words.checked_sub(size) else { return };
        clear_words(&mut self.cage.words[r.index() + size as usize..r.index() + words as usize]);
        self.cage.page_mut(page).large_words = words;
        match self.cage.page(page).space {
            SpaceKind::YoungLarge => self.large.young_words += u64::from(fresh),
            _ => self.large.old_words += u64::from(fresh),
        }
    }

    /// The space in which a large object is born.
    pub(crate) fn large_space(&self, generation: Generation) -> SpaceKind {
        match generation {
            Generation::Young if self.config.profile.young_large_objects => SpaceKind::YoungLarge,
            _ => SpaceKind::OldLarge,
        }
    }
}
