//! Array: fast paths for plain arrays. Whatever else a method is called on (array-likes, sparse or frozen arrays,
//! proxies) goes to `prelude/array_generic.js`, and what calls back into script is in `prelude/array.js`.

use semispace_heap::{Ref, Word};

use super::convert;
use super::install::{Function, Use, alias, constructor, define, methods, native, species, tag};
use crate::object::Elements;
use crate::object::Key;
use crate::object::element::MAX_FAST_ARRAY;
use crate::value::{self, ARRAY_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};
use crate::vm::{Args, Completion, Handle, Intrinsic, Vm};

const METHODS: &[Function] = &[
    ("concat", 1, concat),
    ("entries", 0, entries),
    ("fill", 1, fill),
    ("includes", 1, includes),
    ("indexOf", 1, index_of),
    ("keys", 0, keys),
    ("lastIndexOf", 1, last_index_of),
    ("pop", 0, pop),
    ("push", 1, push),
    ("reverse", 0, reverse),
    ("shift", 0, shift),
    ("slice", 2, slice),
    ("splice", 2, splice),
    ("unshift", 1, unshift),
    ("values", 0, values),
];

/// Array, its prototype and its iterators.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let array = constructor(vm, ("Array", 1, construct), Intrinsic::ArrayPrototype)?;
    methods(vm, array, &[("isArray", 1, is_array)])?;
    species(vm, array)?;
    let class = vm.get_data(vm.intrinsic(Intrinsic::ArrayPrototype), Key::Atom(vm.names.constructor));
    vm.roots.realm.set(Intrinsic::Array, class);
    let prototype = vm.intrinsic(Intrinsic::ArrayPrototype);
    methods(vm, prototype, METHODS)?;
    let helpers = vm.intrinsic(Intrinsic::Helpers);
    methods(vm, helpers, &[("$lengthFor", 2, length_for), ("$speciesOf", 2, species_of)])?;
    alias(vm, prototype, "values", vm.names.symbol_iterator)?;
    let values = vm.get_data(prototype, Key::Atom(vm.names.symbol_iterator));
    vm.roots.realm.set(Intrinsic::ArrayValues, values);
    let iterator = vm.intrinsic(Intrinsic::ArrayIteratorPrototype);
    let next = native(vm, ("next", 0, iterator_next), Use::Call)?;
    vm.roots.realm.set(Intrinsic::ArrayIteratorNext, next);
    define(vm, iterator, "next", next)?;
    tag(vm, iterator, "Array Iterator")
}

/// Elements for which an array of a plain array's kind gets room at once.
const AT_ONCE: i32 = 1 << 16;

/// Slots of an array that nothing is said of (V8: `JSArray::kPreallocatedArrayElements`).
const PREALLOCATED: u32 = 4;

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let target = vm.this(args);
    let subclass = args.is_construct() && target != vm.callee(args);
    let first = vm.arg(args, 0);
    let (array, may_turn) = match vm.as_number(first) {
        Some(length) if args.count() == 1 => {
            if length < 0.0 || length.fract() != 0.0 || length > f64::from(u32::MAX) {
                return Err(vm.range_error("Invalid array length"));
            }
            vm.array_of_holes(length as u32, length as u32)?
        }
        _ if args.count() == 0 => vm.array_of_holes(0, PREALLOCATED)?,
        _ => {
            let words: Vec<Word> = (0..args.count()).map(|index| vm.arg(args, index)).collect();
            (vm.array_from(&words)?, true)
        }
    };
    let array = vm.handle(Word::reference(array));
    if subclass {
        let prototype = vm.prototype_for(vm.this(args), Intrinsic::ArrayPrototype);
        vm.set_prototype(vm.at(array), prototype);
        return Ok(vm.at(array));
    }
    if may_turn { vm.with_memento(vm.at(array)) } else { Ok(vm.at(array)) }
}

/// An array whose elements may be moved about as they lie: not sparse, not frozen or sealed.
fn plain_array(vm: &Vm, word: Word) -> Option<Ref> {
    let array = word.as_ref().filter(|&object| vm.heap.header(object).kind() == value::ARRAY)?;
    let store = vm.heap.get(array, value::ELEMENTS).as_ref()?;
    let header = vm.heap.header(store);
    let plain = header.kind() != value::NUMBER_DICTIONARY && header.shape() != shapes::GUARDED_ELEMENTS;
    (plain && vm.is_extensible(array)).then_some(array)
}

/// `this` as a plain array whose elements are its own, to be written to.
fn own_array(vm: &mut Vm, args: Args) -> Completion<Option<Ref>> {
    if plain_array(vm, vm.this(args)).is_some() {
        let array = vm.handle(vm.this(args));
        vm.own_elements(array)?;
    }
    Ok(plain_array(vm, vm.this(args)))
}

/// A plain array that is no instance of a subclass, by its prototype or a constructor of its own: what is made of its
/// elements is a plain array too.
fn plain_array_itself(vm: &Vm, word: Word) -> Option<Ref> {
    let constructor = Key::Atom(vm.names.constructor);
    plain_array(vm, word).filter(|&array| {
        vm.shape_of(array).0 == vm.array_shape
            || vm.prototype_of(word) == vm.intrinsic(Intrinsic::ArrayPrototype)
                && vm.peek_own(array, constructor).is_none()
    })
}

/// `$lengthFor(list, callback)`
fn length_for(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (list, callback) = (vm.arg(args, 0), vm.arg(args, 1));
    match list.as_ref().filter(|_| vm.kind(list) == Some(value::ARRAY)) {
        Some(array) if vm.is_callable(callback) => Ok(vm.heap.get(array, ARRAY_LENGTH)),
        _ => vm.request_helper("lengthFor", &[list, callback]),
    }
}

/// `$speciesOf(list, length)`
fn species_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (list, length) = (vm.arg(args, 0), vm.arg(args, 1));
    let constructor = Key::Atom(vm.names.constructor);
    let is_plain = plain_array_itself(vm, list).is_some()
        && vm.get_data(vm.intrinsic(Intrinsic::ArrayPrototype), constructor)
            == vm.intrinsic(Intrinsic::Array);
    match length.as_smi().filter(|&length| is_plain && (0..=AT_ONCE).contains(&length)) {
        Some(0) => vm.new_array().map(Word::reference),
        Some(length) => vm.array_of_holes(0, length as u32).map(|(array, _)| Word::reference(array)),
        None => vm.request_helper("species", &[list, length]),
    }
}

/// Calls a method of `prelude/array_generic.js` with `this` and an array of all arguments.
fn generic(vm: &mut Vm, args: Args, helper: &'static str) -> Completion<Word> {
    let words: Vec<Word> = (0..args.count()).map(|index| vm.arg(args, index)).collect();
    let list = Word::reference(vm.array_from(&words)?);
    let this = vm.this(args);
    vm.request_helper(helper, &[this, list])
}

/// The same with `this` and the first three arguments.
fn generic_plain(vm: &mut Vm, args: Args, helper: &'static str) -> Completion<Word> {
    let arguments = [vm.this(args), vm.arg(args, 0), vm.arg(args, 1), vm.arg(args, 2)];
    vm.request_helper(helper, &arguments)
}

fn is_array(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    Ok(value::boolean(vm.is_array(word)))
}

fn push(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic(vm, args, "arrayPush") };
    if u64::from(vm.array_length(array)) + args.count() as u64 > u64::from(u32::MAX) {
        return generic(vm, args, "arrayPush");
    }
    let length = vm.array_length(array);
    if args.count() == 1 && vm.store_in_plain_array(array, length, vm.arg(args, 0)) {
        return Ok(vm.heap.get(array, ARRAY_LENGTH));
    }
    if args.count() == 1 {
        vm.room_for_append(args, array)?;
    }
    for index in 0..args.count() {
        vm.push_element(vm.this(args), vm.arg(args, index))?;
    }
    let this = vm.this(args);
    Ok(this.as_ref().map_or(UNDEFINED, |array| vm.heap.get(array, ARRAY_LENGTH)))
}

fn pop(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic_plain(vm, args, "arrayPop") };
    let length = vm.array_length(array);
    if length == 0 {
        return Ok(UNDEFINED);
    }
    // Of many: the last slot becomes a hole, and the store stays as it is.
    if let Elements::Tagged(store, room) = vm.elements(array)
        && (2..=room).contains(&length)
        && 2 * (length - 1) + 16 > room
        && vm.heap.header(store).shape() != shapes::SHARED_ELEMENTS
    {
        let slot = FIXED_SLOTS + length - 1;
        let last = vm.heap.get(store, slot);
        if last != HOLE {
            vm.heap.set(store, slot, HOLE);
            vm.heap.init(array, ARRAY_LENGTH, Word::smi(length as i32 - 1));
            return Ok(last);
        }
    }
    let last = vm.element_word(array, length - 1)?.unwrap_or(UNDEFINED);
    let last = vm.handle(last);
    vm.set_array_length(vm.this(args), Word::smi(length as i32 - 1))?;
    Ok(vm.at(last))
}

/// Moves `count` elements of a store from one slot to another, holes and all.
fn move_slots(vm: &mut Vm, elements: Elements, from: u32, to: u32, count: u32) {
    match elements {
        Elements::Tagged(store, _) => {
            let first = FIXED_SLOTS + from;
            vm.heap.copy_slots(store, first..first + count, store, FIXED_SLOTS + to);
        }
        Elements::Double(store, _) => {
            let start = (FIXED_SLOTS - 1 + from) as usize;
            let words = vm.heap.words_mut(store);
            words.copy_within(start..start + count as usize, (FIXED_SLOTS - 1 + to) as usize);
        }
        Elements::Sparse(_) => {}
    }
}

/// Elements that V8 copies rather than move the start of their store (JSArray::kMaxCopyElements).
const MOST_COPIED: u32 = 100;

fn shift(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = own_array(vm, args)? else { return generic_plain(vm, args, "arrayShift") };
    let length = vm.array_length(array);
    if length == 0 {
        return Ok(UNDEFINED);
    }
    let first = vm.element_word(array, 0)?.unwrap_or(UNDEFINED);
    let first = vm.handle(first);
    if let Some(array) = vm.this(args).as_ref() {
        let elements = vm.elements(array);
        move_slots(vm, elements, 1, 0, stored(elements, length).saturating_sub(1));
        if let Elements::Tagged(store, slots) | Elements::Double(store, slots) = elements
            && length - 1 > MOST_COPIED
            && slots >= length
            && !vm.heap.header(store).is_large()
        {
            // V8 moves the start of the store instead (`MoveElements` in `src/objects/elements.cc`): it has a slot less then.
            vm.heap.set_raw(store, value::FIXED_LENGTH, u64::from(slots - 1) << 32);
            vm.heap.trim(store, FIXED_SLOTS + slots - 1);
        }
    }
    vm.set_array_length(vm.this(args), Word::smi(length as i32 - 1))?;
    Ok(vm.at(first))
}

/// How many of an array's elements have a slot.
fn stored(elements: Elements, length: u32) -> u32 {
    match elements {
        Elements::Tagged(_, slots) | Elements::Double(_, slots) => slots.min(length),
        Elements::Sparse(_) => 0,
    }
}

/// Writes an element of an array.
pub(super) fn put(vm: &mut Vm, array: Word, index: u32, word: Word) -> Completion {
    match array.as_ref() {
        Some(array) => vm.put_element(array, index, word).map(|_| ()),
        None => Ok(()),
    }
}

fn unshift(vm: &mut Vm, args: Args) -> Completion<Word> {
    let count = args.count() as u32;
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic(vm, args, "arrayUnshift") };
    let length = vm.array_length(array);
    if length > 1 << 24 || stored(vm.elements(array), length) < length {
        return generic(vm, args, "arrayUnshift");
    }
    if count > 0 {
        open_gap(vm, args, 0, count, length)?;
    }
    for index in 0..args.count() {
        put(vm, vm.this(args), index as u32, vm.arg(args, index))?;
    }
    Ok(Word::smi((length + count) as i32))
}

/// Makes an array shorter and leaves its store as long as it is, as V8's `splice` does.
fn cut(vm: &mut Vm, array: Ref, length: u32, old: u32) {
    match vm.elements(array) {
        Elements::Tagged(store, _) => {
            vm.heap.fill_slots(store, FIXED_SLOTS + length..FIXED_SLOTS + old, HOLE);
        }
        Elements::Double(store, _) => {
            let words = (FIXED_SLOTS - 1 + length) as usize..(FIXED_SLOTS - 1 + old) as usize;
            vm.heap.words_mut(store)[words].fill(HOLE_BITS);
        }
        Elements::Sparse(_) => {}
    }
    vm.heap.init(array, ARRAY_LENGTH, Word::smi(length as i32));
}

/// Lengthens the array by `count` and moves what lies from `at` on out of the way.
fn open_gap(vm: &mut Vm, args: Args, at: u32, count: u32, length: u32) -> Completion {
    for _ in 0..count {
        vm.push_element(vm.this(args), HOLE)?;
    }
    if let Some(array) = vm.this(args).as_ref() {
        let elements = vm.elements(array);
        move_slots(vm, elements, at, at + count, length - at);
    }
    Ok(())
}

/// A new array of a part of a plain array's elements, of the same elements kind.
pub(crate) fn copy_part(vm: &mut Vm, array: Handle, start: u32, end: u32) -> Completion<Word> {
    let count = end.saturating_sub(start);
    let source = vm.ref_at(array);
    if let Elements::Tagged(store, length) = vm.elements(source)
        && count == length
        && vm.heap.header(store).shape() == shapes::SHARED_ELEMENTS
    {
        return vm.array_sharing(Word::reference(store));
    }
    let result = vm.new_array()?;
    if count == 0 {
        return Ok(Word::reference(result));
    }
    let result = vm.handle(Word::reference(result));
    let source = vm.ref_at(array);
    let (kind, shape) = match vm.elements(source) {
        Elements::Double(store, _) => (value::FIXED_DOUBLE_ARRAY, vm.heap.header(store).shape()),
        Elements::Tagged(..) | Elements::Sparse(_) => (value::FIXED_ARRAY, vm.tagged_store_shape(source)),
    };
    let fresh = vm.allocate(kind, shape, FIXED_SLOTS + count)?;
    match vm.elements(vm.ref_at(array)) {
        Elements::Double(store, slots) => {
            vm.heap.set_raw(fresh, value::FIXED_LENGTH, u64::from(count) << 32);
            for slot in 0..count {
                let inside = start + slot < slots;
                let bits = if inside { vm.heap.raw(store, FIXED_SLOTS + start + slot) } else { HOLE_BITS };
                vm.heap.set_raw(fresh, FIXED_SLOTS + slot, bits);
            }
        }
        Elements::Tagged(store, slots) => {
            vm.heap.init(fresh, value::FIXED_LENGTH, Word::smi(count as i32));
            let inside = slots.min(end).saturating_sub(start);
            let first = FIXED_SLOTS + start;
            vm.heap.copy_slots(store, first..first + inside, fresh, FIXED_SLOTS);
            vm.heap.fill_slots(fresh, FIXED_SLOTS + inside..FIXED_SLOTS + count, HOLE);
        }
        Elements::Sparse(_) => {}
    }
    let target = vm.ref_at(result);
    vm.heap.set(target, value::ELEMENTS, Word::reference(fresh));
    vm.heap.init(target, ARRAY_LENGTH, Word::smi(count as i32));
    Ok(vm.at(result))
}

fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array_itself(vm, vm.this(args)) else {
        return slice_of_arguments(vm, args);
    };
    let length = vm.array_length(array) as usize;
    let start = convert::relative(vm, args, 0, length, 0)?;
    let end = convert::relative(vm, args, 1, length, length)?;
    let array = vm.handle(vm.this(args));
    copy_part(vm, array, start as u32, end.max(start) as u32)
}

/// `[].slice.call(arguments, 1)`, as old code writes it.
fn slice_of_arguments(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(words) = vm.arguments_words(vm.this(args)) else {
        return generic_plain(vm, args, "arraySlice");
    };
    let start = convert::relative(vm, args, 0, words.len(), 0)?;
    let end = convert::relative(vm, args, 1, words.len(), words.len())?;
    vm.array_from_live(&words[start..end.max(start)])
}

fn splice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array_itself(vm, vm.this(args)) else {
        return generic(vm, args, "arraySplice");
    };
    let length = vm.array_length(array);
    if length > 1 << 24 || stored(vm.elements(array), length) < length {
        return generic(vm, args, "arraySplice");
    }
    let start = convert::relative(vm, args, 0, length as usize, 0)? as u32;
    let count = match args.count() {
        0 => 0,
        1 => length - start,
        _ => vm.integer_arg(args, 1, 0.0)?.clamp(0.0, f64::from(length - start)) as u32,
    };
    let array = vm.handle(vm.this(args));
    let removed = copy_part(vm, array, start, start + count)?;
    let removed = vm.handle(removed);
    vm.own_elements(array)?;
    let added = args.count().saturating_sub(2) as u32;
    if added > count {
        open_gap(vm, args, start + count, added - count, length)?;
    } else if added < count {
        let elements = vm.elements(vm.ref_at(array));
        move_slots(vm, elements, start + count, start + added, length - start - count);
        cut(vm, vm.ref_at(array), length - count + added, length);
    }
    for index in 0..added {
        put(vm, vm.at(array), start + index, vm.arg(args, 2 + index as usize))?;
    }
    Ok(vm.at(removed))
}

fn concat(vm: &mut Vm, args: Args) -> Completion<Word> {
    let spreadable = vm.names.symbol_is_concat_spreadable;
    let is_plain = |vm: &Vm, word: Word| {
        !vm.is_object(word)
            || plain_array(vm, word).is_some()
                && vm.peek_property(word, crate::object::Key::Atom(spreadable)).is_none()
    };
    let all = plain_array_itself(vm, vm.this(args)).is_some()
        && is_plain(vm, vm.this(args))
        && (0..args.count()).all(|index| is_plain(vm, vm.arg(args, index)));
    if !all {
        return generic(vm, args, "arrayConcat");
    }
    let part = |vm: &Vm, number: usize| if number == 0 { vm.this(args) } else { vm.arg(args, number - 1) };
    let parts = 0..=args.count();
    let length = |vm: &Vm, part: Word| plain_array(vm, part).map_or(1, |list| vm.array_length(list));
    let total: u64 = parts.clone().map(|number| u64::from(length(vm, part(vm, number)))).sum();
    if total > u64::from(MAX_FAST_ARRAY) {
        return generic(vm, args, "arrayConcat");
    }
    let kind =
        parts.clone().map(|number| kind_of_part(vm, part(vm, number))).max().unwrap_or(PartKind::Small);
    let result = joined_store(vm, total as u32, kind)?;
    let mut at = 0;
    for number in parts {
        let item = part(vm, number);
        let count = length(vm, item);
        let (store, target) =
            (plain_array(vm, item).map(|list| vm.elements(list)), vm.elements(vm.ref_at(result)));
        match (store, target) {
            (Some(Elements::Tagged(store, room)), Elements::Tagged(target, _)) => {
                let slots = FIXED_SLOTS..FIXED_SLOTS + count.min(room);
                vm.heap.copy_slots(store, slots, target, FIXED_SLOTS + at);
            }
            (Some(Elements::Double(store, room)), Elements::Double(target, _)) => {
                vm.heap.copy_raw(store, FIXED_SLOTS..FIXED_SLOTS + count.min(room), target, FIXED_SLOTS + at);
            }
            _ => {
                for slot in 0..count {
                    let mark = vm.roots.handle_mark();
                    let item = part(vm, number);
                    let element = match plain_array(vm, item) {
                        Some(list) => vm.element_word(list, slot)?,
                        None => Some(item),
                    };
                    if let Some(element) = element {
                        put(vm, vm.at(result), at + slot, element)?;
                    }
                    vm.roots.release_handles(mark);
                }
            }
        }
        at += count;
    }
    Ok(vm.at(result))
}

/// What elements `concat` finds in one of its parts (V8: `Fast_ArrayConcat`, `Slow_ArrayConcat`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PartKind {
    Small,
    Double,
    Tagged,
}

fn kind_of_part(vm: &Vm, part: Word) -> PartKind {
    let of_number = if part.is_smi() { PartKind::Small } else { PartKind::Double };
    match plain_array(vm, part).map(|list| (vm.elements(list), vm.tagged_store_shape(list))) {
        None if vm.as_number(part).is_some() => of_number,
        None => PartKind::Tagged,
        Some((Elements::Double(..), _)) => PartKind::Double,
        Some((_, shapes::SMI_ELEMENTS)) => PartKind::Small,
        Some(_) => PartKind::Tagged,
    }
}

/// An array of so many holes of a kind.
fn joined_store(vm: &mut Vm, length: u32, kind: PartKind) -> Completion<Handle> {
    let array = vm.new_array()?;
    let array = vm.handle(Word::reference(array));
    if length > 0 {
        let store = match kind {
            PartKind::Small => vm.new_store(length, HOLE, shapes::SMI_ELEMENTS)?,
            PartKind::Double => vm.new_double_store(length)?,
            PartKind::Tagged => vm.new_store(length, HOLE, shapes::ELEMENTS)?,
        };
        let target = vm.ref_at(array);
        vm.heap.set(target, value::ELEMENTS, Word::reference(store));
        vm.heap.init(target, ARRAY_LENGTH, Word::smi(length as i32));
    }
    Ok(array)
}

/// The first slot from `from` on, or the last up to it, whose element satisfies `same` (holes are undefined).
fn search(
    vm: &mut Vm,
    array: Ref,
    slots: impl Iterator<Item = u32>,
    wanted: Word,
    zero: Sameness,
) -> Option<u32> {
    let elements = vm.elements(array);
    let number = vm.as_number(wanted);
    for slot in slots {
        let found = match elements {
            Elements::Tagged(store, length) => {
                let word = if slot < length { vm.heap.get(store, FIXED_SLOTS + slot) } else { HOLE };
                match (word, zero) {
                    (HOLE, Sameness::Strict) => false,
                    (HOLE, Sameness::SameValueZero) => {
                        let inherited =
                            vm.get_data(vm.intrinsic(Intrinsic::ArrayPrototype), Key::Index(slot));
                        vm.same_value_zero(inherited, wanted)
                    }
                    (word, Sameness::Strict) => vm.strict_equal(word, wanted),
                    (word, Sameness::SameValueZero) => vm.same_value_zero(word, wanted),
                }
            }
            Elements::Double(store, length) => {
                let bits = if slot < length { vm.heap.raw(store, FIXED_SLOTS + slot) } else { HOLE_BITS };
                match (bits, number, zero) {
                    (HOLE_BITS, _, zero) => zero == Sameness::SameValueZero && wanted == UNDEFINED,
                    (bits, Some(n), Sameness::SameValueZero) if n.is_nan() => f64::from_bits(bits).is_nan(),
                    (bits, Some(n), _) => f64::from_bits(bits) == n,
                    _ => false,
                }
            }
            Elements::Sparse(_) => false,
        };
        if found {
            return Some(slot);
        }
    }
    None
}

/// Which equality a search uses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sameness {
    Strict,
    SameValueZero,
}

fn index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic_plain(vm, args, "arrayIndexOf") };
    let length = vm.array_length(array);
    let from = convert::relative(vm, args, 1, length as usize, 0)? as u32;
    let found = search(vm, array, from..length, vm.arg(args, 0), Sameness::Strict);
    Ok(Word::smi(found.map_or(-1, |slot| slot as i32)))
}

fn includes(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else { return generic_plain(vm, args, "arrayIncludes") };
    let length = vm.array_length(array);
    let from = convert::relative(vm, args, 1, length as usize, 0)? as u32;
    Ok(value::boolean(search(vm, array, from..length, vm.arg(args, 0), Sameness::SameValueZero).is_some()))
}

fn last_index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let array = plain_array(vm, vm.this(args)).filter(|_| args.count() < 2);
    let Some(array) = array else {
        let words: Vec<Word> = (0..args.count()).map(|index| vm.arg(args, index)).collect();
        let list = Word::reference(vm.array_from(&words)?);
        let (this, item) = (vm.this(args), vm.arg(args, 0));
        return vm.request_helper("arrayLastIndexOf", &[this, item, list]);
    };
    let length = vm.array_length(array);
    let found = search(vm, array, (0..length).rev(), vm.arg(args, 0), Sameness::Strict);
    Ok(Word::smi(found.map_or(-1, |slot| slot as i32)))
}

fn fill(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = plain_array(vm, vm.this(args)) else {
        let arguments = [vm.this(args), vm.arg(args, 0), vm.arg(args, 1), vm.arg(args, 2)];
        return vm.request_helper("arrayFill", &arguments);
    };
    let length = vm.array_length(array) as usize;
    let start = convert::relative(vm, args, 1, length, 0)? as u32;
    let end = convert::relative(vm, args, 2, length, length)? as u32;
    if start < end {
        // The first store makes the elements of a kind that can hold the value; then the rest is copied.
        put(vm, vm.this(args), start, vm.arg(args, 0))?;
        put(vm, vm.this(args), end - 1, vm.arg(args, 0))?;
        fill_rest(vm, args, start, end)?;
    }
    Ok(vm.this(args))
}

fn fill_rest(vm: &mut Vm, args: Args, start: u32, end: u32) -> Completion {
    let Some(array) = vm.this(args).as_ref() else { return Ok(()) };
    let word = vm.arg(args, 0);
    match vm.elements(array) {
        Elements::Tagged(store, slots) if end <= slots => {
            vm.heap.fill_slots(store, FIXED_SLOTS + start..FIXED_SLOTS + end, word);
        }
        Elements::Double(store, slots) if end <= slots => {
            let bits = vm.heap.raw(store, FIXED_SLOTS + start);
            for slot in start..end {
                vm.heap.set_raw(store, FIXED_SLOTS + slot, bits);
            }
        }
        _ => {
            for index in start..end {
                put(vm, vm.this(args), index, vm.arg(args, 0))?;
            }
        }
    }
    Ok(())
}

fn reverse(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = own_array(vm, args)? else { return generic_plain(vm, args, "arrayReverse") };
    let length = vm.array_length(array);
    let elements = vm.elements(array);
    if stored(elements, length) < length {
        return generic_plain(vm, args, "arrayReverse");
    }
    match elements {
        Elements::Tagged(store, _) if vm.heap.header(store).shape() != shapes::SMI_ELEMENTS => {
            for low in 0..length / 2 {
                let (low, high) = (FIXED_SLOTS + low, FIXED_SLOTS + length - 1 - low);
                let (first, last) = (vm.heap.get(store, low), vm.heap.get(store, high));
                vm.heap.set(store, low, last);
                vm.heap.set(store, high, first);
            }
        }
        // No references: the collector need not know.
        Elements::Tagged(store, _) | Elements::Double(store, _) => {
            let start = FIXED_SLOTS as usize - 1;
            vm.heap.words_mut(store)[start..start + length as usize].reverse();
        }
        Elements::Sparse(_) => {}
    }
    Ok(vm.this(args))
}

fn values(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_iterator(vm, args, 1)
}

fn keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_iterator(vm, args, 0)
}

fn entries(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_iterator(vm, args, 2)
}

const ITERATOR_TARGET: u32 = 3;
const ITERATOR_INDEX: u32 = 4;
const ITERATOR_GIVES: u32 = 5;

/// An iterator over `this`; gives 0: keys, 1: values, 2: pairs.
fn new_iterator(vm: &mut Vm, args: Args, gives: i32) -> Completion<Word> {
    let target = vm.to_object(vm.this(args))?;
    let target = vm.handle(target);
    let prototype = vm.intrinsic(Intrinsic::ArrayIteratorPrototype);
    let iterator = vm.new_exotic(value::ITERATOR, prototype, 3)?;
    let target = vm.at(target);
    vm.heap.set(iterator, ITERATOR_TARGET, target);
    vm.heap.init(iterator, ITERATOR_INDEX, Word::smi(0));
    vm.heap.init(iterator, ITERATOR_GIVES, Word::smi(gives));
    Ok(Word::reference(iterator))
}

fn iterator_next(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    let prototype = vm.intrinsic(Intrinsic::ArrayIteratorPrototype);
    let is_iterator = vm.kind(this) == Some(value::ITERATOR) && vm.prototype_of(this) == prototype;
    let Some(iterator) = this.as_ref().filter(|_| is_iterator) else {
        let text = vm.brief(this);
        return Err(vm.type_error(&format!("next method called on incompatible receiver {text}")));
    };
    let target = vm.heap.get(iterator, ITERATOR_TARGET);
    let index = vm.heap.get(iterator, ITERATOR_INDEX).as_smi().unwrap_or(0) as u32;
    let Some(object) = target.as_ref() else { return vm.iterator_result(UNDEFINED, value::TRUE) };
    if vm.has_proxy(target) {
        vm.heap.init(iterator, ITERATOR_INDEX, Word::smi(index as i32 + 1));
        let gives = vm.heap.get(iterator, ITERATOR_GIVES);
        return vm.request_helper("proxyIterated", &[target, Word::smi(index as i32), gives]);
    }
    if index >= iterated_length(vm, object) {
        vm.heap.init(iterator, ITERATOR_TARGET, UNDEFINED);
        return vm.iterator_result(UNDEFINED, value::TRUE);
    }
    vm.heap.init(iterator, ITERATOR_INDEX, Word::smi(index as i32 + 1));
    let gives = vm.heap.get(iterator, ITERATOR_GIVES);
    let element = if gives == Word::smi(0) { UNDEFINED } else { iterated_element(vm, object, index)? };
    let given = match gives.as_smi() {
        Some(0) => Word::smi(index as i32),
        Some(1) => element,
        _ => Word::reference(vm.array_from(&[Word::smi(index as i32), element])?),
    };
    vm.iterator_result(given, value::FALSE)
}

fn iterated_length(vm: &Vm, object: Ref) -> u32 {
    if vm.heap.header(object).kind() == value::ARRAY {
        return vm.array_length(object);
    }
    if vm.is_typed_array(Word::reference(object)) {
        return vm.typed_length(object).min(u64::from(u32::MAX)) as u32;
    }
    let length = vm.peek_data(Word::reference(object), Key::Atom(vm.names.length));
    vm.as_number(length).unwrap_or(0.0).max(0.0) as u32
}

fn iterated_element(vm: &mut Vm, object: Ref, index: u32) -> Completion<Word> {
    match vm.element_word(object, index)? {
        Some(word) => Ok(word),
        None => Ok(vm.get_data(Word::reference(object), Key::Index(index))),
    }
}
