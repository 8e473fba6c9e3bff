//! Number, and the global functions that read numbers.

use semispace_heap::Word;

use super::{convert, number_format as format, number_parse};
use crate::object::Key;
use crate::value::{self, UNDEFINED};
use crate::vm::arithmetic::to_int32;
use crate::vm::{Args, Completion, Intrinsic, Vm};

use super::install::{Function, constants, constructor, define, methods};

const METHODS: &[Function] = &[
    ("toString", 1, to_string),
    ("toLocaleString", 0, to_locale_string),
    ("valueOf", 0, value_of),
    ("toFixed", 1, to_fixed),
    ("toExponential", 1, to_exponential),
    ("toPrecision", 1, to_precision),
];

const STATICS: &[Function] = &[
    ("isFinite", 1, number_is_finite),
    ("isInteger", 1, is_integer),
    ("isNaN", 1, number_is_nan),
    ("isSafeInteger", 1, is_safe_integer),
];

const GLOBALS: &[Function] = &[
    ("parseFloat", 1, parse_float),
    ("parseInt", 2, parse_int),
    ("isNaN", 1, is_nan),
    ("isFinite", 1, is_finite),
];

const CONSTANTS: &[(&str, f64)] = &[
    ("MAX_VALUE", f64::MAX),
    ("MIN_VALUE", 5e-324),
    ("NaN", f64::NAN),
    ("NEGATIVE_INFINITY", f64::NEG_INFINITY),
    ("POSITIVE_INFINITY", f64::INFINITY),
    ("MAX_SAFE_INTEGER", 9_007_199_254_740_991.0),
    ("MIN_SAFE_INTEGER", -9_007_199_254_740_991.0),
    ("EPSILON", f64::EPSILON),
];

/// Number and its relatives.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let number = constructor(vm, ("Number", 1, construct), Intrinsic::NumberPrototype)?;
    methods(vm, vm.intrinsic(Intrinsic::NumberPrototype), METHODS)?;
    methods(vm, number, STATICS)?;
    constants(vm, number, CONSTANTS)?;
    methods(vm, vm.intrinsic(Intrinsic::Helpers), &[("$localeDigits", 5, locale_digits)])?;
    let global = vm.intrinsic(Intrinsic::Global);
    methods(vm, global, GLOBALS)?;
    for name in ["parseFloat", "parseInt"] {
        let atom = vm.intern(name)?;
        let function = vm.get_data(global, Key::Atom(atom));
        define(vm, number, name, function)?;
    }
    Ok(())
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = match vm.bigint_to_number(vm.arg(args, 0)) {
        Some(number) => number,
        None if args.count() == 0 => 0.0,
        None => vm.number_arg(args, 0)?,
    };
    let word = vm.number(number)?;
    if args.is_construct() { vm.wrap_primitive(args, word, Intrinsic::NumberPrototype) } else { Ok(word) }
}

fn this_number(vm: &mut Vm, args: Args, name: &str) -> Completion<f64> {
    let this = vm.this(args);
    let primitive = vm.unwrap_primitive(this);
    match vm.as_number(primitive) {
        Some(number) => Ok(number),
        None => Err(vm.type_error(&format!("Number.prototype.{name} requires that 'this' be a Number"))),
    }
}

fn digits(vm: &mut Vm, args: Args, name: &str, least: f64) -> Completion<usize> {
    let digits = vm.integer_arg(args, 0, 0.0)?;
    if (least..=100.0).contains(&digits) {
        return Ok(digits as usize);
    }
    let message = if name == "toPrecision" {
        "toPrecision() argument must be between 1 and 100".to_owned()
    } else if name == "toFixed" {
        "toFixed() digits argument must be between 0 and 100".to_owned()
    } else {
        format!("{name}() argument must be between {least} and 100")
    };
    Err(vm.range_error(&message))
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "toString")?;
    let radix = if vm.arg(args, 0) == UNDEFINED { 10.0 } else { vm.integer_arg(args, 0, 0.0)? };
    if !(2.0..=36.0).contains(&radix) {
        return Err(vm.range_error("toString() radix argument must be between 2 and 36"));
    }
    let text = if radix == 10.0 || !number.is_finite() {
        format::shortest(number)
    } else {
        format::in_radix(number, radix as u32)
    };
    vm.string(&text)
}

fn to_locale_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "toLocaleString")?;
    if vm.arg(args, 1) != UNDEFINED {
        let number = vm.number(number)?;
        return vm.request_helper("localeText", &[number, vm.arg(args, 1)]);
    }
    vm.string(&format::en_us(number))
}

/// `$localeDigits(number, integer, least, most, grouped)`: see `prelude/locale.js`.
fn locale_digits(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = vm.as_number(vm.arg(args, 0)).unwrap_or(f64::NAN);
    let count = |index| vm.arg(args, index).as_smi().unwrap_or(0).max(0) as usize;
    let digits = format::LocaleDigits {
        integer: count(1),
        fraction: count(2)..=count(3),
        grouped: vm.arg(args, 4) == value::TRUE,
    };
    vm.string(&digits.text(number.abs()))
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "valueOf")?;
    vm.number(number)
}

fn to_fixed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "toFixed")?;
    let digits = digits(vm, args, "toFixed", 0.0)?;
    let text = if number.abs() < 1e21 { format::fixed(number, digits) } else { format::shortest(number) };
    vm.string(&text)
}

fn to_exponential(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "toExponential")?;
    let wanted = vm.arg(args, 0) != UNDEFINED;
    if !number.is_finite() {
        return vm.string(&format::shortest(number));
    }
    let digits = digits(vm, args, "toExponential", 0.0)?;
    vm.string(&format::exponential(number, wanted.then_some(digits)))
}

fn to_precision(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = this_number(vm, args, "toPrecision")?;
    if vm.arg(args, 0) == UNDEFINED || !number.is_finite() {
        return vm.string(&format::shortest(number));
    }
    let digits = digits(vm, args, "toPrecision", 1.0)?;
    vm.string(&format::precision(number, digits))
}

fn number_is_finite(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.as_number(vm.arg(args, 0)).is_some_and(f64::is_finite)))
}

fn is_integer(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.as_number(vm.arg(args, 0)).is_some_and(|n| n.is_finite() && n.fract() == 0.0)))
}

fn number_is_nan(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.as_number(vm.arg(args, 0)).is_some_and(f64::is_nan)))
}

fn is_safe_integer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let is_safe = |n: f64| n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_991.0;
    Ok(value::boolean(vm.as_number(vm.arg(args, 0)).is_some_and(is_safe)))
}

fn parse_float(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    vm.number(number_parse::parse_float(&units))
}

fn parse_int(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    let radix = vm.integer_arg(args, 1, 0.0)?;
    let radix = to_int32(radix);
    vm.number(number_parse::parse_int(&units, radix))
}

fn is_nan(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.number_arg(args, 0)?.is_nan()))
}

fn is_finite(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.number_arg(args, 0)?.is_finite()))
}
