//! Events of a heap's life, and who observes them.

use crate::collection::Phase;
use crate::page::{PageId, SpaceKind};
use crate::record::{CollectionKind, CollectionRecord, CollectorReason, Figures, Reason};
use crate::word::{Ref, Word};

/// One thing that happened in the heap. Sizes are words.
#[derive(Clone, PartialEq, Debug)]
pub enum HeapEvent {
    /// The mutator allocated an object. Asking for these routes every allocation through the slow path.
    Allocated {
        /// Its address.
        at: Ref,
        /// Its size.
        words: u32,
    },
    /// A scavenge copied an object within new space.
    Copied {
        /// Old address.
        from: Ref,
        /// New address.
        to: Ref,
        /// Size.
        words: u32,
    },
    /// An object moved to the old generation (for a large object both addresses are the same).
    Promoted {
        /// Old address.
        from: Ref,
        /// New address.
        to: Ref,
        /// Size.
        words: u32,
    },
    /// A store concerned the write barrier.
    BarrierHit {
        /// The object that was written to.
        holder: Ref,
        /// The word that was written, counted from the header.
        index: u32,
        /// The reference that was stored.
        value: Ref,
    },
    /// A slot entered the remembered set.
    SlotRecorded {
        /// Word offset of the slot in the cage.
        slot: u32,
    },
    /// The marker or the marking barrier turned a white object grey.
    Shaded {
        /// The object.
        object: Ref,
    },
    /// The sweeper freed a range.
    Swept {
        /// First word.
        start: u32,
        /// First word after it.
        end: u32,
    },
    /// Compaction moved an object out of a candidate page.
    Evacuated {
        /// Old address.
        from: Ref,
        /// New address.
        to: Ref,
        /// Size.
        words: u32,
    },
    /// The collector entered a phase.
    PhaseChanged {
        /// The new phase.
        phase: Phase,
    },
    /// A semi-space's capacity changed.
    NewSpaceResized {
        /// Bytes before.
        from_bytes: u64,
        /// Bytes after.
        to_bytes: u64,
        /// What survived since the last growth, in bytes: the figure of the rule.
        survived_bytes: u64,
    },
    /// A space took pages.
    PageAdded {
        /// First page.
        page: PageId,
        /// Pages in the run.
        run: u32,
        /// The space.
        space: SpaceKind,
    },
    /// A space gave pages back.
    PageReleased {
        /// First page.
        page: PageId,
        /// The space.
        space: SpaceKind,
    },
    /// Incremental marking began.
    MarkingStarted {
        /// Why.
        reason: Reason,
        /// The figures of the rule.
        figures: Figures,
    },
    /// An incremental marking step ended.
    MarkingStep {
        /// Words marked.
        words: u64,
        /// Duration in nanoseconds of virtual time.
        duration_ns: u64,
    },
    /// A collection began.
    CollectionStarted {
        /// Which.
        kind: CollectionKind,
        /// Why.
        reason: Reason,
        /// Why this collector.
        collector_reason: CollectorReason,
        /// The figures of the rule.
        figures: Figures,
    },
    /// A collection ended.
    CollectionFinished(Box<CollectionRecord>),
    /// A weak slot lost its target.
    WeakCleared {
        /// The holder.
        holder: Ref,
        /// What the slot held.
        target: Word,
    },
}

/// A set of event classes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct EventMask(u32);

impl EventMask {
    /// No event.
    pub const NONE: EventMask = EventMask(0);
    /// [`HeapEvent::Allocated`].
    pub const ALLOCATION: EventMask = EventMask(1);
    /// [`HeapEvent::Copied`], [`HeapEvent::Promoted`], [`HeapEvent::Evacuated`].
    pub const MOVE: EventMask = EventMask(2);
    /// [`HeapEvent::BarrierHit`], [`HeapEvent::SlotRecorded`].
    pub const BARRIER: EventMask = EventMask(4);
    /// [`HeapEvent::Shaded`], [`HeapEvent::MarkingStarted`], [`HeapEvent::MarkingStep`].
    pub const MARKING: EventMask = EventMask(8);
    /// [`HeapEvent::Swept`].
    pub const SWEEP: EventMask = EventMask(16);
    /// [`HeapEvent::PhaseChanged`].
    pub const PHASE: EventMask = EventMask(32);
    /// [`HeapEvent::NewSpaceResized`], [`HeapEvent::PageAdded`], [`HeapEvent::PageReleased`].
    pub const SPACE: EventMask = EventMask(64);
    /// [`HeapEvent::CollectionStarted`], [`HeapEvent::CollectionFinished`].
    pub const COLLECTION: EventMask = EventMask(128);
    /// [`HeapEvent::WeakCleared`].
    pub const WEAK: EventMask = EventMask(256);
    /// Every event.
    pub const ALL: EventMask = EventMask(511);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: EventMask) -> EventMask {
        EventMask(self.0 | other.0)
    }

    /// Does it contain every class of `other`?
    #[inline(always)]
    #[must_use]
    pub const fn contains(self, other: EventMask) -> bool {
        self.0 & other.0 == other.0
    }
}

/// Who watches the heap. The implementation for `()` watches nothing and costs nothing.
pub trait Observer {
    /// False removes every observation at compile time.
    const ACTIVE: bool = true;

    /// The classes of events that are wanted now. Change it only between calls of the heap, then tell the heap by
    /// `Heap::observer_changed`.
    fn mask(&self) -> EventMask;

    /// Takes one event.
    fn observe(&mut self, event: HeapEvent);
}

impl Observer for () {
    const ACTIVE: bool = false;

    #[inline(always)]
    fn mask(&self) -> EventMask {
        EventMask::NONE
    }

    #[inline(always)]
    fn observe(&mut self, _event: HeapEvent) {}
}
