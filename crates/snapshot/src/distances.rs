//! Distances: steps from the roots, as DevTools counts them (`JSHeapSnapshot.calculateDistances`).

use rustc_hash::FxHashSet;

use crate::graph::{EdgeIndex, EdgeType, Graph, NodeIndex, NodeType};
use crate::rules::{ephemeron_pair, is_user_root};

/// What only the engine's own roots reach is so far away, plus its steps from the root.
pub const SYSTEM_DISTANCE: u32 = 100_000_000;
/// What nothing reaches.
pub const NO_DISTANCE: u32 = u32::MAX;

/// The distance of every node: 1 for what belongs to the user (global objects, documents).
#[must_use]
pub fn distances(graph: &Graph) -> Vec<u32> {
    let mut walk = Walk {
        graph,
        distances: vec![NO_DISTANCE; graph.node_count()],
        queue: Vec::new(),
        half_pairs: FxHashSet::default(),
    };
    for edge in graph.edges(graph.root()) {
        let target = graph.target(edge);
        if is_user_root(graph, target) {
            walk.distances[target.at()] = 1;
            walk.queue.push(target.0);
        }
    }
    let has_users = !walk.queue.is_empty();
    walk.run();
    walk.distances[graph.root().at()] = if has_users { SYSTEM_DISTANCE } else { 0 };
    walk.queue = vec![graph.root().0];
    walk.run();
    walk.distances
}

struct Walk<'g> {
    graph: &'g Graph,
    distances: Vec<u32>,
    queue: Vec<u32>,
    /// Entries of WeakMaps of which one edge has been seen: the value is as far as the farther of key and table
    half_pairs: FxHashSet<&'g str>,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut next = 0;
        while let Some(&node) = self.queue.get(next) {
            next += 1;
            let distance = self.distances[node as usize].saturating_add(1);
            for edge in self.graph.edge_range(NodeIndex(node)) {
                let target = self.graph.edge_targets[edge];
                if self.graph.edge_types[edge] == EdgeType::Weak as u8
                    || self.distances[target as usize] != NO_DISTANCE
                    || !self.counts(NodeIndex(node), EdgeIndex(edge as u32))
                {
                    continue;
                }
                self.distances[target as usize] = distance;
                self.queue.push(target);
            }
        }
    }

    fn counts(&mut self, node: NodeIndex, edge: EdgeIndex) -> bool {
        let name = || self.graph.edge_name(edge).to_string();
        match self.graph.node_type(node) {
            NodeType::Hidden | NodeType::ObjectShape if self.graph.name(node) == "system / NativeContext" => {
                name() != "sloppy_function_map"
            }
            // Of what classes share, only keys and caches belong to all of them (crbug.com/413608).
            NodeType::Array if self.graph.name(node) == "(map descriptors)" => {
                name().parse::<u32>().is_ok_and(|index| index < 2 || index % 3 != 1)
            }
            _ => match ephemeron_pair(self.graph, edge) {
                Some(pair) if !self.half_pairs.remove(pair) => {
                    self.half_pairs.insert(pair);
                    false
                }
                _ => true,
            },
        }
    }
}
