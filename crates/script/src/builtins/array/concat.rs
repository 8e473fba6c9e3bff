//! `concat`: its result has the elements kind that its parts need.

use semispace_heap::Word;

use super::{generic, plain_array, plain_array_itself, put};
use crate::object::element::MAX_FAST_ARRAY;
use crate::object::{Elements, Key};
use crate::value::{self, ARRAY_LENGTH, FIXED_SLOTS, HOLE, shapes};
use crate::vm::{Args, Completion, Handle, Vm};

pub(super) fn concat(vm: &mut Vm, args: Args) -> Completion<Word> {
    let spreadable = vm.names.symbol_is_concat_spreadable;
    let is_plain = |vm: &Vm, word: Word| {
        !vm.is_object(word)
            || plain_array(vm, word).is_some() && vm.peek_property(word, Key::Atom(spreadable)).is_none()
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
