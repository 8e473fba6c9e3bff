//! `gc-arena`: incremental mark and sweep over malloc. Nothing is collected inside a `mutate`, so each tree is one.

use crate::{ARRAY_SIZE, DEPTHS, LONG_LIVED_DEPTH, STRETCH_DEPTH, TREE_DEPTH, iterations};
use gc_arena::lock::RefLock;
use gc_arena::{Arena, Collect, Gc, Mutation, Rootable};
use std::hint::black_box;

#[derive(Collect)]
#[collect(no_drop)]
struct Tree<'gc>(Option<(Gc<'gc, Tree<'gc>>, Gc<'gc, Tree<'gc>>)>);

#[derive(Collect)]
#[collect(no_drop)]
struct TreeRoot<'gc>(Option<Gc<'gc, Tree<'gc>>>);

fn build<'gc>(mc: &Mutation<'gc>, depth: u32) -> Gc<'gc, Tree<'gc>> {
    let children = (depth > 0).then(|| (build(mc, depth - 1), build(mc, depth - 1)));
    Gc::new(mc, Tree(children))
}

fn check(tree: Gc<'_, Tree<'_>>) -> u32 {
    1 + tree.0.map_or(0, |(left, right)| check(left) + check(right))
}

/// Binary trees.
pub fn binary_trees() -> u32 {
    let mut arena = Arena::<Rootable![TreeRoot<'_>]>::new(|_| TreeRoot(None));
    let mut sum = arena.mutate(|mc, _| check(build(mc, TREE_DEPTH + 1)));
    arena.collect_debt();
    arena.mutate_root(|mc, root| root.0 = Some(build(mc, TREE_DEPTH)));
    for depth in (4..=TREE_DEPTH).step_by(2) {
        for _ in 0..1u32 << (TREE_DEPTH - depth + 4) {
            sum += arena.mutate(|mc, _| check(build(mc, depth)));
            arena.collect_debt();
        }
    }
    sum + arena.mutate(|_, root| root.0.map_or(0, check))
}

type Link<'gc> = RefLock<Option<Gc<'gc, Node<'gc>>>>;

#[derive(Collect, Default)]
#[collect(no_drop)]
struct Node<'gc> {
    left: Link<'gc>,
    right: Link<'gc>,
    i: u64,
    j: u64,
}

#[derive(Collect)]
#[collect(no_drop)]
struct NodeRoot<'gc>(Option<Gc<'gc, Node<'gc>>>);

fn make<'gc>(mc: &Mutation<'gc>, depth: u32) -> Gc<'gc, Node<'gc>> {
    if depth == 0 {
        return Gc::new(mc, Node::default());
    }
    let (left, right) = (make(mc, depth - 1), make(mc, depth - 1));
    Gc::new(mc, Node { left: RefLock::new(Some(left)), right: RefLock::new(Some(right)), i: 0, j: 0 })
}

fn populate<'gc>(mc: &Mutation<'gc>, depth: u32, node: Gc<'gc, Node<'gc>>) {
    if depth > 0 {
        let (left, right) = (Gc::new(mc, Node::default()), Gc::new(mc, Node::default()));
        let written = Gc::write(mc, node);
        *gc_arena::barrier::field!(written, Node, left).unlock().borrow_mut() = Some(left);
        *gc_arena::barrier::field!(written, Node, right).unlock().borrow_mut() = Some(right);
        populate(mc, depth - 1, left);
        populate(mc, depth - 1, right);
    }
}

fn top_down<'gc>(mc: &Mutation<'gc>, depth: u32) -> Gc<'gc, Node<'gc>> {
    let node = Gc::new(mc, Node::default());
    populate(mc, depth, node);
    node
}

fn count(node: Gc<'_, Node<'_>>) -> u32 {
    1 + node.left.borrow().map_or(0, count) + node.right.borrow().map_or(0, count)
}

/// GCBench.
pub fn gc_bench() -> u32 {
    let mut arena = Arena::<Rootable![NodeRoot<'_>]>::new(|_| NodeRoot(None));
    arena.mutate(|mc, _| {
        make(mc, STRETCH_DEPTH);
    });
    arena.collect_debt();
    arena.mutate_root(|mc, root| root.0 = Some(top_down(mc, LONG_LIVED_DEPTH)));
    let array: Vec<f64> = (0..ARRAY_SIZE).map(|at| 1.0 / (at + 1) as f64).collect();
    for depth in DEPTHS {
        for _ in 0..iterations(depth) {
            arena.mutate(|mc, _| {
                top_down(mc, depth);
            });
            arena.collect_debt();
        }
        for _ in 0..iterations(depth) {
            arena.mutate(|mc, _| {
                make(mc, depth);
            });
            arena.collect_debt();
        }
    }
    black_box(array);
    arena.mutate(|_, root| root.0.map_or(0, count))
}
