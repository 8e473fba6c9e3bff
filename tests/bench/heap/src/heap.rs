//! This project's heap, profile `node-20`. References that must outlive an allocation lie in roots.

use crate::{ARRAY_SIZE, DEPTHS, LONG_LIVED_DEPTH, STRETCH_DEPTH, TREE_DEPTH, iterations};
use semispace_heap::{Heap, HeapConfig, Kind, Layout, Mutator, Observer, PROFILES, Ref, Word};
use std::mem;

const NODE: Kind = Kind::new(1, Layout::Tagged);
const DOUBLES: Kind = Kind::new(2, Layout::Raw);
/// Fields of a node of binary trees: left, right.
const TREE_FIELDS: usize = 2;
/// Fields of a node of GCBench: left, right, i, j.
const NODE_FIELDS: usize = 4;
/// No tree is deeper.
const MOST_DEPTH: usize = 32;

/// The mutator's roots.
struct Roots {
    /// By depth: the node of that depth that waits while the tree that it belongs to is built.
    waiting: [Word; MOST_DEPTH],
    /// The children of the node that is being allocated.
    children: [Word; 2],
    /// What the program keeps to its end.
    kept: Vec<Word>,
}

impl Default for Roots {
    fn default() -> Self {
        Roots { waiting: [Word::ZERO; MOST_DEPTH], children: [Word::ZERO; 2], kept: Vec::new() }
    }
}

impl Mutator for Roots {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.waiting.iter_mut().chain(&mut self.children).chain(&mut self.kept).for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        0
    }
}

/// The fields of a node: its children first.
#[inline(always)]
fn with_children<const FIELDS: usize>(left: Word, right: Word) -> [Word; FIELDS] {
    let mut fields = [Word::ZERO; FIELDS];
    (fields[0], fields[1]) = (left, right);
    fields
}

struct Program<O: Observer> {
    heap: Heap<O>,
    roots: Roots,
}

impl<O: Observer> Program<O> {
    fn new(observer: O) -> Self {
        Program { heap: Heap::new(HeapConfig::from(&PROFILES[0]), observer), roots: Roots::default() }
    }

    #[inline(always)]
    fn leaf<const FIELDS: usize>(&mut self) -> Ref {
        match self.heap.try_new(NODE, 0, [Word::ZERO; FIELDS]) {
            Some(r) => r,
            None => self.allocate::<FIELDS>(),
        }
    }

    #[inline(always)]
    fn parent<const FIELDS: usize>(&mut self, left: Word, right: Word) -> Ref {
        match self.heap.try_new(NODE, 0, with_children::<FIELDS>(left, right)) {
            Some(r) => r,
            None => self.parent_after_collection::<FIELDS>(left, right),
        }
    }

    /// The way round the fast path: the children may move.
    #[cold]
    fn parent_after_collection<const FIELDS: usize>(&mut self, left: Word, right: Word) -> Ref {
        self.roots.children = [left, right];
        let r = self.allocate::<FIELDS>();
        for (index, child) in (1..).zip(mem::replace(&mut self.roots.children, [Word::ZERO; 2])) {
            self.heap.init(r, index, child);
        }
        r
    }

    #[cold]
    fn allocate<const FIELDS: usize>(&mut self) -> Ref {
        self.heap.allocate(&mut self.roots, NODE, 0, FIELDS as u32 + 1).expect("within the limits")
    }

    /// A tree, children first.
    #[inline(always)]
    fn make<const FIELDS: usize>(&mut self, depth: u32) -> Ref {
        if depth == 0 { self.leaf::<FIELDS>() } else { self.make_inner::<FIELDS>(depth - 1) }
    }

    /// A node above two trees of that depth.
    fn make_inner<const FIELDS: usize>(&mut self, depth: u32) -> Ref {
        let left = self.make::<FIELDS>(depth);
        self.roots.waiting[depth as usize] = left.into();
        let right = self.make::<FIELDS>(depth);
        let left = mem::replace(&mut self.roots.waiting[depth as usize], Word::ZERO);
        self.parent::<FIELDS>(left, right.into())
    }

    /// The nodes of a tree in which each has two children or none.
    #[inline(always)]
    fn count(&self, node: Ref) -> u32 {
        match self.heap.fields(node).map(Word::as_ref) {
            [Some(left), Some(right)] => self.count_inner(left, right),
            _ => 1,
        }
    }

    fn count_inner(&self, left: Ref, right: Ref) -> u32 {
        1 + self.count(left) + self.count(right)
    }

    fn count_kept(&self, at: usize) -> u32 {
        self.roots.kept[at].as_ref().map_or(0, |tree| self.count(tree))
    }

    fn count_made(&mut self, depth: u32) -> u32 {
        let tree = self.make::<TREE_FIELDS>(depth);
        self.count(tree)
    }

    /// A tree, from the top.
    fn top_down(&mut self, depth: u32) -> Word {
        self.roots.waiting[depth as usize] = self.leaf::<NODE_FIELDS>().into();
        self.populate(depth);
        mem::replace(&mut self.roots.waiting[depth as usize], Word::ZERO)
    }

    /// Grows a tree below the waiting node of that depth.
    #[inline(always)]
    fn populate(&mut self, depth: u32) {
        if depth > 0 {
            self.populate_inner(depth as usize);
        }
    }

    fn populate_inner(&mut self, depth: usize) {
        for field in [1, 2] {
            let child = self.leaf::<NODE_FIELDS>();
            if let Some(node) = self.roots.waiting[depth].as_ref() {
                self.heap.set(node, field, child.into());
            }
        }
        for field in [1, 2] {
            let node = self.roots.waiting[depth].as_ref();
            self.roots.waiting[depth - 1] = node.map_or(Word::ZERO, |node| self.heap.get(node, field));
            self.populate(depth as u32 - 1);
        }
        self.roots.waiting[depth - 1] = Word::ZERO;
    }

    /// The loops are functions of their own: V8 compiles them again while they run, and what makes and drops a heap with them if
    /// that is in the same function.
    #[inline(never)]
    fn binary_trees(&mut self) -> u32 {
        let mut sum = self.count_made(TREE_DEPTH + 1);
        let long_lived = self.make::<TREE_FIELDS>(TREE_DEPTH);
        self.roots.kept.push(long_lived.into());
        for depth in (4..=TREE_DEPTH).step_by(2) {
            for _ in 0..1u32 << (TREE_DEPTH - depth + 4) {
                sum += self.count_made(depth);
            }
        }
        sum + self.count_kept(0)
    }

    #[inline(never)]
    fn gc_bench(&mut self) -> u32 {
        self.make::<NODE_FIELDS>(STRETCH_DEPTH);
        let long_lived = self.top_down(LONG_LIVED_DEPTH);
        self.roots.kept.push(long_lived);
        let words = ARRAY_SIZE as u32 + 1;
        let array = self.heap.allocate(&mut self.roots, DOUBLES, 0, words).expect("within the limits");
        for (at, word) in self.heap.words_mut(array).iter_mut().enumerate() {
            *word = (1.0 / (at + 1) as f64).to_bits();
        }
        self.roots.kept.push(array.into());
        for depth in DEPTHS {
            for _ in 0..iterations(depth) {
                self.top_down(depth);
            }
            for _ in 0..iterations(depth) {
                self.make::<NODE_FIELDS>(depth);
            }
        }
        self.count_kept(0)
    }
}

/// Binary trees.
pub fn binary_trees() -> u32 {
    Program::new(()).binary_trees()
}

/// GCBench.
pub fn gc_bench() -> u32 {
    gc_bench_observed(())
}

/// GCBench under an observer.
pub fn gc_bench_observed(observer: impl Observer) -> u32 {
    Program::new(observer).gc_bench()
}
