//! Putting native functions where scripts find them.

use semispace_heap::Word;

use crate::object::Key;
use crate::shape::Attributes;
use crate::vm::{Completion, Intrinsic, NativeFn, NativeInfo, Vm};

/// A native function: name, `length`, the Rust function.
pub type Function = (&'static str, u8, NativeFn);

/// A native function object.
///
/// # Errors
/// Out of memory.
pub fn native(vm: &mut Vm, (name, length, function): Function, constructor: bool) -> Completion<Word> {
    let name = vm.intern(name)?;
    let number = vm.natives.len() as u32;
    vm.natives.push(NativeInfo { name, length, function, constructor });
    vm.new_native(number)
}

/// Methods of an object: writable, configurable, not enumerable.
///
/// # Errors
/// Out of memory.
pub fn methods(vm: &mut Vm, object: Word, functions: &[Function]) -> Completion {
    for &function in functions {
        let atom = vm.intern(function.0)?;
        let word = native(vm, function, false)?;
        vm.define_data(object, Key::Atom(atom), word, Attributes::HIDDEN)?;
    }
    Ok(())
}

/// A hidden property: writable, configurable, not enumerable.
///
/// # Errors
/// Out of memory.
pub fn define(vm: &mut Vm, object: Word, name: &str, word: Word) -> Completion {
    let kept = vm.handle(word);
    let atom = vm.intern(name)?;
    vm.define_data(object, Key::Atom(atom), vm.at(kept), Attributes::HIDDEN)
}

/// A global constructor whose `prototype` is a built-in object.
///
/// # Errors
/// Out of memory.
pub fn constructor(vm: &mut Vm, function: Function, prototype: Intrinsic) -> Completion<Word> {
    let word = native(vm, function, true)?;
    let prototype = vm.intrinsic(prototype);
    let (prototype_atom, constructor_atom) = (vm.names.prototype, vm.names.constructor);
    vm.define_data(word, Key::Atom(prototype_atom), prototype, Attributes::FIXED)?;
    vm.define_data(prototype, Key::Atom(constructor_atom), word, Attributes::HIDDEN)?;
    let global = vm.intrinsic(Intrinsic::Global);
    define(vm, global, function.0, word)?;
    Ok(word)
}

/// `Symbol.toStringTag` of a prototype.
///
/// # Errors
/// Out of memory.
pub fn tag(vm: &mut Vm, object: Word, text: &str) -> Completion {
    let atom = vm.intern(text)?;
    let word = vm.roots.atoms.word(atom);
    let key = Key::Atom(vm.names.symbol_to_string_tag);
    vm.define_data(object, key, word, Attributes::CONFIGURABLE_ONLY)
}

/// Compiles and runs a part of the prelude. Names in it that begin with `$` are helpers' natives, or globals.
///
/// # Errors
/// Out of memory; whatever the prelude throws.
pub fn prelude(vm: &mut Vm, file: &str, source: &str) -> Completion {
    let script = match crate::compiler::compile_prelude(source) {
        Ok(script) => script,
        Err(error) => {
            debug_assert!(false, "{file}: {error}");
            return Ok(());
        }
    };
    let first = vm.link(&script, file, source, false)?;
    vm.resolve_intrinsic_names(first)?;
    let function = vm.new_closure(first, crate::value::UNDEFINED)?;
    vm.enter(&[function, crate::value::UNDEFINED])?;
    match vm.run(u64::MAX) {
        crate::vm::Exit::OutOfMemory(error) => Err(crate::vm::Abrupt::OutOfMemory(error)),
        exit => {
            debug_assert!(exit == crate::vm::Exit::Finished, "{file}: {exit:?}");
            Ok(())
        }
    }
}
