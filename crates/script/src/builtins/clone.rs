//! What `prelude/clone.js` needs to copy objects that keep something inside.

use semispace_heap::Word;

use super::install::{Function, methods};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$cloneKind", 1, kind),
    ("$isDense", 1, is_dense),
    ("$cloneDate", 1, date),
    ("$cloneBuffer", 1, buffer),
    ("$cloneView", 2, view),
    ("$cloneError", 3, error),
    ("$transferInto", 2, transfer),
];

/// Puts the natives where the prelude finds them.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `$cloneKind(object)`: what sort of thing is to be copied.
fn kind(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let name = match vm.kind(word) {
        Some(value::OBJECT | value::ARGUMENTS) => "object",
        Some(value::ARRAY) => "array",
        Some(value::DATE) => "date",
        Some(value::REGEXP) => "regexp",
        Some(value::MAP) => "map",
        Some(value::SET) => "set",
        Some(value::ERROR) => "error",
        Some(value::WRAPPER) => "wrapper",
        Some(value::ARRAY_BUFFER) => "buffer",
        Some(value::ARRAY_BUFFER_VIEW) => "view",
        _ => "none",
    };
    super::install::interned(vm, name)
}

/// `$isDense(array)`: it has all its elements, and nothing else.
fn is_dense(vm: &mut Vm, args: Args) -> Completion<Word> {
    let array = vm.arg(args, 0);
    let length = vm.dense_words(array).map(|words| words.len());
    let keys = array.as_ref().map(|array| vm.own_keys(array).len());
    Ok(value::boolean(length.map(|length| length + 1) == keys))
}

fn date(vm: &mut Vm, args: Args) -> Completion<Word> {
    let time = vm.arg(args, 0).as_ref().map_or(f64::NAN, |date| vm.date_value(date));
    vm.new_date(time)
}

/// `$cloneBuffer(buffer)`: a copy of the bytes; undefined if they are gone.
fn buffer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(span) = vm.span(vm.arg(args, 0)) else { return Ok(UNDEFINED) };
    let prototype = vm.intrinsic(Intrinsic::ArrayBufferPrototype);
    let copy = vm.new_array_buffer(prototype, span.length, None)?;
    if let (Some(from), Some(to)) = (vm.span(vm.arg(args, 0)), vm.span(Word::reference(copy))) {
        vm.copy_span(from, to);
    }
    Ok(Word::reference(copy))
}

/// `$cloneView(view, buffer)`: the same view of another buffer.
fn view(vm: &mut Vm, args: Args) -> Completion<Word> {
    let source = vm.arg(args, 0);
    let (Some(view), sort) = (source.as_ref(), vm.element_type(source)) else { return Ok(UNDEFINED) };
    let offset = vm.view_offset(view);
    let length = vm.span(source).map_or(0, |span| span.length) >> sort.map_or(0, |sort| sort.shift());
    let prototype = match sort {
        Some(sort) => super::typed_array::prototype_of(vm, sort),
        None => vm.intrinsic(Intrinsic::DataViewPrototype),
    };
    vm.new_view(prototype, vm.arg(args, 1), sort, (offset, Some(length))).map(Word::reference)
}

/// `$cloneError(name, message, stack)`: an error of the class of that name.
fn error(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = if vm.is_string(vm.arg(args, 0)) { vm.text(vm.arg(args, 0)) } else { String::new() };
    let prototype = match name.as_str() {
        "TypeError" => Intrinsic::TypeErrorPrototype,
        "RangeError" => Intrinsic::RangeErrorPrototype,
        "ReferenceError" => Intrinsic::ReferenceErrorPrototype,
        "SyntaxError" => Intrinsic::SyntaxErrorPrototype,
        "EvalError" => Intrinsic::EvalErrorPrototype,
        "URIError" => Intrinsic::UriErrorPrototype,
        _ => Intrinsic::ErrorPrototype,
    };
    let message = vm.arg(args, 1);
    let message = if vm.is_string(message) { Some(vm.handle(message)) } else { None };
    let error = vm.new_error_with(vm.intrinsic(prototype), message, UNDEFINED)?;
    let error = vm.handle(error);
    let stack = vm.names.stack;
    vm.define_data(vm.at(error), Key::Atom(stack), vm.arg(args, 2), Attributes::HIDDEN)?;
    Ok(vm.at(error))
}

/// `$transferInto(from, to)`: moves the bytes of a buffer to an empty one.
fn transfer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (from, to) = (vm.arg(args, 0), vm.arg(args, 1));
    if let (Some(span), Some(from), Some(to)) = (vm.span(from), from.as_ref(), to.as_ref()) {
        vm.move_bytes_into(from, to, span.length, None);
    }
    Ok(UNDEFINED)
}
