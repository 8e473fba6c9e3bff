//! Where objects were allocated: the calls that led there, as a tree.
//!
//! V8 records them while it tracks allocations (`AllocationTracker`): a node of the tree is a call of a function from the
//! one that its parent stands for, and an object names the node in which it was made. Files without them say at most
//! where an object's constructor is written ([`Location`]); [`Graph::site`] answers with the best there is.

use crate::graph::{Graph, Location, NodeIndex, StringIndex};

/// Number of a function of the traces, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceFunctionIndex(pub u32);

/// Number of a call of the trace tree, from 0; a caller comes before those it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceIndex(pub u32);

/// A function that allocates. Lines and columns count from 1, as in the files; 0 is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceFunction {
    /// The engine's number of the function
    pub id: u32,
    /// Its name
    pub name: StringIndex,
    /// The name of its script
    pub script: StringIndex,
    /// The engine's number of the script
    pub script_id: u32,
    /// Line
    pub line: u32,
    /// Column
    pub column: u32,
}

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceNode {
    /// The number by which objects name it
    pub id: u32,
    /// What is called
    pub function: TraceFunctionIndex,
    /// The call that it was called from
    pub parent: Option<TraceIndex>,
    /// Objects allocated in it
    pub count: u64,
    /// Their bytes
    pub size: u64,
}

/// The trace tree of a snapshot.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    pub(crate) functions: Vec<TraceFunction>,
    pub(crate) nodes: Vec<TraceNode>,
    /// Numbers of nodes with their places, sorted when the tree is complete
    by_id: Vec<(u32, u32)>,
}

impl Traces {
    /// The functions.
    #[must_use]
    pub fn functions(&self) -> &[TraceFunction] {
        &self.functions
    }

    /// The calls; a caller comes before those it calls.
    #[must_use]
    pub fn nodes(&self) -> &[TraceNode] {
        &self.nodes
    }

    /// Call it when the tree is complete.
    pub(crate) fn complete(&mut self) {
        self.by_id = self.nodes.iter().enumerate().map(|(at, node)| (node.id, at as u32)).collect();
        self.by_id.sort_unstable();
    }

    fn with_id(&self, id: u32) -> Option<&TraceNode> {
        let found = self.by_id.binary_search_by_key(&id, |&(id, _)| id).ok()?;
        self.nodes.get(self.by_id[found].1 as usize)
    }
}

/// A call on the way to an allocation. Line and column from 1; 0 is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceFrame<'g> {
    /// Name of the function
    pub function: &'g str,
    /// Name of the script
    pub script: &'g str,
    /// The engine's number of the script
    pub script_id: u32,
    /// Line
    pub line: u32,
    /// Column
    pub column: u32,
}

/// Where an object comes from. Line and column from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'g> {
    /// Whether the object was allocated there; else its constructor is written there
    pub is_allocation: bool,
    /// Name of the function that allocated it; empty where that is not known
    pub function: &'g str,
    /// Name of the script; empty where the file has only its number
    pub script: &'g str,
    /// The engine's number of the script
    pub script_id: u32,
    /// Line
    pub line: u64,
    /// Column
    pub column: u64,
}

impl Site<'_> {
    fn of_frame(frame: TraceFrame<'_>) -> Site<'_> {
        let TraceFrame { function, script, script_id, line, column } = frame;
        let [line, column] = [line, column].map(u64::from);
        Site { is_allocation: true, function, script, script_id, line, column }
    }

    fn of_constructor(place: Location) -> Site<'static> {
        // Locations count from 0.
        let [line, column] = [place.line, place.column].map(|number| u64::from(number) + 1);
        Site { is_allocation: false, function: "", script: "", script_id: place.script_id, line, column }
    }
}

impl Graph {
    /// The trace tree; empty if allocations were not tracked.
    #[must_use]
    pub const fn traces(&self) -> &Traces {
        &self.traces
    }

    /// The number of the trace in which a node was allocated; 0 if that is not known.
    #[must_use]
    pub fn trace_id(&self, node: NodeIndex) -> u32 {
        self.trace_nodes.get(node.at()).copied().unwrap_or(0)
    }

    /// The calls that led to the allocation of a node, innermost first. Empty if that is not known.
    #[must_use]
    pub fn allocation_stack(&self, node: NodeIndex) -> Vec<TraceFrame<'_>> {
        let mut frames = Vec::new();
        let mut at = self.traces.with_id(self.trace_id(node));
        // The outermost is no call, but the root of the tree.
        while let Some((call, parent)) = at.and_then(|call| Some((call, call.parent?))) {
            frames.extend(self.frame(call.function));
            at = self.traces.nodes.get(parent.0 as usize);
        }
        frames
    }

    fn frame(&self, function: TraceFunctionIndex) -> Option<TraceFrame<'_>> {
        let TraceFunction { name, script, script_id, line, column, .. } =
            *self.traces.functions.get(function.0 as usize)?;
        Some(TraceFrame {
            function: self.strings.get(name),
            script: self.strings.get(script),
            script_id,
            line,
            column,
        })
    }

    /// Where a node was allocated, or else where its constructor is written.
    #[must_use]
    pub fn site(&self, node: NodeIndex) -> Option<Site<'_>> {
        let frame = self.allocation_stack(node).into_iter().find(|frame| frame.line > 0);
        frame.map(Site::of_frame).or_else(|| self.location(node).map(Site::of_constructor))
    }
}
