//! References to an object that has given way lead to the one that stands in for it.

mod common;

use common::{Roots, TAGGED, small_config};
use semispace_heap::{CollectionKind, Heap, Kind, Layout, Reason, Ref, Word};

const TEXT: Kind = Kind::new(9, Layout::Raw);

struct Texts {
    heap: Heap,
    roots: Roots,
}

impl Texts {
    /// A heap with an old text, and a young object that holds a young text.
    fn new() -> (Self, Ref, Ref, Ref) {
        let mut heap = Heap::new(small_config(8), ());
        let mut roots = Roots::default();
        let name = heap.allocate_old(&mut roots, TEXT, 0, 3).expect("room");
        heap.words_mut(name).fill(7);
        roots.push(name);
        let holder = heap.allocate(&mut roots, TAGGED, 0, 2).expect("room");
        roots.push(holder);
        let text = heap.allocate(&mut roots, TEXT, 0, 3).expect("room");
        heap.words_mut(text).fill(7);
        heap.set(holder, 1, Word::reference(text));
        (Texts { heap, roots }, name, holder, text)
    }

    fn collect(&mut self, kind: CollectionKind) -> Word {
        self.heap.collect(&mut self.roots, kind, Reason::Testing);
        self.heap.verify(&mut self.roots).expect("nothing is wrong");
        let holder = self.roots.strong[1].as_ref().expect("the holder lives");
        self.heap.get(holder, 1)
    }
}

#[test]
fn a_scavenge_leads_references_to_the_stand_in_and_copies_nothing() {
    let (mut texts, name, _, text) = Texts::new();
    let id = texts.heap.object_id(text);
    texts.heap.stand_in(text, name);
    assert_eq!(texts.collect(CollectionKind::Minor), Word::reference(name));
    assert_eq!(texts.heap.stats().semi_space_copied_bytes, 16, "the holder alone");
    assert_ne!(texts.heap.object_id(name), id, "the name is another object");
}

#[test]
fn a_full_collection_leaves_both() {
    let (mut texts, name, _, text) = Texts::new();
    texts.heap.stand_in(text, name);
    assert_ne!(texts.collect(CollectionKind::Full), Word::reference(name));
    assert_ne!(texts.collect(CollectionKind::Minor), Word::reference(name));
}

#[test]
fn only_young_objects_give_way_and_only_to_old_ones() {
    let (mut texts, name, holder, text) = Texts::new();
    texts.heap.stand_in(name, text);
    texts.heap.stand_in(text, holder);
    assert_ne!(texts.collect(CollectionKind::Minor), Word::reference(name));
    assert_eq!(texts.roots.strong[0], Word::reference(name));
}
