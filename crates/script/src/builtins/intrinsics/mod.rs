//! The natives that only the prelude can call, there by the name `$name`. Each is described where the prelude lists
//! it.

mod collection;
mod property;
mod text;

use semispace_heap::Word;

use super::install::{Function, methods};
use super::object::{Symbols, enumerable_keys, key_array};
use super::{convert, json, json_writer, map_set, ordered_table, string};
use crate::object::Key;
use crate::object::string_view::StringView;
use crate::shape::Attributes;
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::call::{Link, MAX_ARGUMENTS};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

use collection::*;
use property::*;
use text::*;

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
    ("$joinPrimitives", 2, join_primitives),
    ("$leaveDead", 1, leave_dead),
    ("$enumerableKeys", 1, all_enumerable_keys),
    ("$namesToRead", 1, names_to_read),
    ("$defineProperty", 6, define_property),
    ("$createDataProperty", 3, create_data_property),
    ("$deleteProperty", 2, delete_property),
    ("$deleteOrThrow", 2, delete_or_throw),
    ("$describe", 1, describe),
    ("$callSite", 1, call_site),
    ("$keyText", 1, key_text),
    ("$mapWalk", 2, map_walk),
    ("$walkOn", 4, walk_on),
    ("$checkMap", 2, check_map),
    ("$checkSet", 2, check_set),
    ("$jsonParse", 1, json_parse),
    ("$jsonOpen", 0, json_open),
    ("$jsonClose", 0, json_close),
    ("$jsonPut", 1, json_put),
    ("$jsonQuote", 1, json_quote),
    ("$jsonPlain", 2, json_plain),
    ("$unbox", 1, unbox),
    ("$constructorName", 1, constructor_name),
    ("$indexOf", 3, index_of),
    ("$slice", 3, slice),
    ("$split", 3, split),
    ("$expandReplacement", 4, expand_replacement),
    ("$replaceFirst", 3, replace_first),
    ("$replaceEach", 3, replace_each),
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

fn leave_dead(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.leave_dead(vm.small_arg(args, 0).unwrap_or(0) as u32)?;
    Ok(UNDEFINED)
}

fn all_enumerable_keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(trapped) = proxy_trap(vm, args, "proxyEnumerableKeys") {
        return trapped;
    }
    let object = vm.to_object(vm.arg(args, 0))?;
    let Some(object) = object.as_ref() else { return Ok(UNDEFINED) };
    let keys = enumerable_keys(vm, object, Symbols::Included);
    if vm.has_dictionary(object) {
        vm.leave_key_tables(keys.len(), 0)?;
    }
    key_array(vm, &keys)
}

/// As `Object.keys`, where each property is looked at again.
fn names_to_read(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = vm.to_object(vm.arg(args, 0))?;
    let Some(object) = object.as_ref() else { return Ok(UNDEFINED) };
    let keys = enumerable_keys(vm, object, Symbols::LeftOut);
    if vm.has_dictionary(object) {
        vm.leave_key_list(keys.len())?;
        vm.leave_key_tables(keys.len(), 0)?;
    }
    key_array(vm, &keys)
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

fn json_parse(vm: &mut Vm, args: Args) -> Completion<Word> {
    // V8 reads a flat text.
    vm.flatten(vm.arg(args, 0))?;
    let units = convert::units(vm, args, 0)?;
    json::parse(vm, &units)
}

fn json_open(vm: &mut Vm, _: Args) -> Completion<Word> {
    vm.json_texts.push(String::new());
    Ok(UNDEFINED)
}

fn json_close(vm: &mut Vm, _: Args) -> Completion<Word> {
    let text = vm.json_texts.pop().unwrap_or_default();
    vm.built_string(&text)
}

fn json_put(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let text = match vm.as_number(word) {
        Some(number) if number.is_finite() => super::number_format::shortest(number),
        Some(_) => "null".to_owned(),
        None if vm.is_string(word) => vm.text(word),
        None => vm.brief(word),
    };
    if let Some(last) = vm.json_texts.last_mut() {
        last.push_str(&text);
    }
    Ok(UNDEFINED)
}

fn json_quote(vm: &mut Vm, args: Args) -> Completion<Word> {
    let units = convert::units(vm, args, 0)?;
    if let Some(last) = vm.json_texts.last_mut() {
        json_writer::quote_into(last, &units);
    }
    Ok(UNDEFINED)
}

fn json_plain(vm: &mut Vm, args: Args) -> Completion<Word> {
    let gap = vm.text(vm.arg(args, 1));
    match json_writer::plain_text(vm, vm.arg(args, 0), &gap) {
        Ok((Some(text), left)) => {
            // V8 reads such a field into a box (`JSObject::FastPropertyAt`).
            for _ in 0..left.double_fields {
                vm.leave_dead(2)?;
            }
            for keys in left.dictionaries {
                vm.leave_key_list(keys)?;
                vm.leave_key_list(keys)?;
            }
            vm.built_string(&text)
        }
        Ok((None, _)) | Err(json_writer::NotPlain) => Ok(UNDEFINED),
    }
}

fn unbox(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.unwrap_primitive(vm.arg(args, 0)))
}

fn constructor_name(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = vm.constructor_name(vm.arg(args, 0)).unwrap_or_else(|| "Object".to_owned());
    vm.string(&name)
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
