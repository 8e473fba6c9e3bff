//! The stores behind elements: how they grow and shrink, and how they go from small integers to doubles to any value.

use semispace_heap::{Ref, Word};

use super::element::Elements;
use crate::shape::Integrity;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, shapes};
use crate::vm::call::Completion;
use crate::vm::{Args, Handle, Intrinsic, Vm};

/// Slots of a store that grows because so many are needed (V8: JSObject::NewElementsCapacity).
const fn grown_capacity(needed: u32) -> u32 {
    needed.saturating_add(needed >> 1).saturating_add(16)
}

/// What elements of the arrays that one place makes have turned out to be (V8: `AllocationSite::elements_kind`).
pub(crate) mod turned {
    /// Doubles.
    pub const DOUBLE: u32 = 1;
    /// Anything.
    pub const TAGGED: u32 = 2;
}

/// Writes that leave a gap larger than this make the elements sparse (V8: JSObject::kMaxGap).
const MAX_GAP: u32 = 1024;

impl Vm {
    /// The place that made a new array: its memento lies behind it, or behind its first elements (V8:
    /// `Heap::FindAllocationMemento`).
    fn place_of(&self, array: Ref) -> Option<u32> {
        let is_memento = |&object: &Ref| {
            let header = self.heap.header(object);
            header.kind() == value::FIXED_ARRAY && self.heap.size_words(object) == value::MEMENTO_WORDS
        };
        let next = self.heap.neighbour(array).filter(|_| self.heap.header(array).kind() == value::ARRAY)?;
        let memento =
            if is_memento(&next) { Some(next) } else { self.heap.neighbour(next).filter(is_memento) };
        self.heap.get(memento?, 1).as_smi().map(|place| place as u32)
    }

    /// The elements of an array become something else: later ones of the same place are made for that.
    fn note_turn(&mut self, array: Ref, to: u32) {
        if let Some(place) = self.place_of(array) {
            let known = self.array_places.entry(place).or_insert(to);
            *known = to.max(*known);
        }
    }

    /// What elements a new array of `length` holes, made by the running call, is to have.
    pub(crate) fn store_for_place(&mut self, length: u32) -> Completion<(Ref, Option<u32>)> {
        let turned =
            self.array_places.get(&(self.roots.pc as u32)).copied().filter(|_| !self.runs_built_in());
        let store = match turned {
            Some(turned::DOUBLE) => self.new_double_store(length)?,
            Some(_) => self.new_store(length, HOLE, shapes::ELEMENTS)?,
            None => self.new_store(length, HOLE, shapes::SMI_ELEMENTS)?,
        };
        Ok((store, turned))
    }

    /// Before a write: elements that a literal's arrays share are copied (V8: `JSObject::EnsureWritableFastElements`).
    pub(crate) fn own_elements(&mut self, object: Handle) -> Completion {
        match self.elements(self.ref_at(object)) {
            Elements::Tagged(store, length) if self.heap.header(store).shape() == shapes::SHARED_ELEMENTS => {
                self.grow_tagged(object, length)
            }
            _ => Ok(()),
        }
    }

    /// Makes the store the object's own and long enough for an element at `index`; one that grows for a double is made for
    /// doubles at once (V8: `GrowCapacityAndConvert`). False: it is, or becomes, a dictionary.
    pub(crate) fn ensure_room(&mut self, object: Handle, index: u32, word: Handle) -> Completion<bool> {
        let target = self.ref_at(object);
        let (capacity, double) = match self.elements(target) {
            Elements::Sparse(_) => return Ok(false),
            Elements::Tagged(_, length) => (length, false),
            Elements::Double(_, length) => (length, true),
        };
        let needed = index.saturating_add(1);
        if needed <= capacity {
            return self.own_elements(object).map(|()| true);
        }
        if index >= capacity && index - capacity >= MAX_GAP && self.would_be_sparse(target, index) {
            self.make_sparse(object)?;
            return Ok(false);
        }
        let grown = grown_capacity(needed);
        self.may_grow_in_portions(object, grown)?;
        let target = self.ref_at(object);
        let place = if capacity == 0 { self.place_of(target) } else { None };
        let turned = place.and_then(|place| self.array_places.get(&place).copied());
        let is_number = self.as_number(self.at(word)).is_some();
        if double || turned == Some(turned::DOUBLE) && is_number {
            self.grow_double(object, grown)?;
        } else if turned.is_none() && self.becomes_double(target, self.at(word)) {
            self.note_turn(target, turned::DOUBLE);
            self.grow_double(object, grown)?;
        } else {
            self.grow_tagged(object, grown)?;
            if let (Some(_), Elements::Tagged(store, _)) = (turned, self.elements(self.ref_at(object))) {
                self.heap.set_shape(store, shapes::ELEMENTS);
            }
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
        match self.elements(target) {
            Elements::Double(old, length) => {
                self.heap.copy_raw(old, FIXED_SLOTS..FIXED_SLOTS + length.min(capacity), store, FIXED_SLOTS);
            }
            Elements::Tagged(old, length) => {
                for slot in FIXED_SLOTS..FIXED_SLOTS + length.min(capacity) {
                    if let Some(small) = self.heap.get(old, slot).as_smi() {
                        self.heap.set_raw(store, slot, f64::from(small).to_bits());
                    }
                }
            }
            Elements::Sparse(_) => {}
        }
        self.heap.set(target, value::ELEMENTS, Word::reference(store));
        Ok(())
    }

    /// Before a native function appends its arguments: room for them, in portions if that is much and the function can be called
    /// again.
    pub(crate) fn room_for_append(&mut self, args: Args, array: Ref) -> Completion {
        let needed = self.array_length(array).saturating_add(args.count() as u32);
        let room = match self.elements(array) {
            Elements::Tagged(_, length) | Elements::Double(_, length) => length,
            Elements::Sparse(_) => return Ok(()),
        };
        if needed <= room {
            return Ok(());
        }
        if self.is_called_by_instruction(args) {
            self.grow_elements_in_portions(array, grown_capacity(needed))?;
        }
        if args.count() > 1 && matches!(self.elements(array), Elements::Tagged(..)) {
            let array = self.handle(Word::reference(array));
            self.grow_tagged(array, grown_capacity(needed))?;
        }
        Ok(())
    }

    pub(crate) fn new_double_store(&mut self, capacity: u32) -> Completion<Ref> {
        let store = self.allocate(value::FIXED_DOUBLE_ARRAY, shapes::INTERNAL, FIXED_SLOTS + capacity)?;
        self.heap.set_raw(store, FIXED_LENGTH, u64::from(capacity) << 32);
        self.heap.words_mut(store)[FIXED_SLOTS as usize - 1..].fill(HOLE_BITS);
        Ok(store)
    }

    /// Makes the store one that can hold the value: elements kinds only ever become more general.
    pub(super) fn ensure_holds(&mut self, object: Handle, word: Handle) -> Completion {
        let word = self.at(word);
        if word == HOLE || word.is_smi() {
            return Ok(());
        }
        let target = self.ref_at(object);
        match self.elements(target) {
            Elements::Tagged(_, length) if self.becomes_double(target, word) => {
                self.note_turn(target, turned::DOUBLE);
                self.grow_double(object, length)
            }
            Elements::Tagged(store, _) if self.heap.header(store).shape() == shapes::SMI_ELEMENTS => {
                self.note_turn(target, turned::TAGGED);
                self.heap.set_shape(store, shapes::ELEMENTS);
                Ok(())
            }
            Elements::Double(..) if self.as_number(word).is_none() => {
                self.note_turn(target, turned::TAGGED);
                self.double_to_tagged(object)
            }
            _ => Ok(()),
        }
    }

    /// Do the elements of this object, all small integers, become doubles when this value is stored?
    fn becomes_double(&self, object: Ref, word: Word) -> bool {
        let small = matches!(self.elements(object), Elements::Tagged(store, _)
            if self.heap.header(store).shape() == shapes::SMI_ELEMENTS);
        small
            && !word.is_smi()
            && self.as_number(word).is_some()
            && self.heap.header(object).kind() == value::ARRAY
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

    /// Sets `length` of an array: cuts elements off, or lengthens it. False: it has gone down only to the first element from
    /// behind that cannot be deleted.
    pub fn set_array_length(&mut self, array: Word, word: Word) -> Completion<bool> {
        let kept = self.handle(array);
        let number = self.to_number_primitive(word)?;
        let length = number as u32;
        if f64::from(length) != number {
            return Err(self.range_error("Invalid array length"));
        }
        let target = self.ref_at(kept);
        let old = self.array_length(target);
        if length < old && self.integrity(target) >= Some(Integrity::Sealed) {
            self.make_sparse(kept)?;
        }
        if let (true, Elements::Sparse(store)) = (length < old, self.elements(self.ref_at(kept))) {
            return self.truncate_sparse(kept, store, length);
        }
        let word = self.number(f64::from(length))?;
        if length > 0 {
            self.own_elements(kept)?;
        }
        let target = self.ref_at(kept);
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
            _ => {}
        }
        let target = self.ref_at(kept);
        self.heap.set(target, value::ARRAY_LENGTH, word);
        Ok(true)
    }

    fn truncate_sparse(&mut self, array: Handle, store: Ref, wanted: u32) -> Completion<bool> {
        let length = self.sparse_truncate(store, wanted);
        let word = self.number(f64::from(length))?;
        let target = self.ref_at(array);
        self.heap.set(target, value::ARRAY_LENGTH, word);
        Ok(length == wanted)
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
}
