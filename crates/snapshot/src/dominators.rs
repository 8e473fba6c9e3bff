//! The dominator tree: who alone keeps what alive.
//!
//! Node `d` dominates `n` if every path from the root to `n` passes through `d`; were `d` to go, `n` would be garbage.
//! Lengauer and Tarjan's algorithm ("A fast algorithm for finding dominators in a flowgraph", TOPLAS 1979) in its
//! simple version, O(m log n) whatever the graph looks like; a linked list of a million nodes is no worse than a bush.
//! Nothing recurses. All work is done in the numbering of the depth-first search, 1 to n, where 0 means none: there
//! neighbours in the tree are neighbours in memory.
//!
//! What the root does not reach (it has only weak retainers, or none) hangs on the root.

use std::ops::Range;

use crate::graph::{Graph, NodeIndex};
use crate::rules::{Essential, Rules};

/// Nodes that one call goes through at most. WebAssembly engines begin with code that is quickly made, and put better code in its
/// place when a function is called anew, never in the middle of a loop: one loop over millions of nodes would stay slow.
const STRETCH: u32 = 1 << 14;

fn stretches(range: Range<u32>) -> impl DoubleEndedIterator<Item = Range<u32>> {
    let Range { start, end } = range;
    (start..end).step_by(STRETCH as usize).map(move |from| from..end.min(from.saturating_add(STRETCH)))
}

/// The dominator tree with the retained sizes.
#[derive(Clone, Debug)]
pub struct DominatorTree {
    dominators: Vec<u32>,
    retained: Vec<u64>,
    /// Every node after its dominator
    order: Vec<u32>,
}

impl DominatorTree {
    /// The tree of a graph.
    #[must_use]
    pub fn new(graph: &Graph, rules: Rules) -> Self {
        let essential = Essential::new(graph, rules);
        let search = Search::run(graph, &essential);
        let parents = immediate_dominators(graph, &essential, &search);
        Self::from_search(graph, search, parents)
    }

    fn from_search(graph: &Graph, search: Search, parents: Vec<u32>) -> Self {
        let Search { mut order, numbers, .. } = search;
        let count = order.len();
        let mut sizes: Vec<u64> = order.iter().map(|&node| graph.self_sizes[node as usize]).collect();
        for at in (1..count).rev() {
            let parent = parents[at + 1] as usize - 1;
            sizes[parent] = sizes[parent].saturating_add(sizes[at]);
        }
        let mut dominators = vec![graph.root; graph.node_count()];
        let mut retained = graph.self_sizes.clone();
        for (at, &node) in order.iter().enumerate() {
            dominators[node as usize] = order[(parents[at + 1] as usize).max(1) - 1];
            retained[node as usize] = sizes[at];
        }
        for node in graph.nodes().filter(|node| numbers[node.at()] == 0) {
            let root = &mut retained[graph.root as usize];
            *root = root.saturating_add(graph.self_size(node));
            order.push(node.0);
        }
        Self { dominators, retained, order }
    }

    /// The nearest node that dominates this one; the root dominates itself.
    #[inline(always)]
    #[must_use]
    pub fn dominator(&self, node: NodeIndex) -> NodeIndex {
        NodeIndex(self.dominators[node.at()])
    }

    /// Bytes that would be free if this node went: its own and those of all that it dominates.
    #[inline(always)]
    #[must_use]
    pub fn retained_size(&self, node: NodeIndex) -> u64 {
        self.retained[node.at()]
    }

    /// All nodes, each after its dominator.
    pub fn order(&self) -> impl DoubleEndedIterator<Item = NodeIndex> + ExactSizeIterator + '_ {
        self.order.iter().map(|&node| NodeIndex(node))
    }

    /// Whether `dominator` is `node` or above it.
    #[must_use]
    pub fn dominates(&self, dominator: NodeIndex, node: NodeIndex) -> bool {
        let mut at = node;
        loop {
            if at == dominator {
                return true;
            }
            let above = self.dominator(at);
            if above == at {
                return false;
            }
            at = above;
        }
    }
}

/// A depth-first search over the edges that keep.
struct Search {
    /// Nodes in the order in which they were found
    order: Vec<u32>,
    /// For each node its place in `order`, from 1; 0 if it was not found
    numbers: Vec<u32>,
    /// For each number that of the node it was found from
    parents: Vec<u32>,
}

impl Search {
    fn run(graph: &Graph, essential: &Essential<'_>) -> Self {
        let count = graph.node_count();
        let mut search = Search {
            order: Vec::with_capacity(count),
            numbers: vec![0; count],
            parents: Vec::with_capacity(count + 1),
        };
        search.parents.push(0);
        search.visit(graph, essential, graph.root, 0);
        if search.order.len() < count {
            search.visit_orphans(graph, essential);
        }
        search
    }

    /// Nodes that nothing keeps, with what they keep: as if the root kept them.
    fn visit_orphans(&mut self, graph: &Graph, essential: &Essential<'_>) {
        let mut kept = vec![false; graph.node_count()];
        for node in graph.nodes() {
            for edge in graph.edge_range(node).filter(|&edge| essential.keeps(node.0, edge)) {
                kept[graph.edge_targets[edge] as usize] = true;
            }
        }
        for node in graph.nodes() {
            if !kept[node.at()] && self.numbers[node.at()] == 0 {
                self.visit(graph, essential, node.0, 1);
            }
        }
    }

    fn enter(&mut self, node: u32, parent: u32) -> u32 {
        self.order.push(node);
        self.parents.push(parent);
        let number = self.order.len() as u32;
        self.numbers[node as usize] = number;
        number
    }

    fn visit(&mut self, graph: &Graph, essential: &Essential<'_>, start: u32, parent: u32) {
        let number = self.enter(start, parent);
        let mut stack = vec![Visit { node: start, number, next: graph.first_edges[start as usize] }];
        while !stack.is_empty() {
            self.follow(graph, essential, &mut stack);
        }
    }

    #[inline(never)]
    fn follow(&mut self, graph: &Graph, essential: &Essential<'_>, stack: &mut Vec<Visit>) {
        for _ in 0..STRETCH {
            let Some(Visit { node, number, next }) = stack.last_mut() else { return };
            let (from, from_number) = (*node, *number);
            let end = graph.first_edges[from as usize + 1];
            let found = (*next..end).find(|&edge| {
                self.numbers[graph.edge_targets[edge as usize] as usize] == 0
                    && essential.keeps(from, edge as usize)
            });
            match found {
                Some(edge) => {
                    *next = edge + 1;
                    let node = graph.edge_targets[edge as usize];
                    let number = self.enter(node, from_number);
                    stack.push(Visit { node, number, next: graph.first_edges[node as usize] });
                }
                None => {
                    stack.pop();
                }
            }
        }
    }
}

/// A node under way in the search, and which of its edges comes next.
struct Visit {
    node: u32,
    number: u32,
    next: u32,
}

/// For each number the numbers of the nodes that keep it: one range each of one list.
struct Keepers {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Keepers {
    fn new(graph: &Graph, essential: &Essential<'_>, search: &Search) -> Self {
        let count = search.order.len();
        let mut starts = vec![0u32; count + 2];
        for part in stretches(0..count as u32) {
            edges(graph, essential, search, part, |_, target| starts[target as usize + 1] += 1);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut list = vec![0; starts[count + 1] as usize];
        // Filling moves each start to the next one's place: they are moved back by reading one further.
        for part in stretches(0..count as u32) {
            edges(graph, essential, search, part, |number, target| {
                let at = &mut starts[target as usize];
                list[*at as usize] = number;
                *at += 1;
            });
        }
        Self { starts, list }
    }

    fn of(&self, number: u32) -> &[u32] {
        let start = self.starts[number as usize - 1] as usize;
        &self.list[start..self.starts[number as usize] as usize]
    }
}

/// The edges that keep, of a part of the order, as numbers.
#[inline(never)]
fn edges(
    graph: &Graph,
    essential: &Essential<'_>,
    search: &Search,
    part: Range<u32>,
    mut each: impl FnMut(u32, u32),
) {
    for at in part {
        let node = search.order[at as usize];
        for edge in graph.edge_range(NodeIndex(node)).filter(|&edge| essential.keeps(node, edge)) {
            each(at + 1, search.numbers[graph.edge_targets[edge] as usize]);
        }
    }
}

/// One vertex of the forest that the algorithm builds.
#[derive(Clone, Copy, Default)]
struct Vertex {
    /// Nearest ancestor in the forest that compression has left; 0: a root of the forest
    ancestor: u32,
    /// The vertex with the smallest semidominator on the path that compression has folded
    label: u32,
    semi: u32,
    /// Head of the list of those whose semidominator this is
    bucket: u32,
}

/// Dominators by number; that of the root is 0.
fn immediate_dominators(graph: &Graph, essential: &Essential<'_>, search: &Search) -> Vec<u32> {
    let keepers = Keepers::new(graph, essential, search);
    let end = search.order.len() as u32 + 1;
    let mut links = Links::new(end);
    for part in stretches(2..end).rev() {
        links.settle(part, &keepers, &search.parents);
    }
    let Links { forest, mut dominators, .. } = links;
    for w in 2..end {
        let dominator = dominators[w as usize];
        if dominator != forest[w as usize].semi {
            dominators[w as usize] = dominators[dominator as usize];
        }
    }
    dominators
}

/// What the algorithm knows so far.
struct Links {
    forest: Vec<Vertex>,
    /// In the end; until then for some the vertex that has the same dominator
    dominators: Vec<u32>,
    next_in_bucket: Vec<u32>,
    path: Vec<u32>,
}

impl Links {
    fn new(end: u32) -> Self {
        Self {
            forest: (0..end)
                .map(|number| Vertex { label: number, semi: number, ..Vertex::default() })
                .collect(),
            dominators: vec![0; end as usize],
            next_in_bucket: vec![0; end as usize],
            path: Vec::new(),
        }
    }

    /// Links a stretch of vertices, the last one first.
    #[inline(never)]
    fn settle(&mut self, part: Range<u32>, keepers: &Keepers, parents: &[u32]) {
        let Self { forest, dominators, next_in_bucket, path } = self;
        for w in part.rev() {
            let parent = parents[w as usize];
            let semi = match keepers.of(w) {
                // An orphan: the root stands in.
                [] => 1,
                [only] if *only == parent => parent,
                keepers => keepers.iter().fold(w, |semi, &v| semi.min(evaluate(forest, v, path))),
            };
            forest[w as usize].semi = semi;
            if semi == parent {
                dominators[w as usize] = parent;
            } else {
                next_in_bucket[w as usize] = forest[semi as usize].bucket;
                forest[semi as usize].bucket = w;
            }
            forest[w as usize].ancestor = parent;
            let mut v = std::mem::take(&mut forest[parent as usize].bucket);
            while v != 0 {
                let least = least_label(forest, v, path);
                let below = forest[least as usize].semi < forest[v as usize].semi;
                dominators[v as usize] = if below { least } else { parent };
                v = next_in_bucket[v as usize];
            }
        }
    }
}

/// The smallest semidominator on the path from `v` up to, but without, the root of its tree.
#[inline(always)]
fn evaluate(forest: &mut [Vertex], v: u32, path: &mut Vec<u32>) -> u32 {
    let least = least_label(forest, v, path);
    forest[least as usize].semi
}

#[inline(always)]
fn least_label(forest: &mut [Vertex], v: u32, path: &mut Vec<u32>) -> u32 {
    let Vertex { ancestor, label, .. } = forest[v as usize];
    if ancestor == 0 || forest[ancestor as usize].ancestor == 0 {
        return label;
    }
    compress(forest, v, path);
    forest[v as usize].label
}

/// Makes every vertex of the path point to its top.
fn compress(forest: &mut [Vertex], v: u32, path: &mut Vec<u32>) {
    let mut at = v;
    while forest[forest[at as usize].ancestor as usize].ancestor != 0 {
        path.push(at);
        at = forest[at as usize].ancestor;
    }
    while let Some(at) = path.pop() {
        let above = forest[forest[at as usize].ancestor as usize];
        let own = forest[at as usize].label;
        if forest[above.label as usize].semi < forest[own as usize].semi {
            forest[at as usize].label = above.label;
        }
        forest[at as usize].ancestor = above.ancestor;
    }
}
