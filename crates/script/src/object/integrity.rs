//! Objects that are closed: not extensible, sealed, frozen. And the identity hash of objects.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use super::property::Key;
use crate::shape::Integrity;
use crate::value::{self, shapes};
use crate::vm::call::Completion;
use crate::vm::{Handle, Vm};

/// Bits of an identity hash (V8: PropertyArray::HashField).
const HASH_BITS: u32 = 21;
/// Bits of a property array's length word below the hash.
const LENGTH_BITS: u32 = 10;
/// Word of a dictionary that holds the hash.
const DICTIONARY_HASH: u32 = 6;

impl Vm {
    /// How far an object is closed.
    pub fn integrity(&self, object: Ref) -> Option<Integrity> {
        self.roots.shapes.get(self.shape_of(object)).integrity
    }

    /// Whether properties can be added to the object.
    pub fn is_extensible(&self, object: Ref) -> bool {
        self.integrity(object).is_none()
    }

    /// From now on, no property can be added.
    pub fn prevent_extensions(&mut self, object: Word) -> Completion {
        self.close_shape(object, Integrity::NotExtensible);
        self.guard_elements(object)
    }

    fn close_shape(&mut self, object: Word, integrity: Integrity) {
        let Some(target) = object.as_ref() else { return };
        let shape = self.shape_of(target);
        let closed = self.roots.shapes.closed(shape, integrity);
        self.heap.set_shape(target, closed.0);
        self.roots.shapes.epoch += u32::from(self.roots.shapes.get(shape).is_prototype);
    }

    /// Marks the store of elements as one that the interpreter must not write to on its own (V8: the elements kinds
    /// `PACKED_FROZEN_ELEMENTS` and the like, which hold no raw doubles).
    fn guard_elements(&mut self, object: Word) -> Completion {
        let kept = self.handle(object);
        self.separate_arguments(self.ref_at(kept));
        self.ensure_tagged(kept)?;
        self.own_elements(kept)?;
        if let Elements::Tagged(store, length) = self.elements(self.ref_at(kept))
            && length > 0
        {
            self.heap.set_shape(store, shapes::GUARDED_ELEMENTS);
        }
        Ok(())
    }

    /// Seals or freezes an object.
    pub fn close_object(&mut self, object: Word, integrity: Integrity) -> Completion {
        let kept = self.handle(object);
        if object.as_ref().is_some_and(|view| self.is_typed_array(object) && self.typed_length(view) > 0) {
            let verb = if integrity == Integrity::Frozen { "freeze" } else { "seal" };
            return Err(self.type_error(&format!("Cannot {verb} array buffer views with elements")));
        }
        let prototype = Key::Atom(self.names.prototype);
        self.ensure_prototype(self.at(kept), prototype)?;
        let keys = self.own_keys(self.ref_at(kept));
        // What arguments share with parameters is no matter of a store's.
        if self.kind(self.at(kept)) == Some(value::ARGUMENTS) {
            self.make_sparse(kept)?;
        }
        for key in keys {
            self.close_property(kept, key, integrity)?;
        }
        self.close_shape(self.at(kept), integrity);
        self.guard_elements(self.at(kept))
    }

    /// One property, unless the shape or a store of elements has it: those are closed together.
    fn close_property(&mut self, object: Handle, key: Key, integrity: Integrity) -> Completion {
        let target = self.ref_at(object);
        let is_array = self.kind(self.at(object)) == Some(value::ARRAY);
        let closed_together = match key {
            Key::Atom(atom) if atom == self.names.length && is_array => true,
            Key::Atom(atom) => self.roots.shapes.find(self.shape_of(target), atom).is_some(),
            Key::Index(_) => !matches!(self.elements(target), Elements::Sparse(_)),
        };
        if closed_together {
            return Ok(());
        }
        let Some(property) = self.own_property(target, key) else { return Ok(()) };
        let attributes = integrity.restrict(property.attributes);
        if attributes == property.attributes {
            return Ok(());
        }
        self.define_data(self.at(object), key, property.word, attributes)
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
