//! ArrayBuffer and DataView.

use semispace_heap::{Ref, Word};

use super::convert;
use super::install::{Function, accessor, constructor, methods, species, tag};
use crate::object::backing_store::StoreId;
use crate::object::typed_array::{
    BUFFER_DETACHED, BUFFER_HANDLE, BUFFER_MAXIMUM, BUFFER_STORE, MAX_LENGTH, size_at, size_word,
};
use crate::object::{ElementType, Span};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const BUFFER_METHODS: &[Function] = &[
    ("resize", 1, resize),
    ("slice", 2, slice),
    ("transfer", 0, transfer),
    ("transferToFixedLength", 0, transfer_to_fixed_length),
];

macro_rules! data_view_methods {
    ($($get:literal $set:literal $sort:ident,)*) => {
        &[$(
            ($get, 1, |vm, args| get_value(vm, args, ElementType::$sort, $get)),
            ($set, 2, |vm, args| set_value(vm, args, ElementType::$sort, $set)),
        )*]
    };
}

const VIEW_METHODS: &[Function] = data_view_methods! {
    "getInt8" "setInt8" Int8,
    "getUint8" "setUint8" Uint8,
    "getInt16" "setInt16" Int16,
    "getUint16" "setUint16" Uint16,
    "getInt32" "setInt32" Int32,
    "getUint32" "setUint32" Uint32,
    "getFloat32" "setFloat32" Float32,
    "getFloat64" "setFloat64" Float64,
    "getBigInt64" "setBigInt64" BigInt64,
    "getBigUint64" "setBigUint64" BigUint64,
};

/// ArrayBuffer and DataView with their prototypes.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("ArrayBuffer", 1, new_buffer), Intrinsic::ArrayBufferPrototype)?;
    methods(vm, class, &[("isView", 1, is_view)])?;
    species(vm, class)?;
    let prototype = vm.intrinsic(Intrinsic::ArrayBufferPrototype);
    methods(vm, prototype, BUFFER_METHODS)?;
    accessor(vm, prototype, "byteLength", byte_length, None)?;
    accessor(vm, prototype, "maxByteLength", max_byte_length, None)?;
    accessor(vm, prototype, "resizable", resizable, None)?;
    accessor(vm, prototype, "detached", detached, None)?;
    tag(vm, prototype, "ArrayBuffer")?;
    constructor(vm, ("DataView", 1, new_data_view), Intrinsic::DataViewPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::DataViewPrototype);
    methods(vm, prototype, VIEW_METHODS)?;
    accessor(vm, prototype, "buffer", view_buffer, None)?;
    accessor(vm, prototype, "byteLength", view_byte_length, None)?;
    accessor(vm, prototype, "byteOffset", view_byte_offset, None)?;
    tag(vm, prototype, "DataView")
}

/// ToIndex of an argument; `message` if it is negative or too large.
pub(super) fn index_arg(vm: &mut Vm, args: Args, index: usize, message: &str) -> Completion<u64> {
    let number = vm.integer_arg(args, index, 0.0)?;
    if (0.0..=9_007_199_254_740_991.0).contains(&number) {
        return Ok(number as u64);
    }
    Err(vm.range_error(message))
}

fn new_buffer(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error("Constructor ArrayBuffer requires 'new'"));
    }
    let length = index_arg(vm, args, 0, "Invalid array buffer length")?;
    let options = vm.arg(args, 1);
    let mut maximum = None;
    if vm.is_object(options) {
        let atom = vm.intern("maxByteLength")?;
        let word = vm.get_data(vm.arg(args, 1), crate::object::Key::Atom(atom));
        if word != UNDEFINED {
            let number = vm.to_number_primitive(word)?.trunc();
            if number.is_nan() || number < length as f64 || number > 9_007_199_254_740_991.0 {
                return Err(vm.range_error("Invalid array buffer max length"));
            }
            maximum = Some(number as u64);
        }
    }
    if maximum.unwrap_or(length) > MAX_LENGTH {
        return Err(vm.range_error("Array buffer allocation failed"));
    }
    let prototype = vm.prototype_for(vm.this(args), Intrinsic::ArrayBufferPrototype);
    vm.new_array_buffer(prototype, length, maximum).map(Word::reference)
}

fn is_view(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::ARRAY_BUFFER_VIEW)))
}

/// The receiver, which must be an ArrayBuffer.
fn receiver(vm: &mut Vm, args: Args, name: &str) -> Completion<Ref> {
    let this = vm.this(args);
    match this.as_ref().filter(|_| vm.kind(this) == Some(value::ARRAY_BUFFER)) {
        Some(buffer) => Ok(buffer),
        None => {
            let text = vm.brief(this);
            let name = format!("ArrayBuffer.prototype.{name}");
            Err(vm.type_error(&format!("Method {name} called on incompatible receiver {text}")))
        }
    }
}

/// The same, and its bytes must not be gone.
fn attached(vm: &mut Vm, args: Args, name: &str) -> Completion<(Ref, Span)> {
    let buffer = receiver(vm, args, name)?;
    match vm.span(Word::reference(buffer)) {
        Some(span) => Ok((buffer, span)),
        None => {
            let name = format!("ArrayBuffer.prototype.{name}");
            Err(vm.type_error(&format!("Cannot perform {name} on a detached ArrayBuffer")))
        }
    }
}

fn byte_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let buffer = receiver(vm, args, "byteLength")?;
    let length = vm.span(Word::reference(buffer)).map_or(0, |span| span.length);
    vm.number(length as f64)
}

fn max_byte_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let buffer = receiver(vm, args, "maxByteLength")?;
    let length = match vm.span(Word::reference(buffer)) {
        None => 0,
        Some(_) if is_resizable(vm, buffer) => size_at(&vm.heap, buffer, BUFFER_MAXIMUM),
        Some(span) => span.length,
    };
    vm.number(length as f64)
}

fn is_resizable(vm: &Vm, buffer: Ref) -> bool {
    vm.heap.get(buffer, BUFFER_MAXIMUM) != UNDEFINED
}

fn resizable(vm: &mut Vm, args: Args) -> Completion<Word> {
    let buffer = receiver(vm, args, "resizable")?;
    Ok(value::boolean(is_resizable(vm, buffer)))
}

fn detached(vm: &mut Vm, args: Args) -> Completion<Word> {
    let buffer = receiver(vm, args, "detached")?;
    Ok(vm.heap.get(buffer, BUFFER_DETACHED))
}

fn resize(vm: &mut Vm, args: Args) -> Completion<Word> {
    let message = "ArrayBuffer.prototype.resize: Invalid length parameter";
    let length = index_arg(vm, args, 0, message)?;
    let (buffer, _) = attached(vm, args, "resize")?;
    if !is_resizable(vm, buffer) {
        let text = vm.brief(Word::reference(buffer));
        let name = "ArrayBuffer.prototype.resize";
        return Err(vm.type_error(&format!("Method {name} called on incompatible receiver {text}")));
    }
    if length > size_at(&vm.heap, buffer, BUFFER_MAXIMUM) {
        return Err(vm.range_error(message));
    }
    let id = StoreId(size_at(&vm.heap, buffer, BUFFER_STORE) as u32);
    if id != StoreId::EMPTY {
        vm.roots.stores.resize(id, length);
        let handle = semispace_heap::ExternalHandle(size_at(&vm.heap, buffer, BUFFER_HANDLE));
        vm.heap.resize_external(handle, length);
        vm.heap.relieve_external(&mut vm.roots);
    }
    Ok(UNDEFINED)
}

fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (_, span) = attached(vm, args, "slice")?;
    let length = span.length as usize;
    let start = convert::relative(vm, args, 0, length, 0)?;
    let end = convert::relative(vm, args, 1, length, length)?.max(start);
    let prototype = vm.intrinsic(Intrinsic::ArrayBufferPrototype);
    let copy = vm.new_array_buffer(prototype, (end - start) as u64, None)?;
    let this = vm.this(args);
    if let (Some(from), Some(to)) = (vm.span(this), vm.span(Word::reference(copy))) {
        vm.copy_span(from.part(start as u64, (end - start) as u64), to);
    }
    Ok(Word::reference(copy))
}

fn transfer(vm: &mut Vm, args: Args) -> Completion<Word> {
    move_bytes(vm, args, "transfer", true)
}

fn transfer_to_fixed_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    move_bytes(vm, args, "transferToFixedLength", false)
}

fn move_bytes(vm: &mut Vm, args: Args, name: &str, keep_resizable: bool) -> Completion<Word> {
    let buffer = receiver(vm, args, name)?;
    let old = vm.span(Word::reference(buffer)).map_or(0, |span| span.length);
    let length = match vm.arg(args, 0) {
        UNDEFINED => old,
        _ => index_arg(vm, args, 0, "Invalid array buffer length")?,
    };
    let (buffer, _) = attached(vm, args, name)?;
    if length > MAX_LENGTH {
        return Err(vm.range_error("Array buffer allocation failed"));
    }
    let maximum =
        (keep_resizable && is_resizable(vm, buffer)).then(|| size_at(&vm.heap, buffer, BUFFER_MAXIMUM));
    vm.transfer_buffer(Word::reference(buffer), length, maximum)
}

impl Vm {
    /// Moves the bytes of an ArrayBuffer to a new one; the old one is detached.
    pub(crate) fn transfer_buffer(
        &mut self,
        buffer: Word,
        length: u64,
        maximum: Option<u64>,
    ) -> Completion<Word> {
        let old = self.handle(buffer);
        let prototype = self.intrinsic(Intrinsic::ArrayBufferPrototype);
        let new = self.new_array_buffer(prototype, 0, None)?;
        self.move_bytes_into(self.ref_at(old), new, length, maximum);
        Ok(Word::reference(new))
    }

    /// Moves the bytes of an ArrayBuffer to another one, which has none.
    pub(crate) fn move_bytes_into(&mut self, buffer: Ref, new: Ref, length: u64, maximum: Option<u64>) {
        let from = StoreId(size_at(&self.heap, buffer, BUFFER_STORE) as u32);
        let capacity = maximum.unwrap_or(length);
        if capacity > 0 {
            let id = self.roots.stores.transfer(from, length, capacity);
            self.give_store(new, id);
        }
        if let Some(maximum) = maximum {
            self.heap.init(new, BUFFER_MAXIMUM, size_word(maximum));
        }
        if from != StoreId::EMPTY {
            if capacity == 0 {
                self.roots.stores.resize(from, 0);
            }
            let handle = semispace_heap::ExternalHandle(size_at(&self.heap, buffer, BUFFER_HANDLE));
            self.heap.resize_external(handle, 0);
        }
        self.heap.init(buffer, BUFFER_STORE, size_word(0));
        self.heap.init(buffer, BUFFER_DETACHED, value::TRUE);
    }
}

fn new_data_view(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error("Constructor DataView requires 'new'"));
    }
    let buffer = vm.arg(args, 0);
    if vm.kind(buffer) != Some(value::ARRAY_BUFFER) {
        return Err(vm.type_error("First argument to DataView constructor must be an ArrayBuffer"));
    }
    let offset = vm.integer_arg(args, 1, 0.0)?;
    let length = vm.integer_arg(args, 2, 0.0)?;
    let Some(span) = vm.span(vm.arg(args, 0)) else {
        return Err(vm.type_error("Cannot perform DataView on a detached ArrayBuffer"));
    };
    if offset < 0.0 || offset > span.length as f64 {
        return Err(vm.range_error(&format!("Start offset {offset} is outside the bounds of the buffer")));
    }
    let rest = span.length - offset as u64;
    let tracks = buffer.as_ref().is_some_and(|buffer| is_resizable(vm, buffer));
    let length = match vm.arg(args, 2) {
        UNDEFINED if tracks => None,
        UNDEFINED => Some(rest),
        _ if length < 0.0 || length > rest as f64 => {
            return Err(vm.range_error(&format!("Invalid DataView length {length}")));
        }
        _ => Some(length as u64),
    };
    let prototype = vm.prototype_for(vm.this(args), Intrinsic::DataViewPrototype);
    vm.new_view(prototype, vm.arg(args, 0), None, (offset as u64, length)).map(Word::reference)
}

/// The receiver, which must be a DataView.
fn data_view(vm: &mut Vm, args: Args, name: &str) -> Completion<Ref> {
    let this = vm.this(args);
    let is_view = vm.kind(this) == Some(value::ARRAY_BUFFER_VIEW) && !vm.is_typed_array(this);
    match this.as_ref().filter(|_| is_view) {
        Some(view) => Ok(view),
        None => {
            let text = vm.brief(this);
            let name = format!("DataView.prototype.{name}");
            Err(vm.type_error(&format!("Method {name} called on incompatible receiver {text}")))
        }
    }
}

fn view_buffer(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = data_view(vm, args, "buffer")?;
    vm.buffer_of_view(view)
}

fn view_byte_length(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = data_view(vm, args, "byteLength")?;
    match vm.span(Word::reference(view)) {
        Some(span) => vm.number(span.length as f64),
        None => {
            let name = "DataView.prototype.byteLength";
            Err(vm.type_error(&format!("Cannot perform {name} on a detached ArrayBuffer")))
        }
    }
}

fn view_byte_offset(vm: &mut Vm, args: Args) -> Completion<Word> {
    let view = data_view(vm, args, "byteOffset")?;
    vm.number(vm.view_offset(view) as f64)
}

/// The bytes of an element of a DataView, at the offset in argument 0.
fn element_span(vm: &mut Vm, args: Args, sort: ElementType, name: &str) -> Completion<Span> {
    let at = index_arg(vm, args, 0, "Offset is outside the bounds of the DataView")?;
    let view = data_view(vm, args, name)?;
    let Some(span) = vm.span(Word::reference(view)) else {
        let name = format!("DataView.prototype.{name}");
        return Err(vm.type_error(&format!("Cannot perform {name} on a detached ArrayBuffer")));
    };
    let part = span.part(at, u64::from(sort.size()));
    if part.length < u64::from(sort.size()) {
        return Err(vm.range_error("Offset is outside the bounds of the DataView"));
    }
    Ok(part)
}

fn get_value(vm: &mut Vm, args: Args, sort: ElementType, name: &str) -> Completion<Word> {
    data_view(vm, args, name)?;
    let little = vm.truthy(vm.arg(args, 1));
    let span = element_span(vm, args, sort, name)?;
    let bits = vm.bits_in(span);
    vm.element_value(sort, if little { bits } else { bits.swap_bytes() >> (64 - 8 * sort.size()) })
}

fn set_value(vm: &mut Vm, args: Args, sort: ElementType, name: &str) -> Completion<Word> {
    data_view(vm, args, name)?;
    index_arg(vm, args, 0, "Offset is outside the bounds of the DataView")?;
    if vm.is_object(vm.arg(args, 1)) {
        return Err(crate::vm::Abrupt::Coerce(2, crate::vm::Hint::Number));
    }
    let bits = vm.element_bits(sort, vm.arg(args, 1))?;
    let little = vm.truthy(vm.arg(args, 2));
    let span = element_span(vm, args, sort, name)?;
    let size = sort.size() as usize;
    let mut bytes = bits.to_le_bytes();
    if !little {
        bytes[..size].reverse();
    }
    vm.write_span(span, &bytes[..size]);
    Ok(UNDEFINED)
}
