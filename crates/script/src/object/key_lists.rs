//! What V8 leaves behind where it collects the keys of an object (`src/objects/keys.cc`, KeyAccumulator).
//!
//! Names that a hidden class knows it has in one list for all objects of that class. Of an object in dictionary mode it
//! collects them anew: in a list, from which they are copied into the result. Where each property must be looked at on top
//! of that, the keys go through a hash table that sees to it that none comes twice (OrderedHashSet, with 16 places at first); a
//! full table is left for one of twice the size. Handles keep all of it until the function that asked returns.

use semispace_heap::Ref;

use crate::value::FIXED_SLOTS;
use crate::vm::{Completion, Vm};

/// Places of the first table.
const FIRST_PLACES: u32 = 16;

/// Words of a table: its three counts, a bucket for each two places, and for each place a key and the next one of its bucket.
const fn table_words(places: u32) -> u32 {
    FIXED_SLOTS + 3 + places / 2 + 2 * places
}

impl Vm {
    /// Whether V8 would collect the names of an object anew.
    pub(crate) fn has_dictionary(&self, object: Ref) -> bool {
        self.roots.shapes.get(self.shape_of(object)).dictionary
    }

    /// A list of so many keys.
    pub(crate) fn leave_key_list(&mut self, keys: usize) -> Completion {
        self.leave_to_scope(FIXED_SLOTS + keys as u32)
    }

    /// The tables that so many keys have gone through; the last one may have become the result itself, of so many words.
    pub(crate) fn leave_key_tables(&mut self, keys: usize, result: u32) -> Completion {
        let mut places = FIRST_PLACES;
        while (places as usize) < keys {
            self.leave_to_scope(table_words(places))?;
            places *= 2;
        }
        self.leave_to_scope(table_words(places) - result)
    }
}
