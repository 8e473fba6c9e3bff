//! The table behind WeakMap and WeakSet: open addressing by identity hash, laid out as V8's EphemeronHashTable
//! (`src/objects/hash-table.h`): `header, length, elements, deleted, capacity, (key, value)...`.
//!
//! The collector clears a pair whose key has died to (CLEARED, CLEARED), which V8 counts as deleted at once. Here the count of
//! elements is an upper bound until the table seems to be full: then such pairs are counted.

use semispace_heap::{Ref, Word};

use crate::value;
use crate::value::shapes;
use crate::vm::{Abrupt, Handle, Vm};

const LENGTH: u32 = 1;
const ELEMENTS: u32 = 2;
const DELETED: u32 = 3;
const CAPACITY: u32 = 4;
const FIRST_PAIR: u32 = 5;
const SMALLEST: u32 = 4;
/// A table of more pairs is old if the one that it replaces is (V8: `kMinCapacityForPretenure`).
const LARGEST_YOUNG: u32 = 256;

/// Word of a WeakMap or WeakSet object that holds its table.
pub const TABLE: u32 = 3;

fn small(vm: &Vm, table: Ref, index: u32) -> u32 {
    vm.heap.get(table, index).as_smi().unwrap_or(0) as u32
}

fn set_small(vm: &mut Vm, table: Ref, index: u32, value: u32) {
    vm.heap.init(table, index, Word::smi(value as i32));
}

/// An empty table. May collect.
fn allocate(vm: &mut Vm, replaced: Option<Ref>, capacity: u32) -> Result<Ref, Abrupt> {
    let words = FIRST_PAIR + 2 * capacity;
    let table = match replaced.filter(|_| capacity > LARGEST_YOUNG) {
        Some(replaced) => vm.allocate_in_place_of(replaced, value::EPHEMERON_TABLE, words)?,
        None => vm.allocate(value::EPHEMERON_TABLE, shapes::INTERNAL, words)?,
    };
    set_small(vm, table, LENGTH, 3 + 2 * capacity);
    set_small(vm, table, ELEMENTS, 0);
    set_small(vm, table, DELETED, 0);
    set_small(vm, table, CAPACITY, capacity);
    for word in FIRST_PAIR..FIRST_PAIR + 2 * capacity {
        vm.heap.init(table, word, value::UNDEFINED);
    }
    Ok(table)
}

/// The smallest table.
pub fn allocate_smallest(vm: &mut Vm) -> Result<Ref, Abrupt> {
    allocate(vm, None, SMALLEST)
}

/// The word of the key's pair.
pub fn find(vm: &Vm, table: Ref, key: Word, hash: u32) -> Option<u32> {
    let capacity = small(vm, table, CAPACITY);
    for probe in 0..capacity {
        let at = FIRST_PAIR + 2 * (hash.wrapping_add(probe * (probe + 1) / 2) & (capacity - 1));
        let found = vm.heap.get(table, at);
        if found == key {
            return Some(at);
        }
        if found == value::UNDEFINED {
            return None;
        }
    }
    None
}

/// The value of a pair.
pub fn value_at(vm: &Vm, table: Ref, at: u32) -> Word {
    vm.heap.get(table, at + 1)
}

/// Sets the key's value, adding the key where it is not there. May collect.
pub fn set(vm: &mut Vm, collection: Handle, key: Handle, value: Handle, hash: u32) -> Result<(), Abrupt> {
    let table = table_of(vm, vm.ref_at(collection));
    if let Some(at) = find(vm, table, vm.at(key), hash) {
        let value = vm.at(value);
        vm.heap.set(table, at + 1, value);
        return Ok(());
    }
    let table = with_room(vm, collection)?;
    let (key, value) = (vm.at(key), vm.at(value));
    insert(vm, table, key, value, hash);
    Ok(())
}

/// Puts a key that is not there into a free pair.
fn insert(vm: &mut Vm, table: Ref, key: Word, value: Word, hash: u32) {
    let capacity = small(vm, table, CAPACITY);
    for probe in 0..capacity {
        let at = FIRST_PAIR + 2 * (hash.wrapping_add(probe * (probe + 1) / 2) & (capacity - 1));
        let found = vm.heap.get(table, at);
        if found == value::UNDEFINED || found == value::HOLE || found == Word::CLEARED {
            vm.heap.set(table, at, key);
            vm.heap.set(table, at + 1, value);
            let elements = small(vm, table, ELEMENTS) + 1;
            set_small(vm, table, ELEMENTS, elements);
            return;
        }
    }
}

/// The current table of a WeakMap or WeakSet.
pub fn table_of(vm: &Vm, collection: Ref) -> Ref {
    vm.heap.get(collection, TABLE).as_ref().unwrap_or(collection)
}

/// The table with room for one more (V8: `ObjectHashTableBase::Put`).
fn with_room(vm: &mut Vm, collection: Handle) -> Result<Ref, Abrupt> {
    let table = table_of(vm, vm.ref_at(collection));
    if has_room(vm, table) {
        return Ok(table);
    }
    let live = live_pairs(vm, table);
    let elements = live.len() as u32;
    let deleted = small(vm, table, ELEMENTS) + small(vm, table, DELETED) - elements;
    set_small(vm, table, ELEMENTS, elements);
    set_small(vm, table, DELETED, deleted);
    if deleted * 2 > elements {
        rehash(vm, table, &live);
    }
    if has_room(vm, table) {
        return Ok(table);
    }
    let wanted = elements + 1;
    let capacity = (wanted + wanted / 2).next_power_of_two().max(SMALLEST);
    let fresh = allocate(vm, Some(table), capacity)?;
    let object = vm.ref_at(collection);
    for (key, value) in live_pairs(vm, table_of(vm, object)) {
        insert_live(vm, fresh, key, value);
    }
    vm.heap.set(object, TABLE, Word::reference(fresh));
    Ok(fresh)
}

/// Whether a third of the pairs is free after an insertion, and not half of the others deleted (V8:
/// `HashTable::HasSufficientCapacityToAdd`).
fn has_room(vm: &Vm, table: Ref) -> bool {
    let capacity = small(vm, table, CAPACITY);
    let elements = small(vm, table, ELEMENTS) + 1;
    elements < capacity
        && small(vm, table, DELETED) <= (capacity - elements) / 2
        && elements + elements / 2 <= capacity
}

/// Puts the living pairs where they belong without the deleted ones.
fn rehash(vm: &mut Vm, table: Ref, live: &[(Word, Word)]) {
    let end = FIRST_PAIR + 2 * small(vm, table, CAPACITY);
    vm.heap.fill_slots(table, FIRST_PAIR..end, value::UNDEFINED);
    set_small(vm, table, ELEMENTS, 0);
    set_small(vm, table, DELETED, 0);
    for &(key, value) in live {
        insert_live(vm, table, key, value);
    }
}

fn insert_live(vm: &mut Vm, table: Ref, key: Word, value: Word) {
    let hash = super::hash::of_key(vm, key);
    insert(vm, table, key, value, hash);
}

fn live_pairs(vm: &Vm, table: Ref) -> Vec<(Word, Word)> {
    let end = FIRST_PAIR + 2 * small(vm, table, CAPACITY);
    (FIRST_PAIR..end)
        .step_by(2)
        .map(|at| (vm.heap.get(table, at), vm.heap.get(table, at + 1)))
        .filter(|(key, _)| key.is_ref())
        .collect()
}

/// Takes a pair out.
pub fn delete(vm: &mut Vm, table: Ref, at: u32) {
    vm.heap.init(table, at, value::HOLE);
    vm.heap.init(table, at + 1, value::HOLE);
    let (elements, deleted) = (small(vm, table, ELEMENTS).saturating_sub(1), small(vm, table, DELETED) + 1);
    set_small(vm, table, ELEMENTS, elements);
    set_small(vm, table, DELETED, deleted);
}
