//! DOM nodes that hang on no document any more but are still in memory.
//!
//! The embedder says of the nodes that scripts can see whether they are attached; what hangs on those shares their
//! state (DevTools: `HeapSnapshot.propagateDOMState`). Older files only say "Detached" in the names.

use crate::graph::{Graph, NodeIndex, NodeType};

/// The detached nodes, in the order of the snapshot.
#[must_use]
pub fn detached_nodes(graph: &Graph) -> Vec<NodeIndex> {
    const ATTACHED: u8 = 1;
    const DETACHED: u8 = 2;
    let mut states = vec![0u8; graph.node_count()];
    for wanted in [ATTACHED, DETACHED] {
        let told = graph.detachedness.iter().zip(0u32..).filter(|&(&state, _)| state == wanted);
        let mut pending: Vec<NodeIndex> = told.map(|(_, node)| NodeIndex(node)).collect();
        while let Some(node) = pending.pop() {
            if states[node.at()] != 0 || graph.node_type(node) != NodeType::Native {
                continue;
            }
            states[node.at()] = wanted;
            pending.extend(graph.edges(node).map(|edge| graph.target(edge)));
        }
    }
    let named = |node: NodeIndex| {
        graph.node_type(node) == NodeType::Native && graph.name(node).starts_with("Detached ")
    };
    graph.nodes().filter(|&node| states[node.at()] == DETACHED || named(node)).collect()
}
