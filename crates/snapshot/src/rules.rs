//! Which edges keep their targets alive, as DevTools sees it (`front_end/entrypoints/heap_snapshot_worker/`):
//!
//! * weak edges do not, nor do edges from a node to itself;
//! * shortcuts do only where they start at the root: there they mark what belongs to the user (windows, globals);
//! * what belongs to the user is not kept by what does not, or a debugger's handles would hide who really keeps it;
//! * the value of a WeakMap's entry has two edges, from the key and from the table; only the key's counts.
//!
//! The last rule came to DevTools in 2022; [`Rules`] can leave it out, for comparison with tools that do not have it.

use rustc_hash::FxHashMap;

use crate::graph::{EdgeIndex, EdgeType, Graph, NodeIndex, NodeType};

/// What can be chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// How the values of WeakMaps are kept
    pub ephemerons: Ephemerons,
}

/// How the value of a WeakMap's entry is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ephemerons {
    /// By its key, as DevTools has it
    #[default]
    ByKey,
    /// By its key and by the table, as plain edges have it
    ByKeyAndTable,
}

/// The rules applied to one graph.
#[derive(Debug)]
pub(crate) struct Essential {
    /// Belongs to the user; empty where nothing does
    owned: Vec<bool>,
    /// For names of edges to values of WeakMaps, the id of the table
    tables: FxHashMap<u32, u64>,
}

impl Essential {
    pub(crate) fn new(graph: &Graph, rules: Rules) -> Self {
        let tables = match rules.ephemerons {
            Ephemerons::ByKey => ephemeron_names(graph),
            Ephemerons::ByKeyAndTable => FxHashMap::default(),
        };
        Self { owned: owned_by_user(graph), tables }
    }

    /// Whether an edge from a node of the graph keeps its target.
    #[inline(always)]
    pub(crate) fn keeps(&self, graph: &Graph, from: u32, edge: usize) -> bool {
        let target = graph.edge_targets[edge];
        if target == from {
            return false;
        }
        match EdgeType::from_u8(graph.edge_types[edge]) {
            EdgeType::Weak => return false,
            EdgeType::Shortcut if from != graph.root => return false,
            EdgeType::Internal if !self.tables.is_empty() && self.is_table_edge(graph, from, edge) => {
                return false;
            }
            _ => {}
        }
        self.owned.is_empty()
            || from == graph.root
            || !self.owned[target as usize]
            || self.owned[from as usize]
    }

    /// From the table of a WeakMap to a value.
    fn is_table_edge(&self, graph: &Graph, from: u32, edge: usize) -> bool {
        let table = self.tables.get(&graph.edge_names[edge]);
        table == Some(&graph.node_ids[from as usize])
    }
}

/// Whether a node is what DevTools counts distances from: not a group of the engine's own roots.
pub(crate) fn is_user_root(graph: &Graph, node: NodeIndex) -> bool {
    graph.node_type(node) != NodeType::Synthetic || graph.name(node) == "(Document DOM trees)"
}

/// What the user's roots reach. Empty if there are no user's roots.
fn owned_by_user(graph: &Graph) -> Vec<bool> {
    let mut pending: Vec<u32> = Vec::new();
    for edge in graph.edges(graph.root()) {
        let target = graph.target(edge);
        let is_entry = match graph.edge_type(edge) {
            EdgeType::Shortcut => true,
            EdgeType::Element => {
                graph.node_type(target) == NodeType::Synthetic && graph.name(target) == "(Document DOM trees)"
            }
            _ => false,
        };
        if is_entry {
            pending.push(target.0);
        }
    }
    if pending.is_empty() {
        return Vec::new();
    }
    let mut owned = vec![false; graph.node_count()];
    for &node in &pending {
        owned[node as usize] = true;
    }
    while let Some(node) = pending.pop() {
        for edge in graph.edge_range(NodeIndex(node)) {
            let target = graph.edge_targets[edge];
            if !owned[target as usize] && graph.edge_types[edge] != EdgeType::Weak as u8 {
                owned[target as usize] = true;
                pending.push(target);
            }
        }
    }
    owned
}

/// V8 calls an edge to a value of a WeakMap
/// `N / part of key (K @id) -> value (V @id) pair in WeakMap (table @id)`.
fn ephemeron_names(graph: &Graph) -> FxHashMap<u32, u64> {
    let strings = graph.strings.iter().enumerate();
    strings.filter_map(|(index, text)| Some((index as u32, ephemeron_table(text)?))).collect()
}

/// The id of the table in the name of an edge to a value of a WeakMap.
pub(crate) fn ephemeron_table(name: &str) -> Option<u64> {
    // Nearly every name is out of the question, and most by their ends.
    if !name.as_bytes().first()?.is_ascii_digit() || !name.ends_with(')') {
        return None;
    }
    let (number, pair) = name.split_once(" / part of key (")?;
    let (_, table) = pair.rsplit_once(" pair in WeakMap (table @")?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { table.strip_suffix(')')?.parse().ok() } else { None }
}

/// What two edges to one value of a WeakMap have in common in their names.
pub(crate) fn ephemeron_pair(graph: &Graph, edge: EdgeIndex) -> Option<&str> {
    if graph.edge_type(edge) != EdgeType::Internal {
        return None;
    }
    let crate::graph::EdgeName::Name(name) = graph.edge_name(edge) else { return None };
    ephemeron_table(name)?;
    name.split_once(" / ").map(|(_, pair)| pair)
}
