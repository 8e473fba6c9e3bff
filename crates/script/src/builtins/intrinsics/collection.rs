//! Walks over Map and Set.

use semispace_heap::{Ref, Word};

use super::*;

pub(super) fn map_walk(vm: &mut Vm, args: Args) -> Completion<Word> {
    map_set::new_iterator(vm, vm.arg(args, 0), map_set::Gives::Entries)
}

pub(super) fn walk_next(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(walk) = vm.arg(args, 0).as_ref() else { return Ok(value::FALSE) };
    let sort = map_set::iterator_sort(vm, walk).unwrap_or(ordered_table::Sort::Map);
    Ok(value::boolean(map_set::advance(vm, walk, sort).is_some()))
}

pub(super) fn walk_key(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(walked(vm, args).map_or(UNDEFINED, |(key, _)| key))
}

pub(super) fn walk_value(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(walked(vm, args).map_or(UNDEFINED, |(_, item)| item))
}

pub(super) fn walked(vm: &Vm, args: Args) -> Option<(Word, Word)> {
    let walk = vm.arg(args, 0).as_ref()?;
    map_set::current(vm, walk, map_set::iterator_sort(vm, walk)?)
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
