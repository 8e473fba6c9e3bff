//! Large objects that are begun and extended in portions.

use semispace_heap::{
    CollectionKind, Generation, Heap, HeapConfig, Kind, LargeAttempt, Layout, Mutator, OomReason, Phase,
    Profile, Reason, Ref, SpaceKind, Word,
};

const TAGGED: Kind = Kind::new(1, Layout::Tagged);
const WORDS: u32 = 100_000;

struct Roots(Vec<Word>);

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.0.iter_mut().for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        0
    }
}

fn heap(old_max_mb: u64) -> (Heap, Roots) {
    let mut config = HeapConfig::from(Profile::named("node-20").expect("a profile"));
    config.set_max_old_space_mb(old_max_mb);
    config.verify = true;
    (Heap::new(config, ()), Roots(Vec::new()))
}

/// Begins an object; how often the cage had to grow first.
fn begin(heap: &mut Heap, roots: &mut Roots, generation: Generation) -> (Ref, u32) {
    let mut growing = 0;
    loop {
        match heap.begin_large(roots, (TAGGED, 7, WORDS), generation, 0).expect("room") {
            LargeAttempt::Begun(r) => return (r, growing),
            LargeAttempt::Growing => growing += 1,
            LargeAttempt::Collect => panic!("there is room"),
        }
    }
}

#[test]
fn a_large_object_grows_while_the_heap_is_collected() {
    let (mut heap, mut roots) = heap(64);
    let (begun, growing) = begin(&mut heap, &mut roots, Generation::Young);
    assert_eq!(growing, 3, "800 KB are four pages, and the last one comes with the object");
    roots.0.push(begun.into());
    assert_eq!((heap.size_words(begun), heap.get(begun, 1)), (2, Word::smi(0)));
    for (portion, kind) in [CollectionKind::Minor, CollectionKind::Full, CollectionKind::FullReduceMemory]
        .into_iter()
        .cycle()
        .take(9)
        .enumerate()
    {
        let r = roots.0[0].as_ref().expect("the object");
        let (from, to) = (heap.size_words(r), (portion as u32 + 1) * (WORDS / 9));
        heap.extend_large(r, to);
        let young = heap.allocate(&mut roots, TAGGED, 1, 4).expect("room");
        heap.init(young, 1, Word::smi(portion as i32));
        heap.set(r, from, young.into());
        heap.collect(&mut roots, kind, Reason::Testing);
    }
    let r = roots.0[0].as_ref().expect("the object");
    assert_eq!((heap.space_of(r), heap.size_words(r)), (SpaceKind::OldLarge, WORDS / 9 * 9));
    let kept: Vec<i32> =
        (1..heap.size_words(r)).filter_map(|at| heap.get(heap.get(r, at).as_ref()?, 1).as_smi()).collect();
    assert_eq!(kept, (0..9).collect::<Vec<_>>());
    assert!(heap.violations().is_empty(), "{:?}", heap.violations());
}

#[test]
fn without_room_three_collections_are_due_and_then_memory_is_out() {
    let (mut heap, mut roots) = heap(2);
    heap.set_deferral(true);
    for _ in 0..2 {
        let (r, _) = begin(&mut heap, &mut roots, Generation::Old);
        heap.extend_large(r, WORDS);
        roots.0.push(r.into());
    }
    let mut kinds = Vec::new();
    for attempt in 0.. {
        match heap.begin_large(&mut roots, (TAGGED, 7, WORDS), Generation::Old, attempt) {
            Ok(LargeAttempt::Collect) => {
                assert!(heap.is_collection_due());
                heap.start_due(&mut roots);
                kinds.push(heap.collection_kind().expect("a collection"));
                while heap.phase() != Phase::Idle {
                    heap.step(&mut roots);
                }
            }
            Ok(other) => panic!("{other:?}"),
            Err(out) => {
                assert_eq!(out.reason, OomReason::ReachedHeapLimit);
                break;
            }
        }
    }
    let [full, last] = [CollectionKind::Full, CollectionKind::FullReduceMemory];
    assert_eq!(kinds, [full, full, last]);
    assert!(heap.violations().is_empty(), "{:?}", heap.violations());
}

#[test]
fn a_scavenge_scans_a_large_object_in_parts() {
    let (mut heap, mut roots) = heap(64);
    let (begun, _) = begin(&mut heap, &mut roots, Generation::Young);
    heap.extend_large(begun, WORDS);
    roots.0.push(begun.into());
    heap.start(&mut roots, CollectionKind::Minor, Reason::Testing);
    let mut steps = 0;
    while heap.phase() != Phase::Idle {
        heap.step(&mut roots);
        steps += 1;
    }
    assert!(steps > WORDS / 100, "{steps} steps");
}
