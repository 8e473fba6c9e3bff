//! The write barrier, the one place where a store concerns the collector.
//!
//! `Heap::set` tests two things inline: the holder's page cares about references (it is old, or marking is under
//! way), and the word is one. This module is the rest, out of line.
//!
//! - Generational: an old object now refers to a young one, so the slot enters the remembered set.
//! - Marking: a marked object now refers to an unmarked one, so the target is shaded grey: a black object never
//!   refers to a white one. V8 11.x shades whatever the holder's colour is.
//! - Compaction: the target lies on an evacuation candidate, so the slot is recorded for updating.

use crate::event::{EventMask, HeapEvent, Observer};
use crate::header::{FIRST_EPHEMERON, Layout, WEAK_WORD};
use crate::heap::Heap;
use crate::page::flag;
use crate::profile::MarkingBarrier;
use crate::word::{Ref, Word};
use std::ops::Range;

impl<O: Observer> Heap<O> {
    /// The slow path of a store: `w`, a reference, was written to word `index` of `holder`.
    #[cold]
    #[inline(never)]
    pub(crate) fn barrier(&mut self, holder: Ref, index: u32, w: Word) {
        let Some(value) = w.as_ref() else { return };
        let value_flags = self.cage.flags_of(value);
        if value_flags & flag::VALUE == 0 {
            return;
        }
        let holder_is_old = self.cage.flags_of(holder) & flag::YOUNG == 0;
        let remembers = holder_is_old && value_flags & flag::YOUNG != 0;
        if remembers {
            self.remember(holder, index);
        }
        let shades = self.marking.active && self.marking_barrier(holder, index, value);
        if remembers || shades {
            self.stats.write_barrier_hits += 1;
            if self.marking.active && self.barrier_asks_for_step() {
                // The next allocation is a safepoint.
                self.new.area.limit = self.new.area.top;
                self.close_for_sites();
            }
            self.emit(EventMask::BARRIER, || HeapEvent::BarrierHit { holder, index, value });
        }
    }

    /// Puts a slot of an old object into the remembered set.
    fn remember(&mut self, holder: Ref, index: u32) {
        let slot = holder.offset() + index;
        let weak_key = self.cage.header(holder).layout() == Layout::Ephemerons && is_key(index);
        let set = if weak_key { &mut self.ephemeron_keys } else { &mut self.old_to_new };
        if set.insert(slot) {
            self.emit(EventMask::BARRIER, || HeapEvent::SlotRecorded { slot });
        }
    }

    /// Keeps the tri-colour invariant and the slots recorded for compaction. True if it had to shade.
    fn marking_barrier(&mut self, holder: Ref, index: u32, value: Ref) -> bool {
        let black = self.cage.marks.is_marked(holder);
        if !black && self.config.profile.marking_barrier == MarkingBarrier::BlackHolder {
            return false;
        }
        if black {
            self.record_if_candidate(holder.offset() + index, value);
        }
        match self.cage.header(holder).layout() {
            Layout::Weak if index == WEAK_WORD => false,
            Layout::Ephemerons if index >= FIRST_EPHEMERON => false,
            _ => self.shade(value),
        }
    }

    /// The barrier for a range of words of `holder` that was written at once.
    pub(crate) fn barrier_range(&mut self, holder: Ref, range: Range<u32>) {
        if self.cage.flags_of(holder) & flag::HOLDER == 0 {
            return;
        }
        for index in range {
            let w = self.get(holder, index);
            if w.is_ref() {
                self.barrier(holder, index, w);
            }
        }
    }

    /// The layout of a marked object changed: its references must be seen (again).
    pub(crate) fn revisit(&mut self, r: Ref) {
        let size = self.cage.size_words(r);
        if self.cage.header(r).layout() != Layout::Raw {
            self.barrier_range(r, 1..size);
        }
    }
}

/// Is this word of an ephemeron table a key?
pub(crate) const fn is_key(index: u32) -> bool {
    index >= FIRST_EPHEMERON && (index - FIRST_EPHEMERON).is_multiple_of(2)
}
