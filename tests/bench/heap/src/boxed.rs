//! `Box`: malloc and free.

use crate::{ARRAY_SIZE, DEPTHS, LONG_LIVED_DEPTH, STRETCH_DEPTH, TREE_DEPTH, iterations};
use std::hint::black_box;

struct Tree(Option<(Box<Tree>, Box<Tree>)>);

fn build(depth: u32) -> Box<Tree> {
    Box::new(Tree((depth > 0).then(|| (build(depth - 1), build(depth - 1)))))
}

fn check(tree: &Tree) -> u32 {
    1 + tree.0.as_ref().map_or(0, |(left, right)| check(left) + check(right))
}

/// Binary trees.
pub fn binary_trees() -> u32 {
    let mut sum = check(&build(TREE_DEPTH + 1));
    let long_lived = build(TREE_DEPTH);
    for depth in (4..=TREE_DEPTH).step_by(2) {
        for _ in 0..1u32 << (TREE_DEPTH - depth + 4) {
            sum += check(&build(depth));
        }
    }
    sum + check(&long_lived)
}

#[derive(Default)]
struct Node {
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
    _i: u64,
    _j: u64,
}

fn make(depth: u32) -> Box<Node> {
    if depth == 0 {
        return Box::default();
    }
    let (left, right) = (make(depth - 1), make(depth - 1));
    Box::new(Node { left: Some(left), right: Some(right), ..Node::default() })
}

fn populate(depth: u32, node: &mut Node) {
    if depth > 0 {
        let (left, right) = (node.left.insert(Box::default()), node.right.insert(Box::default()));
        populate(depth - 1, left);
        populate(depth - 1, right);
    }
}

fn count(node: &Node) -> u32 {
    1 + node.left.as_deref().map_or(0, count) + node.right.as_deref().map_or(0, count)
}

/// GCBench.
pub fn gc_bench() -> u32 {
    black_box(make(STRETCH_DEPTH));
    let mut long_lived = Node::default();
    populate(LONG_LIVED_DEPTH, &mut long_lived);
    let array: Vec<f64> = (0..ARRAY_SIZE).map(|at| 1.0 / (at + 1) as f64).collect();
    for depth in DEPTHS {
        for _ in 0..iterations(depth) {
            let mut root = Node::default();
            populate(depth, &mut root);
            black_box(&root);
        }
        for _ in 0..iterations(depth) {
            black_box(make(depth));
        }
    }
    black_box(array);
    count(&long_lived)
}
