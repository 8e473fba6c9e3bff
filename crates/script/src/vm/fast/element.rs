//! Elements, and the steps of iterations over them.

use semispace_heap::{Ref, Word};

use super::{heap_number, number};
use crate::object::backing_store::Stores;
use crate::object::element::canonical_bits;
use crate::object::{string, typed_array};
use crate::shape::{ShapeId, ShapeTable};
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};
use crate::vm::MachineHeap;
use crate::vm::realm::{Intrinsic, Realm};
use crate::vm::stub_cache::StubCache;

/// What a load or a store of an element looks at beside the heap.
#[derive(Clone, Copy)]
pub(in crate::vm) struct Surroundings<'a> {
    pub stubs: &'a StubCache,
    pub shapes: &'a ShapeTable,
    pub realm: &'a Realm,
    pub array_shape: u32,
}

/// `object[key]`
#[inline(always)]
pub(in crate::vm) fn load_element(
    heap: &mut MachineHeap,
    pc: usize,
    around: Surroundings<'_>,
    stores: &Stores,
    object: Word,
    key: Word,
) -> Option<Word> {
    let object = object.as_ref()?;
    let Some(index) = key.as_smi() else {
        return around.stubs.load(heap, around.shapes.epoch, object, key);
    };
    let index = index as u32;
    let kind = heap.header(object).kind();
    if kind == value::ARRAY_BUFFER_VIEW
        && let Some(element) = typed_array::load(heap, pc, stores, object, index)
    {
        return Some(element);
    }
    if !value::is_object_kind(kind) {
        let characters = around.realm.get(Intrinsic::SingleCharacters);
        return string::character_of(heap, characters, object, index);
    }
    let elements = heap.get(object, value::ELEMENTS).as_ref()?;
    if heap.header(elements).kind() != value::FIXED_ARRAY {
        return load_double(heap, pc, around, object, elements, index);
    }
    if index < heap.get(elements, FIXED_LENGTH).payload() {
        let element = heap.get(elements, FIXED_SLOTS + index);
        if element != HOLE {
            return Some(element);
        }
    }
    load_absent(heap, around, object, index)
}

/// `object[key] = element`
#[inline(always)]
pub(in crate::vm) fn store_element(
    heap: &mut MachineHeap,
    pc: usize,
    around: Surroundings<'_>,
    stores: &mut Stores,
    [object, key, element]: [Word; 3],
) -> bool {
    let Some(object) = object.as_ref() else { return false };
    let Some(index) = key.as_smi() else {
        return around.stubs.store(heap, (pc, around.shapes), object, key, element);
    };
    let index = index as u32;
    let kind = heap.header(object).kind();
    if kind == value::ARRAY_BUFFER_VIEW && typed_array::store(heap, stores, object, index, element) {
        return true;
    }
    if !value::is_object_kind(kind) {
        return false;
    }
    let Some(elements) = heap.get(object, value::ELEMENTS).as_ref() else { return false };
    let header = heap.header(elements);
    let fits =
        header.shape() == shapes::ELEMENTS || header.shape() == shapes::SMI_ELEMENTS && element.is_smi();
    let is_over_an_element = header.kind() == value::FIXED_ARRAY
        && fits
        && index < heap.get(elements, FIXED_LENGTH).payload()
        && heap.get(elements, FIXED_SLOTS + index) != HOLE;
    if is_over_an_element {
        heap.set(elements, FIXED_SLOTS + index, element);
        return true;
    }
    let guards = (around.shapes, around.realm);
    store_into_array(heap, guards, (object, around.array_shape), index, element)
}

/// An element of a store that is no plain FixedArray: of doubles.
#[inline(never)]
fn load_double(
    heap: &mut MachineHeap,
    pc: usize,
    around: Surroundings<'_>,
    object: Ref,
    store: Ref,
    index: u32,
) -> Option<Word> {
    if heap.header(store).kind() != value::FIXED_DOUBLE_ARRAY {
        return None;
    }
    if index < (heap.raw(store, FIXED_LENGTH) >> 32) as u32 {
        let bits = heap.raw(store, FIXED_SLOTS + index);
        if bits != HOLE_BITS {
            return heap_number(heap, pc, f64::from_bits(bits));
        }
    }
    load_absent(heap, around, object, index)
}

/// A hole of an ordinary array, or what lies behind its end: undefined if its prototypes have no elements.
#[inline(never)]
fn load_absent(heap: &MachineHeap, around: Surroundings<'_>, array: Ref, index: u32) -> Option<Word> {
    let is_plain = index <= i32::MAX as u32
        && heap.header(array).shape() == around.array_shape
        && array_prototypes_have_no_elements(heap, around.shapes, around.realm);
    is_plain.then_some(UNDEFINED)
}

/// A store over a double, or into a hole within or just behind an ordinary array, whose prototypes have no elements.
#[inline(never)]
pub(in crate::vm) fn store_into_array(
    heap: &mut MachineHeap,
    (table, realm): (&ShapeTable, &Realm),
    (array, array_shape): (Ref, u32),
    index: u32,
    word: Word,
) -> bool {
    if heap.header(array).shape() != array_shape || !array_prototypes_have_no_elements(heap, table, realm) {
        return false;
    }
    let (Some(store), Some(length)) =
        (heap.get(array, value::ELEMENTS).as_ref(), heap.get(array, value::ARRAY_LENGTH).as_smi())
    else {
        return false;
    };
    let (header, slot, length) = (heap.header(store), FIXED_SLOTS + index, length as u32);
    let stored = index <= length
        && index < (heap.raw(store, FIXED_LENGTH) >> 32) as u32
        && match (header.kind(), header.shape()) {
            (value::FIXED_ARRAY, shapes::ELEMENTS) => {
                heap.set(store, slot, word);
                true
            }
            (value::FIXED_ARRAY, shapes::SMI_ELEMENTS) if word.is_smi() => {
                heap.init(store, slot, word);
                true
            }
            (value::FIXED_DOUBLE_ARRAY, _) => match number(heap, word) {
                Some(number) => {
                    heap.set_raw(store, slot, canonical_bits(number));
                    true
                }
                None => false,
            },
            _ => false,
        };
    if stored && index == length {
        heap.init(array, value::ARRAY_LENGTH, Word::smi(length as i32 + 1));
    }
    stored
}

/// The next element of an iteration over an array, with the objects that V8 makes for each step if `makes_objects`; a hole at
/// its end.
#[inline(never)]
pub(in crate::vm) fn next_of_array(
    heap: &mut MachineHeap,
    pc: usize,
    array: Word,
    index: Word,
    makes_objects: bool,
) -> Option<Word> {
    let (array, number) = (array.as_ref()?, index.as_smi().filter(|&number| number >= 0)?);
    let element = if number >= heap.get(array, value::ARRAY_LENGTH).as_smi()? {
        HOLE
    } else {
        let store = heap.get(array, value::ELEMENTS).as_ref()?;
        let is_tagged = heap.header(store).kind() == value::FIXED_ARRAY;
        if !is_tagged || number as u32 >= heap.get(store, FIXED_LENGTH).payload() {
            return None;
        }
        Some(heap.get(store, FIXED_SLOTS + number as u32)).filter(|&element| element != HOLE)?
    };
    if makes_objects {
        let iterator = if number == 0 { 6 } else { 0 };
        if !heap.has_bump_room(pc, iterator + 5) {
            return None;
        }
        for words in [iterator, 5] {
            if words > 0 {
                let dead = heap.try_bump_at(pc, value::FIXED_ARRAY, shapes::INTERNAL, words)?;
                heap.words_mut(dead).fill(0);
            }
        }
    }
    Some(element)
}

/// The next key of a `for-in` over an object that still has the shape that says that it has all the keys; a hole at its end.
#[inline(never)]
pub(in crate::vm) fn next_key(heap: &MachineHeap, [list, index, object, shape]: [Word; 4]) -> Option<Word> {
    let (list, index) = (list.as_ref()?, index.as_smi()?);
    if index >= heap.get(list, value::ARRAY_LENGTH).as_smi()? {
        return Some(HOLE);
    }
    if heap.header(object.as_ref()?).shape() as i32 != shape.as_smi()? {
        return None;
    }
    let store = heap.get(list, value::ELEMENTS).as_ref()?;
    Some(heap.get(store, FIXED_SLOTS + index as u32))
}

/// Whether nothing but the elements themselves decides what an array's indexes mean.
fn array_prototypes_have_no_elements(heap: &MachineHeap, table: &ShapeTable, realm: &Realm) -> bool {
    let (of_array, of_object) = (realm.get(Intrinsic::ArrayPrototype), realm.get(Intrinsic::ObjectPrototype));
    let empty = realm.get(Intrinsic::EmptyElements);
    let (Some(array), Some(object)) = (of_array.as_ref(), of_object.as_ref()) else { return false };
    heap.get(array, value::ELEMENTS) == empty
        && heap.get(object, value::ELEMENTS) == empty
        && table.prototype(ShapeId(heap.header(array).shape())) == of_object
}
