//! Objects that are closed: not extensible, sealed, frozen. And the identity hash of objects.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use super::property::Key;
use crate::shape::Attributes;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, shapes};
use crate::vm::Vm;
use crate::vm::call::Completion;

/// Bits of an identity hash (V8: PropertyArray::HashField).
const HASH_BITS: u32 = 21;
/// Bits of a property array's length word below the hash.
const LENGTH_BITS: u32 = 10;
/// Word of a dictionary that holds the hash.
const DICTIONARY_HASH: u32 = 6;

impl Vm {
    /// Whether properties can be added to the object.
    pub fn is_extensible(&self, object: Ref) -> bool {
        self.roots.shapes.get(self.shape_of(object)).extensible
    }

    /// From now on, no property can be added.
    pub fn prevent_extensions(&mut self, object: Word) -> Completion {
        let Some(target) = object.as_ref() else { return Ok(()) };
        let shape = self.shape_of(target);
        let closed = self.roots.shapes.not_extensible(shape);
        self.heap.set_shape(target, closed.0);
        self.roots.shapes.epoch += 1;
        self.guard_elements(object)
    }

    /// Elements that the interpreter must not write to on its own: a store of the exact length, so that there is no
    /// room to append, with the shape number of guarded ones.
    fn guard_elements(&mut self, object: Word) -> Completion {
        let kept = self.handle(object);
        self.separate_arguments(self.ref_at(kept));
        if matches!(self.elements(self.ref_at(kept)), Elements::Double(..)) {
            self.make_sparse(kept)?;
        }
        if let Elements::Tagged(store, length) = self.elements(self.ref_at(kept))
            && length > 0
        {
            let words: Vec<Word> = (0..length).map(|slot| self.heap.get(store, FIXED_SLOTS + slot)).collect();
            let used = words.iter().rposition(|&word| word != value::HOLE).map_or(0, |last| last + 1) as u32;
            let fresh = self.allocate(value::FIXED_ARRAY, shapes::GUARDED_ELEMENTS, FIXED_SLOTS + used)?;
            self.heap.init(fresh, FIXED_LENGTH, Word::smi(used as i32));
            let target = self.ref_at(kept);
            if let Elements::Tagged(store, _) = self.elements(target) {
                self.heap.copy_slots(store, FIXED_SLOTS..FIXED_SLOTS + used, fresh, FIXED_SLOTS);
            }
            self.heap.set(target, value::ELEMENTS, Word::reference(fresh));
        }
        Ok(())
    }

    /// Seals or freezes an object: no property can be added, deleted or redefined; nor written, if `frozen`.
    pub fn close_object(&mut self, object: Word, frozen: bool) -> Completion {
        let kept = self.handle(object);
        if object.as_ref().is_some_and(|view| self.is_typed_array(object) && self.typed_length(view) > 0) {
            let verb = if frozen { "freeze" } else { "seal" };
            return Err(self.type_error(&format!("Cannot {verb} array buffer views with elements")));
        }
        let prototype = Key::Atom(self.names.prototype);
        self.ensure_prototype(self.at(kept), prototype)?;
        let keys = self.own_keys(self.ref_at(kept));
        if keys.iter().any(|key| matches!(key, Key::Index(_))) {
            self.make_sparse(kept)?;
        }
        for key in keys {
            let Some(property) = self.own_property(self.ref_at(kept), key) else { continue };
            let writable = property.attributes.has(Attributes::WRITABLE) && !frozen;
            let attributes = property
                .attributes
                .with(Attributes::CONFIGURABLE, false)
                .with(Attributes::WRITABLE, writable);
            if key == Key::Atom(self.names.length) && self.kind(self.at(kept)) == Some(value::ARRAY) {
                if frozen {
                    self.fix_length(kept)?;
                }
                continue;
            }
            if attributes != property.attributes {
                self.define_data(self.at(kept), key, property.word, attributes)?;
            }
        }
        self.prevent_extensions(self.at(kept))
    }

    /// The identity hash of an object or symbol; made when it is asked for first. Lies where V8 keeps it: in the place
    /// of the property array, in that array's length word, or in the dictionary.
    pub fn identity_hash(&mut self, word: Word) -> u32 {
        let Some(object) = word.as_ref() else { return 0 };
        if !self.is_object(word) {
            return self.atom_of(word).map_or(0, |atom| self.roots.atoms.hash(atom));
        }
        let properties = self.heap.get(object, value::PROPERTIES);
        let known = self.stored_hash(properties);
        if known != 0 {
            return known;
        }
        self.roots.next_hash = self.roots.next_hash.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let hash = (self.roots.next_hash >> 8 & ((1 << HASH_BITS) - 1)).max(1);
        match properties.as_ref() {
            None => self.heap.init(object, value::PROPERTIES, Word::smi(hash as i32)),
            Some(table) => self.store_hash(table, hash),
        }
        hash
    }

    /// The hash in a `properties` word; 0 if there is none.
    pub(crate) fn stored_hash(&self, properties: Word) -> u32 {
        match properties.as_ref() {
            None => properties.as_smi().unwrap_or(0) as u32,
            Some(table) if self.heap.header(table).kind() == value::PROPERTY_ARRAY => {
                self.heap.get(table, 1).payload() >> LENGTH_BITS
            }
            Some(table) => self.heap.get(table, DICTIONARY_HASH).payload(),
        }
    }

    /// Puts a hash into a property array or dictionary.
    pub(crate) fn store_hash(&mut self, table: Ref, hash: u32) {
        if self.heap.header(table).kind() == value::PROPERTY_ARRAY {
            let length = self.heap.get(table, 1).payload() & ((1 << LENGTH_BITS) - 1);
            self.heap.init(table, 1, Word::smi((hash << LENGTH_BITS | length) as i32));
        } else {
            self.heap.init(table, DICTIONARY_HASH, Word::smi(hash as i32));
        }
    }
}
