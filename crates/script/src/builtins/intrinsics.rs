//! The natives that only the prelude can call, there by the name `$name`. Each is described where the prelude lists
//! it.

use semispace_heap::{Ref, Word};

use super::array::put;
use super::install::{Function, methods};
use super::object::{Symbols, enumerable_keys, key_array};
use super::{convert, json, json_writer, map_set, ordered_table, string};
use crate::object::Key;
use crate::object::string_view::StringView;
use crate::shape::Attributes;
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::call::{Link, MAX_ARGUMENTS};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

const FUNCTIONS: &[Function] = &[
    ("$install", 2, install_methods),
    ("$thisObject", 2, this_object),
    ("$toObject", 1, to_object),
    ("$toLength", 1, to_length),
    ("$toInteger", 1, to_integer),
    ("$relative", 3, relative),
    ("$checkCallable", 1, check_callable),
    ("$isCallable", 1, is_callable),
    ("$isObject", 1, is_object),
    ("$toPropertyKey", 1, to_property_key),
    ("$isArray", 1, is_array),
    ("$isConstructor", 1, is_constructor),
    ("$isRegExp", 1, is_regexp),
    ("$isProxy", 1, is_proxy),
    ("$hasOwn", 2, has_own),
    ("$isNumericKey", 2, is_numeric_key),
    ("$newArray", 1, new_array),
    ("$newWorkList", 1, new_work_list),
    ("$newObject", 1, new_object),
    ("$argumentCount", 0, argument_count),
    ("$throwTypeError", 1, throw_type_error),
    ("$throwRangeError", 1, throw_range_error),
    ("$sortByText", 2, sort_by_text),
    ("$joinPrimitives", 2, join_primitives),
    ("$leaveSortState", 0, leave_sort_state),
    ("$enumerableKeys", 1, all_enumerable_keys),
    ("$defineProperty", 6, define_property),
    ("$createDataProperty", 3, create_data_property),
    ("$deleteProperty", 2, delete_property),
    ("$deleteOrThrow", 2, delete_or_throw),
    ("$describe", 1, describe),
    ("$callSite", 1, call_site),
    ("$keyText", 1, key_text),
    ("$mapWalk", 1, map_walk),
    ("$walkNext", 1, walk_next),
    ("$walkKey", 1, walk_key),
    ("$walkValue", 1, walk_value),
    ("$checkMap", 2, check_map),
    ("$checkSet", 2, check_set),
    ("$jsonParse", 1, json_parse),
    ("$jsonQuote", 1, json_quote),
    ("$jsonPlain", 2, json_plain),
    ("$unbox", 1, unbox),
    ("$constructorName", 1, constructor_name),
    ("$indexOf", 3, index_of),
    ("$slice", 3, slice),
    ("$split", 3, split),
    ("$expandReplacement", 4, expand_replacement),
    ("$replaceFirst", 3, replace_first),
    ("$callList", 3, call_list),
    ("$callSource", 0, call_source),
    ("$construct", 3, construct),
    ("$ordinaryHasInstance", 2, ordinary_has_instance),
];

/// Puts the intrinsics where the prelude finds them.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), FUNCTIONS)
}

fn install_methods(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(source) = vm.arg(args, 1).as_ref() else { return Ok(UNDEFINED) };
    for key in vm.own_keys(source) {
        let source = vm.arg(args, 1).as_ref().unwrap_or(source);
        let word = vm.own_value(source, key)?;
        vm.define_data(vm.arg(args, 0), key, word, Attributes::HIDDEN)?;
    }
    Ok(vm.arg(args, 0))
}

fn this_object(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if word == UNDEFINED || word == NULL {
        let name = vm.text(vm.arg(args, 1));
        return Err(vm.type_error(&format!("{name} called on null or undefined")));
    }
    vm.to_object(word)
}

fn to_object(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.to_object(vm.arg(args, 0))
}

fn to_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if word.as_smi().is_some_and(|small| small >= 0) {
        return Ok(word);
    }
    let length = vm.integer_arg(args, 0, 0.0)?.clamp(0.0, 9_007_199_254_740_991.0);
    vm.number(length)
}

fn to_integer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let integer = vm.integer_arg(args, 0, 0.0)? + 0.0;
    vm.number(integer)
}

fn relative(vm: &mut Vm, args: Args) -> Completion<Word> {
    let length = vm.number_arg(args, 1)?;
    if vm.arg(args, 0) == UNDEFINED {
        return Ok(vm.arg(args, 2));
    }
    let position = vm.integer_arg(args, 0, 0.0)?;
    vm.number(if position < 0.0 { (length + position).max(0.0) } else { position.min(length) })
}

fn check_callable(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if vm.is_callable(word) {
        return Ok(UNDEFINED);
    }
    let text = vm.brief_key(word);
    Err(vm.type_error(&format!("{text} is not a function")))
}

fn is_callable(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.is_callable(vm.arg(args, 0))))
}

fn is_object(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.is_object(vm.arg(args, 0))))
}

fn is_array(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.is_array(vm.arg(args, 0))))
}

fn is_constructor(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.is_constructor(vm.arg(args, 0))))
}

fn is_regexp(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::REGEXP)))
}

fn is_proxy(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::PROXY)))
}

/// The key in argument 1, a string, symbol or number.
fn key(vm: &mut Vm, args: Args) -> Completion<Key> {
    let word = vm.arg(args, 1);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(2, Hint::String));
    }
    vm.to_key(word)
}

fn to_property_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if vm.is_symbol(word) { Ok(word) } else { vm.string_arg(args, 0) }
}

/// Hands the call over to a function of the prelude when argument 0 is a proxy.
fn proxy_trap(vm: &mut Vm, args: Args, helper: &'static str) -> Option<Completion<Word>> {
    let proxy = vm.arg(args, 0);
    if vm.kind(proxy) != Some(value::PROXY) {
        return None;
    }
    let key = vm.arg(args, 1);
    Some(vm.request_helper(helper, &[proxy, key]))
}

fn has_own(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyHasOwn") {
        return trapped;
    }
    let object = vm.ensure_prototype(vm.arg(args, 0), key)?;
    Ok(value::boolean(object.as_ref().is_some_and(|object| vm.own_property(object, key).is_some())))
}

/// More elements than this are not given room before they come.
const MOST_ROOM: f64 = 1_000_000.0;

fn new_array(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_list(vm, args, value::shapes::SMI_ELEMENTS)
}

fn new_work_list(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_list(vm, args, value::shapes::ELEMENTS)
}

fn new_list(vm: &mut Vm, args: Args, elements: u32) -> Completion<Word> {
    let capacity = vm.number_arg(args, 0)?.min(MOST_ROOM) as u32;
    let array = Word::reference(vm.new_array()?);
    let array = vm.handle(array);
    if capacity > 0 {
        let store = vm.new_store(capacity, value::HOLE, elements)?;
        let object = vm.ref_at(array);
        vm.heap.set(object, value::ELEMENTS, Word::reference(store));
    }
    Ok(vm.at(array))
}

fn new_object(vm: &mut Vm, args: Args) -> Completion<Word> {
    let prototype = vm.arg(args, 0);
    if prototype != value::NULL {
        return vm.new_object_with_prototype(prototype).map(Word::reference);
    }
    vm.new_table_object(prototype)
}

fn argument_count(vm: &mut Vm, _: Args) -> Completion<Word> {
    Ok(Word::smi(Link::from_word(vm.roots.stack[vm.roots.base]).count() as i32))
}

fn throw_type_error(vm: &mut Vm, args: Args) -> Completion<Word> {
    let message = vm.text(vm.arg(args, 0));
    Err(vm.type_error(&message))
}

fn throw_range_error(vm: &mut Vm, args: Args) -> Completion<Word> {
    let message = vm.text(vm.arg(args, 0));
    Err(vm.range_error(&message))
}

fn sort_by_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(texts) = vm.arg(args, 1).as_ref() else { return Ok(UNDEFINED) };
    let texts: Vec<Vec<u16>> = (0..vm.array_length(texts))
        .map(|index| vm.units(vm.get_data(Word::reference(texts), Key::Index(index))))
        .collect();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    semispace_sorting::sort_by(&mut order, |&a, &b| texts[a].cmp(&texts[b]));
    let mark = vm.roots.handle_mark();
    let mut items = Vec::with_capacity(texts.len());
    for index in 0..texts.len() {
        let Some(array) = vm.arg(args, 0).as_ref() else { return Ok(UNDEFINED) };
        let item = vm.element_word(array, index as u32)?.unwrap_or(UNDEFINED);
        items.push(vm.handle(item));
    }
    for (place, index) in order.into_iter().enumerate() {
        put(vm, vm.arg(args, 0), place as u32, vm.at(items[index]))?;
    }
    vm.roots.release_handles(mark);
    Ok(UNDEFINED)
}

/// Words of V8's SortState and of its list of pending runs (`third_party/v8/builtins/array-sort.tq`), less those of the array
/// with the elements that `sort` has here.
const SORT_STATE_WORDS: u32 = 17 + 87 - 4;

fn leave_sort_state(vm: &mut Vm, _: Args) -> Completion<Word> {
    vm.leave_dead(SORT_STATE_WORDS)?;
    Ok(UNDEFINED)
}

/// Pieces that V8 has room for at once.
const MOST_PIECES: u32 = 16 * 1024 - 2;

fn join_primitives(vm: &mut Vm, args: Args) -> Completion<Word> {
    let array = |vm: &Vm| vm.arg(args, 0).as_ref().filter(|_| vm.kind(vm.arg(args, 0)) == Some(value::ARRAY));
    let Some(length) = array(vm).map(|array| vm.array_length(array)) else { return Ok(UNDEFINED) };
    if length > 1 {
        // V8's list of the pieces (`src/builtins/array-join.tq`).
        vm.leave_dead(value::FIXED_SLOTS + length.min(MOST_PIECES))?;
    }
    let (list, Some(array)) = (vm.arg(args, 0), array(vm)) else { return Ok(UNDEFINED) };
    let separator = vm.units(vm.arg(args, 1));
    let mut text: Vec<u16> = Vec::new();
    let words = vm.dense_words(list);
    for index in 0..vm.array_length(array) {
        if index > 0 {
            text.extend_from_slice(&separator);
        }
        let word = match (&words, vm.double_element(array, index)) {
            (Some(words), _) => words[index as usize],
            (None, Some(number)) => {
                text.extend(super::number_format::shortest(number).encode_utf16());
                continue;
            }
            (None, None) => vm.get_data(list, Key::Index(index)),
        };
        match word {
            UNDEFINED | NULL => {}
            _ if vm.is_string(word) => vm.append_units(word, &mut text),
            value::TRUE | value::FALSE => text.extend(vm.brief(word).encode_utf16()),
            _ => match vm.as_number(word) {
                Some(number) => text.extend(super::number_format::shortest(number).encode_utf16()),
                None => return Ok(UNDEFINED),
            },
        }
        if text.len() > string::MAX_LENGTH {
            return Err(vm.range_error("Invalid string length"));
        }
    }
    vm.string_from_units(&text)
}

fn all_enumerable_keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyEnumerableKeys") {
        return trapped;
    }
    let object = vm.to_object(vm.arg(args, 0))?;
    let Some(object) = object.as_ref() else { return Ok(UNDEFINED) };
    let keys = enumerable_keys(vm, object, Symbols::Included);
    key_array(vm, &keys)
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
fn is_numeric_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (key, object) = (key(vm, args)?, vm.arg(args, 0));
    let is_missing = object.as_ref().is_some_and(|object| vm.own_property(object, key).is_none());
    Ok(value::boolean(is_missing && vm.is_typed_array(object) && vm.is_numeric(key)))
}

/// ValidateAndApplyPropertyDescriptor (ECMA-262 10.1.6.3). False: it is refused.
fn define_property(vm: &mut Vm, args: Args) -> Completion<Word> {
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
    if old.is_none() && !vm.is_extensible(target) {
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
fn suits_typed_array(fields: i32) -> bool {
    let refused = [
        (field::HAS_CONFIGURABLE, field::CONFIGURABLE),
        (field::HAS_ENUMERABLE, field::ENUMERABLE),
        (field::HAS_WRITABLE, field::WRITABLE),
    ];
    fields & (field::GET | field::SET) == 0
        && refused.iter().all(|&(has, flag)| fields & has == 0 || fields & flag != 0)
}

/// Whether a property that is not configurable already is what it is to become.
fn is_compatible(
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

fn create_data_property(vm: &mut Vm, args: Args) -> Completion<Word> {
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

fn delete_property(vm: &mut Vm, args: Args) -> Completion<Word> {
    let key = key(vm, args)?;
    if let Some(trapped) = proxy_trap(vm, args, "proxyDelete") {
        return trapped;
    }
    Ok(value::boolean(vm.delete_own(vm.arg(args, 0), key)?))
}

fn delete_or_throw(vm: &mut Vm, args: Args) -> Completion<Word> {
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

fn describe(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.brief_key(vm.arg(args, 0));
    vm.string(&text)
}

fn call_site(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let sort = vm.type_of(word);
    let sort = vm.text(sort);
    let shown = matches!(word, NULL | value::TRUE | value::FALSE)
        || vm.is_string(word)
        || vm.as_number(word).is_some();
    let text = if shown { format!("{sort} {}", vm.brief(word)) } else { sort };
    vm.string(&text)
}

fn key_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let key = vm.to_key(word)?;
    let text = vm.key_text(key);
    vm.string(&text)
}

fn map_walk(vm: &mut Vm, args: Args) -> Completion<Word> {
    map_set::new_iterator(vm, vm.arg(args, 0), map_set::Gives::Entries)
}

fn walk_next(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(walk) = vm.arg(args, 0).as_ref() else { return Ok(value::FALSE) };
    let sort = map_set::iterator_sort(vm, walk).unwrap_or(ordered_table::Sort::Map);
    Ok(value::boolean(map_set::advance(vm, walk, sort).is_some()))
}

fn walk_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(walked(vm, args).map_or(UNDEFINED, |(key, _)| key))
}

fn walk_value(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(walked(vm, args).map_or(UNDEFINED, |(_, item)| item))
}

fn walked(vm: &Vm, args: Args) -> Option<(Word, Word)> {
    let walk = vm.arg(args, 0).as_ref()?;
    map_set::current(vm, walk, map_set::iterator_sort(vm, walk)?)
}

fn check_map(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_collection(vm, args, ordered_table::Sort::Map)
}

fn check_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_collection(vm, args, ordered_table::Sort::Set)
}

fn check_collection(vm: &mut Vm, args: Args, sort: ordered_table::Sort) -> Completion<Word> {
    let name = vm.text(vm.arg(args, 1));
    let method = name.rsplit('.').next().unwrap_or(&name);
    map_set::check(vm, vm.arg(args, 0), sort, method).map(|_: Ref| UNDEFINED)
}

fn json_parse(vm: &mut Vm, args: Args) -> Completion<Word> {
    // V8 reads a flat text.
    vm.flatten(vm.arg(args, 0))?;
    let units = convert::units(vm, args, 0)?;
    json::parse(vm, &units)
}

fn json_quote(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    let mut text = String::with_capacity(units.len() + 2);
    json_writer::quote_into(&mut text, &units);
    vm.string(&text)
}

fn json_plain(vm: &mut Vm, args: Args) -> Completion<Word> {
    let gap = vm.text(vm.arg(args, 1));
    match json_writer::plain_text(vm, vm.arg(args, 0), &gap) {
        Ok(Some(text)) => vm.built_string(&text),
        Ok(None) | Err(json_writer::NotPlain) => Ok(UNDEFINED),
    }
}

fn unbox(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.unwrap_primitive(vm.arg(args, 0)))
}

fn constructor_name(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = vm.constructor_name(vm.arg(args, 0)).unwrap_or_else(|| "Object".to_owned());
    vm.string(&name)
}

fn index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let pattern = vm.flatten(vm.arg(args, 1))?;
    let from = vm.small_arg(args, 2).unwrap_or(0).max(0) as usize;
    Ok(Word::smi(string::find_in(vm, vm.arg(args, 0), pattern, from).map_or(-1, |at| at as i32)))
}

fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.arg(args, 0);
    let length = vm.string_length(text) as usize;
    let start = convert::relative(vm, args, 1, length, 0)?;
    let end = convert::relative(vm, args, 2, length, length)?;
    vm.substring(text, start as u32, end.max(start) as u32)
}

fn split(vm: &mut Vm, args: Args) -> Completion<Word> {
    let limit = vm.number_arg(args, 2)? as usize;
    let separator = vm.arg(args, 1);
    if limit == 0 {
        return vm.new_array().map(Word::reference);
    }
    if separator == UNDEFINED {
        return vm.array_from_live(&[vm.arg(args, 0)]);
    }
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let separator = vm.flatten(vm.arg(args, 1))?;
    let (Some(text), Some(separator)) = (vm.view(vm.arg(args, 0)), vm.view(separator)) else {
        return Ok(UNDEFINED);
    };
    let ranges = pieces(&text, &separator, limit);
    let mut parts = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        let part = vm.substring(vm.arg(args, 0), start as u32, end as u32)?;
        parts.push(vm.handle(part));
    }
    vm.array_from_handles(&parts)
}

/// Where the parts of a text between separators begin and end.
fn pieces(text: &StringView<'_>, separator: &StringView<'_>, limit: usize) -> Vec<(usize, usize)> {
    if separator.len() == 0 {
        return (0..text.len().min(limit)).map(|at| (at, at + 1)).collect();
    }
    let mut found = Vec::new();
    let mut start = 0;
    while found.len() < limit {
        let Some(end) = text.find(separator, start) else {
            found.push((start, text.len()));
            break;
        };
        found.push((start, end));
        start = end + separator.len();
    }
    found
}

fn replace_first(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let search = vm.flatten(vm.arg(args, 1))?;
    vm.set_arg(args, 1, search);
    let template = vm.flatten(vm.arg(args, 2))?;
    vm.set_arg(args, 2, template);
    let Some(at) = string::find_in(vm, vm.arg(args, 0), search, 0) else { return Ok(vm.arg(args, 0)) };
    if vm.view(template).is_some_and(|view| view.find_unit(u16::from(b'$'), 0).is_some()) {
        let (text, template) = (vm.units(vm.arg(args, 0)), vm.units(template));
        let expanded = expanded(&template, &text, &vm.units(search), at);
        let expanded = vm.string_from_units(&expanded)?;
        vm.set_arg(args, 2, expanded);
    }
    let end = at as u32 + vm.string_length(vm.arg(args, 1));
    let before = vm.substring(vm.arg(args, 0), 0, at as u32)?;
    let start = vm.concat(before, vm.arg(args, 2))?;
    let start = vm.handle(start);
    let length = vm.string_length(vm.arg(args, 0));
    let rest = vm.substring(vm.arg(args, 0), end, length)?;
    vm.concat(vm.at(start), rest)
}

fn expand_replacement(vm: &mut Vm, args: Args) -> Completion<Word> {
    let template = vm.units(vm.arg(args, 0));
    let (text, matched) = (vm.units(vm.arg(args, 1)), vm.units(vm.arg(args, 2)));
    let at = vm.small_arg(args, 3).unwrap_or(0) as usize;
    let out = expanded(&template, &text, &matched, at);
    vm.string_from_units(&out)
}

/// GetSubstitution (ECMA-262 22.1.3.19.1) of a match without groups.
fn expanded(template: &[u16], text: &[u16], matched: &[u16], at: usize) -> Vec<u16> {
    let mut out = Vec::with_capacity(template.len());
    let mut rest = template;
    while let [unit, tail @ ..] = rest {
        rest = tail;
        let letter = tail.first().and_then(|&letter| char::from_u32(u32::from(letter)));
        let expansion = match letter {
            _ if *unit != u16::from(b'$') => None,
            Some('$') => Some(&[b'$' as u16][..]),
            Some('&') => Some(matched),
            Some('`') => Some(&text[..at]),
            Some('\'') => Some(&text[(at + matched.len()).min(text.len())..]),
            _ => None,
        };
        match expansion {
            Some(expansion) => {
                out.extend_from_slice(expansion);
                rest = &tail[1..];
            }
            None => out.push(*unit),
        }
    }
    out
}

fn argument_list(vm: &mut Vm, list: Word) -> Completion<Vec<Word>> {
    let arguments = vm.list_words(list);
    if arguments.len() > MAX_ARGUMENTS {
        return Err(vm.range_error("Maximum call stack size exceeded"));
    }
    Ok(arguments)
}

fn call_list(vm: &mut Vm, args: Args) -> Completion<Word> {
    let arguments = argument_list(vm, vm.arg(args, 2))?;
    vm.request_call(vm.arg(args, 0), vm.arg(args, 1), &arguments)
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let arguments = argument_list(vm, vm.arg(args, 1))?;
    let (callee, target) = (vm.arg(args, 0), vm.arg(args, 2));
    let request: Completion<Word> = vm.request_call(callee, target, &arguments);
    match request {
        Err(Abrupt::Call) => Err(Abrupt::Construct),
        other => other,
    }
}

fn call_source(vm: &mut Vm, _: Args) -> Completion<Word> {
    let source = vm.call_source().unwrap_or_default();
    vm.string(&source)
}

fn ordinary_has_instance(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (object, constructor) = (vm.arg(args, 0), vm.arg(args, 1));
    if vm.has_proxy(vm.arg(args, 0)) || vm.has_proxy(vm.arg(args, 1)) {
        return vm.request_helper("proxyInstanceOf", &[object, constructor]);
    }
    let truth = vm.ordinary_has_instance(vm.arg(args, 0), vm.arg(args, 1))?;
    Ok(value::boolean(truth))
}
