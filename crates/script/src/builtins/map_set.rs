//! Map and Set. The walks with a callback are in `prelude/collections.js`.

use semispace_heap::{Ref, Word};

use super::hash;
use super::install::{Function, accessor, alias, constructor, methods, species, tag};
use super::ordered_table::{self as table, Sort};
use crate::object::Key;
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Args, Completion, Handle, Intrinsic, Vm};

const MAP_METHODS: &[Function] = &[
    ("get", 1, map_get),
    ("set", 2, map_set),
    ("has", 1, map_has),
    ("delete", 1, map_delete),
    ("clear", 0, map_clear),
    ("entries", 0, map_entries),
    ("keys", 0, map_keys),
    ("values", 0, map_values),
];

const SET_METHODS: &[Function] = &[
    ("has", 1, set_has),
    ("add", 1, set_add),
    ("delete", 1, set_delete),
    ("clear", 0, set_clear),
    ("entries", 0, set_entries),
    ("values", 0, set_values),
];

/// What an iterator gives; word 5 of an iterator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Keys
    Keys = 0,
    /// Values
    Values = 1,
    /// Pairs
    Entries = 2,
}

/// Map and Set with their prototypes and iterators.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("Map", 0, new_map), Intrinsic::MapPrototype)?;
    species(vm, class)?;
    let prototype = vm.intrinsic(Intrinsic::MapPrototype);
    methods(vm, prototype, MAP_METHODS)?;
    let size = accessor(vm, prototype, "size", map_size, None)?;
    vm.roots.realm.set(Intrinsic::MapSize, size);
    tag(vm, prototype, "Map")?;
    alias(vm, prototype, "entries", vm.names.symbol_iterator)?;
    let set = vm.get_data(prototype, Key::Atom(vm.names.set));
    vm.roots.realm.set(Intrinsic::MapSet, set);
    let class = constructor(vm, ("Set", 0, new_set), Intrinsic::SetPrototype)?;
    species(vm, class)?;
    let prototype = vm.intrinsic(Intrinsic::SetPrototype);
    methods(vm, prototype, SET_METHODS)?;
    let size = accessor(vm, prototype, "size", set_size, None)?;
    vm.roots.realm.set(Intrinsic::SetSize, size);
    tag(vm, prototype, "Set")?;
    let add = vm.intern("add")?;
    let add = vm.get_data(prototype, Key::Atom(add));
    vm.roots.realm.set(Intrinsic::SetAdd, add);
    {
        let keys = vm.intern("keys")?;
        alias(vm, prototype, "values", keys)
    }?;
    alias(vm, prototype, "values", vm.names.symbol_iterator)?;
    let values = vm.get_data(prototype, Key::Atom(vm.names.symbol_iterator));
    vm.roots.realm.set(Intrinsic::SetValues, values);
    for (intrinsic, next, name) in [
        (Intrinsic::MapIteratorPrototype, Intrinsic::MapIteratorNext, "Map Iterator"),
        (Intrinsic::SetIteratorPrototype, Intrinsic::SetIteratorNext, "Set Iterator"),
    ] {
        let prototype = vm.intrinsic(intrinsic);
        methods(vm, prototype, &[("next", 0, iterator_next)])?;
        vm.roots.realm.set(next, vm.peek_data(prototype, Key::Atom(vm.names.next)));
        tag(vm, prototype, name)?;
    }
    Ok(())
}

/// All that a Set, or an iterator of keys or values, still has to give, if no script has a say in it. The iterator is at its
/// end then (V8: `IterableToListWithSymbolLookup` in `src/builtins/builtins-iterator-gen.cc`).
pub(crate) fn take_all(vm: &mut Vm, iterable: Word) -> Option<Vec<Word>> {
    let begin = vm.names.symbol_iterator;
    let holds =
        |vm: &Vm, object: Word, atom, known| vm.peek_data(object, Key::Atom(atom)) == vm.intrinsic(known);
    let object = iterable.as_ref()?;
    match vm.heap.header(object).kind() {
        value::SET => {
            let iterator = vm.intrinsic(Intrinsic::SetIteratorPrototype);
            let is_plain = holds(vm, iterable, begin, Intrinsic::SetValues)
                && holds(vm, iterator, vm.names.next, Intrinsic::SetIteratorNext);
            let (mut table, mut entry) = (table::table_of(vm, object), 0);
            let next =
                || table::next_entry(vm, Sort::Set, &mut table, &mut entry).map(|found| (table, found));
            let entries = is_plain.then(|| std::iter::from_fn(next));
            Some(entries?.map(|(table, found)| table::key(vm, table, Sort::Set, found)).collect())
        }
        value::ITERATOR => {
            let sort = iterator_sort(vm, object)?;
            let next = match sort {
                Sort::Map => Intrinsic::MapIteratorNext,
                Sort::Set => Intrinsic::SetIteratorNext,
            };
            let gives = iterator_gives(vm, object);
            let is_plain = gives != Gives::Entries
                && holds(vm, iterable, begin, Intrinsic::IteratorItself)
                && holds(vm, iterable, vm.names.next, next);
            let rest = is_plain.then(|| remaining(vm, object, sort))?;
            vm.heap.init(object, ITERATOR_TABLE, UNDEFINED);
            Some(rest.into_iter().map(|(key, item)| if gives == Gives::Keys { key } else { item }).collect())
        }
        _ => None,
    }
}

fn new_map(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_collection(vm, args, Sort::Map)
}

fn new_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    new_collection(vm, args, Sort::Set)
}

fn new_collection(vm: &mut Vm, args: Args, sort: Sort) -> Completion<Word> {
    let (name, kind, helper, intrinsic) = match sort {
        Sort::Map => ("Map", value::MAP, "addEntries", Intrinsic::MapPrototype),
        Sort::Set => ("Set", value::SET, "addItems", Intrinsic::SetPrototype),
    };
    if !args.is_construct() {
        return Err(vm.type_error(&format!("Constructor {name} requires 'new'")));
    }
    let collection = vm.new_object_for(args, kind, 1, intrinsic)?;
    let collection = vm.handle(Word::reference(collection));
    let fresh = table::allocate_smallest(vm, sort)?;
    let object = vm.ref_at(collection);
    vm.heap.set(object, table::TABLE, Word::reference(fresh));
    let source = vm.arg(args, 0);
    if source == UNDEFINED || source == NULL {
        return Ok(vm.at(collection));
    }
    let source = vm.handle(source);
    if !fill_plainly(vm, collection, source, sort)? {
        return vm.request_helper(helper, &[vm.at(collection), vm.at(source)]);
    }
    Ok(vm.at(collection))
}

/// More entries are added one by one: a native call cannot be paused.
const MOST_AT_ONCE: u32 = 4096;

/// Adds what a plain array holds, if nothing but the built-in methods has a say in it. False: it takes more, and what has
/// been added may be added again.
fn fill_plainly(vm: &mut Vm, collection: Handle, source: Handle, sort: Sort) -> Completion<bool> {
    let (name, method) = match sort {
        Sort::Map => ("set", Intrinsic::MapSet),
        Sort::Set => ("add", Intrinsic::SetAdd),
    };
    let name = vm.intern(name)?;
    if vm.get_data(vm.at(collection), Key::Atom(name)) != vm.intrinsic(method)
        || !vm.iterates_plainly(vm.at(source))
        || vm.array_length(vm.ref_at(source)) > MOST_AT_ONCE
    {
        return Ok(false);
    }
    let mut index = 0;
    while index < vm.array_length(vm.ref_at(source)) {
        let mark = vm.roots.handle_mark();
        let Some(item) = vm.element_word(vm.ref_at(source), index)? else { return Ok(false) };
        let pair = match sort {
            Sort::Set => Some((item, UNDEFINED)),
            Sort::Map => vm.dense_words(item).and_then(|pair| Some((*pair.first()?, *pair.get(1)?))),
        };
        let Some((key, item)) = pair else { return Ok(false) };
        put(vm, collection, key, item, sort)?;
        vm.roots.release_handles(mark);
        index += 1;
    }
    Ok(true)
}

/// Adds an entry, or replaces its value.
fn put(vm: &mut Vm, collection: Handle, key: Word, item: Word, sort: Sort) -> Completion {
    let (key, item) = (vm.handle(key), vm.handle(item));
    let hash = hash::of_key(vm, vm.at(key));
    let table = table::table_of(vm, vm.ref_at(collection));
    match table::find(vm, table, sort, vm.at(key), hash) {
        Some(entry) if sort == Sort::Map => table::set_value(vm, table, entry, vm.at(item)),
        Some(_) => {}
        None => {
            if vm.as_number(vm.at(key)) == Some(0.0) {
                vm.roots.set(key, Word::smi(0));
            }
            table::add(vm, collection, key, item, hash)?;
        }
    }
    Ok(())
}

/// The receiver, which must be a Map or Set.
fn receiver(vm: &mut Vm, args: Args, sort: Sort, name: &str) -> Completion<Ref> {
    let this = vm.this(args);
    check(vm, this, sort, name)
}

/// The object of a Map or Set value.
///
/// # Errors
/// A TypeError that names the method.
pub fn check(vm: &mut Vm, this: Word, sort: Sort, name: &str) -> Completion<Ref> {
    let (kind, class) = match sort {
        Sort::Map => (value::MAP, "Map"),
        Sort::Set => (value::SET, "Set"),
    };
    match this.as_ref() {
        Some(object) if vm.heap.header(object).kind() == kind => Ok(object),
        _ => {
            let text = vm.brief(this);
            let get = if name == "size" { "get " } else { "" };
            Err(vm.type_error(&format!(
                "Method {get}{class}.prototype.{name} called on incompatible receiver {text}"
            )))
        }
    }
}

/// The entry of the key in argument 0.
fn lookup(vm: &mut Vm, args: Args, sort: Sort, name: &str) -> Completion<(Ref, Option<u32>, u32)> {
    let object = receiver(vm, args, sort, name)?;
    let key = vm.arg(args, 0);
    let hash = hash::of_key(vm, key);
    let table = table::table_of(vm, object);
    Ok((table, table::find(vm, table, sort, key, hash), hash))
}

fn map_get(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (table, found, _) = lookup(vm, args, Sort::Map, "get")?;
    Ok(found.map_or(UNDEFINED, |entry| table::value_of(vm, table, Sort::Map, entry)))
}

fn map_has(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(lookup(vm, args, Sort::Map, "has")?.1.is_some()))
}

fn set_has(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(lookup(vm, args, Sort::Set, "has")?.1.is_some()))
}

fn map_set(vm: &mut Vm, args: Args) -> Completion<Word> {
    insert(vm, args, Sort::Map, "set")
}

fn set_add(vm: &mut Vm, args: Args) -> Completion<Word> {
    insert(vm, args, Sort::Set, "add")
}

fn insert(vm: &mut Vm, args: Args, sort: Sort, name: &str) -> Completion<Word> {
    let (table, found, hash) = lookup(vm, args, sort, name)?;
    if let Some(entry) = found {
        if sort == Sort::Map {
            let value = vm.arg(args, 1);
            table::set_value(vm, table, entry, value);
        }
        return Ok(vm.this(args));
    }
    table::room_for_entry(vm, args, sort)?;
    let key = vm.arg(args, 0);
    // Minus zero is kept as zero.
    let key = if vm.as_number(key) == Some(0.0) { Word::smi(0) } else { key };
    let (this, key, value) = (vm.handle(vm.this(args)), vm.handle(key), vm.handle(vm.arg(args, 1)));
    table::add(vm, this, key, value, hash)?;
    Ok(vm.at(this))
}

fn map_delete(vm: &mut Vm, args: Args) -> Completion<Word> {
    delete(vm, args, Sort::Map)
}

fn set_delete(vm: &mut Vm, args: Args) -> Completion<Word> {
    delete(vm, args, Sort::Set)
}

fn delete(vm: &mut Vm, args: Args, sort: Sort) -> Completion<Word> {
    let (_, found, _) = lookup(vm, args, sort, "delete")?;
    if let Some(entry) = found {
        let this = vm.handle(vm.this(args));
        table::delete(vm, this, entry)?;
    }
    Ok(value::boolean(found.is_some()))
}

fn map_clear(vm: &mut Vm, args: Args) -> Completion<Word> {
    clear(vm, args, Sort::Map)
}

fn set_clear(vm: &mut Vm, args: Args) -> Completion<Word> {
    clear(vm, args, Sort::Set)
}

fn clear(vm: &mut Vm, args: Args, sort: Sort) -> Completion<Word> {
    receiver(vm, args, sort, "clear")?;
    let this = vm.handle(vm.this(args));
    table::clear(vm, this)?;
    Ok(UNDEFINED)
}

fn map_size(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = receiver(vm, args, Sort::Map, "size")?;
    Ok(Word::smi(table::len(vm, table::table_of(vm, object)) as i32))
}

fn set_size(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = receiver(vm, args, Sort::Set, "size")?;
    Ok(Word::smi(table::len(vm, table::table_of(vm, object)) as i32))
}

fn map_entries(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Map, "entries")?;
    let this = vm.this(args);
    new_iterator(vm, this, Gives::Entries)
}

fn map_keys(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Map, "keys")?;
    let this = vm.this(args);
    new_iterator(vm, this, Gives::Keys)
}

fn map_values(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Map, "values")?;
    let this = vm.this(args);
    new_iterator(vm, this, Gives::Values)
}

fn set_entries(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Set, "entries")?;
    let this = vm.this(args);
    new_iterator(vm, this, Gives::Entries)
}

fn set_values(vm: &mut Vm, args: Args) -> Completion<Word> {
    receiver(vm, args, Sort::Set, "values")?;
    let this = vm.this(args);
    new_iterator(vm, this, Gives::Values)
}

const ITERATOR_TABLE: u32 = 3;
const ITERATOR_ENTRY: u32 = 4;
const ITERATOR_GIVES: u32 = 5;

/// An iterator over a Map or Set: `header, properties, elements, table, entry, what it gives`.
///
/// # Errors
/// Out of memory.
pub fn new_iterator(vm: &mut Vm, collection: Word, gives: Gives) -> Completion<Word> {
    let collection = vm.handle(collection);
    let intrinsic = match Sort::of(vm, vm.ref_at(collection)) {
        Sort::Map => Intrinsic::MapIteratorPrototype,
        Sort::Set => Intrinsic::SetIteratorPrototype,
    };
    let prototype = vm.intrinsic(intrinsic);
    let iterator = vm.new_exotic(value::ITERATOR, prototype, 3)?;
    begin(vm, iterator, vm.at(collection));
    vm.heap.init(iterator, ITERATOR_GIVES, Word::smi(gives as i32));
    Ok(Word::reference(iterator))
}

/// Puts an iterator before the first entry of a collection.
pub fn begin(vm: &mut Vm, iterator: Ref, collection: Word) {
    let table = collection.as_ref().map(|collection| Word::reference(table::table_of(vm, collection)));
    vm.heap.set(iterator, ITERATOR_TABLE, table.unwrap_or(UNDEFINED));
    vm.heap.init(iterator, ITERATOR_ENTRY, Word::smi(0));
}

/// The sort of collection that an iterator walks; `None` for iterators of other things.
#[must_use]
pub fn iterator_sort(vm: &Vm, iterator: Ref) -> Option<Sort> {
    let prototype = vm.prototype_of(Word::reference(iterator));
    if prototype == vm.intrinsic(Intrinsic::MapIteratorPrototype) {
        Some(Sort::Map)
    } else if prototype == vm.intrinsic(Intrinsic::SetIteratorPrototype) {
        Some(Sort::Set)
    } else {
        None
    }
}

/// What an iterator gives.
#[must_use]
pub fn iterator_gives(vm: &Vm, iterator: Ref) -> Gives {
    match vm.heap.get(iterator, ITERATOR_GIVES).as_smi() {
        Some(0) => Gives::Keys,
        Some(1) => Gives::Values,
        _ => Gives::Entries,
    }
}

/// Moves an iterator on; its next key and value, or nothing at the end, where it stays for ever.
pub fn advance(vm: &mut Vm, iterator: Ref, sort: Sort) -> Option<(Word, Word)> {
    let mut table = vm.heap.get(iterator, ITERATOR_TABLE).as_ref()?;
    let mut entry = vm.heap.get(iterator, ITERATOR_ENTRY).as_smi()? as u32;
    let found = table::next_entry(vm, sort, &mut table, &mut entry);
    let Some(found) = found else {
        vm.heap.init(iterator, ITERATOR_TABLE, UNDEFINED);
        return None;
    };
    vm.heap.set(iterator, ITERATOR_TABLE, Word::reference(table));
    vm.heap.init(iterator, ITERATOR_ENTRY, Word::smi(entry as i32));
    Some((table::key(vm, table, sort, found), table::value_of(vm, table, sort, found)))
}

/// What is left of an iterator, for inspect.
#[must_use]
pub fn remaining(vm: &Vm, iterator: Ref, sort: Sort) -> Vec<(Word, Word)> {
    let table = vm.heap.get(iterator, ITERATOR_TABLE).as_ref();
    let entry = vm.heap.get(iterator, ITERATOR_ENTRY).as_smi();
    let (Some(mut table), Some(entry)) = (table, entry) else { return Vec::new() };
    let mut entry = entry as u32;
    let mut rest = Vec::new();
    while let Some(found) = table::next_entry(vm, sort, &mut table, &mut entry) {
        rest.push((table::key(vm, table, sort, found), table::value_of(vm, table, sort, found)));
    }
    rest
}

fn iterator_next(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    let iterator = this.as_ref().filter(|&object| vm.heap.header(object).kind() == value::ITERATOR);
    let Some((iterator, sort)) = iterator.and_then(|object| Some((object, iterator_sort(vm, object)?)))
    else {
        let text = vm.brief(this);
        return Err(vm.type_error(&format!("next method called on incompatible receiver {text}")));
    };
    match next_given(vm, iterator, sort)? {
        Some(given) => vm.iterator_result(given, value::FALSE),
        None => vm.iterator_result(UNDEFINED, value::TRUE),
    }
}

/// What an iterator gives next; nothing at the end.
///
/// # Errors
/// Out of memory.
pub(crate) fn next_given(vm: &mut Vm, iterator: Ref, sort: Sort) -> Completion<Option<Word>> {
    let gives = iterator_gives(vm, iterator);
    let Some((key, item)) = advance(vm, iterator, sort) else { return Ok(None) };
    Ok(Some(match gives {
        Gives::Keys => key,
        Gives::Values => item,
        Gives::Entries => Word::reference(vm.array_from(&[key, item])?),
    }))
}
