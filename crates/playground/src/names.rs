//! What objects are called, also between two steps of a collection, when following references is not safe.

use std::collections::BTreeMap;
use std::rc::Rc;

use semispace_heap::{Kind, Ref, Word};
use semispace_script::value;
use semispace_script::vm::Vm;

/// Names of JavaScript objects by their hidden class: objects that share one have the same constructor.
#[derive(Clone, Debug, Default)]
pub struct Names {
    of_shape: BTreeMap<u32, Rc<str>>,
}

impl Names {
    /// The names of everything in the heap.
    pub(crate) fn of_all(vm: &Vm) -> Self {
        let mut names = Self::default();
        for (page, _) in vm.heap.pages() {
            for (object, _) in vm.heap.objects(page) {
                names.learn(vm, object);
            }
        }
        names
    }

    /// The name of an object, while no collection is under way.
    pub(crate) fn learn(&mut self, vm: &Vm, object: Ref) -> Rc<str> {
        let header = vm.heap.header(object);
        if !value::is_object_kind(header.kind()) {
            return kind_name(header.kind()).into();
        }
        let name = self.of_shape.entry(header.shape()).or_insert_with(|| {
            vm.constructor_name(Word::reference(object))
                .unwrap_or_else(|| kind_name(header.kind()).into())
                .into()
        });
        name.clone()
    }

    /// The name of an object by its header alone.
    pub(crate) fn recall(&self, vm: &Vm, object: Ref) -> Rc<str> {
        let header = vm.heap.header(object);
        let known = self.of_shape.get(&header.shape()).filter(|_| value::is_object_kind(header.kind()));
        known.cloned().unwrap_or_else(|| kind_name(header.kind()).into())
    }
}

/// What objects of a kind are called when they have no constructor of their own: V8's words in heap snapshots.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        value::FIXED_ARRAY | value::FIXED_DOUBLE_ARRAY => "(object elements)",
        value::PROPERTY_ARRAY | value::NAME_DICTIONARY | value::NUMBER_DICTIONARY => "(object properties)",
        value::CONTEXT => "system / Context",
        value::CONS_STRING => "(concatenated string)",
        value::SLICED_STRING => "(sliced string)",
        value::ONE_BYTE_STRING | value::TWO_BYTE_STRING | value::THIN_STRING => "(string)",
        value::ORDERED_TABLE | value::EPHEMERON_TABLE => "(collection table)",
        value::ACCESSOR_PAIR => "system / AccessorPair",
        value::SYMBOL => "(symbol)",
        value::SAVED_FRAME => "(saved frame)",
        value::HEAP_NUMBER => "(number)",
        value::BIGINT => "(bigint)",
        value::WEAK_CELL => "system / WeakCell",
        value::ARRAY => "Array",
        value::FUNCTION | value::NATIVE_FUNCTION | value::BOUND_FUNCTION => "Function",
        value::ARGUMENTS => "Arguments",
        value::ERROR => "Error",
        value::MAP => "Map",
        value::SET => "Set",
        kind if value::is_object_kind(kind) => "Object",
        _ => "(internal)",
    }
}
