//! The three-snapshot method: what came between the first and the second snapshot and is still there in the third.
//!
//! What stays is not yet a leak: the first time that an action is done, code is compiled and caches are filled. So the
//! nodes are clustered by class and by the path that keeps them (with element numbers and repeated links left out, so
//! that a list is one cluster however long it is), and each cluster is asked whether it goes on growing: between the
//! second and the third snapshot, or in step with how often the action was repeated. The engine's own (code, hidden
//! classes) is told apart.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::analysis::Snapshot;
use crate::compare::{IdSet, new_nodes};
use crate::graph::{EdgeName, EdgeType, NodeIndex, NodeType};
use crate::groups::retained_by_label;
use crate::paths::{Path, best_path};

/// What is known of how the snapshots were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeakOptions {
    /// How often the action was done between the first and the second snapshot
    pub repetitions: Option<u32>,
}

/// What to think of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on growing, or grows with the action
    Leak,
    /// It grew once and no more: a cache that was filled, something set up
    OneOff,
    /// Code, hidden classes and the like
    WarmUp,
    /// There is nothing to tell by: two snapshots only, and nobody says how often the action was done
    Unknown,
}

impl Verdict {
    /// One word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Leak => "leak",
            Self::OneOff => "one-off",
            Self::WarmUp => "warm-up",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is to be counted against the program.
    #[must_use]
    pub const fn is_suspect(self) -> bool {
        matches!(self, Self::Leak | Self::Unknown)
    }
}

/// Nodes of one class that are kept in one way.
#[derive(Clone, Debug)]
pub struct LeakGroup {
    /// The class
    pub name: String,
    /// Type of the nodes
    pub node_type: NodeType,
    /// How many came between the first two snapshots and stayed
    pub count: u64,
    /// How many more of the kind came after that; none without a third snapshot
    pub later: Option<u64>,
    /// Bytes of the nodes themselves
    pub shallow_size: u64,
    /// Bytes that would be free if they went
    pub retained_size: u64,
    /// The nodes, in the order of the snapshot
    pub nodes: Vec<NodeIndex>,
    /// The one of them that keeps most, as an example
    pub example: NodeIndex,
    /// How the roots reach it
    pub path: Option<Path>,
    /// One of those that were allocated at the commonest place, for [`Graph::site`](crate::Graph::site)
    pub typical: NodeIndex,
    /// What to think of it
    pub verdict: Verdict,
}

/// What came and stayed.
#[derive(Clone, Debug, Default)]
pub struct LeakReport {
    /// How many nodes
    pub count: u64,
    /// Their bytes
    pub shallow_size: u64,
    /// Bytes that would be free if all of them went
    pub retained_size: u64,
    /// Bytes that would be free if those went that are counted against the program
    pub suspect_size: u64,
    /// The clusters, largest retained size first
    pub groups: Vec<LeakGroup>,
}

/// What came between `baseline` and `target` and is still there in `last`. Nodes, sizes and paths are those of the last
/// snapshot given.
#[must_use]
pub fn find_leaks(
    baseline: &Snapshot,
    target: &Snapshot,
    last: Option<&Snapshot>,
    options: LeakOptions,
) -> LeakReport {
    let snapshot = last.unwrap_or(target);
    let graph = snapshot.graph();
    let (before, then) = (IdSet::of(baseline.graph()), IdSet::of(target.graph()));
    let (stayed, later): (Vec<NodeIndex>, Vec<NodeIndex>) =
        new_nodes(graph, &before).partition(|&node| then.contains(graph.id(node)));
    let mut clusters = Clusters::new(snapshot);
    let labels: Vec<u32> = stayed.iter().map(|&node| clusters.label(node)).collect();
    let mut laters = vec![0u64; clusters.by_key.len()];
    for &node in &later {
        if let Some(label) = clusters.known_label(node) {
            laters[label as usize] += 1;
        }
    }
    let mut groups = gather(snapshot, &stayed, &labels, laters.len());
    let mut of_node = vec![u32::MAX; graph.node_count()];
    for (node, label) in stayed.iter().zip(labels) {
        of_node[node.at()] = label;
    }
    let known = |node: NodeIndex| Some(of_node[node.at()]).filter(|&label| label != u32::MAX);
    let retained = retained_by_label(snapshot.dominators(), graph, groups.len(), known);
    for ((group, retained), later) in groups.iter_mut().zip(retained).zip(laters) {
        group.retained_size = retained;
        group.later = last.map(|_| later);
        group.verdict =
            if is_engines_own(snapshot, group) { Verdict::WarmUp } else { verdict(group, options) };
    }
    let total = |wanted: &dyn Fn(u32) -> bool| {
        let label = |node| known(node).filter(|&label| wanted(label)).map(|_| 0);
        retained_by_label(snapshot.dominators(), graph, 1, label).first().copied().unwrap_or(0)
    };
    let (retained_size, suspect_size) =
        (total(&|_| true), total(&|label| groups[label as usize].verdict.is_suspect()));
    semispace_sorting::sort_by(&mut groups, |a, b| {
        b.retained_size
            .cmp(&a.retained_size)
            .then_with(|| a.name.cmp(&b.name))
            .then(a.example.cmp(&b.example))
    });
    LeakReport {
        count: stayed.len() as u64,
        shallow_size: stayed.iter().map(|&node| graph.self_size(node)).sum(),
        retained_size,
        suspect_size,
        groups,
    }
}

/// The groups by label; retained sizes and verdicts come later.
fn gather(snapshot: &Snapshot, nodes: &[NodeIndex], labels: &[u32], count: usize) -> Vec<LeakGroup> {
    let (graph, classes) = (snapshot.graph(), snapshot.classes());
    let mut groups: Vec<Option<LeakGroup>> = vec![None; count];
    for (&node, &label) in nodes.iter().zip(labels) {
        let group = groups[label as usize].get_or_insert_with(|| LeakGroup {
            name: classes.name(classes.class(node)).to_owned(),
            node_type: graph.node_type(node),
            count: 0,
            later: None,
            shallow_size: 0,
            retained_size: 0,
            nodes: Vec::new(),
            example: node,
            path: None,
            typical: node,
            verdict: Verdict::Unknown,
        });
        group.count += 1;
        group.shallow_size += graph.self_size(node);
        group.nodes.push(node);
        if snapshot.retained_size(node) > snapshot.retained_size(group.example) {
            group.example = node;
        }
    }
    let mut groups: Vec<LeakGroup> = groups.into_iter().flatten().collect();
    for group in &mut groups {
        group.path = best_path(snapshot, group.example);
        group.typical = typical(snapshot, group);
    }
    groups
}

/// One of the nodes that were allocated where most of them were; without traces, the example.
fn typical(snapshot: &Snapshot, group: &LeakGroup) -> NodeIndex {
    let graph = snapshot.graph();
    let mut counts: FxHashMap<u32, (u64, NodeIndex)> = FxHashMap::default();
    for &node in group.nodes.iter().filter(|&&node| graph.trace_id(node) != 0) {
        counts.entry(graph.trace_id(node)).or_insert((0, node)).0 += 1;
    }
    let commonest = counts.values().max_by_key(|(count, node)| (*count, std::cmp::Reverse(*node)));
    commonest.map_or(group.example, |&(_, node)| node)
}

/// Code and hidden classes; constants that nothing but the engine's own tables holds.
fn is_engines_own(snapshot: &Snapshot, group: &LeakGroup) -> bool {
    let graph = snapshot.graph();
    match group.node_type {
        NodeType::Code | NodeType::Hidden | NodeType::ObjectShape | NodeType::Synthetic => true,
        NodeType::String | NodeType::Symbol | NodeType::Number => group.path.as_ref().is_none_or(|path| {
            path.steps.split_last().is_none_or(|(_, above)| {
                above.iter().all(|step| graph.node_type(step.node) == NodeType::Synthetic)
            })
        }),
        _ => false,
    }
}

fn verdict(group: &LeakGroup, options: LeakOptions) -> Verdict {
    let grows_again = group.later.map(|later| later * 2 >= group.count);
    let in_step = options.repetitions.filter(|&times| times > 1).map(|times| {
        let times = u64::from(times);
        group.count >= times && group.count.is_multiple_of(times)
    });
    match (grows_again, in_step) {
        (Some(false), _) | (None, Some(false)) => Verdict::OneOff,
        (Some(true), _) | (None, Some(true)) => Verdict::Leak,
        (None, None) => Verdict::Unknown,
    }
}

/// Tells by what path nodes are kept, as one number.
struct Clusters<'s> {
    snapshot: &'s Snapshot,
    /// For nodes that have been asked for: a number for the path, and one for its last step
    signatures: Vec<(u64, u64)>,
    by_key: FxHashMap<(u32, u64), u32>,
}

impl<'s> Clusters<'s> {
    fn new(snapshot: &'s Snapshot) -> Self {
        let signatures = vec![(0, 0); snapshot.graph().node_count()];
        Self { snapshot, signatures, by_key: FxHashMap::default() }
    }

    fn key(&mut self, node: NodeIndex) -> (u32, u64) {
        (self.snapshot.classes().class(node).0, self.signature(node))
    }

    fn label(&mut self, node: NodeIndex) -> u32 {
        let key = self.key(node);
        let next = self.by_key.len() as u32;
        *self.by_key.entry(key).or_insert(next)
    }

    fn known_label(&mut self, node: NodeIndex) -> Option<u32> {
        let key = self.key(node);
        self.by_key.get(&key).copied()
    }

    /// The path's number: the one of the node before, and of the step from there, unless it is the same step once more.
    fn signature(&mut self, node: NodeIndex) -> u64 {
        let (graph, paths) = (self.snapshot.graph(), self.snapshot.paths());
        let mut steps = Vec::new();
        let mut at = node;
        while self.signatures[at.at()].0 == 0
            && let Some(edge) = paths.last_edge(at)
        {
            let source = graph.source(edge);
            steps.push((at, source, self.step(at, source, edge)));
            at = source;
        }
        while let Some((at, source, step)) = steps.pop() {
            let (path, last) = self.signatures[source.at()];
            let path = if step == last { path } else { hashed(&(path, step)).max(1) };
            self.signatures[at.at()] = (path, step);
        }
        self.signatures[node.at()].0
    }

    /// A number for a step: classes at both ends, type and name of the edge; numbers of elements do not count.
    fn step(&self, node: NodeIndex, source: NodeIndex, edge: crate::graph::EdgeIndex) -> u64 {
        let (graph, classes) = (self.snapshot.graph(), self.snapshot.classes());
        let kind = graph.edge_type(edge);
        let name = match graph.edge_name(edge) {
            // Internal edges within backing stores are numbered in letters.
            EdgeName::Name(name)
                if kind != EdgeType::Internal || !name.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                name
            }
            _ => "",
        };
        hashed(&(classes.class(source).0, kind as u8, name, classes.class(node).0)).max(1)
    }
}

fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
