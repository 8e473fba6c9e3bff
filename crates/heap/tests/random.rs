//! Random mutators against a model graph.

mod common;

use common::{CELL, RAW, Roots, TABLE, TAGGED, small_config};
use semispace_heap::{CollectionKind, Heap, HeapConfig, Reason, Ref, Word};

struct Rng(u64);

impl Rng {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % below.max(1) as u64) as usize
    }
}

/// The model: each object is a number; the number is also in word 1 of the heap object (raw ones too).
#[derive(Clone)]
enum Body {
    Tagged(Vec<Option<usize>>),
    Raw(usize),
}

struct World {
    heap: Heap,
    roots: Roots,
    bodies: Vec<Body>,
    /// Model object of each root.
    held: Vec<usize>,
}

impl World {
    fn new(config: HeapConfig) -> Self {
        World { heap: Heap::new(config, ()), roots: Roots::default(), bodies: Vec::new(), held: Vec::new() }
    }

    fn allocate(&mut self, rng: &mut Rng) {
        let id = self.bodies.len();
        let words = if rng.next(200) == 0 { 20_000 } else { 3 + rng.next(12) as u32 };
        let raw = rng.next(4) == 0;
        let kind = if raw { RAW } else { TAGGED };
        let old = rng.next(20) == 0;
        let result = if old {
            self.heap.allocate_old(&mut self.roots, kind, 7, words)
        } else {
            self.heap.allocate(&mut self.roots, kind, 7, words)
        };
        let r = result.expect("within the limits");
        if raw {
            self.heap.set_raw(r, 1, id as u64);
            for index in 2..words {
                self.heap.set_raw(r, index, 0xF00D_0001 ^ id as u64);
            }
            self.bodies.push(Body::Raw(words as usize));
        } else {
            self.heap.init(r, 1, Word::smi(id as i32));
            self.bodies.push(Body::Tagged(vec![None; words as usize - 2]));
        }
        self.roots.push(r);
        self.held.push(id);
    }

    fn write(&mut self, rng: &mut Rng) {
        if self.held.is_empty() {
            return;
        }
        let (holder, target) = (rng.next(self.held.len()), rng.next(self.held.len()));
        let Body::Tagged(slots) = &mut self.bodies[self.held[holder]] else { return };
        let slot = rng.next(slots.len());
        let at = self.roots.at(holder);
        if rng.next(5) == 0 {
            slots[slot] = None;
            self.heap.set(at, slot as u32 + 2, Word::smi(0));
        } else {
            slots[slot] = Some(self.held[target]);
            self.heap.set(at, slot as u32 + 2, self.roots.strong[target]);
        }
    }

    fn drop_root(&mut self, rng: &mut Rng) {
        if self.held.len() > 60 {
            let at = rng.next(self.held.len());
            self.held.swap_remove(at);
            self.roots.strong.swap_remove(at);
        }
    }

    /// Turns a random root into one of the objects that it refers to.
    fn follow(&mut self, rng: &mut Rng) {
        if self.held.is_empty() {
            return;
        }
        let at = rng.next(self.held.len());
        let Body::Tagged(slots) = &self.bodies[self.held[at]] else { return };
        let slot = rng.next(slots.len());
        if let Some(id) = slots[slot] {
            self.roots.strong[at] = self.heap.get(self.roots.at(at), slot as u32 + 2);
            self.held[at] = id;
        }
    }

    fn collect(&mut self, rng: &mut Rng) {
        let kind = match rng.next(6) {
            0 => CollectionKind::Full,
            1 => CollectionKind::FullReduceMemory,
            _ => CollectionKind::Minor,
        };
        self.heap.start(&mut self.roots, kind, Reason::Testing);
        let mut steps = 0;
        while self.heap.is_collecting() {
            self.heap.step(&mut self.roots);
            steps += 1;
        }
        assert!(steps > 3);
    }

    fn mark(&mut self) {
        self.heap.start_marking(&mut self.roots, Reason::Task);
        self.heap.marking_step();
    }

    /// The graph in the heap is the model's, from every root.
    fn compare(&self) {
        let mut seen: Vec<Option<Ref>> = vec![None; self.bodies.len()];
        let mut pending: Vec<(usize, Ref)> =
            self.held.iter().enumerate().map(|(at, &id)| (id, self.roots.at(at))).collect();
        while let Some((id, r)) = pending.pop() {
            if let Some(known) = seen[id] {
                assert_eq!(known, r, "object {id} is at one place");
                continue;
            }
            seen[id] = Some(r);
            assert_eq!(self.heap.header(r).shape(), 7);
            match &self.bodies[id] {
                Body::Raw(words) => {
                    assert_eq!(self.heap.size_words(r) as usize, *words);
                    assert_eq!(self.heap.raw(r, 1), id as u64);
                    assert!((2..*words as u32).all(|at| self.heap.raw(r, at) == 0xF00D_0001 ^ id as u64));
                }
                Body::Tagged(slots) => {
                    assert_eq!(self.heap.size_words(r) as usize, slots.len() + 2);
                    assert_eq!(self.heap.get(r, 1), Word::smi(id as i32));
                    for (at, slot) in slots.iter().enumerate() {
                        let word = self.heap.get(r, at as u32 + 2);
                        assert_eq!(word.is_ref(), slot.is_some());
                        pending.extend(slot.zip(word.as_ref()));
                    }
                }
            }
        }
    }
}

fn run(config: HeapConfig, seed: u64, operations: usize) {
    let mut world = World::new(config);
    let mut rng = Rng(seed);
    for operation in 0..operations {
        match rng.next(100) {
            0..40 => world.allocate(&mut rng),
            40..75 => world.write(&mut rng),
            75..90 => world.drop_root(&mut rng),
            90..97 => world.follow(&mut rng),
            97..99 => world.mark(),
            _ => world.collect(&mut rng),
        }
        if operation % 512 == 0 {
            world.compare();
        }
    }
    world.compare();
    assert_eq!(world.heap.violations(), []);
}

#[test]
fn any_mix_of_operations_keeps_the_graph() {
    for seed in 1..=8 {
        run(small_config(4), seed * 7919, 3000);
    }
}

#[test]
fn so_does_collecting_at_every_allocation_and_moving_everything() {
    for seed in 1..=3 {
        let mut config = small_config(2);
        config.stress_gc = Some(1);
        config.stress_compaction = true;
        run(config, seed * 104_729, 600);
    }
}

#[test]
fn so_do_the_old_profiles() {
    for name in ["classic-64", "classic-32", "node-4"] {
        let mut config = HeapConfig::from(common::profile(name));
        (config.verify, config.poison) = (true, true);
        run(config, 31, 2500);
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
