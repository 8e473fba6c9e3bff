//! Named properties.

use semispace_heap::{Ref, Word};

use super::boxed_anew;
use crate::object::dictionary::DICTIONARY_HEADER;
use crate::shape::Attributes;
use crate::value;
use crate::vm::{Cache, MachineHeap};

/// The value of a data property of an object in dictionary mode, such as the global one, if its name is still at the place where it
/// was found.
#[inline(never)]
pub(in crate::vm) fn entry(heap: &MachineHeap, object: Ref, name: Word, place: u32) -> Option<Word> {
    let table = heap.get(object, value::PROPERTIES).as_ref()?;
    let is_entry = heap.header(table).kind() == value::NAME_DICTIONARY
        && (DICTIONARY_HEADER..heap.size_words(table) - 2).contains(&place);
    if !is_entry || heap.get(table, place) != name {
        return None;
    }
    let attributes = Attributes(heap.get(table, place + 2).payload() as u8);
    (!attributes.has(Attributes::ACCESSOR)).then(|| heap.get(table, place + 1))
}

/// Reads a field that holds doubles, or lies in the property array.
#[inline(never)]
pub(in crate::vm) fn field(heap: &mut MachineHeap, pc: usize, object: Ref, place: u32) -> Option<Word> {
    let holder =
        if place & Cache::OUTSIDE == 0 { object } else { heap.get(object, value::PROPERTIES).as_ref()? };
    let word = heap.get(holder, place & Cache::WORD);
    if place & Cache::DOUBLE == 0 { Some(word) } else { boxed_anew(heap, pc, word) }
}

/// Adds a property inside an object of the shape that a cache knows.
#[inline(never)]
pub(in crate::vm) fn add_field(
    heap: &mut MachineHeap,
    (pc, epoch): (usize, u32),
    object: Ref,
    cache: Cache,
    word: Word,
) -> bool {
    let place = cache.key as u32;
    let is_double = word.as_ref().is_some_and(|number| heap.header(number).kind() == value::HEAP_NUMBER);
    if (cache.holder >> 32) as u32 != epoch || is_double && place & Cache::DOUBLE == 0 {
        return false;
    }
    let Some(word) = (if is_double { boxed_anew(heap, pc, word) } else { Some(word) }) else { return false };
    heap.set_shape(object, cache.holder as u32);
    heap.set(object, place & Cache::WORD, word);
    true
}
