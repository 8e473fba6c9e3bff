//! Free lists of old space, segregated by size.

use crate::cage::Cage;
use crate::page::flag;
use crate::word::Ref;

/// Smallest node in words; smaller gaps are wasted until the next sweep (V8: `kMinBlockSize`, 3 words).
pub(crate) const MIN_NODE_WORDS: u32 = 3;
/// Nodes of at least this many words are tried first, because they make long allocation areas (V8's fast path
/// starts at 2 KiB).
const LONG_NODE_WORDS: u32 = 256;
/// Nodes of an object's own class that are tried before a larger class: not all of them fit, and a search through all
/// would make promotion slow in a fragmented heap.
const TRIES: usize = 16;
/// Class n holds nodes of 2^n to 2^(n+1) - 1 words.
const CLASSES: usize = 24;

/// Free nodes of swept pages by the power of two of their size.
#[derive(Clone, Debug, Default)]
pub(crate) struct FreeList {
    classes: [Vec<Ref>; CLASSES],
    words: u64,
}

const fn class_of(words: u32) -> usize {
    words.ilog2() as usize
}

impl FreeList {
    /// Adds the free range at `node`, whose filler header tells its size; false if it is too small.
    pub(crate) fn add(&mut self, node: Ref, words: u32) -> bool {
        if words < MIN_NODE_WORDS {
            return false;
        }
        self.classes[class_of(words)].push(node);
        self.words += u64::from(words);
        true
    }

    /// Takes a node of at least `words` words: a long one if there is one, else the first that fits.
    pub(crate) fn take(&mut self, cage: &Cage, words: u32) -> Option<(Ref, u32)> {
        let long = class_of(words.next_power_of_two()).max(class_of(LONG_NODE_WORDS));
        let found = (long..CLASSES).find_map(|class| self.classes[class].pop());
        let node = found.or_else(|| self.take_exact(cage, words))?;
        let size = cage.header(node).size_field();
        self.words -= u64::from(size);
        Some((node, size))
    }

    fn take_exact(&mut self, cage: &Cage, words: u32) -> Option<Ref> {
        let start = class_of(words);
        let fits = |node: &Ref| cage.header(*node).size_field() >= words;
        let newest = self.classes[start].len().saturating_sub(TRIES);
        if let Some(at) = self.classes[start][newest..].iter().rposition(fits) {
            return Some(self.classes[start].swap_remove(newest + at));
        }
        (start + 1..CLASSES).find_map(|class| self.classes[class].pop())
    }

    /// Forgets all nodes, before sweeping finds them again.
    pub(crate) fn clear(&mut self) {
        self.classes.iter_mut().for_each(Vec::clear);
        self.words = 0;
    }

    /// Forgets the nodes on evacuation candidates, so that nothing is allocated there.
    pub(crate) fn evict_candidates(&mut self, cage: &Cage) {
        let mut evicted = 0;
        for class in &mut self.classes {
            class.retain(|node| {
                let keep = cage.flags_of(*node) & flag::CANDIDATE == 0;
                evicted += if keep { 0 } else { u64::from(cage.header(*node).size_field()) };
                keep
            });
        }
        self.words -= evicted;
    }

    /// Words in all nodes.
    pub(crate) const fn words(&self) -> u64 {
        self.words
    }

    /// All nodes, smallest class first.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Ref> + '_ {
        self.classes.iter().flatten().copied()
    }
}
