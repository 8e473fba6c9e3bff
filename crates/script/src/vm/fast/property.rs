//! Named properties.

use semispace_heap::{Ref, Word};

use super::{Maybe, boxed_anew, number};
use crate::object::dictionary::DICTIONARY_HEADER;
use crate::shape::{Attributes, ShapeId, ShapeTable};
use crate::value;
use crate::vm::{Cache, MachineHeap};

/// The value of a data property of an object in dictionary mode, such as the global one, if its name is still at the place where it
/// was found.
#[inline(never)]
pub(in crate::vm) fn entry(heap: &MachineHeap, object: Ref, name: Word, place: u32) -> Maybe {
    entry_of(heap, object, name, place).into()
}

#[inline(always)]
fn entry_of(heap: &MachineHeap, object: Ref, name: Word, place: u32) -> Option<Word> {
    let table = heap.get(object, value::PROPERTIES).as_ref()?;
    let is_entry = heap.header(table).kind() == value::NAME_DICTIONARY
        && (DICTIONARY_HEADER..heap.size_words(table) - 2).contains(&place);
    if !is_entry || heap.get(table, place) != name {
        return None;
    }
    let attributes = Attributes(heap.get(table, place + 2).payload() as u8);
    (!attributes.has(Attributes::ACCESSOR)).then(|| heap.get(table, place + 1))
}

/// The `prototype` of a function that has one already.
#[inline(never)]
pub(in crate::vm) fn function_prototype(heap: &MachineHeap, shapes: &ShapeTable, function: Ref) -> Maybe {
    if heap.size_words(function) <= value::FUNCTION_PROTOTYPE {
        return None.into();
    }
    let word = heap.get(function, value::FUNCTION_PROTOTYPE);
    let word = word.as_smi().map_or(word, |shape| shapes.prototype(ShapeId(shape as u32)));
    Some(word).filter(|word| word.is_ref()).into()
}

/// What a field lies in: the object, or its property array.
#[inline(always)]
fn holder_of(heap: &MachineHeap, object: Ref, place: u32) -> Option<Ref> {
    if place & Cache::OUTSIDE == 0 { Some(object) } else { heap.get(object, value::PROPERTIES).as_ref() }
}

/// Reads a field that holds doubles, or lies in the property array.
#[inline(never)]
pub(in crate::vm) fn field(heap: &mut MachineHeap, pc: usize, object: Ref, place: u32) -> Maybe {
    let word = holder_of(heap, object, place).map(|holder| heap.get(holder, place & Cache::WORD));
    if place & Cache::DOUBLE == 0 { word } else { word.and_then(|word| boxed_anew(heap, pc, word)) }.into()
}

/// Writes a field that holds doubles, or lies in the property array, or is not there yet. A field of doubles has a box of its own,
/// which the number is written into (`AccessorAssembler::HandleStoreICHandlerCase`).
#[inline(never)]
pub(in crate::vm) fn set_field(
    heap: &mut MachineHeap,
    made_at: (usize, &ShapeTable),
    object: Ref,
    cache: Cache,
    word: Word,
) -> bool {
    let place = cache.key as u32;
    if place & Cache::ADDS != 0 {
        return place & Cache::OUTSIDE == 0 && add_field(heap, made_at, object, cache, word);
    }
    let (Some(holder), at) = (holder_of(heap, object, place), place & Cache::WORD) else { return false };
    let word = match for_field(heap, place, word) {
        Field::Number(number) => {
            let own = heap.get(holder, at).as_ref();
            if let Some(own) = own.filter(|&own| heap.header(own).shape() == made_at.1.field_box) {
                heap.set_raw(own, 1, number.to_bits());
                return true;
            }
            field_box(heap, made_at, number)
        }
        Field::Word => Some(word),
        Field::Other => None,
    };
    let Some(word) = word else { return false };
    heap.set(holder, at, word);
    true
}

/// Adds a property inside an object of the shape that a cache knows.
#[inline(never)]
pub(in crate::vm) fn add_field(
    heap: &mut MachineHeap,
    made_at: (usize, &ShapeTable),
    object: Ref,
    cache: Cache,
    word: Word,
) -> bool {
    let place = cache.key as u32;
    if (cache.holder >> 32) as u32 != made_at.1.epoch {
        return false;
    }
    let word = match for_field(heap, place, word) {
        Field::Number(number) => field_box(heap, made_at, number),
        Field::Word => Some(word),
        Field::Other => None,
    };
    let Some(word) = word else { return false };
    heap.set_shape(object, cache.holder as u32);
    heap.set(object, place & Cache::WORD, word);
    true
}

/// What a value is for the field that it is to be in.
enum Field {
    /// The field holds doubles, and this is its next one.
    Number(f64),
    /// The word itself is what the field holds.
    Word,
    /// The field has not held such a value before.
    Other,
}

fn for_field(heap: &MachineHeap, place: u32, word: Word) -> Field {
    match number(heap, word) {
        Some(number) if place & Cache::DOUBLE != 0 => Field::Number(number),
        Some(_) if !word.is_smi() => Field::Other,
        None if place & Cache::DOUBLE != 0 => Field::Other,
        _ => Field::Word,
    }
}

/// A number in a box that belongs to a field.
fn field_box(heap: &mut MachineHeap, (pc, shapes): (usize, &ShapeTable), number: f64) -> Option<Word> {
    let own = heap.try_bump_at(pc, value::HEAP_NUMBER, shapes.field_box, 2)?;
    heap.set_raw(own, 1, number.to_bits());
    Some(Word::reference(own))
}
