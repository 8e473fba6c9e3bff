//! ArrayBuffers and the views of their bytes: typed arrays and DataView.
//!
//! Laid out as V8 lays them out (`src/objects/js-array-buffer.tq`): an ArrayBuffer is 11 words, a typed array 12, a
//! DataView 10. A typed array of up to 64 bytes keeps them in the heap, in its elements, until somebody asks for its
//! buffer; else they are in a [`super::backing_store::Store`]. A view has the number of that store itself, so that an
//! access need not go through the buffer.

use semispace_heap::{Ref, Word};

use super::backing_store::{StoreId, Stores};
use crate::value::{self, ELEMENTS, FIXED_SLOTS, shapes};
use crate::vm::arithmetic::to_int32;
use crate::vm::call::Completion;
use crate::vm::{Intrinsic, MachineHeap, Vm};

/// Word of an ArrayBuffer: the number of its store.
pub(crate) const BUFFER_STORE: u32 = 3;
/// Word of an ArrayBuffer: the most bytes that it can grow to, or undefined for one of fixed length.
pub(crate) const BUFFER_MAXIMUM: u32 = 4;
/// Word of an ArrayBuffer: its handle on the heap's account.
pub(crate) const BUFFER_HANDLE: u32 = 5;
/// Word of an ArrayBuffer: whether its bytes have been taken away.
pub(crate) const BUFFER_DETACHED: u32 = 6;
/// Words of an ArrayBuffer behind the object header.
pub(crate) const BUFFER_WORDS: u8 = 8;

/// Word of a view: its ArrayBuffer.
pub(crate) const VIEW_BUFFER: u32 = 3;
const VIEW_OFFSET: u32 = 4;
const VIEW_LENGTH: u32 = 5;
const VIEW_SORT: u32 = 6;
const VIEW_STORE: u32 = 7;
/// Words of a typed array behind the object header.
pub(crate) const TYPED_WORDS: u8 = 9;
/// Words of a DataView behind the object header.
pub(crate) const DATA_VIEW_WORDS: u8 = 7;

/// The store number of a typed array whose bytes are in its elements.
const ON_HEAP: u64 = u32::MAX as u64;
/// The length of a view that ends where its resizable buffer ends.
const TRACKING: u64 = u64::MAX >> 2;
/// Typed arrays of up to this many bytes keep them in the heap (V8: `JSTypedArray::kMaxSizeInHeap`).
const MAX_ON_HEAP: u64 = 64;
/// The longest typed array (V8 11: `JSTypedArray::kMaxLength`) and ArrayBuffer.
pub const MAX_LENGTH: u64 = 1 << 32;

/// The most bytes that a native takes out of a store at once.
const MAX_AT_ONCE: u64 = 512 << 20;

/// A size, offset or store number as a word that the collector passes over.
pub(crate) const fn size_word(number: u64) -> Word {
    Word::from_bits(number << 2)
}

#[inline(always)]
pub(crate) fn size_at(heap: &MachineHeap, object: Ref, word: u32) -> u64 {
    heap.raw(object, word) >> 2
}

/// What the elements of a view are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ElementType {
    /// Int8Array
    Int8,
    /// Uint8Array
    Uint8,
    /// Uint8ClampedArray
    Uint8Clamped,
    /// Int16Array
    Int16,
    /// Uint16Array
    Uint16,
    /// Int32Array
    Int32,
    /// Uint32Array
    Uint32,
    /// Float32Array
    Float32,
    /// Float64Array
    Float64,
    /// BigInt64Array
    BigInt64,
    /// BigUint64Array
    BigUint64,
}

impl ElementType {
    /// All types, by number.
    pub const ALL: [Self; 11] = [
        Self::Int8,
        Self::Uint8,
        Self::Uint8Clamped,
        Self::Int16,
        Self::Uint16,
        Self::Int32,
        Self::Uint32,
        Self::Float32,
        Self::Float64,
        Self::BigInt64,
        Self::BigUint64,
    ];

    /// The class of typed arrays.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Int8 => "Int8Array",
            Self::Uint8 => "Uint8Array",
            Self::Uint8Clamped => "Uint8ClampedArray",
            Self::Int16 => "Int16Array",
            Self::Uint16 => "Uint16Array",
            Self::Int32 => "Int32Array",
            Self::Uint32 => "Uint32Array",
            Self::Float32 => "Float32Array",
            Self::Float64 => "Float64Array",
            Self::BigInt64 => "BigInt64Array",
            Self::BigUint64 => "BigUint64Array",
        }
    }

    /// The logarithm of the element size in bytes.
    #[inline(always)]
    pub const fn shift(self) -> u32 {
        match self {
            Self::Int8 | Self::Uint8 | Self::Uint8Clamped => 0,
            Self::Int16 | Self::Uint16 => 1,
            Self::Int32 | Self::Uint32 | Self::Float32 => 2,
            Self::Float64 | Self::BigInt64 | Self::BigUint64 => 3,
        }
    }

    /// Bytes of an element.
    #[inline(always)]
    pub const fn size(self) -> u32 {
        1 << self.shift()
    }

    /// Whether the elements are BigInts.
    #[inline(always)]
    pub const fn is_big(self) -> bool {
        matches!(self, Self::BigInt64 | Self::BigUint64)
    }

    /// The bits of an element that holds a number. Not for BigInts.
    pub fn bits_of(self, number: f64) -> u64 {
        match self {
            Self::Float64 => number.to_bits(),
            Self::Float32 => u64::from((number as f32).to_bits()),
            Self::Uint8Clamped => number.clamp(0.0, 255.0).round_ties_even() as u64,
            _ => u64::from(to_int32(number) as u32),
        }
    }

    /// The number in an element's bits. Not for BigInts.
    pub fn number_of(self, bits: u64) -> f64 {
        match self {
            Self::Float64 => f64::from_bits(bits),
            Self::Float32 => f64::from(f32::from_bits(bits as u32)),
            Self::Uint32 => f64::from(bits as u32),
            _ => f64::from(self.small(bits)),
        }
    }

    /// The small integer in the bits of an element of at most 32 bits.
    #[inline(always)]
    const fn small(self, bits: u64) -> i32 {
        match self {
            Self::Int8 => bits as i8 as i32,
            Self::Int16 => bits as i16 as i32,
            _ => bits as i32,
        }
    }
}

/// The type of a typed array's elements; none for a DataView.
#[inline(always)]
fn sort_of(heap: &MachineHeap, view: Ref) -> Option<ElementType> {
    ElementType::ALL.get(size_at(heap, view, VIEW_SORT) as usize).copied()
}

/// Where element `index` is: its type, the store's number and the byte in it. None where the interpreter should not
/// decide: an index out of range, a view of a resizable or detached buffer, a DataView.
#[inline(always)]
fn locate(heap: &MachineHeap, stores: &Stores, view: Ref, index: u32) -> Option<(ElementType, u64, u64)> {
    let sort = sort_of(heap, view)?;
    let length = size_at(heap, view, VIEW_LENGTH);
    let id = size_at(heap, view, VIEW_STORE);
    let offset = size_at(heap, view, VIEW_OFFSET);
    if u64::from(index) >= length {
        return None;
    }
    if id != ON_HEAP && offset + (length << sort.shift()) > stores.get(StoreId(id as u32)).len() {
        return None;
    }
    Some((sort, id, offset + (u64::from(index) << sort.shift())))
}

#[inline(always)]
fn read_bits(heap: &MachineHeap, stores: &Stores, view: Ref, id: u64, at: u64, size: u32) -> u64 {
    if id != ON_HEAP {
        return stores.get(StoreId(id as u32)).read_aligned(at, size);
    }
    let Some(elements) = heap.get(view, ELEMENTS).as_ref() else { return 0 };
    let word = heap.raw(elements, FIXED_SLOTS + (at >> 3) as u32) >> ((at & 7) * 8);
    if size == 8 { word } else { word & ((1 << (size * 8)) - 1) }
}

#[inline(always)]
fn write_bits(
    (heap, stores): (&mut MachineHeap, &mut Stores),
    view: Ref,
    (id, at, size): (u64, u64, u32),
    bits: u64,
) {
    if id != ON_HEAP {
        stores.get_mut(StoreId(id as u32)).write_aligned(at, size, bits);
        return;
    }
    let Some(elements) = heap.get(view, ELEMENTS).as_ref() else { return };
    let word = FIXED_SLOTS + (at >> 3) as u32;
    let shift = (at & 7) * 8;
    let mask = if size == 8 { u64::MAX } else { ((1 << (size * 8)) - 1) << shift };
    let old = heap.raw(elements, word);
    heap.set_raw(elements, word, old & !mask | bits << shift & mask);
}

/// An element as a value, if it can be had without a collection.
#[inline(never)]
pub(crate) fn load(
    heap: &mut MachineHeap,
    pc: usize,
    stores: &Stores,
    view: Ref,
    index: u32,
) -> Option<Word> {
    let (sort, id, at) = locate(heap, stores, view, index)?;
    let bits = read_bits(heap, stores, view, id, at, sort.size());
    if sort.shift() < 2 || sort == ElementType::Int32 || sort == ElementType::Uint32 && bits >> 31 == 0 {
        return Some(Word::smi(sort.small(bits)));
    }
    if sort.is_big() {
        return None;
    }
    // Whatever the number is: V8 makes a heap number of each float that it reads.
    let number = sort.number_of(bits);
    let object = heap.try_bump_at(pc, value::HEAP_NUMBER, shapes::NUMBER, 2)?;
    heap.set_raw(object, 1, number.to_bits());
    Some(Word::reference(object))
}

/// Writes a number to an element. False where the interpreter should not decide.
#[inline(never)]
pub(crate) fn store(
    heap: &mut MachineHeap,
    stores: &mut Stores,
    view: Ref,
    index: u32,
    element: Word,
) -> bool {
    let Some((sort, id, at)) = locate(heap, stores, view, index) else { return false };
    if sort.is_big() {
        return false;
    }
    let bits = match element.as_smi() {
        Some(small) if sort.shift() <= 2 && sort != ElementType::Float32 => match sort {
            ElementType::Uint8Clamped => small.clamp(0, 255) as u64,
            _ => u64::from(small as u32),
        },
        Some(small) => sort.bits_of(f64::from(small)),
        None => match element.as_ref() {
            Some(object) if heap.header(object).kind() == value::HEAP_NUMBER => {
                sort.bits_of(f64::from_bits(heap.raw(object, 1)))
            }
            _ => return false,
        },
    };
    write_bits((heap, stores), view, (id, at, sort.size()), bits);
    true
}

/// Where bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a backing store.
    Store(StoreId),
    /// In the elements of a typed array, which the collector may move.
    Heap(Ref),
}

/// The bytes that an ArrayBuffer or a view of one shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where they are.
    pub place: Place,
    /// The first one.
    pub start: u64,
    /// How many there are.
    pub length: u64,
}

impl Span {
    /// A part of the bytes, cut to what there is.
    pub fn part(self, from: u64, count: u64) -> Self {
        let from = from.min(self.length);
        Self { start: self.start + from, length: count.min(self.length - from), ..self }
    }
}

impl Vm {
    /// Whether the value is a typed array.
    pub fn is_typed_array(&self, word: Word) -> bool {
        self.element_type(word).is_some()
    }

    /// The element type of a typed array.
    pub fn element_type(&self, word: Word) -> Option<ElementType> {
        let view = word.as_ref().filter(|_| self.kind(word) == Some(value::ARRAY_BUFFER_VIEW))?;
        sort_of(&self.heap, view)
    }

    /// The bytes of an ArrayBuffer or view; none if they are gone or out of the range of the buffer.
    pub fn span(&self, word: Word) -> Option<Span> {
        let object = word.as_ref()?;
        match self.heap.header(object).kind() {
            value::ARRAY_BUFFER => {
                let id = StoreId(size_at(&self.heap, object, BUFFER_STORE) as u32);
                let detached = self.heap.get(object, BUFFER_DETACHED) == value::TRUE;
                let length = self.roots.stores.get(id).len();
                (!detached).then_some(Span { place: Place::Store(id), start: 0, length })
            }
            value::ARRAY_BUFFER_VIEW => self.view_span(object),
            _ => None,
        }
    }

    fn view_span(&self, view: Ref) -> Option<Span> {
        let shift = sort_of(&self.heap, view).map_or(0, ElementType::shift);
        let (start, length) =
            (size_at(&self.heap, view, VIEW_OFFSET), size_at(&self.heap, view, VIEW_LENGTH));
        let id = size_at(&self.heap, view, VIEW_STORE);
        if id == ON_HEAP {
            let elements = self.heap.get(view, ELEMENTS).as_ref()?;
            return Some(Span { place: Place::Heap(elements), start, length: length << shift });
        }
        let whole = self.span(self.heap.get(view, VIEW_BUFFER))?;
        let room = whole.length.checked_sub(start)?;
        let length = if length == TRACKING { room >> shift } else { length } << shift;
        (length <= room).then_some(Span { start, length, ..whole })
    }

    /// The number of elements of a typed array: 0 if its bytes are gone.
    pub fn typed_length(&self, view: Ref) -> u64 {
        let shift = sort_of(&self.heap, view).map_or(0, ElementType::shift);
        self.view_span(view).map_or(0, |span| span.length >> shift)
    }

    /// Where a view begins in its buffer, as it was made.
    pub fn view_offset(&self, view: Ref) -> u64 {
        size_at(&self.heap, view, VIEW_OFFSET)
    }

    /// Whether a view ends where its resizable buffer ends.
    pub fn is_length_tracking(&self, view: Ref) -> bool {
        size_at(&self.heap, view, VIEW_LENGTH) == TRACKING
    }

    /// Copies bytes out of a span.
    pub fn span_bytes(&self, span: Span) -> Vec<u8> {
        let mut bytes = vec![0; span.length as usize];
        self.read_span(span, &mut bytes);
        bytes
    }

    /// Copies the first bytes of a span.
    fn read_span(&self, span: Span, bytes: &mut [u8]) {
        match span.place {
            Place::Store(id) => self.roots.stores.get(id).read(span.start, bytes),
            Place::Heap(elements) => {
                let start = span.start as usize;
                bytes.copy_from_slice(&self.bytes_on_heap(elements)[start..start + bytes.len()]);
            }
        }
    }

    /// The bytes that a typed array keeps in the heap, and zeros behind them.
    fn bytes_on_heap(&self, elements: Ref) -> [u8; MAX_ON_HEAP as usize] {
        let mut bytes = [0; MAX_ON_HEAP as usize];
        let words = &self.heap.words(elements)[FIXED_SLOTS as usize - 1..];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// The same for natives that need all bytes at once.
    ///
    /// Errors: a RangeError where that is more than 512 MiB.
    pub(crate) fn whole_bytes(&mut self, span: Span) -> Completion<Vec<u8>> {
        if span.length > MAX_AT_ONCE {
            return Err(self.range_error("Array buffer allocation failed"));
        }
        Ok(self.span_bytes(span))
    }

    /// Copies bytes into a span, as many as fit.
    pub fn write_span(&mut self, span: Span, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(span.length as usize)];
        match span.place {
            Place::Store(id) => self.roots.stores.get_mut(id).write(span.start, bytes),
            Place::Heap(elements) => {
                let (start, mut all) = (span.start as usize, self.bytes_on_heap(elements));
                all[start..start + bytes.len()].copy_from_slice(bytes);
                let words = &mut self.heap.words_mut(elements)[FIXED_SLOTS as usize - 1..];
                for (word, chunk) in words.iter_mut().zip(all.chunks_exact(8)) {
                    *word = chunk.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
                }
            }
        }
    }

    /// Fills a span with a byte.
    pub fn fill_span(&mut self, span: Span, byte: u8) {
        match span.place {
            Place::Store(id) => self.roots.stores.get_mut(id).fill(span.start, span.length, byte),
            Place::Heap(_) => self.write_span(span, &vec![byte; span.length as usize]),
        }
    }

    /// Copies as many bytes as both spans have, as `memmove` does.
    pub fn copy_span(&mut self, from: Span, to: Span) {
        let count = from.length.min(to.length);
        if let (Place::Store(source), Place::Store(target)) = (from.place, to.place) {
            self.roots.stores.copy((source, from.start), (target, to.start), count);
        } else {
            let bytes = self.span_bytes(from.part(0, count));
            self.write_span(to, &bytes);
        }
    }

    /// The element at an index of a typed array as a value; none out of range.
    pub(crate) fn typed_element(&mut self, view: Ref, index: u32) -> Completion<Option<Word>> {
        let (Some(sort), Some(span)) = (sort_of(&self.heap, view), self.view_span(view)) else {
            return Ok(None);
        };
        let at = u64::from(index) << sort.shift();
        if at >= span.length {
            return Ok(None);
        }
        let bits = self.bits_in(span.part(at, u64::from(sort.size())));
        let is_float = matches!(sort, ElementType::Float32 | ElementType::Float64);
        let value = if is_float { self.boxed(sort.number_of(bits)) } else { self.element_value(sort, bits) };
        value.map(Some)
    }

    /// The little-endian number in a span of at most 8 bytes.
    pub(crate) fn bits_in(&self, span: Span) -> u64 {
        let mut bytes = [0; 8];
        self.read_span(span, &mut bytes[..span.length as usize]);
        u64::from_le_bytes(bytes)
    }

    /// An element's bits as a value.
    pub(crate) fn element_value(&mut self, sort: ElementType, bits: u64) -> Completion<Word> {
        match sort {
            ElementType::BigInt64 => self.bigint_from_i64(bits as i64),
            ElementType::BigUint64 => self.bigint_from_u64(bits),
            _ => self.number(sort.number_of(bits)),
        }
    }

    /// A primitive value as an element's bits.
    ///
    /// Errors: a TypeError where a number meets BigInts or a BigInt numbers.
    pub(crate) fn element_bits(&mut self, sort: ElementType, word: Word) -> Completion<u64> {
        if sort.is_big() {
            return self.bigint_bits(word);
        }
        Ok(sort.bits_of(self.to_number_primitive(word)?))
    }

    /// Assigns a primitive value to an element. Out of range, nothing happens.
    pub(crate) fn set_typed_element(&mut self, view: Ref, index: u32, word: Word) -> Completion {
        let Some(sort) = sort_of(&self.heap, view) else { return Ok(()) };
        let bits = self.element_bits(sort, word)?;
        let Some(span) = self.view_span(view) else { return Ok(()) };
        let size = u64::from(sort.size());
        let part = span.part(u64::from(index) << sort.shift(), size);
        if part.length == size {
            self.write_span(part, &bits.to_le_bytes()[..size as usize]);
        }
        Ok(())
    }

    /// An ArrayBuffer under a prototype, zero-filled; with a maximum it can be resized.
    ///
    /// Errors: a RangeError when off-heap memory is at its limit, even after a collection.
    pub fn new_array_buffer(
        &mut self,
        prototype: Word,
        length: u64,
        maximum: Option<u64>,
    ) -> Completion<Ref> {
        let prototype = self.handle(prototype);
        self.ensure_external_room(length)?;
        let buffer = self.new_exotic(value::ARRAY_BUFFER, self.at(prototype), BUFFER_WORDS)?;
        let capacity = maximum.unwrap_or(length);
        self.heap.init(buffer, BUFFER_STORE, size_word(0));
        self.heap.init(buffer, BUFFER_DETACHED, value::FALSE);
        if let Some(maximum) = maximum {
            self.heap.init(buffer, BUFFER_MAXIMUM, size_word(maximum));
        }
        if capacity == 0 {
            return Ok(buffer);
        }
        let id = self.roots.stores.create(length, capacity);
        self.give_store(buffer, id);
        let buffer = self.handle(Word::reference(buffer));
        self.heap.relieve_external(&mut self.roots);
        Ok(self.ref_at(buffer))
    }

    /// Makes a buffer the owner of a store.
    pub(crate) fn give_store(&mut self, buffer: Ref, id: StoreId) {
        let length = self.roots.stores.get(id).len();
        let handle = self.heap.register_external(buffer, length);
        self.roots.stores.own(handle, id);
        self.note_block(id);
        self.heap.init(buffer, BUFFER_STORE, size_word(u64::from(id.0)));
        self.heap.init(buffer, BUFFER_HANDLE, size_word(handle.0));
    }

    /// Fails where off-heap memory cannot grow by so many bytes. First whatever is dead is collected.
    fn ensure_external_room(&mut self, bytes: u64) -> Completion {
        use semispace_heap::{CollectionKind, Reason};
        let fits = |vm: &Self| vm.roots.stores.bytes() + bytes <= vm.limits.external;
        if !fits(self) && bytes <= self.limits.external {
            self.heap.collect(&mut self.roots, CollectionKind::Full, Reason::ExternalMemoryPressure);
        }
        if fits(self) { Ok(()) } else { Err(self.range_error("Array buffer allocation failed")) }
    }

    /// A typed array of so many elements with a buffer of its own, zero-filled.
    pub fn new_typed_array(&mut self, prototype: Word, sort: ElementType, length: u64) -> Completion<Ref> {
        let bytes = length << sort.shift();
        let prototype = self.handle(prototype);
        let own = self.intrinsic(Intrinsic::ArrayBufferPrototype);
        if bytes > MAX_ON_HEAP {
            let buffer = self.new_array_buffer(own, bytes, None)?;
            return self.new_view(self.at(prototype), Word::reference(buffer), Some(sort), (0, Some(length)));
        }
        let buffer = self.new_array_buffer(own, 0, None)?;
        let buffer = self.handle(Word::reference(buffer));
        let words = FIXED_SLOTS + bytes.div_ceil(8) as u32;
        let elements = self.allocate(value::BYTE_ARRAY, shapes::INTERNAL, words)?;
        self.heap.set_raw(elements, value::FIXED_LENGTH, bytes << 32);
        self.heap.words_mut(elements)[FIXED_SLOTS as usize - 1..].fill(0);
        let elements = self.handle(Word::reference(elements));
        let view = self.new_view(self.at(prototype), self.at(buffer), Some(sort), (0, Some(length)))?;
        self.heap.init(view, VIEW_STORE, size_word(ON_HEAP));
        let elements = self.at(elements);
        self.heap.set(view, ELEMENTS, elements);
        Ok(view)
    }

    /// A view of a buffer from a byte on: of so many elements (bytes for a DataView), or to the end, wherever that is.
    pub fn new_view(
        &mut self,
        prototype: Word,
        buffer: Word,
        sort: Option<ElementType>,
        (offset, length): (u64, Option<u64>),
    ) -> Completion<Ref> {
        let buffer = self.handle(buffer);
        let words = if sort.is_some() { TYPED_WORDS } else { DATA_VIEW_WORDS };
        let view = self.new_exotic(value::ARRAY_BUFFER_VIEW, prototype, words)?;
        let store = size_at(&self.heap, self.ref_at(buffer), BUFFER_STORE);
        let number = sort.map_or(ElementType::ALL.len() as u64, |sort| sort as u64);
        let fields = [
            (VIEW_OFFSET, offset),
            (VIEW_LENGTH, length.unwrap_or(TRACKING)),
            (VIEW_SORT, number),
            (VIEW_STORE, store),
        ];
        for (word, size) in fields {
            self.heap.init(view, word, size_word(size));
        }
        let buffer = self.at(buffer);
        self.heap.set(view, VIEW_BUFFER, buffer);
        Ok(view)
    }

    /// The buffer of a view. Bytes that are in the heap move to a backing store (V8: `JSTypedArray::GetBuffer`).
    pub fn buffer_of_view(&mut self, view: Ref) -> Completion<Word> {
        if size_at(&self.heap, view, VIEW_STORE) == ON_HEAP
            && let Some(span) = self.view_span(view)
            && let Some(buffer) = self.heap.get(view, VIEW_BUFFER).as_ref()
        {
            let bytes = self.span_bytes(span);
            let mut id = StoreId::EMPTY;
            if span.length > 0 {
                id = self.roots.stores.create(span.length, span.length);
                self.roots.stores.get_mut(id).write(0, &bytes);
                self.give_store(buffer, id);
            }
            self.heap.init(view, VIEW_STORE, size_word(u64::from(id.0)));
            let empty = self.intrinsic(Intrinsic::EmptyElements);
            self.heap.set(view, ELEMENTS, empty);
        }
        Ok(self.heap.get(view, VIEW_BUFFER))
    }
}
