//! This project's heap, profile `node-20`. References that must outlive an allocation lie on a stack of roots.

use crate::{ARRAY_SIZE, DEPTHS, LONG_LIVED_DEPTH, STRETCH_DEPTH, TREE_DEPTH, iterations};
use semispace_heap::{Heap, HeapConfig, Kind, Layout, Mutator, Observer, PROFILES, Ref, Word};

const NODE: Kind = Kind::new(1, Layout::Tagged);
const DOUBLES: Kind = Kind::new(2, Layout::Raw);
/// Fields of a node of binary trees: left, right.
const TREE_FIELDS: usize = 2;
/// Fields of a node of GCBench: left, right, i, j.
const NODE_FIELDS: usize = 4;

#[derive(Default)]
struct Stack(Vec<Word>);

impl Mutator for Stack {
    fn trace_roots(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        self.0.iter_mut().for_each(visit);
    }

    fn now_ns(&self) -> u64 {
        0
    }
}

impl Stack {
    fn pop(&mut self) -> Word {
        self.0.pop().unwrap_or(Word::ZERO)
    }
}

struct Program<O: Observer> {
    heap: Heap<O>,
    stack: Stack,
}

impl<O: Observer> Program<O> {
    fn new(observer: O) -> Self {
        Program { heap: Heap::new(HeapConfig::from(&PROFILES[0]), observer), stack: Stack::default() }
    }

    /// A node whose children are the two uppermost references on the stack, or that has none.
    #[inline(always)]
    fn node<const FIELDS: usize>(&mut self, has_children: bool) -> Ref {
        let fields = self.fields::<FIELDS>(has_children);
        match self.heap.try_new(NODE, 0, fields) {
            Some(r) => r,
            None => self.node_after_collection::<FIELDS>(has_children),
        }
    }

    #[inline(always)]
    fn fields<const FIELDS: usize>(&self, has_children: bool) -> [Word; FIELDS] {
        let mut fields = [Word::ZERO; FIELDS];
        if has_children && let [.., left, right] = self.stack.0[..] {
            (fields[0], fields[1]) = (left, right);
        }
        fields
    }

    /// The way round the fast path: the children may have moved.
    #[cold]
    fn node_after_collection<const FIELDS: usize>(&mut self, has_children: bool) -> Ref {
        let words = FIELDS as u32 + 1;
        let r = self.heap.allocate(&mut self.stack, NODE, 0, words).expect("within the limits");
        for (index, field) in (1..).zip(self.fields::<FIELDS>(has_children)) {
            self.heap.init(r, index, field);
        }
        r
    }

    /// Leaves a tree on the stack, children first.
    fn make<const FIELDS: usize>(&mut self, depth: u32) {
        if depth == 0 {
            let leaf = self.node::<FIELDS>(false);
            self.stack.0.push(leaf.into());
            return;
        }
        self.make::<FIELDS>(depth - 1);
        self.make::<FIELDS>(depth - 1);
        let r = self.node::<FIELDS>(true);
        self.stack.pop();
        if let Some(top) = self.stack.0.last_mut() {
            *top = r.into();
        }
    }

    fn count(&self, node: Word) -> u32 {
        let Some(r) = node.as_ref() else { return 0 };
        1 + self.count(self.heap.get(r, 1)) + self.count(self.heap.get(r, 2))
    }

    fn count_top(&mut self) -> u32 {
        let top = self.stack.pop();
        self.count(top)
    }

    /// Grows a tree below the node on top of the stack, from the top.
    fn populate(&mut self, depth: u32) {
        if depth == 0 {
            return;
        }
        let at = self.stack.0.len() - 1;
        for field in [1, 2] {
            let child = self.node::<NODE_FIELDS>(false);
            if let Some(parent) = self.stack.0[at].as_ref() {
                self.heap.set(parent, field, child.into());
            }
        }
        for field in [1, 2] {
            let child = self.stack.0[at].as_ref().map_or(Word::ZERO, |parent| self.heap.get(parent, field));
            self.stack.0.push(child);
            self.populate(depth - 1);
            self.stack.pop();
        }
    }

    fn top_down(&mut self, depth: u32) {
        let root = self.node::<NODE_FIELDS>(false);
        self.stack.0.push(root.into());
        self.populate(depth);
    }
}

/// Binary trees.
pub fn binary_trees() -> u32 {
    let mut p = Program::new(());
    p.make::<TREE_FIELDS>(TREE_DEPTH + 1);
    let mut sum = p.count_top();
    p.make::<TREE_FIELDS>(TREE_DEPTH);
    for depth in (4..=TREE_DEPTH).step_by(2) {
        for _ in 0..1u32 << (TREE_DEPTH - depth + 4) {
            p.make::<TREE_FIELDS>(depth);
            sum += p.count_top();
        }
    }
    sum + p.count_top()
}

/// GCBench.
pub fn gc_bench() -> u32 {
    gc_bench_observed(())
}

/// GCBench under an observer.
pub fn gc_bench_observed(observer: impl Observer) -> u32 {
    let mut p = Program::new(observer);
    p.make::<NODE_FIELDS>(STRETCH_DEPTH);
    p.stack.pop();
    p.top_down(LONG_LIVED_DEPTH);
    let array = p.heap.allocate(&mut p.stack, DOUBLES, 0, ARRAY_SIZE as u32 + 1).expect("within the limits");
    for (at, word) in p.heap.words_mut(array).iter_mut().enumerate() {
        *word = (1.0 / (at + 1) as f64).to_bits();
    }
    p.stack.0.push(array.into());
    for depth in DEPTHS {
        for _ in 0..iterations(depth) {
            p.top_down(depth);
            p.stack.pop();
        }
        for _ in 0..iterations(depth) {
            p.make::<NODE_FIELDS>(depth);
            p.stack.pop();
        }
    }
    p.stack.pop();
    p.count_top()
}
