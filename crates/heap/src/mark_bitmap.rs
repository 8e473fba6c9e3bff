//! Mark bitmap: one bit per word of the cage, set for the first word of a marked object.

use crate::word::Ref;

/// One bit per word of the cage. A page's slice of it is the page's mark bitmap.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkBitmap {
    bits: Vec<u64>,
}

impl MarkBitmap {
    /// Covers a cage of `words` words.
    pub(crate) fn grow(&mut self, words: usize) {
        self.bits.resize(words.div_ceil(64), 0);
    }

    #[inline(always)]
    pub(crate) fn is_marked(&self, r: Ref) -> bool {
        self.bits[r.index() >> 6] & (1 << (r.offset() & 63)) != 0
    }

    /// Marks the object; true if it was not marked before.
    #[inline(always)]
    pub(crate) fn mark(&mut self, r: Ref) -> bool {
        let cell = &mut self.bits[r.index() >> 6];
        let bit = 1 << (r.offset() & 63);
        let fresh = *cell & bit == 0;
        *cell |= bit;
        fresh
    }

    /// The bits in groups of 64, for the marker's loop.
    pub(crate) fn cells(&mut self) -> &mut [u64] {
        &mut self.bits
    }

    /// The same to read.
    #[inline(always)]
    pub(crate) fn bits(&self) -> &[u64] {
        &self.bits
    }

    /// Marks every word from `start` up to `end`.
    pub(crate) fn mark_range(&mut self, start: u32, end: u32) {
        let (first, last) = (start as usize >> 6, (end as usize - 1) >> 6);
        let (from, to) = (!0 << (start & 63), !0 >> (63 - ((end - 1) & 63)));
        if first == last {
            self.bits[first] |= from & to;
            return;
        }
        self.bits[first] |= from;
        self.bits[first + 1..last].fill(!0);
        self.bits[last] |= to;
    }

    pub(crate) fn unmark(&mut self, r: Ref) {
        self.bits[r.index() >> 6] &= !(1 << (r.offset() & 63));
    }

    /// Clears the bits of whole 64-word groups from `start` to `end`; pages begin and end on such groups.
    pub(crate) fn clear(&mut self, start: u32, end: u32) {
        self.bits[start as usize >> 6..end as usize >> 6].fill(0);
    }

    /// The first marked object at or after `from` and before `end`.
    #[inline(always)]
    pub(crate) fn next_marked(&self, from: u32, end: u32) -> Option<Ref> {
        let mut group = from as usize >> 6;
        let mut bits = *self.bits.get(group)? & (!0 << (from & 63));
        while bits == 0 {
            group += 1;
            if group << 6 >= end as usize {
                return None;
            }
            bits = self.bits[group];
        }
        let at = ((group as u32) << 6) + bits.trailing_zeros();
        (at < end).then_some(Ref::new(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_marked_in_order() {
        let mut marks = MarkBitmap::default();
        marks.grow(1024);
        for at in [3, 64, 700] {
            assert!(marks.mark(Ref::new(at)));
        }
        assert!(!marks.mark(Ref::new(64)));
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(r) = marks.next_marked(from, 1000) {
            found.push(r.offset());
            from = r.offset() + 1;
        }
        assert_eq!(found, [3, 64, 700]);
        assert_eq!(marks.next_marked(65, 700), None);
    }

    #[test]
    fn a_range_is_marked_to_the_word() {
        for (start, end) in [(5, 6), (60, 64), (64, 128), (3, 64), (63, 65), (10, 300)] {
            let mut marks = MarkBitmap::default();
            marks.grow(512);
            marks.mark_range(start, end);
            let marked: Vec<u32> = (0..512).filter(|&at| marks.is_marked(Ref::new(at))).collect();
            assert_eq!(marked, (start..end).collect::<Vec<_>>());
        }
    }
}
