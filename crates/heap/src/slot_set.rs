//! Sets of slots, page by page: the remembered set and the slots recorded for compaction.

use crate::page::PageId;

/// A set of slots, each an absolute word offset, as one bitmap per page that has any.
///
/// Insertion is idempotent, iteration is in address order, and a freed or retyped range is cut out at once.
#[derive(Clone, Debug)]
pub(crate) struct SlotSet {
    shift: u32,
    pages: Vec<Option<Box<[u64]>>>,
}

impl SlotSet {
    /// An empty set over pages of `1 << shift` words.
    pub(crate) const fn new(shift: u32) -> Self {
        SlotSet { shift, pages: Vec::new() }
    }

    const fn locate(&self, slot: u32) -> (usize, usize, u64) {
        let within = slot & ((1 << self.shift) - 1);
        ((slot >> self.shift) as usize, (within >> 6) as usize, 1 << (within & 63))
    }

    /// Adds a slot; true if it is new.
    pub(crate) fn insert(&mut self, slot: u32) -> bool {
        let (page, group, bit) = self.locate(slot);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let groups = 1 << (self.shift - 6);
        let bits = self.pages[page].get_or_insert_with(|| vec![0; groups].into_boxed_slice());
        let fresh = bits[group] & bit == 0;
        bits[group] |= bit;
        fresh
    }

    pub(crate) fn contains(&self, slot: u32) -> bool {
        let (page, group, bit) = self.locate(slot);
        self.pages.get(page).and_then(Option::as_ref).is_some_and(|bits| bits[group] & bit != 0)
    }

    /// Removes the slots from `start` up to `end`.
    pub(crate) fn remove_range(&mut self, start: u32, end: u32) {
        let last = (end.saturating_sub(1) >> self.shift) as usize;
        for page in (start >> self.shift) as usize..=last.min(self.pages.len().wrapping_sub(1)) {
            let Some(bits) = self.pages.get_mut(page).and_then(Option::as_mut) else { continue };
            let base = (page as u32) << self.shift;
            let from = start.max(base) - base;
            let to = (end - base).min(1 << self.shift);
            for slot in from..to {
                bits[(slot >> 6) as usize] &= !(1 << (slot & 63));
            }
        }
    }

    /// Takes the slots of one page out of the set.
    pub(crate) fn take_page(&mut self, page: PageId) -> Option<TakenSlots> {
        let bits = self.pages.get_mut(page.index())?.take()?;
        Some(TakenSlots { base: page.0 << self.shift, bits, group: 0 })
    }

    /// Takes the slots of all pages out of the set, page by page.
    pub(crate) fn take_pages(&mut self) -> impl Iterator<Item = TakenSlots> + use<> {
        let shift = self.shift;
        let pages = std::mem::take(&mut self.pages).into_iter().enumerate();
        pages.filter_map(move |(page, bits)| {
            Some(TakenSlots { base: (page as u32) << shift, bits: bits?, group: 0 })
        })
    }

    /// Empties the set.
    pub(crate) fn clear(&mut self) {
        self.pages.clear();
    }

    /// The pages that have slots.
    pub(crate) fn pages(&self) -> impl Iterator<Item = PageId> + '_ {
        self.pages.iter().enumerate().filter(|(_, bits)| bits.is_some()).map(|(at, _)| PageId(at as u32))
    }

    /// Number of slots on a page.
    pub(crate) fn count(&self, page: PageId) -> u32 {
        let bits = self.pages.get(page.index()).and_then(Option::as_ref);
        bits.map_or(0, |bits| bits.iter().map(|group| group.count_ones()).sum())
    }

    /// All slots in address order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.pages.iter().enumerate().flat_map(|(page, bits)| {
            let base = (page as u32) << self.shift;
            bits.iter().flat_map(move |bits| slots_of(base, bits))
        })
    }
}

/// The slots of one page, taken out of a set.
#[derive(Clone, Debug)]
pub(crate) struct TakenSlots {
    base: u32,
    bits: Box<[u64]>,
    /// No group before it has slots left.
    group: usize,
}

impl TakenSlots {
    /// The slots that are left, in address order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        slots_of(self.base, &self.bits)
    }

    /// The next slot in address order.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<u32> {
        while *self.bits.get(self.group)? == 0 {
            self.group += 1;
        }
        let bits = &mut self.bits[self.group];
        let bit = bits.trailing_zeros();
        *bits &= *bits - 1;
        Some(self.base + ((self.group as u32) << 6) + bit)
    }
}

fn slots_of(base: u32, bits: &[u64]) -> impl Iterator<Item = u32> + '_ {
    bits.iter().enumerate().filter(|(_, group)| **group != 0).flat_map(move |(at, &group)| {
        let first = base + ((at as u32) << 6);
        std::iter::successors(Some(group), |rest| Some(rest & rest.wrapping_sub(1)))
            .take_while(|rest| *rest != 0)
            .map(move |rest| first + rest.trailing_zeros())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_ordered_and_without_doubles() {
        let mut set = SlotSet::new(8);
        assert!([900, 3, 255, 256].iter().all(|&slot| set.insert(slot)));
        assert!(!set.insert(3));
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 255, 256, 900]);
        set.remove_range(4, 257);
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 900]);
        let mut taken = set.take_page(PageId(0)).expect("slots on page 0");
        assert_eq!((taken.pop(), taken.pop()), (Some(3), None));
        assert!(!set.contains(3) && set.contains(900));
    }
}
