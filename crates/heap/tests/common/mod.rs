//! A mutator whose roots are a vector of words.
#![allow(dead_code)]

pub mod world;

use semispace_heap::{ExternalHandle, HeapConfig, Kind, Layout, Mutator, PROFILES, Profile, Ref, Word};

pub const TAGGED: Kind = Kind::new(1, Layout::Tagged);
pub const RAW: Kind = Kind::new(2, Layout::Raw);
pub const TABLE: Kind = Kind::new(3, Layout::Ephemerons);
pub const CELL: Kind = Kind::new(4, Layout::Weak);

#[derive(Clone, Debug, Default)]
pub struct Roots {
    pub strong: Vec<Word>,
    /// So many of the strong roots are not the stack.
    pub statics: usize,
    pub weak: Vec<Word>,
    pub now_ns: u64,
    pub finalized: Vec<Ref>,
    pub released: Vec<(ExternalHandle, u64)>,
}

impl Roots {
    pub fn push(&mut self, r: Ref) -> usize {
        self.strong.push(Word::reference(r));
        self.strong.len() - 1
    }

    pub fn at(&self, index: usize) -> Ref {
        self.strong[index].as_ref().expect("a root that is a reference")
    }
}

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.strong.iter_mut().for_each(&mut *visit);
        for cell in &mut self.finalized {
            let mut word = Word::reference(*cell);
            visit(&mut word);
            *cell = word.as_ref().expect("still a reference");
        }
    }

    fn trace_static_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        let statics = self.statics.min(self.strong.len());
        self.strong[..statics].iter_mut().for_each(visit);
    }

    fn trace_weak(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.weak.iter_mut().for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        self.now_ns
    }

    fn finalized(&mut self, cell: Ref) {
        self.finalized.push(cell);
    }

    fn external_released(&mut self, handle: ExternalHandle, bytes: u64) {
        self.released.push((handle, bytes));
    }
}

pub fn profile(name: &str) -> &'static Profile {
    Profile::named(name).expect("a profile of the table")
}

/// node-20 with a semi-space of one page to `max_pages`, checked around each collection.
pub fn small_config(max_pages: u64) -> HeapConfig {
    let mut config = HeapConfig::from(&PROFILES[0]);
    config.semi_space_initial = config.profile.page_bytes;
    config.semi_space_max = config.profile.page_bytes * max_pages;
    config.verify = true;
    config.poison = true;
    config
}
