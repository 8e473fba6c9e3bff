//! The rules of the generations of Node.

/// Which generation of `lib/buffer.js` the pool follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Era {
    /// Node 0.10: whatever is not larger than the pool is pooled, and the first slab comes with the first request.
    V010,
    /// Node 0.12 to 4: up to half of the pool size.
    V012,
    /// Node 6 and later: less than half of the pool size; a slab exists from the start.
    Modern,
}

impl Era {
    /// Whether a request of `bytes` takes a slice of a slab. Requests of nothing never do.
    #[must_use]
    pub const fn is_pooled(self, bytes: u64, pool_size: u64) -> bool {
        bytes > 0
            && match self {
                Era::V010 => bytes <= pool_size,
                Era::V012 => bytes <= pool_size >> 1,
                Era::Modern => bytes < pool_size >> 1,
            }
    }

    /// Whether a slab exists before the first request.
    #[must_use]
    pub const fn starts_with_slab(self) -> bool {
        !matches!(self, Era::V010)
    }

    /// Where the next slice begins: behind this one, at a multiple of 8. All eras align; that 0.10 does it in one
    /// expression, `(used + n + 7) & ~7`, gives the same offsets.
    #[must_use]
    pub const fn next_offset(self, offset: u64, bytes: u64) -> u64 {
        (offset + bytes + 7) & !7
    }
}
