//! The table behind Map and Set: a hash table that keeps the order of insertion, word for word V8's OrderedHashTable
//! (`src/objects/ordered-hash-table.h`).
//!
//! `header, first, elements, deleted, buckets, bucket..., entry...`, where V8 has the length, which the header knows, in the
//! place of `first`: all entries before that number are holes. A bucket holds the number of its first entry, an
//! entry ends with the number of the next one of its bucket (-1: none). Deleted entries become holes and are left out
//! when the table is built anew. An iterator holds a table and an entry number; a table that was replaced keeps a
//! reference to its successor in the place of `elements`, and the numbers of its holes in the place of the buckets,
//! so that the iterator can move on ([`transition`]).

use semispace_heap::{Generation, Ref, Word};

use crate::value;
use crate::value::shapes;
use crate::vm::growth::{Filling, NewStore, PORTION};
use crate::vm::{Abrupt, Args, Handle, Vm};

const FIRST: u32 = 1;
const ELEMENTS: u32 = 2;
const DELETED: u32 = 3;
const BUCKETS: u32 = 4;
const FIRST_BUCKET: u32 = 5;
const SMALLEST: u32 = 4;
const NO_ENTRY: i32 = -1;
/// In the place of `deleted` of a table that was replaced by `clear`.
const CLEARED: i32 = -1;

/// Whether an entry has a value besides the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Key and value
    Map,
    /// Key only
    Set,
}

impl Sort {
    /// The sort of a Map or Set object.
    pub fn of(vm: &Vm, collection: Ref) -> Self {
        if vm.heap.header(collection).kind() == value::MAP { Sort::Map } else { Sort::Set }
    }

    const fn entry_words(self) -> u32 {
        match self {
            Sort::Map => 3,
            Sort::Set => 2,
        }
    }
}

/// Word of a Map or Set object that holds its table.
pub const TABLE: u32 = 3;

#[inline]
fn small(vm: &Vm, table: Ref, index: u32) -> i32 {
    vm.heap.get(table, index).as_smi().unwrap_or(0)
}

fn set_small(vm: &mut Vm, table: Ref, index: u32, value: i32) {
    vm.heap.init(table, index, Word::smi(value));
}

fn buckets(vm: &Vm, table: Ref) -> u32 {
    small(vm, table, BUCKETS) as u32
}

/// First word of an entry.
fn entry_at(vm: &Vm, table: Ref, sort: Sort, entry: u32) -> u32 {
    FIRST_BUCKET + buckets(vm, table) + entry * sort.entry_words()
}

/// How many live entries there are.
pub fn len(vm: &Vm, table: Ref) -> u32 {
    small(vm, table, ELEMENTS) as u32
}

fn used(vm: &Vm, table: Ref) -> u32 {
    len(vm, table) + small(vm, table, DELETED) as u32
}

/// An empty table with room for `capacity` entries, a power of two of at least 4. May collect.
pub fn allocate(vm: &mut Vm, sort: Sort, capacity: u32) -> Result<Ref, Abrupt> {
    let words = table_words(sort, capacity);
    let table = vm.allocate(value::ORDERED_TABLE, shapes::INTERNAL, words)?;
    Ok(clear_table(vm, table, capacity / 2))
}

fn table_words(sort: Sort, capacity: u32) -> u32 {
    FIRST_BUCKET + capacity / 2 + capacity * sort.entry_words()
}

fn clear_table(vm: &mut Vm, table: Ref, buckets: u32) -> Ref {
    set_small(vm, table, FIRST, 0);
    set_small(vm, table, ELEMENTS, 0);
    set_small(vm, table, DELETED, 0);
    set_small(vm, table, BUCKETS, buckets as i32);
    for bucket in 0..buckets {
        set_small(vm, table, FIRST_BUCKET + bucket, NO_ENTRY);
    }
    table
}

/// The smallest table.
pub fn allocate_smallest(vm: &mut Vm, sort: Sort) -> Result<Ref, Abrupt> {
    allocate(vm, sort, SMALLEST)
}

/// The number of the key's entry. `hash` is [`super::hash::of_key`]'s.
pub fn find(vm: &Vm, table: Ref, sort: Sort, key: Word, hash: u32) -> Option<u32> {
    let body = vm.heap.words(table);
    let word = |index: u32| Word::from_bits(body[index as usize - 1]);
    let buckets = word(BUCKETS).payload();
    let mut entry = word(FIRST_BUCKET + (hash & (buckets - 1)));
    while entry != Word::smi(NO_ENTRY) {
        let at = FIRST_BUCKET + buckets + entry.payload() * sort.entry_words();
        if vm.same_value_zero(word(at), key) {
            return Some(entry.payload());
        }
        entry = word(at + sort.entry_words() - 1);
    }
    None
}

/// The key of an entry; a hole where it was deleted.
pub fn key(vm: &Vm, table: Ref, sort: Sort, entry: u32) -> Word {
    vm.heap.get(table, entry_at(vm, table, sort, entry))
}

/// The value of a Map's entry; of a Set's, the key.
pub fn value_of(vm: &Vm, table: Ref, sort: Sort, entry: u32) -> Word {
    let second = u32::from(sort == Sort::Map);
    vm.heap.get(table, entry_at(vm, table, sort, entry) + second)
}

/// Replaces the value of a Map's entry.
pub fn set_value(vm: &mut Vm, table: Ref, entry: u32, value: Word) {
    let at = entry_at(vm, table, Sort::Map, entry) + 1;
    vm.heap.set(table, at, value);
}

/// Adds a key that is not there to the table of a Map or Set. May collect.
pub fn add(vm: &mut Vm, collection: Handle, key: Handle, value: Handle, hash: u32) -> Result<(), Abrupt> {
    let sort = Sort::of(vm, vm.ref_at(collection));
    let table = with_room(vm, collection, sort)?;
    let entry = used(vm, table);
    let at = entry_at(vm, table, sort, entry);
    let bucket = FIRST_BUCKET + (hash & (buckets(vm, table) - 1));
    let chain = vm.heap.get(table, bucket);
    let (key, value) = (vm.at(key), vm.at(value));
    vm.heap.set(table, at, key);
    if sort == Sort::Map {
        vm.heap.set(table, at + 1, value);
    }
    vm.heap.init(table, at + sort.entry_words() - 1, chain);
    set_small(vm, table, bucket, entry as i32);
    let elements = len(vm, table) + 1;
    set_small(vm, table, ELEMENTS, elements as i32);
    Ok(())
}

/// The collection's table with room for one entry more.
fn with_room(vm: &mut Vm, collection: Handle, sort: Sort) -> Result<Ref, Abrupt> {
    let table = table_of(vm, vm.ref_at(collection));
    let capacity = buckets(vm, table) * 2;
    if used(vm, table) < capacity {
        return Ok(table);
    }
    let deleted = small(vm, table, DELETED) as u32;
    rebuild(vm, collection, sort, if deleted >= capacity / 2 { capacity } else { capacity * 2 })
}

/// The current table of a Map or Set.
#[inline]
pub fn table_of(vm: &Vm, collection: Ref) -> Ref {
    vm.heap.get(collection, TABLE).as_ref().unwrap_or(collection)
}

/// Deletes an entry and shrinks the table when three quarters of it are free. May collect.
pub fn delete(vm: &mut Vm, collection: Handle, entry: u32) -> Result<(), Abrupt> {
    let sort = Sort::of(vm, vm.ref_at(collection));
    let table = table_of(vm, vm.ref_at(collection));
    let at = entry_at(vm, table, sort, entry);
    for word in at..at + sort.entry_words() - 1 {
        vm.heap.init(table, word, value::HOLE);
    }
    let (elements, deleted) = (len(vm, table) - 1, small(vm, table, DELETED) + 1);
    set_small(vm, table, ELEMENTS, elements as i32);
    set_small(vm, table, DELETED, deleted);
    if entry == small(vm, table, FIRST) as u32 {
        let first = (entry..used(vm, table)).find(|&entry| key(vm, table, sort, entry) != value::HOLE);
        set_small(vm, table, FIRST, first.unwrap_or(used(vm, table)) as i32);
    }
    let capacity = buckets(vm, table) * 2;
    if elements < capacity / 4 {
        rebuild(vm, collection, sort, SMALLEST.max(capacity / 2))?;
    }
    Ok(())
}

/// Drops all entries. May collect.
pub fn clear(vm: &mut Vm, collection: Handle) -> Result<(), Abrupt> {
    let sort = Sort::of(vm, vm.ref_at(collection));
    let fresh = allocate_smallest(vm, sort)?;
    let collection = vm.ref_at(collection);
    let old = table_of(vm, collection);
    vm.heap.set(old, ELEMENTS, Word::reference(fresh));
    set_small(vm, old, DELETED, CLEARED);
    vm.heap.set(collection, TABLE, Word::reference(fresh));
    Ok(())
}

/// A table of another capacity without the holes takes the place of the collection's table.
fn rebuild(vm: &mut Vm, collection: Handle, sort: Sort, capacity: u32) -> Result<Ref, Abrupt> {
    let words = table_words(sort, capacity);
    let replaced = table_of(vm, vm.ref_at(collection));
    let fresh = vm.allocate_in_place_of(replaced, value::ORDERED_TABLE, words)?;
    let fresh = clear_table(vm, fresh, capacity / 2);
    let object = vm.ref_at(collection);
    let old = table_of(vm, object);
    let mut rehash = Rehash::new(sort, capacity);
    rehash.move_entries(vm, old, fresh, u32::MAX);
    rehash.finish(vm, object, fresh);
    Ok(fresh)
}

/// Before an entry is added to the receiver's table: a larger table in portions, if it must be a large one and the
/// native function can be called again. A table with many holes, whose numbers do not fit into the buckets of the old one, is
/// built anew at once.
pub fn room_for_entry(vm: &mut Vm, args: Args, sort: Sort) -> Result<(), Abrupt> {
    let Some(collection) = vm.this(args).as_ref() else { return Ok(()) };
    let table = table_of(vm, collection);
    let (buckets, deleted) = (buckets(vm, table), small(vm, table, DELETED) as u32);
    if used(vm, table) < buckets * 2 || deleted >= buckets || !vm.is_called_by_instruction(args) {
        return Ok(());
    }
    let capacity = buckets * 4;
    let object = (value::ORDERED_TABLE, shapes::INTERNAL, table_words(sort, capacity));
    let generation = if vm.heap.space_of(table).is_young() { Generation::Young } else { Generation::Old };
    let filling = Filling::Table(Rehash::new(sort, capacity));
    vm.grow_in_portions(Word::reference(collection), NewStore { object, generation, filling })
}

/// Entries that are moved in one portion: each is a cache miss or two.
const PORTION_ENTRIES: u32 = 512;

/// Fills the next words of a table that grows in portions; how many are made then.
pub fn fill(vm: &mut Vm, rehash: &mut Rehash, (collection, fresh): (Ref, Ref), made: u32, words: u32) -> u32 {
    let first_entry = FIRST_BUCKET + rehash.capacity / 2;
    if made < first_entry {
        let end = first_entry.min(made + PORTION);
        vm.heap.extend_large(fresh, end);
        vm.heap.fill_slots(fresh, made.max(FIRST_BUCKET)..end, Word::smi(NO_ENTRY));
        set_small(vm, fresh, BUCKETS, rehash.capacity as i32 / 2);
        return end;
    }
    let old = table_of(vm, collection);
    if rehash.entry < used(vm, old) {
        let end = words.min(made + PORTION_ENTRIES * rehash.sort.entry_words());
        vm.heap.extend_large(fresh, end);
        rehash.move_entries(vm, old, fresh, PORTION_ENTRIES);
        return first_entry + rehash.next * rehash.sort.entry_words();
    }
    let end = words.min(made + PORTION);
    vm.heap.extend_large(fresh, end);
    end
}

/// The entries of a table on their way to another one.
#[derive(Clone, Copy, Debug)]
pub struct Rehash {
    sort: Sort,
    /// Of the new table.
    capacity: u32,
    /// Number of the next entry of the old table, and of the new one.
    entry: u32,
    next: u32,
    holes: u32,
}

impl Rehash {
    fn new(sort: Sort, capacity: u32) -> Self {
        Self { sort, capacity, entry: 0, next: 0, holes: 0 }
    }

    /// Moves up to `count` entries. The numbers of the holes are left in the place of the old table's buckets and, if they
    /// are many, of entries that have been moved.
    fn move_entries(&mut self, vm: &mut Vm, old: Ref, fresh: Ref, count: u32) {
        let end = used(vm, old).min(self.entry.saturating_add(count));
        for entry in self.entry..end {
            let (key, value) = (key(vm, old, self.sort, entry), value_of(vm, old, self.sort, entry));
            if key == value::HOLE {
                set_small(vm, old, FIRST_BUCKET + self.holes, entry as i32);
                self.holes += 1;
                continue;
            }
            let hash = super::hash::of_key(vm, key);
            let bucket = FIRST_BUCKET + (hash & (self.capacity / 2 - 1));
            let chain = vm.heap.get(fresh, bucket);
            let at = entry_at(vm, fresh, self.sort, self.next);
            vm.heap.set(fresh, at, key);
            if self.sort == Sort::Map {
                vm.heap.set(fresh, at + 1, value);
            }
            vm.heap.init(fresh, at + self.sort.entry_words() - 1, chain);
            set_small(vm, fresh, bucket, self.next as i32);
            self.next += 1;
        }
        self.entry = end;
    }

    /// The new table takes the place of the old one.
    pub(crate) fn finish(self, vm: &mut Vm, collection: Ref, fresh: Ref) {
        let old = table_of(vm, collection);
        set_small(vm, fresh, ELEMENTS, self.next as i32);
        vm.heap.set(old, ELEMENTS, Word::reference(fresh));
        vm.heap.set(collection, TABLE, Word::reference(fresh));
    }
}

/// Moves a walk from a replaced table to the current one, and past holes. The entry number after the last: `None`.
pub fn next_entry(vm: &Vm, sort: Sort, table: &mut Ref, entry: &mut u32) -> Option<u32> {
    transition(vm, table, entry);
    let count = used(vm, *table);
    let first = FIRST_BUCKET + buckets(vm, *table);
    // A table from which the oldest entries were deleted begins with many holes.
    let is_live = |&number: &u32| vm.heap.get(*table, first + number * sort.entry_words()) != value::HOLE;
    let begin = (*entry).max(small(vm, *table, FIRST) as u32);
    let found = (begin..count).find(is_live);
    *entry = found.map_or(count.max(*entry), |found| found + 1);
    found
}

/// Follows the chain of tables that took this one's place.
pub fn transition(vm: &Vm, table: &mut Ref, entry: &mut u32) {
    while let Some(successor) = vm.heap.get(*table, ELEMENTS).as_ref() {
        let deleted = small(vm, *table, DELETED);
        if deleted == CLEARED {
            *entry = 0;
        } else {
            let before = (0..deleted as u32)
                .take_while(|&hole| (small(vm, *table, FIRST_BUCKET + hole) as u32) < *entry)
                .count();
            *entry -= before as u32;
        }
        *table = successor;
    }
}
