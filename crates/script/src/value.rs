//! JavaScript values as heap words, and the kinds of heap object that make them up.
//!
//! Small integers and references are the heap's own; `undefined`, `null`, the booleans and two marks that scripts
//! never see are immediates. Every other value is an object in the heap, laid out word for word as V8 lays it out on
//! x64 (`src/objects/*.tq`), so that sizes agree.

pub use semispace_compiler::value::{FALSE, HOLE, NULL, TRUE, UNDEFINED, UNINITIALISED, boolean};
use semispace_heap::{Kind, Layout, Word};

/// The small integer that is this number, if there is one: none is minus zero.
#[inline]
pub fn small_integer(number: f64) -> Option<Word> {
    let small = number as i32;
    (f64::from(small) == number && (small != 0 || number.is_sign_positive())).then(|| Word::smi(small))
}

const fn tagged(client: u8) -> Kind {
    Kind::new(client, Layout::Tagged)
}

/// `map, length, slots`: elements of arrays and objects, lists of the machine.
pub const FIXED_ARRAY: Kind = tagged(0);
/// Named properties that do not fit into the object.
pub const PROPERTY_ARRAY: Kind = tagged(1);
/// Variables that closures capture: `map, length, scope info, previous, slots`.
pub const CONTEXT: Kind = tagged(2);
/// `map, length, first, second`
pub const CONS_STRING: Kind = tagged(3);
/// `map, length, parent, offset`
pub const SLICED_STRING: Kind = tagged(4);
/// A string that has been replaced by an interned one: `map, length, actual`.
pub const THIN_STRING: Kind = tagged(5);
/// The table of a Map or Set, in insertion order (V8's OrderedHashTable).
pub const ORDERED_TABLE: Kind = tagged(6);
/// Named properties of an object in dictionary mode.
pub const NAME_DICTIONARY: Kind = tagged(7);
/// Indexed properties of a sparse object.
pub const NUMBER_DICTIONARY: Kind = tagged(8);
/// Getter and setter of an accessor property.
pub const ACCESSOR_PAIR: Kind = tagged(9);
/// `map, hash, description`
pub const SYMBOL: Kind = tagged(10);
/// A suspended generator's or asynchronous function's registers.
pub const SAVED_FRAME: Kind = tagged(11);

/// The first client number of a kind that is a JavaScript object: `map, properties, elements, ...`.
const FIRST_OBJECT: u8 = 12;
/// A plain object.
pub const OBJECT: Kind = tagged(12);
/// `map, properties, elements, length`
pub const ARRAY: Kind = tagged(13);
/// `map, properties, elements, code, context, feedback, unused, prototype or initial shape`
pub const FUNCTION: Kind = tagged(14);
/// A function of the machine: `map, properties, elements, native number, ...`.
pub const NATIVE_FUNCTION: Kind = tagged(15);
/// `map, properties, elements, target, this, arguments`
pub const BOUND_FUNCTION: Kind = tagged(16);
/// `map, properties, elements, length, callee`
pub const ARGUMENTS: Kind = tagged(17);
/// `map, properties, elements, stack, message, ...`
pub const ERROR: Kind = tagged(18);
/// A boxed string, number, boolean, symbol or BigInt: `map, properties, elements, value`.
pub const WRAPPER: Kind = tagged(19);
/// `map, properties, elements, table`
pub const MAP: Kind = tagged(20);
/// `map, properties, elements, table`
pub const SET: Kind = tagged(21);
/// `map, properties, elements, table`
pub const WEAK_MAP: Kind = tagged(22);
/// `map, properties, elements, table`
pub const WEAK_SET: Kind = tagged(31);
/// An iterator of an Array, Map, Set or String: `map, properties, elements, target, index, sort`.
pub const ITERATOR: Kind = tagged(23);
/// `map, properties, elements, function, context, frame, state, ...`
pub const GENERATOR: Kind = tagged(24);
/// `map, properties, elements, result or reactions, flags`
pub const PROMISE: Kind = tagged(25);
/// `map, properties, elements, value, ...`
pub const DATE: Kind = tagged(26);
/// `map, properties, elements, data, source, flags, last index`
pub const REGEXP: Kind = tagged(27);
/// `map, properties, elements, target, handler`: same words as V8's JSProxy.
pub const PROXY: Kind = tagged(28);
/// `map, properties, elements, byte length, backing store, ...`
pub const ARRAY_BUFFER: Kind = tagged(29);
/// Typed arrays and DataView: `map, properties, elements, buffer, offset, length, ...`.
pub const ARRAY_BUFFER_VIEW: Kind = tagged(30);

/// `map, length and atom, characters` of one byte each (Latin-1).
pub const ONE_BYTE_STRING: Kind = Kind::new(0, Layout::Raw);
/// `map, length and atom, characters` of two bytes each.
pub const TWO_BYTE_STRING: Kind = Kind::new(1, Layout::Raw);
/// `map, value`
pub const HEAP_NUMBER: Kind = Kind::new(2, Layout::Raw);
/// `map, length, doubles`
pub const FIXED_DOUBLE_ARRAY: Kind = Kind::new(3, Layout::Raw);
/// `map, sign and length, digits`
pub const BIGINT: Kind = Kind::new(4, Layout::Raw);
/// A piece of Node's own start-up heap, opaque: see `vm::start_up`.
pub const START_UP: Kind = Kind::new(FIRST_OBJECT - 1, Layout::Raw);
/// Word of a bound function: the function that it calls.
pub const BOUND_TARGET: u32 = 3;
/// Word of a bound function: the receiver.
pub const BOUND_THIS: u32 = 4;
/// Word of a bound function: its first arguments.
pub const BOUND_ARGUMENTS: u32 = 5;

/// `map, length, bytes`: elements of a small typed array.
pub const BYTE_ARRAY: Kind = Kind::new(5, Layout::Raw);

/// The table of a WeakMap or WeakSet.
pub const EPHEMERON_TABLE: Kind = Kind::new(0, Layout::Ephemerons);
/// `map, properties, elements, target`
pub const WEAK_REF: Kind = Kind::new(FIRST_OBJECT, Layout::Weak);
/// A FinalizationRegistry's entry: `map, registry, holdings, target, token`.
pub const WEAK_CELL: Kind = Kind::new(0, Layout::Weak);

/// Whether objects of this kind are JavaScript objects: `map, properties, elements, ...`.
#[inline(always)]
pub const fn is_object_kind(kind: Kind) -> bool {
    kind.client() >= FIRST_OBJECT
}

/// Whether objects of this kind are strings.
#[inline(always)]
pub const fn is_string_kind(kind: Kind) -> bool {
    matches!(kind, ONE_BYTE_STRING | TWO_BYTE_STRING | CONS_STRING | SLICED_STRING | THIN_STRING)
}

/// Whether objects of this kind can be called.
#[inline(always)]
pub const fn is_function_kind(kind: Kind) -> bool {
    matches!(kind, FUNCTION | NATIVE_FUNCTION | BOUND_FUNCTION)
}

/// Word of a JavaScript object that holds its property array or dictionary, or small integer 0.
pub const PROPERTIES: u32 = 1;
/// Word of a JavaScript object that holds its elements.
pub const ELEMENTS: u32 = 2;
/// Words that every JavaScript object begins with.
pub const OBJECT_HEADER: u32 = 3;
/// Word of an array that holds its length, a small integer or a heap number.
pub const ARRAY_LENGTH: u32 = 3;
/// Word of a FixedArray or FixedDoubleArray that holds its length.
pub const FIXED_LENGTH: u32 = 1;
/// First slot of a FixedArray or FixedDoubleArray.
pub const FIXED_SLOTS: u32 = 2;
/// Words of what lies behind a literal: see `leave_memento`.
pub const MEMENTO_WORDS: u32 = 2;
/// Word of a closure: number of its function's code.
pub const FUNCTION_CODE: u32 = 3;
/// Word of a closure: the context it was made in.
pub const FUNCTION_CONTEXT: u32 = 4;
/// Word of a closure: its prototype object, or the number of the shape that it gives its instances.
pub const FUNCTION_PROTOTYPE: u32 = 7;
/// Word of a context: the instruction that made it, which knows the names of its variables.
pub const CONTEXT_SCOPE: u32 = 2;
/// Word of a context: its function's own or block's parent.
pub const CONTEXT_PREVIOUS: u32 = 3;
/// First variable of a context.
pub const CONTEXT_SLOTS: u32 = 4;

/// Bits of a hole in an array of doubles: a NaN that no arithmetic makes.
pub const HOLE_BITS: u64 = 0xFFF7_FFFF_FFF7_FFFF;

/// Shape numbers of objects that have no hidden class of their own.
pub mod shapes {
    /// Any string.
    pub const STRING: u32 = 1;
    /// A symbol.
    pub const SYMBOL: u32 = 2;
    /// A heap number.
    pub const NUMBER: u32 = 3;
    /// A BigInt.
    pub const BIGINT: u32 = 4;
    /// Elements that are small integers or holes.
    pub const SMI_ELEMENTS: u32 = 5;
    /// Elements of any kind.
    pub const ELEMENTS: u32 = 6;
    /// A dictionary of elements of an array whose length is fixed.
    pub const GUARDED_ELEMENTS: u32 = 7;
    /// Everything else that is internal.
    pub const INTERNAL: u32 = 8;
    /// Elements of an array literal, shared by the arrays made from it until they are written to (V8:
    /// `fixed_cow_array_map`).
    pub const SHARED_ELEMENTS: u32 = 9;
    /// The first shape of a JavaScript object.
    pub const FIRST_OBJECT: u32 = 16;
    /// The first number for boxes of fields, beyond all shapes: see [`crate::shape::ShapeTable::field_box`].
    pub const FIRST_FIELD_BOX: u32 = 1 << 31;
}
