//! BigInt.

use num_bigint::{BigInt, Sign};
use semispace_heap::Word;

use super::array_buffer::index_arg;
use super::install::{Function, constructor, methods, tag};
use super::number_format::{exact_digits, signed};
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

const METHODS: &[Function] =
    &[("toLocaleString", 0, to_locale_string), ("toString", 0, to_string), ("valueOf", 0, value_of)];
const STATICS: &[Function] = &[("asIntN", 2, as_int_n), ("asUintN", 2, as_uint_n)];

/// BigInt and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("BigInt", 1, construct), Intrinsic::BigIntPrototype)?;
    methods(vm, class, STATICS)?;
    let prototype = vm.intrinsic(Intrinsic::BigIntPrototype);
    methods(vm, prototype, METHODS)?;
    tag(vm, prototype, "BigInt")
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    if args.is_construct() {
        return Err(vm.type_error("BigInt is not a constructor"));
    }
    let word = vm.arg(args, 0);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(1, Hint::Number));
    }
    let Some(number) = vm.as_number(word) else {
        let number = vm.to_bigint(word)?;
        return vm.new_bigint(&number);
    };
    if number.fract() != 0.0 || !number.is_finite() {
        let text = super::number_format::shortest(number);
        return Err(vm.range_error(&format!(
            "The number {text} cannot be converted to a BigInt because it is not an integer"
        )));
    }
    if number.abs() < 9_007_199_254_740_992.0 {
        return vm.bigint_from_i64(number as i64);
    }
    vm.new_bigint(&from_integer(number))
}

/// An integral double as a BigInt.
pub(crate) fn from_integer(number: f64) -> BigInt {
    let bits = number.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i32 - 1075;
    let mantissa = BigInt::from(bits & ((1 << 52) - 1) | 1 << 52);
    let magnitude = match exponent {
        _ if number == 0.0 => BigInt::ZERO,
        0.. => mantissa << exponent,
        _ => mantissa >> exponent.unsigned_abs(),
    };
    if number < 0.0 { -magnitude } else { magnitude }
}

/// The BigInt in argument `index`; ToBigInt.
fn bigint_arg(vm: &mut Vm, args: Args, index: usize) -> Completion<BigInt> {
    let word = vm.arg(args, index);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(index as u32 + 1, Hint::Number));
    }
    vm.to_bigint(word)
}

fn this_bigint(vm: &mut Vm, args: Args, name: &str) -> Completion<BigInt> {
    let word = vm.unwrap_primitive(vm.this(args));
    match vm.as_bigint(word) {
        Some(number) => Ok(number),
        None => Err(vm.type_error(&format!("BigInt.prototype.{name} requires that 'this' be a BigInt"))),
    }
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_bigint(vm, args, "toString")?;
    let radix = if vm.arg(args, 0) == UNDEFINED { 10.0 } else { vm.integer_arg(args, 0, 0.0)? };
    if !(2.0..=36.0).contains(&radix) {
        return Err(vm.range_error("toString() radix must be between 2 and 36"));
    }
    let text = match number.magnitude().iter_u64_digits() {
        digits if digits.len() > 1 => number.to_str_radix(radix as u32),
        mut digits => {
            let text = exact_digits(digits.next().unwrap_or(0), radix as u32);
            signed(number.sign() == Sign::Minus, text)
        }
    };
    vm.string(&text)
}

fn to_locale_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_bigint(vm, args, "toLocaleString")?;
    let digits = number.magnitude().to_string();
    let mut text = if number.sign() == Sign::Minus { "-".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    vm.string(&text)
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    this_bigint(vm, args, "valueOf")?;
    Ok(vm.unwrap_primitive(vm.this(args)))
}

fn as_int_n(vm: &mut Vm, args: Args) -> Completion<Word> {
    wrap(vm, args, true)
}

fn as_uint_n(vm: &mut Vm, args: Args) -> Completion<Word> {
    wrap(vm, args, false)
}

fn wrap(vm: &mut Vm, args: Args, signed: bool) -> Completion<Word> {
    let bits = index_arg(vm, args, 0, "Invalid value: not (convertible to) a safe integer")?;
    if let (1..=64, Some(word)) = (bits, Some(vm.arg(args, 1)).filter(|&word| is_bigint(vm, word))) {
        return wrap_to_digit(vm, word, bits as u32, signed);
    }
    let number = bigint_arg(vm, args, 1)?;
    let fits = number.bits() < bits;
    if bits == 0 {
        return vm.new_bigint(&BigInt::ZERO);
    }
    if fits && (signed || number.sign() != Sign::Minus) {
        if is_bigint(vm, vm.arg(args, 1)) {
            return Ok(vm.arg(args, 1));
        }
        return vm.new_bigint(&number);
    }
    if bits > crate::object::MAX_BIGINT_BITS {
        return Err(vm.range_error("Maximum BigInt size exceeded"));
    }
    let modulus = BigInt::from(1) << bits;
    let mut wrapped = num_integer::Integer::mod_floor(&number, &modulus);
    if signed && wrapped.bit(bits - 1) {
        wrapped -= modulus;
    }
    vm.new_bigint(&wrapped)
}

/// The same to at most one digit.
fn wrap_to_digit(vm: &mut Vm, word: Word, bits: u32, signed: bool) -> Completion<Word> {
    let small = vm.as_small_bigint(word);
    if small.is_some_and(|small| small.unsigned_abs() >> (bits - 1) == 0 && (signed || small >= 0)) {
        return Ok(word);
    }
    let top = vm.bigint_bits(word)? << (64 - bits);
    if signed {
        vm.bigint_from_i64(top as i64 >> (64 - bits))
    } else {
        vm.bigint_from_u64(top >> (64 - bits))
    }
}

/// `Number(bigint)`: the nearest double, ties to even.
pub(crate) fn to_number(number: &BigInt) -> f64 {
    let magnitude = number.magnitude();
    let bits = magnitude.bits();
    let value = if bits <= 64 {
        // Rounds once, to nearest even.
        magnitude.iter_u64_digits().next().unwrap_or(0) as f64
    } else if bits > 1024 {
        f64::INFINITY
    } else {
        let shift = bits - 64;
        let top = (magnitude >> shift).iter_u64_digits().next().unwrap_or(0);
        let sticky = u64::from(magnitude.trailing_zeros().unwrap_or(0) < shift);
        (top | sticky) as f64 * 2f64.powi(shift as i32)
    };
    if number.sign() == Sign::Minus { -value } else { value }
}

/// Whether a word is a BigInt.
pub(crate) fn is_bigint(vm: &Vm, word: Word) -> bool {
    vm.kind(word) == Some(value::BIGINT)
}
