//! Proxy: making and revoking one. What it does is in `prelude/proxy.js`.

use semispace_heap::{Ref, Word};

use super::install::{Function, Use, define, methods, native};
use super::object::{change_prototype, key_array};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, ELEMENTS, FIXED_SLOTS, NULL, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

/// Word of a proxy that holds its target. The handler, null once the proxy is revoked, is where other objects have elements.
pub(crate) const TARGET: u32 = 3;

const INTRINSICS: &[Function] = &[
    ("$isProxy", 1, |vm, args| Ok(value::boolean(proxy(vm, args).is_some()))),
    ("$proxyTarget", 1, |vm, args| Ok(proxy(vm, args).map_or(NULL, |proxy| vm.heap.get(proxy, TARGET)))),
    ("$proxyHandler", 1, |vm, args| Ok(proxy(vm, args).map_or(NULL, |proxy| vm.heap.get(proxy, ELEMENTS)))),
    ("$getWith", 3, |vm, args| get_with(vm, args, 2)),
    ("$ownKeys", 1, own_keys),
    ("$prototypeOf", 1, |vm, args| Ok(vm.prototype_of(vm.arg(args, 0)))),
    ("$setPrototype", 2, set_prototype),
    ("$propertyKey", 1, property_key),
    ("$mayBeFixed", 2, may_be_fixed),
    ("$writeOwn", 3, write_own),
];

/// Those of Reflect that are mostly asked about plain objects; the others are in the prelude.
const REFLECT: &[Function] = &[("get", 2, reflect_get), ("has", 2, reflect_has)];

/// Proxy, and part of Reflect.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = native(vm, ("Proxy", 2, construct), Use::Construct)?;
    let class = vm.handle(class);
    methods(vm, vm.at(class), &[("revocable", 2, revocable)])?;
    define(vm, vm.intrinsic(Intrinsic::Global), "Proxy", vm.at(class))?;
    let reflect = Word::reference(vm.new_plain_object()?);
    let reflect = vm.handle(reflect);
    methods(vm, vm.at(reflect), REFLECT)?;
    define(vm, vm.intrinsic(Intrinsic::Helpers), "$reflect", vm.at(reflect))?;
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

fn proxy(vm: &Vm, args: Args) -> Option<Ref> {
    let word = vm.arg(args, 0);
    word.as_ref().filter(|_| vm.kind(word) == Some(value::PROXY))
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error("Constructor Proxy requires 'new'"));
    }
    new_proxy(vm, args)
}

fn new_proxy(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !vm.is_object(vm.arg(args, 0)) || !vm.is_object(vm.arg(args, 1)) {
        return Err(vm.type_error("Cannot create proxy with a non-object as target or handler"));
    }
    let proxy = vm.new_exotic(value::PROXY, NULL, 1)?;
    let (target, handler) = (vm.arg(args, 0), vm.arg(args, 1));
    vm.heap.set(proxy, TARGET, target);
    vm.heap.set(proxy, ELEMENTS, handler);
    Ok(Word::reference(proxy))
}

fn revocable(vm: &mut Vm, args: Args) -> Completion<Word> {
    let proxy = new_proxy(vm, args)?;
    let proxy = vm.handle(proxy);
    let revoke = native(vm, ("", 0, revoke), Use::Call)?;
    let revoke = vm.handle(revoke);
    // The function's own word behind its native number keeps the proxy.
    let (function, word) = (vm.ref_at(revoke), vm.at(proxy));
    vm.heap.set(function, REVOKED, word);
    let result = Word::reference(vm.new_plain_object()?);
    let result = vm.handle(result);
    for (name, word) in [("proxy", proxy), ("revoke", revoke)] {
        let atom = vm.intern(name)?;
        vm.define_data(vm.at(result), Key::Atom(atom), vm.at(word), Attributes::PLAIN)?;
    }
    Ok(vm.at(result))
}

/// Word of a revoking function that holds its proxy.
const REVOKED: u32 = 5;

fn revoke(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(function) = vm.callee(args).as_ref() else { return Ok(UNDEFINED) };
    if let Some(proxy) = vm.heap.get(function, REVOKED).as_ref() {
        // It stays as callable as it was.
        let target = vm.heap.get(proxy, TARGET);
        let stand_in = match (vm.is_constructor(target), vm.is_callable(target)) {
            (true, _) => {
                let constructor = vm.names.constructor;
                vm.get_data(vm.intrinsic(Intrinsic::ObjectPrototype), Key::Atom(constructor))
            }
            (_, true) => vm.intrinsic(Intrinsic::FunctionPrototype),
            _ => NULL,
        };
        vm.heap.set(proxy, TARGET, stand_in);
        vm.heap.set(proxy, ELEMENTS, NULL);
        vm.heap.set(function, REVOKED, NULL);
    }
    Ok(UNDEFINED)
}

/// `$getWith(object, key, receiver)`; `receiver` is the number of that argument.
fn get_with(vm: &mut Vm, args: Args, receiver: usize) -> Completion<Word> {
    let key = vm.to_key(vm.arg(args, 1))?;
    let object = vm.ensure_prototype(vm.arg(args, 0), key)?;
    let Some(found) = vm.find_property(object, key) else { return Ok(UNDEFINED) };
    if vm.heap.header(found.holder).kind() == value::PROXY
        && found.property.word == Word::reference(found.holder)
    {
        let holder = vm.handle(Word::reference(found.holder));
        let key = vm.key_word(key)?;
        return vm.request_helper("proxyGet", &[vm.at(holder), key, vm.arg(args, receiver)]);
    }
    if found.property.is_accessor() {
        return match found.property.word.as_ref().map_or(UNDEFINED, |pair| vm.heap.get(pair, 1)) {
            UNDEFINED => Ok(UNDEFINED),
            getter => vm.request_call(getter, vm.arg(args, receiver), &[]),
        };
    }
    match key {
        Key::Index(index) => Ok(vm.element_word(found.holder, index)?.unwrap_or(found.property.word)),
        Key::Atom(_) => Ok(found.property.word),
    }
}

/// The first two arguments of a function of Reflect are an object and a key that is no object.
fn check_reflected(vm: &mut Vm, args: Args, name: &str) -> Completion {
    if !vm.is_object(vm.arg(args, 0)) {
        return Err(vm.type_error(&format!("Reflect.{name} called on non-object")));
    }
    if vm.is_object(vm.arg(args, 1)) { Err(Abrupt::Coerce(2, Hint::String)) } else { Ok(()) }
}

fn reflect_get(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_reflected(vm, args, "get")?;
    get_with(vm, args, if args.count() > 2 { 2 } else { 0 })
}

fn reflect_has(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_reflected(vm, args, "has")?;
    let key = vm.to_key(vm.arg(args, 1))?;
    let object = vm.ensure_prototype(vm.arg(args, 0), key)?;
    match vm.find_property(object, key) {
        Some(found) if vm.heap.header(found.holder).kind() == value::PROXY => {
            let holder = vm.handle(Word::reference(found.holder));
            let key = vm.key_word(key)?;
            vm.request_helper("hasProperty", &[vm.at(holder), key])
        }
        found => Ok(value::boolean(found.is_some())),
    }
}

/// `$mayBeFixed(target, key)`: false if the object's own property, if it has one, can be configured.
fn may_be_fixed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = vm.to_key(vm.arg(args, 1))?;
    let target = vm.ensure_prototype(vm.arg(args, 0), key)?;
    let Some(object) = target.as_ref().filter(|_| vm.kind(target) != Some(value::PROXY)) else {
        return Ok(value::TRUE);
    };
    let own = vm.own_property(object, key);
    Ok(value::boolean(own.is_some_and(|own| !own.attributes.has(Attributes::CONFIGURABLE))))
}

/// `$writeOwn(object, key, value)`: writes a named own data property of an ordinary object. False: it is none.
fn write_own(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = vm.to_key(vm.arg(args, 1))?;
    let word = vm.arg(args, 0);
    let Some(object) = word.as_ref().filter(|_| vm.kind(word) == Some(value::OBJECT)) else {
        return Ok(value::FALSE);
    };
    let own = vm.own_property(object, key).filter(|_| matches!(key, Key::Atom(_)));
    match own {
        Some(own) if !own.is_accessor() && own.is_writable() => {
            vm.define_data(word, key, vm.arg(args, 2), own.attributes)?;
            Ok(value::TRUE)
        }
        _ => Ok(value::FALSE),
    }
}

fn own_keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    let atom = vm.names.prototype;
    let object = vm.ensure_prototype(vm.arg(args, 0), Key::Atom(atom))?;
    let Some(object) = object.as_ref() else { return Ok(UNDEFINED) };
    let keys = vm.own_keys(object);
    // In dictionary mode V8 has a list besides, which counts as the result here.
    let result = if vm.has_dictionary(object) { 0 } else { FIXED_SLOTS + keys.len() as u32 };
    vm.leave_key_tables(keys.len(), result)?;
    key_array(vm, &keys)
}

/// `$setPrototype(object, prototype)`: false if it is refused.
fn set_prototype(vm: &mut Vm, args: Args) -> Completion<Word> {
    match change_prototype(vm, vm.arg(args, 0), vm.arg(args, 1)) {
        Ok(()) => Ok(value::TRUE),
        Err(Abrupt::Throw) => {
            vm.roots.exception = UNDEFINED;
            Ok(value::FALSE)
        }
        Err(other) => Err(other),
    }
}

/// `$propertyKey(value)`: ToPropertyKey of any value.
fn property_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(1, Hint::String));
    }
    if vm.is_symbol(word) { Ok(word) } else { vm.string_arg(args, 0) }
}
