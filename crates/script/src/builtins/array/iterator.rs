//! Array iterators.

use semispace_heap::{Ref, Word};

use crate::object::Key;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

pub(super) fn values(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_iterator(vm, args, 1)
}

pub(super) fn keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_iterator(vm, args, 0)
}

pub(super) fn entries(vm: &mut Vm, args: Args) -> Completion<Word> {
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

pub(super) fn iterator_next(vm: &mut Vm, args: Args) -> Completion<Word> {
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
