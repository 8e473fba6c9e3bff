//! Ids of objects: numbers that stay with an object while the collector moves it.
//!
//! An object has no id until somebody asks; then the side table remembers it by address. At each collection the entries
//! follow their objects or go with them, as owners of off-heap memory do ([`crate::external`]): a scavenge looks at
//! the entries of young objects only. A heap that nobody asks pays nothing (V8: `HeapObjectsMap`, `src/profiler/`).

use std::collections::BTreeMap;

use crate::event::Observer;
use crate::heap::Heap;
use crate::page::flag;
use crate::word::Ref;

/// Number of an object: 0, 1, 2 ... in the order in which ids were asked for. Never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ObjectId(pub u32);

#[derive(Clone, Copy, Debug)]
struct Entry {
    at: Ref,
    id: ObjectId,
}

/// Ids by address.
#[derive(Clone, Debug, Default)]
struct Entries {
    /// In address order between collections.
    sorted: Vec<Entry>,
    /// Objects that came after others with higher addresses, as they do where old space fills holes.
    late: BTreeMap<Ref, ObjectId>,
}

impl Entries {
    fn find(&self, at: Ref) -> Option<ObjectId> {
        match self.sorted.binary_search_by_key(&at, |entry| entry.at) {
            Ok(found) => Some(self.sorted[found].id),
            Err(_) => self.late.get(&at).copied(),
        }
    }

    fn add(&mut self, entry: Entry) {
        if self.sorted.last().is_none_or(|last| last.at < entry.at) {
            self.sorted.push(entry);
        } else {
            self.late.insert(entry.at, entry.id);
        }
    }

    /// All of them in one list, whose order is the caller's business from here on.
    fn list(&mut self) -> &mut Vec<Entry> {
        if !self.late.is_empty() {
            let late = std::mem::take(&mut self.late);
            self.sorted.extend(late.into_iter().map(|(at, id)| Entry { at, id }));
            in_address_order(&mut self.sorted);
        }
        &mut self.sorted
    }
}

/// The side table.
#[derive(Clone, Debug, Default)]
pub(crate) struct ObjectIds {
    /// Objects that may be young.
    young: Entries,
    old: Entries,
    next: u32,
}

impl ObjectIds {
    fn entries(&mut self, young: bool) -> &mut Entries {
        if young { &mut self.young } else { &mut self.old }
    }

    fn list(&mut self, young: bool) -> &mut Vec<Entry> {
        self.entries(young).list()
    }

    fn new_id(&mut self) -> ObjectId {
        self.next += 1;
        ObjectId(self.next - 1)
    }
}

fn in_address_order(entries: &mut [Entry]) {
    // Stable sorting is the faster one here: the entries are runs that are in order already.
    entries.sort_by_key(|entry| entry.at);
}

impl<O: Observer> Heap<O> {
    /// The id of a live object, given to it now if it has none. None while a collection is under way, when the object may
    /// have two addresses.
    pub fn object_id(&mut self, r: Ref) -> Option<ObjectId> {
        if self.is_collecting() {
            return None;
        }
        if let Some(id) = self.known_object_id(r) {
            return Some(id);
        }
        let young = self.cage.flags_of(r) & flag::YOUNG != 0;
        let id = self.ids.new_id();
        self.ids.entries(young).add(Entry { at: r, id });
        Some(id)
    }

    /// The id of an object that has one.
    #[must_use]
    pub fn known_object_id(&self, r: Ref) -> Option<ObjectId> {
        let young = self.cage.flags_of(r) & flag::YOUNG != 0;
        if young { self.ids.young.find(r) } else { self.ids.old.find(r) }
    }

    /// Where the object with this id is now, if it lives.
    #[must_use]
    pub fn object_with_id(&self, id: ObjectId) -> Option<Ref> {
        let lists = [&self.ids.young, &self.ids.old];
        let sorted = lists.iter().flat_map(|list| &list.sorted).map(|entry| (entry.at, entry.id));
        let late = lists.iter().flat_map(|list| &list.late).map(|(&at, &id)| (at, id));
        sorted.chain(late).find(|&(_, known)| known == id).map(|(at, _)| at)
    }

    /// The ids of live objects in ascending order of address, given to them now where they have none. Empty while a
    /// collection is under way.
    pub fn object_ids(&mut self, ascending: &[Ref]) -> Vec<ObjectId> {
        debug_assert!(ascending.is_sorted(), "objects come in address order");
        if self.is_collecting() {
            return Vec::new();
        }
        let mut ids = Vec::with_capacity(ascending.len());
        let mut fresh = [Vec::new(), Vec::new()];
        let mut next = [0, 0];
        for &at in ascending {
            let young = self.cage.flags_of(at) & flag::YOUNG != 0;
            let entries = self.ids.list(young);
            let from = &mut next[usize::from(young)];
            // From the last hit on, so that a walk over the whole heap is one merge.
            *from += gallop(&entries[*from..], at);
            let id = match entries.get(*from) {
                Some(entry) if entry.at == at => entry.id,
                _ => {
                    let id = self.ids.new_id();
                    fresh[usize::from(young)].push(Entry { at, id });
                    id
                }
            };
            ids.push(id);
        }
        for (young, fresh) in [false, true].into_iter().zip(fresh) {
            let entries = self.ids.list(young);
            // The newest objects have the highest addresses, save where a page lies before another.
            let ascending =
                fresh.first().is_none_or(|first| entries.last().is_none_or(|last| last.at < first.at));
            entries.extend(fresh);
            if !ascending {
                in_address_order(entries);
            }
        }
        ids
    }

    /// After a scavenge: young objects have moved, been promoted or died.
    pub(crate) fn update_young_ids(&mut self) {
        for entry in std::mem::take(self.ids.list(true)) {
            let survivor = self.survivor(entry.at).filter(|_| !self.was_replaced(entry.at));
            let Some(at) = survivor else { continue };
            let young = self.cage.flags_of(at) & flag::YOUNG != 0;
            self.ids.entries(young).sorted.push(Entry { at, ..entry });
        }
        for young in [true, false] {
            in_address_order(&mut self.ids.entries(young).sorted);
        }
    }

    /// After marking: objects that are not marked have died.
    pub(crate) fn forget_unmarked_ids(&mut self) {
        for entries in [&mut self.ids.young, &mut self.ids.old] {
            entries.list().retain(|entry| self.cage.marks.is_marked(entry.at));
        }
    }

    /// After objects moved in a full collection: all are old now.
    pub(crate) fn update_moved_ids(&mut self) {
        let mut entries = std::mem::take(self.ids.list(true));
        entries.append(self.ids.list(false));
        for entry in &mut entries {
            entry.at = self.current_address(entry.at);
        }
        in_address_order(&mut entries);
        self.ids.old.sorted = entries;
    }
}

/// How many entries lie before `at`: doubling steps first, because the next hit is nearly always close.
fn gallop(entries: &[Entry], at: Ref) -> usize {
    let mut step = 1;
    while entries.get(step - 1).is_some_and(|entry| entry.at < at) {
        step *= 2;
    }
    let (low, high) = (step / 2, step.min(entries.len()));
    low.min(high) + entries[low.min(high)..high].partition_point(|entry| entry.at < at)
}
