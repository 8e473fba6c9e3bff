//! What `split` gave, remembered: V8's RegExpResultsCache (`src/regexp/regexp.cc`).
//!
//! Of a text and a separator that are both interned, as those are that stand in a script, the elements are kept, and the next
//! array shares them. Each full collection empties the table.

use semispace_heap::Word;

use crate::atoms::Atom;

/// Places of the table, as in V8: 256 words, four for each.
const PLACES: usize = 64;

/// The table.
#[derive(Clone, Debug, Default)]
pub struct SplitResults {
    entries: Vec<Option<(Atom, Atom, Word)>>,
}

impl SplitResults {
    /// The elements that this text was split into.
    pub fn find(&self, text: Atom, separator: Atom) -> Option<Word> {
        let known = places(text).map(|place| self.entries.get(place).copied().flatten());
        known
            .into_iter()
            .flatten()
            .find(|&(a, b, _)| (a, b) == (text, separator))
            .map(|(.., elements)| elements)
    }

    /// Remembers them: in a free place, or where another text was.
    pub fn remember(&mut self, text: Atom, separator: Atom, elements: Word) {
        self.entries.resize(PLACES, None);
        let [first, second] = places(text);
        let place = if self.entries[first].is_some() && self.entries[second].is_none() {
            second
        } else {
            self.entries[second] = self.entries[second].filter(|_| self.entries[first].is_none());
            first
        };
        self.entries[place] = Some((text, separator, elements));
    }

    /// All elements.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut Word> {
        self.entries.iter_mut().flatten().map(|(.., elements)| elements)
    }

    /// All elements.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.entries.iter().flatten().map(|(.., elements)| elements)
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Where a text may be.
fn places(text: Atom) -> [usize; 2] {
    let first = text.0 as usize % PLACES;
    [first, (first + 1) % PLACES]
}
