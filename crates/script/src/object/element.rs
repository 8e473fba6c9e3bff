//! Elements: the properties whose keys are array indexes.
//!
//! Three backing stores, as in V8: FixedArray (small integers only, or anything: told apart by its shape number),
//! FixedDoubleArray (raw doubles), and a dictionary for sparse indexes and for elements with attributes.

use semispace_heap::{Ref, Word};

use super::property::{Key, Property};
use crate::shape::Attributes;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};
use crate::vm::call::{Completion, Link};
use crate::vm::slow::Operands;
use crate::vm::{Args, Handle, Intrinsic, Vm};

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

/// Slots of a store that grows because so many are needed (V8: JSObject::NewElementsCapacity).
const fn grown_capacity(needed: u32) -> u32 {
    needed.saturating_add(needed >> 1).saturating_add(16)
}

/// Writes that leave a gap larger than this make the elements sparse (V8: JSObject::kMaxGap).
const MAX_GAP: u32 = 1024;
/// Arrays made longer than this are sparse (V8: JSArray::kInitialMaxFastElementArray).
pub(crate) const MAX_FAST_ARRAY: u32 = 32 * 1024 * 1024;

const SPARSE_COUNT: u32 = 2;
const SPARSE_HEADER: u32 = 5;

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

    /// Whether `length` is read-only: so it is once the array is frozen.
    pub(crate) fn has_fixed_length(&self, array: Ref) -> bool {
        let store = self.heap.get(array, value::ELEMENTS).as_ref();
        store.is_some_and(|store| self.heap.header(store).shape() == shapes::GUARDED_ELEMENTS)
    }

    /// Makes `length` read-only. The elements are a dictionary then.
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
                word.map(Property::plain)
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
            _ => key,
        }
    }

    pub(crate) fn get_element(&mut self, o: Operands) -> Completion {
        let (base, key) = (self.register(o.b), self.unboxed_key(self.register(o.c)));
        if base == UNDEFINED || base == value::NULL {
            let what = if base == UNDEFINED { "undefined" } else { "null" };
            let name = self.brief_key(key);
            return Err(self.type_error(&format!("Cannot read properties of {what} (reading '{name}')")));
        }
        if let (Some(object), Some(index)) = (base.as_ref(), key.as_smi())
            && index >= 0
        {
            if self.is_object(base) {
                if let Some(word) = self.element_word(object, index as u32)? {
                    return self.finish(o.a, word);
                }
            } else if let Some(word) = self.character_at(base, index as u32)? {
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
            let special = self.heap.header(object).kind() == value::PROXY
                || matches!(self.own_indexed(object, index), Some(property) if property.is_accessor());
            if special {
                return self.get_into(base, Key::Index(index), base);
            }
            if let Some(word) = self.element_word(object, index)? {
                return self.deliver(word, 0);
            }
            at = if self.is_typed_array(at) { value::NULL } else { self.prototype_of(at) };
        }
        self.deliver(UNDEFINED, 0)
    }

    pub(crate) fn set_element(&mut self, o: Operands) -> Completion {
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
            Key::Atom(atom) if self.is_typed_array(base) && self.spells_number(atom) => {
                self.step_over();
                Ok(())
            }
            Key::Atom(atom) => self.set_named_cached(base, atom, word, strict, None),
            key => self.set_keyed(base, key, word, base, strict),
        }
    }

    /// Whether a name is what a number's text is: CanonicalNumericIndexString (ECMA-262 7.1.21).
    fn spells_number(&self, atom: crate::atoms::Atom) -> bool {
        if atom.is_symbol() {
            return false;
        }
        let text = self.atom_text(atom);
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
        if !is_inside || !self.roots.shapes.get(self.shape_of(object)).extensible {
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
        if !matches!(kind, value::ARRAY | value::OBJECT | value::ARGUMENTS)
            || !self.roots.shapes.get(self.shape_of(object)).extensible
        {
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
        if present.is_none() && !self.roots.shapes.get(self.shape_of(object)).extensible {
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
        if !self.ensure_room(object, index, 1)? {
            return self.sparse_put(object, index, word, None);
        }
        self.ensure_holds(object, word)?;
        let target = self.ref_at(object);
        match self.elements(target) {
            Elements::Tagged(store, _) => self.heap.set(store, FIXED_SLOTS + index, self.at(word)),
            Elements::Double(store, _) => {
                let number = self.as_number(self.at(word)).unwrap_or(f64::NAN);
                self.heap.set_raw(store, FIXED_SLOTS + index, canonical_bits(number));
            }
            Elements::Sparse(_) => return self.sparse_put(object, index, word, None),
        }
        self.extend_length(object, index)
    }

    /// `length` covers the index.
    fn extend_length(&mut self, object: Handle, index: u32) -> Completion {
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

    /// Makes the store long enough for `count` elements from `index` on. False: it is, or becomes, a dictionary.
    pub(crate) fn ensure_room(&mut self, object: Handle, index: u32, count: u32) -> Completion<bool> {
        let target = self.ref_at(object);
        let (capacity, double) = match self.elements(target) {
            Elements::Sparse(_) => return Ok(false),
            Elements::Tagged(_, length) => (length, false),
            Elements::Double(_, length) => (length, true),
        };
        let needed = index.saturating_add(count);
        if needed <= capacity {
            return Ok(true);
        }
        if index >= capacity && index - capacity >= MAX_GAP && self.would_be_sparse(target, index) {
            self.make_sparse(object)?;
            return Ok(false);
        }
        let grown = grown_capacity(needed);
        self.may_grow_in_portions(object, grown)?;
        if double {
            self.grow_double(object, grown)?
        } else {
            self.grow_tagged(object, grown)?
        }
        Ok(true)
    }

    /// V8: ShouldConvertToSlowElements.
    fn would_be_sparse(&self, object: Ref, index: u32) -> bool {
        let used = match self.elements(object) {
            Elements::Tagged(store, length) => {
                (0..length).filter(|&slot| self.heap.get(store, FIXED_SLOTS + slot) != HOLE).count()
            }
            Elements::Double(store, length) => {
                (0..length).filter(|&slot| self.heap.raw(store, FIXED_SLOTS + slot) != HOLE_BITS).count()
            }
            Elements::Sparse(_) => 0,
        };
        let _ = index;
        let dictionary = 3 * ((used as u32 + 1).next_power_of_two() * 2) * 3;
        dictionary <= index.saturating_add(index >> 1).saturating_add(16)
    }

    fn grow_tagged(&mut self, object: Handle, capacity: u32) -> Completion {
        let shape = self.tagged_store_shape(self.ref_at(object));
        let store = self.allocate(value::FIXED_ARRAY, shape, FIXED_SLOTS + capacity)?;
        self.heap.init(store, FIXED_LENGTH, Word::smi(capacity as i32));
        let target = self.ref_at(object);
        let mut used = 0;
        if let Elements::Tagged(old, length) = self.elements(target) {
            used = length.min(capacity);
            self.heap.copy_slots(old, FIXED_SLOTS..FIXED_SLOTS + used, store, FIXED_SLOTS);
        }
        self.heap.fill_slots(store, FIXED_SLOTS + used..FIXED_SLOTS + capacity, HOLE);
        self.heap.set(target, value::ELEMENTS, Word::reference(store));
        Ok(())
    }

    fn grow_double(&mut self, object: Handle, capacity: u32) -> Completion {
        let store = self.new_double_store(capacity)?;
        let target = self.ref_at(object);
        if let Elements::Double(old, length) = self.elements(target) {
            self.heap.copy_raw(old, FIXED_SLOTS..FIXED_SLOTS + length.min(capacity), store, FIXED_SLOTS);
        }
        self.heap.set(target, value::ELEMENTS, Word::reference(store));
        Ok(())
    }

    /// Before a native function appends one element: room for it, in portions if that is much and the function can be called
    /// again.
    pub(crate) fn room_for_append(&mut self, args: Args, array: Ref) -> Completion {
        let needed = self.array_length(array).saturating_add(1);
        match self.elements(array) {
            Elements::Tagged(_, length) | Elements::Double(_, length)
                if needed > length && self.is_called_by_instruction(args) =>
            {
                self.grow_elements_in_portions(array, grown_capacity(needed))
            }
            _ => Ok(()),
        }
    }

    fn new_double_store(&mut self, capacity: u32) -> Completion<Ref> {
        let store = self.allocate(value::FIXED_DOUBLE_ARRAY, shapes::INTERNAL, FIXED_SLOTS + capacity)?;
        self.heap.set_raw(store, FIXED_LENGTH, u64::from(capacity) << 32);
        self.heap.words_mut(store)[FIXED_SLOTS as usize - 1..].fill(HOLE_BITS);
        Ok(store)
    }

    /// Makes the store one that can hold the value: elements kinds only ever become more general.
    fn ensure_holds(&mut self, object: Handle, word: Handle) -> Completion {
        let word = self.at(word);
        if word == HOLE || word.is_smi() {
            return Ok(());
        }
        let number = self.as_number(word).is_some();
        let target = self.ref_at(object);
        match self.elements(target) {
            Elements::Tagged(store, _) if self.heap.header(store).shape() == shapes::SMI_ELEMENTS => {
                if number && self.heap.header(target).kind() == value::ARRAY {
                    self.smi_to_double(object)
                } else {
                    self.heap.set_shape(store, shapes::ELEMENTS);
                    Ok(())
                }
            }
            Elements::Double(..) if !number => self.double_to_tagged(object),
            _ => Ok(()),
        }
    }

    fn smi_to_double(&mut self, object: Handle) -> Completion {
        let Elements::Tagged(_, length) = self.elements(self.ref_at(object)) else { return Ok(()) };
        let store = self.new_double_store(length)?;
        let target = self.ref_at(object);
        let Elements::Tagged(old, _) = self.elements(target) else { return Ok(()) };
        for slot in 0..length {
            if let Some(small) = self.heap.get(old, FIXED_SLOTS + slot).as_smi() {
                self.heap.set_raw(store, FIXED_SLOTS + slot, f64::from(small).to_bits());
            }
        }
        self.heap.set(target, value::ELEMENTS, Word::reference(store));
        Ok(())
    }

    pub(crate) fn ensure_tagged(&mut self, object: Handle) -> Completion {
        match self.elements(self.ref_at(object)) {
            Elements::Double(..) => self.double_to_tagged(object),
            _ => Ok(()),
        }
    }

    fn double_to_tagged(&mut self, object: Handle) -> Completion {
        let Elements::Double(_, length) = self.elements(self.ref_at(object)) else { return Ok(()) };
        let store = self.allocate(value::FIXED_ARRAY, shapes::ELEMENTS, FIXED_SLOTS + length)?;
        self.heap.init(store, FIXED_LENGTH, Word::smi(length as i32));
        self.heap.fill_slots(store, FIXED_SLOTS..FIXED_SLOTS + length, HOLE);
        let store = self.handle(Word::reference(store));
        for slot in 0..length {
            let Elements::Double(old, _) = self.elements(self.ref_at(object)) else { return Ok(()) };
            let bits = self.heap.raw(old, FIXED_SLOTS + slot);
            if bits != HOLE_BITS {
                let word = self.number(f64::from_bits(bits))?;
                let store = self.ref_at(store);
                self.heap.set(store, FIXED_SLOTS + slot, word);
            }
        }
        let target = self.ref_at(object);
        self.heap.set(target, value::ELEMENTS, self.at(store));
        Ok(())
    }

    /// Appends to an array, as `push` and literals do. The hole lengthens it without an element.
    pub fn push_element(&mut self, array: Word, word: Word) -> Completion {
        let Some(target) = array.as_ref() else { return Ok(()) };
        let index = self.array_length(target);
        let (object, word) = (self.handle(array), self.handle(word));
        self.put_element_at(object, index, word)
    }

    /// Sets `length` of an array: cuts elements off, or lengthens it.
    pub fn set_array_length(&mut self, array: Word, word: Word) -> Completion {
        let kept = self.handle(array);
        let number = self.to_number_primitive(word)?;
        let length = number as u32;
        if f64::from(length) != number {
            return Err(self.range_error("Invalid array length"));
        }
        let word = self.number(f64::from(length))?;
        let target = self.ref_at(kept);
        let old = self.array_length(target);
        match self.elements(target) {
            Elements::Tagged(_, capacity) | Elements::Double(_, capacity) if length == 0 && capacity > 0 => {
                self.heap.set(target, value::ELEMENTS, self.intrinsic(Intrinsic::EmptyElements));
            }
            Elements::Tagged(store, capacity) if length < capacity => {
                let capacity = self.trimmed(store, capacity, (old, length));
                let unused = FIXED_SLOTS + length..FIXED_SLOTS + old.min(capacity).max(length);
                self.heap.fill_slots(store, unused, HOLE);
            }
            Elements::Double(store, capacity) if length < capacity => {
                for slot in length..old.min(capacity) {
                    self.heap.set_raw(store, FIXED_SLOTS + slot, HOLE_BITS);
                }
            }
            Elements::Sparse(store) => self.sparse_truncate(store, length),
            _ => {}
        }
        let target = self.ref_at(kept);
        self.heap.set(target, value::ARRAY_LENGTH, word);
        Ok(())
    }

    /// Trims a store that is used by less than half; after a pop there is room for pushes (V8:
    /// `ElementsAccessor::SetLengthImpl`). Answers the capacity.
    fn trimmed(&mut self, store: Ref, capacity: u32, (old, length): (u32, u32)) -> u32 {
        if 2 * length + 16 > capacity {
            return capacity;
        }
        let kept = if length + 1 == old { (capacity + length) / 2 } else { length };
        self.heap.set(store, FIXED_LENGTH, Word::smi(kept as i32));
        self.heap.shrink(store, FIXED_SLOTS + kept);
        kept
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
        let Some(target) = object.as_ref() else { return Ok(()) };
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

    // Sparse elements: `map, length, count, deleted, capacity`, then key, value, details.

    fn sparse_entry(&self, store: Ref, index: u32) -> Option<u32> {
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

    fn sparse_find(&self, store: Ref, index: u32) -> Option<Property> {
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

    fn sparse_truncate(&mut self, store: Ref, length: u32) {
        for index in self.sparse_indexes(store).into_iter().filter(|&index| index >= length) {
            if let Some(entry) = self.sparse_entry(store, index) {
                for word in 0..3 {
                    self.heap.set(store, entry + word, HOLE);
                }
            }
        }
    }

    fn new_sparse(&mut self, capacity: u32) -> Completion<Ref> {
        let words = SPARSE_HEADER + capacity * 3;
        let store = self.allocate(value::NUMBER_DICTIONARY, shapes::INTERNAL, words)?;
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
        let used: Vec<u32> = (0..length).filter(|&index| self.own_indexed(target, index).is_some()).collect();
        let sparse = self.new_sparse((used.len() as u32 * 2).next_power_of_two().max(8))?;
        let target = self.ref_at(object);
        let Elements::Tagged(store, _) = self.elements(target) else { return Ok(()) };
        for index in used {
            let word = self.heap.get(store, FIXED_SLOTS + index);
            self.sparse_insert(sparse, index, word, Attributes::PLAIN);
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

    fn sparse_put(
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
            let grown = self.new_sparse(capacity * 2)?;
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

/// A double's bits; every NaN is one NaN, so that none reads as a hole.
pub(crate) fn canonical_bits(number: f64) -> u64 {
    if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() }
}
