//! What `split` gave, remembered: V8's RegExpResultsCache (`src/regexp/regexp.cc`).
//!
//! Of a text and a separator that are both interned, as those are that stand in a script, the elements are kept, and the next
//! array shares them. Each full collection empties the table.

use semispace_heap::Word;

use crate::atoms::Atom;
use crate::value::UNDEFINED;

/// Places of the table, as in V8: 256 words, four for each.
const PLACES: usize = 64;

/// The table.
#[derive(Clone, Debug, Default)]
pub struct SplitResults {
    /// Text and separator of each place.
    names: Vec<Option<(Atom, Atom)>>,
    /// What they gave.
    pub elements: Vec<Word>,
}

impl SplitResults {
    /// The elements that this text was split into.
    pub fn find(&self, text: Atom, separator: Atom) -> Option<Word> {
        let wanted = Some((text, separator));
        let place = places(text).into_iter().find(|&place| self.names.get(place) == Some(&wanted))?;
        Some(self.elements[place])
    }

    /// Remembers them: in a free place, or where another text was.
    pub fn remember(&mut self, text: Atom, separator: Atom, elements: Word) {
        self.names.resize(PLACES, None);
        self.elements.resize(PLACES, UNDEFINED);
        let [first, second] = places(text);
        let mut place = first;
        if self.names[first].is_some() {
            if self.names[second].is_none() {
                place = second;
            } else {
                self.names[second] = None;
                self.elements[second] = UNDEFINED;
            }
        }
        self.names[place] = Some((text, separator));
        self.elements[place] = elements;
    }
}

/// Where a text may be.
fn places(text: Atom) -> [usize; 2] {
    let first = text.0 as usize % PLACES;
    [first, (first + 1) % PLACES]
}
