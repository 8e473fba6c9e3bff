//! What the pool comes to.

use crate::pool::Pool;
use crate::slab::SlabState;

/// Slabs by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlabCounts {
    /// All slabs that are not freed.
    pub live: u64,
    /// Slabs with nothing taken.
    pub empty: u64,
    /// Slabs with something taken and room left.
    pub partial: u64,
    /// Slabs with no room left.
    pub full: u64,
}

impl SlabCounts {
    pub(crate) const fn count(&mut self, state: SlabState) {
        self.live += 1;
        match state {
            SlabState::Empty => self.empty += 1,
            SlabState::Partial => self.partial += 1,
            SlabState::Full => self.full += 1,
        }
    }
}

/// Bytes of all slabs that are not freed, and where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Slabs by state.
    pub slabs: SlabCounts,
    /// Bytes of the slabs.
    pub reserved: u64,
    /// Bytes of Buffers that are alive.
    pub live: u64,
    /// Bytes of Buffers that have died: their slab keeps them until it is freed itself.
    pub dead: u64,
    /// Bytes lost to alignment.
    pub padding: u64,
    /// Bytes at the end of slabs that were left because the next request did not fit.
    pub tail: u64,
    /// Bytes of the current slab that can still be handed out.
    pub free: u64,
    /// Slabs other than the current one that hold nothing but one live slice.
    pub pinned_by_one: u64,
}

impl Figures {
    pub(crate) fn of(pool: &Pool) -> Self {
        let mut figures = Self::default();
        for (id, slab) in pool.slabs() {
            let current = pool.current() == Some(id);
            figures.slabs.count(slab.state());
            figures.reserved += slab.size;
            figures.live += slab.live_bytes();
            figures.dead += slab.handed_out - slab.live_bytes();
            figures.padding += slab.padding();
            if current {
                figures.free += slab.room();
            } else {
                figures.tail += slab.room();
                figures.pinned_by_one += u64::from(slab.live.len() == 1);
            }
        }
        figures
    }

    /// Bytes that are reserved without being of use to anybody, now or later.
    #[must_use]
    pub const fn waste(&self) -> u64 {
        self.dead + self.padding + self.tail
    }

    /// The wasted part of what is reserved, from 0 to 1.
    #[must_use]
    pub fn fragmentation(&self) -> f64 {
        if self.reserved == 0 { 0.0 } else { self.waste() as f64 / self.reserved as f64 }
    }
}
