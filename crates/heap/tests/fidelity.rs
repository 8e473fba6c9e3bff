//! The three recorded programs as mutators against the heap's own interface: collections and byte counts as Node's.
//!
//! Recorded with `node --semi-space-growth-factor=2 --max-semi-space-size=16 --min-semi-space-size=1
//! --single-threaded-gc --no-opt --trace-gc --trace-gc-nvp FILE` (v20.20.2), Node's start-up heap included, which
//! `start_up` imitates. For binary-trees the output went to a file: which moment of the last trees a scavenge meets
//! hangs on a few KB of start-up garbage, and with a pipe Node itself has 25.5 MB of survivors instead of 20.9. Object sizes are V8's: a tree node of two fields 5 words, of four fields 7, a message 6, its
//! array 4 with an allocation memento of 2 behind it that nothing refers to, the array's
//! elements 5, a heap number 2.

mod common;

use common::{RAW, Roots, TAGGED, profile};
use semispace_heap::{Heap, HeapConfig, Ref, Stats, Word};

/// Nanoseconds that the interpreted program takes for each allocated object.
const OBJECT_NS: u64 = 170;

struct Program {
    heap: Heap,
    roots: Roots,
}

impl Program {
    fn new() -> Self {
        let mut program =
            Program { heap: Heap::new(HeapConfig::from(profile("node-20")), ()), roots: Roots::default() };
        program.start_up();
        program
    }

    /// Node's own heap: 3 MB old, 340 KB young, of which most survives.
    fn start_up(&mut self) {
        for _ in 0..380_000 / 40 {
            let r = self.heap.allocate_old(&mut self.roots, RAW, 0, 40).expect("room");
            self.roots.push(r);
        }
        for at in 0..346_240 / 64 {
            let r = self.new_object(8);
            if at % 6 != 0 {
                self.roots.push(r);
            }
        }
        self.roots.statics = self.roots.strong.len();
    }

    fn new_object(&mut self, words: u32) -> Ref {
        self.roots.now_ns += OBJECT_NS;
        match self.heap.try_bump(TAGGED, 0, words) {
            Some(r) => {
                self.heap.words_mut(r).fill(0);
                r
            }
            None => self.heap.allocate(&mut self.roots, TAGGED, 0, words).expect("within the limits"),
        }
    }

    fn push(&mut self, r: Ref) {
        self.roots.push(r);
    }

    fn pop(&mut self) -> Word {
        self.roots.strong.pop().expect("a root was pushed")
    }

    /// A node whose children are built first and pushed as roots; it replaces them on the stack of roots.
    fn tree(&mut self, depth: u32, words: u32) {
        if depth > 0 {
            self.tree(depth - 1, words);
            self.tree(depth - 1, words);
        }
        let r = self.new_object(words);
        if depth > 0 {
            let (right, left) = (self.pop(), self.pop());
            self.heap.set(r, 3, left);
            self.heap.set(r, 4, right);
        }
        self.push(r);
    }

    fn count(&self, word: Word) -> u64 {
        let Some(r) = word.as_ref() else { return 0 };
        1 + self.count(self.heap.get(r, 3)) + self.count(self.heap.get(r, 4))
    }

    /// The top-down tree of GCBench below the node at root `at`.
    fn populate(&mut self, at: usize, depth: u32) {
        if depth == 0 {
            return;
        }
        for field in [3, 4] {
            let r = self.new_object(7);
            self.heap.set(self.roots.at(at), field, r.into());
        }
        for field in [3, 4] {
            let child = self.heap.get(self.roots.at(at), field);
            self.roots.strong.push(child);
            self.populate(self.roots.strong.len() - 1, depth - 1);
            self.pop();
        }
    }
}

fn binary_trees() -> Stats {
    let mut p = Program::new();
    p.tree(17, 5);
    let top = p.pop();
    let mut sum = p.count(top);
    p.tree(16, 5);
    for depth in (4..=16).step_by(2) {
        for _ in 0..1u32 << (16 - depth + 4) {
            p.tree(depth, 5);
            let top = p.pop();
            sum += p.count(top);
        }
    }
    let long_lived = p.pop();
    assert_eq!(sum + p.count(long_lived), 14_985_902);
    p.heap.stats()
}

fn gc_bench() -> Stats {
    let mut p = Program::new();
    p.tree(18, 7);
    p.pop();
    let r = p.new_object(7);
    p.push(r);
    let long_lived = p.roots.strong.len() - 1;
    p.populate(long_lived, 16);
    for _ in 0..2 {
        let array = p.heap.allocate(&mut p.roots, RAW, 0, 500_002).expect("room");
        p.push(array);
    }
    p.roots.strong.remove(long_lived + 1);
    for _ in 0..250_000 {
        p.new_object(2);
    }
    for depth in (4..=16).step_by(2) {
        let size = |depth: u32| (1u32 << (depth + 1)) - 1;
        let iterations = 2 * size(18) / size(depth);
        // The variables `t` and `u` hold their last tree until they are written again.
        let top_down = p.roots.strong.len();
        p.roots.strong.extend([Word::ZERO; 2]);
        for _ in 0..iterations {
            let r = p.new_object(7);
            p.roots.strong[top_down] = r.into();
            p.populate(top_down, depth);
        }
        for _ in 0..iterations {
            p.tree(depth, 7);
            p.roots.strong[top_down + 1] = p.pop();
        }
        p.roots.strong.truncate(top_down);
    }
    p.heap.stats()
}

fn queue() -> Stats {
    let mut p = Program::new();
    let base = p.roots.strong.len();
    // Roots: head, tail, the message being made, its array.
    p.roots.strong.extend([Word::ZERO; 4]);
    for id in 0..2_000_000 {
        let message = p.new_object(6);
        p.roots.strong[base + 2] = message.into();
        let array = p.new_object(4);
        p.roots.strong[base + 3] = array.into();
        p.new_object(2);
        let elements = p.new_object(5);
        p.heap.set(p.roots.at(base + 3), 2, elements.into());
        let message = p.roots.at(base + 2);
        p.heap.set(message, 4, p.roots.strong[base + 3]);
        match p.roots.strong[base + 1].as_ref() {
            None => p.roots.strong[base] = message.into(),
            Some(tail) => p.heap.set(tail, 5, message.into()),
        }
        p.roots.strong[base + 1] = message.into();
        if id >= 20_000 {
            p.roots.strong[base] = p.heap.get(p.roots.at(base), 5);
        }
    }
    p.heap.stats()
}

fn show(name: &str, stats: &Stats) -> String {
    format!(
        "{name}: scavenges {} full {} promoted {} survived {} steps {}",
        stats.scavenges,
        stats.mark_compacts,
        stats.promoted_bytes,
        stats.semi_space_copied_bytes,
        stats.incremental_steps
    )
}

fn within_ten_per_cent(ours: u64, node: u64) -> bool {
    ours.abs_diff(node) * 10 <= node
}

/// Scavenges, full collections, promoted and surviving bytes.
fn check(name: &str, stats: &Stats, node: (u64, u64, u64, u64), full_tolerance: u64) {
    let what = show(name, stats);
    assert!(within_ten_per_cent(stats.scavenges, node.0), "scavenges of {what}");
    assert!(stats.mark_compacts.abs_diff(node.1) <= full_tolerance, "full collections of {what}");
    assert!(within_ten_per_cent(stats.promoted_bytes, node.2), "promoted bytes of {what}");
    assert!(within_ten_per_cent(stats.semi_space_copied_bytes, node.3), "surviving bytes of {what}");
}

#[test]
fn binary_trees_collects_as_node_does() {
    check("binarytrees16", &binary_trees(), (45, 1, 12_317_128, 20_878_944), 1);
}

#[test]
fn gc_bench_collects_as_node_does() {
    check("gcbench", &gc_bench(), (66, 1, 43_853_688, 106_112_520), 1);
}

#[test]
fn queue_collects_as_node_does() {
    check("queue", &queue(), (39, 4, 229_984_656, 232_567_496), 2);
}
