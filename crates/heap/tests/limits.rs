//! Limits: out of memory as a value, and a heap that can be looked at afterwards.

mod common;

use common::{RAW, Roots, TAGGED, profile, small_config};
use semispace_heap::{
    CollectionKind, EventMask, Heap, HeapConfig, HeapEvent, KIB, MIB, OomReason, OutOfMemory, Reason,
    Recorder, SpaceKind, Word,
};

/// Keeps lists of `words`-word objects until memory is out.
fn fill(heap: &mut Heap, roots: &mut Roots, words: u32) -> OutOfMemory {
    roots.strong.push(Word::ZERO);
    let head = roots.strong.len() - 1;
    loop {
        match heap.allocate(roots, TAGGED, 0, words) {
            Ok(r) => {
                heap.set(r, 1, roots.strong[head]);
                roots.strong[head] = r.into();
            }
            Err(error) => return error,
        }
        roots.now_ns += 100;
    }
}

fn limited(name: &str, old_mb: u64) -> HeapConfig {
    let mut config = HeapConfig::from(profile(name));
    config.set_max_old_space_mb(old_mb);
    config
}

#[test]
fn every_profile_runs_out_of_memory_with_a_value() {
    for name in ["node-20", "node-26", "node-4", "classic-64", "classic-32", "android"] {
        for words in [4, 300, 40_000] {
            let mut heap = Heap::new(limited(name, 40), ());
            let mut roots = Roots::default();
            let error = fill(&mut heap, &mut roots, words);
            let stats = heap.stats();
            assert!(stats.mark_compacts >= 1, "{name}: {stats:?}");
            assert!(stats.heap_used > 30 * MIB && stats.heap_used < 75 * MIB, "{name} {words}: {stats:?}");
            assert!(error.requested > 0 && heap.last_collections().count() > 0);
            heap.verify(&mut roots).expect("still sound");
            roots.strong.clear();
            heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
            heap.verify(&mut roots).expect("still sound");
            assert!(heap.allocate(&mut roots, TAGGED, 0, words).is_ok(), "until memory is free again");
        }
    }
}

#[test]
fn a_slow_death_is_told_from_a_sudden_one() {
    let mut heap = Heap::new(limited("node-20", 40), ());
    let mut roots = Roots::default();
    assert_eq!(fill(&mut heap, &mut roots, 8).reason, OomReason::ReachedHeapLimit);
    assert_eq!(
        fill(&mut heap, &mut roots, 8).to_string(),
        "Reached heap limit Allocation failed - JavaScript heap out of memory"
    );
    // Four full collections in a row that free nothing, and no time between them.
    let mut heap = Heap::new(limited("node-20", 40), ());
    let mut roots = Roots::default();
    for _ in 0..36 * MIB / 1024 {
        let r = heap.allocate_old(&mut roots, RAW, 0, 128).expect("room");
        roots.push(r);
    }
    for _ in 0..4 {
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    }
    let error = heap.allocate_old(&mut roots, RAW, 0, 128).expect_err("ineffective");
    assert_eq!(error.reason, OomReason::IneffectiveMarkCompacts);
    heap.verify(&mut roots).expect("still sound");
}

#[test]
fn an_object_beyond_all_limits_is_refused() {
    let mut heap = Heap::new(limited("node-20", 40), ());
    let mut roots = Roots::default();
    for words in [u32::MAX, 1 << 31, 100_000_000] {
        assert!(heap.allocate(&mut roots, RAW, 0, words).is_err());
        heap.verify(&mut roots).expect("still sound");
        heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    }
    assert!(heap.allocate(&mut roots, RAW, 0, 1_000_000).is_ok());
}

#[test]
fn garbage_never_runs_out_of_memory() {
    let mut heap = Heap::new(limited("node-20", 16), ());
    let mut roots = Roots::default();
    for round in 0..20_000u32 {
        let words = [3, 50, 2000, 16_000, 30_000][round as usize % 5];
        heap.allocate(&mut roots, TAGGED, 0, words).expect("only garbage is there");
    }
    assert!(heap.stats().scavenges > 10);
}

#[test]
fn allocated_bytes_are_the_objects_bytes() {
    let mut heap = Heap::new(HeapConfig::default(), ());
    let mut roots = Roots::default();
    for round in 0..10_000 {
        let words = [4, 17, 20_000][round % 3];
        heap.allocate(&mut roots, TAGGED, 0, words).expect("room");
    }
    let objects = 10_000 / 3;
    assert_eq!(heap.stats().allocated_bytes, 8 * (objects * (4 + 17 + 20_000) + 4));
}

#[test]
fn large_objects_change_generation_without_moving() {
    let mut heap = Heap::new(small_config(4), ());
    let mut roots = Roots::default();
    let large = heap.allocate(&mut roots, TAGGED, 9, 40_000).expect("room");
    roots.push(large);
    assert_eq!(heap.space_of(large), SpaceKind::YoungLarge);
    let child = heap.allocate(&mut roots, TAGGED, 5, 3).expect("room");
    heap.set(large, 39_999, child.into());
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    assert_eq!((roots.at(0), heap.space_of(large)), (large, SpaceKind::OldLarge));
    let child = heap.get(large, 39_999).as_ref().expect("kept");
    assert_eq!((heap.header(child).shape(), heap.age_of(child)), (5, 1));
    assert_eq!(heap.size_words(large), 40_000);
    heap.shrink(large, 100);
    assert_eq!(heap.size_words(large), 100);
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    roots.strong.clear();
    let before = heap.occupancy().old_large.pages.len();
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_eq!((before, heap.occupancy().old_large.pages.len()), (1, 0));
}

#[test]
fn new_space_grows_with_what_survives_and_shrinks_on_request() {
    let mut heap = Heap::new(small_config(8), ());
    let mut roots = Roots::default();
    for _ in 0..60_000 {
        let r = heap.allocate(&mut roots, TAGGED, 0, 8).expect("room");
        roots.push(r);
    }
    assert_eq!(heap.figures().new_capacity, 8 * 256 * KIB);
    roots.strong.clear();
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::Testing);
    assert_eq!(heap.figures().new_capacity, 256 * KIB);
    heap.verify(&mut roots).expect("sound");
}

#[test]
fn new_space_shrinks_when_hardly_anything_is_allocated() {
    let mut heap = Heap::new(small_config(8), ());
    let mut roots = Roots::default();
    for _ in 0..60_000 {
        let r = heap.allocate(&mut roots, TAGGED, 0, 8).expect("room");
        roots.push(r);
    }
    roots.strong.clear();
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_eq!(heap.figures().new_capacity, 8 * 256 * KIB);
    // Twenty seconds with four objects.
    for _ in 0..4 {
        roots.now_ns += 5_000_000_000;
        heap.allocate(&mut roots, TAGGED, 0, 8).expect("room");
        heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    }
    assert_eq!(heap.figures().new_capacity, 256 * KIB);
    heap.verify(&mut roots).expect("sound");
}

#[test]
fn barrier_hits_alone_drive_the_marking_of_old_engines() {
    let mut heap = Heap::new(HeapConfig::from(profile("classic-64")), ());
    let mut roots = Roots { statics: 1, ..Roots::default() };
    let holder = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    roots.push(holder);
    let young = heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
    roots.push(young);
    heap.start_marking(&mut roots, Reason::Testing);
    for _ in 0..65_536 {
        heap.set(holder, 1, roots.strong[1]);
    }
    assert_eq!(heap.stats().incremental_steps, 0);
    heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
    assert_eq!((heap.stats().incremental_steps, heap.stats().mark_compacts), (1, 1));
}

#[test]
fn off_heap_memory_goes_with_its_owner() {
    let mut heap = Heap::new(small_config(4), ());
    let mut roots = Roots::default();
    let owner = heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
    roots.push(owner);
    let kept = heap.register_external(owner, 1000);
    let lost = heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
    let handle = heap.register_external(lost, 500);
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    assert_eq!((heap.external_bytes(), roots.released.clone()), (1000, vec![(handle, 500)]));
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_eq!(heap.external_bytes(), 1000);
    roots.strong.clear();
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_eq!((heap.external_bytes(), roots.released[1]), (0, (kept, 1000)));
}

#[test]
fn off_heap_pressure_starts_a_full_collection() {
    let mut heap = Heap::new(HeapConfig::default(), Recorder::new(EventMask::MARKING, 1 << 20));
    let mut roots = Roots::default();
    for _ in 0..2000 {
        let owner = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
        heap.register_external(owner, MIB);
        heap.relieve_external(&mut roots);
        heap.allocate_old(&mut roots, TAGGED, 0, 40).expect("room");
    }
    let stats = heap.stats();
    let started = heap.observer().events().find_map(|event| match event {
        HeapEvent::MarkingStarted { reason, .. } => Some(*reason),
        _ => None,
    });
    assert!(stats.mark_compacts > 2 && stats.external < 500 * MIB, "{stats:?}");
    assert_eq!(started, Some(Reason::ExternalMemoryPressure));
}

#[test]
fn off_heap_memory_of_young_owners_is_freed_by_scavenges() {
    let mut heap = Heap::new(HeapConfig::default(), ());
    let mut roots = Roots::default();
    let mut most = 0;
    for _ in 0..2000 {
        let owner = heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
        heap.register_external(owner, MIB);
        heap.relieve_external(&mut roots);
        most = most.max(heap.external_bytes());
    }
    let stats = heap.stats();
    assert_eq!((stats.scavenges, stats.mark_compacts), (2000 / 24, 0), "{stats:?}");
    assert!(most <= 24 * MIB, "{most}");
}

/// V8: `Heap::ReportExternalMemoryPressure`, rule by rule.
#[test]
fn off_heap_growth_decides_what_it_is_worth() {
    let config = HeapConfig { old_max: 512 * MIB, ..HeapConfig::default() };
    let mut heap = Heap::new(config, ());
    let mut roots = Roots::default();
    let owner = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    roots.push(owner);
    let grow_to = |heap: &mut Heap, roots: &mut Roots, mb: u64| {
        heap.adjust_external(mb as i64 * MIB as i64 - heap.external_bytes() as i64);
        heap.relieve_external(roots);
    };
    // Up to 64 MiB since the last full collection: nothing.
    grow_to(&mut heap, &mut roots, 64);
    assert!(!heap.is_marking() && heap.full_collections() == 0);
    // Above: marking starts, and what is allocated off the heap from here on drives it.
    grow_to(&mut heap, &mut roots, 65);
    assert!(heap.is_marking() && heap.full_collections() == 0);
    let steps = heap.stats().incremental_steps;
    grow_to(&mut heap, &mut roots, 66);
    assert_eq!(heap.stats().incremental_steps, steps + 1);
    // Above half of the old generation's maximum: a full collection at once, to give memory back.
    grow_to(&mut heap, &mut roots, 257);
    let last = heap.last_collections().last().expect("one");
    assert_eq!((last.kind, last.reason), (CollectionKind::FullReduceMemory, Reason::ExternalMemoryPressure));
    // Growth counts from the last full collection, and from the lowest total since.
    grow_to(&mut heap, &mut roots, 257 + 64);
    assert!(!heap.is_marking());
    grow_to(&mut heap, &mut roots, 100);
    grow_to(&mut heap, &mut roots, 165);
    assert!(heap.is_marking() && heap.full_collections() == 1);
}
