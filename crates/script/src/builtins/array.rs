//! Array: fast paths for plain arrays. Whatever else a method is called on (array-likes, sparse or frozen arrays,
//! proxies) goes to `prelude/array_generic.js`, and what calls back into script is in `prelude/array.js`.

mod concat;
mod iterator;
mod parts;
mod search;
mod sorting;

use semispace_heap::{Ref, Word};

use super::convert;
use super::install::{Function, Use, alias, constructor, define, methods, native, species, tag};
use crate::object::Elements;
use crate::object::Key;
use crate::value::{self, ARRAY_LENGTH, FIXED_SLOTS, HOLE, UNDEFINED, shapes};
use crate::vm::{Args, Completion, Intrinsic, Vm};
use concat::concat;
use iterator::{entries, iterator_next, keys, values};
pub(crate) use parts::copy_part;
use parts::{slice, splice};
use search::{includes, index_of, last_index_of};

const METHODS: &[Function] = &[
    ("at", 1, at),
    ("concat", 1, concat),
    ("copyWithin", 2, copy_within),
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
    ("toReversed", 0, to_reversed),
    ("unshift", 1, unshift),
    ("values", 0, values),
];

const HELPERS: &[Function] =
    &[("$lengthFor", 2, length_for), ("$speciesOf", 2, species_of), ("$copied", 2, copied)];

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
    methods(vm, helpers, HELPERS)?;
    methods(vm, helpers, sorting::HELPERS)?;
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

/// `$copied(list, count)`
fn copied(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (list, count) = (vm.arg(args, 0), vm.arg(args, 1));
    let packed = plain_array(vm, list).filter(|&array| vm.is_packed(array));
    match count.as_smi().filter(|&count| packed.is_some_and(|array| count as u32 <= vm.array_length(array))) {
        Some(count) => {
            let array = vm.handle(list);
            copy_part(vm, array, 0, count as u32)
        }
        None => vm.request_helper("copied", &[list, count]),
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

fn at(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let (Some(array), Some(index)) = (plain_array(vm, vm.this(args)), vm.arg(args, 0).as_smi()) {
        let length = vm.array_length(array);
        let position = if index < 0 { length.wrapping_add_signed(index) } else { index as u32 };
        if position < length
            && let Some(word) = vm.element_word(array, position)?
        {
            return Ok(word);
        }
    }
    generic_plain(vm, args, "arrayAt")
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
    // Of several, numbers with fractions may still change the kind of the store.
    if args.count() == 1 || (0..args.count()).all(|index| !vm.is_heap_number(vm.arg(args, index))) {
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

fn copy_within(vm: &mut Vm, args: Args) -> Completion<Word> {
    let has_objects = (0..args.count()).any(|index| vm.is_object(vm.arg(args, index)));
    let length = plain_array(vm, vm.this(args))
        .map(|array| (vm.array_length(array), vm.elements(array)))
        .filter(|&(length, elements)| !has_objects && stored(elements, length) == length)
        .map(|(length, _)| length as usize);
    let Some(length) = length else { return generic_plain(vm, args, "arrayCopyWithin") };
    let to = convert::relative(vm, args, 0, length, 0)?;
    let from = convert::relative(vm, args, 1, length, 0)?;
    let end = convert::relative(vm, args, 2, length, length)?;
    let count = end.saturating_sub(from).min(length - to);
    if count > 0
        && let Some(array) = own_array(vm, args)?
    {
        move_slots(vm, vm.elements(array), from as u32, to as u32, count as u32);
    }
    Ok(vm.this(args))
}

fn reverse(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(array) = own_array(vm, args)? else { return generic_plain(vm, args, "arrayReverse") };
    if stored(vm.elements(array), vm.array_length(array)) < vm.array_length(array) {
        return generic_plain(vm, args, "arrayReverse");
    }
    turn_round(vm, array);
    Ok(vm.this(args))
}

fn to_reversed(vm: &mut Vm, args: Args) -> Completion<Word> {
    let packed = plain_array(vm, vm.this(args)).filter(|&array| vm.is_packed(array));
    let Some(array) = packed else { return generic_plain(vm, args, "arrayToReversed") };
    let (length, array) = (vm.array_length(array), vm.handle(vm.this(args)));
    let copy = copy_part(vm, array, 0, length)?;
    let copy = vm.handle(copy);
    vm.own_elements(copy)?;
    turn_round(vm, vm.ref_at(copy));
    Ok(vm.at(copy))
}

/// Reverses the elements of an array that has a slot for each of them.
fn turn_round(vm: &mut Vm, array: Ref) {
    let (length, elements) = (vm.array_length(array), vm.elements(array));
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
}
