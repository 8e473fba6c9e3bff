//! Where objects were allocated: line and column of the script for each of them, only when somebody asks.
//!
//! The heap keeps the number of the site for each object, also when it moves, and counts (`allocation_sites` of
//! `semispace_heap`): an origin is an instruction. Instructions of the user's code allocate on the interpreter's short paths
//! as ever. Those of built-in code take the long ones, because there the site is that of a caller.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use semispace_heap::{PageId, Ref, SiteTotal, Word};

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
    /// How many of them are in the heap: live, or not collected yet.
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

/// What the heap holds of a site's objects.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    count: u64,
    bytes: u64,
    survived_bytes: u64,
}

/// A count of the objects in the heap by site, under way: page by page, because a heap of gigabytes takes seconds to walk.
#[derive(Clone, Debug)]
pub struct SiteCount {
    pages: Vec<PageId>,
    kept: Vec<Kept>,
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
    /// A place as number of its source and byte offset there.
    sites: Vec<(u32, u32)>,
    numbers: FxHashMap<(u32, u32), u32>,
    of_instruction: Vec<Instruction>,
}

impl AllocationSites {
    fn number(&mut self, source: u32, offset: u32) -> u32 {
        let next = self.sites.len() as u32;
        let number = *self.numbers.entry((source, offset)).or_insert(next);
        if number == next {
            self.sites.push((source, offset));
        }
        number
    }
}

impl Vm {
    /// From now on, remembers where each object is allocated. Costs a little time, and two bytes for each sixteen of the heap.
    pub fn record_allocation_sites(&mut self) {
        self.sites = Some(AllocationSites::default());
        self.heap.record_sites();
    }

    #[cold]
    #[inline(never)]
    pub(super) fn note_allocation(&mut self, object: Ref) {
        if let Some(number) = self.current_site() {
            self.heap.set_site(object, number);
        }
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
        let place =
            if source.is_visible() { Some(source.positions.get(next.checked_sub(1)?)?.1) } else { None };
        let sites = self.sites.as_mut()?;
        if sites.of_instruction.len() <= pc {
            sites.of_instruction.resize(pc + 1, Instruction::Unknown);
        }
        sites.of_instruction[pc] = match place {
            Some(offset) => {
                let site = sites.number(number as u32, offset);
                self.heap.set_site_of_origin(pc, site);
                Instruction::Site(site)
            }
            None => Instruction::BuiltIn,
        };
        Some(())
    }

    fn site_of(&self, object: Ref) -> Option<usize> {
        self.heap.site_of(object).map(|number| number as usize)
    }

    /// The places that have allocated, by number. Empty unless it is recorded.
    pub fn allocation_places(&self) -> Vec<AllocationPlace> {
        let sites = self.sites.iter().flat_map(|sites| sites.sites.iter().enumerate());
        let totals = self.heap.site_totals();
        let places = sites.map(|(number, &(script_id, offset))| {
            let (count, bytes) = self.allocated_at(&totals, number);
            let source = &self.sources[script_id as usize];
            let place = Place::of(&source.text, offset);
            let function = self.function_around(script_id, offset);
            AllocationPlace { file: source.file.clone(), script_id, function, place, count, bytes }
        });
        places.collect()
    }

    /// Objects and bytes that a site has allocated.
    fn allocated_at(&self, totals: &[SiteTotal], site: usize) -> (u64, u64) {
        let total = totals.get(site).copied().unwrap_or_default();
        (total.count, total.words * u64::from(self.heap.config().profile.word_bytes))
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
        let (source, offset) = *self.sites.as_ref()?.sites.get(number)?;
        let source = &self.sources[source as usize];
        Some((source.file.clone(), Place::of(&source.text, offset)))
    }

    /// Begins to count what is in the heap of each site's objects. The figures are those of one moment if the heap stands still
    /// until all pages are counted.
    pub fn begin_site_count(&self) -> SiteCount {
        let sites = self.sites.as_ref().map_or(0, |sites| sites.sites.len());
        let pages = if sites > 0 { self.heap.pages().map(|(page, _)| page).collect() } else { Vec::new() };
        SiteCount { pages, kept: vec![Kept::default(); sites] }
    }

    /// Counts the objects of the next page; true when all are counted.
    pub fn count_sites_on(&self, count: &mut SiteCount) -> bool {
        let Some(page) = count.pages.pop() else { return true };
        for (object, _) in self.heap.objects(page) {
            if let Some(kept) = self.site_of(object).and_then(|number| count.kept.get_mut(number)) {
                let bytes = self.heap.size_bytes(object);
                kept.count += 1;
                kept.bytes += bytes;
                if self.heap.age_of(object) > 0 {
                    kept.survived_bytes += bytes;
                }
            }
        }
        count.pages.is_empty()
    }

    /// What each place of the script has allocated so far, in the order of the files' loading, lines and columns. Empty
    /// unless it is recorded.
    pub fn allocation_totals(&self, count: &SiteCount) -> Vec<SiteTotals> {
        let Some(sites) = &self.sites else { return Vec::new() };
        let mut order: Vec<usize> = (0..sites.sites.len()).collect();
        semispace_sorting::sort_by_key(&mut order, |&number| sites.sites[number]);
        let allocated = self.heap.site_totals();
        let totals = order.into_iter().map(|number| {
            let (source, offset) = sites.sites[number];
            let (count_ever, bytes) = self.allocated_at(&allocated, number);
            let kept = count.kept.get(number).copied().unwrap_or_default();
            let source = &self.sources[source as usize];
            SiteTotals {
                file: source.file.clone(),
                place: Place::of(&source.text, offset),
                count: count_ever,
                bytes,
                kept_count: kept.count,
                kept_bytes: kept.bytes,
                survived_bytes: kept.survived_bytes,
            }
        });
        totals.collect()
    }
}
