//! The first objects: strings, prototypes, the global object.

use semispace_heap::Word;

use crate::names::Names;
use crate::shape::RootShape;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, NULL, shapes};
use crate::vm::{Completion, Intrinsic, Vm};

/// Prototypes that are plain objects under `Object.prototype`.
const PLAIN: &[Intrinsic] = &[
    Intrinsic::MapPrototype,
    Intrinsic::SetPrototype,
    Intrinsic::WeakMapPrototype,
    Intrinsic::WeakSetPrototype,
    Intrinsic::WeakRefPrototype,
    Intrinsic::FinalizationRegistryPrototype,
    Intrinsic::SymbolPrototype,
    Intrinsic::BigIntPrototype,
    Intrinsic::IteratorPrototype,
    Intrinsic::AsyncIteratorPrototype,
    Intrinsic::PromisePrototype,
    Intrinsic::RegExpPrototype,
    Intrinsic::DatePrototype,
    Intrinsic::ArrayBufferPrototype,
    Intrinsic::DataViewPrototype,
    Intrinsic::TypedArrayPrototype,
    Intrinsic::ErrorPrototype,
    Intrinsic::Global,
    Intrinsic::Helpers,
    Intrinsic::SymbolRegistry,
    Intrinsic::Process,
];

/// Prototypes under another prototype.
const DERIVED: &[(Intrinsic, Intrinsic)] = &[
    (Intrinsic::ArrayIteratorPrototype, Intrinsic::IteratorPrototype),
    (Intrinsic::MapIteratorPrototype, Intrinsic::IteratorPrototype),
    (Intrinsic::SetIteratorPrototype, Intrinsic::IteratorPrototype),
    (Intrinsic::StringIteratorPrototype, Intrinsic::IteratorPrototype),
    (Intrinsic::GeneratorPrototype, Intrinsic::IteratorPrototype),
    (Intrinsic::GeneratorFunctionPrototype, Intrinsic::FunctionPrototype),
    (Intrinsic::AsyncFunctionPrototype, Intrinsic::FunctionPrototype),
    (Intrinsic::AsyncGeneratorPrototype, Intrinsic::AsyncIteratorPrototype),
    (Intrinsic::AsyncGeneratorFunctionPrototype, Intrinsic::FunctionPrototype),
    (Intrinsic::Int8ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Uint8ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Uint8ClampedArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Int16ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Uint16ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Int32ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Uint32ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Float32ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::Float64ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::BigInt64ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::BigUint64ArrayPrototype, Intrinsic::TypedArrayPrototype),
    (Intrinsic::TypeErrorPrototype, Intrinsic::ErrorPrototype),
    (Intrinsic::RangeErrorPrototype, Intrinsic::ErrorPrototype),
    (Intrinsic::ReferenceErrorPrototype, Intrinsic::ErrorPrototype),
    (Intrinsic::SyntaxErrorPrototype, Intrinsic::ErrorPrototype),
    (Intrinsic::EvalErrorPrototype, Intrinsic::ErrorPrototype),
    (Intrinsic::UriErrorPrototype, Intrinsic::ErrorPrototype),
];

pub(super) fn make(vm: &mut Vm) -> Completion {
    strings(vm)?;
    vm.names = Names::intern(vm)?;
    let store = vm.new_store(0, HOLE, shapes::SMI_ELEMENTS)?;
    vm.roots.realm.set(Intrinsic::EmptyElements, Word::reference(store));
    let root = vm.new_object_with_prototype(NULL)?;
    set(vm, Intrinsic::ObjectPrototype, root);
    for &intrinsic in PLAIN {
        let object = vm.new_plain_object()?;
        set(vm, intrinsic, object);
    }
    // Built-in prototypes that are themselves of their kind.
    let parent = vm.intrinsic(Intrinsic::ObjectPrototype);
    let array = vm.new_array_with_prototype(parent)?;
    set(vm, Intrinsic::ArrayPrototype, array);
    for (intrinsic, inner) in [
        (Intrinsic::StringPrototype, vm.intrinsic(Intrinsic::EmptyString)),
        (Intrinsic::NumberPrototype, Word::smi(0)),
        (Intrinsic::BooleanPrototype, value::FALSE),
    ] {
        let wrapper = vm.new_exotic(value::WRAPPER, parent, 1)?;
        vm.heap.set(wrapper, 3, inner);
        set(vm, intrinsic, wrapper);
    }
    function_prototype(vm)?;
    for &(intrinsic, parent) in DERIVED {
        let parent = vm.intrinsic(parent);
        let object = vm.new_object_with_prototype(parent)?;
        set(vm, intrinsic, object);
    }
    let global = vm.intrinsic(Intrinsic::Global);
    super::install::define(vm, global, "globalThis", global)?;
    super::install::define(vm, global, "global", global)
}

fn set(vm: &mut Vm, intrinsic: Intrinsic, object: semispace_heap::Ref) {
    vm.roots.realm.set(intrinsic, Word::reference(object));
}

/// The empty string and those of one Latin-1 character, which are shared.
fn strings(vm: &mut Vm) -> Completion {
    let empty = vm.allocate(value::ONE_BYTE_STRING, shapes::STRING, 2)?;
    vm.heap.set_raw(empty, 1, 0);
    vm.roots.realm.set(Intrinsic::EmptyString, Word::reference(empty));
    let table = vm.allocate(value::FIXED_ARRAY, shapes::ELEMENTS, FIXED_SLOTS + 256)?;
    vm.heap.init(table, FIXED_LENGTH, Word::smi(256));
    for byte in 0..=255u8 {
        let atom = vm.intern_units(&[u16::from(byte)])?;
        let word = vm.roots.atoms.word(atom);
        vm.heap.set(table, FIXED_SLOTS + u32::from(byte), word);
    }
    vm.roots.realm.set(Intrinsic::SingleCharacters, Word::reference(table));
    let absent = vm.new_store(1, value::UNDEFINED, shapes::INTERNAL)?;
    vm.roots.realm.set(Intrinsic::Absent, Word::reference(absent));
    Ok(())
}

/// `Function.prototype` is itself a function, which does nothing.
fn function_prototype(vm: &mut Vm) -> Completion {
    let name = vm.intern("")?;
    let number = vm.natives.len() as u32;
    let nothing = |_: &mut Vm, _| Ok(value::UNDEFINED);
    vm.natives.push(crate::vm::NativeInfo { name, length: 0, function: nothing, constructor: false });
    let parent = vm.intrinsic(Intrinsic::ObjectPrototype);
    let shape = vm.root_shape(parent, RootShape { kind: value::NATIVE_FUNCTION, start: 7, in_object: 0 });
    let function = vm.new_object_of(shape)?;
    vm.heap.set(function, value::FUNCTION_CODE, Word::smi(number as i32));
    set(vm, Intrinsic::FunctionPrototype, function);
    Ok(())
}
