//! String: what needs no call back into script. Patterns that are regular expressions, `split` and `replace` are in
//! `prelude/string.js`.

use std::cmp::Ordering;

use semispace_heap::Word;
use unicode_normalization::UnicodeNormalization;

use super::collation::{Rules, collate, collate_ascii};
use super::convert;
use super::install::{Function, alias, constructor, methods};
use super::number_parse::is_space;
use crate::object::Key;
use crate::object::string::unit_of;
use crate::value::{self, UNDEFINED};
use crate::vm::arithmetic::to_int32;
use crate::vm::{Args, Completion, Handle, Intrinsic, Vm};

/// The longest string, as in V8 on 64 bits.
pub const MAX_LENGTH: usize = (1 << 29) - 24;

const METHODS: &[Function] = &[
    ("at", 1, at),
    ("charAt", 1, char_at),
    ("charCodeAt", 1, char_code_at),
    ("codePointAt", 1, code_point_at),
    ("concat", 1, concat),
    ("endsWith", 1, ends_with),
    ("includes", 1, includes),
    ("indexOf", 1, index_of),
    ("isWellFormed", 0, is_well_formed),
    ("lastIndexOf", 1, last_index_of),
    ("localeCompare", 1, locale_compare),
    ("normalize", 0, normalize),
    ("padEnd", 1, pad_end),
    ("padStart", 1, pad_start),
    ("repeat", 1, repeat),
    ("slice", 2, slice),
    ("startsWith", 1, starts_with),
    ("substr", 2, substr),
    ("substring", 2, substring),
    ("toLocaleLowerCase", 0, to_lower_case),
    ("toLocaleUpperCase", 0, to_upper_case),
    ("toLowerCase", 0, to_lower_case),
    ("toString", 0, to_string),
    ("toUpperCase", 0, to_upper_case),
    ("toWellFormed", 0, to_well_formed),
    ("trim", 0, trim),
    ("trimEnd", 0, trim_right),
    ("trimStart", 0, trim_left),
    ("valueOf", 0, to_string),
];

const STATICS: &[Function] = &[("fromCharCode", 1, from_char_code), ("fromCodePoint", 1, from_code_point)];

/// String and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let string = constructor(vm, ("String", 1, construct), Intrinsic::StringPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::StringPrototype);
    methods(vm, prototype, METHODS)?;
    for (name, old) in [("trimStart", "trimLeft"), ("trimEnd", "trimRight")] {
        let key = vm.intern(old)?;
        alias(vm, vm.intrinsic(Intrinsic::StringPrototype), name, key)?;
    }
    methods(vm, string, STATICS)
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let text = if args.count() == 0 {
        vm.string("")?
    } else if vm.is_symbol(word) && !args.is_construct() {
        let text = vm.symbol_text(word);
        vm.string(&text)?
    } else {
        vm.string_arg(args, 0)?
    };
    if args.is_construct() { vm.wrap_primitive(args, text, Intrinsic::StringPrototype) } else { Ok(text) }
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    let primitive = vm.unwrap_primitive(this);
    if vm.is_string(primitive) {
        return Ok(primitive);
    }
    Err(vm.type_error("String.prototype.toString requires that 'this' be a String"))
}

/// The position in argument `index`, if it is inside the string.
fn position(vm: &mut Vm, args: Args, index: usize, length: usize) -> Completion<Option<usize>> {
    let position = vm.integer_arg(args, index, 0.0)?;
    Ok((0.0..length as f64).contains(&position).then_some(position as usize))
}

/// The string in `this` in one piece: indexing a concatenation would walk down its parts each time.
fn flat_this(vm: &mut Vm, args: Args, method: &str) -> Completion<Word> {
    let this = vm.this_string(args, method)?;
    vm.flatten(this)
}

fn at(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = flat_this(vm, args, "at")?;
    let length = f64::from(vm.string_length(this));
    let position = vm.integer_arg(args, 0, 0.0)?;
    let position = if position < 0.0 { length + position } else { position };
    if !(0.0..length).contains(&position) {
        return Ok(UNDEFINED);
    }
    let unit = vm.unit_at(this, position as u32);
    vm.character(unit)
}

fn char_at(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(unit) = plain_unit(vm, args) {
        return vm.character(unit);
    }
    let this = flat_this(vm, args, "charAt")?;
    match position(vm, args, 0, vm.string_length(this) as usize)? {
        Some(position) => {
            let unit = vm.unit_at(this, position as u32);
            vm.character(unit)
        }
        None => vm.string(""),
    }
}

/// The code unit that the argument asks for, where neither it nor `this` needs a conversion.
fn plain_unit(vm: &Vm, args: Args) -> Option<u16> {
    let (this, index) = (vm.this(args).as_ref()?, vm.arg(args, 0).as_smi()?);
    unit_of(&vm.heap, this, index as u32)
}

fn char_code_at(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(unit) = plain_unit(vm, args) {
        return Ok(Word::smi(i32::from(unit)));
    }
    let this = flat_this(vm, args, "charCodeAt")?;
    match position(vm, args, 0, vm.string_length(this) as usize)? {
        Some(position) => Ok(Word::smi(i32::from(vm.unit_at(this, position as u32)))),
        None => vm.number(f64::NAN),
    }
}

fn code_point_at(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = flat_this(vm, args, "codePointAt")?;
    let length = vm.string_length(this) as usize;
    let Some(position) = position(vm, args, 0, length)? else { return Ok(UNDEFINED) };
    let first = vm.unit_at(this, position as u32);
    let second = if position + 1 < length { vm.unit_at(this, position as u32 + 1) } else { 0 };
    let pair = char::decode_utf16([first, second]).next();
    Ok(Word::smi(pair.and_then(Result::ok).map_or(i32::from(first), |c| c as i32)))
}

fn concat(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "concat")?;
    for index in 0..args.count() {
        let text = vm.string_arg(args, index)?;
        vm.set_arg(args, index, text);
    }
    let result = vm.handle(this);
    for index in 0..args.count() {
        let joined = vm.concat(vm.at(result), vm.arg(args, index))?;
        vm.roots.set(result, joined);
    }
    Ok(vm.at(result))
}

/// `this` and the text to search for, which must not be a regular expression; both in one piece.
fn search_texts(vm: &mut Vm, args: Args, name: &str) -> Completion<(Handle, Handle)> {
    let this = vm.this_string(args, name)?;
    let pattern = vm.arg(args, 0);
    let marked = if vm.is_object(pattern) {
        vm.get_data(pattern, Key::Atom(vm.names.symbol_match))
    } else {
        UNDEFINED
    };
    let is_regexp = vm.kind(pattern) == Some(value::REGEXP);
    if if marked == UNDEFINED { is_regexp } else { vm.truthy(marked) } {
        let message = format!("First argument to String.prototype.{name} must not be a regular expression");
        return Err(vm.type_error(&message));
    }
    let this = vm.handle(this);
    flat_pair(vm, args, this)
}

/// A text and argument 0 as a string, both in one piece.
fn flat_pair(vm: &mut Vm, args: Args, text: Handle) -> Completion<(Handle, Handle)> {
    let pattern = vm.string_arg(args, 0)?;
    let pattern = vm.flatten(pattern)?;
    let pattern = vm.handle(pattern);
    let text = vm.flatten(vm.at(text))?;
    Ok((vm.handle(text), pattern))
}

/// Where a pattern begins in a text at or after `from`; both lie in one piece.
pub(crate) fn find_in(vm: &Vm, text: Word, pattern: Word, from: usize) -> Option<usize> {
    vm.view(text)?.find(&vm.view(pattern)?, from)
}

fn has_at(vm: &Vm, text: Word, pattern: Word, at: usize) -> bool {
    matches!((vm.view(text), vm.view(pattern)), (Some(text), Some(pattern)) if text.has_at(at, &pattern))
}

fn includes(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (text, pattern) = search_texts(vm, args, "includes")?;
    let length = f64::from(vm.string_length(vm.at(text)));
    let from = vm.integer_arg(args, 1, 0.0)?.clamp(0.0, length) as usize;
    Ok(value::boolean(find_in(vm, vm.at(text), vm.at(pattern), from).is_some()))
}

fn starts_with(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (text, pattern) = search_texts(vm, args, "startsWith")?;
    let length = f64::from(vm.string_length(vm.at(text)));
    let from = vm.integer_arg(args, 1, 0.0)?.clamp(0.0, length) as usize;
    Ok(value::boolean(has_at(vm, vm.at(text), vm.at(pattern), from)))
}

fn ends_with(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (text, pattern) = search_texts(vm, args, "endsWith")?;
    let length = vm.string_length(vm.at(text)) as usize;
    let end = match vm.arg(args, 1) {
        UNDEFINED => length,
        _ => vm.integer_arg(args, 1, 0.0)?.clamp(0.0, length as f64) as usize,
    };
    let start = end.checked_sub(vm.string_length(vm.at(pattern)) as usize);
    Ok(value::boolean(start.is_some_and(|start| has_at(vm, vm.at(text), vm.at(pattern), start))))
}

fn index(found: Option<usize>) -> Word {
    Word::smi(found.map_or(-1, |at| at as i32))
}

fn index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "indexOf")?;
    let this = vm.handle(this);
    let (text, pattern) = flat_pair(vm, args, this)?;
    let length = f64::from(vm.string_length(vm.at(text)));
    let from = vm.integer_arg(args, 1, 0.0)?.clamp(0.0, length) as usize;
    Ok(index(find_in(vm, vm.at(text), vm.at(pattern), from)))
}

fn last_index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "lastIndexOf")?;
    let pattern = convert::units(vm, args, 0)?;
    let text = vm.units(this);
    let from = vm.number_arg(args, 1)?;
    let from = if from.is_nan() { f64::INFINITY } else { from.trunc() };
    let Some(last) = text.len().checked_sub(pattern.len()) else { return Ok(index(None)) };
    let last = from.clamp(0.0, last as f64) as usize;
    Ok(index((0..=last).rev().find(|&at| text[at..].starts_with(&pattern))))
}

/// The order of two ASCII texts by the usual rules, where they lie.
fn ascii_order(vm: &Vm, args: Args) -> Option<Ordering> {
    let (this, other) = (vm.view(vm.this(args))?, vm.view(vm.arg(args, 0))?);
    let is_plain = this.is_ascii() && other.is_ascii() && !vm.is_object(vm.arg(args, 2));
    let (this, other) = (this.units().map(|unit| unit as u8), other.units().map(|unit| unit as u8));
    is_plain.then(|| collate_ascii(this, other, true))
}

fn locale_compare(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(order) = ascii_order(vm, args) {
        return Ok(Word::smi(order as i32));
    }
    let this = vm.this_string(args, "localeCompare")?;
    let this = vm.handle(this);
    let other = vm.string_arg(args, 0)?;
    let other = vm.handle(other);
    let options = vm.arg(args, 2);
    let mut rules = Rules::default();
    if vm.is_object(options) {
        let (numeric, sensitivity) = (vm.intern("numeric")?, vm.intern("sensitivity")?);
        rules.numeric = vm.truthy(vm.peek_data(vm.arg(args, 2), Key::Atom(numeric)));
        let sensitivity = vm.get_data(vm.arg(args, 2), Key::Atom(sensitivity));
        (rules.accents, rules.case) = match &*vm.text(sensitivity) {
            "base" => (false, false),
            "accent" => (true, false),
            "case" => (false, true),
            _ => (true, true),
        };
    }
    Ok(Word::smi(collate(&vm.text(vm.at(this)), &vm.text(vm.at(other)), rules) as i32))
}

fn normalize(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "normalize")?;
    let this = vm.handle(this);
    let form = match vm.arg(args, 0) {
        UNDEFINED => "NFC".to_owned(),
        _ => {
            let form = vm.string_arg(args, 0)?;
            vm.text(form)
        }
    };
    let text = vm.text(vm.at(this));
    if text.is_ascii() && matches!(form.as_str(), "NFC" | "NFD" | "NFKC" | "NFKD") {
        return Ok(vm.at(this));
    }
    let normal: String = match form.as_str() {
        "NFC" => text.nfc().collect(),
        "NFD" => text.nfd().collect(),
        "NFKC" => text.nfkc().collect(),
        "NFKD" => text.nfkd().collect(),
        _ => return Err(vm.range_error("The normalization form should be one of NFC, NFD, NFKC, NFKD.")),
    };
    vm.string(&normal)
}

fn pad_start(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some((text, filling)) = padding(vm, args, "padStart")? else {
        return vm.this_string(args, "padStart");
    };
    vm.concat(filling, vm.at(text))
}

fn pad_end(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some((text, filling)) = padding(vm, args, "padEnd")? else { return vm.this_string(args, "padEnd") };
    vm.concat(vm.at(text), filling)
}

/// The text and what it is to be filled up with; `None` when it is long enough (V8: `StringPad` in
/// `src/builtins/string-pad.tq`).
fn padding(vm: &mut Vm, args: Args, name: &str) -> Completion<Option<(Handle, Word)>> {
    let this = vm.this_string(args, name)?;
    let text = vm.handle(this);
    let wanted = vm.integer_arg(args, 0, 0.0)?;
    let filler = match vm.arg(args, 1) {
        UNDEFINED => vm.string(" ")?,
        _ => vm.string_arg(args, 1)?,
    };
    let (length, step) = (vm.string_length(vm.at(text)), vm.string_length(filler));
    if wanted <= f64::from(length) || step == 0 {
        return Ok(None);
    }
    if wanted > MAX_LENGTH as f64 {
        return Err(vm.range_error("Invalid string length"));
    }
    let missing = wanted as u32 - length;
    let filler = vm.handle(filler);
    let whole = repeated(vm, filler, missing / step)?;
    let whole = vm.handle(whole);
    let part = vm.substring(vm.at(filler), 0, missing % step)?;
    let filling = vm.concat(vm.at(whole), part)?;
    Ok(Some((text, filling)))
}

fn repeat(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "repeat")?;
    let text = vm.handle(this);
    let count = vm.integer_arg(args, 0, 0.0)?;
    if count < 0.0 || count.is_infinite() {
        let text = super::number_format::shortest(count);
        return Err(vm.range_error(&format!("Invalid count value: {text}")));
    }
    let length = vm.string_length(vm.at(text));
    if f64::from(length) * count > MAX_LENGTH as f64 {
        return Err(vm.range_error("Invalid string length"));
    }
    repeated(vm, text, if length == 0 { 0 } else { count as u32 })
}

/// A text several times over, by doubling: of a long one little is made but pairs of shared halves (V8: `StringRepeat` in
/// `src/builtins/string-repeat.tq`).
pub(super) fn repeated(vm: &mut Vm, text: Handle, count: u32) -> Completion<Word> {
    let (mut power, mut left) = (text, count);
    let mut result = vm.handle(vm.intrinsic(Intrinsic::EmptyString));
    while left > 0 {
        if left % 2 == 1 {
            let longer = vm.concat(vm.at(result), vm.at(power))?;
            result = vm.handle(longer);
        }
        left /= 2;
        if left > 0 {
            let doubled = vm.concat(vm.at(power), vm.at(power))?;
            power = vm.handle(doubled);
        }
    }
    Ok(vm.at(result))
}

fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "slice")?;
    let length = vm.string_length(this) as usize;
    let start = convert::relative(vm, args, 0, length, 0)?;
    let end = convert::relative(vm, args, 1, length, length)?;
    vm.substring(this, start as u32, end.max(start) as u32)
}

fn substring(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "substring")?;
    let length = vm.string_length(this) as usize;
    let start = vm.integer_arg(args, 0, 0.0)?.clamp(0.0, length as f64) as usize;
    let end = match vm.arg(args, 1) {
        UNDEFINED => length,
        _ => vm.integer_arg(args, 1, 0.0)?.clamp(0.0, length as f64) as usize,
    };
    vm.substring(this, start.min(end) as u32, start.max(end) as u32)
}

fn substr(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "substr")?;
    let length = vm.string_length(this) as usize;
    let start = convert::relative(vm, args, 0, length, 0)?;
    let count = match vm.arg(args, 1) {
        UNDEFINED => f64::INFINITY,
        _ => vm.integer_arg(args, 1, 0.0)?,
    };
    let count = count.clamp(0.0, (length - start) as f64) as usize;
    vm.substring(this, start as u32, (start + count) as u32)
}

fn to_lower_case(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "toLowerCase")?;
    match ascii_changed(vm, this, u8::to_ascii_lowercase) {
        Some(bytes) => kept_or_new(vm, this, &bytes),
        None => change_case(vm, this, str::to_lowercase),
    }
}

fn to_upper_case(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "toUpperCase")?;
    match ascii_changed(vm, this, u8::to_ascii_uppercase) {
        Some(bytes) => kept_or_new(vm, this, &bytes),
        None => change_case(vm, this, str::to_uppercase),
    }
}

/// The bytes of an ASCII string in another case.
fn ascii_changed(vm: &Vm, string: Word, change: fn(&u8) -> u8) -> Option<Vec<u8>> {
    let mut bytes = vm.latin1_bytes(string).filter(|bytes| bytes.is_ascii())?;
    bytes.iter_mut().for_each(|byte| *byte = change(byte));
    Some(bytes)
}

/// The same string, if these are its characters. V8 has made the other one by then (`ConvertCase` in `src/objects/intl-objects.cc`).
fn kept_or_new(vm: &mut Vm, string: Word, bytes: &[u8]) -> Completion<Word> {
    if bytes.is_empty() {
        return Ok(string);
    }
    let string = vm.handle(string);
    let changed = vm.new_one_byte_string(bytes)?;
    let same = |view: crate::object::string_view::StringView<'_>| {
        view.units().eq(bytes.iter().copied().map(u16::from))
    };
    Ok(if vm.view(vm.at(string)).is_some_and(same) { vm.at(string) } else { changed })
}

/// Changes the case of everything but lone surrogates.
fn change_case(vm: &mut Vm, string: Word, change: fn(&str) -> String) -> Completion<Word> {
    let units = vm.units(string);
    let Ok(text) = String::from_utf16(&units) else {
        let changed: Vec<u16> = char::decode_utf16(units)
            .flat_map(|c| match c {
                Ok(c) => change(c.encode_utf8(&mut [0; 4])).encode_utf16().collect(),
                Err(lone) => vec![lone.unpaired_surrogate()],
            })
            .collect();
        return vm.string_from_units(&changed);
    };
    let changed = change(&text);
    if changed == text { Ok(string) } else { vm.string(&changed) }
}

fn trim(vm: &mut Vm, args: Args) -> Completion<Word> {
    trimmed(vm, args, "trim", (true, true))
}

fn trim_left(vm: &mut Vm, args: Args) -> Completion<Word> {
    trimmed(vm, args, "trimStart", (true, false))
}

fn trim_right(vm: &mut Vm, args: Args) -> Completion<Word> {
    trimmed(vm, args, "trimEnd", (false, true))
}

fn trimmed(vm: &mut Vm, args: Args, name: &str, (at_start, at_end): (bool, bool)) -> Completion<Word> {
    let this = vm.this_string(args, name)?;
    let text = vm.flatten(this)?;
    let Some(view) = vm.view(text) else { return Ok(text) };
    let length = view.len();
    let is_kept = |&index: &usize| !is_space(view.unit(index));
    let start = if at_start { (0..length).find(is_kept).unwrap_or(length) } else { 0 };
    let end = if at_end { (start..length).rfind(is_kept).map_or(start, |last| last + 1) } else { length };
    vm.substring(text, start as u32, end as u32)
}

fn is_well_formed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "isWellFormed")?;
    Ok(value::boolean(char::decode_utf16(vm.units(this)).all(|c| c.is_ok())))
}

fn to_well_formed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this_string(args, "toWellFormed")?;
    let text = String::from_utf16_lossy(&vm.units(this));
    vm.string(&text)
}

fn from_char_code(vm: &mut Vm, args: Args) -> Completion<Word> {
    let mut units = Vec::with_capacity(args.count());
    for index in 0..args.count() {
        let number = vm.number_arg(args, index)?;
        units.push(to_int32(number) as u16);
    }
    match units[..] {
        [unit] => vm.character(unit),
        _ => vm.string_from_units(&units),
    }
}

fn from_code_point(vm: &mut Vm, args: Args) -> Completion<Word> {
    let mut units = Vec::with_capacity(args.count());
    for index in 0..args.count() {
        let number = vm.number_arg(args, index)?;
        if number.fract() != 0.0 || !(0.0..=1_114_111.0).contains(&number) {
            let text = vm.brief_key(vm.arg(args, index));
            return Err(vm.range_error(&format!("Invalid code point {text}")));
        }
        match char::from_u32(number as u32) {
            Some(c) => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            None => units.push(number as u16),
        }
    }
    vm.string_from_units(&units)
}
