//! What the hot loop does in one call: the second most common cases of its operations.
//!
//! These are functions of the heap and not of the machine, because the loop has borrowed the window of registers. Each
//! answers `None` (or false) before it has changed anything; then the operation goes the long way. `pc` is the instruction, to
//! which what is allocated here belongs.

use semispace_heap::{Ref, Word};

use super::arithmetic::numeric;
use super::realm::{Intrinsic, Realm};
use super::{Cache, MachineHeap};
use crate::atoms::Atom;
use crate::bytecode as bc;
use crate::names::Names;
use crate::object::dictionary::DICTIONARY_HEADER;
use crate::object::element::canonical_bits;
use crate::object::string::{CHARACTERS, MAX_LENGTH, MIN_CONS, known_atom};
use crate::object::string_view::StringView;
use crate::shape::{Attributes, ShapeTable};
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};

/// `left + right` of small integers.
#[inline(always)]
pub(super) fn add(left: Word, right: Word) -> Option<Word> {
    let sum = (left.bits() as i64).checked_add(right.bits() as i64)?;
    Some(Word::from_bits(sum as u64))
}

/// `left - right` of small integers.
#[inline(always)]
pub(super) fn subtract(left: Word, right: Word) -> Option<Word> {
    let difference = (left.bits() as i64).checked_sub(right.bits() as i64)?;
    Some(Word::from_bits(difference as u64))
}

/// `left * right` of small integers; not where the result is -0.
#[inline(always)]
pub(super) fn multiply(left: Word, right: Word) -> Option<Word> {
    let (x, y) = (left.payload() as i32, right.payload() as i32);
    let product = x.checked_mul(y)?;
    (product != 0 || (x | y) >= 0).then(|| Word::smi(product))
}

/// `left % right` of small integers; not where the result may be -0 or NaN.
#[inline(always)]
pub(super) fn remainder(left: Word, right: Word) -> Option<Word> {
    let (x, y) = (left.payload() as i32, right.payload() as i32);
    (x >= 0 && y > 0).then(|| Word::smi(x % y))
}

/// `left << right` of small integers.
#[inline(always)]
pub(super) fn shift_left(left: Word, right: Word) -> Option<Word> {
    Some(Word::smi((left.payload() as i32) << (right.payload() & 31)))
}

/// `left >> right` of small integers.
#[inline(always)]
pub(super) fn shift_right(left: Word, right: Word) -> Option<Word> {
    Some(Word::smi((left.payload() as i32) >> (right.payload() & 31)))
}

/// `left >>> right` of small integers, where the result is one.
#[inline(always)]
pub(super) fn shift_right_logical(left: Word, right: Word) -> Option<Word> {
    i32::try_from(left.payload() >> (right.payload() & 31)).ok().map(Word::smi)
}

/// `===` of words of which one look at their kinds is enough: not of numbers on the heap, nor of long strings.
#[inline(always)]
pub(super) fn strict_equal(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    // Two references may be equal strings or numbers, a reference and a small integer equal numbers; every other pair
    // of words is equal only if it is the same word.
    let plain = if left == right { !left.is_ref() } else { left.is_immediate() || right.is_immediate() };
    if plain || (left.bits() | right.bits()) & 3 == 0 {
        return Some(left == right);
    }
    strict_equal_objects(heap, left, right)
}

#[inline(never)]
fn strict_equal_objects(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    if let (Some(x), Some(y)) = (known_atom(heap, left), known_atom(heap, right)) {
        return Some(x == y);
    }
    let is_object =
        |word: Word| word.as_ref().is_some_and(|object| value::is_object_kind(heap.header(object).kind()));
    if is_object(left) || is_object(right) {
        return Some(left == right);
    }
    if let Some((x, y)) = first_words(heap, left, right)
        && x != y
    {
        return Some(false);
    }
    let (x, y) = (StringView::of(heap, left)?, StringView::of(heap, right)?);
    Some(x.equals(&y))
}

/// The first eight characters of two flat strings of one byte a character, as numbers that compare as the strings do unless
/// they are equal.
fn first_words(heap: &MachineHeap, left: Word, right: Word) -> Option<(u64, u64)> {
    let first = |word: Word| {
        let string = word.as_ref()?;
        let has_characters = heap.raw(string, 1) >> 32 != 0;
        (heap.header(string).kind() == value::ONE_BYTE_STRING && has_characters)
            .then(|| heap.raw(string, CHARACTERS).swap_bytes())
    };
    Some((first(left)?, first(right)?))
}

/// `==` where it says the same as `===`, or one side is undefined or null.
#[inline(never)]
pub(super) fn equal(heap: &MachineHeap, left: Word, right: Word) -> Option<bool> {
    let is_nullish = |word: Word| word == value::NULL || word == UNDEFINED;
    if is_nullish(left) || is_nullish(right) {
        return Some(is_nullish(left) && is_nullish(right));
    }
    if left.is_immediate() || right.is_immediate() {
        return (left == right).then_some(true);
    }
    let sort = |word: Word| {
        word.as_ref().map(|object| {
            let kind = heap.header(object).kind();
            (value::is_object_kind(kind), value::is_string_kind(kind))
        })
    };
    if sort(left) == sort(right) { strict_equal(heap, left, right) } else { None }
}

/// ToBoolean
#[inline(never)]
pub(super) fn truthy(heap: &MachineHeap, word: Word) -> bool {
    let Some(object) = word.as_ref() else {
        return word == value::TRUE || word.as_smi().is_some_and(|number| number != 0);
    };
    match heap.header(object).kind() {
        value::HEAP_NUMBER => {
            let number = f64::from_bits(heap.raw(object, 1));
            number != 0.0 && !number.is_nan()
        }
        value::BIGINT => heap.raw(object, 1) >> 33 != 0,
        kind => !value::is_string_kind(kind) || heap.raw(object, 1) >> 32 != 0,
    }
}

/// `typeof`; none of a proxy.
pub(super) fn type_of(heap: &MachineHeap, names: &Names, word: Word) -> Option<Atom> {
    let Some(object) = word.as_ref() else {
        return Some(match word {
            UNDEFINED => names.undefined,
            value::TRUE | value::FALSE => names.boolean,
            _ if word.is_smi() => names.number,
            _ => names.object,
        });
    };
    match heap.header(object).kind() {
        value::HEAP_NUMBER => Some(names.number),
        value::SYMBOL => Some(names.symbol),
        value::BIGINT => Some(names.bigint),
        value::PROXY => None,
        kind if value::is_string_kind(kind) => Some(names.string),
        kind if value::is_function_kind(kind) => Some(names.function),
        _ => Some(names.object),
    }
}

/// The value of a data property of an object in dictionary mode, such as the global one, if its name is still at the place where it
/// was found.
#[inline(never)]
pub(super) fn entry(heap: &MachineHeap, object: Ref, name: Word, place: u32) -> Option<Word> {
    let table = heap.get(object, value::PROPERTIES).as_ref()?;
    let is_entry = heap.header(table).kind() == value::NAME_DICTIONARY
        && (DICTIONARY_HEADER..heap.size_words(table) - 2).contains(&place);
    if !is_entry || heap.get(table, place) != name {
        return None;
    }
    let attributes = Attributes(heap.get(table, place + 2).payload() as u8);
    (!attributes.has(Attributes::ACCESSOR)).then(|| heap.get(table, place + 1))
}

/// Two numbers that compare as the operands do: numbers themselves; the order of two strings, and zero.
#[inline(never)]
pub(super) fn comparable(heap: &MachineHeap, left: Word, right: Word) -> Option<(f64, f64)> {
    match (number(heap, left), number(heap, right)) {
        (Some(x), Some(y)) => Some((x, y)),
        (None, None) => {
            if let Some((x, y)) = first_words(heap, left, right)
                && x != y
            {
                return Some((if x < y { -1.0 } else { 1.0 }, 0.0));
            }
            let order = StringView::of(heap, left)?.compare(&StringView::of(heap, right)?);
            Some((f64::from(order as i8), 0.0))
        }
        _ => None,
    }
}

/// The value of a comparison that no jump follows.
#[inline(never)]
pub(super) fn compare(heap: &MachineHeap, op: u8, left: Word, right: Word) -> Option<bool> {
    if op == bc::EQUAL {
        return equal(heap, left, right);
    }
    let (x, y) = comparable(heap, left, right)?;
    Some(match op {
        bc::LESS => x < y,
        bc::LESS_EQUAL => x <= y,
        bc::GREATER => x > y,
        _ => x >= y,
    })
}

/// `left + right` of numbers or of strings.
#[inline(never)]
pub(super) fn sum(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Option<Word> {
    arithmetic(heap, pc, bc::ADD, left, right).or_else(|| concat(heap, pc, left, right))
}

/// `left + right` of strings; a short result needs both in one piece.
fn concat(heap: &mut MachineHeap, pc: usize, left: Word, right: Word) -> Option<Word> {
    let length = |word: Word| {
        let string = word.as_ref()?;
        value::is_string_kind(heap.header(string).kind()).then(|| heap.raw(string, 1) >> 32)
    };
    let (first, second) = (length(left)?, length(right)?);
    if first == 0 || second == 0 {
        return Some(if first == 0 { right } else { left });
    }
    let length = u32::try_from(first + second).ok().filter(|&length| length <= MAX_LENGTH)?;
    if length >= MIN_CONS {
        let cons = heap.try_bump_at(pc, value::CONS_STRING, shapes::STRING, 4)?;
        heap.init(cons, 1, Word::smi(length as i32));
        heap.init(cons, 2, left);
        heap.init(cons, 3, right);
        return Some(Word::reference(cons));
    }
    let (x, y) = (StringView::of(heap, left)?, StringView::of(heap, right)?);
    if !x.is_one_byte() || !y.is_one_byte() {
        return None;
    }
    let mut bytes = [0; 16];
    let units = x.units().chain(y.units());
    bytes.iter_mut().zip(units).for_each(|(byte, unit)| *byte = unit as u8);
    let words = CHARACTERS + length.div_ceil(8);
    let string = heap.try_bump_at(pc, value::ONE_BYTE_STRING, shapes::STRING, words)?;
    heap.set_raw(string, 1, u64::from(length) << 32);
    let packed = u128::from_le_bytes(bytes);
    for index in CHARACTERS..words {
        heap.set_raw(string, index, (packed >> (64 * (index - CHARACTERS))) as u64);
    }
    Some(Word::reference(string))
}

#[inline(always)]
fn number(heap: &MachineHeap, word: Word) -> Option<f64> {
    match (word.as_smi(), word.as_ref()) {
        (Some(small), _) => Some(f64::from(small)),
        (None, Some(object)) if heap.header(object).kind() == value::HEAP_NUMBER => {
            Some(f64::from_bits(heap.raw(object, 1)))
        }
        _ => None,
    }
}

/// Arithmetic on numbers. As in V8's interpreter, an operation on a boxed number boxes its result, whole or not
/// (`BinaryOpAssembler::Generate_BinaryOperationWithFeedback`).
#[inline(never)]
pub(super) fn arithmetic(heap: &mut MachineHeap, pc: usize, op: u8, left: Word, right: Word) -> Option<Word> {
    let (x, y) = (number(heap, left)?, number(heap, right)?);
    let result = match op {
        bc::ADD => x + y,
        bc::SUB => x - y,
        bc::MUL => x * y,
        bc::DIV => x / y,
        op => numeric(op, x, y),
    };
    let small = result as i32;
    let is_small = f64::from(small) == result && (small != 0 || result.is_sign_positive());
    let bitwise = matches!(op, bc::BIT_AND..=bc::SHR);
    if is_small && (bitwise || left.is_smi() && right.is_smi()) {
        return Some(Word::smi(small));
    }
    heap_number(heap, pc, result)
}

/// The number in a box of its own; any other value as it is.
#[inline(always)]
pub(super) fn boxed_anew(heap: &mut MachineHeap, pc: usize, word: Word) -> Option<Word> {
    match number(heap, word) {
        Some(number) => heap_number(heap, pc, number),
        None => Some(word),
    }
}

/// Reads a field that holds doubles, or lies in the property array.
#[inline(never)]
pub(super) fn field(heap: &mut MachineHeap, pc: usize, object: Ref, place: u32) -> Option<Word> {
    let holder =
        if place & Cache::OUTSIDE == 0 { object } else { heap.get(object, value::PROPERTIES).as_ref()? };
    let word = heap.get(holder, place & Cache::WORD);
    if place & Cache::DOUBLE == 0 { Some(word) } else { boxed_anew(heap, pc, word) }
}

/// Adds a property inside an object of the shape that a cache knows.
#[inline(never)]
pub(super) fn add_field(
    heap: &mut MachineHeap,
    (pc, epoch): (usize, u32),
    object: Ref,
    cache: Cache,
    word: Word,
) -> bool {
    let place = cache.key as u32;
    let is_double = word.as_ref().is_some_and(|number| heap.header(number).kind() == value::HEAP_NUMBER);
    if (cache.holder >> 32) as u32 != epoch || is_double && place & Cache::DOUBLE == 0 {
        return false;
    }
    let Some(word) = (if is_double { boxed_anew(heap, pc, word) } else { Some(word) }) else { return false };
    heap.set_shape(object, cache.holder as u32);
    heap.set(object, place & Cache::WORD, word);
    true
}

#[inline(always)]
fn heap_number(heap: &mut MachineHeap, pc: usize, number: f64) -> Option<Word> {
    let object = heap.try_bump_at(pc, value::HEAP_NUMBER, shapes::NUMBER, 2)?;
    heap.set_raw(object, 1, number.to_bits());
    Some(Word::reference(object))
}

/// An element of a store that is no plain FixedArray: of doubles.
#[inline(never)]
pub(super) fn load_double(heap: &mut MachineHeap, pc: usize, store: Ref, index: u32) -> Option<Word> {
    if heap.header(store).kind() != value::FIXED_DOUBLE_ARRAY
        || index >= (heap.raw(store, FIXED_LENGTH) >> 32) as u32
    {
        return None;
    }
    let bits = heap.raw(store, FIXED_SLOTS + index);
    if bits == HOLE_BITS {
        return None;
    }
    heap_number(heap, pc, f64::from_bits(bits))
}

/// A store over a double, or into a hole within or just behind an ordinary array, whose prototypes have no elements.
#[inline(never)]
pub(super) fn store_element(
    heap: &mut MachineHeap,
    (table, realm): (&ShapeTable, &Realm),
    (array, array_shape): (Ref, u32),
    index: u32,
    word: Word,
) -> bool {
    if heap.header(array).shape() != array_shape || !array_prototypes_have_no_elements(heap, table, realm) {
        return false;
    }
    let (Some(store), Some(length)) =
        (heap.get(array, value::ELEMENTS).as_ref(), heap.get(array, value::ARRAY_LENGTH).as_smi())
    else {
        return false;
    };
    let (header, slot, length) = (heap.header(store), FIXED_SLOTS + index, length as u32);
    let stored = index <= length
        && index < (heap.raw(store, FIXED_LENGTH) >> 32) as u32
        && match (header.kind(), header.shape()) {
            (value::FIXED_ARRAY, shapes::ELEMENTS) => {
                heap.set(store, slot, word);
                true
            }
            (value::FIXED_ARRAY, shapes::SMI_ELEMENTS) if word.is_smi() => {
                heap.init(store, slot, word);
                true
            }
            (value::FIXED_DOUBLE_ARRAY, _) => match number(heap, word) {
                Some(number) => {
                    heap.set_raw(store, slot, canonical_bits(number));
                    true
                }
                None => false,
            },
            _ => false,
        };
    if stored && index == length {
        heap.init(array, value::ARRAY_LENGTH, Word::smi(length as i32 + 1));
    }
    stored
}

/// Whether nothing but the elements themselves decides what an array's indexes mean.
fn array_prototypes_have_no_elements(heap: &MachineHeap, table: &ShapeTable, realm: &Realm) -> bool {
    let (of_array, of_object) = (realm.get(Intrinsic::ArrayPrototype), realm.get(Intrinsic::ObjectPrototype));
    let empty = realm.get(Intrinsic::EmptyElements);
    let (Some(array), Some(object)) = (of_array.as_ref(), of_object.as_ref()) else { return false };
    heap.get(array, value::ELEMENTS) == empty
        && heap.get(object, value::ELEMENTS) == empty
        && table.prototype(crate::shape::ShapeId(heap.header(array).shape())) == of_object
}

/// Whether one of the values is a boxed number.
#[inline(always)]
pub(super) fn has_double(heap: &MachineHeap, values: &[Word]) -> bool {
    values.iter().any(|word| word.as_ref().is_some_and(|r| heap.header(r).kind() == value::HEAP_NUMBER))
}

/// An array literal, with its memento if it leaves one. Not of doubles.
#[inline(never)]
pub(super) fn array_literal(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    elements: &[Word],
    memento: bool,
) -> Option<Word> {
    let count = elements.len() as u32;
    if !heap.has_bump_room(pc, 4 + FIXED_SLOTS + count + value::MEMENTO_WORDS) {
        return None;
    }
    let array = array_of(heap, pc, shape, empty, elements)?;
    if memento {
        super::slow::leave_memento(heap, pc);
    }
    Some(array)
}

/// An array of elements that it shares, with its memento if it leaves one.
#[inline(never)]
pub(super) fn shared_array(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    store: Word,
    memento: bool,
) -> Option<Word> {
    if !heap.has_bump_room(pc, 4 + value::MEMENTO_WORDS) {
        return None;
    }
    let count = heap.get(store.as_ref()?, FIXED_LENGTH);
    let array = heap.try_bump_at(pc, value::ARRAY, shape, 4)?;
    let fields = [Word::ZERO, store, count];
    for (slot, word) in heap.words_mut(array).iter_mut().zip(fields) {
        *slot = word.bits();
    }
    if memento {
        super::slow::leave_memento(heap, pc);
    }
    Some(Word::reference(array))
}

/// An array of these elements, if there is room for it. Not of doubles.
pub(super) fn array_of(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    elements: &[Word],
) -> Option<Word> {
    let count = elements.len() as u32;
    let is_small = elements.iter().all(|word| word.is_smi() || *word == HOLE);
    if !is_small && elements.iter().all(|&word| number(heap, word).is_some()) {
        return None;
    }
    if !heap.has_bump_room(pc, 4 + FIXED_SLOTS + count) {
        return None;
    }
    let array = heap.try_bump_at(pc, value::ARRAY, shape, 4)?;
    heap.init(array, value::PROPERTIES, Word::ZERO);
    heap.init(array, value::ELEMENTS, empty);
    heap.init(array, value::ARRAY_LENGTH, Word::smi(count as i32));
    if count > 0 {
        let shape = if is_small { shapes::SMI_ELEMENTS } else { shapes::ELEMENTS };
        let store = heap.try_bump_at(pc, value::FIXED_ARRAY, shape, FIXED_SLOTS + count)?;
        let (length, slots) = heap.words_mut(store).split_first_mut()?;
        *length = Word::smi(count as i32).bits();
        for (slot, word) in slots.iter_mut().zip(elements) {
            *slot = word.bits();
        }
        heap.init(array, value::ELEMENTS, Word::reference(store));
    }
    Some(Word::reference(array))
}

/// An ordinary object with these fields and no others.
pub(super) fn object(
    heap: &mut MachineHeap,
    pc: usize,
    shape: u32,
    empty: Word,
    fields: &[Word],
) -> Option<Word> {
    let words = value::OBJECT_HEADER + fields.len() as u32;
    let object = heap.try_bump_at(pc, value::OBJECT, shape, words)?;
    let body = [Word::ZERO, empty];
    let body = body.iter().chain(fields);
    for (slot, word) in heap.words_mut(object).iter_mut().zip(body) {
        *slot = word.bits();
    }
    Some(Word::reference(object))
}

/// A closure over a context; `words` is 8 for a function that can construct.
#[inline(never)]
pub(super) fn closure(
    heap: &mut MachineHeap,
    pc: usize,
    (shape, words): (u32, u32),
    empty: Word,
    number: u32,
    context: Word,
) -> Option<Word> {
    let closure = heap.try_bump_at(pc, value::FUNCTION, shape, words)?;
    let body = heap.words_mut(closure);
    body.fill(UNDEFINED.bits());
    let fields = [Word::ZERO, empty, Word::smi(number as i32), context];
    for (slot, word) in body.iter_mut().zip(fields) {
        *slot = word.bits();
    }
    if words > value::FUNCTION_PROTOTYPE {
        heap.init(closure, value::FUNCTION_PROTOTYPE, HOLE);
    }
    Some(Word::reference(closure))
}

/// A context with all variables uninitialised, made by the instruction at `pc`.
#[inline(never)]
pub(super) fn context(heap: &mut MachineHeap, pc: usize, slots: u32, parent: Word) -> Option<Word> {
    let context = heap.try_bump_at(pc, value::CONTEXT, shapes::INTERNAL, value::CONTEXT_SLOTS + slots)?;
    let body = heap.words_mut(context);
    body.fill(value::UNINITIALISED.bits());
    let fields = [Word::smi(slots as i32), Word::smi(pc as i32), parent];
    for (slot, word) in body.iter_mut().zip(fields) {
        *slot = word.bits();
    }
    Some(Word::reference(context))
}

/// A context with the same variables as another.
#[inline(never)]
pub(super) fn copy(heap: &mut MachineHeap, pc: usize, context: Ref) -> Option<Word> {
    let words = heap.size_words(context);
    let copy = heap.try_bump_at(pc, value::CONTEXT, shapes::INTERNAL, words)?;
    heap.copy_slots(context, 1..words, copy, 1);
    Some(Word::reference(copy))
}

/// The next element of an iteration over an array, with the objects that V8 makes for each step if `makes_objects`.
#[inline(never)]
pub(super) fn next_of_array(
    heap: &mut MachineHeap,
    pc: usize,
    array: Word,
    index: Word,
    makes_objects: bool,
) -> Option<Word> {
    let (array, number) = (array.as_ref()?, index.as_smi()?);
    let store = heap.get(array, value::ELEMENTS).as_ref()?;
    if number < 0
        || number >= heap.get(array, value::ARRAY_LENGTH).as_smi()?
        || heap.header(store).kind() != value::FIXED_ARRAY
        || number as u32 >= heap.get(store, FIXED_LENGTH).payload()
    {
        return None;
    }
    let element = heap.get(store, FIXED_SLOTS + number as u32);
    if element == HOLE {
        return None;
    }
    if makes_objects {
        let iterator = if number == 0 { 6 } else { 0 };
        if !heap.has_bump_room(pc, iterator + 5) {
            return None;
        }
        for words in [iterator, 5] {
            if words > 0 {
                let dead = heap.try_bump_at(pc, value::FIXED_ARRAY, shapes::INTERNAL, words)?;
                heap.words_mut(dead).fill(0);
            }
        }
    }
    Some(element)
}

/// The next key of a `for-in` over an object that still has the shape that says that it has all the keys.
#[inline(never)]
pub(super) fn next_key(heap: &MachineHeap, [list, index, object, shape]: [Word; 4]) -> Option<Word> {
    let (list, index, object) = (list.as_ref()?, index.as_smi()?, object.as_ref()?);
    if heap.header(object).shape() as i32 != shape.as_smi()?
        || index >= heap.get(list, value::ARRAY_LENGTH).as_smi()?
    {
        return None;
    }
    let store = heap.get(list, value::ELEMENTS).as_ref()?;
    Some(heap.get(store, FIXED_SLOTS + index as u32))
}
