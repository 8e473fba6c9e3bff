//! The functions of the global object that belong to no class, and its constants.

use semispace_heap::Word;

use super::convert;
use super::install::{Function, methods};
use super::uri::{self, MalformedUri, Part};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::UNDEFINED;
use crate::vm::{Args, Completion, Intrinsic, Vm};

const FUNCTIONS: &[Function] = &[
    ("encodeURIComponent", 1, encode_component),
    ("encodeURI", 1, encode_uri),
    ("decodeURIComponent", 1, decode_component),
    ("decodeURI", 1, decode_uri),
    ("escape", 1, escape),
    ("unescape", 1, unescape),
    ("eval", 1, eval),
];

/// Global functions and constants.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let global = vm.intrinsic(Intrinsic::Global);
    methods(vm, global, FUNCTIONS)?;
    let (nan, infinity) = (vm.number(f64::NAN)?, vm.number(f64::INFINITY)?);
    for (name, word) in [("NaN", nan), ("Infinity", infinity), ("undefined", UNDEFINED)] {
        let atom = vm.intern(name)?;
        vm.define_data(global, Key::Atom(atom), word, Attributes::FIXED)?;
    }
    Ok(())
}

/// Direct and indirect eval are refused, as under a strict Content-Security-Policy.
fn eval(vm: &mut Vm, args: Args) -> Completion<Word> {
    let source = vm.arg(args, 0);
    if !vm.is_string(source) {
        return Ok(source);
    }
    Err(vm.throw_error(Intrinsic::EvalErrorPrototype, "`eval` is not supported"))
}

fn text(vm: &mut Vm, text: Result<String, MalformedUri>) -> Completion<Word> {
    match text {
        Ok(text) => vm.string(&text),
        Err(MalformedUri) => Err(malformed(vm)),
    }
}

fn malformed(vm: &mut Vm) -> crate::vm::Abrupt {
    vm.throw_error(Intrinsic::UriErrorPrototype, "URI malformed")
}

fn encode_component(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    text(vm, uri::encode(&units, Part::Component))
}

fn encode_uri(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    text(vm, uri::encode(&units, Part::Whole))
}

fn decode_component(vm: &mut Vm, args: Args) -> Completion<Word> {
    decode(vm, args, Part::Component)
}

fn decode_uri(vm: &mut Vm, args: Args) -> Completion<Word> {
    decode(vm, args, Part::Whole)
}

fn decode(vm: &mut Vm, args: Args, part: Part) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    match uri::decode(&units, part) {
        Ok(units) => vm.string_from_units(&units),
        Err(MalformedUri) => Err(malformed(vm)),
    }
}

fn escape(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    vm.string(&uri::escape(&units))
}

fn unescape(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    vm.string_from_units(&uri::unescape(&units))
}
