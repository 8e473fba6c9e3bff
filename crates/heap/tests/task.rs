//! When the program has nothing to do for a moment, new space that is nearly full is scavenged (V8: `MinorGCJob`), and an old generation
//! that nears its limit is marked (`IncrementalMarkingJob`).

mod common;

use common::{Roots, TAGGED, profile};
use semispace_heap::{CollectionKind, Heap, HeapConfig, HeapEvent, Reason, Recorder};

struct Program {
    heap: Heap<Recorder>,
    roots: Roots,
}

impl Program {
    fn new(name: &str) -> Self {
        let heap = Heap::new(HeapConfig::from(profile(name)), Recorder::default());
        Program { heap, roots: Roots::default() }
    }

    /// Makes garbage until new space is full to so many percent; a collection on the way does not matter.
    fn fill_to(&mut self, percent: u64) {
        let full = |heap: &Heap<Recorder>| {
            let figures = heap.figures();
            figures.new_used * 100 / figures.new_capacity
        };
        while full(&self.heap) >= percent {
            self.allocate();
        }
        while full(&self.heap) < percent {
            self.allocate();
        }
    }

    fn allocate(&mut self) {
        let r = self.heap.allocate(&mut self.roots, TAGGED, 0, 64).expect("room");
        self.heap.words_mut(r).fill(0);
    }

    /// Scavenges by tasks when the program waits.
    fn by_task(&mut self) -> usize {
        self.heap.observer_mut().drain().for_each(drop);
        self.heap.scavenge_by_task(&mut self.roots);
        let records: Vec<_> = self
            .heap
            .observer_mut()
            .drain()
            .filter_map(|event| match event {
                HeapEvent::CollectionFinished(record) => Some(record),
                _ => None,
            })
            .collect();
        let is_by_task = records
            .iter()
            .all(|record| record.kind == CollectionKind::Minor && record.reason == Reason::Task);
        assert!(is_by_task, "{records:?}");
        records.len()
    }
}

#[test]
fn a_task_scavenges_what_is_nearly_full() {
    let mut program = Program::new("node-20");
    program.fill_to(70);
    assert_eq!(program.by_task(), 0, "not full enough");
    program.fill_to(90);
    assert_eq!(program.by_task(), 1);
    assert_eq!(program.by_task(), 0, "it is empty now");
}

#[test]
fn a_task_that_was_planned_before_a_collection_still_runs() {
    let mut program = Program::new("node-20");
    // Looks come every 0.8 MB: only of some fillings does one see more than 0.8 MB in use.
    for _ in 0..10 {
        program.fill_to(95);
        program.fill_to(10);
    }
    program.fill_to(81);
    assert_eq!(program.by_task(), 1);
}

#[test]
fn older_engines_have_no_such_task() {
    for name in ["classic-64", "classic-32", "node-4", "android"] {
        let mut program = Program::new(name);
        program.fill_to(95);
        assert_eq!(program.by_task(), 0, "{name}");
    }
}

impl Program {
    fn keep_one_more(&mut self) {
        let r = self.heap.allocate(&mut self.roots, TAGGED, 0, 64).expect("room");
        self.heap.words_mut(r).fill(0);
        self.roots.push(r);
        self.roots.statics = self.roots.strong.len();
    }

    fn full_collections(&mut self) -> Vec<Reason> {
        let reason = |event| match event {
            HeapEvent::CollectionFinished(record) if record.kind.is_full() => Some(record.reason),
            _ => None,
        };
        self.heap.observer_mut().drain().filter_map(reason).collect()
    }
}

#[test]
fn tasks_mark_an_old_generation_that_nears_its_limit() {
    let mut program = Program::new("node-20");
    while !program.heap.mark_by_task(&mut program.roots) {
        program.keep_one_more();
    }
    let steps = std::iter::from_fn(|| program.heap.mark_by_task(&mut program.roots).then_some(())).count();
    assert!(steps > 100, "{steps} steps");
    assert_eq!(program.full_collections(), [Reason::FinalizeMarkingViaTask]);
    assert!(
        !program.heap.mark_by_task(&mut program.roots),
        "one full collection is not the reason for the next"
    );
}

#[test]
fn older_engines_do_not_mark_by_tasks() {
    let mut program = Program::new("node-4");
    while !program.heap.is_marking() {
        program.keep_one_more();
        assert!(!program.heap.mark_by_task(&mut program.roots));
    }
    assert!(!program.heap.mark_by_task(&mut program.roots));
}
