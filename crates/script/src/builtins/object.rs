//! Object. What reads or writes through getters and setters is in `prelude/object.js`.

use semispace_heap::{Ref, Word};

use super::array::copy_part;
use super::install::{Function, Use, accessor, constructor, define, methods, native};
use crate::object::{Key, Property};
use crate::shape::{Attributes, Integrity};
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Handle, Hint, Intrinsic, Vm};

const STATICS: &[Function] = &[
    ("assign", 2, assign),
    ("freeze", 1, freeze),
    ("getOwnPropertyDescriptor", 2, get_own_property_descriptor),
    ("getOwnPropertyDescriptors", 1, get_own_property_descriptors),
    ("getOwnPropertyNames", 1, get_own_property_names),
    ("getOwnPropertySymbols", 1, get_own_property_symbols),
    ("getPrototypeOf", 1, get_prototype_of),
    ("hasOwn", 2, has_own),
    ("is", 2, is),
    ("isExtensible", 1, is_extensible),
    ("isFrozen", 1, is_frozen),
    ("isSealed", 1, is_sealed),
    ("keys", 1, keys),
    ("preventExtensions", 1, prevent_extensions),
    ("seal", 1, seal),
    ("setPrototypeOf", 2, set_prototype_of),
];

const METHODS: &[Function] = &[
    ("hasOwnProperty", 1, has_own_property),
    ("isPrototypeOf", 1, is_prototype_of),
    ("propertyIsEnumerable", 1, property_is_enumerable),
    ("toString", 0, to_string),
    ("valueOf", 0, value_of),
];

/// Object and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let object = constructor(vm, ("Object", 1, construct), Intrinsic::ObjectPrototype)?;
    methods(vm, object, STATICS)?;
    let prototype = vm.intrinsic(Intrinsic::ObjectPrototype);
    methods(vm, prototype, METHODS)?;
    accessor(vm, prototype, "__proto__", proto_getter, Some(proto_setter))?;
    let to_string = native(vm, ("toString", 0, to_string), Use::Call)?;
    define(vm, prototype, "toString", to_string)
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let target = vm.this(args);
    if args.is_construct() && target != vm.callee(args) {
        let prototype = vm.prototype_for(target, Intrinsic::ObjectPrototype);
        return vm.new_object_with_prototype(prototype).map(Word::reference);
    }
    match vm.arg(args, 0) {
        UNDEFINED | NULL => vm.new_plain_object().map(Word::reference),
        word => vm.to_object(word),
    }
}

/// The object of argument 0, which may be a primitive other than undefined and null. Proxies are left to the prelude.
fn object_argument(vm: &mut Vm, args: Args) -> Completion<Ref> {
    let object = vm.to_object(vm.arg(args, 0))?;
    vm.set_arg(args, 0, object);
    Ok(object.as_ref().unwrap_or(Ref::new(0)))
}

/// The key in argument `index`.
fn key_argument(vm: &mut Vm, args: Args, index: usize) -> Completion<Key> {
    let word = vm.arg(args, index);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(index as u32 + 1, Hint::String));
    }
    vm.to_key(word)
}

/// An array of keys as strings and symbols.
pub(crate) fn key_array(vm: &mut Vm, keys: &[Key]) -> Completion<Word> {
    let mark = vm.roots.handle_mark();
    let mut words = Vec::with_capacity(keys.len());
    for &key in keys {
        let word = vm.key_word(key)?;
        words.push(vm.handle(word));
    }
    let array = vm.array_from_handles(&words);
    vm.roots.release_handles(mark);
    array
}

fn is_enumerable(vm: &Vm, object: Ref, key: Key) -> bool {
    vm.peek_own(object, key).is_some_and(|property| property.attributes.has(Attributes::ENUMERABLE))
}

fn is_symbol(key: Key) -> bool {
    matches!(key, Key::Atom(atom) if atom.is_symbol())
}

/// The own enumerable keys, strings only or symbols too.
pub(super) fn enumerable_keys(vm: &Vm, object: Ref, symbols: Symbols) -> Vec<Key> {
    if let Some(keys) = vm.plain_names(object) {
        return keys;
    }
    let mut keys = vm.own_keys(object);
    keys.retain(|&key| (symbols == Symbols::Included || !is_symbol(key)) && is_enumerable(vm, object, key));
    keys
}

/// Whether a list of keys has symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbols {
    Included,
    LeftOut,
}

/// Hands the call over to a function of the prelude when argument 0 is a proxy.
fn proxy_trap(vm: &mut Vm, args: Args, helper: &'static str) -> Option<Completion<Word>> {
    let proxy = vm.arg(args, 0);
    if vm.kind(proxy) != Some(value::PROXY) {
        return None;
    }
    let second = vm.arg(args, 1);
    Some(vm.request_helper(helper, &[proxy, second]))
}

fn assign(vm: &mut Vm, args: Args) -> Completion<Word> {
    let target = vm.to_object(vm.arg(args, 0))?;
    let target = vm.handle(target);
    for index in 1..args.count() {
        let source = vm.arg(args, index);
        if source == UNDEFINED || source == NULL || assign_plainly(vm, target, source)? {
            continue;
        }
        let rest: Vec<Word> = (index..args.count()).map(|index| vm.arg(args, index)).collect();
        let rest = vm.array_from_live(&rest)?;
        return vm.request_helper("assign", &[vm.at(target), rest]);
    }
    Ok(vm.at(target))
}

/// Assigns the properties of a plain object to another one while no script can have a say in it. False: the rest, or all of
/// it again, takes more.
fn assign_plainly(vm: &mut Vm, target: Handle, source: Word) -> Completion<bool> {
    if vm.kind(vm.at(target)) != Some(value::OBJECT) {
        return Ok(false);
    }
    let source = vm.handle(source);
    let Some(fields) = vm.plain_fields(vm.ref_at(source)) else { return Ok(false) };
    let mark = vm.roots.handle_mark();
    for (atom, place) in fields {
        let attributes = match vm.find_property(vm.at(target), Key::Atom(atom)) {
            None => Attributes::PLAIN,
            Some(found) if found.property.is_accessor() || !found.property.is_writable() => return Ok(false),
            Some(found) if vm.heap.header(found.holder).kind() == value::PROXY => return Ok(false),
            Some(found) if found.holder == vm.ref_at(target) => found.property.attributes,
            Some(_) => Attributes::PLAIN,
        };
        if !vm.is_extensible(vm.ref_at(target)) {
            return Ok(false);
        }
        let word = vm.read_place(vm.ref_at(source), place);
        let word = if vm.is_heap_number(word) { vm.boxed_anew(word)? } else { word };
        vm.define_data(vm.at(target), Key::Atom(atom), word, attributes)?;
        vm.roots.release_handles(mark);
    }
    Ok(true)
}

fn keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyKeys") {
        return trapped;
    }
    if let Some(list) = vm.own_key_list(vm.arg(args, 0))? {
        let (list, length) = (vm.handle(Word::reference(list)), vm.array_length(list));
        return copy_part(vm, list, 0, length);
    }
    let object = object_argument(vm, args)?;
    let keys = enumerable_keys(vm, object, Symbols::LeftOut);
    if vm.has_dictionary(object) {
        vm.leave_key_list(keys.len())?;
    }
    key_array(vm, &keys)
}

fn get_own_property_names(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyNames") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    vm.ensure_prototype(Word::reference(object), Key::Atom(vm.names.prototype))?;
    let object = object_argument(vm, args)?;
    let keys: Vec<Key> = vm.own_keys(object).into_iter().filter(|&key| !is_symbol(key)).collect();
    if vm.has_dictionary(object) {
        vm.leave_key_tables(keys.len(), 0)?;
    }
    key_array(vm, &keys)
}

fn get_own_property_symbols(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxySymbols") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    let keys: Vec<Key> = vm.own_keys(object).into_iter().filter(|&key| is_symbol(key)).collect();
    key_array(vm, &keys)
}

/// A descriptor object of a property.
pub(super) fn descriptor(vm: &mut Vm, property: Property, data: Word) -> Completion<Word> {
    let names = vm.names;
    let (get, set) = match property.word.as_ref() {
        Some(pair) if property.is_accessor() => (vm.heap.get(pair, 1), vm.heap.get(pair, 2)),
        _ => (UNDEFINED, UNDEFINED),
    };
    let mark = vm.roots.handle_mark();
    let (get, set, data) = (vm.handle(get), vm.handle(set), vm.handle(data));
    let object = Word::reference(vm.new_plain_object()?);
    let object = vm.handle(object);
    let has = |bit| vm_boolean(property, bit);
    let fields = if property.is_accessor() {
        [(names.get, vm.at(get)), (names.set, vm.at(set))]
    } else {
        [(names.value, vm.at(data)), (names.writable, has(Attributes::WRITABLE))]
    };
    let flags = [
        (names.enumerable, has(Attributes::ENUMERABLE)),
        (names.configurable, has(Attributes::CONFIGURABLE)),
    ];
    let kept = fields.map(|(atom, word)| (atom, vm.handle(word)));
    for (atom, word) in kept {
        vm.define_data(vm.at(object), Key::Atom(atom), vm.at(word), Attributes::PLAIN)?;
    }
    for (atom, word) in flags {
        vm.define_data(vm.at(object), Key::Atom(atom), word, Attributes::PLAIN)?;
    }
    let object = vm.at(object);
    vm.roots.release_handles(mark);
    Ok(object)
}

fn vm_boolean(property: Property, bit: u8) -> Word {
    value::boolean(property.attributes.has(bit))
}

fn own_descriptor(vm: &mut Vm, object: Ref, key: Key) -> Completion<Word> {
    let object = vm.handle(Word::reference(object));
    vm.ensure_prototype(vm.at(object), key)?;
    let Some(property) = vm.own_property(vm.ref_at(object), key) else { return Ok(UNDEFINED) };
    let data = if property.is_accessor() { UNDEFINED } else { vm.own_value(vm.ref_at(object), key)? };
    let data = vm.handle(data);
    // Reading a double may have moved everything: find the property again.
    let property = vm.own_property(vm.ref_at(object), key).unwrap_or(property);
    descriptor(vm, property, vm.at(data))
}

fn get_own_property_descriptor(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key_argument(vm, args, 1)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyDescriptor") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    own_descriptor(vm, object, key)
}

fn get_own_property_descriptors(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyDescriptors") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    let object = vm.handle(Word::reference(object));
    let result = Word::reference(vm.new_plain_object()?);
    let result = vm.handle(result);
    for key in vm.own_keys(vm.ref_at(object)) {
        let descriptor = own_descriptor(vm, vm.ref_at(object), key)?;
        vm.define_data(vm.at(result), key, descriptor, Attributes::PLAIN)?;
    }
    Ok(vm.at(result))
}

fn get_prototype_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyGetPrototypeOf") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    Ok(vm.prototype_of(Word::reference(object)))
}

fn set_prototype_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (object, prototype) = (vm.arg(args, 0), vm.arg(args, 1));
    if object == UNDEFINED || object == NULL {
        return Err(vm.type_error("Object.setPrototypeOf called on null or undefined"));
    }
    if prototype != NULL && !vm.is_object(prototype) {
        let text = vm.brief(prototype);
        return Err(vm.type_error(&format!("Object prototype may only be an Object or null: {text}")));
    }
    if let Some(trapped) = proxy_trap(vm, args, "proxySetPrototypeOf") {
        return trapped;
    }
    change_prototype(vm, object, prototype)?;
    Ok(object)
}

/// Gives an object another prototype after the checks of OrdinarySetPrototypeOf (ECMA-262 10.1.2).
pub(super) fn change_prototype(vm: &mut Vm, object: Word, prototype: Word) -> Completion {
    let Some(target) = object.as_ref().filter(|_| vm.is_object(object)) else { return Ok(()) };
    if vm.prototype_of(object) == prototype {
        return Ok(());
    }
    if !vm.is_extensible(target) {
        let text = vm.brief(object);
        return Err(vm.type_error(&format!("{text} is not extensible")));
    }
    let mut ancestor = prototype;
    while ancestor != NULL && ancestor != UNDEFINED {
        if ancestor == object {
            return Err(vm.type_error("Cyclic __proto__ value"));
        }
        ancestor = vm.prototype_of(ancestor);
    }
    vm.set_prototype(object, prototype);
    Ok(())
}

fn proto_getter(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    if vm.kind(this) == Some(value::PROXY) {
        return vm.request_helper("proxyGetPrototypeOf", &[this]);
    }
    let object = vm.to_object(vm.this(args))?;
    Ok(vm.prototype_of(object))
}

fn proto_setter(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (object, prototype) = (vm.this(args), vm.arg(args, 0));
    if vm.kind(object) == Some(value::PROXY) && (prototype == NULL || vm.is_object(prototype)) {
        return vm.request_helper("proxySetPrototypeOf", &[object, prototype]);
    }
    if prototype == NULL || vm.is_object(prototype) {
        change_prototype(vm, object, prototype)?;
    }
    Ok(UNDEFINED)
}

fn has_own(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key_argument(vm, args, 1)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyHasOwn") {
        return trapped;
    }
    let object = object_argument(vm, args)?;
    owns(vm, object, key)
}

fn owns(vm: &mut Vm, object: Ref, key: Key) -> Completion<Word> {
    let object = vm.ensure_prototype(Word::reference(object), key)?;
    let owned = object.as_ref().is_some_and(|object| vm.own_property(object, key).is_some());
    Ok(value::boolean(owned))
}

fn has_own_property(vm: &mut Vm, args: Args) -> Completion<Word> {
    if vm.stubs.knows_own(&vm.heap, vm.this(args), vm.arg(args, 0)) {
        return Ok(value::TRUE);
    }
    let key = key_argument(vm, args, 0)?;
    let this = vm.this(args);
    if vm.kind(this) == Some(value::PROXY) {
        let key = vm.key_word(key)?;
        let this = vm.this(args);
        return vm.request_helper("proxyHasOwn", &[this, key]);
    }
    if vm.is_string(this) {
        return Ok(value::boolean(match key {
            Key::Index(index) => index < vm.string_length(this),
            Key::Atom(atom) => atom == vm.names.length,
        }));
    }
    let object = vm.to_object(this)?;
    owns(vm, object.as_ref().unwrap_or(Ref::new(0)), key)
}

fn is_prototype_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (this, mut ancestor) = (vm.this(args), vm.arg(args, 0));
    if !vm.is_object(ancestor) {
        return Ok(value::FALSE);
    }
    loop {
        ancestor = vm.prototype_of(ancestor);
        if ancestor == NULL || ancestor == this {
            return Ok(value::boolean(ancestor == this));
        }
    }
}

fn property_is_enumerable(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key_argument(vm, args, 0)?;
    let object = vm.to_object(vm.this(args))?;
    Ok(value::boolean(object.as_ref().is_some_and(|object| is_enumerable(vm, object, key))))
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.to_object(vm.this(args))
}

/// `[object Class]`
fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    let class = match this {
        UNDEFINED => "Undefined",
        NULL => "Null",
        _ => built_in_tag(vm, this),
    };
    let tag = match this {
        UNDEFINED | NULL => UNDEFINED,
        _ => vm.get_data(this, Key::Atom(vm.names.symbol_to_string_tag)),
    };
    let is_getter = this != UNDEFINED && this != NULL && {
        let found = vm.find_property(this, Key::Atom(vm.names.symbol_to_string_tag));
        found.is_some_and(|found| found.property.is_accessor())
    };
    if is_getter || vm.kind(this) == Some(value::PROXY) {
        let default = super::install::interned(vm, class)?;
        let this = vm.this(args);
        return vm.request_helper("taggedText", &[this, default]);
    }
    if vm.is_string(tag) {
        let text = format!("[object {}]", vm.text(tag));
        return vm.string(&text);
    }
    super::install::interned(vm, &format!("[object {class}]"))
}

/// What the object is, where no tag says otherwise.
pub(crate) fn built_in_tag(vm: &Vm, word: Word) -> &'static str {
    if word == value::TRUE || word == value::FALSE {
        return "Boolean";
    }
    if vm.as_number(word).is_some() {
        return "Number";
    }
    if vm.is_string(word) {
        return "String";
    }
    if vm.is_callable(word) {
        return "Function";
    }
    match vm.kind(word) {
        Some(value::ARRAY) => "Array",
        Some(value::ARGUMENTS) => "Arguments",
        Some(value::ERROR) => "Error",
        Some(value::DATE) => "Date",
        Some(value::REGEXP) => "RegExp",
        Some(value::PROXY) if vm.is_array(word) => "Array",
        Some(value::WRAPPER) => match word.as_ref() {
            Some(object) => built_in_tag(vm, vm.heap.get(object, 3)),
            None => "Object",
        },
        _ => "Object",
    }
}

fn is(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.same_value(vm.arg(args, 0), vm.arg(args, 1))))
}

fn freeze(vm: &mut Vm, args: Args) -> Completion<Word> {
    close(vm, args, Integrity::Frozen)
}

fn seal(vm: &mut Vm, args: Args) -> Completion<Word> {
    close(vm, args, Integrity::Sealed)
}

fn close(vm: &mut Vm, args: Args, integrity: Integrity) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if !vm.is_object(word) {
        return Ok(word);
    }
    let helper = if integrity == Integrity::Frozen { "proxyFreeze" } else { "proxySeal" };
    if let Some(trapped) = proxy_trap(vm, args, helper) {
        return trapped;
    }
    vm.close_object(word, integrity)?;
    Ok(vm.arg(args, 0))
}

fn prevent_extensions(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if let Some(trapped) = proxy_trap(vm, args, "proxyPreventExtensions") {
        return trapped;
    }
    if vm.is_object(word) {
        vm.prevent_extensions(word)?;
    }
    Ok(vm.arg(args, 0))
}

fn is_extensible(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyIsExtensible") {
        return trapped;
    }
    let word = vm.arg(args, 0);
    let open = vm.is_object(word) && word.as_ref().is_some_and(|object| vm.is_extensible(object));
    Ok(value::boolean(open))
}

fn is_frozen(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyIsFrozen") {
        return trapped;
    }
    Ok(value::boolean(is_closed(vm, vm.arg(args, 0), Integrity::Frozen)))
}

fn is_sealed(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyIsSealed") {
        return trapped;
    }
    Ok(value::boolean(is_closed(vm, vm.arg(args, 0), Integrity::Sealed)))
}

fn is_closed(vm: &Vm, word: Word, integrity: Integrity) -> bool {
    let Some(object) = word.as_ref().filter(|_| vm.is_object(word)) else { return true };
    let known = vm.integrity(object);
    // What was not closed at once may have been closed property by property. V8 does not ask for an array's length.
    let length = Key::Atom(vm.names.length);
    let is_array = vm.kind(word) == Some(value::ARRAY);
    known >= Some(integrity)
        || known.is_some()
            && vm
                .own_keys(object)
                .into_iter()
                .filter(|&key| !is_array || key != length)
                .filter_map(|key| vm.peek_own(object, key))
                .all(|property| integrity.restrict(property.attributes) == property.attributes)
}
