//! Where objects were allocated: line and column of the script for each of them, only when somebody asks.
//!
//! The heap keeps the number of the site for each object, also when it moves ([`semispace_heap::Heap::tag_new_object`]). While
//! this is on, no object is made on the interpreter's
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

/// What is known of an instruction.
#[derive(Clone, Copy, Debug, Default)]
enum Instruction {
    /// Nothing yet
    #[default]
    Unknown,
    /// It is not the user's: who called it allocates
    BuiltIn,
    /// It belongs to this site
    Site(u32),
}

/// The table.
#[derive(Clone, Debug, Default)]
pub(super) struct AllocationSites {
    /// A place as number of its source and byte offset there, and what it has allocated.
    sites: Vec<(u32, u32, u64, u64)>,
    numbers: FxHashMap<(u32, u32), u32>,
    of_instruction: Vec<Instruction>,
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
    /// From now on, remembers where each object is allocated. Costs time, and some twenty bytes an object.
    pub fn record_allocation_sites(&mut self) {
        self.sites = Some(AllocationSites::default());
        if !self.heap.is_stressed() {
            self.heap.set_stress_gc(Some(u32::MAX));
        }
    }

    #[cold]
    #[inline(never)]
    pub(super) fn note_allocation(&mut self, object: Ref) {
        let Some(number) = self.current_site() else { return };
        let bytes = self.heap.size_bytes(object);
        if let Some((_, _, count, total)) =
            self.sites.as_mut().and_then(|sites| sites.sites.get_mut(number as usize))
        {
            *count += 1;
            *total += bytes;
        }
        self.heap.tag_new_object(object, number);
    }

    /// The site of the innermost call in the user's own code.
    fn current_site(&mut self) -> Option<u32> {
        let (mut base, mut pc) = (self.roots.base, self.roots.pc);
        loop {
            let known = self.sites.as_ref()?.of_instruction.get(pc).copied().unwrap_or_default();
            match known {
                Instruction::Unknown => self.learn_instruction(pc)?,
                Instruction::Site(number) => return Some(number),
                Instruction::BuiltIn => {
                    let link = Link::from_word(self.roots.stack[base]);
                    if link.flags() & Link::ENTRY != 0 || base < link.distance() {
                        return None;
                    }
                    base -= link.distance();
                    pc = link.pc();
                }
            }
        }
    }

    fn learn_instruction(&mut self, pc: usize) -> Option<()> {
        let number = self.sources.partition_point(|source| source.start as usize <= pc).checked_sub(1)?;
        let source = &self.sources[number];
        let next = source.positions.partition_point(|&(word, _)| word as usize <= pc);
        let place = if source.visible { Some(source.positions.get(next.checked_sub(1)?)?.1) } else { None };
        let sites = self.sites.as_mut()?;
        if sites.of_instruction.len() <= pc {
            sites.of_instruction.resize(pc + 1, Instruction::Unknown);
        }
        sites.of_instruction[pc] = match place {
            Some(offset) => Instruction::Site(sites.number(number as u32, offset)),
            None => Instruction::BuiltIn,
        };
        Some(())
    }

    fn site_of(&self, object: Ref) -> Option<usize> {
        self.sites.as_ref()?;
        self.heap.object_tag(object).map(|number| number as usize)
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
