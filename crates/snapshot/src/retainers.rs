//! The edges turned round: who refers to a node.

use crate::graph::{EdgeIndex, Graph, NodeIndex};

/// For each node the edges that lead to it, in the order of the file.
#[derive(Clone, Debug)]
pub struct Retainers {
    first: Vec<u32>,
    edges: Vec<u32>,
    sources: Vec<u32>,
}

impl Retainers {
    /// Of all edges, weak ones too.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let mut first = vec![0u32; graph.node_count() + 1];
        for &target in &graph.edge_targets {
            first[target as usize + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut next = first.clone();
        let mut edges = vec![0; graph.edge_count()];
        let mut sources = vec![0; graph.edge_count()];
        for node in graph.nodes() {
            for edge in graph.edge_range(node) {
                let place = &mut next[graph.edge_targets[edge] as usize];
                edges[*place as usize] = edge as u32;
                sources[*place as usize] = node.0;
                *place += 1;
            }
        }
        Self { first, edges, sources }
    }

    /// The edges that lead to a node, each with the node that it starts from.
    pub fn of(&self, node: NodeIndex) -> impl ExactSizeIterator<Item = (EdgeIndex, NodeIndex)> + '_ {
        let range = self.first[node.at()] as usize..self.first[node.at() + 1] as usize;
        range.map(|at| (EdgeIndex(self.edges[at]), NodeIndex(self.sources[at])))
    }
}
