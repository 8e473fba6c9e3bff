//! One slab and the slices that live in it.

use std::collections::BTreeMap;

/// Number of a slab, in the order in which slabs were taken: the first is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlabId(pub u64);

/// Number of a slice, in the order in which slices were handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SliceId(pub u64);

/// How full a slab is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlabState {
    /// Nothing was taken.
    Empty,
    /// Something was taken, and there is room left.
    Partial,
    /// There is no room left.
    Full,
}

/// A stretch of a slab that belongs to one Buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// First byte.
    pub offset: u64,
    /// Bytes.
    pub length: u64,
}

/// A slab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slab {
    /// Bytes of the slab: the pool size when it was taken.
    pub size: u64,
    /// Where the next slice would begin; may lie beyond the end.
    pub offset: u64,
    /// Bytes of all slices ever handed out.
    pub handed_out: u64,
    /// The slices whose Buffers are alive.
    pub live: BTreeMap<SliceId, Slice>,
}

impl Slab {
    pub(crate) const fn new(size: u64) -> Self {
        Self { size, offset: 0, handed_out: 0, live: BTreeMap::new() }
    }

    /// How full it is.
    #[must_use]
    pub const fn state(&self) -> SlabState {
        match self.offset {
            0 => SlabState::Empty,
            offset if offset < self.size => SlabState::Partial,
            _ => SlabState::Full,
        }
    }

    /// Bytes behind the last slice.
    #[must_use]
    pub const fn room(&self) -> u64 {
        self.size.saturating_sub(self.offset)
    }

    /// Bytes that live Buffers use.
    #[must_use]
    pub fn live_bytes(&self) -> u64 {
        self.live.values().map(|slice| slice.length).sum()
    }

    /// Bytes between slices that no Buffer will ever get: what alignment costs.
    #[must_use]
    pub fn padding(&self) -> u64 {
        self.offset.min(self.size) - self.handed_out
    }
}
