//! The verifier is only worth something if it finds broken collectors: each test breaks one rule and expects to be told.

use crate::header::{Kind, Layout};
use crate::heap::{Heap, Mutator};
use crate::record::{CollectionKind, Reason};
use crate::verifier::ViolationKind;
use crate::word::{Ref, Word};
use crate::{HeapConfig, PROFILES};

const TAGGED: Kind = Kind::new(1, Layout::Tagged);

struct Roots(Vec<Word>);

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.0.iter_mut().for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        0
    }
}

/// An old object at root 0 and a young one at root 1.
fn old_and_young() -> (Heap, Roots, Ref, Ref) {
    let mut heap = Heap::new(HeapConfig::from(&PROFILES[0]), ());
    let mut roots = Roots(Vec::new());
    let old = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    roots.0.push(old.into());
    let young = heap.allocate(&mut roots, TAGGED, 0, 4).expect("room");
    roots.0.push(young.into());
    (heap, roots, old, young)
}

fn found(heap: &Heap, roots: &mut Roots) -> Option<ViolationKind> {
    heap.verify(roots).err().map(|violation| violation.kind)
}

#[test]
fn a_sound_heap_is_sound() {
    let (mut heap, mut roots, old, young) = old_and_young();
    heap.set(old, 1, young.into());
    assert_eq!(found(&heap, &mut roots), None);
}

#[test]
fn the_write_barrier_is_off() {
    let (mut heap, mut roots, old, young) = old_and_young();
    heap.init(old, 1, young.into());
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::NotRemembered));
}

#[test]
fn one_remembered_slot_is_skipped() {
    let (mut heap, mut roots, old, young) = old_and_young();
    heap.set(old, 1, young.into());
    heap.set(old, 2, young.into());
    heap.old_to_new.remove_range(old.offset() + 2, old.offset() + 3);
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::NotRemembered));
}

#[test]
fn a_skipped_slot_shows_after_the_scavenge_too() {
    let (mut heap, mut roots, old, young) = old_and_young();
    heap.init(old, 1, young.into());
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::FromSpace));
}

#[test]
fn the_marker_forgets_to_shade() {
    let (mut heap, mut roots, old, _) = old_and_young();
    heap.start_marking(&mut roots, Reason::Testing);
    heap.marking_step();
    let white = heap.place_white(&mut roots);
    heap.init(old, 1, white.into());
    heap.old_to_new.insert(old.offset() + 1);
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::BlackToWhite));
    heap.set(old, 1, white.into());
    assert_eq!(found(&heap, &mut roots), None);
}

#[test]
fn a_mark_is_lost() {
    let (mut heap, mut roots, old, _) = old_and_young();
    let child = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    heap.set(old, 1, child.into());
    heap.collect(&mut roots, CollectionKind::Full, Reason::Testing);
    assert!(heap.unswept_pages() > 0);
    heap.cage.marks.unmark(child);
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::DeadObject));
}

#[test]
fn a_root_is_not_told() {
    let (mut heap, mut roots, _, young) = old_and_young();
    heap.collect(&mut roots, CollectionKind::Minor, Reason::Testing);
    roots.0.push(young.into());
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::FromSpace));
}

#[test]
fn a_reference_into_the_middle_of_an_object() {
    let (heap, mut roots, old, _) = old_and_young();
    roots.0.push(Word::reference(Ref::new(old.offset() + 1)));
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::NoObject));
    roots.0[2] = Word::reference(Ref::new(u32::MAX));
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::FreePage));
}

#[test]
fn a_free_list_node_is_in_use() {
    let (mut heap, mut roots, old, _) = old_and_young();
    heap.old.free.add(old, 4);
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::BadFreeNode));
}

#[test]
fn a_page_counts_wrongly() {
    let (mut heap, mut roots, old, _) = old_and_young();
    let page = heap.cage.page_of(old);
    heap.cage.page_mut(page).used_words += 1;
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::BadCount));
}

#[test]
fn a_size_is_overwritten() {
    let (mut heap, mut roots, old, _) = old_and_young();
    heap.cage.words[old.index()] = crate::header::Header::new(TAGGED, 0, 0).bits();
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::BadSize));
}

impl Heap {
    /// A young object that marking has not seen, and that no root holds.
    fn place_white(&mut self, roots: &mut Roots) -> Ref {
        let white = self.allocate(roots, TAGGED, 0, 4).expect("room");
        assert!(self.marking.active && !self.cage.marks.is_marked(white));
        white
    }
}

#[test]
fn a_slot_is_not_updated_when_objects_slide() {
    let (mut heap, mut roots, old, _) = old_and_young();
    let child = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    heap.set(old, 1, child.into());
    let dead = std::mem::take(&mut roots.0);
    let holder = heap.allocate_old(&mut roots, TAGGED, 0, 4).expect("room");
    heap.set(holder, 1, child.into());
    roots.0.push(holder.into());
    assert_eq!(dead.len(), 2);
    heap.collect(&mut roots, CollectionKind::FullReduceMemory, Reason::Testing);
    assert_eq!(found(&heap, &mut roots), None);
    let now = roots.0[0].as_ref().expect("a reference");
    assert!(now < holder && heap.get(now, 1) != Word::reference(child));
    heap.init(now, 1, holder.into());
    assert_eq!(found(&heap, &mut roots), Some(ViolationKind::NoObject));
}
