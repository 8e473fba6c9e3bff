//! Error and its classes.

use semispace_heap::Word;

use super::install::{Function, Use, constructor, define, interned, methods, native};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::UNDEFINED;
use crate::vm::{Args, Completion, Intrinsic, NativeFn, Vm};

const CLASSES: &[(&str, Intrinsic, NativeFn)] = &[
    ("TypeError", Intrinsic::TypeErrorPrototype, type_error),
    ("RangeError", Intrinsic::RangeErrorPrototype, range_error),
    ("ReferenceError", Intrinsic::ReferenceErrorPrototype, reference_error),
    ("SyntaxError", Intrinsic::SyntaxErrorPrototype, syntax_error),
    ("EvalError", Intrinsic::EvalErrorPrototype, eval_error),
    ("URIError", Intrinsic::UriErrorPrototype, uri_error),
];

/// Error, its classes and their prototypes.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let error = constructor(vm, ("Error", 1, error), Intrinsic::ErrorPrototype)?;
    let error = vm.handle(error);
    methods(vm, vm.at(error), &[("captureStackTrace", 2, capture_stack_trace)])?;
    let frames: Function = ("$stackFrames", 1, |vm, args| vm.stack_frames(vm.arg(args, 0)));
    methods(vm, vm.intrinsic(Intrinsic::Helpers), &[frames])?;
    define(vm, vm.at(error), "stackTraceLimit", Word::smi(10))?;
    describe_prototype(vm, Intrinsic::ErrorPrototype, "Error")?;
    for &(name, prototype, code) in CLASSES {
        let class = constructor(vm, (name, 1, code), prototype)?;
        vm.set_prototype(class, vm.at(error));
        describe_prototype(vm, prototype, name)?;
    }
    let aggregate = native(vm, ("AggregateError", 2, aggregate_error), Use::Construct)?;
    install_aggregate(vm, aggregate, vm.at(error))
}

fn install_aggregate(vm: &mut Vm, class: Word, error: Word) -> Completion {
    let (class, error) = (vm.handle(class), vm.handle(error));
    let parent = vm.intrinsic(Intrinsic::ErrorPrototype);
    let prototype = Word::reference(vm.new_object_with_prototype(parent)?);
    let prototype = vm.handle(prototype);
    vm.set_prototype(vm.at(class), vm.at(error));
    let atom = vm.names.prototype;
    vm.define_data(vm.at(class), Key::Atom(atom), vm.at(prototype), Attributes::FIXED)?;
    define(vm, vm.at(prototype), "constructor", vm.at(class))?;
    let name = interned(vm, "AggregateError")?;
    define(vm, vm.at(prototype), "name", name)?;
    let empty = interned(vm, "")?;
    define(vm, vm.at(prototype), "message", empty)?;
    define(vm, vm.intrinsic(Intrinsic::Global), "AggregateError", vm.at(class))
}

fn describe_prototype(vm: &mut Vm, prototype: Intrinsic, name: &str) -> Completion {
    let name = interned(vm, name)?;
    define(vm, vm.intrinsic(prototype), "name", name)?;
    let empty = interned(vm, "")?;
    define(vm, vm.intrinsic(prototype), "message", empty)
}

macro_rules! classes {
    ($($name:ident $prototype:ident;)*) => {
        $(fn $name(vm: &mut Vm, args: Args) -> Completion<Word> {
            construct(vm, args, Intrinsic::$prototype, 0)
        })*
    };
}

classes! {
    error ErrorPrototype;
    type_error TypeErrorPrototype;
    range_error RangeErrorPrototype;
    reference_error ReferenceErrorPrototype;
    syntax_error SyntaxErrorPrototype;
    eval_error EvalErrorPrototype;
    uri_error UriErrorPrototype;
}

/// An error object; the message is argument `first`, the options are the next one.
fn construct(vm: &mut Vm, args: Args, default: Intrinsic, first: usize) -> Completion<Word> {
    let message = match vm.arg(args, first) {
        UNDEFINED => None,
        _ => {
            let text = vm.string_arg(args, first)?;
            Some(vm.handle(text))
        }
    };
    // The stack of an instance of a derived class begins where that was made.
    let (prototype, until) = if args.is_construct() {
        let target = vm.this(args);
        let derived = target != vm.callee(args);
        (vm.prototype_for(target, default), if derived { target } else { UNDEFINED })
    } else {
        (vm.intrinsic(default), UNDEFINED)
    };
    let error = vm.new_error_with(prototype, message, until)?;
    let error = vm.handle(error);
    let options = vm.arg(args, first + 1);
    let cause = Key::Atom(vm.names.cause);
    if vm.is_object(options) && vm.find_property(options, cause).is_some() {
        let word = vm.get_data(options, cause);
        vm.define_data(vm.at(error), cause, word, Attributes::HIDDEN)?;
    }
    Ok(vm.at(error))
}

fn aggregate_error(vm: &mut Vm, args: Args) -> Completion<Word> {
    let callee = vm.callee(args);
    let prototype = vm.get_data(callee, Key::Atom(vm.names.prototype));
    let prototype = vm.handle(prototype);
    let error = construct(vm, args, Intrinsic::ErrorPrototype, 1)?;
    let error = vm.handle(error);
    if vm.prototype_of(vm.at(error)) == vm.intrinsic(Intrinsic::ErrorPrototype) {
        vm.set_prototype(vm.at(error), vm.at(prototype));
    }
    let list = vm.arg(args, 0);
    vm.request_helper("fillErrors", &[vm.at(error), list])
}

/// `Error.captureStackTrace(object, until)`
fn capture_stack_trace(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = vm.arg(args, 0);
    if !vm.is_object(object) {
        let text = vm.brief(object);
        return Err(vm.type_error(&format!("Invalid argument: {text}")));
    }
    vm.capture_stack(object, vm.arg(args, 1))?;
    Ok(UNDEFINED)
}
