//! WeakMap, WeakSet and WeakRef.

use semispace_heap::{Kind, Ref, Word};

use super::ephemeron_table as table;
use super::hash;
use super::install::{Function, constructor, methods, tag};
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const MAP_METHODS: &[Function] =
    &[("get", 1, get), ("set", 2, set), ("has", 1, map_has), ("delete", 1, map_delete)];
const SET_METHODS: &[Function] = &[("add", 1, add), ("has", 1, set_has), ("delete", 1, set_delete)];

/// Which weak collection it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// WeakMap
    Map,
    /// WeakSet
    Set,
}

impl Sort {
    const fn name(self) -> &'static str {
        match self {
            Sort::Map => "WeakMap",
            Sort::Set => "WeakSet",
        }
    }

    const fn kind(self) -> Kind {
        match self {
            Sort::Map => value::WEAK_MAP,
            Sort::Set => value::WEAK_SET,
        }
    }

    /// The sort of a weak collection.
    pub fn of(vm: &Vm, collection: Ref) -> Self {
        if vm.heap.header(collection).kind() == value::WEAK_MAP { Sort::Map } else { Sort::Set }
    }
}

/// WeakMap, WeakSet and WeakRef with their prototypes.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    constructor(vm, ("WeakMap", 0, new_map), Intrinsic::WeakMapPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::WeakMapPrototype);
    methods(vm, prototype, MAP_METHODS)?;
    tag(vm, prototype, "WeakMap")?;
    constructor(vm, ("WeakSet", 0, new_set), Intrinsic::WeakSetPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::WeakSetPrototype);
    methods(vm, prototype, SET_METHODS)?;
    tag(vm, prototype, "WeakSet")?;
    constructor(vm, ("WeakRef", 1, new_reference), Intrinsic::WeakRefPrototype)?;
    let prototype = vm.intrinsic(Intrinsic::WeakRefPrototype);
    methods(vm, prototype, &[("deref", 0, deref)])?;
    tag(vm, prototype, "WeakRef")?;
    methods(
        vm,
        vm.intrinsic(Intrinsic::Helpers),
        &[("$newCell", 1, new_cell), ("$cellTarget", 1, cell_target)],
    )
}

fn new_map(vm: &mut Vm, args: Args) -> Completion<Word> {
    construct(vm, args, Sort::Map, Intrinsic::WeakMapPrototype, "addEntries")
}

fn new_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    construct(vm, args, Sort::Set, Intrinsic::WeakSetPrototype, "addItems")
}

fn construct(
    vm: &mut Vm,
    args: Args,
    sort: Sort,
    prototype: Intrinsic,
    fill: &'static str,
) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error(&format!("Constructor {} requires 'new'", sort.name())));
    }
    let collection = vm.new_object_for(args, sort.kind(), 1, prototype)?;
    let collection = vm.handle(Word::reference(collection));
    let fresh = table::allocate_smallest(vm)?;
    let object = vm.ref_at(collection);
    vm.heap.set(object, table::TABLE, Word::reference(fresh));
    let source = vm.arg(args, 0);
    if source == UNDEFINED || source == NULL {
        return Ok(vm.at(collection));
    }
    vm.request_helper(fill, &[vm.at(collection), source])
}

/// ECMAScript's `CanBeHeldWeakly`: an object, or a symbol that is not in the registry.
fn can_be_held_weakly(vm: &mut Vm, key: Word) -> Completion<bool> {
    if vm.is_symbol(key) {
        return Ok(super::symbol::registered_key(vm, key)?.is_none());
    }
    Ok(vm.is_object(key))
}

fn receiver(vm: &mut Vm, args: Args, sort: Sort, name: &str) -> Completion<Ref> {
    let this = vm.this(args);
    match this.as_ref() {
        Some(object) if vm.kind(this) == Some(sort.kind()) => Ok(object),
        _ => {
            let text = vm.brief(this);
            let class = sort.name();
            Err(vm.type_error(&format!(
                "Method {class}.prototype.{name} called on incompatible receiver {text}"
            )))
        }
    }
}

/// The word of the pair of the key in argument 0.
fn lookup(vm: &mut Vm, args: Args, sort: Sort, name: &str) -> Completion<Option<(Ref, u32)>> {
    let object = receiver(vm, args, sort, name)?;
    let key = vm.arg(args, 0);
    if !vm.is_object(key) && !vm.is_symbol(key) {
        return Ok(None);
    }
    let hash = hash::of_key(vm, key);
    let table = table::table_of(vm, object);
    Ok(table::find(vm, table, key, hash).map(|at| (table, at)))
}

fn insert(vm: &mut Vm, args: Args, word: Word) -> Completion<Word> {
    let key = vm.arg(args, 0);
    let hash = hash::of_key(vm, key);
    let (this, key, word) = (vm.handle(vm.this(args)), vm.handle(key), vm.handle(word));
    table::set(vm, this, key, word, hash)?;
    Ok(vm.at(this))
}

fn get(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(lookup(vm, args, Sort::Map, "get")?.map_or(UNDEFINED, |(table, at)| table::value_at(vm, table, at)))
}

fn set(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Map, "set")?;
    let key = vm.arg(args, 0);
    if !can_be_held_weakly(vm, key)? {
        return Err(vm.type_error("Invalid value used as weak map key"));
    }
    insert(vm, args, vm.arg(args, 1))
}

fn add(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Set, "add")?;
    if !can_be_held_weakly(vm, vm.arg(args, 0))? {
        return Err(vm.type_error("Invalid value used in weak set"));
    }
    insert(vm, args, value::TRUE)
}

fn map_has(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(lookup(vm, args, Sort::Map, "has")?.is_some()))
}

fn set_has(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(lookup(vm, args, Sort::Set, "has")?.is_some()))
}

fn map_delete(vm: &mut Vm, args: Args) -> Completion<Word> {
    delete(vm, args, Sort::Map)
}

fn set_delete(vm: &mut Vm, args: Args) -> Completion<Word> {
    delete(vm, args, Sort::Set)
}

fn delete(vm: &mut Vm, args: Args, sort: Sort) -> Completion<Word> {
    let found = lookup(vm, args, sort, "delete")?;
    if let Some((table, at)) = found {
        table::delete(vm, table, at);
    }
    Ok(value::boolean(found.is_some()))
}

/// Word of a WeakRef that holds its target weakly.
const TARGET: u32 = 3;

/// A FinalizationRegistry's cell: a WeakRef without a prototype.
fn new_cell(vm: &mut Vm, args: Args) -> Completion<Word> {
    let cell = vm.new_exotic(value::WEAK_REF, NULL, 1)?;
    let target = vm.arg(args, 0);
    vm.heap.set(cell, TARGET, target);
    Ok(Word::reference(cell))
}

fn cell_target(vm: &mut Vm, args: Args) -> Completion<Word> {
    let target = vm.arg(args, 0).as_ref().map_or(UNDEFINED, |cell| vm.heap.get(cell, TARGET));
    Ok(if target == Word::CLEARED { UNDEFINED } else { target })
}

impl Vm {
    /// The next cell of a FinalizationRegistry whose target has died.
    pub(crate) fn next_finalized(&mut self) -> Option<Word> {
        while let Some(cell) = self.roots.finalized.pop_front() {
            if self.prototype_of(cell) == NULL {
                return Some(cell);
            }
        }
        None
    }

    /// What a script has got from a WeakRef stays until its job ends (ECMA-262 9.10.3, KeepDuringJob).
    fn keep_during_job(&mut self, target: Word) {
        if !self.roots.kept.iter().rev().take(8).any(|&kept| kept == target) {
            self.roots.kept.push(target);
        }
    }
}

fn new_reference(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error("Constructor WeakRef requires 'new'"));
    }
    if !vm.is_object(vm.arg(args, 0)) {
        return Err(vm.type_error("WeakRef: invalid target"));
    }
    let reference = vm.new_object_for(args, value::WEAK_REF, 1, Intrinsic::WeakRefPrototype)?;
    let target = vm.arg(args, 0);
    vm.heap.set(reference, TARGET, target);
    vm.keep_during_job(target);
    Ok(Word::reference(reference))
}

fn deref(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    match this.as_ref().filter(|_| vm.kind(this) == Some(value::WEAK_REF)) {
        Some(reference) => {
            let target = vm.heap.get(reference, TARGET);
            if target == Word::CLEARED {
                return Ok(UNDEFINED);
            }
            vm.keep_during_job(target);
            Ok(target)
        }
        None => {
            let text = vm.brief(this);
            Err(vm.type_error(&format!(
                "Method WeakRef.prototype.deref called on incompatible receiver {text}"
            )))
        }
    }
}
