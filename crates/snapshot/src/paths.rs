//! Retaining paths: by what chain of edges the roots reach a node.

use std::collections::VecDeque;
use std::fmt;

use crate::analysis::Snapshot;
use crate::graph::{EdgeIndex, EdgeName, EdgeType, Graph, NodeIndex, NodeType};
use crate::rules::{Essential, Rules};

/// One step of a path: an edge and the node that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The edge
    pub edge: EdgeIndex,
    /// The node that it leads to
    pub node: NodeIndex,
}

/// From the root to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The steps, the root's edge first
    pub steps: Vec<PathStep>,
}

/// Partial paths that are looked at before a search for further paths gives up.
const MOST_WORK: usize = 200_000;

/// Costs of an edge: what people can read is cheap, what only the engine knows is dear. Variables on the engine's
/// stack come and go, so that a path through them says little.
mod cost {
    /// A variable, a property, an element
    pub const NAMED: u8 = 1;
    /// A reference of the engine's own with a name
    pub const INTERNAL: u8 = 2;
    /// One without
    pub const HIDDEN: u8 = 4;
    /// From the engine's roots to a scope or a function
    pub const ROOT_TO_CODE: u8 = 20;
    /// From the engine's roots to anything else
    pub const ROOT_TO_OBJECT: u8 = 60;
}

/// For every node the edge by which the cheapest path reaches it: the path that says most.
#[derive(Clone, Debug)]
pub struct PathTree {
    edges: Vec<u32>,
}

const NO_EDGE: u32 = u32::MAX;

impl PathTree {
    /// Dial's algorithm: costs are small, so that a ring of buckets is the queue.
    pub(crate) fn new(graph: &Graph) -> Self {
        const RING: usize = cost::ROOT_TO_OBJECT as usize + 1;
        let essential = Essential::new(graph, Rules::default());
        let mut costs = vec![u32::MAX; graph.node_count()];
        let mut edges = vec![NO_EDGE; graph.node_count()];
        let mut ring: Vec<Vec<u32>> = vec![Vec::new(); RING];
        let mut waiting = 1;
        costs[graph.root().at()] = 0;
        ring[0].push(graph.root().0);
        for now in 0u32.. {
            if waiting == 0 {
                break;
            }
            let mut next = 0;
            while let Some(&node) = ring[now as usize % RING].get(next) {
                next += 1;
                waiting -= 1;
                if costs[node as usize] != now {
                    continue;
                }
                for edge in
                    graph.edge_range(NodeIndex(node)).filter(|&edge| essential.keeps(graph, node, edge))
                {
                    let target = graph.edge_targets[edge];
                    let then = now + u32::from(cost_of(graph, NodeIndex(node), EdgeIndex(edge as u32)));
                    if then < costs[target as usize] {
                        costs[target as usize] = then;
                        edges[target as usize] = edge as u32;
                        ring[then as usize % RING].push(target);
                        waiting += 1;
                    }
                }
            }
            ring[now as usize % RING].clear();
        }
        Self { edges }
    }

    /// The last edge of the path to a node; none for the root and for what nothing keeps.
    #[must_use]
    pub fn last_edge(&self, node: NodeIndex) -> Option<EdgeIndex> {
        let edge = self.edges[node.at()];
        (edge != NO_EDGE).then_some(EdgeIndex(edge))
    }
}

fn cost_of(graph: &Graph, from: NodeIndex, edge: EdgeIndex) -> u8 {
    let target = graph.target(edge);
    let (source_type, target_type) = (graph.node_type(from), graph.node_type(target));
    if source_type == NodeType::Synthetic && from != graph.root() && target_type != NodeType::Synthetic {
        let code = target_type == NodeType::Closure || graph.name(target) == "system / Context";
        return if code { cost::ROOT_TO_CODE } else { cost::ROOT_TO_OBJECT };
    }
    match graph.edge_type(edge) {
        EdgeType::Context | EdgeType::Element | EdgeType::Property | EdgeType::Shortcut => cost::NAMED,
        EdgeType::Internal => cost::INTERNAL,
        _ => cost::HIDDEN,
    }
}

/// The path that says most: through variables and properties rather than the engine's own. None if nothing keeps the
/// node.
#[must_use]
pub fn best_path(snapshot: &Snapshot, node: NodeIndex) -> Option<Path> {
    let (graph, paths) = (snapshot.graph(), snapshot.paths());
    let mut steps = Vec::new();
    let mut at = node;
    while at != graph.root() {
        let edge = paths.last_edge(at)?;
        steps.push(PathStep { edge, node: at });
        at = graph.source(edge);
    }
    steps.reverse();
    Some(Path { steps })
}

/// Distinct paths without circles, short ones first, at most `limit`. Every node is part of at most `limit` of them
/// from its side, so that the search ends whatever the graph is like.
#[must_use]
pub fn distinct_paths(snapshot: &Snapshot, node: NodeIndex, limit: usize) -> Vec<Path> {
    let graph = snapshot.graph();
    let essential = Essential::new(graph, Rules::default());
    let mut visits = vec![0u32; graph.node_count()];
    // Partial paths from the node upwards, each with the number of the one that it goes on from.
    let mut partial: Vec<(NodeIndex, Option<EdgeIndex>, usize)> = vec![(node, None, usize::MAX)];
    let mut queue = VecDeque::from([0]);
    let mut found = Vec::new();
    while let Some(number) = queue.pop_front() {
        let (at, ..) = partial[number];
        if at == graph.root() {
            found.push(assemble(&partial, number));
            if found.len() == limit {
                break;
            }
            continue;
        }
        visits[at.at()] += 1;
        if visits[at.at()] as usize > limit || partial.len() > MOST_WORK {
            continue;
        }
        for (edge, source) in snapshot.retainers().of(at) {
            if essential.keeps(graph, source.0, edge.at()) && !is_on_path(&partial, number, source) {
                partial.push((source, Some(edge), number));
                queue.push_back(partial.len() - 1);
            }
        }
    }
    found
}

fn is_on_path(partial: &[(NodeIndex, Option<EdgeIndex>, usize)], number: usize, node: NodeIndex) -> bool {
    let mut number = number;
    while let Some(&(at, _, before)) = partial.get(number) {
        if at == node {
            return true;
        }
        number = before;
    }
    false
}

fn assemble(partial: &[(NodeIndex, Option<EdgeIndex>, usize)], number: usize) -> Path {
    let mut steps = Vec::new();
    let mut number = number;
    while let Some(&(_, Some(edge), before)) = partial.get(number) {
        if let Some(&(node, ..)) = partial.get(before) {
            steps.push(PathStep { edge, node });
        }
        number = before;
    }
    Path { steps }
}

impl Path {
    /// The path in words that a person understands: from the last variable on that somebody gave a name.
    #[must_use]
    pub const fn words<'s>(&'s self, snapshot: &'s Snapshot) -> Words<'s> {
        Words { path: self, snapshot }
    }
}

/// A path as text.
#[derive(Clone, Copy, Debug)]
pub struct Words<'s> {
    path: &'s Path,
    snapshot: &'s Snapshot,
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let graph = self.snapshot.graph();
        let steps = &self.path.steps;
        let anchor = steps.iter().rposition(|step| is_anchor(graph, step.edge));
        let real = || steps.iter().position(|step| graph.node_type(step.node) != NodeType::Synthetic);
        let start = anchor.or_else(real).unwrap_or(0);
        for (at, step) in steps.iter().enumerate().skip(start) {
            if at > start {
                f.write_str(" -> ")?;
                edge_words(f, graph, step.edge)?;
            } else {
                self.start(f, at)?;
            }
            if at + 1 == steps.len() {
                write!(f, " -> {}", node_words(graph, step.node))?;
            }
        }
        Ok(())
    }
}

impl Words<'_> {
    /// The variable or root that the words begin with.
    fn start(&self, f: &mut fmt::Formatter<'_>, at: usize) -> fmt::Result {
        let graph = self.snapshot.graph();
        let step = self.path.steps[at];
        let (name, holder) = (graph.edge_name(step.edge), graph.source(step.edge));
        match graph.edge_type(step.edge) {
            EdgeType::Context => write!(f, "`{name}` in {}", scope_words(self.snapshot, holder)),
            EdgeType::Property => write!(f, "global `{name}`"),
            _ if holder == graph.root() => write!(f, "root {name}"),
            _ if at + 1 == self.path.steps.len() => f.write_str(&node_words(graph, holder)),
            _ => write!(f, "{} -> {}", node_words(graph, holder), node_words(graph, step.node)),
        }
    }
}

/// A variable, or a property of the global object.
fn is_anchor(graph: &Graph, edge: EdgeIndex) -> bool {
    match graph.edge_type(edge) {
        EdgeType::Context => true,
        EdgeType::Property => {
            let holder = graph.source(edge);
            let name = graph.name(holder);
            graph.node_type(holder) == NodeType::Object
                && (name == "global" || name.starts_with("global / ") || name.starts_with("Window"))
        }
        _ => false,
    }
}

/// Whose variables a scope holds.
fn scope_words(snapshot: &Snapshot, scope: NodeIndex) -> String {
    let graph = snapshot.graph();
    if graph.name(scope) != "system / Context" {
        return graph.name(scope).to_owned();
    }
    let previous = graph.edges(scope).find(|&edge| {
        graph.edge_type(edge) == EdgeType::Internal && graph.edge_name(edge) == EdgeName::Name("previous")
    });
    // Above a module's scope there is only the engine's own; a session's has nothing above it at all.
    let is_module = previous.is_none_or(|edge| graph.name(graph.target(edge)) != "system / Context");
    if is_module {
        return "module scope".to_owned();
    }
    let closure = snapshot.retainers().of(scope).find(|&(edge, source)| {
        graph.node_type(source) == NodeType::Closure
            && graph.edge_name(edge) == EdgeName::Name("context")
            && !graph.name(source).is_empty()
    });
    match closure {
        Some((_, closure)) => format!("the scope around {}()", graph.name(closure)),
        None => "a function's scope".to_owned(),
    }
}

fn edge_words(f: &mut fmt::Formatter<'_>, graph: &Graph, edge: EdgeIndex) -> fmt::Result {
    let name = graph.edge_name(edge);
    match graph.edge_type(edge) {
        EdgeType::Element => write!(f, "element {name}"),
        EdgeType::Property => write!(f, ".{name}"),
        EdgeType::Context => write!(f, "variable `{name}`"),
        EdgeType::Hidden => {
            let holder = graph.node_type(graph.source(edge));
            f.write_str(if holder == NodeType::Array { "an entry" } else { "hidden part" })?;
            if holder == NodeType::Array { write!(f, " ({name})") } else { write!(f, " {name}") }
        }
        _ => write!(f, "{name}"),
    }
}

/// A node in a few words.
#[must_use]
pub fn node_words(graph: &Graph, node: NodeIndex) -> String {
    const LONGEST: usize = 40;
    let name = graph.name(node);
    let short: String = name.chars().take(LONGEST).collect();
    let dots = if short.len() < name.len() { "…" } else { "" };
    match graph.node_type(node) {
        NodeType::String => format!("string \"{short}{dots}\""),
        NodeType::Closure if name.is_empty() => "anonymous function".to_owned(),
        NodeType::Closure => format!("{short}{dots}()"),
        NodeType::ConcatenatedString => "concatenated string".to_owned(),
        NodeType::SlicedString => "part of a string".to_owned(),
        kind if name.is_empty() => kind.as_str().to_owned(),
        _ => format!("{short}{dots}"),
    }
}
