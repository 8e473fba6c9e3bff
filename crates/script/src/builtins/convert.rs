//! Arguments of native functions as Rust values.
//!
//! They may ask for the native function to be called again with a primitive argument ([`crate::vm::Abrupt::Coerce`]), so they
//! are called before anything is changed.

use crate::value::UNDEFINED;
use crate::vm::{Args, Completion, Vm};

/// Argument `index` as a position from the start, counted from the end where it is negative, at most `length`.
/// Undefined is `default`.
///
/// # Errors
/// As [`Vm::number_arg`].
#[inline(never)]
pub fn relative(vm: &mut Vm, args: Args, index: usize, length: usize, default: usize) -> Completion<usize> {
    if vm.arg(args, index) == UNDEFINED {
        return Ok(default);
    }
    let position = vm.integer_arg(args, index, 0.0)?;
    let length = length as f64;
    Ok(if position < 0.0 { (length + position).max(0.0) } else { position.min(length) } as usize)
}

/// Argument `index` as UTF-16 code units.
///
/// # Errors
/// As [`Vm::string_arg`].
pub fn units(vm: &mut Vm, args: Args, index: usize) -> Completion<Vec<u16>> {
    let string = vm.string_arg(args, index)?;
    Ok(vm.units(string))
}
