//! The typed arrays: their constructors, and natives for the methods in `prelude/typed_array.js`.

use semispace_heap::{Ref, Word};

use super::install::{
    Function, Use, accessor, constants, constructor, define, methods, native, species, symbol_getter,
};
use crate::object::typed_array::MAX_LENGTH;
use crate::object::{ElementType, Key, Span};
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, Vm};

/// The prototype of the typed arrays of each type.
const PROTOTYPES: [Intrinsic; 11] = [
    Intrinsic::Int8ArrayPrototype,
    Intrinsic::Uint8ArrayPrototype,
    Intrinsic::Uint8ClampedArrayPrototype,
    Intrinsic::Int16ArrayPrototype,
    Intrinsic::Uint16ArrayPrototype,
    Intrinsic::Int32ArrayPrototype,
    Intrinsic::Uint32ArrayPrototype,
    Intrinsic::Float32ArrayPrototype,
    Intrinsic::Float64ArrayPrototype,
    Intrinsic::BigInt64ArrayPrototype,
    Intrinsic::BigUint64ArrayPrototype,
];

const INTRINSICS: &[Function] = &[
    ("$typedNumber", 1, typed_number),
    ("$typedLength", 2, typed_length),
    ("$typedCopy", 5, typed_copy),
    ("$typedFill", 4, typed_fill),
    ("$typedSort", 1, typed_sort),
    ("$typedReverse", 1, typed_reverse),
    ("$typedIndexOf", 4, typed_index_of),
    ("$setTyped", 3, set_typed),
];

macro_rules! constructors {
    ($($sort:ident)*) => {
        [$(|vm, args| construct(vm, args, ElementType::$sort)),*]
    };
}

const CONSTRUCTORS: [crate::vm::NativeFn; 11] = constructors! {
    Int8 Uint8 Uint8Clamped Int16 Uint16 Int32 Uint32 Float32 Float64 BigInt64 BigUint64
};

/// The typed arrays with their prototypes.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let parent = native(vm, ("TypedArray", 0, refuse), Use::Construct)?;
    let prototype = vm.intrinsic(Intrinsic::TypedArrayPrototype);
    let atom = vm.names.prototype;
    vm.define_data(parent, Key::Atom(atom), prototype, Attributes::FIXED)?;
    define(vm, prototype, "constructor", parent)?;
    define(vm, vm.intrinsic(Intrinsic::Helpers), "$TypedArray", parent)?;
    accessor(vm, prototype, "buffer", buffer, None)?;
    accessor(vm, prototype, "byteLength", byte_length, None)?;
    accessor(vm, prototype, "byteOffset", byte_offset, None)?;
    let length = accessor(vm, prototype, "length", length, None)?;
    vm.roots.realm.set(Intrinsic::TypedArrayLength, length);
    let symbol = vm.names.symbol_to_string_tag;
    symbol_getter(vm, prototype, symbol, ("get [Symbol.toStringTag]", to_string_tag))?;
    species(vm, parent)?;
    for sort in ElementType::ALL {
        let intrinsic = PROTOTYPES[sort as usize];
        let class = constructor(vm, (sort.class(), 3, CONSTRUCTORS[sort as usize]), intrinsic)?;
        vm.set_prototype(class, parent);
        let size = [("BYTES_PER_ELEMENT", f64::from(sort.size()))];
        constants(vm, class, &size)?;
        constants(vm, vm.intrinsic(intrinsic), &size)?;
    }
    methods(vm, prototype, &[("set", 1, set)])?;
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// The prototype of the typed arrays of a type.
pub(super) fn prototype_of(vm: &Vm, sort: ElementType) -> Word {
    vm.intrinsic(PROTOTYPES[sort as usize])
}

fn refuse(vm: &mut Vm, _: Args) -> Completion<Word> {
    Err(vm.type_error("Abstract class TypedArray not directly constructable"))
}

fn construct(vm: &mut Vm, args: Args, sort: ElementType) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error(&format!("Constructor {} requires 'new'", sort.class())));
    }
    let source = vm.arg(args, 0);
    match vm.kind(source) {
        Some(value::ARRAY_BUFFER) => view_of_buffer(vm, args, sort),
        Some(value::ARRAY_BUFFER_VIEW) if vm.is_typed_array(source) => copy_of(vm, args, sort),
        Some(kind) if value::is_object_kind(kind) => from_object(vm, args, sort),
        _ => {
            let length = vm.integer_arg(args, 0, 0.0)?;
            if !(0.0..=MAX_LENGTH as f64).contains(&length) {
                return Err(invalid_length(vm, length));
            }
            new_array(vm, args, sort, length as u64)
        }
    }
}

fn invalid_length(vm: &mut Vm, length: f64) -> Abrupt {
    let text = super::number_format::shortest(length);
    vm.range_error(&format!("Invalid typed array length: {text}"))
}

/// An array with the prototype that `new.target` asks for.
fn new_array(vm: &mut Vm, args: Args, sort: ElementType, length: u64) -> Completion<Word> {
    let prototype = vm.prototype_for(vm.this(args), PROTOTYPES[sort as usize]);
    vm.new_typed_array(prototype, sort, length).map(Word::reference)
}

fn view_of_buffer(vm: &mut Vm, args: Args, sort: ElementType) -> Completion<Word> {
    let (class, size) = (sort.class(), u64::from(sort.size()));
    let offset = vm.integer_arg(args, 1, 0.0)?;
    let length = vm.integer_arg(args, 2, 0.0)?;
    if offset < 0.0 || !(offset as u64).is_multiple_of(size) {
        if offset < 0.0 {
            return Err(vm.range_error(&format!("Start offset {offset} is outside the bounds of the buffer")));
        }
        return Err(vm.range_error(&format!("start offset of {class} should be a multiple of {size}")));
    }
    let Some(span) = vm.span(vm.arg(args, 0)) else {
        return Err(vm.type_error("Cannot perform Construct on a detached ArrayBuffer"));
    };
    let buffer = vm.arg(args, 0).as_ref();
    let tracks = buffer
        .is_some_and(|buffer| vm.heap.get(buffer, crate::object::typed_array::BUFFER_MAXIMUM) != UNDEFINED);
    let fits = offset <= span.length as f64;
    let length = match vm.arg(args, 2) {
        UNDEFINED if !tracks && !span.length.is_multiple_of(size) => {
            return Err(vm.range_error(&format!("byte length of {class} should be a multiple of {size}")));
        }
        UNDEFINED if !fits => {
            return Err(vm.range_error(&format!("Start offset {offset} is outside the bounds of the buffer")));
        }
        UNDEFINED if tracks => None,
        UNDEFINED => Some((span.length - offset as u64) / size),
        _ if length < 0.0 || !fits || length * size as f64 > span.length as f64 - offset => {
            return Err(invalid_length(vm, length));
        }
        _ => Some(length as u64),
    };
    let prototype = vm.prototype_for(vm.this(args), PROTOTYPES[sort as usize]);
    vm.new_view(prototype, vm.arg(args, 0), Some(sort), (offset as u64, length)).map(Word::reference)
}

fn copy_of(vm: &mut Vm, args: Args, sort: ElementType) -> Completion<Word> {
    let Some(source) = vm.arg(args, 0).as_ref() else { return Ok(UNDEFINED) };
    let length = vm.typed_length(source);
    let copy = new_array(vm, args, sort, length)?;
    let copy = vm.handle(copy);
    copy_elements(vm, (vm.arg(args, 0), 0), (vm.at(copy), 0), length)?;
    Ok(vm.at(copy))
}

/// From an array of numbers at once; from every other object by `typedFrom` of the prelude.
fn from_object(vm: &mut Vm, args: Args, sort: ElementType) -> Completion<Word> {
    let list = vm.arg(args, 0);
    if vm.iterates_plainly(list)
        && let Some(array) = list.as_ref()
        && let Some(numbers) = plain_numbers(vm, array).filter(|_| !sort.is_big())
    {
        let copy = new_array(vm, args, sort, numbers.len() as u64)?;
        if let Some(span) = vm.span(copy) {
            write_numbers(vm, span, sort, &numbers);
        }
        return Ok(copy);
    }
    let (target, class) = (vm.this(args), vm.callee(args));
    vm.request_helper("typedFrom", &[target, class, list])
}

fn write_numbers(vm: &mut Vm, span: Span, sort: ElementType, numbers: &[f64]) {
    let size = sort.size() as usize;
    let mut bytes = Vec::with_capacity(numbers.len() * size);
    for &number in numbers {
        bytes.extend_from_slice(&sort.bits_of(number).to_le_bytes()[..size]);
    }
    vm.write_span(span, &bytes);
}

/// `set` of a typed array or an array of numbers at once; all else goes to `typedSet` of the prelude.
fn set(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (this, source, offset) = (vm.this(args), vm.arg(args, 0), vm.arg(args, 1));
    let at =
        if offset == UNDEFINED { Some(0) } else { offset.as_smi().and_then(|at| u64::try_from(at).ok()) };
    let length = this.as_ref().filter(|_| vm.is_typed_array(this)).map(|view| vm.typed_length(view));
    let room = at.filter(|&at| length.is_some_and(|length| at <= length));
    let room = room.and_then(|at| elements(vm, this, at, u64::MAX >> 4));
    let done = match (room, source.as_ref()) {
        (Some((sort, room)), Some(list)) if vm.kind(source) == Some(value::ARRAY) && !sort.is_big() => {
            let fitting = |numbers: &Vec<f64>| numbers.len() as u64 <= room.length >> sort.shift();
            let numbers = plain_numbers(vm, list).filter(fitting);
            numbers.map(|numbers| write_numbers(vm, room, sort, &numbers)).is_some()
        }
        (Some((sort, room)), Some(view)) if vm.is_typed_array(source) && vm.span(source).is_some() => {
            let count = vm.typed_length(view);
            let fits = count <= room.length >> sort.shift();
            if fits {
                copy_elements(vm, (source, 0), (this, at.unwrap_or(0)), count)?;
            }
            fits
        }
        _ => false,
    };
    if done { Ok(UNDEFINED) } else { vm.request_helper("typedSet", &[this, source, offset]) }
}

/// The elements of an array, if all of them are numbers.
fn plain_numbers(vm: &Vm, array: Ref) -> Option<Vec<f64>> {
    let number = |index| match vm.double_element(array, index) {
        Some(number) => Some(number),
        None => vm.peek_own(array, Key::Index(index)).and_then(|property| vm.as_number(property.word)),
    };
    (0..vm.array_length(array)).map(number).collect()
}

/// The receiver of an accessor, which must be a typed array.
fn receiver(vm: &mut Vm, args: Args, name: &str) -> Completion<Ref> {
    let this = vm.this(args);
    match this.as_ref().filter(|_| vm.is_typed_array(this)) {
        Some(view) => Ok(view),
        None => {
            let text = vm.brief(this);
            let name = format!("get TypedArray.prototype.{name}");
            Err(vm.type_error(&format!("Method {name} called on incompatible receiver {text}")))
        }
    }
}

fn buffer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = receiver(vm, args, "buffer")?;
    vm.buffer_of_view(view)
}

fn byte_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = receiver(vm, args, "byteLength")?;
    let bytes = vm.span(Word::reference(view)).map_or(0, |span| span.length);
    vm.number(bytes as f64)
}

fn byte_offset(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = receiver(vm, args, "byteOffset")?;
    let offset = vm.span(Word::reference(view)).map_or(0, |span| span.start);
    vm.number(offset as f64)
}

fn length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = receiver(vm, args, "length")?;
    vm.number(vm.typed_length(view) as f64)
}

fn to_string_tag(vm: &mut Vm, args: Args) -> Completion<Word> {
    match vm.element_type(vm.this(args)) {
        Some(sort) => super::install::interned(vm, sort.class()),
        None => Ok(UNDEFINED),
    }
}

/// `$typedNumber(value)`: the number of its type, -1 for what is no typed array.
fn typed_number(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(Word::smi(vm.element_type(vm.arg(args, 0)).map_or(-1, |sort| sort as i32)))
}

/// `$typedLength(value, method)`: ValidateTypedArray and the length.
fn typed_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let Some(view) = word.as_ref().filter(|_| vm.is_typed_array(word)) else {
        return Err(vm.type_error("this is not a typed array."));
    };
    if vm.span(word).is_none() {
        let method = vm.text(vm.arg(args, 1));
        let name = format!("%TypedArray%.prototype.{method}");
        return Err(vm.type_error(&format!("Cannot perform {name} on a detached ArrayBuffer")));
    }
    vm.number(vm.typed_length(view) as f64)
}

/// The elements `[from, from + count)` of a typed array as bytes.
fn elements(vm: &Vm, view: Word, from: u64, count: u64) -> Option<(ElementType, Span)> {
    let (sort, span) = (vm.element_type(view)?, vm.span(view)?);
    Some((sort, span.part(from << sort.shift(), count << sort.shift())))
}

fn copy_elements(vm: &mut Vm, from: (Word, u64), to: (Word, u64), count: u64) -> Completion {
    let (Some((source, bytes)), Some((target, room))) =
        (elements(vm, from.0, from.1, count), elements(vm, to.0, to.1, count))
    else {
        return Ok(());
    };
    if source.is_big() != target.is_big() {
        return Err(vm.type_error("Cannot mix BigInt and other types, use explicit conversions"));
    }
    let same = source == target
        || source.is_big()
        || (source.size() == 1 && target == ElementType::Uint8)
        || (source.size() == 1 && target == ElementType::Int8);
    if same {
        vm.copy_span(bytes, room);
        return Ok(());
    }
    let bytes = vm.whole_bytes(bytes)?;
    let elements = bytes.chunks_exact(source.size() as usize);
    let numbers: Vec<f64> = elements.map(|element| source.number_of(bits_of(element))).collect();
    write_numbers(vm, room, target, &numbers);
    Ok(())
}

/// The little-endian number in the bytes of an element.
fn bits_of(element: &[u8]) -> u64 {
    match *element {
        [a] => a.into(),
        [a, b] => u16::from_le_bytes([a, b]).into(),
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]).into(),
        _ => element.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes)),
    }
}

fn size_arg(vm: &Vm, args: Args, index: usize) -> u64 {
    vm.as_number(vm.arg(args, index)).unwrap_or(0.0) as u64
}

/// `$typedCopy(target, at, source, from, count)`
fn typed_copy(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (at, from, count) = (size_arg(vm, args, 1), size_arg(vm, args, 3), size_arg(vm, args, 4));
    copy_elements(vm, (vm.arg(args, 2), from), (vm.arg(args, 0), at), count)?;
    Ok(UNDEFINED)
}

/// `$typedFill(view, value, start, end)`; the value is primitive.
fn typed_fill(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(sort) = vm.element_type(vm.arg(args, 0)) else { return Ok(UNDEFINED) };
    let bits = vm.element_bits(sort, vm.arg(args, 1))?;
    let (start, end) = (size_arg(vm, args, 2), size_arg(vm, args, 3));
    if let Some((_, span)) = elements(vm, vm.arg(args, 0), start, end.saturating_sub(start)) {
        fill_span(vm, span, &bits.to_le_bytes()[..sort.size() as usize]);
    }
    Ok(UNDEFINED)
}

/// Repeats a pattern over a span.
pub(super) fn fill_span(vm: &mut Vm, span: Span, pattern: &[u8]) {
    const PIECE: u64 = 1 << 16;
    let Some(&first) = pattern.first() else { return };
    if pattern.iter().all(|&byte| byte == first) {
        return vm.fill_span(span, first);
    }
    let width = pattern.len() as u64;
    let piece = pattern.repeat(span.length.div_ceil(width).clamp(1, (PIECE / width).max(1)) as usize);
    for at in (0..span.length).step_by(piece.len()) {
        vm.write_span(span.part(at, piece.len() as u64), &piece);
    }
}

/// `$typedSort(view)`: ascending, minus zero first, NaN last.
fn typed_sort(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some((sort, span)) = elements(vm, vm.arg(args, 0), 0, u64::MAX >> 4) else { return Ok(UNDEFINED) };
    let size = sort.size() as usize;
    let bytes = vm.whole_bytes(span)?;
    let mut bits: Vec<u64> = bytes.chunks_exact(size).map(bits_of).collect();
    bits.sort_by_key(|&bits| rank(sort, bits));
    let sorted: Vec<u8> = bits.iter().flat_map(|bits| bits.to_le_bytes().into_iter().take(size)).collect();
    vm.write_span(span, &sorted);
    Ok(UNDEFINED)
}

/// A number whose order is that of the elements: -0 comes before 0, NaN after everything.
fn rank(sort: ElementType, bits: u64) -> u64 {
    const SIGN: u64 = 1 << 63;
    match sort {
        ElementType::BigUint64 => bits,
        ElementType::BigInt64 => bits ^ SIGN,
        _ => match sort.number_of(bits) {
            number if number.is_nan() => u64::MAX,
            number if number.is_sign_negative() => !number.to_bits(),
            number => number.to_bits() ^ SIGN,
        },
    }
}

/// `$typedReverse(view)`
fn typed_reverse(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some((sort, span)) = elements(vm, vm.arg(args, 0), 0, u64::MAX >> 4) {
        let bytes = vm.whole_bytes(span)?;
        let reversed: Vec<u8> = bytes.rchunks_exact(sort.size() as usize).flatten().copied().collect();
        vm.write_span(span, &reversed);
    }
    Ok(UNDEFINED)
}

/// `$typedIndexOf(view, value, from, mode)`: -1, or the first index from `from` on that holds the value by `===`
/// (mode 0) or SameValueZero (mode 1); with mode 2 the last one up to `from`, by `===`.
fn typed_index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (word, from, mode) = (vm.arg(args, 1), size_arg(vm, args, 2), size_arg(vm, args, 3));
    let none = Ok(Word::smi(-1));
    let Some(sort) = vm.element_type(vm.arg(args, 0)) else { return none };
    let is_number = vm.as_number(word).is_some();
    if is_number == sort.is_big() || !is_number && vm.kind(word) != Some(value::BIGINT) {
        return none;
    }
    let is_float = matches!(sort, ElementType::Float32 | ElementType::Float64);
    let wanted = vm.as_number(word).unwrap_or(f64::NAN);
    let wanted_bits = vm.element_bits(sort, word)? & u64::MAX >> (64 - 8 * sort.size());
    let is_held = if sort.is_big() {
        let back = vm.element_value(sort, wanted_bits)?;
        vm.strict_equal(back, vm.arg(args, 1))
    } else {
        is_float || sort.number_of(wanted_bits) == wanted
    };
    let Some((_, span)) = elements(vm, vm.arg(args, 0), 0, u64::MAX >> 4).filter(|_| is_held) else {
        return none;
    };
    let bytes = vm.whole_bytes(span)?;
    let matches = |(_, element): &(usize, &[u8])| {
        let bits = bits_of(element);
        if !is_float {
            return bits == wanted_bits;
        }
        let found = sort.number_of(bits);
        found == wanted || mode == 1 && found.is_nan() && wanted.is_nan()
    };
    let mut all = bytes.chunks_exact(sort.size() as usize).enumerate();
    let found = if mode == 2 {
        all.take((from as usize).saturating_add(1)).rfind(matches)
    } else {
        all.by_ref().skip(from as usize).find(matches)
    };
    vm.number(found.map_or(-1.0, |(index, _)| index as f64))
}

/// `$setTyped(view, index, value)`: the end of an assignment.
fn set_typed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 2);
    if vm.is_object(word) {
        return Err(Abrupt::Coerce(3, Hint::Number));
    }
    let (index, view) = (size_arg(vm, args, 1), vm.arg(args, 0).as_ref());
    if let (Some(view), Ok(index)) = (view, u32::try_from(index)) {
        vm.set_typed_element(view, index, word)?;
    }
    Ok(UNDEFINED)
}
