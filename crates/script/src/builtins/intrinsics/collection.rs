//! Walks over Map and Set.

use semispace_heap::{Ref, Word};

use super::*;

pub(super) fn map_walk(vm: &mut Vm, args: Args) -> Completion<Word> {
    let collection = vm.arg(args, 0);
    let sort = collection.as_ref().map(|collection| ordered_table::Sort::of(vm, collection));
    let ended = vm.arg(args, 1).as_ref().filter(|&walk| map_set::iterator_sort(vm, walk) == sort);
    match ended {
        Some(walk) => map_set::begin(vm, walk, collection),
        None => return map_set::new_iterator(vm, collection, map_set::Gives::Entries),
    }
    Ok(vm.arg(args, 1))
}

/// `$walkOn(walk, callback, thisArg, collection)`
pub(super) fn walk_on(vm: &mut Vm, args: Args) -> Completion<Word> {
    let walk = vm.arg(args, 0);
    let next = walk.as_ref().and_then(|walk| map_set::advance(vm, walk, map_set::iterator_sort(vm, walk)?));
    let Some((key, item)) = next else { return Ok(walk) };
    vm.request_call(vm.arg(args, 1), vm.arg(args, 2), &[item, key, vm.arg(args, 3)])
}

pub(super) fn check_map(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_collection(vm, args, ordered_table::Sort::Map)
}

pub(super) fn check_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    check_collection(vm, args, ordered_table::Sort::Set)
}

pub(super) fn check_collection(vm: &mut Vm, args: Args, sort: ordered_table::Sort) -> Completion<Word> {
    let name = vm.text(vm.arg(args, 1));
    let method = name.rsplit('.').next().unwrap_or(&name);
    map_set::check(vm, vm.arg(args, 0), sort, method).map(|_: Ref| UNDEFINED)
}
