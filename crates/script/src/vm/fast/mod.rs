//! What the hot loop does in one call: the second most common cases of its operations.
//!
//! These are functions of the heap and not of the machine, because the loop has borrowed the window of registers. Each
//! answers `None` (or false) before it has changed anything; then the operation goes the long way. `pc` is the instruction, to
//! which what is allocated here belongs.

mod allocation;
mod arithmetic;
mod comparison;
mod element;
mod property;

use semispace_heap::Word;

use super::MachineHeap;
use crate::value::{self, shapes};

pub(super) use allocation::{
    array_literal, array_of, closure, context, copy, instance, literal, object, shared_array,
};
pub(super) use arithmetic::{
    add, arithmetic, difference, multiply, power, product, quotient, remainder, shift_left, shift_right,
    shift_right_logical, subtract, sum,
};
pub(super) use comparison::{compare, equal, order, strict_equal, truthy, type_of};
pub(super) use element::{
    Surroundings, load_element, next_key, next_of_array, store_element, store_into_array,
};
pub(super) use property::{add_field, entry, field, function_prototype, set_field};

/// An `Option<Word>` in one register: WebAssembly returns two values through memory.
#[derive(Clone, Copy)]
pub(super) struct Maybe(Word);

impl Maybe {
    /// Bits that no word has.
    const NOTHING: Word = Word::from_bits(u64::MAX);

    #[inline(always)]
    pub(super) fn get(self) -> Option<Word> {
        (self.0 != Self::NOTHING).then_some(self.0)
    }
}

impl From<Option<Word>> for Maybe {
    #[inline(always)]
    fn from(word: Option<Word>) -> Self {
        Self(word.unwrap_or(Self::NOTHING))
    }
}

#[inline(always)]
fn number(heap: &MachineHeap, word: Word) -> Option<f64> {
    match (word.as_smi(), word.as_ref()) {
        (Some(small), _) => Some(f64::from(small)),
        (None, Some(object)) if heap.header(object).kind() == value::HEAP_NUMBER => {
            Some(f64::from_bits(heap.raw(object, 1)))
        }
        _ => None,
    }
}

/// The number in a box of its own; any other value as it is.
#[inline(always)]
pub(super) fn boxed_anew(heap: &mut MachineHeap, pc: usize, word: Word) -> Option<Word> {
    match number(heap, word) {
        Some(number) => heap_number(heap, pc, number),
        None => Some(word),
    }
}

#[inline(always)]
fn heap_number(heap: &mut MachineHeap, pc: usize, number: f64) -> Option<Word> {
    let object = heap.try_bump_at(pc, value::HEAP_NUMBER, shapes::NUMBER, 2)?;
    heap.set_raw(object, 1, number.to_bits());
    Some(Word::reference(object))
}
