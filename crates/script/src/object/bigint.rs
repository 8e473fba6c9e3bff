//! BigInts in the heap: sign and length, then 64-bit digits from the least significant on (V8: `src/objects/bigint.h`).

use num_bigint::{BigInt, Sign};
use semispace_heap::Word;

use crate::value::{self, shapes};
use crate::vm::Vm;
use crate::vm::call::Completion;

/// First digit of a BigInt.
pub(crate) const DIGITS: u32 = 2;
/// The most bits of a BigInt (V8: `BigInt::kMaxLengthBits`).
pub const MAX_BITS: u64 = 1 << 30;

impl Vm {
    /// A BigInt as a value.
    ///
    /// Errors: a RangeError if it is too large; out of memory.
    pub fn new_bigint(&mut self, number: &BigInt) -> Completion<Word> {
        self.new_bigint_in(number, 0)
    }

    /// The same in an object that has room for so many digits at first: V8 makes results before it knows their length, and
    /// cuts them (`MutableBigInt::Canonicalize`).
    pub(crate) fn new_bigint_in(&mut self, number: &BigInt, room: u32) -> Completion<Word> {
        if number.bits() > MAX_BITS {
            return Err(self.range_error("Maximum BigInt size exceeded"));
        }
        let digits = number.iter_u64_digits();
        let length = digits.len() as u32;
        let object = self.allocate(value::BIGINT, shapes::BIGINT, DIGITS + length.max(room))?;
        self.heap.trim(object, DIGITS + length);
        let negative = u64::from(number.sign() == Sign::Minus);
        self.heap.set_raw(object, 1, u64::from(length) << 33 | negative << 32);
        for (word, digit) in (DIGITS..).zip(digits) {
            self.heap.set_raw(object, word, digit);
        }
        Ok(Word::reference(object))
    }

    /// The same of a number of at most two digits.
    pub(crate) fn new_small_bigint(&mut self, number: i128) -> Completion<Word> {
        let magnitude = number.unsigned_abs();
        let digits = [magnitude as u64, (magnitude >> 64) as u64];
        let count = if digits[1] > 0 { 2 } else { u32::from(digits[0] > 0) };
        let object = self.allocate(value::BIGINT, shapes::BIGINT, DIGITS + count)?;
        self.heap.set_raw(object, 1, u64::from(count) << 33 | u64::from(number < 0) << 32);
        for (word, digit) in (DIGITS..DIGITS + count).zip(digits) {
            self.heap.set_raw(object, word, digit);
        }
        Ok(Word::reference(object))
    }

    /// How many digits a BigInt has.
    pub(crate) fn bigint_length(&self, word: Word) -> u32 {
        word.as_ref().map_or(0, |object| (self.heap.raw(object, 1) >> 33) as u32)
    }

    /// The number in a BigInt of at most one digit.
    pub(crate) fn as_small_bigint(&self, word: Word) -> Option<i128> {
        let object = word.as_ref().filter(|_| self.kind(word) == Some(value::BIGINT))?;
        let header = self.heap.raw(object, 1);
        let magnitude = match header >> 33 {
            0 => 0,
            1 => i128::from(self.heap.raw(object, DIGITS)),
            _ => return None,
        };
        Some(if header >> 32 & 1 == 1 { -magnitude } else { magnitude })
    }

    /// The number in a value that is a BigInt.
    pub fn as_bigint(&self, word: Word) -> Option<BigInt> {
        let object = word.as_ref().filter(|_| self.kind(word) == Some(value::BIGINT))?;
        let header = self.heap.raw(object, 1);
        let digits = (0..(header >> 33) as u32).map(|digit| self.heap.raw(object, DIGITS + digit));
        let halves: Vec<u32> = digits.flat_map(|digit| [digit as u32, (digit >> 32) as u32]).collect();
        let sign = if header >> 32 & 1 == 1 { Sign::Minus } else { Sign::Plus };
        Some(BigInt::new(sign, halves))
    }

    /// A signed 64-bit number as a BigInt.
    pub(crate) fn bigint_from_i64(&mut self, number: i64) -> Completion<Word> {
        self.new_small_bigint(number.into())
    }

    /// An unsigned 64-bit number as a BigInt.
    pub(crate) fn bigint_from_u64(&mut self, number: u64) -> Completion<Word> {
        self.new_small_bigint(number.into())
    }

    /// ToBigInt of a primitive value, cut to its lowest 64 bits.
    pub(crate) fn bigint_bits(&mut self, word: Word) -> Completion<u64> {
        match word.as_ref().filter(|_| self.kind(word) == Some(value::BIGINT)) {
            Some(_) if self.bigint_length(word) == 0 => Ok(0),
            Some(object) => {
                let (header, low) = (self.heap.raw(object, 1), self.heap.raw(object, DIGITS));
                Ok(if header >> 32 & 1 == 1 { low.wrapping_neg() } else { low })
            }
            None => Ok(low_bits(&self.to_bigint(word)?)),
        }
    }

    /// ToBigInt of a primitive value (ECMA-262 7.1.13).
    pub fn to_bigint(&mut self, word: Word) -> Completion<BigInt> {
        if let Some(number) = self.as_bigint(word) {
            return Ok(number);
        }
        match word {
            value::TRUE => return Ok(BigInt::from(1)),
            value::FALSE => return Ok(BigInt::ZERO),
            _ => {}
        }
        let text = if self.is_string(word) { self.text(word) } else { self.brief(word) };
        if self.is_string(word) {
            return match text_to_bigint(&text) {
                Some(number) => Ok(number),
                None => Err(self.syntax_error(&format!("Cannot convert {text} to a BigInt"))),
            };
        }
        Err(self.type_error(&format!("Cannot convert {text} to a BigInt")))
    }
}

/// The lowest 64 bits in two's complement.
fn low_bits(number: &BigInt) -> u64 {
    let low = number.magnitude().iter_u64_digits().next().unwrap_or(0);
    if number.sign() == Sign::Minus { low.wrapping_neg() } else { low }
}

/// StringToBigInt (ECMA-262 7.1.14).
pub fn text_to_bigint(text: &str) -> Option<BigInt> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.is_empty() {
        return Some(BigInt::ZERO);
    }
    let radix = match text.get(..2) {
        Some("0x" | "0X") => 16,
        Some("0o" | "0O") => 8,
        Some("0b" | "0B") => 2,
        _ => 10,
    };
    let digits = if radix == 10 { text } else { &text[2..] };
    let unsigned = if radix == 10 { digits.strip_prefix(['+', '-']).unwrap_or(digits) } else { digits };
    if unsigned.is_empty() || !unsigned.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    BigInt::parse_bytes(digits.as_bytes(), radix)
}
