//! Objects that give way to others: a string that has become the name of a property lives on as the one string of that name.
//! V8 makes it a ThinString, and its scavenger leads references past it (`src/heap/scavenger-inl.h`: EvacuateThinString).
//!
//! Here it stays as it is until the next scavenge, which begins by writing the other object's address into its header: so
//! it has been moved before anything is copied. While marking is under way V8 copies it, and so does this.

use crate::event::Observer;
use crate::header::Header;
use crate::heap::Heap;
use crate::page::flag;
use crate::word::Ref;

impl<O: Observer> Heap<O> {
    /// From the next scavenge on, references to the young object `of` are references to the old object `by`, which is equal to
    /// it and lives on. Other objects, and young ones that a full collection meets first, stay what they are.
    pub fn stand_in(&mut self, of: Ref, by: Ref) {
        let is_young = self.cage.flags_of(of) & (flag::YOUNG | flag::LARGE) == flag::YOUNG;
        if is_young && self.cage.flags_of(by) & flag::YOUNG == 0 {
            self.stand_ins.push((of, by));
        }
    }

    /// Everything young lies in from-space, and nothing has been copied.
    pub(crate) fn put_stand_ins(&mut self) {
        for (of, by) in std::mem::take(&mut self.stand_ins) {
            if !self.marking.active {
                self.cage.words[of.index()] = Header::forwarded(by.offset()).bits();
                self.scavenge.replaced.push(of);
            }
        }
        self.scavenge.replaced.sort_unstable_by_key(|of| of.offset());
    }

    /// Whether another object has taken this one's place in the scavenge under way.
    pub(crate) fn was_replaced(&self, of: Ref) -> bool {
        self.scavenge.replaced.binary_search_by_key(&of.offset(), |other| other.offset()).is_ok()
    }
}
