//! What the sort of `prelude/array.js` leaves to the engine.

use semispace_heap::{Ref, Word};

use super::plain_array;
use crate::builtins::install::Function;
use crate::object::Elements;
use crate::value::{self, ARRAY_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};
use crate::vm::{Args, Completion, Vm};

pub(super) const HELPERS: &[Function] =
    &[("$copyItems", 2, copy_items), ("$insertItem", 3, insert_item), ("$sortByText", 2, sort_by_text)];

/// `$copyItems(from, to)`
fn copy_items(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(copied_items(vm, vm.arg(args, 0), vm.arg(args, 1)).is_some()))
}

fn copied_items(vm: &mut Vm, from: Word, to: Word) -> Option<()> {
    plain_array(vm, from)?;
    let items = vm.dense_words(from).filter(|items| !items.contains(&UNDEFINED))?;
    let target = plain_array(vm, to)?;
    let Elements::Tagged(store, room) = vm.elements(target) else { return None };
    let count = items.len() as u32;
    let may_be_replaced = match vm.array_length(target) {
        0 => true,
        length => length == count && vm.is_packed(target),
    };
    let takes = match vm.heap.header(store).shape() {
        shapes::ELEMENTS => true,
        shapes::SMI_ELEMENTS => items.iter().all(|item| item.is_smi()),
        _ => false,
    };
    if !takes || count > room || !may_be_replaced {
        return None;
    }
    vm.heap.set_slots(store, FIXED_SLOTS, &items);
    vm.heap.init(target, ARRAY_LENGTH, Word::smi(count as i32));
    Some(())
}

/// The store of a work list: it holds any values, and is nobody else's.
fn work_store(vm: &Vm, list: Word) -> Option<(Ref, u32)> {
    match vm.elements(plain_array(vm, list)?) {
        Elements::Tagged(store, room) if vm.heap.header(store).shape() == shapes::ELEMENTS => {
            Some((store, room))
        }
        _ => None,
    }
}

/// `$insertItem(list, from, to)`
fn insert_item(vm: &mut Vm, args: Args) -> Completion<Word> {
    let place = |index| vm.arg(args, index).as_smi().map(|place| place as u32);
    if let (Some((store, room)), Some(from), Some(to)) = (work_store(vm, vm.arg(args, 0)), place(1), place(2))
        && to <= from
        && from < room
    {
        let item = vm.heap.get(store, FIXED_SLOTS + from);
        vm.heap.copy_slots(store, FIXED_SLOTS + to..FIXED_SLOTS + from, store, FIXED_SLOTS + to + 1);
        vm.heap.set(store, FIXED_SLOTS + to, item);
    }
    Ok(UNDEFINED)
}

/// `$sortByText(items, texts)`
fn sort_by_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (items, texts) = (vm.list_words(vm.arg(args, 0)), vm.list_words(vm.arg(args, 1)));
    let mut units = Vec::new();
    let mut order = Vec::with_capacity(texts.len());
    for (item, text) in items.into_iter().zip(texts) {
        let start = units.len();
        vm.append_units(text, &mut units);
        order.push((start..units.len(), item));
    }
    semispace_sorting::sort_by(&mut order, |(a, _), (b, _)| units[a.clone()].cmp(&units[b.clone()]));
    let sorted: Vec<Word> = order.into_iter().map(|(_, item)| item).collect();
    if let Some((store, _)) = work_store(vm, vm.arg(args, 0)) {
        vm.heap.set_slots(store, FIXED_SLOTS, &sorted);
    }
    Ok(UNDEFINED)
}
