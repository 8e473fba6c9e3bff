//! What is made with room in the linear allocation area.

use semispace_heap::{Ref, Word};

use super::number;
use crate::shape::Shape;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, UNDEFINED, shapes};
use crate::vm::MachineHeap;
use crate::vm::slow::leave_memento;

/// Whether one of the values is a boxed number.
#[inline(always)]
fn has_double(heap: &MachineHeap, values: &[Word]) -> bool {
    values.iter().any(|word| word.as_ref().is_some_and(|r| heap.header(r).kind() == value::HEAP_NUMBER))
}

/// What `new` makes before a constructor runs: all fields undefined.
#[inline(always)]
pub(in crate::vm) fn instance(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    layout: &Shape,
    empty: Word,
) -> Option<Word> {
    let words = u32::from(layout.start) + u32::from(layout.in_object);
    let object = heap.try_bump_at(pc, value::OBJECT, shape, words)?;
    let (header, slots) = heap.words_mut(object).split_at_mut_checked(2)?;
    header[0] = Word::ZERO.bits();
    header[1] = empty.bits();
    slots.fill(UNDEFINED.bits());
    Some(Word::reference(object))
}

/// An object literal of `words` words, with these fields first and its memento if it leaves one. Not of doubles.
#[inline(always)]
pub(in crate::vm) fn literal(
    heap: &mut MachineHeap,
    pc: usize,
    (shape, words): (u32, u32),
    empty: Word,
    fields: &[Word],
    memento: bool,
) -> Option<Word> {
    let room = if memento { value::MEMENTO_WORDS } else { 0 };
    if has_double(heap, fields) || !heap.has_bump_room(pc, words + room) {
        return None;
    }
    let object = heap.try_bump_at(pc, value::OBJECT, shape, words)?;
    let (header, slots) = heap.words_mut(object).split_at_mut_checked(2)?;
    header[0] = Word::ZERO.bits();
    header[1] = empty.bits();
    let fields = fields.iter().copied().chain(std::iter::repeat(UNDEFINED));
    for (slot, word) in slots.iter_mut().zip(fields) {
        *slot = word.bits();
    }
    if memento {
        leave_memento(heap, pc);
    }
    Some(Word::reference(object))
}

/// An array literal, with its memento if it leaves one. Not of doubles.
#[inline(never)]
pub(in crate::vm) fn array_literal(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    elements: &[Word],
    memento: bool,
) -> Option<Word> {
    let count = elements.len() as u32;
    if !heap.has_bump_room(pc, 4 + FIXED_SLOTS + count + value::MEMENTO_WORDS) {
        return None;
    }
    let array = array_of(heap, pc, shape, empty, elements)?;
    if memento {
        leave_memento(heap, pc);
    }
    Some(array)
}

/// An array of elements that it shares, with its memento if it leaves one.
#[inline(never)]
pub(in crate::vm) fn shared_array(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    store: Word,
    memento: bool,
) -> Option<Word> {
    if !heap.has_bump_room(pc, 4 + value::MEMENTO_WORDS) {
        return None;
    }
    let count = heap.get(store.as_ref()?, FIXED_LENGTH);
    let array = heap.try_bump_at(pc, value::ARRAY, shape, 4)?;
    let fields = [Word::ZERO, store, count];
    for (slot, word) in heap.words_mut(array).iter_mut().zip(fields) {
        *slot = word.bits();
    }
    if memento {
        leave_memento(heap, pc);
    }
    Some(Word::reference(array))
}

/// An array of these elements, if there is room for it. Not of doubles.
pub(in crate::vm) fn array_of(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    elements: &[Word],
) -> Option<Word> {
    let count = elements.len() as u32;
    let is_small = elements.iter().all(|word| word.is_smi() || *word == HOLE);
    if !is_small && elements.iter().all(|&word| number(heap, word).is_some()) {
        return None;
    }
    if !heap.has_bump_room(pc, 4 + FIXED_SLOTS + count) {
        return None;
    }
    let array = heap.try_bump_at(pc, value::ARRAY, shape, 4)?;
    heap.init(array, value::PROPERTIES, Word::ZERO);
    heap.init(array, value::ELEMENTS, empty);
    heap.init(array, value::ARRAY_LENGTH, Word::smi(count as i32));
    if count > 0 {
        let shape = if is_small { shapes::SMI_ELEMENTS } else { shapes::ELEMENTS };
        let store = heap.try_bump_at(pc, value::FIXED_ARRAY, shape, FIXED_SLOTS + count)?;
        let (length, slots) = heap.words_mut(store).split_first_mut()?;
        *length = Word::smi(count as i32).bits();
        for (slot, word) in slots.iter_mut().zip(elements) {
            *slot = word.bits();
        }
        heap.init(array, value::ELEMENTS, Word::reference(store));
    }
    Some(Word::reference(array))
}

/// An ordinary object with these fields and no others.
pub(in crate::vm) fn object(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    fields: &[Word],
) -> Option<Word> {
    let words = value::OBJECT_HEADER + fields.len() as u32;
    let object = heap.try_bump_at(pc, value::OBJECT, shape, words)?;
    let body = [Word::ZERO, empty];
    let body = body.iter().chain(fields);
    for (slot, word) in heap.words_mut(object).iter_mut().zip(body) {
        *slot = word.bits();
    }
    Some(Word::reference(object))
}

/// A closure over a context; `words` is 8 for a function that can construct.
#[inline(never)]
pub(in crate::vm) fn closure(
    heap: &mut MachineHeap,
    pc: usize,
    (shape, words): (u32, u32),
    empty: Word,
    number: u32,
    context: Word,
) -> Option<Word> {
    let closure = heap.try_bump_at(pc, value::FUNCTION, shape, words)?;
    let body = heap.words_mut(closure);
    body.fill(UNDEFINED.bits());
    let fields = [Word::ZERO, empty, Word::smi(number as i32), context];
    for (slot, word) in body.iter_mut().zip(fields) {
        *slot = word.bits();
    }
    if words > value::FUNCTION_PROTOTYPE {
        heap.init(closure, value::FUNCTION_PROTOTYPE, HOLE);
    }
    Some(Word::reference(closure))
}

/// A context with all variables uninitialised, made by the instruction at `pc`.
#[inline(never)]
pub(in crate::vm) fn context(heap: &mut MachineHeap, pc: usize, slots: u32, parent: Word) -> Option<Word> {
    let context = heap.try_bump_at(pc, value::CONTEXT, shapes::INTERNAL, value::CONTEXT_SLOTS + slots)?;
    let body = heap.words_mut(context);
    body.fill(value::UNINITIALISED.bits());
    let fields = [Word::smi(slots as i32), Word::smi(pc as i32), parent];
    for (slot, word) in body.iter_mut().zip(fields) {
        *slot = word.bits();
    }
    Some(Word::reference(context))
}

/// A context with the same variables as another.
#[inline(never)]
pub(in crate::vm) fn copy(heap: &mut MachineHeap, pc: usize, context: Ref) -> Option<Word> {
    let words = heap.size_words(context);
    let copy = heap.try_bump_at(pc, value::CONTEXT, shapes::INTERNAL, words)?;
    heap.copy_slots(context, 1..words, copy, 1);
    Some(Word::reference(copy))
}
