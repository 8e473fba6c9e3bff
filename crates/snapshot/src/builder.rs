//! Making a graph node by node, for whoever describes a heap.

use rustc_hash::FxHashMap;

use crate::graph::{EdgeType, Graph, Location, NodeIndex, NodeType, StringIndex};
use crate::traces::{TraceFunction, TraceFunctionIndex, TraceIndex, TraceNode};

/// Makes a graph. Each node is followed by its edges; an edge may lead to a node that comes later.
#[derive(Clone, Debug)]
pub struct Builder {
    graph: Graph,
    known: FxHashMap<String, u32>,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// An empty graph. The first node that is added is the root.
    #[must_use]
    pub fn new() -> Self {
        let mut graph = Graph::default();
        graph.first_edges.push(0);
        Self { graph, known: FxHashMap::default() }
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(&index) = self.known.get(text) {
            return index;
        }
        let StringIndex(index) = self.graph.strings.push(text);
        self.known.insert(text.to_owned(), index);
        index
    }

    /// Adds a node; the edges that follow are its own.
    pub fn node(&mut self, node_type: NodeType, name: &str, id: u64, self_size: u64) -> NodeIndex {
        let name = self.string(name);
        let graph = &mut self.graph;
        graph.node_types.push(node_type as u8);
        graph.node_names.push(name);
        graph.node_ids.push(id);
        graph.self_sizes.push(self_size);
        graph.first_edges.push(graph.edge_targets.len() as u32);
        NodeIndex(graph.node_types.len() as u32 - 1)
    }

    /// Adds a named edge of the last node.
    pub fn named_edge(&mut self, edge_type: EdgeType, name: &str, to: NodeIndex) {
        let name = self.string(name);
        self.edge(edge_type, name, to);
    }

    /// Adds an element or hidden edge of the last node.
    pub fn indexed_edge(&mut self, edge_type: EdgeType, index: u32, to: NodeIndex) {
        self.edge(edge_type, index, to);
    }

    fn edge(&mut self, edge_type: EdgeType, name: u32, to: NodeIndex) {
        let graph = &mut self.graph;
        graph.edge_types.push(edge_type as u8);
        graph.edge_names.push(name);
        graph.edge_targets.push(to.0);
        if let Some(last) = graph.first_edges.last_mut() {
            *last += 1;
        }
    }

    /// Says where the last node was made.
    pub fn location(&mut self, script_id: u32, line: u32, column: u32) {
        if let Some(last) = self.graph.node_types.len().checked_sub(1) {
            self.graph.locations.push(Location { node: NodeIndex(last as u32), script_id, line, column });
        }
    }

    /// A function that allocates, with the line and column, from 1, where it does. Lines of one function that allocate are
    /// functions of their own here, so that each keeps its line.
    pub fn trace_function(
        &mut self,
        name: &str,
        script: &str,
        script_id: u32,
        line: u32,
        column: u32,
    ) -> TraceFunctionIndex {
        let (name, script) = (StringIndex(self.string(name)), StringIndex(self.string(script)));
        let functions = &mut self.graph.traces.functions;
        let id = functions.len() as u32;
        functions.push(TraceFunction { id, name, script, script_id, line, column });
        TraceFunctionIndex(id)
    }

    /// A call of it from another, `count` objects of `size` bytes allocated there. Without a parent it is the root.
    pub fn trace_node(
        &mut self,
        parent: Option<TraceIndex>,
        function: TraceFunctionIndex,
        count: u64,
        size: u64,
    ) -> TraceIndex {
        let nodes = &mut self.graph.traces.nodes;
        let index = nodes.len() as u32;
        nodes.push(TraceNode { id: index + 1, function, parent, count, size });
        TraceIndex(index)
    }

    /// Says in which call the last node was allocated.
    pub fn trace(&mut self, trace: TraceIndex) {
        let graph = &mut self.graph;
        if let Some(last) = graph.node_types.len().checked_sub(1) {
            graph.trace_nodes.resize(last, 0);
            graph.trace_nodes.push(trace.0 + 1);
        }
    }

    /// The graph; none if it has no node, or an edge that leads nowhere.
    #[must_use]
    pub fn finish(mut self) -> Option<Graph> {
        self.graph.traces.complete();
        let nodes = self.graph.node_count();
        let sound = nodes > 0 && self.graph.edge_targets.iter().all(|&target| (target as usize) < nodes);
        sound.then_some(self.graph)
    }
}
