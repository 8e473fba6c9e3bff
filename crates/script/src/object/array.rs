//! Making arrays, and native code's view of lists.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use crate::shape::RootShape;
use crate::value::{
    self, ARRAY_LENGTH, ELEMENTS, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes,
};
use crate::vm::call::Completion;
use crate::vm::{Handle, Intrinsic, Vm};

/// What sort of root shape ordinary arrays have.
pub(crate) const ARRAY_ROOT: RootShape = RootShape { kind: value::ARRAY, start: 4, in_object: 0 };

impl Vm {
    /// An empty array.
    pub fn new_array(&mut self) -> Completion<Ref> {
        if !self.is_bootstrapping() {
            return self.new_array_of_shape(self.array_shape);
        }
        let prototype = self.intrinsic(Intrinsic::ArrayPrototype);
        self.new_array_with_prototype(prototype)
    }

    /// An empty array with a prototype of its own (subclasses).
    pub fn new_array_with_prototype(&mut self, prototype: Word) -> Completion<Ref> {
        let shape = self.root_shape(prototype, ARRAY_ROOT);
        self.new_array_of_shape(shape.0)
    }

    fn new_array_of_shape(&mut self, shape: u32) -> Completion<Ref> {
        let array = self.allocate(value::ARRAY, shape, 4)?;
        let empty = self.intrinsic(Intrinsic::EmptyElements);
        self.heap.set(array, ELEMENTS, empty);
        self.heap.init(array, ARRAY_LENGTH, Word::smi(0));
        Ok(array)
    }

    /// An array of a whole store of shared elements, which outlives the array.
    pub(crate) fn array_sharing(&mut self, store: Word) -> Completion<Word> {
        let store = self.handle(store);
        let array = self.new_array()?;
        let store = self.at(store);
        self.heap.set(array, ELEMENTS, store);
        let length = store.as_ref().map_or(Word::smi(0), |store| self.heap.get(store, FIXED_LENGTH));
        self.heap.init(array, ARRAY_LENGTH, length);
        Ok(Word::reference(array))
    }

    /// An array of `length` holes with a store of just that many slots (`new Array(n)`).
    pub fn new_array_of_length(&mut self, length: u32) -> Completion<Ref> {
        self.array_of_holes(length, length).map(|(array, _)| array)
    }

    /// An array of `length` holes with a store of `room` slots of the kind that the running call makes; it has a memento if that
    /// may still change.
    pub(crate) fn array_of_holes(&mut self, length: u32, room: u32) -> Completion<(Ref, bool)> {
        let array = self.new_array()?;
        let array = self.handle(Word::reference(array));
        let mut turned = None;
        if room > 0 && room <= super::element::MAX_FAST_ARRAY {
            let store;
            (store, turned) = self.store_for_place(room)?;
            let target = self.ref_at(array);
            self.heap.set(target, ELEMENTS, Word::reference(store));
        }
        let word = self.number(f64::from(length))?;
        let target = self.ref_at(array);
        self.heap.set(target, ARRAY_LENGTH, word);
        if length > super::element::MAX_FAST_ARRAY {
            self.make_sparse(array)?;
        }
        Ok((self.ref_at(array), turned.is_none()))
    }

    /// A FixedArray of one word repeated.
    pub fn new_store(&mut self, length: u32, fill: Word, shape: u32) -> Completion<Ref> {
        let store = self.allocate(value::FIXED_ARRAY, shape, FIXED_SLOTS + length)?;
        self.heap.init(store, FIXED_LENGTH, Word::smi(length as i32));
        self.heap.fill_slots(store, FIXED_SLOTS..FIXED_SLOTS + length, fill);
        Ok(store)
    }

    /// An array of values that lie in live registers or arguments: they are found again after a collection.
    pub fn array_from(&mut self, words: &[Word]) -> Completion<Ref> {
        self.array_from_live(words).map(|word| word.as_ref().unwrap_or(Ref::new(0)))
    }

    /// An array of these values.
    pub(crate) fn array_from_live(&mut self, words: &[Word]) -> Completion<Word> {
        if let Some(array) = self.array_at_once(words) {
            return Ok(array);
        }
        let mark = self.roots.handle_mark();
        let handles: Vec<Handle> = words.iter().map(|&word| self.handle(word)).collect();
        let made = self.array_from_handles(&handles);
        self.roots.release_handles(mark);
        made
    }

    pub(crate) fn array_from_handles(&mut self, handles: &[Handle]) -> Completion<Word> {
        let words: Vec<Word> = handles.iter().map(|&handle| self.at(handle)).collect();
        if let Some(array) = self.array_at_once(&words) {
            return Ok(array);
        }
        let array = self.new_array()?;
        if handles.is_empty() {
            return Ok(Word::reference(array));
        }
        let array = self.handle(Word::reference(array));
        let length = handles.len() as u32;
        let numbers = handles.iter().all(|&handle| self.as_number(self.at(handle)).is_some());
        let small = handles.iter().all(|&handle| self.at(handle).is_smi() || self.at(handle) == HOLE);
        let store = if numbers && !small {
            let store = self.allocate(value::FIXED_DOUBLE_ARRAY, shapes::INTERNAL, FIXED_SLOTS + length)?;
            self.heap.set_raw(store, FIXED_LENGTH, u64::from(length) << 32);
            for (slot, &handle) in handles.iter().enumerate() {
                let number = self.as_number(self.at(handle)).unwrap_or(f64::NAN);
                let bits = if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() };
                self.heap.set_raw(store, FIXED_SLOTS + slot as u32, bits);
            }
            store
        } else {
            let shape = if small { shapes::SMI_ELEMENTS } else { shapes::ELEMENTS };
            let store = self.allocate(value::FIXED_ARRAY, shape, FIXED_SLOTS + length)?;
            self.heap.init(store, FIXED_LENGTH, Word::smi(length as i32));
            for (slot, &handle) in handles.iter().enumerate() {
                let word = self.at(handle);
                self.heap.set(store, FIXED_SLOTS + slot as u32, word);
            }
            store
        };
        let target = self.ref_at(array);
        self.heap.set(target, ELEMENTS, Word::reference(store));
        self.heap.set(target, ARRAY_LENGTH, Word::smi(length as i32));
        Ok(self.at(array))
    }

    /// The values of a FixedArray.
    pub(crate) fn fixed_array_words(&self, list: Word) -> Vec<Word> {
        let Some(list) = list.as_ref() else { return Vec::new() };
        let length = self.heap.get(list, FIXED_LENGTH).payload();
        (0..length).map(|slot| self.heap.get(list, FIXED_SLOTS + slot)).collect()
    }

    /// The values of an array or arguments object that holds no doubles, holes as undefined. Nothing roots them.
    pub(crate) fn list_words(&mut self, list: Word) -> Vec<Word> {
        let Some(object) = list.as_ref() else { return Vec::new() };
        if let Elements::Double(store, length) = self.elements(object) {
            return self.boxed_doubles(store, length.min(self.array_length(object)), list);
        }
        if let Some(words) = self.dense_words(list) {
            return words;
        }
        let Some(object) = list.as_ref() else { return Vec::new() };
        let length = self.array_length(object);
        let plain = |word: Option<super::Property>| word.map_or(UNDEFINED, |property| property.word);
        (0..length).map(|index| plain(self.own_indexed(object, index))).collect()
    }

    /// Whether an array has each of its elements, in a store.
    pub(crate) fn is_packed(&self, array: Ref) -> bool {
        let length = self.array_length(array);
        let slots = FIXED_SLOTS..FIXED_SLOTS + length;
        match self.elements(array) {
            Elements::Tagged(store, room) => {
                length <= room && slots.into_iter().all(|slot| self.heap.get(store, slot) != HOLE)
            }
            Elements::Double(store, room) => {
                length <= room && slots.into_iter().all(|slot| self.heap.raw(store, slot) != HOLE_BITS)
            }
            Elements::Sparse(_) => false,
        }
    }

    /// The elements of an array or arguments object that has each of them, and as words.
    pub(crate) fn dense_words(&self, list: Word) -> Option<Vec<Word>> {
        if self.kind(list) == Some(value::ARGUMENTS) {
            return self.arguments_words(list);
        }
        let array = list.as_ref().filter(|_| self.kind(list) == Some(value::ARRAY))?;
        let Elements::Tagged(store, room) = self.elements(array) else { return None };
        let length = self.array_length(array);
        let slots =
            (length <= room).then(|| FIXED_SLOTS as usize - 1..(FIXED_SLOTS + length) as usize - 1)?;
        let words = self.heap.words(store).get(slots)?;
        let has_holes = words.contains(&HOLE.bits());
        (!has_holes).then(|| words.iter().copied().map(Word::from_bits).collect())
    }

    /// Doubles as heap numbers. They are kept in handles while the others are made, and current when all are.
    fn boxed_doubles(&mut self, store: Ref, length: u32, list: Word) -> Vec<Word> {
        let bits: Vec<u64> = (0..length).map(|slot| self.heap.raw(store, FIXED_SLOTS + slot)).collect();
        let _ = list;
        let mark = self.roots.handle_mark();
        let handles: Vec<Handle> = bits
            .into_iter()
            .map(|bits| {
                let word = if bits == HOLE_BITS { Ok(UNDEFINED) } else { self.number(f64::from_bits(bits)) };
                self.handle(word.unwrap_or(UNDEFINED))
            })
            .collect();
        let words = handles.iter().map(|&handle| self.at(handle)).collect();
        self.roots.release_handles(mark);
        words
    }
}
