//! The site of an object stays with it through every kind of move, and recording changes nothing of where objects lie.

mod common;

use common::{Roots, TAGGED, small_config};
use semispace_heap::{CollectionKind, Heap, Reason, Ref, Word};

const ORIGIN: usize = 5;

struct Program {
    heap: Heap,
    roots: Roots,
    made: i32,
}

impl Program {
    fn new(records: bool, stress_compaction: bool) -> Self {
        let mut config = small_config(8);
        config.stress_compaction = stress_compaction;
        let mut heap = Heap::new(config, ());
        if records {
            heap.record_sites();
        }
        Program { heap, roots: Roots::default(), made: 0 }
    }

    /// An object that carries its own number, of the site with a tenth of it; by the short way where there is one.
    fn push(&mut self, words: u32, is_kept: bool) {
        let site = self.made as u32 / 10;
        self.heap.set_site_of_origin(ORIGIN, site);
        let r = match self.heap.try_bump_at(ORIGIN, TAGGED, 0, words) {
            Some(r) => r,
            None => {
                let r = self.heap.allocate(&mut self.roots, TAGGED, 0, words).expect("room");
                self.heap.set_site(r, site);
                r
            }
        };
        self.heap.words_mut(r).fill(0);
        self.heap.init(r, 1, Word::smi(self.made));
        self.made += 1;
        if is_kept {
            self.roots.push(r);
        }
    }

    fn fill(&mut self) {
        for number in 0..4000 {
            self.push(2 + number % 7, number % 3 == 0);
        }
        self.push(40_000, true);
    }

    fn refs(&self) -> Vec<Ref> {
        self.roots.strong.iter().filter_map(|word| word.as_ref()).collect()
    }

    fn check(&self) {
        for r in self.refs() {
            let number = self.heap.get(r, 1).as_smi().expect("a number");
            assert_eq!(self.heap.site_of(r), Some(number as u32 / 10), "object {number}");
        }
    }
}

#[test]
fn a_site_stays_with_its_object_through_every_kind_of_move() {
    for stress in [false, true] {
        let mut program = Program::new(true, stress);
        for kind in [
            CollectionKind::Minor,
            CollectionKind::Minor,
            CollectionKind::Full,
            CollectionKind::FullReduceMemory,
            CollectionKind::Minor,
        ] {
            program.fill();
            program.check();
            program.roots.strong.truncate(program.roots.strong.len() * 3 / 4);
            program.heap.collect(&mut program.roots, kind, Reason::Testing);
            program.heap.verify(&mut program.roots).expect("sound");
            program.check();
        }
        let total: u64 = program.heap.site_totals().iter().map(|total| total.count).sum();
        assert_eq!(total, program.made as u64);
    }
}

#[test]
fn a_heap_that_records_sites_lies_in_memory_as_one_that_does_not() {
    let [mut recording, mut plain] = [true, false].map(|records| Program::new(records, false));
    for _ in 0..20 {
        recording.fill();
        plain.fill();
        assert_eq!(recording.refs(), plain.refs());
    }
    assert_eq!(recording.heap.stats(), plain.heap.stats());
    assert!(plain.heap.stats().scavenges > 3);
    assert_eq!(plain.heap.site_of(plain.refs()[0]), None);
}

/// What lies where another object lay has no site but its own.
#[test]
fn a_new_object_does_not_inherit_a_site() {
    let mut program = Program::new(true, false);
    program.push(4, false);
    program.heap.collect(&mut program.roots, CollectionKind::Minor, Reason::Testing);
    program.heap.collect(&mut program.roots, CollectionKind::Minor, Reason::Testing);
    for _ in 0..10_000 {
        let r = program.heap.allocate(&mut program.roots, TAGGED, 0, 4).expect("room");
        assert_eq!(program.heap.site_of(r), None);
    }
}

#[test]
fn a_heap_without_room_overwrites_nothing() {
    let mut config = small_config(8);
    config.cage_max = 40 * config.profile.page_bytes;
    let mut heap = Heap::new(config, ());
    heap.record_sites();
    heap.set_site_of_origin(ORIGIN, 1);
    let mut roots = Roots::default();
    // Until new space itself has become old, for there is no other memory left; and a while beyond.
    let mut refused = 0;
    while refused < 10 {
        let bumped = heap.try_bump_at(ORIGIN, TAGGED, 0, 500);
        let Some(r) = bumped.or_else(|| heap.allocate(&mut roots, TAGGED, 0, 500).ok()) else {
            refused += 1;
            continue;
        };
        heap.words_mut(r).fill(0);
        heap.init(r, 1, Word::smi(roots.strong.len() as i32));
        roots.push(r);
    }
    for (number, root) in roots.strong.iter().enumerate() {
        let r = root.as_ref().expect("a reference");
        assert_eq!((heap.get(r, 1), heap.size_words(r)), (Word::smi(number as i32), 500));
    }
}
