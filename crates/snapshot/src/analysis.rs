//! A graph with what has been worked out about it.

use std::cell::OnceCell;

use crate::distances::distances;
use crate::dominators::{DominatorTree, Growth};
use crate::graph::{Graph, NodeIndex};
use crate::groups::Classes;
use crate::paths::PathTree;
use crate::retainers::Retainers;
use crate::rules::Rules;

/// A snapshot: the graph and its dominator tree; everything else is worked out when it is asked for, once.
#[derive(Debug)]
pub struct Snapshot {
    graph: Graph,
    tree: DominatorTree,
    distances: OnceCell<Vec<u32>>,
    paths: OnceCell<PathTree>,
    retainers: OnceCell<Retainers>,
    classes: OnceCell<Classes>,
}

impl Snapshot {
    /// Analyses a graph by DevTools' rules.
    #[must_use]
    pub fn new(graph: Graph) -> Self {
        let tree = DominatorTree::new(&graph, Rules::default());
        Self::with_tree(graph, tree)
    }

    fn with_tree(graph: Graph, tree: DominatorTree) -> Self {
        Self {
            graph,
            tree,
            distances: OnceCell::new(),
            paths: OnceCell::new(),
            retainers: OnceCell::new(),
            classes: OnceCell::new(),
        }
    }

    /// The graph.
    #[must_use]
    pub const fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The dominator tree.
    #[must_use]
    pub const fn dominators(&self) -> &DominatorTree {
        &self.tree
    }

    /// Bytes that would be free if a node went.
    #[must_use]
    pub fn retained_size(&self, node: NodeIndex) -> u64 {
        self.tree.retained_size(node)
    }

    /// Steps from the roots to a node, as DevTools counts them (see [`crate::distances`]).
    pub fn distance(&self, node: NodeIndex) -> u32 {
        self.distances.get_or_init(|| distances(&self.graph))[node.at()]
    }

    /// The best path to every node.
    pub fn paths(&self) -> &PathTree {
        self.paths.get_or_init(|| PathTree::new(&self.graph))
    }

    /// The edges turned round.
    pub fn retainers(&self) -> &Retainers {
        self.retainers.get_or_init(|| Retainers::new(&self.graph))
    }

    /// The classes of all nodes.
    pub fn classes(&self) -> &Classes {
        self.classes.get_or_init(|| Classes::of(&self.graph))
    }
}

/// A snapshot whose dominator tree is being worked out, portion by portion: between two of them the work can be dropped.
#[derive(Debug)]
pub struct Analysis {
    graph: Graph,
    growth: Growth,
}

impl Analysis {
    /// The analysis of a graph by DevTools' rules.
    #[must_use]
    pub fn new(graph: Graph) -> Self {
        let growth = Growth::new(&graph, Rules::default());
        Self { graph, growth }
    }

    /// Does a portion, some milliseconds of work at most. Returns the share that is done: 1 at the end.
    pub fn advance(&mut self) -> f64 {
        self.growth.advance(&self.graph)
    }

    /// The snapshot. Does first what is left to do.
    #[must_use]
    pub fn finish(self) -> Snapshot {
        let tree = self.growth.finish(&self.graph);
        Snapshot::with_tree(self.graph, tree)
    }
}
