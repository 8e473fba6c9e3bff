//! Equality, order and truth.

use std::cmp::Ordering;

use semispace_heap::Word;

use super::number;
use crate::atoms::Atom;
use crate::bytecode as bc;
use crate::names::Names;
use crate::object::string::{CHARACTERS, known_atom};
use crate::object::string_view::StringView;
use crate::value::{self, UNDEFINED};
use crate::vm::MachineHeap;

/// `===` of words of which one look at their kinds is enough: not of numbers on the heap, nor of long strings.
#[inline(always)]
pub(in crate::vm) fn strict_equal(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    // Two references may be equal strings or numbers, a reference and a small integer equal numbers; every other pair
    // of words is equal only if it is the same word.
    let plain = if left == right { !left.is_ref() } else { left.is_immediate() || right.is_immediate() };
    if plain || (left.bits() | right.bits()) & 3 == 0 {
        return Some(left == right);
    }
    strict_equal_objects(heap, left, right)
}

/// `==` where it says the same as `===`, or one side is undefined or null.
#[inline(never)]
pub(in crate::vm) fn equal(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    let is_nullish = |word: Word| word == value::NULL || word == UNDEFINED;
    if is_nullish(left) || is_nullish(right) {
        return Some(is_nullish(left) && is_nullish(right));
    }
    if left == right && left.is_immediate() {
        return Some(true);
    }
    let numeric = |word: Word| match word {
        value::FALSE => Some(0.0),
        value::TRUE => Some(1.0),
        _ => number(heap, word),
    };
    if let (Some(x), Some(y)) = (numeric(left), numeric(right)) {
        return Some(x == y);
    }
    if left.is_immediate() || right.is_immediate() {
        return None;
    }
    let sort = |word: Word| {
        word.as_ref().map(|object| {
            let kind = heap.header(object).kind();
            (value::is_object_kind(kind), value::is_string_kind(kind))
        })
    };
    if sort(left) == sort(right) { strict_equal(heap, left, right) } else { None }
}

/// ToBoolean
#[inline(never)]
pub(in crate::vm) fn truthy(heap: &MachineHeap, word: Word) -> bool {
    let Some(object) = word.as_ref() else {
        return word == value::TRUE || word.as_smi().is_some_and(|number| number != 0);
    };
    match heap.header(object).kind() {
        value::HEAP_NUMBER => {
            let number = f64::from_bits(heap.raw(object, 1));
            number != 0.0 && !number.is_nan()
        }
        value::BIGINT => heap.raw(object, 1) >> 33 != 0,
        kind => !value::is_string_kind(kind) || heap.raw(object, 1) >> 32 != 0,
    }
}

/// `typeof`; none of a proxy.
pub(in crate::vm) fn type_of(heap: &MachineHeap, names: &Names, word: Word) -> Option<Atom> {
    let Some(object) = word.as_ref() else {
        return Some(match word {
            UNDEFINED => names.undefined,
            value::TRUE | value::FALSE => names.boolean,
            _ if word.is_smi() => names.number,
            _ => names.object,
        });
    };
    match heap.header(object).kind() {
        value::HEAP_NUMBER => Some(names.number),
        value::SYMBOL => Some(names.symbol),
        value::BIGINT => Some(names.bigint),
        value::PROXY => None,
        kind if value::is_string_kind(kind) => Some(names.string),
        kind if value::is_function_kind(kind) => Some(names.function),
        _ => Some(names.object),
    }
}

/// The order of two numbers or two strings: none within if one is NaN.
#[inline(never)]
pub(in crate::vm) fn order(heap: &MachineHeap, left: Word, right: Word) -> Option<Option<Ordering>> {
    match (number(heap, left), number(heap, right)) {
        (Some(x), Some(y)) => Some(x.partial_cmp(&y)),
        (None, None) => {
            if let Some((x, y)) = first_words(heap, left, right)
                && x != y
            {
                return Some(Some(x.cmp(&y)));
            }
            Some(Some(StringView::of(heap, left)?.compare(&StringView::of(heap, right)?)))
        }
        _ => None,
    }
}

/// The value of a comparison that no jump follows.
#[inline(never)]
pub(in crate::vm) fn compare(heap: &MachineHeap, op: u8, left: Word, right: Word) -> Option<bool> {
    if op == bc::EQUAL {
        return equal(heap, left, right);
    }
    let holds = match op {
        bc::LESS => Ordering::is_lt,
        bc::LESS_EQUAL => Ordering::is_le,
        bc::GREATER => Ordering::is_gt,
        _ => Ordering::is_ge,
    };
    order(heap, left, right).map(|order| order.is_some_and(holds))
}

#[inline(never)]
fn strict_equal_objects(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    if let (Some(x), Some(y)) = (known_atom(heap, left), known_atom(heap, right)) {
        return Some(x == y);
    }
    if let (Some(x), Some(y)) = (number(heap, left), number(heap, right)) {
        return Some(x == y);
    }
    let kind = |word: Word| word.as_ref().map_or(value::HEAP_NUMBER, |object| heap.header(object).kind());
    let (x, y) = (kind(left), kind(right));
    let is_itself = |kind| value::is_object_kind(kind) || kind == value::SYMBOL;
    if is_itself(x) || is_itself(y) {
        return Some(left == right);
    }
    if value::is_string_kind(x) != value::is_string_kind(y) {
        return Some(false);
    }
    if let Some((x, y)) = first_words(heap, left, right)
        && x != y
    {
        return Some(false);
    }
    let (x, y) = (StringView::of(heap, left)?, StringView::of(heap, right)?);
    Some(x.equals(&y))
}

/// The first eight characters of two flat strings of one byte a character, as numbers that compare as the strings do unless
/// they are equal.
fn first_words(heap: &MachineHeap, left: Word, right: Word) -> Option<(u64, u64)> {
    let first = |word: Word| {
        let string = word.as_ref()?;
        let has_characters = heap.raw(string, 1) >> 32 != 0;
        (heap.header(string).kind() == value::ONE_BYTE_STRING && has_characters)
            .then(|| heap.raw(string, CHARACTERS).swap_bytes())
    };
    Some((first(left)?, first(right)?))
}
