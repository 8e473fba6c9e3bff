//! Objects in dictionary mode: a hash table of names instead of a shape (V8: NameDictionary).
//!
//! Layout: `map, length, elements, deleted, capacity, next index, hash, flags`, then three words an entry: key, value,
//! details. Details hold the attributes and the order of insertion. Open addressing by the name's own hash.

use semispace_heap::{Ref, Word};

use super::property::Property;
use crate::atoms::Atom;
use crate::shape::Attributes;
use crate::value::{self, HOLE, UNDEFINED};
use crate::vm::Vm;
use crate::vm::call::Completion;

const COUNT: u32 = 2;
const DELETED: u32 = 3;
const CAPACITY: u32 = 4;
const NEXT_INDEX: u32 = 5;
pub(crate) const DICTIONARY_HEADER: u32 = 8;
const ENTRY: u32 = 3;

/// No smaller table is made for what is left.
const MIN_SHRINK_CAPACITY: u32 = 16;

/// Entries of a table with room for so many (V8: `HashTable::ComputeCapacity`).
fn capacity_for(count: u32) -> u32 {
    (count + count / 2).next_power_of_two().max(4)
}

/// Names by the order of their insertion, a number below `end`.
fn in_order(mut entries: Vec<(u32, (Atom, Attributes))>, end: u32) -> Vec<(Atom, Attributes)> {
    if end as usize > 8 * entries.len() {
        // Most that was ever added is gone.
        semispace_sorting::sort_by_key(&mut entries, |&(order, _)| order);
        return entries.into_iter().map(|(_, name)| name).collect();
    }
    let mut names = vec![None; end as usize];
    for (order, name) in entries {
        names[order as usize] = Some(name);
    }
    names.into_iter().flatten().collect()
}

impl Vm {
    fn dictionary_of(&self, object: Ref) -> Option<Ref> {
        let table = self.heap.get(object, value::PROPERTIES).as_ref()?;
        (self.heap.header(table).kind() == value::NAME_DICTIONARY).then_some(table)
    }

    fn dictionary_field(&self, table: Ref, field: u32) -> u32 {
        self.heap.get(table, field).payload()
    }

    /// The word of the entry of a name; or of the free entry where it would go.
    fn dictionary_probe(&self, table: Ref, atom: Atom) -> (u32, bool) {
        let capacity = self.dictionary_field(table, CAPACITY);
        let wanted = self.roots.atoms.word(atom);
        let mut at = self.roots.atoms.hash(atom) & (capacity - 1);
        let mut free = None;
        for _ in 0..capacity {
            let entry = DICTIONARY_HEADER + at * ENTRY;
            let key = self.heap.get(table, entry);
            if key == wanted {
                return (entry, true);
            }
            if key == UNDEFINED {
                return (free.unwrap_or(entry), false);
            }
            if key == HOLE && free.is_none() {
                free = Some(entry);
            }
            at = (at + 1) & (capacity - 1);
        }
        (free.unwrap_or(DICTIONARY_HEADER), false)
    }

    /// The word of a name's entry.
    pub(crate) fn dictionary_entry(&self, object: Ref, atom: Atom) -> Option<u32> {
        let (entry, found) = self.dictionary_probe(self.dictionary_of(object)?, atom);
        found.then_some(entry)
    }

    /// Where an object's own property lies, if the object is in dictionary mode: table and entry.
    pub(crate) fn dictionary_place(&self, object: Ref, atom: Atom) -> Option<(Ref, u32)> {
        if !self.roots.shapes.get(self.shape_of(object)).dictionary {
            return None;
        }
        let table = self.dictionary_of(object)?;
        let (entry, found) = self.dictionary_probe(table, atom);
        found.then_some((table, entry))
    }

    /// The same of a data property.
    pub(crate) fn dictionary_data(&self, base: Word, atom: Atom) -> Option<(Ref, u32)> {
        let (table, entry) = self.dictionary_place(base.as_ref()?, atom)?;
        let attributes = Attributes(self.dictionary_field(table, entry + 2) as u8);
        (!attributes.has(Attributes::ACCESSOR)).then_some((table, entry))
    }

    /// Writes such a property. False: there is none, it is read-only, or others depend on it.
    pub(crate) fn write_dictionary_data(&mut self, base: Word, atom: Atom, word: Word) -> bool {
        let Some((table, entry)) = self.dictionary_data(base, atom) else { return false };
        let attributes = Attributes(self.dictionary_field(table, entry + 2) as u8);
        let is_prototype =
            base.as_ref().is_some_and(|object| self.roots.shapes.get(self.shape_of(object)).is_prototype);
        let is_simple = attributes.has(Attributes::WRITABLE) && !is_prototype;
        if is_simple {
            self.heap.set(table, entry + 1, word);
        }
        is_simple
    }

    /// Adds a property, or writes one, by its name. False: the object is none in dictionary mode, or others have a say.
    pub(crate) fn put_dictionary_data(&mut self, base: Word, name: Word, word: Word) -> Completion<bool> {
        let Some(atom) = self.atom_of(name) else { return Ok(false) };
        if self.write_dictionary_data(base, atom, word) {
            return Ok(true);
        }
        let Some(object) = base.as_ref().filter(|_| self.kind(base) == Some(value::OBJECT)) else {
            return Ok(false);
        };
        let shape = self.roots.shapes.get(self.shape_of(object));
        let is_open = shape.dictionary && shape.integrity.is_none() && !shape.is_prototype;
        let is_new = is_open
            && self.array_index(name).is_none()
            && self.find_property(base, crate::object::Key::Atom(atom)).is_none();
        if is_new {
            self.dictionary_put(base, atom, word, Some(Attributes::PLAIN))?;
        }
        Ok(is_new)
    }

    pub(crate) fn dictionary_find(&self, object: Ref, atom: Atom) -> Option<Property> {
        let (table, entry) = (self.dictionary_of(object)?, self.dictionary_entry(object, atom)?);
        let details = self.heap.get(table, entry + 2).payload();
        Some(Property::with(self.heap.get(table, entry + 1), Attributes(details as u8 & 15)))
    }

    /// Names with their attributes in the order of insertion.
    pub(crate) fn dictionary_names(&self, object: Ref) -> Vec<(Atom, Attributes)> {
        let Some(table) = self.dictionary_of(object) else { return Vec::new() };
        let capacity = self.dictionary_field(table, CAPACITY);
        let entries: Vec<(u32, (Atom, Attributes))> = (0..capacity)
            .map(|at| DICTIONARY_HEADER + at * ENTRY)
            .filter_map(|entry| {
                let atom = self.atom_of(self.heap.get(table, entry))?;
                let details = self.heap.get(table, entry + 2).payload();
                Some((details >> 4, (atom, Attributes(details as u8 & 15))))
            })
            .collect();
        in_order(entries, self.dictionary_field(table, NEXT_INDEX))
    }

    fn new_dictionary(&mut self, capacity: u32, replaced: Option<(Ref, u32)>) -> Completion<Ref> {
        let words = DICTIONARY_HEADER + capacity * ENTRY;
        let table = self.new_hash_table(value::NAME_DICTIONARY, words, replaced)?;
        self.heap.init(table, 1, Word::smi((words - 2) as i32));
        self.heap.init(table, CAPACITY, Word::smi(capacity as i32));
        self.heap.init(table, NEXT_INDEX, Word::smi(1));
        self.heap.fill_slots(table, DICTIONARY_HEADER..words, UNDEFINED);
        Ok(table)
    }

    /// Writes or adds an entry; no attributes: keeps those it has.
    pub(crate) fn dictionary_put(
        &mut self,
        object: Word,
        atom: Atom,
        word: Word,
        attributes: Option<Attributes>,
    ) -> Completion {
        let (object, word) = (self.handle(object), self.handle(word));
        if self.roots.shapes.get(self.shape_of(self.ref_at(object))).is_prototype {
            self.roots.shapes.epoch += 1;
        }
        let Some(table) = self.dictionary_of(self.ref_at(object)) else { return Ok(()) };
        let (entry, found) = self.dictionary_probe(table, atom);
        if found {
            self.heap.set(table, entry + 1, self.at(word));
            if let Some(attributes) = attributes {
                let details = self.dictionary_field(table, entry + 2) & !15 | u32::from(attributes.0);
                self.heap.set(table, entry + 2, Word::smi(details as i32));
            }
            return Ok(());
        }
        let is_fresh = self.dictionary_reserve(object)?;
        let Some(table) = self.dictionary_of(self.ref_at(object)) else { return Ok(()) };
        let entry = if is_fresh { self.dictionary_probe(table, atom).0 } else { entry };
        let order = self.dictionary_field(table, NEXT_INDEX);
        if self.heap.get(table, entry) == HOLE {
            let deleted = self.dictionary_field(table, DELETED);
            self.heap.set(table, DELETED, Word::smi(deleted as i32 - 1));
        }
        let details = order << 4 | u32::from(attributes.unwrap_or(Attributes::PLAIN).0);
        self.heap.set(table, entry, self.roots.atoms.word(atom));
        self.heap.set(table, entry + 1, self.at(word));
        self.heap.set(table, entry + 2, Word::smi(details as i32));
        self.heap.set(table, NEXT_INDEX, Word::smi(order as i32 + 1));
        let count = self.dictionary_field(table, COUNT);
        self.heap.set(table, COUNT, Word::smi(count as i32 + 1));
        Ok(())
    }

    /// Makes room for one entry more, in another table if it answers true: at most half the free entries may be deleted
    /// ones, and a third must stay free (V8: `HashTable::EnsureCapacity`).
    fn dictionary_reserve(&mut self, object: crate::vm::Handle) -> Completion<bool> {
        let Some(table) = self.dictionary_of(self.ref_at(object)) else { return Ok(false) };
        let capacity = self.dictionary_field(table, CAPACITY);
        let count = self.dictionary_field(table, COUNT) + 1;
        let deleted = self.dictionary_field(table, DELETED);
        if count < capacity && deleted <= (capacity - count) / 2 && count + count / 2 <= capacity {
            return Ok(false);
        }
        self.dictionary_rehash(object, capacity_for(count))?;
        Ok(true)
    }

    /// Puts the entries into a table of another capacity.
    fn dictionary_rehash(&mut self, object: crate::vm::Handle, wanted: u32) -> Completion {
        let Some(table) = self.dictionary_of(self.ref_at(object)) else { return Ok(()) };
        let capacity = self.dictionary_field(table, CAPACITY);
        let fresh = self.new_dictionary(wanted, Some((table, capacity.min(wanted))))?;
        let Some(table) = self.dictionary_of(self.ref_at(object)) else { return Ok(()) };
        for at in 0..capacity {
            let entry = DICTIONARY_HEADER + at * ENTRY;
            let Some(atom) = self.atom_of(self.heap.get(table, entry)) else { continue };
            let (target, _) = self.dictionary_probe(fresh, atom);
            for word in 0..ENTRY {
                let moved = self.heap.get(table, entry + word);
                self.heap.set(fresh, target + word, moved);
            }
        }
        for field in [COUNT, NEXT_INDEX] {
            let moved = self.heap.get(table, field);
            self.heap.set(fresh, field, moved);
        }
        let hash = self.stored_hash(Word::reference(table));
        self.store_hash(fresh, hash);
        let object = self.ref_at(object);
        self.heap.set(object, value::PROPERTIES, Word::reference(fresh));
        Ok(())
    }

    pub(crate) fn dictionary_remove(&mut self, object: Word, atom: Atom) -> Completion {
        let Some(object) = object.as_ref() else { return Ok(()) };
        let Some(table) = self.dictionary_of(object) else { return Ok(()) };
        let (entry, found) = self.dictionary_probe(table, atom);
        if found {
            for word in 0..ENTRY {
                self.heap.set(table, entry + word, HOLE);
            }
            let (count, deleted) =
                (self.dictionary_field(table, COUNT), self.dictionary_field(table, DELETED));
            self.heap.set(table, COUNT, Word::smi(count as i32 - 1));
            self.heap.set(table, DELETED, Word::smi(deleted as i32 + 1));
            // A table of which a quarter is enough gets smaller (V8: `HashTable::Shrink`).
            let (left, capacity) = (count - 1, self.dictionary_field(table, CAPACITY));
            if left <= capacity / 4 && capacity_for(left) >= MIN_SHRINK_CAPACITY {
                let object = self.handle(Word::reference(object));
                self.dictionary_rehash(object, capacity_for(left))?;
            }
        }
        Ok(())
    }

    /// Turns an object into dictionary mode (V8: `JSObject::NormalizeProperties`); its in-object slots are given back.
    pub(crate) fn normalize(&mut self, object: Word) -> Completion {
        self.normalize_with_room(object, 2)
    }

    /// The same with room for so many properties more.
    pub(crate) fn normalize_with_room(&mut self, object: Word, room: u32) -> Completion {
        let kept = self.handle(object);
        let Some(target) = object.as_ref() else { return Ok(()) };
        let shape = self.shape_of(target);
        if self.roots.shapes.get(shape).dictionary {
            return Ok(());
        }
        let mut names = self.names_without_slot(target);
        names.extend(self.roots.shapes.properties(shape));
        let count = names.len() as u32 + room;
        let table = self.new_dictionary(capacity_for(count), None)?;
        let object = self.ref_at(kept);
        for (index, &(atom, attributes)) in names.iter().enumerate() {
            let word = self.get_own_word(object, atom);
            let (entry, _) = self.dictionary_probe(table, atom);
            let details = (index as u32 + 1) << 4 | u32::from(attributes.0);
            self.heap.set(table, entry, self.roots.atoms.word(atom));
            self.heap.set(table, entry + 1, word);
            self.heap.set(table, entry + 2, Word::smi(details as i32));
        }
        self.heap.set(table, COUNT, Word::smi(names.len() as i32));
        self.heap.set(table, NEXT_INDEX, Word::smi(names.len() as i32 + 1));
        let hash = self.stored_hash(self.heap.get(object, value::PROPERTIES));
        self.store_hash(table, hash);
        self.heap.set(object, value::PROPERTIES, Word::reference(table));
        let start = u32::from(self.roots.shapes.get(shape).start);
        let dictionary = self.roots.shapes.dictionary(shape);
        self.heap.set_shape(object, dictionary.0);
        self.heap.shrink(object, start);
        Ok(())
    }
}
