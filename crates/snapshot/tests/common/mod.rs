//! Graphs for tests.
#![allow(dead_code)]

use semispace_snapshot::{Builder, EdgeType, Graph, NodeIndex, NodeType};

/// Objects of one size each, node 0 the root; edges by type, from and to.
pub fn graph(sizes: &[u64], edges: &[(EdgeType, u32, u32)]) -> Graph {
    let mut builder = Builder::new();
    for (node, &size) in sizes.iter().enumerate() {
        let node = node as u32;
        let kind = if node == 0 { NodeType::Synthetic } else { NodeType::Object };
        builder.node(kind, &format!("Class{}", node % 3), 2 * u64::from(node) + 1, size);
        for &(edge_type, _, to) in edges.iter().filter(|edge| edge.1 == node) {
            if edge_type.is_indexed() {
                builder.indexed_edge(edge_type, to, NodeIndex(to));
            } else {
                builder.named_edge(edge_type, &format!("to {to}"), NodeIndex(to));
            }
        }
    }
    builder.finish().expect("a sound graph")
}

/// The bytes of the file that a graph makes.
pub fn file(graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    semispace_snapshot::write(graph, &mut bytes).expect("memory does not fail");
    bytes
}

/// Everything of a graph that a file keeps.
pub fn dump(graph: &Graph) -> String {
    let mut text = String::new();
    for node in graph.nodes() {
        text += &format!(
            "{:?} {:?} @{} {} {:?}\n",
            graph.node_type(node),
            graph.name(node),
            graph.id(node),
            graph.self_size(node),
            graph.location(node)
        );
        for edge in graph.edges(node) {
            text += &format!(
                "  {:?} {} -> {:?}\n",
                graph.edge_type(edge),
                graph.edge_name(edge),
                graph.target(edge)
            );
        }
    }
    text
}
