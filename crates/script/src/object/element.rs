//! Elements: the properties whose keys are array indexes.
//!
//! Three backing stores, as in V8: FixedArray (small integers only, or anything: told apart by its shape number),
//! FixedDoubleArray (raw doubles), and a dictionary for sparse indexes and for elements with attributes.

use semispace_heap::{Ref, Word};

use super::property::{Key, Property};
use crate::shape::{Attributes, Integrity};
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};
use crate::vm::call::{Completion, Link};
use crate::vm::slow::Operands;
use crate::vm::{Handle, Intrinsic, Vm};

/// A view of an object's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elements {
    /// FixedArray with this many slots.
    Tagged(Ref, u32),
    /// FixedDoubleArray with this many slots.
    Double(Ref, u32),
    /// A dictionary.
    Sparse(Ref),
}

/// Arrays made longer than this are sparse (V8: JSArray::kInitialMaxFastElementArray).
pub(crate) const MAX_FAST_ARRAY: u32 = 32 * 1024 * 1024;

impl Vm {
    /// The elements of an object.
    pub fn elements(&self, object: Ref) -> Elements {
        let Some(store) = self.heap.get(object, value::ELEMENTS).as_ref() else {
            return Elements::Tagged(object, 0);
        };
        let length = self.heap.get(store, FIXED_LENGTH).payload();
        match self.heap.header(store).kind() {
            value::FIXED_DOUBLE_ARRAY => {
                Elements::Double(store, (self.heap.raw(store, FIXED_LENGTH) >> 32) as u32)
            }
            value::NUMBER_DICTIONARY => Elements::Sparse(store),
            value::FIXED_ARRAY => Elements::Tagged(store, length),
            // A proxy's handler lies here.
            _ => Elements::Tagged(object, 0),
        }
    }

    /// The length of an array, from its `length` word.
    pub fn array_length(&self, array: Ref) -> u32 {
        let word = self.heap.get(array, value::ARRAY_LENGTH);
        self.as_number(word).unwrap_or(0.0) as u32
    }

    /// Whether `length` is read-only.
    pub(crate) fn has_fixed_length(&self, array: Ref) -> bool {
        self.integrity(array) == Some(Integrity::Frozen)
            || matches!(self.elements(array), Elements::Sparse(store)
                if self.heap.header(store).shape() == shapes::GUARDED_ELEMENTS)
    }

    /// Whether an element there would change an array's length, which is read-only.
    pub(crate) fn is_beyond_fixed_length(&self, object: Ref, index: u32) -> bool {
        self.heap.header(object).kind() == value::ARRAY
            && index >= self.array_length(object)
            && self.has_fixed_length(object)
    }

    /// Makes `length` read-only in an array that is not frozen. The elements are a dictionary then.
    pub(crate) fn fix_length(&mut self, array: Handle) -> Completion {
        self.make_sparse(array)?;
        if let Elements::Sparse(store) = self.elements(self.ref_at(array)) {
            self.heap.set_shape(store, shapes::GUARDED_ELEMENTS);
        }
        Ok(())
    }

    pub(crate) fn own_indexed(&self, object: Ref, index: u32) -> Option<Property> {
        match self.elements(object) {
            Elements::Tagged(store, length) if index < length => {
                let word = self.heap.get(store, FIXED_SLOTS + index);
                let word = if word == HOLE { self.shared_argument(object, index) } else { Some(word) };
                let plain = Attributes::PLAIN;
                let attributes = self.integrity(object).map_or(plain, |integrity| integrity.restrict(plain));
                word.map(|word| Property::with(word, attributes))
            }
            Elements::Double(store, length) if index < length => {
                let bits = self.heap.raw(store, FIXED_SLOTS + index);
                // The number itself is made on demand: see `element_word`.
                (bits != HOLE_BITS).then(|| Property::plain(HOLE))
            }
            Elements::Sparse(store) => self.sparse_find(store, index).map(|property| {
                let word = self.shared_argument(object, index).unwrap_or(property.word);
                Property { word, ..property }
            }),
            _ => self.exotic_index(object, index),
        }
    }

    fn exotic_index(&self, object: Ref, index: u32) -> Option<Property> {
        if self.heap.header(object).kind() == value::ARRAY_BUFFER_VIEW {
            // The number is made on demand: see `element_word`.
            return (u64::from(index) < self.typed_length(object)
                && self.is_typed_array(Word::reference(object)))
            .then(|| Property::plain(HOLE));
        }
        if self.heap.header(object).kind() != value::WRAPPER {
            return None;
        }
        let text = self.heap.get(object, 3);
        let character = self.single_character(text, index)?;
        Some(Property::with(character, Attributes(Attributes::ENUMERABLE)))
    }

    /// The element at an index of an object itself, as a value; none for a hole. Allocates for doubles.
    pub fn element_word(&mut self, object: Ref, index: u32) -> Completion<Option<Word>> {
        if let Elements::Double(store, length) = self.elements(object) {
            if index >= length {
                return Ok(None);
            }
            let bits = self.heap.raw(store, FIXED_SLOTS + index);
            return if bits == HOLE_BITS { Ok(None) } else { self.boxed(f64::from_bits(bits)).map(Some) };
        }
        if self.heap.header(object).kind() == value::ARRAY_BUFFER_VIEW {
            return self.typed_element(object, index);
        }
        Ok(self
            .own_indexed(object, index)
            .filter(|property| !property.is_accessor())
            .map(|property| property.word))
    }

    /// A boxed number that is whole and small as a small integer; any other key as it is.
    fn unboxed_key(&self, key: Word) -> Word {
        let whole = |number: f64| f64::from(number as i32) == number;
        match self.as_number(key) {
            Some(number) if key.is_ref() && whole(number) => Word::smi(number as i32),
            None if self.is_string(key) => self.spelled_index(key).map_or(key, Word::smi),
            _ => key,
        }
    }

    /// The index that a string spells, as `for-in` gives them, if it is a small integer.
    fn spelled_index(&self, string: Word) -> Option<i32> {
        i32::try_from(self.array_index(string)?).ok()
    }

    #[inline(never)]
    pub(crate) fn get_element(&mut self, o: Operands) -> Completion {
        let (base, key) = (self.register(o.b), self.register(o.c));
        if let Some(atom) = self.atom_of(key)
            && let Some((table, entry)) = self.dictionary_data(base, atom)
            && atom != self.names.stack
        {
            return self.finish(o.a, self.heap.get(table, entry + 1));
        }
        let key = self.unboxed_key(key);
        if base == UNDEFINED || base == value::NULL {
            let name = self.brief_key(key);
            return Err(self.read_of_nothing(base, &name));
        }
        if let Some(index) = key.as_smi().filter(|&index| index >= 0) {
            if self.is_object(base) {
                return self.get_indexed(base, index as u32);
            }
            if let Some(word) = self.character_at(base, index as u32)? {
                return self.finish(o.a, word);
            }
        }
        if self.is_object(key) {
            return self.call_helper("getElement", &[base, key], 0);
        }
        let key = self.to_key(key)?;
        let base = self.register(o.b);
        match key {
            Key::Atom(atom) => self.get_named_cached(base, atom, None),
            Key::Index(index) => {
                if let Some(word) = self.character_at(base, index)? {
                    return self.finish(o.a, word);
                }
                self.get_indexed(base, index)
            }
        }
    }

    /// `base[index]` along the prototype chain, for the current instruction.
    fn get_indexed(&mut self, base: Word, index: u32) -> Completion {
        let mut at = if self.is_object(base) { base } else { self.primitive_prototype(base) };
        while let Some(object) = at.as_ref() {
            let own = self.own_indexed(object, index);
            if self.heap.header(object).kind() == value::PROXY || own.is_some_and(Property::is_accessor) {
                return self.get_into(base, Key::Index(index), base);
            }
            if own.is_some()
                && let Some(word) = self.element_word(object, index)?
            {
                return self.deliver(word, 0);
            }
            at = if self.is_typed_array(at) { value::NULL } else { self.prototype_of(at) };
        }
        self.deliver(UNDEFINED, 0)
    }

    #[inline(never)]
    pub(crate) fn set_element(&mut self, o: Operands) -> Completion {
        let (base, key, word) = (self.register(o.a), self.register(o.b), self.register(o.c));
        if key.is_ref() && self.put_dictionary_data(base, key, word)? {
            self.step_over();
            return Ok(());
        }
        let (base, key, word) =
            (self.register(o.a), self.unboxed_key(self.register(o.b)), self.register(o.c));
        if let (Some(object), Some(index)) = (base.as_ref(), key.as_smi())
            && index >= 0
            && self.store_in_place(object, index as u32, word)
        {
            self.step_over();
            return Ok(());
        }
        if let (Some(object), Some(index), true) = (base.as_ref(), key.as_smi(), self.is_object(base))
            && index >= 0
            && self.is_simple_store(object, index as u32)
        {
            self.put_element(object, index as u32, word)?;
            self.step_over();
            return Ok(());
        }
        if self.is_object(key) {
            let helper = if self.is_strict() { "setElementStrict" } else { "setElement" };
            return self.call_helper(helper, &[base, key, word], Link::DISCARD);
        }
        if base == UNDEFINED || base == value::NULL {
            let what = if base == UNDEFINED { "undefined" } else { "null" };
            let name = self.brief_key(key);
            return Err(self.type_error(&format!("Cannot set properties of {what} (setting '{name}')")));
        }
        let key = self.to_key(key)?;
        let (base, word) = (self.register(o.a), self.register(o.c));
        let strict = self.is_strict();
        if let (Key::Index(index), Some(view), true) = (key, base.as_ref(), self.is_typed_array(base)) {
            if self.is_object(word) {
                let index = self.number(f64::from(index))?;
                let (base, word) = (self.register(o.a), self.register(o.c));
                return self.call_helper("setTyped", &[base, index, word], Link::DISCARD);
            }
            self.set_typed_element(view, index, word)?;
            self.step_over();
            return Ok(());
        }
        match key {
            // No name that spells a number can be a property of a typed array.
            Key::Atom(_) if self.is_typed_array(base) && self.is_numeric(key) => {
                self.step_over();
                Ok(())
            }
            Key::Atom(atom) => self.set_named_cached(base, atom, word, strict, None),
            key => self.set_keyed(base, key, word, base, strict),
        }
    }

    /// Whether a key is an index, or a name that is what a number's text is: CanonicalNumericIndexString (ECMA-262 7.1.21).
    pub(crate) fn is_numeric(&self, key: Key) -> bool {
        let Key::Atom(atom) = key else { return true };
        if atom.is_symbol() {
            return false;
        }
        let text = self.atom_text(atom);
        if !text.starts_with(|first: char| first.is_ascii_digit() || "-IN".contains(first)) {
            return false;
        }
        let number = crate::builtins::number_parse::number(&text.encode_utf16().collect::<Vec<u16>>());
        text == "-0" || ryu_js::Buffer::new().format(number) == text
    }

    /// A store that changes one slot and nothing else: over an element, over a double, or into a hole within the length,
    /// such as those of `new Array(n)`. False: it takes more.
    fn store_in_place(&mut self, object: Ref, index: u32, word: Word) -> bool {
        let is_inside = match self.heap.header(object).kind() {
            value::ARRAY => index < self.array_length(object),
            value::OBJECT => true,
            _ => false,
        };
        if !is_inside || !self.is_extensible(object) {
            return false;
        }
        let slot = FIXED_SLOTS + index;
        match self.elements(object) {
            Elements::Tagged(store, length) if index < length => {
                let fits = match self.heap.header(store).shape() {
                    shapes::ELEMENTS => true,
                    shapes::SMI_ELEMENTS => word.is_smi(),
                    _ => false,
                };
                let is_hole = self.heap.get(store, slot) == HOLE;
                let simple = fits && (!is_hole || self.prototypes_have_no_elements(object));
                if simple {
                    self.heap.set(store, slot, word);
                }
                simple
            }
            Elements::Double(store, length) if index < length => {
                let is_hole = self.heap.raw(store, slot) == HOLE_BITS;
                match self.as_number(word) {
                    Some(number) if !is_hole || self.prototypes_have_no_elements(object) => {
                        self.heap.set_raw(store, slot, canonical_bits(number));
                        true
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// A store that no prototype and no attribute has a say in.
    fn is_simple_store(&self, object: Ref, index: u32) -> bool {
        let kind = self.heap.header(object).kind();
        if !matches!(kind, value::ARRAY | value::OBJECT | value::ARGUMENTS) || !self.is_extensible(object) {
            return false;
        }
        let simple = match self.elements(object) {
            Elements::Tagged(..) | Elements::Double(..) => true,
            Elements::Sparse(_) => false,
        };
        // Elements on a built-in prototype are so rare that the shared empty store tells they are not there.
        simple && (self.own_indexed(object, index).is_some() || self.prototypes_have_no_elements(object))
    }

    fn prototypes_have_no_elements(&self, object: Ref) -> bool {
        let mut at = self.prototype_of(Word::reference(object));
        while let Some(prototype) = at.as_ref() {
            let plain = self.heap.get(prototype, value::ELEMENTS) == self.intrinsic(Intrinsic::EmptyElements);
            if !plain || matches!(self.heap.header(prototype).kind(), value::PROXY | value::WRAPPER) {
                return self.heap.header(prototype).kind() == value::WRAPPER && plain;
            }
            at = self.prototype_of(at);
        }
        true
    }

    /// Writes or adds an own element. False: the object is not extensible, or the element not writable.
    pub fn put_element(&mut self, object: Ref, index: u32, word: Word) -> Completion<bool> {
        if self.is_typed_array(Word::reference(object)) {
            return self.set_typed_element(object, index, word).map(|()| true);
        }
        let present = self.own_indexed(object, index);
        if present.is_none() && (!self.is_extensible(object) || self.is_beyond_fixed_length(object, index)) {
            return Ok(false);
        }
        if present.is_some_and(|property| !property.is_writable()) {
            return Ok(false);
        }
        let (object, word) = (self.handle(Word::reference(object)), self.handle(word));
        let mark = self.roots.handle_mark() - 2;
        let done = self.put_element_at(object, index, word);
        self.roots.release_handles(mark);
        done.map(|()| true)
    }

    fn put_element_at(&mut self, object: Handle, index: u32, word: Handle) -> Completion {
        if self.set_shared_argument(self.ref_at(object), index, self.at(word)) {
            return Ok(());
        }
        if !self.ensure_room(object, index, word)? {
            return self.sparse_put(object, index, word, None);
        }
        self.ensure_holds(object, word)?;
        let target = self.ref_at(object);
        match self.elements(target) {
            Elements::Tagged(store, _) => self.heap.set(store, FIXED_SLOTS + index, self.at(word)),
            Elements::Double(store, _) => {
                let bits = self.as_number(self.at(word)).map_or(HOLE_BITS, canonical_bits);
                self.heap.set_raw(store, FIXED_SLOTS + index, bits);
            }
            Elements::Sparse(_) => return self.sparse_put(object, index, word, None),
        }
        self.extend_length(object, index)
    }

    /// `length` covers the index.
    pub(super) fn extend_length(&mut self, object: Handle, index: u32) -> Completion {
        let target = self.ref_at(object);
        let grows =
            matches!(self.heap.header(target).kind(), value::ARRAY) && index >= self.array_length(target);
        if grows {
            let length = self.number(f64::from(index) + 1.0)?;
            let target = self.ref_at(object);
            self.heap.set(target, value::ARRAY_LENGTH, length);
        }
        Ok(())
    }

    /// Appends to an array, as `push` and literals do. The hole lengthens it without an element.
    pub fn push_element(&mut self, array: Word, word: Word) -> Completion {
        let Some(target) = array.as_ref() else { return Ok(()) };
        let index = self.array_length(target);
        let (object, word) = (self.handle(array), self.handle(word));
        self.put_element_at(object, index, word)
    }

    pub(crate) fn define_element_at(
        &mut self,
        object: Handle,
        index: u32,
        word: Handle,
        attributes: Attributes,
    ) -> Completion {
        if self.is_typed_array(self.at(object)) {
            return self.set_typed_element(self.ref_at(object), index, self.at(word));
        }
        if attributes == Attributes::PLAIN
            && !matches!(self.elements(self.ref_at(object)), Elements::Sparse(_))
        {
            return self.put_element_at(object, index, word);
        }
        self.make_sparse(object)?;
        self.redefine_shared_argument(self.ref_at(object), index, self.at(word), attributes);
        self.sparse_put(object, index, word, Some(attributes))
    }

    pub(crate) fn delete_element(&mut self, object: Word, index: u32) -> Completion {
        let object = self.handle(object);
        self.own_elements(object)?;
        let target = self.ref_at(object);
        match self.elements(target) {
            Elements::Tagged(store, length) if index < length => {
                self.heap.set(store, FIXED_SLOTS + index, HOLE);
                self.forget_shared_argument(target, index);
            }
            Elements::Double(store, length) if index < length => {
                self.heap.set_raw(store, FIXED_SLOTS + index, HOLE_BITS);
            }
            Elements::Sparse(store) => {
                if let Some(entry) = self.sparse_entry(store, index) {
                    for word in 0..3 {
                        self.heap.set(store, entry + word, HOLE);
                    }
                }
                self.forget_shared_argument(target, index);
            }
            _ => {}
        }
        Ok(())
    }
}

/// A double's bits; every NaN is one NaN, so that none reads as a hole.
pub(crate) fn canonical_bits(number: f64) -> u64 {
    if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() }
}
