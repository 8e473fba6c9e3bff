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
        let mut growth = Growth::new(graph, rules);
        while growth.advance(graph) < 1.0 {}
        growth.finish(graph)
    }

    /// The tree of dominators that are known by number.
    fn from_search(graph: &Graph, search: Search, by_number: Vec<u32>) -> Self {
        let Search { mut order, mut numbers, .. } = search;
        let orphans = graph.nodes().filter(|node| numbers[node.at()] == 0).map(|node| node.0);
        order.extend(orphans.collect::<Vec<u32>>());
        for number in &mut numbers {
            // Orphans and the root itself have number 0 as their dominator's.
            let dominator = by_number[*number as usize].max(1);
            *number = order[dominator as usize - 1];
        }
        let dominators = numbers;
        let mut retained = graph.self_sizes.clone();
        for &node in order.iter().skip(1).rev() {
            let own = retained[node as usize];
            let above = &mut retained[dominators[node as usize] as usize];
            *above = above.saturating_add(own);
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

/// A dominator tree that is being worked out, a stretch of nodes at a time, for somebody who wants to hear in between.
#[derive(Debug)]
pub struct Growth {
    essential: Essential,
    search: Search,
    phase: Phase,
}

/// What comes next, and how far it has come.
#[derive(Debug)]
enum Phase {
    Search { stack: Vec<Visit> },
    List { keepers: Keepers, meetings: usize },
    Settle { keepers: Keepers, links: Links, left: u32 },
    Done { dominators: Vec<u32> },
}

impl Growth {
    /// One of which nothing but the rules is known.
    #[must_use]
    pub fn new(graph: &Graph, rules: Rules) -> Self {
        let mut search = Search::new(graph.node_count());
        let first = search.enter(graph, graph.root, 0);
        Self { essential: Essential::new(graph, rules), search, phase: Phase::Search { stack: vec![first] } }
    }

    /// Does a stretch of the work on the same graph. Returns the share that is done: 1 at the end.
    pub fn advance(&mut self, graph: &Graph) -> f64 {
        const PHASES: f64 = 3.0;
        let phase = std::mem::replace(&mut self.phase, Phase::Done { dominators: Vec::new() });
        self.phase = self.next_phase(graph, phase);
        let nodes = graph.node_count().max(1) as f64;
        let (before, part) = match &self.phase {
            Phase::Search { .. } => (0.0, self.search.order.len() as f64 / nodes),
            Phase::List { meetings, .. } => {
                (1.0, 1.0 - self.search.met.len() as f64 / (*meetings).max(1) as f64)
            }
            Phase::Settle { left, .. } => (2.0, 1.0 - f64::from(*left) / (nodes + 1.0)),
            Phase::Done { .. } => return 1.0,
        };
        ((before + part) / PHASES).min(0.999)
    }

    fn next_phase(&mut self, graph: &Graph, phase: Phase) -> Phase {
        let (essential, search) = (&self.essential, &mut self.search);
        match phase {
            Phase::Search { mut stack } => {
                search.follow(graph, essential, &mut stack);
                if !stack.is_empty() {
                    return Phase::Search { stack };
                }
                if search.order.len() < graph.node_count() {
                    search.visit_orphans(graph, essential);
                }
                let keepers = Keepers::of_counts(std::mem::take(&mut search.times_met));
                Phase::List { keepers, meetings: search.met.len() }
            }
            Phase::List { mut keepers, meetings } => match search.met.pop() {
                Some(stretch) => {
                    keepers.add(&stretch);
                    Phase::List { keepers, meetings }
                }
                None => {
                    let left = search.order.len() as u32 + 1;
                    Phase::Settle { keepers, links: Links::new(left), left }
                }
            },
            Phase::Settle { keepers, mut links, left } => {
                let from = left.saturating_sub(STRETCH).max(2);
                links.settle(from..left, &keepers, &search.parents);
                if from > 2 {
                    return Phase::Settle { keepers, links, left: from };
                }
                Phase::Done { dominators: links.finish() }
            }
            Phase::Done { dominators } => Phase::Done { dominators },
        }
    }

    /// The tree, with the retained sizes. Does first what is left to do.
    #[must_use]
    pub fn finish(mut self, graph: &Graph) -> DominatorTree {
        loop {
            if let Phase::Done { dominators } = self.phase {
                return DominatorTree::from_search(graph, self.search, dominators);
            }
            self.advance(graph);
        }
    }
}

/// An edge to a node that was already found, both ends as numbers.
#[derive(Clone, Copy, Debug)]
struct Meeting {
    keeper: u32,
    kept: u32,
}

/// A depth-first search over the edges that keep. Each of them either finds a node, and belongs to the tree of the
/// search, or meets one that was found before: together they are all that the algorithm has to know of the graph.
#[derive(Debug)]
struct Search {
    /// Nodes in the order in which they were found
    order: Vec<u32>,
    /// For each node its place in `order`, from 1; 0 if it was not found
    numbers: Vec<u32>,
    /// For each number that of the node it was found from
    parents: Vec<u32>,
    /// The meetings of each stretch
    met: Vec<Vec<Meeting>>,
    /// For each number how often it was met, one place further
    times_met: Vec<u32>,
}

impl Search {
    fn new(count: usize) -> Self {
        let mut parents = Vec::with_capacity(count + 1);
        parents.push(0);
        Self {
            order: Vec::with_capacity(count),
            numbers: vec![0; count],
            parents,
            met: Vec::new(),
            times_met: vec![0; count + 2],
        }
    }

    /// Nodes that nothing keeps, with what they keep: as if the root kept them.
    fn visit_orphans(&mut self, graph: &Graph, essential: &Essential) {
        let mut kept = vec![false; graph.node_count()];
        for node in graph.nodes() {
            for edge in graph.edge_range(node).filter(|&edge| essential.keeps(graph, node.0, edge)) {
                kept[graph.edge_targets[edge] as usize] = true;
            }
        }
        for node in graph.nodes() {
            if !kept[node.at()] && self.numbers[node.at()] == 0 {
                self.visit(graph, essential, node.0, 1);
            }
        }
    }

    fn enter(&mut self, graph: &Graph, node: u32, parent: u32) -> Visit {
        self.order.push(node);
        self.parents.push(parent);
        let number = self.order.len() as u32;
        self.numbers[node as usize] = number;
        Visit { node, number, next: graph.first_edges[node as usize] }
    }

    fn visit(&mut self, graph: &Graph, essential: &Essential, start: u32, parent: u32) {
        let mut stack = vec![self.enter(graph, start, parent)];
        while !stack.is_empty() {
            self.follow(graph, essential, &mut stack);
        }
    }

    #[inline(never)]
    fn follow(&mut self, graph: &Graph, essential: &Essential, stack: &mut Vec<Visit>) {
        let mut met = Vec::new();
        for _ in 0..STRETCH {
            let Some(Visit { node, number, next }) = stack.last_mut() else { break };
            let (from, keeper) = (*node, *number);
            let end = graph.first_edges[from as usize + 1];
            let found = (*next..end).find(|&edge| {
                if !essential.keeps(graph, from, edge as usize) {
                    return false;
                }
                let kept = self.numbers[graph.edge_targets[edge as usize] as usize];
                if kept != 0 {
                    met.push(Meeting { keeper, kept });
                    self.times_met[kept as usize + 1] += 1;
                }
                kept == 0
            });
            match found {
                Some(edge) => {
                    *next = edge + 1;
                    stack.push(self.enter(graph, graph.edge_targets[edge as usize], keeper));
                }
                None => {
                    stack.pop();
                }
            }
        }
        self.met.push(met);
    }
}

/// A node under way in the search, and which of its edges comes next.
#[derive(Debug)]
struct Visit {
    node: u32,
    number: u32,
    next: u32,
}

/// For each number the numbers of the nodes that keep it too, beside its parent: one range each of one list.
#[derive(Debug)]
struct Keepers {
    starts: Vec<u32>,
    list: Vec<u32>,
}

impl Keepers {
    /// Room for so many keepers of each number as are counted one place further.
    fn of_counts(mut starts: Vec<u32>) -> Self {
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let list = vec![0; starts.last().map_or(0, |&all| all as usize)];
        Self { starts, list }
    }

    /// Filling moves each start to the next one's place: they are moved back by reading one further.
    #[inline(never)]
    fn add(&mut self, meetings: &[Meeting]) {
        for meeting in meetings {
            let at = &mut self.starts[meeting.kept as usize];
            self.list[*at as usize] = meeting.keeper;
            *at += 1;
        }
    }

    fn of(&self, number: u32) -> &[u32] {
        let start = self.starts[number as usize - 1] as usize;
        &self.list[start..self.starts[number as usize] as usize]
    }
}

/// One vertex of the forest that the algorithm builds.
#[derive(Clone, Copy, Debug, Default)]
struct Vertex {
    /// Nearest ancestor in the forest that compression has left; 0: a root of the forest
    ancestor: u32,
    /// The vertex with the smallest semidominator on the path that compression has folded
    label: u32,
    semi: u32,
    /// Head of the list of those whose semidominator this is
    bucket: u32,
}

/// What the algorithm knows so far.
#[derive(Debug)]
struct Links {
    forest: Vec<Vertex>,
    /// While a vertex is in a bucket the next one there; then its dominator, or a vertex that has the same
    dominators: Vec<u32>,
    path: Vec<u32>,
}

impl Links {
    fn new(end: u32) -> Self {
        Self {
            forest: (0..end)
                .map(|number| Vertex { label: number, semi: number, ..Vertex::default() })
                .collect(),
            dominators: vec![0; end as usize],
            path: Vec::new(),
        }
    }

    /// Dominators by number; that of the root is 0.
    fn finish(self) -> Vec<u32> {
        let Self { forest, mut dominators, .. } = self;
        for w in 2..dominators.len() {
            let dominator = dominators[w];
            if dominator != forest[w].semi {
                dominators[w] = dominators[dominator as usize];
            }
        }
        dominators
    }

    /// Links a stretch of vertices, the last one first.
    #[inline(never)]
    fn settle(&mut self, part: Range<u32>, keepers: &Keepers, parents: &[u32]) {
        let Self { forest, dominators, path } = self;
        for w in part.rev() {
            let parent = parents[w as usize];
            let others = keepers.of(w).iter();
            let semi = others.fold(parent, |semi, &keeper| semi.min(evaluate(forest, keeper, path)));
            forest[w as usize].semi = semi;
            if semi == parent {
                dominators[w as usize] = parent;
            } else {
                dominators[w as usize] = forest[semi as usize].bucket;
                forest[semi as usize].bucket = w;
            }
            forest[w as usize].ancestor = parent;
            let mut v = std::mem::take(&mut forest[parent as usize].bucket);
            while v != 0 {
                let least = least_label(forest, v, path);
                let below = forest[least as usize].semi < forest[v as usize].semi;
                let dominator = if below { least } else { parent };
                v = std::mem::replace(&mut dominators[v as usize], dominator);
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
