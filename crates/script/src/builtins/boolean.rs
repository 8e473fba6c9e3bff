//! Boolean.

use semispace_heap::Word;

use super::install::{Function, constructor, interned, methods};
use crate::value;
use crate::vm::{Args, Completion, Intrinsic, Vm};

const METHODS: &[Function] = &[("toString", 0, to_string), ("valueOf", 0, value_of)];

/// Boolean and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    constructor(vm, ("Boolean", 1, construct), Intrinsic::BooleanPrototype)?;
    methods(vm, vm.intrinsic(Intrinsic::BooleanPrototype), METHODS)
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let truth = value::boolean(vm.truthy(vm.arg(args, 0)));
    if args.is_construct() { vm.wrap_primitive(args, truth, Intrinsic::BooleanPrototype) } else { Ok(truth) }
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let primitive = vm.unwrap_primitive(vm.this(args));
    if primitive == value::TRUE || primitive == value::FALSE {
        return Ok(primitive);
    }
    Err(vm.type_error("Boolean.prototype.valueOf requires that 'this' be a Boolean"))
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let truth = value_of(vm, args)?;
    interned(vm, if truth == value::TRUE { "true" } else { "false" })
}
