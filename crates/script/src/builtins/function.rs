//! Function.prototype: `call`, `apply`, `bind`, `toString`. What `apply` does with other lists than plain arrays is in
//! `prelude/function.js`.

use semispace_heap::Word;

use super::install::{Function, Use, constructor, methods, native};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value;
use crate::vm::call::MAX_ARGUMENTS;
use crate::vm::{Args, Completion, Intrinsic, Vm};

const METHODS: &[Function] =
    &[("call", 1, call), ("apply", 2, apply), ("bind", 1, bind), ("toString", 0, to_string)];

/// Function and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    constructor(vm, ("Function", 1, construct), Intrinsic::FunctionPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::FunctionPrototype);
    methods(vm, prototype, METHODS)?;
    let has_instance = native(vm, ("[Symbol.hasInstance]", 1, has_instance), Use::Call)?;
    vm.roots.realm.set(Intrinsic::FunctionHasInstance, has_instance);
    let symbol = Key::Atom(vm.names.symbol_has_instance);
    vm.define_data(vm.intrinsic(Intrinsic::FunctionPrototype), symbol, has_instance, Attributes::FIXED)?;
    strict_callee(vm)
}

fn has_instance(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (constructor, object) = (vm.this(args), vm.arg(args, 0));
    if !vm.is_callable(constructor) {
        return Ok(value::FALSE);
    }
    if vm.has_proxy(object) || vm.has_proxy(constructor) {
        let helper = vm.helper("proxyInstanceOf");
        return vm.request_call(helper, value::UNDEFINED, &[object, constructor]);
    }
    vm.ordinary_has_instance(object, constructor).map(value::boolean)
}

/// What reading and writing `arguments.callee` does in strict code (ECMA-262 10.2.4.1: %ThrowTypeError%).
fn strict_callee(vm: &mut Vm) -> Completion {
    let thrower = native(vm, ("", 0, refuse_callee), Use::Call)?;
    let thrower = vm.handle(thrower);
    let pair = vm.allocate(value::ACCESSOR_PAIR, value::shapes::INTERNAL, 3)?;
    for half in [1, 2] {
        vm.heap.set(pair, half, vm.at(thrower));
    }
    vm.roots.realm.set(Intrinsic::StrictCallee, Word::reference(pair));
    Ok(())
}

fn refuse_callee(vm: &mut Vm, _: Args) -> Completion<Word> {
    Err(vm.type_error(
        "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them",
    ))
}

fn construct(vm: &mut Vm, _: Args) -> Completion<Word> {
    Err(vm.throw_error(
        Intrinsic::EvalErrorPrototype,
        "Code generation from strings disallowed for this context",
    ))
}

fn callable_this(vm: &mut Vm, args: Args, name: &str) -> Completion<Word> {
    let this = vm.this(args);
    if vm.is_callable(this) {
        return Ok(this);
    }
    let message = if name == "bind" {
        "Bind must be called on a function".to_owned()
    } else {
        format!("Function.prototype.{name} requires that 'this' be a Function")
    };
    Err(vm.type_error(&message))
}

fn call(vm: &mut Vm, args: Args) -> Completion<Word> {
    let callee = vm.this(args);
    if !vm.is_callable(callee) {
        return Err(vm.type_error("Function.prototype.call.call is not a function"));
    }
    vm.request_call_of(callee, args)
}

fn apply(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (callee, this, list) = (vm.this(args), vm.arg(args, 0), vm.arg(args, 1));
    match vm.dense_words(list) {
        Some(words) if words.len() <= MAX_ARGUMENTS && vm.is_callable(callee) => {
            vm.request_call(callee, this, &words)
        }
        _ => vm.request_helper("apply", &[callee, this, list]),
    }
}

fn bind(vm: &mut Vm, args: Args) -> Completion<Word> {
    callable_this(vm, args, "bind")?;
    let bound_count = args.count().saturating_sub(1);
    let list = bound_arguments(vm, args)?;
    let list = vm.handle(list);
    let prototype = vm.prototype_of(vm.this(args));
    let bound = Word::reference(vm.new_exotic(value::BOUND_FUNCTION, prototype, 3)?);
    let bound = vm.handle(bound);
    let object = vm.ref_at(bound);
    let words = [
        (value::BOUND_TARGET, vm.this(args)),
        (value::BOUND_THIS, vm.arg(args, 0)),
        (value::BOUND_ARGUMENTS, vm.at(list)),
    ];
    for (word, value) in words {
        vm.heap.set(object, word, value);
    }
    let target = vm.this(args);
    if target.as_ref().is_some_and(|target| vm.names_without_slot(target).len() == 2) {
        // They follow from the target's, as long as nobody asks otherwise.
        let name = format!("bound {}", vm.function_name_text(target));
        vm.intern(&name)?;
        return Ok(vm.at(bound));
    }
    let length = vm.as_number(vm.peek_data(target, Key::Atom(vm.names.length))).unwrap_or(0.0);
    let length = Word::smi((length as i32 - bound_count as i32).max(0));
    let atom = vm.names.length;
    vm.define_data(vm.at(bound), Key::Atom(atom), length, Attributes::CONFIGURABLE_ONLY)?;
    let name = format!("bound {}", vm.function_name_text(vm.this(args)));
    let name = vm.string(&name)?;
    let atom = vm.names.name;
    vm.define_data(vm.at(bound), Key::Atom(atom), name, Attributes::CONFIGURABLE_ONLY)?;
    Ok(vm.at(bound))
}

/// The arguments that `bind` keeps.
fn bound_arguments(vm: &mut Vm, args: Args) -> Completion<Word> {
    let count = args.count().saturating_sub(1);
    if count == 0 {
        return Ok(vm.intrinsic(Intrinsic::EmptyElements));
    }
    let list = vm.new_store(count as u32, value::UNDEFINED, value::shapes::ELEMENTS)?;
    for index in 0..count {
        let word = vm.arg(args, index + 1);
        vm.heap.set(list, value::FIXED_SLOTS + index as u32, word);
    }
    Ok(Word::reference(list))
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = callable_this(vm, args, "toString")?;
    let text = vm.brief_object(this);
    vm.string(&text)
}
