//! A mutator of random operations and the model graph that its heap must always equal.
//!
//! The same world runs under the property tests, the long stress run and the fuzz target, which differ in where the
//! operations come from.

use super::{CELL, RAW, Roots, TABLE, TAGGED, small_config};
use semispace_heap::{CollectionKind, Heap, HeapConfig, KIB, Kind, Reason, Ref, Word};

/// One thing that a mutator does. Numbers choose among what is there, modulo its count.
#[derive(Clone, Copy, Debug)]
pub enum Op {
    Tagged {
        words: u32,
        old: bool,
    },
    /// Larger than the profile's limit by so many words, modulo the limit.
    Large {
        beyond: u32,
    },
    /// Raw words that look like references to the root `like`.
    Raw {
        words: u32,
        like: usize,
    },
    Table {
        pairs: u32,
    },
    Cell,
    Write {
        holder: usize,
        slot: usize,
        target: usize,
    },
    Copy {
        from: usize,
        to: usize,
    },
    Shrink {
        root: usize,
        words: u32,
    },
    Drop {
        root: usize,
    },
    Follow {
        root: usize,
        slot: usize,
    },
    /// Starts marking from so many of the roots, if need be, and does a step.
    MarkStep {
        statics: usize,
    },
    Collect {
        kind: CollectionKind,
    },
}

/// Scavenges more often than full collections.
const KINDS: [CollectionKind; 4] =
    [CollectionKind::Minor, CollectionKind::Minor, CollectionKind::Full, CollectionKind::FullReduceMemory];

impl Op {
    /// The operation that these random bits stand for, in the mix of the property tests.
    pub fn from_bits(bits: u64) -> Op {
        let [choice, a, b, c] =
            [bits, bits >> 8, bits >> 24, bits >> 40].map(|field| field as usize & 0xFFFF);
        let [small, middle] = [3 + a as u32 % 12, 100 + a as u32 % 300];
        match choice % 128 {
            0..30 if b % 499 == 0 => Op::Large { beyond: a as u32 },
            0..30 => Op::Tagged { words: if b % 101 == 0 { middle } else { small }, old: c % 20 == 0 },
            30..40 => Op::Raw { words: 3 + a as u32 % 37, like: b },
            40..45 => Op::Table { pairs: 1 + a as u32 % 4 },
            45..49 => Op::Cell,
            49..93 => Op::Write { holder: a, slot: b, target: c },
            93..97 => Op::Copy { from: a, to: b },
            97..99 => Op::Shrink { root: a, words: 2 + b as u32 % 18 },
            99..115 => Op::Drop { root: a },
            115..121 => Op::Follow { root: a, slot: b },
            121..124 => Op::MarkStep { statics: a % 64 },
            _ => Op::Collect { kind: KINDS[a % KINDS.len()] },
        }
    }
}

/// What the model knows of an object. Its number is also in word 1 of the heap object.
#[derive(Clone, Debug)]
enum Body {
    Tagged(Vec<Option<usize>>),
    /// Size, and the word that fills it.
    Raw(u32, u64),
    Table(Vec<Option<(usize, usize)>>),
    Cell(Option<usize>),
}

pub struct World {
    heap: Heap,
    roots: Roots,
    bodies: Vec<Body>,
    /// Model object of each root.
    held: Vec<usize>,
    /// Roots that are held at most: beyond, the oldest are let go, which bounds what lives.
    most_held: usize,
    /// How often memory was out.
    pub out_of_memory: u32,
}

/// Finalized cells that are kept as roots at most.
const MOST_FINALIZED: usize = 20;

/// First word of a tagged object's slots.
const SLOTS: u32 = 2;

impl World {
    pub fn new(config: HeapConfig) -> Self {
        World {
            heap: Heap::new(config, ()),
            roots: Roots::default(),
            bodies: Vec::new(),
            held: Vec::new(),
            most_held: usize::MAX,
            out_of_memory: 0,
        }
    }

    /// A world that holds at most so many roots, so that what an operation costs does not grow with their number.
    pub fn bounded(config: HeapConfig, most_held: usize) -> Self {
        World { most_held, ..World::new(config) }
    }

    pub fn run(&mut self, op: Op) {
        match op {
            Op::Tagged { words, old } => self.tagged(words, old),
            Op::Large { beyond } => {
                let limit = self.large_words();
                self.tagged(limit + 1 + beyond % limit, false);
            }
            Op::Raw { words, like } => self.raw(words, like),
            Op::Table { pairs } => self.table(pairs),
            Op::Cell => self.cell(),
            Op::Write { holder, slot, target } => self.write(holder, slot, target),
            Op::Copy { from, to } => self.copy(from, to),
            Op::Shrink { root, words } => self.shrink(root, words),
            Op::Drop { root } => self.drop_root(root),
            Op::Follow { root, slot } => self.follow(root, slot),
            Op::MarkStep { statics } => {
                self.roots.statics = statics;
                self.heap.start_marking(&mut self.roots, Reason::Task);
                self.heap.marking_step();
            }
            Op::Collect { kind } => self.collect(kind),
        }
        if self.roots.finalized.len() > MOST_FINALIZED {
            self.roots.finalized.clear();
        }
        assert_eq!(self.heap.violations(), [], "after {op:?}");
    }

    fn large_words(&self) -> u32 {
        let profile = self.heap.config().profile;
        (profile.large_object_bytes / u64::from(profile.word_bytes)) as u32
    }

    fn hold(&mut self, r: Ref, body: Body) {
        if self.held.len() >= self.most_held {
            self.let_go(self.most_held / 4);
        }
        self.roots.push(r);
        self.held.push(self.bodies.len());
        self.bodies.push(body);
    }

    /// Drops the first `count` roots.
    fn let_go(&mut self, count: usize) {
        self.held.drain(..count);
        self.roots.strong.drain(..count);
    }

    /// Allocates; when memory is out, lets go of half of the roots, collects and tries again, as often as it takes.
    fn allocate(&mut self, kind: Kind, words: u32, old: bool) -> Ref {
        loop {
            let result = match old {
                true => self.heap.allocate_old(&mut self.roots, kind, 7, words),
                false => self.heap.allocate(&mut self.roots, kind, 7, words),
            };
            match result {
                Ok(r) => return r,
                Err(error) => {
                    assert!(!self.held.is_empty(), "nothing lives, and yet: {error}");
                    self.out_of_memory += 1;
                    self.let_go(self.held.len().div_ceil(2));
                    self.roots.finalized.clear();
                    // The first may end a marking that has already seen what is dead now.
                    for _ in 0..2 {
                        self.heap.collect(&mut self.roots, CollectionKind::Full, Reason::Testing);
                    }
                }
            }
        }
    }

    fn tagged(&mut self, words: u32, old: bool) {
        let id = self.bodies.len();
        let r = self.allocate(TAGGED, words, old);
        self.heap.init(r, 1, Word::smi(id as i32));
        self.hold(r, Body::Tagged(vec![None; (words - SLOTS) as usize]));
    }

    fn raw(&mut self, words: u32, like: usize) {
        let r = self.allocate(RAW, words, false);
        let bits = self.roots.strong.get(like % self.held.len().max(1)).map_or(1, |word| word.bits());
        self.heap.words_mut(r).fill(bits);
        self.hold(r, Body::Raw(words, bits));
    }

    fn table(&mut self, pairs: u32) {
        let id = self.bodies.len();
        let r = self.allocate(TABLE, 5 + 2 * pairs, false);
        self.heap.init(r, 1, Word::smi(id as i32));
        self.hold(r, Body::Table(vec![None; pairs as usize]));
    }

    fn cell(&mut self) {
        let id = self.bodies.len();
        let r = self.allocate(CELL, 4, false);
        self.heap.init(r, 1, Word::smi(id as i32));
        self.hold(r, Body::Cell(None));
    }

    /// Stores a root into an object; tables get the next root as the value.
    fn write(&mut self, holder: usize, slot: usize, target: usize) {
        let count = self.held.len();
        if count == 0 {
            return;
        }
        let (holder, target, next) = (holder % count, target % count, (target % count + 1) % count);
        let at = self.roots.at(holder);
        match &mut self.bodies[self.held[holder]] {
            Body::Tagged(slots) => {
                let slot = slot % slots.len();
                let clears = slot.is_multiple_of(5);
                slots[slot] = (!clears).then_some(self.held[target]);
                let word = if clears { Word::ZERO } else { self.roots.strong[target] };
                self.heap.set(at, SLOTS + slot as u32, word);
            }
            Body::Table(pairs) => {
                let pair = slot % pairs.len();
                pairs[pair] = Some((self.held[target], self.held[next]));
                self.heap.set(at, 5 + 2 * pair as u32, self.roots.strong[target]);
                self.heap.set(at, 6 + 2 * pair as u32, self.roots.strong[next]);
            }
            Body::Cell(weak) => {
                *weak = Some(self.held[target]);
                self.heap.set(at, 3, self.roots.strong[target]);
            }
            Body::Raw(..) => {}
        }
    }

    /// Copies the slots of one tagged object over those of another.
    fn copy(&mut self, from: usize, to: usize) {
        let count = self.held.len().max(1);
        let (Some(&source), Some(&target)) = (self.held.get(from % count), self.held.get(to % count)) else {
            return;
        };
        let Body::Tagged(slots) = self.bodies[source].clone() else { return };
        let Body::Tagged(into) = &mut self.bodies[target] else { return };
        let length = slots.len().min(into.len());
        into[..length].copy_from_slice(&slots[..length]);
        let (from, to) = (self.roots.at(from % count), self.roots.at(to % count));
        self.heap.copy_slots(from, SLOTS..SLOTS + length as u32, to, SLOTS);
    }

    /// Cuts the tail of a tagged object off.
    fn shrink(&mut self, root: usize, words: u32) {
        let count = self.held.len().max(1);
        let Some(&id) = self.held.get(root % count) else { return };
        let Body::Tagged(slots) = &mut self.bodies[id] else { return };
        let words = words.max(SLOTS + 1);
        slots.truncate((words - SLOTS) as usize);
        self.heap.shrink(self.roots.at(root % count), words);
    }

    fn drop_root(&mut self, root: usize) {
        if self.held.len() > 40 {
            let at = root % self.held.len();
            self.held.swap_remove(at);
            self.roots.strong.swap_remove(at);
        }
    }

    /// Turns a root into one of the objects that it refers to.
    fn follow(&mut self, root: usize, slot: usize) {
        let count = self.held.len().max(1);
        let Some(&id) = self.held.get(root % count) else { return };
        let Body::Tagged(slots) = &self.bodies[id] else { return };
        let slot = slot % slots.len();
        if let Some(target) = slots[slot] {
            let at = self.roots.at(root % count);
            self.roots.strong[root % count] = self.heap.get(at, SLOTS + slot as u32);
            self.held[root % count] = target;
        }
    }

    /// A collection, step by step.
    fn collect(&mut self, kind: CollectionKind) {
        self.heap.start(&mut self.roots, kind, Reason::Testing);
        while self.heap.is_collecting() {
            self.heap.step(&mut self.roots);
        }
    }

    /// Prints what the heap has been through.
    #[expect(clippy::print_stdout, reason = "the long run tells what it did")]
    pub fn report(&self) {
        println!("out of memory {} times, {:?}", self.out_of_memory, self.heap.stats());
    }

    /// What the roots reach in the model: a value counts if its table and its key do.
    fn reachable(&self) -> Vec<bool> {
        let mut reached = vec![false; self.bodies.len()];
        let mut pending = self.held.clone();
        let mut tables = Vec::new();
        loop {
            while let Some(id) = pending.pop() {
                if std::mem::replace(&mut reached[id], true) {
                    continue;
                }
                match &self.bodies[id] {
                    Body::Tagged(slots) => pending.extend(slots.iter().flatten()),
                    Body::Table(pairs) => tables.push(pairs),
                    Body::Raw(..) | Body::Cell(_) => {}
                }
            }
            let pairs = tables.iter().flat_map(|pairs| pairs.iter().flatten());
            pending.extend(pairs.filter(|(key, value)| reached[*key] && !reached[*value]).map(|pair| pair.1));
            if pending.is_empty() {
                return reached;
            }
        }
    }

    /// The graph in the heap is the model's, from every root.
    pub fn compare(&self) {
        let reached = self.reachable();
        let mut seen: Vec<Option<Ref>> = vec![None; self.bodies.len()];
        let mut pending: Vec<(usize, Word)> =
            self.held.iter().enumerate().map(|(at, &id)| (id, self.roots.strong[at])).collect();
        while let Some((id, word)) = pending.pop() {
            let r = word.as_ref().expect("reachable, so it is there");
            if let Some(known) = seen[id] {
                assert_eq!(known, r, "object {id} is at one place");
                continue;
            }
            seen[id] = Some(r);
            self.compare_object(id, r, &reached, &mut pending);
        }
    }

    fn compare_object(&self, id: usize, r: Ref, reached: &[bool], pending: &mut Vec<(usize, Word)>) {
        let heap = &self.heap;
        assert_eq!(heap.header(r).shape(), 7);
        match &self.bodies[id] {
            Body::Raw(words, bits) => {
                assert_eq!(heap.size_words(r), *words);
                assert!(heap.words(r).iter().all(|word| word == bits), "raw words of {id} changed");
                return;
            }
            Body::Tagged(slots) => {
                assert_eq!(heap.size_words(r), slots.len() as u32 + SLOTS);
                for (at, slot) in slots.iter().enumerate() {
                    let word = heap.get(r, SLOTS + at as u32);
                    assert_eq!(word.is_ref(), slot.is_some());
                    pending.extend(slot.map(|target| (target, word)));
                }
            }
            Body::Table(pairs) => {
                for (at, &(key, value)) in
                    pairs.iter().enumerate().filter_map(|(at, p)| Some((at, p.as_ref()?)))
                {
                    if reached[key] {
                        pending.push((key, heap.get(r, 5 + 2 * at as u32)));
                        pending.push((value, heap.get(r, 6 + 2 * at as u32)));
                    }
                }
            }
            Body::Cell(weak) => {
                pending.extend(weak.filter(|&target| reached[target]).map(|target| (target, heap.get(r, 3))));
            }
        }
        assert_eq!(heap.get(r, 1), Word::smi(id as i32));
    }

    /// After a full collection nothing weak refers to what is not reachable.
    pub fn compare_after_full(&mut self) {
        // The first may end a marking that has already seen what died since.
        // Finalized cells are roots until they are dealt with, and the model does not count them.
        for _ in 0..2 {
            self.roots.finalized.clear();
            self.heap.collect(&mut self.roots, CollectionKind::Full, Reason::Testing);
        }
        self.compare();
        let reached = self.reachable();
        for (at, &id) in self.held.iter().enumerate() {
            let r = self.roots.at(at);
            match &self.bodies[id] {
                Body::Cell(Some(target)) if !reached[*target] => {
                    assert_eq!(self.heap.get(r, 3), Word::CLEARED);
                }
                Body::Table(pairs) => {
                    for (pair, entry) in pairs.iter().enumerate() {
                        if entry.is_some_and(|(key, _)| !reached[key]) {
                            assert_eq!(self.heap.get(r, 5 + 2 * pair as u32), Word::CLEARED);
                            assert_eq!(self.heap.get(r, 6 + 2 * pair as u32), Word::CLEARED);
                        }
                    }
                }
                _ => {}
            }
        }
        self.heap.verify(&mut self.roots).expect("sound");
        assert_eq!(self.heap.violations(), []);
    }
}

/// Collects at every `every`th allocation, moves everything, checks around each collection.
pub fn stressed(every: u32) -> HeapConfig {
    let mut config = small_config(2);
    config.stress_gc = Some(every);
    config.stress_compaction = true;
    config
}

/// Pages of 16 KiB, so that everything a collection does happens on a heap of some 100 KiB: semi-spaces of one or two
/// pages, large objects from 4 KiB on.
pub fn small_pages(mut config: HeapConfig) -> HeapConfig {
    let profile = &mut config.profile;
    (profile.page_bytes, profile.page_header_bytes) = (16 * KIB, 512);
    (profile.large_object_bytes, profile.copy_buffer_bytes) = (4 * KIB, Some(2 * KIB));
    (config.semi_space_initial, config.semi_space_max) = (16 * KIB, 32 * KIB);
    config
}
