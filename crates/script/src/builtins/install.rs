//! How built-in objects get their functions and constants.

use semispace_heap::Word;

use crate::atoms::Atom;
use crate::object::Key;
use crate::shape::Attributes;
use crate::vm::{Completion, Intrinsic, NativeFn, NativeInfo, Origin, OwnCode, Vm};

/// A native function: its name, `length` and code.
pub type Function = (&'static str, u8, NativeFn);

/// Whether `new` accepts a native function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Only plain calls
    Call,
    /// Calls and `new`
    Construct,
}

/// A native function object.
///
/// # Errors
/// Out of memory.
pub fn native(vm: &mut Vm, (name, length, code): Function, usage: Use) -> Completion<Word> {
    let name = vm.intern(name)?;
    named_native(vm, name, (length, code), usage)
}

fn named_native(vm: &mut Vm, name: Atom, (length, code): (u8, NativeFn), usage: Use) -> Completion<Word> {
    let number = vm.natives.len() as u32;
    vm.natives.push(NativeInfo { name, length, function: code, constructor: usage == Use::Construct });
    vm.new_native(number)
}

/// Defines a property that is writable and configurable but not enumerable.
///
/// # Errors
/// Out of memory.
pub fn define(vm: &mut Vm, object: Word, name: &str, word: Word) -> Completion {
    let mark = vm.roots.handle_mark();
    let (object, word) = (vm.handle(object), vm.handle(word));
    let atom = vm.intern(name)?;
    vm.define_data(vm.at(object), Key::Atom(atom), vm.at(word), Attributes::HIDDEN)?;
    vm.roots.release_handles(mark);
    Ok(())
}

/// Defines methods.
///
/// # Errors
/// Out of memory.
pub fn methods(vm: &mut Vm, object: Word, functions: &[Function]) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    for &(name, length, code) in functions {
        let method = native(vm, (name, length, code), Use::Call)?;
        define(vm, vm.at(object), name, method)?;
    }
    vm.roots.release_handles(mark);
    Ok(())
}

/// Defines a method under a symbol; `name` is the function's name.
///
/// # Errors
/// Out of memory.
pub fn symbol_method(vm: &mut Vm, object: Word, symbol: Atom, method: Function) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    let method = native(vm, method, Use::Call)?;
    vm.define_data(vm.at(object), Key::Atom(symbol), method, Attributes::HIDDEN)?;
    vm.roots.release_handles(mark);
    Ok(())
}

/// Defines a getter, and a setter where there is one.
///
/// # Errors
/// Out of memory.
pub fn accessor(
    vm: &mut Vm,
    object: Word,
    name: &str,
    get: NativeFn,
    set: Option<NativeFn>,
) -> Completion<Word> {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    let getter_name = vm.intern(&format!("get {name}"))?;
    let getter = named_native(vm, getter_name, (0, get), Use::Call)?;
    let getter = vm.handle(getter);
    let setter = match set {
        Some(set) => {
            let setter_name = vm.intern(&format!("set {name}"))?;
            let setter = named_native(vm, setter_name, (1, set), Use::Call)?;
            Some(vm.handle(setter))
        }
        None => None,
    };
    let atom = vm.intern(name)?;
    let setter = setter.map(|setter| vm.at(setter));
    let object = vm.at(object);
    vm.define_accessor(object, Key::Atom(atom), Some(vm.at(getter)), setter, Attributes::CONFIGURABLE_ONLY)?;
    let getter = vm.at(getter);
    vm.roots.release_handles(mark);
    Ok(getter)
}

/// Defines a getter under a symbol; `name` is the function's name.
///
/// # Errors
/// Out of memory.
pub fn symbol_getter(vm: &mut Vm, object: Word, symbol: Atom, (name, get): (&str, NativeFn)) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    let name = vm.intern(name)?;
    let getter = named_native(vm, name, (0, get), Use::Call)?;
    vm.define_accessor(vm.at(object), Key::Atom(symbol), Some(getter), None, Attributes::CONFIGURABLE_ONLY)?;
    vm.roots.release_handles(mark);
    Ok(())
}

/// `get [Symbol.species]`: the constructor itself.
///
/// # Errors
/// Out of memory.
pub fn species(vm: &mut Vm, class: Word) -> Completion {
    let symbol = vm.names.symbol_species;
    symbol_getter(vm, class, symbol, ("get [Symbol.species]", |vm, args| Ok(vm.this(args))))
}

/// Defines numbers that cannot be changed.
///
/// # Errors
/// Out of memory.
pub fn constants(vm: &mut Vm, object: Word, numbers: &[(&str, f64)]) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    for &(name, number) in numbers {
        let atom = vm.intern(name)?;
        let word = vm.number(number)?;
        vm.define_data(vm.at(object), Key::Atom(atom), word, Attributes::FIXED)?;
    }
    vm.roots.release_handles(mark);
    Ok(())
}

/// `object[Symbol.toStringTag]`
///
/// # Errors
/// Out of memory.
pub fn tag(vm: &mut Vm, object: Word, text: &str) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    let word = interned(vm, text)?;
    let symbol = vm.names.symbol_to_string_tag;
    vm.define_data(vm.at(object), Key::Atom(symbol), word, Attributes::CONFIGURABLE_ONLY)?;
    vm.roots.release_handles(mark);
    Ok(())
}

/// An interned string.
///
/// # Errors
/// Out of memory.
pub fn interned(vm: &mut Vm, text: &str) -> Completion<Word> {
    let atom = vm.intern(text)?;
    Ok(vm.roots.atoms.word(atom))
}

/// A second key for the value of a property.
///
/// # Errors
/// Out of memory.
pub fn alias(vm: &mut Vm, object: Word, name: &str, key: Atom) -> Completion {
    let mark = vm.roots.handle_mark();
    let object = vm.handle(object);
    let atom = vm.intern(name)?;
    let word = vm.get_data(vm.at(object), Key::Atom(atom));
    vm.define_data(vm.at(object), Key::Atom(key), word, Attributes::HIDDEN)?;
    vm.roots.release_handles(mark);
    Ok(())
}

/// A constructor and its prototype object, which are linked with each other; the constructor becomes a global.
///
/// # Errors
/// Out of memory.
pub fn constructor(vm: &mut Vm, code: Function, prototype: Intrinsic) -> Completion<Word> {
    let class = native(vm, code, Use::Construct)?;
    let class = vm.handle(class);
    let atom = vm.names.prototype;
    vm.define_data(vm.at(class), Key::Atom(atom), vm.intrinsic(prototype), Attributes::FIXED)?;
    let atom = vm.names.constructor;
    vm.define_data(vm.intrinsic(prototype), Key::Atom(atom), vm.at(class), Attributes::HIDDEN)?;
    define(vm, vm.intrinsic(Intrinsic::Global), code.0, vm.at(class))?;
    Ok(vm.at(class))
}

/// An object of functions, such as Math, under a global name.
///
/// # Errors
/// Out of memory.
pub fn namespace(vm: &mut Vm, name: &str) -> Completion<Word> {
    let object = Word::reference(vm.new_plain_object()?);
    let object = vm.handle(object);
    tag(vm, vm.at(object), name)?;
    define(vm, vm.intrinsic(Intrinsic::Global), name, vm.at(object))?;
    Ok(vm.at(object))
}

/// A part of the prelude. Names in it that begin with `$` are helpers' natives, or globals.
#[derive(Clone, Copy, Debug)]
pub struct Prelude {
    /// Its name.
    pub file: &'static str,
    /// Its outline, compiled.
    pub outline: &'static [u8],
    /// What of it is linked late.
    pub late: OwnCode,
}

impl Prelude {
    /// Links and runs the outline.
    ///
    /// # Errors
    /// Out of memory; whatever the prelude throws.
    pub fn install(&self, vm: &mut Vm, origin: Origin) -> Completion {
        let first = vm.link_outline(self, origin)?;
        let function = vm.new_closure(first, crate::value::UNDEFINED)?;
        vm.enter(&[function, crate::value::UNDEFINED])?;
        match vm.run(u64::MAX) {
            crate::vm::Exit::OutOfMemory(error) => Err(crate::vm::Abrupt::OutOfMemory(error)),
            exit => {
                debug_assert!(exit == crate::vm::Exit::Finished, "{}: {exit:?}", self.file);
                Ok(())
            }
        }
    }
}
