//! The pool: where each request goes.

use std::collections::BTreeMap;

use crate::era::Era;
use crate::figures::{Figures, SlabCounts};
use crate::slab::{Slab, SlabId, Slice, SliceId};

/// The answer to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// A slice of a slab.
    Pooled {
        /// The slab.
        slab: SlabId,
        /// The slab was taken for this request: its memory must be made.
        fresh: bool,
        /// The slice's number.
        slice: SliceId,
        /// Its first byte in the slab.
        offset: u64,
    },
    /// Memory of its own.
    Unpooled,
}

/// Node's Buffer pool.
#[derive(Clone, Debug)]
pub struct Pool {
    era: Era,
    size: u64,
    current: Option<SlabId>,
    slabs: BTreeMap<SlabId, Slab>,
    slab_of: BTreeMap<SliceId, SlabId>,
    next_slab: u64,
    next_slice: u64,
}

impl Pool {
    /// A pool of an era with slabs of `size` bytes (`Buffer.poolSize`).
    #[must_use]
    pub fn new(era: Era, size: u64) -> Self {
        let mut pool = Self {
            era,
            size,
            current: None,
            slabs: BTreeMap::new(),
            slab_of: BTreeMap::new(),
            next_slab: 0,
            next_slice: 0,
        };
        if era.starts_with_slab() {
            pool.take_slab();
        }
        pool
    }

    /// The era.
    #[must_use]
    pub const fn era(&self) -> Era {
        self.era
    }

    /// `Buffer.poolSize`
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Sets `Buffer.poolSize`: at once the limit of what is pooled, but only the next slab gets the new size.
    pub const fn set_size(&mut self, size: u64) {
        self.size = size;
    }

    /// Where `bytes` go. [`Pool::allocate_at_most`] is for text, whose length in bytes is known only when it is written.
    pub fn allocate(&mut self, bytes: u64) -> Grant {
        self.allocate_at_most(bytes, bytes)
    }

    /// Where text goes that will take `bytes`, if up to `at_most` bytes had to be reckoned with when the slab was chosen
    /// (`fromStringFast`: the number of characters times the most bytes that one can take). Pooled by `at_most`.
    pub fn allocate_at_most(&mut self, bytes: u64, at_most: u64) -> Grant {
        if bytes == 0 || !self.era.is_pooled(at_most, self.size) {
            return Grant::Unpooled;
        }
        let (slab, fresh) = match self.current {
            Some(current) if self.slabs.get(&current).is_some_and(|slab| at_most <= slab.room()) => {
                (current, false)
            }
            _ => (self.take_slab(), true),
        };
        let slice = SliceId(self.next_slice);
        self.next_slice += 1;
        let offset = self.cut(slab, slice, bytes);
        Grant::Pooled { slab, fresh, slice, offset }
    }

    fn take_slab(&mut self) -> SlabId {
        let id = SlabId(self.next_slab);
        self.next_slab += 1;
        self.slabs.insert(id, Slab::new(self.size));
        self.current = Some(id);
        id
    }

    fn cut(&mut self, id: SlabId, slice: SliceId, bytes: u64) -> u64 {
        let Some(slab) = self.slabs.get_mut(&id) else { return 0 };
        let offset = slab.offset;
        slab.live.insert(slice, Slice { offset, length: bytes });
        slab.handed_out += bytes;
        slab.offset = self.era.next_offset(offset, bytes);
        self.slab_of.insert(slice, id);
        offset
    }

    /// The Buffer of a slice has died. Its bytes stay with the slab.
    pub fn release(&mut self, slice: SliceId) {
        let Some(id) = self.slab_of.remove(&slice) else { return };
        if let Some(slab) = self.slabs.get_mut(&id) {
            slab.live.remove(&slice);
        }
    }

    /// A slab's memory has been freed: nobody points into it any more.
    pub fn free(&mut self, id: SlabId) {
        let Some(slab) = self.slabs.remove(&id) else { return };
        for slice in slab.live.keys() {
            self.slab_of.remove(slice);
        }
        if self.current == Some(id) {
            self.current = None;
        }
    }

    /// Which slab a slice is in.
    #[must_use]
    pub fn slab_of(&self, slice: SliceId) -> Option<SlabId> {
        self.slab_of.get(&slice).copied()
    }

    /// The slab that the next request is tried in.
    #[must_use]
    pub const fn current(&self) -> Option<SlabId> {
        self.current
    }

    /// A slab that is not freed.
    #[must_use]
    pub fn slab(&self, id: SlabId) -> Option<&Slab> {
        self.slabs.get(&id)
    }

    /// All slabs that are not freed, oldest first.
    pub fn slabs(&self) -> impl Iterator<Item = (SlabId, &Slab)> {
        self.slabs.iter().map(|(&id, slab)| (id, slab))
    }

    /// The slabs that could be freed but for live slices of less than `bytes` in all: the pinned ones. The current slab is
    /// not among them, the pool itself keeps it.
    pub fn pinned(&self, bytes: u64) -> impl Iterator<Item = (SlabId, &Slab)> {
        self.slabs().filter(move |&(id, slab)| {
            Some(id) != self.current && !slab.live.is_empty() && slab.live_bytes() < bytes
        })
    }

    /// Slabs by state.
    #[must_use]
    pub fn counts(&self) -> SlabCounts {
        let mut counts = SlabCounts::default();
        self.slabs.values().for_each(|slab| counts.count(slab.state()));
        counts
    }

    /// What it comes to.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures::of(self)
    }
}
