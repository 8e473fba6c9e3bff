//! A trace in the smallest portions finds what one in a single go finds.

mod common;

use common::{CELL, Roots, TABLE, TAGGED, small_config};
use semispace_heap::{FIRST_EPHEMERON, Heap, Ref, WEAK_WORD, Word};

struct Program {
    heap: Heap,
    roots: Roots,
    made: Vec<Ref>,
}

impl Program {
    fn make(&mut self, kind: semispace_heap::Kind, words: u32) -> Ref {
        let r = self.heap.allocate(&mut self.roots, kind, 0, words).expect("room");
        self.made.push(r);
        r
    }

    fn link(&mut self, from: Ref, index: u32, to: Ref) {
        self.heap.set(from, index, Word::reference(to));
    }
}

#[test]
fn portions_find_the_same() {
    let mut config = small_config(8);
    config.semi_space_initial = config.semi_space_max;
    let heap = Heap::new(config, ());
    let mut program = Program { heap, roots: Roots::default(), made: Vec::new() };
    let root = program.make(TAGGED, 6);
    let large = program.make(TAGGED, 40_000);
    let table = program.make(TABLE, FIRST_EPHEMERON + 6);
    let weak = program.make(CELL, WEAK_WORD + 2);
    let [held, key, value, lost_key, lost_value, only_weak] = [(); 6].map(|()| program.make(TAGGED, 3));
    program.link(root, 1, large);
    program.link(root, 2, table);
    program.link(root, 3, weak);
    program.link(large, 39_999, held);
    // The key of the first pair is reached through the value of the second.
    program.link(table, FIRST_EPHEMERON, value);
    program.link(table, FIRST_EPHEMERON + 1, key);
    program.link(table, FIRST_EPHEMERON + 2, held);
    program.link(table, FIRST_EPHEMERON + 3, value);
    program.link(table, FIRST_EPHEMERON + 4, lost_key);
    program.link(table, FIRST_EPHEMERON + 5, lost_value);
    program.link(weak, WEAK_WORD, only_weak);
    program.roots.push(root);
    let Program { heap, mut roots, made } = program;

    let whole = heap.reachable(&mut roots).expect("idle");
    let mut trace = heap.begin_trace(&mut roots).expect("idle");
    let mut portions = 0;
    while !heap.trace_on(&mut trace, 3) {
        portions += 1;
    }
    let found = trace.finish();
    assert!(portions > 10_000, "the large object alone takes {portions} portions");
    for &r in &made {
        assert_eq!(found.contains(r), whole.contains(r), "{r:?}");
    }
    let lost: Vec<Ref> = made.into_iter().filter(|&r| !whole.contains(r)).collect();
    assert_eq!(lost, [lost_key, lost_value, only_weak]);
    assert_eq!(heap.referrers(held, 9), (vec![(table, FIRST_EPHEMERON + 2), (large, 39_999)], 2));
}
