//! Short strings of JSON texts, each made once while it lives.
//!
//! V8 puts values of up to 10 characters into its string table as it reads them, which holds them weakly. Our atoms live as
//! long as the session, so such strings have a table of their own: one string for each hash, the newest, in old space as
//! there, and dropped when a full collection finds it dead.

use rustc_hash::FxHashMap;
use semispace_heap::Word;

use crate::atoms::hash_units;
use crate::vm::{Completion, Vm};

/// Longest value that is made once (V8: `JsonParser::kMaxInternalizedStringValueLength`).
const LONGEST: usize = 10;
/// Strings that are remembered at most.
const MOST: usize = 1 << 16;

/// The strings by hash. Weak roots.
#[derive(Clone, Debug, Default)]
pub struct ShortStrings {
    places: FxHashMap<u32, u32>,
    words: Vec<Word>,
}

impl ShortStrings {
    fn find(&self, hash: u32) -> Option<Word> {
        let word = self.words[*self.places.get(&hash)? as usize];
        (word != Word::CLEARED).then_some(word)
    }

    fn remember(&mut self, hash: u32, word: Word) {
        if self.words.len() == MOST {
            self.places.clear();
            self.words.clear();
        }
        let place = *self.places.entry(hash).or_insert(self.words.len() as u32);
        match self.words.get_mut(place as usize) {
            Some(known) => *known = word,
            None => self.words.push(word),
        }
    }

    pub(super) fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.words.iter_mut().for_each(visit);
    }
}

impl Vm {
    /// The string of a JSON text's value that has no escapes.
    pub(crate) fn json_string(&mut self, units: &[u16]) -> Completion<Word> {
        if units.len() < 2 || units.len() > LONGEST {
            return self.string_from_units(units);
        }
        let hash = hash_units(units.iter().copied());
        if let Some(atom) = self.find_atom(hash, units) {
            return Ok(self.roots.atoms.word(atom));
        }
        if let Some(known) = self.roots.short_strings.find(hash)
            && self.view(known).is_some_and(|view| view.units().eq(units.iter().copied()))
        {
            return Ok(known);
        }
        let string = self.with_old_allocation(|vm| vm.string_from_units(units))?;
        self.roots.short_strings.remember(hash, string);
        Ok(string)
    }
}
