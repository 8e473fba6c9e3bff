//! Property names: interned strings and symbols, by number.
//!
//! An [`Atom`] stands for one string or symbol for as long as anything holds it. The characters live in the heap's
//! old generation; the table only remembers where, by a hash of the text that does not depend on addresses.

use semispace_heap::Word;

/// Number of an interned string or a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Atom(pub u32);

/// Bit of an atom's number that is set for symbols.
const SYMBOL: u32 = 1 << 30;
/// Bit of an atom's number that is set for private names, which are symbols that reflection does not show.
const PRIVATE: u32 = 1 << 29;

impl Atom {
    /// Whether it is a symbol (private names included).
    pub const fn is_symbol(self) -> bool {
        self.0 & SYMBOL != 0
    }

    /// Whether it is a private name.
    pub const fn is_private(self) -> bool {
        self.0 & PRIVATE != 0
    }

    const fn index(self) -> usize {
        (self.0 & !(SYMBOL | PRIVATE)) as usize
    }
}

/// What a symbol is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolSort {
    /// An ordinary symbol.
    Ordinary,
    /// A private name.
    Private,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    words: Vec<Word>,
    hashes: Vec<u32>,
    /// Open addressing by hash; 0 is free, else an atom's number plus one.
    buckets: Vec<u32>,
    strings: usize,
}

impl Atoms {
    /// The string or symbol of an atom.
    #[inline(always)]
    pub fn word(&self, atom: Atom) -> Word {
        self.words[atom.index()]
    }

    /// The hash of an atom.
    #[inline(always)]
    pub fn hash(&self, atom: Atom) -> u32 {
        self.hashes[atom.index()]
    }

    /// The atom with this hash for which `same` says yes.
    pub fn find(&self, hash: u32, mut same: impl FnMut(Word) -> bool) -> Option<Atom> {
        if self.buckets.is_empty() {
            return None;
        }
        let mask = self.buckets.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let entry = self.buckets[at];
            if entry == 0 {
                return None;
            }
            let index = entry as usize - 1;
            if self.hashes[index] == hash && same(self.words[index]) {
                return Some(Atom(index as u32));
            }
            at = (at + 1) & mask;
        }
    }

    /// The number that the next string will get.
    pub fn next_string(&self) -> Atom {
        Atom(self.words.len() as u32)
    }

    /// Adds a string that is not there yet.
    pub fn add_string(&mut self, hash: u32, word: Word) -> Atom {
        let atom = self.next_string();
        self.words.push(word);
        self.hashes.push(hash);
        self.strings += 1;
        if self.strings * 2 > self.buckets.len() {
            self.grow();
        } else {
            self.place(atom, hash);
        }
        atom
    }

    /// The number that the next symbol of this sort will get.
    pub fn next_symbol(&self, sort: SymbolSort) -> Atom {
        let private = if sort == SymbolSort::Private { PRIVATE } else { 0 };
        Atom(self.words.len() as u32 | SYMBOL | private)
    }

    /// Adds a symbol.
    pub fn add_symbol(&mut self, sort: SymbolSort, word: Word) -> Atom {
        let atom = self.next_symbol(sort);
        self.words.push(word);
        self.hashes.push((atom.index() as u32).wrapping_mul(0x9E37_79B9) >> 2);
        atom
    }

    fn place(&mut self, atom: Atom, hash: u32) {
        let mask = self.buckets.len() - 1;
        let mut at = hash as usize & mask;
        while self.buckets[at] != 0 {
            at = (at + 1) & mask;
        }
        self.buckets[at] = atom.0 + 1;
    }

    fn grow(&mut self) {
        let size = (self.buckets.len() * 2).max(1024);
        let old = std::mem::replace(&mut self.buckets, vec![0; size]);
        for entry in old.into_iter().filter(|&entry| entry != 0) {
            self.place(Atom(entry - 1), self.hashes[entry as usize - 1]);
        }
        if let Some(last) = self.words.len().checked_sub(1) {
            self.place(Atom(last as u32), self.hashes[last]);
        }
    }

    /// Every word.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Every word, for the collector.
    pub fn words_mut(&mut self) -> &mut [Word] {
        &mut self.words
    }
}

/// Hash of a string's UTF-16 code units (FNV-1a), the same on every machine; 30 bits, so that it fits a string's
/// second word.
pub fn hash_units(units: impl Iterator<Item = u16>) -> u32 {
    let mut hash = 0x811C_9DC5u32;
    for unit in units {
        hash = (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    }
    (hash ^ (hash >> 15)) & 0x3FFF_FFFF
}
