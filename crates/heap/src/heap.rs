//! The heap: its parts, and the accessors that a mutator lives on.

use crate::allocation::AllocationState;
use crate::cage::{Cage, Poison};
use crate::collection::{Cycle, Phase};
use crate::compaction::Compaction;
use crate::config::HeapConfig;
use crate::deferral::Deferral;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{Header, Kind};
use crate::inspect::HeapTotals;
use crate::large_object_space::LargeObjectSpace;
use crate::limits::Limits;
use crate::marking::Marking;
use crate::old_space::OldSpace;
use crate::page::{PageId, SpaceKind, flag};
use crate::record::CollectionRecord;
use crate::scavenger::ScavengeWork;
use crate::semi_space::NewSpace;
use crate::slot_set::SlotSet;
use crate::stats::Stats;
use crate::verifier::Violation;
use crate::word::{Ref, Word};
use std::collections::VecDeque;
use std::ops::Range;

/// What the heap needs of the program that runs on it.
pub trait Mutator {
    /// Visits every strong root. The slots are updated in place when objects move.
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word));

    /// Visits the strong roots that are not the stack: what incremental marking starts from. As in V8 the stack is only
    /// visited in the final pause, because it changes all the time. By default all roots count as not the stack.
    fn trace_static_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.trace_roots(visit);
    }

    /// Visits every weak root (an interning table). Each is updated when its object moves, or set to
    /// [`Word::CLEARED`] when it dies.
    fn trace_weak(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        let _ = visit;
    }

    /// The weak roots that a scavenge must visit. A client whose weak roots all refer to old objects overrides it with
    /// nothing, and saves the walk.
    fn trace_young_weak(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.trace_weak(visit);
    }

    /// A full collection is about to mark from the roots. Forget what is only remembered to save work; `fill` sets slots of a
    /// table to a word.
    fn forget_caches(&mut self, fill: &mut dyn FnMut(Ref, Range<u32>, Word)) {
        let _ = fill;
    }

    /// Virtual time in nanoseconds that the mutator itself has run; the heap adds its own pauses.
    fn now_ns(&self) -> u64;

    /// The target of the object `cell`, which has [`crate::Layout::Weak`], died. Called at the end of the
    /// collection with the cell's final address. Queue it; do not allocate here.
    fn finalized(&mut self, cell: Ref) {
        let _ = cell;
    }

    /// The owner of an external handle died, and its bytes were taken off the account.
    fn external_released(&mut self, handle: crate::ExternalHandle, bytes: u64) {
        let _ = (handle, bytes);
    }

    /// A collection has ended. Queue what follows from it; do not allocate here.
    fn collected(&mut self, record: &CollectionRecord, before: &HeapTotals, after: &HeapTotals) {
        let _ = (record, before, after);
    }
}

/// Number of collections kept for the out-of-memory report.
const LAST_COLLECTIONS: usize = 16;

/// A generational heap. See the crate's essay for its shape.
#[derive(Clone, Debug)]
pub struct Heap<O: Observer = ()> {
    pub(crate) config: HeapConfig,
    pub(crate) observer: O,
    pub(crate) cage: Cage,
    pub(crate) new: NewSpace,
    pub(crate) old: OldSpace,
    pub(crate) large: LargeObjectSpace,
    /// Slots of old objects that hold references to young ones: the remembered set.
    pub(crate) old_to_new: SlotSet,
    /// The same for the weak keys of old ephemeron tables.
    pub(crate) ephemeron_keys: SlotSet,
    /// Slots that hold references into evacuation candidates.
    pub(crate) to_candidates: SlotSet,
    pub(crate) scavenge: ScavengeWork,
    /// Young objects and the old ones that take their place in the next scavenge.
    pub(crate) stand_ins: Vec<(Ref, Ref)>,
    /// Objects that a scavenge moved while marking is under way: old and new address.
    pub(crate) moves: Vec<(Ref, Ref)>,
    pub(crate) marking: Marking,
    pub(crate) compaction: Compaction,
    /// Pages that wait to be swept.
    pub(crate) sweep_queue: Vec<PageId>,
    pub(crate) cycle: Cycle,
    pub(crate) limits: Limits,
    pub(crate) allocation: AllocationState,
    pub(crate) deferral: Deferral,
    pub(crate) external: crate::external::ExternalMemory,
    pub(crate) ids: crate::object_id::ObjectIds,
    pub(crate) stats: Stats,
    pub(crate) last_collections: VecDeque<CollectionRecord>,
    pub(crate) violations: Vec<(u64, Violation)>,
}

impl<O: Observer> Heap<O> {
    /// An empty heap. Memory is taken at the first allocation.
    #[must_use]
    #[inline(never)]
    pub fn new(config: HeapConfig, observer: O) -> Self {
        let profile = &config.profile;
        let cage_words = config.cage_max / u64::from(profile.word_bytes);
        let cage = Cage::new(profile.page_words(), profile.page_header_words(), cage_words);
        let shift = cage.shift;
        let pages = (config.semi_space_initial / profile.page_bytes).max(1) as u32;
        Heap {
            observer,
            cage,
            new: NewSpace::new(pages),
            old: OldSpace::default(),
            large: LargeObjectSpace::default(),
            old_to_new: SlotSet::new(shift),
            ephemeron_keys: SlotSet::new(shift),
            to_candidates: SlotSet::new(shift),
            scavenge: ScavengeWork::default(),
            stand_ins: Vec::new(),
            moves: Vec::new(),
            marking: Marking::default(),
            compaction: Compaction::default(),
            sweep_queue: Vec::new(),
            cycle: Cycle::default(),
            limits: Limits::new(&config),
            allocation: AllocationState::new(config.stress_gc),
            deferral: Deferral::default(),
            external: crate::external::ExternalMemory::default(),
            ids: crate::object_id::ObjectIds::default(),
            stats: Stats::default(),
            last_collections: VecDeque::with_capacity(LAST_COLLECTIONS),
            violations: Vec::new(),
            config,
        }
    }

    /// The configuration.
    #[must_use]
    pub const fn config(&self) -> &HeapConfig {
        &self.config
    }

    /// Full collections so far.
    #[must_use]
    pub const fn full_collections(&self) -> u64 {
        self.stats.mark_compacts
    }

    /// The observer.
    #[must_use]
    pub const fn observer(&self) -> &O {
        &self.observer
    }

    /// The observer, to change it. Call [`Heap::observer_changed`] if its mask changes.
    pub const fn observer_mut(&mut self) -> &mut O {
        &mut self.observer
    }

    /// The body or header word at `index`, counted from the header.
    #[inline(always)]
    #[must_use]
    pub fn get(&self, r: Ref, index: u32) -> Word {
        Word::from_bits(self.cage.words[(r.offset() + index) as usize])
    }

    /// The first `N` words of the body, behind one bounds check.
    #[inline(always)]
    #[must_use]
    pub fn fields<const N: usize>(&self, r: Ref) -> [Word; N] {
        let first = r.index() + 1;
        let mut fields = [Word::ZERO; N];
        for (field, bits) in fields.iter_mut().zip(&self.cage.words[first..first + N]) {
            *field = Word::from_bits(*bits);
        }
        fields
    }

    /// Stores a word at `index` (counted from the header, at least 1) with the write barrier.
    #[inline(always)]
    pub fn set(&mut self, r: Ref, index: u32, w: Word) {
        self.cage.words[(r.offset() + index) as usize] = w.bits();
        if self.cage.flags_of(r) & flag::HOLDER != 0 && w.is_ref() {
            self.barrier(r, index, w);
        }
    }

    /// Stores without a barrier: small integers and immediates, or any word into the newest young object before the
    /// next allocation.
    #[inline(always)]
    pub fn init(&mut self, r: Ref, index: u32, w: Word) {
        self.cage.words[(r.offset() + index) as usize] = w.bits();
    }

    /// A raw word (a double, characters) of an object with [`crate::Layout::Raw`].
    #[inline(always)]
    #[must_use]
    pub fn raw(&self, r: Ref, index: u32) -> u64 {
        self.cage.words[(r.offset() + index) as usize]
    }

    /// Stores a raw word; no barrier.
    #[inline(always)]
    pub fn set_raw(&mut self, r: Ref, index: u32, bits: u64) {
        self.cage.words[(r.offset() + index) as usize] = bits;
    }

    /// The body: all words after the header.
    #[inline(always)]
    #[must_use]
    pub fn words(&self, r: Ref) -> &[u64] {
        &self.cage.words[r.index() + 1..r.index() + self.cage.size_words(r) as usize]
    }

    /// The body, writable without a barrier: for raw objects, and for filling the newest young object.
    #[inline(always)]
    pub fn words_mut(&mut self, r: Ref) -> &mut [u64] {
        let size = self.cage.size_words(r) as usize;
        &mut self.cage.words[r.index() + 1..r.index() + size]
    }

    /// Copies the words `from` (indexes from the header) of `src` to `dst` from index `at` on, as by `memmove`, with one
    /// barrier for all.
    pub fn copy_slots(&mut self, src: Ref, from: Range<u32>, dst: Ref, at: u32) {
        let source = (src.offset() + from.start) as usize..(src.offset() + from.end) as usize;
        self.cage.words.copy_within(source, (dst.offset() + at) as usize);
        self.barrier_range(dst, at..at + from.len() as u32);
    }

    /// The same for words of objects with [`crate::Layout::Raw`]: no barrier.
    pub fn copy_raw(&mut self, src: Ref, from: Range<u32>, dst: Ref, at: u32) {
        let source = (src.offset() + from.start) as usize..(src.offset() + from.end) as usize;
        self.cage.words.copy_within(source, (dst.offset() + at) as usize);
    }

    /// Stores words of the caller's from index `at` on, with one barrier for all.
    pub fn set_slots(&mut self, r: Ref, at: u32, words: &[Word]) {
        let start = (r.offset() + at) as usize;
        for (slot, word) in self.cage.words[start..start + words.len()].iter_mut().zip(words) {
            *slot = word.bits();
        }
        self.barrier_range(r, at..at + words.len() as u32);
    }

    /// Fills a range of indexes (from the header) of `r` with one word, with one barrier.
    pub fn fill_slots(&mut self, r: Ref, range: Range<u32>, w: Word) {
        let target = (r.offset() + range.start) as usize..(r.offset() + range.end) as usize;
        self.cage.words[target].fill(w.bits());
        if w.is_ref() {
            self.barrier_range(r, range);
        }
    }

    /// The header.
    #[inline(always)]
    #[must_use]
    pub fn header(&self, r: Ref) -> Header {
        self.cage.header(r)
    }

    /// Size in words, header included, large objects too.
    #[inline(always)]
    #[must_use]
    pub fn size_words(&self, r: Ref) -> u32 {
        self.cage.size_words(r)
    }

    /// Size in the profile's bytes, header included.
    #[must_use]
    pub fn size_bytes(&self, r: Ref) -> u64 {
        self.bytes(u64::from(self.cage.size_words(r)))
    }

    /// Changes the client's shape number.
    #[inline(always)]
    pub fn set_shape(&mut self, r: Ref, shape: u32) {
        let header = self.cage.header(r).with_shape(shape);
        self.cage.set_header(r, header);
    }

    /// Changes the kind. When the layout changes, the body must already hold what the new layout says.
    pub fn set_kind(&mut self, r: Ref, kind: Kind) {
        let header = self.cage.header(r);
        self.cage.set_header(r, header.with_kind(kind));
        if header.layout() != kind.layout() {
            let size = self.cage.size_words(r);
            self.forget_slots(r.offset()..r.offset() + size);
            self.revisit(r);
        }
    }

    /// Cuts the object to its first `new_words` words (header included, at least 2); the rest becomes free. Does
    /// nothing if the object is not larger.
    pub fn shrink(&mut self, r: Ref, new_words: u32) {
        let Some(cut) = self.cut(r, new_words) else { return };
        // The last object of the allocation area gives its end back to the area.
        if self.new.area.top == cut.end {
            self.new.area.top = cut.start;
            self.keep_closed_for_sites();
        } else {
            self.fill_cut(r, cut);
        }
    }

    /// The same, but what is cut off stays a gap until a collection even at the end of the allocation area.
    pub fn trim(&mut self, r: Ref, new_words: u32) {
        if let Some(cut) = self.cut(r, new_words) {
            self.fill_cut(r, cut);
        }
    }

    /// Makes the object shorter; the words that it loses, unless it is a large one, whose page is its own.
    fn cut(&mut self, r: Ref, new_words: u32) -> Option<std::ops::Range<u32>> {
        let size = self.cage.size_words(r);
        let new_words = new_words.max(2);
        if new_words >= size {
            return None;
        }
        let cut = r.offset() + new_words..r.offset() + size;
        self.forget_slots(cut.clone());
        let header = self.cage.header(r);
        if header.is_large() {
            self.shrink_large(r, new_words, size);
            return None;
        }
        self.cage.set_header(r, header.with_size(new_words));
        Some(cut)
    }

    fn fill_cut(&mut self, r: Ref, cut: std::ops::Range<u32>) {
        self.cage.fill(cut.start, cut.end, self.poison());
        self.discount_trimmed(r, cut.end - cut.start);
    }

    pub(crate) fn shrink_large(&mut self, r: Ref, new_words: u32, size: u32) {
        let page = self.cage.page_of(r);
        self.cage.page_mut(page).large_words = new_words;
        let trimmed = u64::from(size - new_words);
        match self.cage.page(page).space {
            SpaceKind::YoungLarge => self.large.young_words -= trimmed,
            _ => self.large.old_words -= trimmed,
        }
    }

    /// Slots in `range` no longer hold what was recorded of them.
    fn forget_slots(&mut self, range: Range<u32>) {
        for set in [&mut self.old_to_new, &mut self.ephemeron_keys, &mut self.to_candidates] {
            set.remove_range(range.start, range.end);
        }
    }

    /// Words to bytes of the profile.
    pub(crate) const fn bytes(&self, words: u64) -> u64 {
        words * self.config.profile.word_bytes as u64
    }

    pub(crate) const fn poison(&self) -> Poison {
        if self.config.poison { Poison::Yes } else { Poison::No }
    }

    /// Hands an event to the observer if its class is wanted.
    #[inline(always)]
    pub(crate) fn emit(&mut self, class: EventMask, event: impl FnOnce() -> HeapEvent) {
        if O::ACTIVE && self.observer.mask().contains(class) {
            self.observer.observe(event());
        }
    }

    pub(crate) fn enter(&mut self, phase: Phase) {
        self.cycle.phase = phase;
        self.emit(EventMask::PHASE, || HeapEvent::PhaseChanged { phase });
    }

    /// The last collections, oldest first (at most 16): what an out-of-memory report shows.
    pub fn last_collections(&self) -> impl DoubleEndedIterator<Item = &CollectionRecord> {
        self.last_collections.iter()
    }

    pub(crate) fn keep_record(&mut self, record: CollectionRecord) {
        if self.last_collections.len() == LAST_COLLECTIONS {
            self.last_collections.pop_front();
        }
        self.last_collections.push_back(record);
        self.emit(EventMask::COLLECTION, || HeapEvent::CollectionFinished(Box::new(record)));
    }
}
