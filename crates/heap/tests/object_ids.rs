//! Ids stay with their objects through scavenges, promotion, evacuation, and are never given twice.

mod common;

use common::{RAW, Roots, TAGGED, small_config};
use semispace_heap::{CollectionKind, Heap, ObjectId, Reason, Ref, Word};

struct Program {
    heap: Heap,
    roots: Roots,
}

impl Program {
    fn new(stress_compaction: bool) -> Self {
        let mut config = small_config(8);
        config.stress_compaction = stress_compaction;
        Program { heap: Heap::new(config, ()), roots: Roots::default() }
    }

    /// An object that carries its own number.
    fn push(&mut self, number: i32, words: u32) {
        let r = self.heap.allocate(&mut self.roots, TAGGED, 0, words).expect("room");
        self.heap.words_mut(r).fill(0);
        self.heap.init(r, 1, Word::smi(number));
        self.roots.push(r);
    }

    fn refs(&self) -> Vec<Ref> {
        let mut refs: Vec<Ref> = self.roots.strong.iter().filter_map(|word| word.as_ref()).collect();
        refs.sort_unstable();
        refs
    }

    /// Number and address of every object.
    fn places(&self) -> Vec<(i32, Ref)> {
        self.refs().into_iter().map(|r| (self.heap.get(r, 1).as_smi().expect("a number"), r)).collect()
    }

    /// Number and id of every object.
    fn ids(&mut self) -> Vec<(i32, ObjectId)> {
        let refs = self.refs();
        let ids = self.heap.object_ids(&refs);
        assert_eq!(ids.len(), refs.len());
        let number = |r: Ref| self.heap.get(r, 1).as_smi().expect("a number");
        let mut pairs: Vec<_> = refs.into_iter().map(number).zip(ids).collect();
        pairs.sort_unstable();
        pairs
    }

    fn collect(&mut self, kind: CollectionKind) {
        self.heap.collect(&mut self.roots, kind, Reason::Testing);
        self.heap.verify(&mut self.roots).expect("sound");
    }
}

#[test]
fn survivors_keep_their_ids_through_every_kind_of_move() {
    for stress in [false, true] {
        let mut program = Program::new(stress);
        for number in 0..500 {
            program.push(number, if number % 97 == 0 { 20_000 } else { 3 + number as u32 % 7 });
        }
        let mut before = program.ids();
        let places = program.places();
        let kinds =
            [CollectionKind::Minor, CollectionKind::Minor, CollectionKind::Full, CollectionKind::Full];
        for (round, kind) in kinds.into_iter().enumerate() {
            let dropped = |number: i32| number % 11 == round as i32;
            program.roots.strong.retain(|word| {
                word.as_ref().is_none_or(|r| !dropped(program.heap.get(r, 1).as_smi().unwrap_or(0)))
            });
            before.retain(|&(number, _)| !dropped(number));
            program.collect(kind);
            assert_eq!(program.ids(), before, "round {round}, stress {stress}");
        }
        let stayed = program.places().iter().filter(|place| places.contains(place)).count();
        assert!(stayed * 2 < before.len(), "the test moves objects: {stayed} stayed");
    }
}

#[test]
fn an_id_is_never_given_twice() {
    let mut program = Program::new(true);
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..20 {
        for number in 0..200 {
            program.push(round * 1000 + number, 4);
        }
        for (_, id) in program.ids() {
            assert!(seen.insert(id), "{id:?} of a dead object came back");
        }
        program.roots.strong.clear();
        program.collect(if round % 3 == 0 { CollectionKind::Full } else { CollectionKind::Minor });
    }
}

#[test]
fn asking_one_by_one_is_asking_for_all() {
    let mut program = Program::new(false);
    for number in 0..300 {
        program.push(number, 5);
    }
    let refs = program.refs();
    let shuffled: Vec<Ref> = (0..refs.len()).map(|at| refs[at * 7 % refs.len()]).collect();
    let single: Vec<_> = shuffled.iter().map(|&r| program.heap.object_id(r).expect("idle")).collect();
    assert_eq!(program.heap.known_object_id(refs[5]), program.heap.object_id(refs[5]));
    let all = program.heap.object_ids(&refs);
    let looked_up: Vec<_> =
        shuffled.iter().map(|r| all[refs.binary_search(r).expect("it is there")]).collect();
    assert_eq!(single, looked_up);
}

#[test]
fn no_ids_while_objects_have_two_addresses() {
    let mut program = Program::new(false);
    program.push(1, 4);
    let raw = program.heap.allocate(&mut program.roots, RAW, 0, 4).expect("room");
    program.heap.start(&mut program.roots, CollectionKind::Minor, Reason::Testing);
    assert_eq!(program.heap.object_id(raw), None);
}
