//! Elements in dictionary mode (V8: `NumberDictionary`): of arrays with far more holes than elements, and of elements that
//! are accessors or read-only.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use super::property::Property;
use crate::shape::Attributes;
use crate::value::{self, FIXED_SLOTS, HOLE, UNDEFINED};
use crate::vm::call::Completion;
use crate::vm::{Handle, Vm};

/// Word of a store: how many entries it has.
const SPARSE_COUNT: u32 = 2;
/// Words before the first entry, which is key, value and attributes.
const SPARSE_HEADER: u32 = 5;

impl Vm {
    // Sparse elements: `map, length, count, deleted, capacity`, then key, value, details.

    pub(super) fn sparse_entry(&self, store: Ref, index: u32) -> Option<u32> {
        let capacity = self.heap.get(store, 4).payload();
        let mut at = index.wrapping_mul(0x9E37_79B9) >> 7 & (capacity - 1);
        for _ in 0..capacity {
            let entry = SPARSE_HEADER + at * 3;
            let key = self.heap.get(store, entry);
            if key == UNDEFINED {
                return None;
            }
            if key.is_smi() && key.payload() == index {
                return Some(entry);
            }
            at = (at + 1) & (capacity - 1);
        }
        None
    }

    pub(super) fn sparse_find(&self, store: Ref, index: u32) -> Option<Property> {
        let entry = self.sparse_entry(store, index)?;
        let attributes = Attributes(self.heap.get(store, entry + 2).payload() as u8);
        Some(Property::with(self.heap.get(store, entry + 1), attributes))
    }

    /// The indexes of sparse elements, ascending.
    pub(crate) fn sparse_indexes(&self, store: Ref) -> Vec<u32> {
        let capacity = self.heap.get(store, 4).payload();
        let entries = (0..capacity).map(|at| self.heap.get(store, SPARSE_HEADER + at * 3));
        let mut indexes: Vec<u32> = entries.filter(|key| key.is_smi()).map(Word::payload).collect();
        indexes.sort_unstable();
        indexes
    }

    /// Deletes the elements from `length` on, from behind, up to one that cannot be deleted. Answers the length that is left.
    pub(super) fn sparse_truncate(&mut self, store: Ref, length: u32) -> u32 {
        for index in self.sparse_indexes(store).into_iter().rev().take_while(|&index| index >= length) {
            let Some(entry) = self.sparse_entry(store, index) else { continue };
            let attributes = Attributes(self.heap.get(store, entry + 2).payload() as u8);
            if !attributes.has(Attributes::CONFIGURABLE) {
                return index + 1;
            }
            for word in 0..3 {
                self.heap.set(store, entry + word, HOLE);
            }
        }
        length
    }

    fn new_sparse(&mut self, capacity: u32, replaced: Option<(Ref, u32)>) -> Completion<Ref> {
        let words = SPARSE_HEADER + capacity * 3;
        let store = self.new_hash_table(value::NUMBER_DICTIONARY, words, replaced)?;
        self.heap.init(store, 1, Word::smi((words - 2) as i32));
        self.heap.init(store, 4, Word::smi(capacity as i32));
        self.heap.fill_slots(store, SPARSE_HEADER..words, UNDEFINED);
        Ok(store)
    }

    /// Turns the elements into a dictionary.
    pub(crate) fn make_sparse(&mut self, object: Handle) -> Completion {
        self.ensure_tagged(object)?;
        let Elements::Tagged(_, length) = self.elements(self.ref_at(object)) else { return Ok(()) };
        let target = self.ref_at(object);
        let attributes_of = |index| Some((index, self.own_indexed(target, index)?.attributes));
        let used: Vec<(u32, Attributes)> = (0..length).filter_map(attributes_of).collect();
        let sparse = self.new_sparse((used.len() as u32 * 2).next_power_of_two().max(8), None)?;
        let target = self.ref_at(object);
        let Elements::Tagged(store, _) = self.elements(target) else { return Ok(()) };
        for (index, attributes) in used {
            let word = self.heap.get(store, FIXED_SLOTS + index);
            self.sparse_insert(sparse, index, word, attributes);
        }
        self.heap.set(target, value::ELEMENTS, Word::reference(sparse));
        Ok(())
    }

    fn sparse_insert(&mut self, store: Ref, index: u32, word: Word, attributes: Attributes) {
        let capacity = self.heap.get(store, 4).payload();
        let mut at = index.wrapping_mul(0x9E37_79B9) >> 7 & (capacity - 1);
        loop {
            let entry = SPARSE_HEADER + at * 3;
            let key = self.heap.get(store, entry);
            if !key.is_smi() || key.payload() == index {
                self.heap.set(store, entry, Word::smi(index as i32));
                self.heap.set(store, entry + 1, word);
                self.heap.set(store, entry + 2, Word::smi(i32::from(attributes.0)));
                break;
            }
            at = (at + 1) & (capacity - 1);
        }
        let count = self.heap.get(store, SPARSE_COUNT).payload() + 1;
        self.heap.set(store, SPARSE_COUNT, Word::smi(count as i32));
    }

    pub(super) fn sparse_put(
        &mut self,
        object: Handle,
        index: u32,
        word: Handle,
        attributes: Option<Attributes>,
    ) -> Completion {
        let Elements::Sparse(store) = self.elements(self.ref_at(object)) else { return Ok(()) };
        if let Some(entry) = self.sparse_entry(store, index) {
            self.heap.set(store, entry + 1, self.at(word));
            if let Some(attributes) = attributes {
                self.heap.set(store, entry + 2, Word::smi(i32::from(attributes.0)));
            }
            return Ok(());
        }
        let (count, capacity) =
            (self.heap.get(store, SPARSE_COUNT).payload(), self.heap.get(store, 4).payload());
        if (count + 1) * 3 > capacity * 2 {
            let grown = self.new_sparse(capacity * 2, Some((store, capacity)))?;
            let Elements::Sparse(store) = self.elements(self.ref_at(object)) else { return Ok(()) };
            for index in self.sparse_indexes(store) {
                if let Some(property) = self.sparse_find(store, index) {
                    self.sparse_insert(grown, index, property.word, property.attributes);
                }
            }
            let target = self.ref_at(object);
            self.heap.set(target, value::ELEMENTS, Word::reference(grown));
        }
        let Elements::Sparse(store) = self.elements(self.ref_at(object)) else { return Ok(()) };
        self.sparse_insert(store, index, self.at(word), attributes.unwrap_or(Attributes::PLAIN));
        self.extend_length(object, index)
    }
}
