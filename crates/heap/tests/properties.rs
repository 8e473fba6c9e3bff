//! Random mutators against a model graph: after any mix of allocations, writes, scavenges, marking steps and full
//! collections the graph that the roots reach is the model's.

mod common;

use common::world::{Op, World, small_pages, stressed};
use common::{CELL, RAW, Roots, TABLE, TAGGED, small_config};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use semispace_heap::{CollectionKind, Heap, HeapConfig, Reason, Ref, Word};

fn op() -> impl Strategy<Value = Op> {
    let words = prop_oneof![20 => 3..15u32, 1 => 15_000..20_000u32];
    let kind = prop_oneof![
        4 => Just(CollectionKind::Minor),
        1 => Just(CollectionKind::Full),
        1 => Just(CollectionKind::FullReduceMemory)
    ];
    prop_oneof![
        25 => (words, 0..20u32).prop_map(|(words, old)| Op::Tagged { words, old: old == 0 }),
        8 => (3..40u32, any::<usize>()).prop_map(|(words, like)| Op::Raw { words, like }),
        4 => (1..5u32).prop_map(|pairs| Op::Table { pairs }),
        3 => Just(Op::Cell),
        35 => any::<[usize; 3]>().prop_map(|[holder, slot, target]| Op::Write { holder, slot, target }),
        3 => any::<[usize; 2]>().prop_map(|[from, to]| Op::Copy { from, to }),
        2 => (any::<usize>(), 2..20u32).prop_map(|(root, words)| Op::Shrink { root, words }),
        12 => any::<usize>().prop_map(|root| Op::Drop { root }),
        7 => any::<[usize; 2]>().prop_map(|[root, slot]| Op::Follow { root, slot }),
        2 => (0..64usize).prop_map(|statics| Op::MarkStep { statics }),
        3 => kind.prop_map(|kind| Op::Collect { kind }),
    ]
}

fn checked(name: &str) -> HeapConfig {
    let mut config = HeapConfig::from(common::profile(name));
    (config.verify, config.poison) = (true, true);
    config
}

fn run(config: HeapConfig, ops: &[Op]) {
    let mut world = World::new(config);
    for &op in ops {
        world.run(op);
    }
    world.compare();
    world.compare_after_full();
}

fn seed() -> RngSeed {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(RngSeed::Fixed(2026))
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    // One seed for all runs, so that nobody's change fails for somebody else's case; `PROPTEST_RNG_SEED` and
    // `PROPTEST_CASES` try others. No file of failed seeds is kept: what was found is a test of its own below.
    #![proptest_config(ProptestConfig { cases: cases(), rng_seed: seed(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mix_of_operations_keeps_the_graph(ops in prop::collection::vec(op(), 1..1500)) {
        run(small_config(4), &ops);
    }

    #[test]
    fn so_does_collecting_all_the_time_and_moving_everything(
        every in 1..20u32,
        ops in prop::collection::vec(op(), 1..400),
    ) {
        run(stressed(every), &ops);
    }

    #[test]
    fn so_do_the_other_profiles(
        name in prop::sample::select(vec!["node-26", "node-4", "classic-64", "classic-32", "android"]),
        ops in prop::collection::vec(op(), 1..400),
    ) {
        run(checked(name), &ops);
    }
}

/// Operations of the mix, from Knuth's linear congruential generator; its upper bits are the good ones.
fn random_ops(mut bits: u64) -> impl Iterator<Item = Op> {
    std::iter::repeat_with(move || {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Op::from_bits(bits >> 8)
    })
}

/// Random operations, a collection at every allocation (scavenges, full ones by evacuation and in place), every page moved:
/// so many as `SEMISPACE_STRESS_OPS` says, from `SEMISPACE_STRESS_SEED` on. `cargo xtask stress` makes it a million.
///
/// Before and after each collection the verifier walks every page and traces the whole heap. After every thousandth
/// operation the graph is compared with the model, word by word. At most 600 roots are held, on pages of 16 KiB, so that
/// both cost what the live objects cost, some tens of microseconds, however long the run.
#[test]
fn a_long_run_under_full_stress() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let config = small_pages(stressed(number("SEMISPACE_STRESS_GC").unwrap_or(1) as u32));
    let mut world = World::bounded(config, 600);
    let ops = number("SEMISPACE_STRESS_OPS").unwrap_or(20_000);
    for (count, op) in (0..ops).zip(random_ops(number("SEMISPACE_STRESS_SEED").unwrap_or(2026))) {
        world.run(op);
        if count % 1000 == 0 {
            world.compare();
        }
    }
    world.compare_after_full();
    assert_eq!(world.out_of_memory, 0);
    world.report();
}

/// A cage so small that scavenges and evacuation mostly find no free page: full collections slide everything together
/// where it lies, young pages become old ones, memory runs out and comes back.
#[test]
fn a_full_cage_keeps_the_graph() {
    for (pages, seed) in [(4, 1), (6, 2), (8, 3), (10, 4), (12, 5)] {
        let mut config = small_pages(small_config(1));
        config.cage_max = pages * config.profile.page_bytes;
        let mut world = World::new(config);
        for (count, op) in random_ops(seed).take(6_000).enumerate() {
            world.run(op);
            if count % 500 == 0 {
                world.compare();
            }
        }
        world.compare_after_full();
        world.report();
        assert!(pages > 6 || world.out_of_memory > 0, "{pages} pages are meant to be too few");
    }
}

#[test]
fn weak_things_die_with_their_targets() {
    let mut heap = Heap::new(small_config(2), ());
    let mut roots = Roots::default();
    let key = heap.allocate(&mut roots, TAGGED, 0, 3).expect("room");
    let key = roots.push(key);
    let table = heap.allocate(&mut roots, TABLE, 0, 9).expect("room");
    let table = roots.push(table);
    let cell = heap.allocate(&mut roots, CELL, 0, 4).expect("room");
    let cell = roots.push(cell);
    heap.set(roots.at(table), 5, roots.strong[key]);
    heap.set(roots.at(cell), 3, roots.strong[key]);
    roots.weak.push(roots.strong[key]);
    let value = heap.allocate(&mut roots, TAGGED, 42, 3).expect("room");
    heap.set(roots.at(table), 6, value.into());
    for kind in [CollectionKind::Minor, CollectionKind::Full, CollectionKind::Minor] {
        heap.collect(&mut roots, kind, Reason::Testing);
        let value = heap.get(roots.at(table), 6).as_ref().expect("kept by its key");
        assert_eq!(heap.header(value).shape(), 42);
        assert_eq!(heap.get(roots.at(table), 5), roots.strong[key]);
        assert_eq!(heap.get(roots.at(cell), 3), roots.strong[key]);
        assert_eq!(roots.weak[0], roots.strong[key]);
    }
    roots.strong[key] = Word::ZERO;
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_eq!(heap.get(roots.at(table), 5), Word::CLEARED);
    assert_eq!(heap.get(roots.at(table), 6), Word::CLEARED);
    assert_eq!(heap.get(roots.at(cell), 3), Word::CLEARED);
    assert_eq!(roots.weak[0], Word::CLEARED);
    assert_eq!(roots.finalized, [roots.at(cell)]);
}

/// A black young object that refers to an evacuation candidate is promoted while marking is under way: nobody visits it
/// again, so the scavenge must record its slots.
#[test]
fn a_black_object_is_promoted_with_a_slot_to_a_candidate() {
    let mut config = small_config(2);
    config.stress_compaction = true;
    let mut heap = Heap::new(config, ());
    let mut roots = Roots { statics: 2, ..Roots::default() };
    let target = heap.allocate_old(&mut roots, TAGGED, 5, 4).expect("room");
    roots.push(target);
    let holder = heap.allocate(&mut roots, TAGGED, 6, 4).expect("room");
    roots.push(holder);
    heap.set(holder, 1, target.into());
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    heap.start_marking(&mut roots, Reason::Testing);
    heap.marking_step();
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    assert_eq!(heap.age_of(roots.at(1)), 2);
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_ne!(roots.at(0), target);
    assert_eq!(heap.get(roots.at(1), 1), roots.strong[0]);
    heap.verify(&mut roots).expect("sound");
}

/// A slot of a young object was recorded for compaction; the object died, and raw words took its place that look like a
/// reference to beyond the end of memory.
#[test]
fn no_stale_slot_of_a_young_object_is_updated() {
    let mut config = small_config(1);
    config.stress_compaction = true;
    let mut heap = Heap::new(config, ());
    let mut roots = Roots { statics: 2, ..Roots::default() };
    let target = heap.allocate_old(&mut roots, TAGGED, 5, 4).expect("room");
    roots.push(target);
    let holder = heap.allocate(&mut roots, TAGGED, 6, 4).expect("room");
    roots.push(holder);
    heap.set(holder, 1, target.into());
    heap.start_marking(&mut roots, Reason::Testing);
    heap.marking_step();
    roots.strong[1] = Word::ZERO;
    for _ in 0..2 {
        heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    }
    // Not by `allocate`, whose safepoint would end the marking.
    let raw = heap.try_bump(RAW, 7, 40).expect("room");
    roots.push(raw);
    assert_eq!(raw, holder, "the same place, or this test shows nothing");
    let bits = Word::reference(Ref::new(u32::MAX)).bits();
    heap.words_mut(raw).fill(bits);
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert_ne!(roots.at(0), target);
    assert!(heap.words(roots.at(2)).iter().all(|&word| word == bits));
}
