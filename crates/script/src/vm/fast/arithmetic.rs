//! Small integers, other numbers, and strings that are added.

use semispace_heap::Word;

use super::{Maybe, heap_number, number};
use crate::bytecode as bc;
use crate::object::string::{CHARACTERS, MAX_LENGTH, MIN_CONS};
use crate::object::string_view::StringView;
use crate::value::{self, shapes, small_integer};
use crate::vm::MachineHeap;
use crate::vm::arithmetic::numeric;

/// `left + right` of small integers.
#[inline(always)]
pub(in crate::vm) fn add(left: Word, right: Word) -> Option<Word> {
    let sum = (left.bits() as i64).checked_add(right.bits() as i64)?;
    Some(Word::from_bits(sum as u64))
}

/// `left - right` of small integers.
#[inline(always)]
pub(in crate::vm) fn subtract(left: Word, right: Word) -> Option<Word> {
    let difference = (left.bits() as i64).checked_sub(right.bits() as i64)?;
    Some(Word::from_bits(difference as u64))
}

/// `left * right` of small integers; not where the result is -0.
#[inline(always)]
pub(in crate::vm) fn multiply(left: Word, right: Word) -> Option<Word> {
    let (x, y) = (left.payload() as i32, right.payload() as i32);
    let product = x.checked_mul(y)?;
    (product != 0 || (x | y) >= 0).then(|| Word::smi(product))
}

/// `left % right` of small integers; not where the result may be -0 or NaN.
#[inline(always)]
pub(in crate::vm) fn remainder(left: Word, right: Word) -> Option<Word> {
    let (x, y) = (left.payload() as i32, right.payload() as i32);
    (x >= 0 && y > 0).then(|| Word::smi(x % y))
}

/// `left << right` of small integers.
#[inline(always)]
pub(in crate::vm) fn shift_left(left: Word, right: Word) -> Option<Word> {
    Some(Word::smi((left.payload() as i32) << (right.payload() & 31)))
}

/// `left >> right` of small integers.
#[inline(always)]
pub(in crate::vm) fn shift_right(left: Word, right: Word) -> Option<Word> {
    Some(Word::smi((left.payload() as i32) >> (right.payload() & 31)))
}

/// `left >>> right` of small integers, where the result is one.
#[inline(always)]
pub(in crate::vm) fn shift_right_logical(left: Word, right: Word) -> Option<Word> {
    i32::try_from(left.payload() >> (right.payload() & 31)).ok().map(Word::smi)
}

/// `left + right` of numbers or of strings.
#[inline(never)]
pub(in crate::vm) fn sum(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Maybe {
    of_numbers(heap, pc, left, right, |x, y| x + y).or_else(|| concat(heap, pc, left, right)).into()
}

/// `left - right` of numbers.
#[inline(never)]
pub(in crate::vm) fn difference(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Maybe {
    of_numbers(heap, pc, left, right, |x, y| x - y).into()
}

/// `left * right` of numbers.
#[inline(never)]
pub(in crate::vm) fn product(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Maybe {
    of_numbers(heap, pc, left, right, |x, y| x * y).into()
}

/// `left / right` of numbers.
#[inline(never)]
pub(in crate::vm) fn quotient(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Maybe {
    of_numbers(heap, pc, left, right, |x, y| x / y).into()
}

/// `left ** right` of numbers: V8 computes a power as a double, and leaves it one.
#[inline(never)]
pub(in crate::vm) fn power(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Maybe {
    let operands = number(heap, left).zip(number(heap, right));
    operands.and_then(|(x, y)| heap_number(heap, pc, numeric(bc::EXP, x, y))).into()
}

/// Arithmetic on numbers. As in V8's interpreter, an operation on a boxed number boxes its result, whole or not
/// (`BinaryOpAssembler::Generate_BinaryOperationWithFeedback`).
#[inline(always)]
fn of_numbers(
    heap: &mut MachineHeap,
    pc: usize,
    left: Word,
    right: Word,
    operation: impl Fn(f64, f64) -> f64,
) -> Option<Word> {
    let result = operation(number(heap, left)?, number(heap, right)?);
    let small = if left.is_smi() && right.is_smi() { small_integer(result) } else { None };
    small.or_else(|| heap_number(heap, pc, result))
}

/// The other operations on numbers.
#[inline(never)]
pub(in crate::vm) fn arithmetic(heap: &mut MachineHeap, pc: usize, op: u8, left: Word, right: Word) -> Maybe {
    if matches!(op, bc::BIT_AND..=bc::SHR) {
        let operands = number(heap, left).zip(number(heap, right));
        let result = operands.and_then(|(x, y)| {
            let result = numeric(op, x, y);
            small_integer(result).or_else(|| heap_number(heap, pc, result))
        });
        return result.into();
    }
    of_numbers(heap, pc, left, right, |x, y| numeric(op, x, y)).into()
}

/// The bytes of a text behind those of another of `length` bytes; both, and what they make, fit into two words.
fn joined([low, high]: [u64; 2], [next_low, next_high]: [u64; 2], length: u32) -> [u64; 2] {
    let shift = length % 8 * 8;
    if length >= 8 {
        return [low, high | next_low << shift];
    }
    // In two steps, for a shift by all 64 bits is none.
    let carried = next_low >> 1 >> (63 - shift);
    [low | next_low << shift, carried | next_high << shift]
}

/// `left + right` of strings; a short result needs both in one piece.
fn concat(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Option<Word> {
    let length = |word: Word| {
        let string = word.as_ref()?;
        value::is_string_kind(heap.header(string).kind()).then(|| heap.raw(string, 1) >> 32)
    };
    let (first, second) = (length(left)?, length(right)?);
    if first == 0 || second == 0 {
        return Some(if first == 0 { right } else { left });
    }
    let length = u32::try_from(first + second).ok().filter(|&length| length <= MAX_LENGTH)?;
    if length >= MIN_CONS {
        let cons = heap.try_bump_at(pc, value::CONS_STRING, shapes::STRING, 4)?;
        heap.init(cons, 1, Word::smi(length as i32));
        heap.init(cons, 2, left);
        heap.init(cons, 3, right);
        return Some(Word::reference(cons));
    }
    let (x, y) = (StringView::of(heap, left)?, StringView::of(heap, right)?);
    let characters = joined(x.short()?, y.short()?, first as u32);
    let words = CHARACTERS + length.div_ceil(8);
    let string = heap.try_bump_at(pc, value::ONE_BYTE_STRING, shapes::STRING, words)?;
    heap.set_raw(string, 1, u64::from(length) << 32);
    for (index, word) in (CHARACTERS..words).zip(characters) {
        heap.set_raw(string, index, word);
    }
    Some(Word::reference(string))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_joined_as_their_bytes() {
        let pack = |bytes: &[u8]| {
            let mut all = [0; 16];
            all[..bytes.len()].copy_from_slice(bytes);
            [
                u64::from_le_bytes(all[..8].try_into().unwrap()),
                u64::from_le_bytes(all[8..].try_into().unwrap()),
            ]
        };
        let text = b"0123456789abcdef";
        for length in 0..=16 {
            for at in 0..=length {
                let (left, right) = text[..length].split_at(at);
                assert_eq!(
                    joined(pack(left), pack(right), at as u32),
                    pack(&text[..length]),
                    "{at} of {length}"
                );
            }
        }
    }
}
