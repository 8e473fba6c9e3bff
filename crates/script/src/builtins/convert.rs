//! Arguments of native functions as Rust values.
//!
//! An object where a primitive is needed may have script code in its `valueOf` or `toString`; a native function cannot
//! run it, so it asks to be called again with the argument made primitive ([`Abrupt::Coerce`]). Functions here are
//! called before anything is changed.

use semispace_heap::Word;

use super::number_parse;
use crate::value::{NULL, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Vm};

/// Argument `index` as a number.
///
/// # Errors
/// A TypeError for symbols and BigInts; a request to coerce an object.
pub fn number(vm: &mut Vm, args: Args, index: usize) -> Completion<f64> {
    let word = vm.arg(args, index);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(index as u32 + 1, Hint::Number));
    }
    vm.primitive_to_number(word)
}

/// Argument `index` as an integer or an infinity; NaN is 0.
///
/// # Errors
/// As [`number`].
pub fn integer(vm: &mut Vm, args: Args, index: usize) -> Completion<f64> {
    let number = number(vm, args, index)?;
    Ok(if number.is_nan() { 0.0 } else { number.trunc() })
}

/// Argument `index` as a position from the start, counted from the end where it is negative, at most `length`.
/// Undefined is `default`.
///
/// # Errors
/// As [`number`].
pub fn relative(vm: &mut Vm, args: Args, index: usize, length: usize, default: usize) -> Completion<usize> {
    if vm.arg(args, index) == UNDEFINED {
        return Ok(default);
    }
    let position = integer(vm, args, index)?;
    let length = length as f64;
    Ok(if position < 0.0 { (length + position).max(0.0) } else { position.min(length) } as usize)
}

/// Argument `index` as a string value.
///
/// # Errors
/// A TypeError for symbols; a request to coerce an object; out of memory.
pub fn string(vm: &mut Vm, args: Args, index: usize) -> Completion<Word> {
    let word = vm.arg(args, index);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(index as u32 + 1, Hint::String));
    }
    vm.primitive_to_string(word)
}

/// Argument `index` as UTF-16 code units.
///
/// # Errors
/// As [`string`].
pub fn units(vm: &mut Vm, args: Args, index: usize) -> Completion<Vec<u16>> {
    let string = string(vm, args, index)?;
    Ok(vm.units(string))
}

/// `this` of a string method as a string value; `name` is the method's, for the message.
///
/// # Errors
/// A TypeError for undefined, null and symbols; a request to coerce an object.
pub fn this_string(vm: &mut Vm, args: Args, name: &str) -> Completion<Word> {
    let this = vm.this(args);
    if vm.is_string(this) {
        return Ok(this);
    }
    if this == UNDEFINED || this == NULL {
        return Err(vm.type_error(&format!("String.prototype.{name} called on null or undefined")));
    }
    if vm.is_object(this) {
        return Err(Abrupt::Coerce(0, Hint::String));
    }
    vm.primitive_to_string(this)
}

/// A string's number, by `Number(text)`.
pub fn text_to_number(vm: &Vm, string: Word) -> f64 {
    number_parse::number(&vm.units(string))
}
