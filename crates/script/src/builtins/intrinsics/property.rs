//! Own properties: defining, asking, deleting.

use semispace_heap::Word;

use super::*;

pub(super) fn has_own(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyHasOwn") {
        return trapped;
    }
    let object = vm.ensure_prototype(vm.arg(args, 0), key)?;
    Ok(value::boolean(object.as_ref().is_some_and(|object| vm.own_property(object, key).is_some())))
}

/// The bits that `prelude/object.js` gives its descriptor fields.
mod field {
    pub const VALUE: i32 = 1;
    pub const GET: i32 = 2;
    pub const SET: i32 = 4;
    pub const HAS_WRITABLE: i32 = 8;
    pub const HAS_ENUMERABLE: i32 = 16;
    pub const HAS_CONFIGURABLE: i32 = 32;
    pub const WRITABLE: i32 = 64;
    pub const ENUMERABLE: i32 = 128;
    pub const CONFIGURABLE: i32 = 256;
}

/// Whether the key can only mean an element of a typed array, and there is none.
pub(super) fn is_numeric_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (key, object) = (key(vm, args)?, vm.arg(args, 0));
    let is_missing = object.as_ref().is_some_and(|object| vm.own_property(object, key).is_none());
    Ok(value::boolean(is_missing && vm.is_typed_array(object) && vm.is_numeric(key)))
}

/// ValidateAndApplyPropertyDescriptor (ECMA-262 10.1.6.3). False: it is refused.
pub(super) fn define_property(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    let fields = vm.arg(args, 2).as_smi().unwrap_or(0);
    if vm.kind(vm.arg(args, 0)) == Some(value::PROXY) {
        let arguments: Vec<Word> = (0..6).map(|index| vm.arg(args, index)).collect();
        return vm.request_helper("defineOnProxy", &arguments);
    }
    let object = vm.ensure_prototype(vm.arg(args, 0), key)?;
    let Some(target) = object.as_ref() else { return Ok(value::FALSE) };
    let old = vm.own_property(target, key);
    if vm.is_typed_array(object) && vm.is_numeric(key) && (old.is_none() || !suits_typed_array(fields)) {
        return Ok(value::FALSE);
    }
    let grows_fixed = matches!(key, Key::Index(index) if vm.is_beyond_fixed_length(target, index));
    if old.is_none() && (!vm.is_extensible(target) || grows_fixed) {
        return Ok(value::FALSE);
    }
    let bit = |present: i32, flag: i32, attribute: u8| {
        let kept = old.is_some_and(|old| old.attributes.has(attribute));
        if fields & present != 0 { fields & flag != 0 } else { kept }
    };
    let accessor = fields & (field::GET | field::SET) != 0;
    let data = fields & (field::VALUE | field::HAS_WRITABLE) != 0;
    let attributes = Attributes(0)
        .with(Attributes::ENUMERABLE, bit(field::HAS_ENUMERABLE, field::ENUMERABLE, Attributes::ENUMERABLE))
        .with(
            Attributes::CONFIGURABLE,
            bit(field::HAS_CONFIGURABLE, field::CONFIGURABLE, Attributes::CONFIGURABLE),
        )
        .with(
            Attributes::WRITABLE,
            !accessor && bit(field::HAS_WRITABLE, field::WRITABLE, Attributes::WRITABLE),
        );
    if let Some(old) = old.filter(|old| !old.attributes.has(Attributes::CONFIGURABLE))
        && !is_compatible(vm, args, old, fields, attributes)?
    {
        return Ok(value::FALSE);
    }
    let (object, half) =
        (vm.arg(args, 0), |bit: i32, index: usize| (fields & bit != 0).then(|| vm.arg(args, index)));
    if accessor || !data && old.is_some_and(|old| old.is_accessor()) {
        let (get, set) = (half(field::GET, 4), half(field::SET, 5));
        vm.define_accessor(object, key, get, set, attributes)?;
        return Ok(value::TRUE);
    }
    let word = match old {
        _ if fields & field::VALUE != 0 => vm.arg(args, 3),
        Some(old) if !old.is_accessor() => match vm.arg(args, 0).as_ref() {
            Some(target) => vm.own_value(target, key)?,
            None => UNDEFINED,
        },
        _ => UNDEFINED,
    };
    vm.define_data(vm.arg(args, 0), key, word, attributes)?;
    Ok(value::TRUE)
}

/// Whether elements of typed arrays can have these fields (ECMA-262 10.4.5.3).
pub(super) fn suits_typed_array(fields: i32) -> bool {
    let refused = [
        (field::HAS_CONFIGURABLE, field::CONFIGURABLE),
        (field::HAS_ENUMERABLE, field::ENUMERABLE),
        (field::HAS_WRITABLE, field::WRITABLE),
    ];
    fields & (field::GET | field::SET) == 0
        && refused.iter().all(|&(has, flag)| fields & has == 0 || fields & flag != 0)
}

/// Whether a property that is not configurable already is what it is to become.
pub(super) fn is_compatible(
    vm: &mut Vm,
    args: Args,
    old: crate::object::Property,
    fields: i32,
    attributes: Attributes,
) -> Completion<bool> {
    let accessor = fields & (field::GET | field::SET) != 0;
    let data = fields & (field::VALUE | field::HAS_WRITABLE) != 0;
    if attributes.has(Attributes::CONFIGURABLE)
        || attributes.has(Attributes::ENUMERABLE) != old.attributes.has(Attributes::ENUMERABLE)
        || accessor && !old.is_accessor()
        || data && old.is_accessor()
    {
        return Ok(false);
    }
    if let (true, Some(pair)) = (old.is_accessor(), old.word.as_ref()) {
        let same = |bit: i32, index: usize, word: u32| {
            fields & bit == 0 || vm.arg(args, index) == vm.heap.get(pair, word)
        };
        return Ok(same(field::GET, 4, 1) && same(field::SET, 5, 2));
    }
    if old.attributes.has(Attributes::WRITABLE) {
        return Ok(true);
    }
    let same_value = fields & field::VALUE == 0 || vm.same_value(vm.arg(args, 3), old.word);
    Ok(!attributes.has(Attributes::WRITABLE) && same_value)
}

pub(super) fn create_data_property(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    let object = vm.arg(args, 0);
    if vm.kind(object) == Some(value::PROXY) {
        let arguments: Vec<Word> = (0..3).map(|index| vm.arg(args, index)).collect();
        return vm.request_helper("createOnProxy", &arguments);
    }
    let Some(target) = object.as_ref() else { return Ok(value::FALSE) };
    let old = vm.own_property(target, key);
    let refused = match old {
        None => !vm.is_extensible(target),
        Some(old) => !old.attributes.has(Attributes::CONFIGURABLE),
    };
    if refused {
        let text = vm.key_text(key);
        return Err(vm.type_error(&format!("Cannot redefine property: {text}")));
    }
    vm.define_data(object, key, vm.arg(args, 2), Attributes::PLAIN)?;
    Ok(value::TRUE)
}

pub(super) fn delete_property(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyDelete") {
        return trapped;
    }
    Ok(value::boolean(vm.delete_own(vm.arg(args, 0), key)?))
}

pub(super) fn delete_or_throw(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    if vm.kind(vm.arg(args, 0)) == Some(value::PROXY) {
        return vm.request_helper("proxyDelete", &[vm.arg(args, 0), vm.arg(args, 1), value::TRUE]);
    }
    if vm.delete_own(vm.arg(args, 0), key)? {
        return Ok(UNDEFINED);
    }
    let (key, object) = (vm.key_text(key), vm.brief(vm.arg(args, 0)));
    Err(vm.type_error(&format!("Cannot delete property '{key}' of {object}")))
}
