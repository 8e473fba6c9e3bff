//! Where objects were allocated: line and column of the script for each of them, only when somebody asks.
//!
//! The heap numbers the objects ([`semispace_heap::ObjectId`]), and the numbers stay with them when they move; a table
//! beside it says for each number where the script stood. While this is on, no object is made on the interpreter's
//! short paths: the allocation area is kept closed, as for `--stress-gc`, without collecting any more often.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use semispace_heap::{Ref, Word};

use super::Vm;
use super::call::Link;
use crate::diagnostic::Place;

/// What was allocated at one place of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteTotals {
    /// The file, as stacks name it.
    pub file: Rc<str>,
    /// Line and column, from 1.
    pub place: Place,
    /// Objects allocated there.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How many of them are in the heap now: live, or not collected yet.
    pub kept_count: u64,
    /// The bytes of those.
    pub kept_bytes: u64,
    /// The bytes of those of them that have survived a collection.
    pub survived_bytes: u64,
}

/// A place that allocates, and what it has allocated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllocationPlace {
    /// The file, as stacks name it.
    pub file: Rc<str>,
    /// Number of the script, as in [`crate::heap_graph::Location`].
    pub script_id: u32,
    /// The function around it; empty for one without a name.
    pub function: String,
    /// Line and column, from 1.
    pub place: Place,
    /// Objects.
    pub count: u64,
    /// Bytes.
    pub bytes: u64,
}

/// Mark of an object that no line of the script allocated.
const NOWHERE: u32 = u32::MAX;

/// The table.
#[derive(Clone, Debug, Default)]
pub(super) struct AllocationSites {
    /// A place as number of its source and byte offset there, and what it has allocated.
    sites: Vec<(u32, u32, u64, u64)>,
    numbers: FxHashMap<(u32, u32), u32>,
    /// By the number of the object, the number of its site.
    of_object: Vec<u32>,
}

impl AllocationSites {
    fn number(&mut self, source: u32, offset: u32) -> u32 {
        let next = self.sites.len() as u32;
        let number = *self.numbers.entry((source, offset)).or_insert(next);
        if number == next {
            self.sites.push((source, offset, 0, 0));
        }
        number
    }
}

impl Vm {
    /// From now on, remembers where each object is allocated. Costs time and four bytes an object.
    pub fn record_allocation_sites(&mut self) {
        self.sites = Some(AllocationSites::default());
        if !self.heap.is_stressed() {
            self.heap.set_stress_gc(Some(u32::MAX));
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn note_allocation(&mut self, object: Ref) {
        let place = self.script_position();
        let bytes = self.heap.size_bytes(object);
        let Some(id) = self.heap.object_id(object) else { return };
        let Some(sites) = &mut self.sites else { return };
        let number = place.map_or(NOWHERE, |(source, offset)| sites.number(source, offset));
        if let Some((_, _, count, total)) = sites.sites.get_mut(number as usize) {
            *count += 1;
            *total += bytes;
        }
        let index = id.0 as usize;
        if sites.of_object.len() <= index {
            sites.of_object.resize(index + 1, NOWHERE);
        }
        sites.of_object[index] = number;
    }

    /// Source and byte offset of the innermost call in the user's own code.
    fn script_position(&self) -> Option<(u32, u32)> {
        let (mut base, mut pc) = (self.roots.base, self.roots.pc);
        loop {
            let number = self.sources.partition_point(|source| source.start as usize <= pc).checked_sub(1)?;
            let source = &self.sources[number];
            if source.visible {
                let next = source.positions.partition_point(|&(word, _)| word as usize <= pc);
                let (_, offset) = source.positions.get(next.checked_sub(1)?)?;
                return Some((number as u32, *offset));
            }
            let link = Link::from_word(self.roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() {
                return None;
            }
            base -= link.distance();
            pc = link.pc();
        }
    }

    fn site_of(&self, object: Ref) -> Option<usize> {
        let sites = self.sites.as_ref()?;
        let id = self.heap.known_object_id(object)?;
        sites.of_object.get(id.0 as usize).filter(|&&number| number != NOWHERE).map(|&number| number as usize)
    }

    /// The places that have allocated, by number. Empty unless it is recorded.
    pub fn allocation_places(&self) -> Vec<AllocationPlace> {
        let sites = self.sites.iter().flat_map(|sites| &sites.sites);
        let places = sites.map(|&(script_id, offset, count, bytes)| {
            let source = &self.sources[script_id as usize];
            let place = Place::of(&source.text, offset);
            let function = self.function_around(script_id, offset);
            AllocationPlace { file: source.file.clone(), script_id, function, place, count, bytes }
        });
        places.collect()
    }

    /// The number of the place where an object was allocated, if that is recorded.
    pub fn allocation_place(&self, object: Ref) -> Option<usize> {
        self.site_of(object)
    }

    /// The name of the innermost function around a place of a source.
    fn function_around(&self, source: u32, offset: u32) -> String {
        let around = self
            .infos
            .iter()
            .filter(|info| info.source == source && (info.span.0..=info.span.1).contains(&offset));
        match around.min_by_key(|info| info.span.1 - info.span.0) {
            Some(info) if self.is_script(info) => "(module scope)".to_owned(),
            Some(info) => self.atom_text(info.name),
            None => String::new(),
        }
    }

    /// File and place where an object was allocated, if that was recorded.
    pub fn allocation_site(&self, object: Word) -> Option<(Rc<str>, Place)> {
        let number = self.site_of(object.as_ref()?)?;
        let (source, offset, ..) = *self.sites.as_ref()?.sites.get(number)?;
        let source = &self.sources[source as usize];
        Some((source.file.clone(), Place::of(&source.text, offset)))
    }

    /// What each place of the script has allocated so far, in the order of the files' loading, lines and columns. Empty
    /// unless it is recorded. Walks the whole heap.
    pub fn allocation_totals(&self) -> Vec<SiteTotals> {
        let Some(sites) = &self.sites else { return Vec::new() };
        let mut kept = vec![(0u64, 0u64, 0u64); sites.sites.len()];
        for (page, _) in self.heap.pages() {
            for (object, _) in self.heap.objects(page) {
                if let Some(entry) = self.site_of(object).and_then(|number| kept.get_mut(number)) {
                    entry.0 += 1;
                    entry.1 += self.heap.size_bytes(object);
                    if self.heap.age_of(object) > 0 {
                        entry.2 += self.heap.size_bytes(object);
                    }
                }
            }
        }
        let mut order: Vec<usize> = (0..sites.sites.len()).collect();
        semispace_sorting::sort_by_key(&mut order, |&number| (sites.sites[number].0, sites.sites[number].1));
        let totals = order.into_iter().map(|number| {
            let (source, offset, count, bytes) = sites.sites[number];
            let source = &self.sources[source as usize];
            SiteTotals {
                file: source.file.clone(),
                place: Place::of(&source.text, offset),
                count,
                bytes,
                kept_count: kept[number].0,
                kept_bytes: kept[number].1,
                survived_bytes: kept[number].2,
            }
        });
        totals.collect()
    }
}
