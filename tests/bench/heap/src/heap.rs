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

/// The fields of a node: its children first.
#[inline(always)]
fn with_children<const FIELDS: usize>(left: Word, right: Word) -> [Word; FIELDS] {
    let mut fields = [Word::ZERO; FIELDS];
    (fields[0], fields[1]) = (left, right);
    fields
}

struct Program<O: Observer> {
    heap: Heap<O>,
    stack: Stack,
}

impl<O: Observer> Program<O> {
    fn new(observer: O) -> Self {
        Program { heap: Heap::new(HeapConfig::from(&PROFILES[0]), observer), stack: Stack::default() }
    }

    #[inline(always)]
    fn leaf<const FIELDS: usize>(&mut self) -> Ref {
        match self.heap.try_new(NODE, 0, [Word::ZERO; FIELDS]) {
            Some(r) => r,
            None => self.allocate::<FIELDS>(),
        }
    }

    /// A node whose left child is taken from the top of the stack.
    #[inline(always)]
    fn parent<const FIELDS: usize>(&mut self, right: Ref) -> Ref {
        let left = self.stack.pop();
        match self.heap.try_new(NODE, 0, with_children::<FIELDS>(left, right.into())) {
            Some(r) => r,
            None => self.parent_after_collection::<FIELDS>(left, right.into()),
        }
    }

    /// The way round the fast path: the children may move.
    #[cold]
    fn parent_after_collection<const FIELDS: usize>(&mut self, left: Word, right: Word) -> Ref {
        self.stack.0.extend([left, right]);
        let r = self.allocate::<FIELDS>();
        for index in [2, 1] {
            let child = self.stack.pop();
            self.heap.init(r, index, child);
        }
        r
    }

    #[cold]
    fn allocate<const FIELDS: usize>(&mut self) -> Ref {
        self.heap.allocate(&mut self.stack, NODE, 0, FIELDS as u32 + 1).expect("within the limits")
    }

    /// A tree, children first.
    fn make<const FIELDS: usize>(&mut self, depth: u32) -> Ref {
        if depth == 0 {
            return self.leaf::<FIELDS>();
        }
        let left = self.make::<FIELDS>(depth - 1);
        self.stack.0.push(left.into());
        let right = self.make::<FIELDS>(depth - 1);
        self.parent::<FIELDS>(right)
    }

    fn count(&self, node: Word) -> u32 {
        let Some(r) = node.as_ref() else { return 0 };
        1 + self.count(self.heap.get(r, 1)) + self.count(self.heap.get(r, 2))
    }

    fn count_made(&mut self, depth: u32) -> u32 {
        let tree = self.make::<TREE_FIELDS>(depth);
        self.count(tree.into())
    }

    /// Grows a tree below the node on top of the stack, from the top.
    fn populate(&mut self, depth: u32) {
        if depth == 0 {
            return;
        }
        let at = self.stack.0.len() - 1;
        for field in [1, 2] {
            let child = self.leaf::<NODE_FIELDS>();
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
        let root = self.leaf::<NODE_FIELDS>();
        self.stack.0.push(root.into());
        self.populate(depth);
    }
}

/// Binary trees.
pub fn binary_trees() -> u32 {
    let mut p = Program::new(());
    let mut sum = p.count_made(TREE_DEPTH + 1);
    let long_lived = p.make::<TREE_FIELDS>(TREE_DEPTH);
    p.stack.0.push(long_lived.into());
    for depth in (4..=TREE_DEPTH).step_by(2) {
        for _ in 0..1u32 << (TREE_DEPTH - depth + 4) {
            sum += p.count_made(depth);
        }
    }
    let long_lived = p.stack.pop();
    sum + p.count(long_lived)
}

/// GCBench.
pub fn gc_bench() -> u32 {
    gc_bench_observed(())
}

/// GCBench under an observer.
pub fn gc_bench_observed(observer: impl Observer) -> u32 {
    let mut p = Program::new(observer);
    p.make::<NODE_FIELDS>(STRETCH_DEPTH);
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
        }
    }
    p.stack.pop();
    let long_lived = p.stack.pop();
    p.count(long_lived)
}
