//! Compaction in place: what it packs, in which order, without a free page, and step by step.

mod common;

use common::world::small_pages;
use common::{CELL, RAW, Roots, TABLE, TAGGED, small_config};
use semispace_heap::{
    CollectionKind, EventMask, Heap, HeapEvent, Phase, Reason, Recorder, Ref, SpaceKind, StepOutcome, Word,
};

type Recorded = Heap<Recorder>;

fn heap(cage_pages: u64) -> Recorded {
    let mut config = small_pages(small_config(1));
    config.cage_max = cage_pages * config.profile.page_bytes;
    Heap::new(config, Recorder::new(EventMask::MOVE.with(EventMask::PHASE), 1 << 20))
}

fn moves(heap: &Recorded) -> Vec<(Ref, Ref)> {
    let move_of = |event: &HeapEvent| match *event {
        HeapEvent::Evacuated { from, to, .. } | HeapEvent::Promoted { from, to, .. } => Some((from, to)),
        _ => None,
    };
    heap.observer().events().filter_map(move_of).collect()
}

fn phases(heap: &Recorded) -> Vec<Phase> {
    let phase_of = |event: &HeapEvent| match *event {
        HeapEvent::PhaseChanged { phase } => Some(phase),
        _ => None,
    };
    heap.observer().events().filter_map(phase_of).collect()
}

fn old_pages(heap: &Recorded) -> usize {
    heap.occupancy().old_space.pages.len()
}

/// `count` old objects of growing size, each with its number in word 1 and a reference to the one before it in word 2.
fn old_chain(heap: &mut Recorded, roots: &mut Roots, count: usize) {
    for number in 0..count {
        let r = heap.allocate_old(roots, TAGGED, 0, 3 + number as u32 % 90).expect("room");
        heap.init(r, 1, Word::smi(number as i32));
        if number > 0 {
            heap.set(r, 2, roots.strong[number - 1]);
        }
        roots.push(r);
    }
}

/// Drops all roots but every third, and what those still refer to.
fn thin_out(heap: &mut Recorded, roots: &mut Roots) {
    for number in 0..roots.strong.len() {
        heap.set(roots.at(number), 2, Word::ZERO);
    }
    let mut number = 0;
    roots.strong.retain(|_| {
        number += 1;
        number % 3 == 1
    });
    for number in 1..roots.strong.len() {
        heap.set(roots.at(number), 2, roots.strong[number - 1]);
    }
}

fn assert_chain(heap: &Recorded, roots: &Roots, stride: usize) {
    for number in 0..roots.strong.len() {
        assert_eq!(heap.get(roots.at(number), 1), Word::smi((number * stride) as i32));
        if number > 0 {
            assert_eq!(heap.get(roots.at(number), 2), roots.strong[number - 1]);
        }
    }
}

#[test]
fn reducing_memory_packs_old_space_in_the_order_of_addresses() {
    let (mut heap, mut roots) = (heap(1000), Roots::default());
    old_chain(&mut heap, &mut roots, 1200);
    let before = old_pages(&heap);
    thin_out(&mut heap, &mut roots);
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::LastResort);
    assert!(phases(&heap).contains(&Phase::Slide) && !phases(&heap).contains(&Phase::EvacuateCandidates));
    assert_chain(&heap, &roots, 3);
    let moved = moves(&heap);
    assert!(moved.len() > 100 && moved.iter().all(|(from, to)| to < from));
    assert!(moved.is_sorted(), "objects keep their order");
    // A page ends where the next group of objects does not fit: less than an eighth of it is lost here.
    let live: u32 = roots.strong.iter().map(|word| heap.size_words(word.as_ref().expect("a root"))).sum();
    let page_words = 2048 - 64;
    let fewest = live.div_ceil(page_words) as usize;
    assert!(before > 2 * fewest, "{before} pages before, {fewest} needed");
    assert!(old_pages(&heap) <= fewest + fewest.div_ceil(8), "{} pages, {fewest} needed", old_pages(&heap));
    assert_eq!(heap.unswept_pages(), 0);
    heap.verify(&mut roots).expect("sound");
    // What is dense already stays where it is.
    let again = moves(&heap).len();
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::LastResort);
    assert_eq!(moves(&heap).len(), again);
}

#[test]
fn a_full_cage_is_compacted_where_it_lies() {
    // As many old pages as the cage can hold: no collection could copy anything.
    let (mut heap, mut roots) = (heap(12), Roots::default());
    let mut number = 0;
    while heap.committed_bytes() < 12 * 16 * 1024 {
        let r = heap.allocate_old(&mut roots, TAGGED, 0, 30).expect("room");
        heap.init(r, 1, Word::smi(number));
        number += 1;
        roots.push(r);
    }
    thin_out(&mut heap, &mut roots);
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert!(phases(&heap).contains(&Phase::Slide), "an ordinary full collection falls back to it");
    assert_chain(&heap, &roots, 3);
    assert!(heap.committed_bytes() < 6 * 16 * 1024, "{}", heap.committed_bytes());
    assert!(heap.allocate(&mut roots, TAGGED, 0, 400).is_ok());
    heap.verify(&mut roots).expect("sound");
}

#[test]
fn young_pages_become_old_ones_when_old_space_has_no_room() {
    let (mut heap, mut roots) = (heap(2), Roots::default());
    for number in 0..60 {
        let r = heap.allocate(&mut roots, TAGGED, 0, 30).expect("room");
        heap.init(r, 1, Word::smi(number));
        if number > 0 {
            heap.set(r, 2, roots.strong[number as usize - 1]);
        }
        roots.push(r);
    }
    let first = roots.at(0);
    // No free page is left for a scavenge.
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    assert!(phases(&heap).contains(&Phase::Slide));
    assert_eq!((roots.at(0), heap.space_of(first)), (first, SpaceKind::Old));
    assert_chain(&heap, &roots, 1);
    assert!(heap.allocate(&mut roots, TAGGED, 0, 30).is_ok(), "new space has another page");
    heap.verify(&mut roots).expect("sound");
}

#[test]
fn everything_that_knows_addresses_follows() {
    let (mut heap, mut roots) = (heap(1000), Roots::default());
    old_chain(&mut heap, &mut roots, 300);
    let key = heap.allocate_old(&mut roots, RAW, 5, 9).expect("room");
    heap.words_mut(key).fill(Word::reference(Ref::new(u32::MAX)).bits());
    let key = roots.push(key);
    let table = heap.allocate(&mut roots, TABLE, 0, 9).expect("room");
    let table = roots.push(table);
    let cell = heap.allocate(&mut roots, CELL, 0, 4).expect("room");
    let cell = roots.push(cell);
    let large = heap.allocate(&mut roots, TAGGED, 0, 3000).expect("room");
    let large = roots.push(large);
    for (holder, index) in [(table, 5), (table, 6), (cell, 3), (large, 2999)] {
        heap.set(roots.at(holder), index, roots.strong[key]);
    }
    roots.weak = vec![roots.strong[key], roots.strong[0]];
    let external = heap.register_external(roots.at(key), 77);
    let id = heap.object_id(roots.at(key)).expect("between collections");
    let before = roots.at(key);
    roots.strong[..300].fill(Word::ZERO);
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::Testing);
    let now = roots.at(key);
    assert!(
        now < before
            && heap.words(now).iter().all(|&bits| bits == Word::reference(Ref::new(u32::MAX)).bits())
    );
    for (holder, index) in [(table, 5), (table, 6), (cell, 3), (large, 2999)] {
        assert_eq!(heap.get(roots.at(holder), index), Word::reference(now));
    }
    assert_eq!(roots.weak, [Word::reference(now), Word::CLEARED]);
    assert!(heap.externals().eq([(now, external, 77)]));
    assert_eq!(heap.object_with_id(id), Some(now));
    heap.verify(&mut roots).expect("sound");
}

#[test]
fn pages_can_be_walked_after_each_step() {
    let (mut heap, mut roots) = (heap(1000), Roots::default());
    old_chain(&mut heap, &mut roots, 300);
    thin_out(&mut heap, &mut roots);
    let ours = |heap: &Recorded| -> Vec<i32> {
        let pages: Vec<_> = heap.pages().map(|(page, _)| page).collect();
        let residents = pages.iter().flat_map(|&page| heap.residents(page));
        residents.filter_map(|resident| heap.get(resident.at, 1).as_smi()).collect()
    };
    heap.start(&mut roots, CollectionKind::FullReduceMemory, Reason::Testing);
    let mut slides = 0;
    while heap.step(&mut roots) != StepOutcome::Finished {
        if heap.phase() == Phase::Slide {
            slides += 1;
            let all = ours(&heap);
            let live = all.iter().filter(|number| *number % 3 == 0).count();
            assert_eq!(live, 100, "every live object is met once: {all:?}");
        }
    }
    assert!(slides >= 100);
    assert_eq!(ours(&heap).len(), 100);
    assert_chain(&heap, &roots, 3);
}

#[test]
fn candidates_of_a_marking_under_way_are_given_up() {
    let mut config = small_pages(small_config(1));
    config.stress_compaction = true;
    let mut heap = Heap::new(config, Recorder::new(EventMask::PHASE.with(EventMask::MOVE), 1 << 20));
    let mut roots = Roots { statics: 10, ..Roots::default() };
    old_chain(&mut heap, &mut roots, 200);
    heap.start_marking(&mut roots, Reason::Testing);
    heap.marking_step();
    assert!(heap.occupancy().old_space.pages.iter().any(|page| page.is_candidate));
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::Testing);
    assert!(heap.occupancy().old_space.pages.iter().all(|page| !page.is_candidate));
    assert_chain(&heap, &roots, 1);
    heap.verify(&mut roots).expect("sound");
}
