//! The graph: nodes and edges as columns.
//!
//! A snapshot of 100 MB holds millions of nodes and edges, so nothing here is an object of its own: each field is one
//! array, a node is a [`NodeIndex`], and the edges of node `n` are the range `first_edge[n]..first_edge[n + 1]`, in the
//! order of the file. Types are this crate's own numbers, whatever numbers the file's era used for them.

use crate::strings::Strings;
use crate::traces::Traces;

/// Number of a node, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIndex(pub u32);

/// Number of an edge, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeIndex(pub u32);

/// Number of a string of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StringIndex(pub u32);

impl NodeIndex {
    /// As an index of an array.
    #[inline(always)]
    #[must_use]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

impl EdgeIndex {
    /// As an index of an array.
    #[inline(always)]
    #[must_use]
    pub const fn at(self) -> usize {
        self.0 as usize
    }
}

macro_rules! types {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order of V8's list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that the files use.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The type of this word; [`Self::Other`] for words that this crate does not know.
            #[must_use]
            pub fn named(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Other,
                }
            }
        }
    };
}

types! {
    /// Types of nodes.
    NodeType {
        /// What scripts never see
        Hidden = "hidden",
        /// A backing store
        Array = "array",
        /// A flat string
        String = "string",
        /// An object of a script
        Object = "object",
        /// Compiled code and what belongs to it
        Code = "code",
        /// A function
        Closure = "closure",
        /// A regular expression
        RegExp = "regexp",
        /// A number that is no small integer
        Number = "number",
        /// Memory of the embedder
        Native = "native",
        /// No memory at all: roots
        Synthetic = "synthetic",
        /// A concatenation
        ConcatenatedString = "concatenated string",
        /// A part of another string
        SlicedString = "sliced string",
        /// A symbol
        Symbol = "symbol",
        /// A BigInt
        BigInt = "bigint",
        /// A hidden class (V8: Map) and what describes it
        ObjectShape = "object shape",
        /// An object of WebAssembly
        WasmObject = "wasm object",
        /// A type that came after this list
        Other = "other",
    }
}

types! {
    /// Types of edges.
    EdgeType {
        /// A variable of a scope
        Context = "context",
        /// An element of an array or object
        Element = "element",
        /// A named property
        Property = "property",
        /// A reference of the engine's own, by name
        Internal = "internal",
        /// A reference of the engine's own, by number
        Hidden = "hidden",
        /// An abbreviation: from the root to what belongs to the user
        Shortcut = "shortcut",
        /// A reference that does not keep its target
        Weak = "weak",
        /// A type that came after this list
        Other = "other",
    }
}

impl EdgeType {
    /// Whether edges of this type have a number where others have a name.
    #[inline(always)]
    #[must_use]
    pub const fn is_indexed(self) -> bool {
        matches!(self, Self::Element | Self::Hidden)
    }
}

impl NodeType {
    #[inline(always)]
    pub(crate) fn from_u8(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or(Self::Other)
    }

    /// Whether it is a string of any sort.
    #[must_use]
    pub const fn is_string(self) -> bool {
        matches!(self, Self::String | Self::ConcatenatedString | Self::SlicedString)
    }
}

impl EdgeType {
    #[inline(always)]
    pub(crate) fn from_u8(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or(Self::Other)
    }
}

/// How an edge is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeName<'a> {
    /// Element and hidden edges
    Index(u32),
    /// All others
    Name(&'a str),
}

impl std::fmt::Display for EdgeName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Index(index) => write!(f, "{index}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Where an object was made, or a function written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The object
    pub node: NodeIndex,
    /// The engine's number of the script
    pub script_id: u32,
    /// Line, from 0 as in the files
    pub line: u32,
    /// Column, from 0
    pub column: u32,
}

/// A heap snapshot.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub(crate) node_types: Vec<u8>,
    pub(crate) node_names: Vec<u32>,
    pub(crate) node_ids: Vec<u64>,
    pub(crate) self_sizes: Vec<u64>,
    /// One more than there are nodes.
    pub(crate) first_edges: Vec<u32>,
    /// Empty where the file has none.
    pub(crate) trace_nodes: Vec<u32>,
    /// 0 unknown, 1 attached, 2 detached; empty where the file has none.
    pub(crate) detachedness: Vec<u8>,
    pub(crate) edge_types: Vec<u8>,
    pub(crate) edge_names: Vec<u32>,
    pub(crate) edge_targets: Vec<u32>,
    pub(crate) strings: Strings,
    pub(crate) traces: Traces,
    /// In ascending order of nodes.
    pub(crate) locations: Vec<Location>,
    pub(crate) root: u32,
}

impl Graph {
    /// How many nodes there are; at least one.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.node_types.len()
    }

    /// How many edges there are.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edge_targets.len()
    }

    /// Where everything hangs.
    #[must_use]
    pub const fn root(&self) -> NodeIndex {
        NodeIndex(self.root)
    }

    /// All nodes.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeIndex> + ExactSizeIterator + use<> {
        (0..self.node_types.len() as u32).map(NodeIndex)
    }

    /// The type of a node.
    #[inline(always)]
    #[must_use]
    pub fn node_type(&self, node: NodeIndex) -> NodeType {
        NodeType::from_u8(self.node_types[node.at()])
    }

    /// The name of a node.
    #[must_use]
    pub fn name(&self, node: NodeIndex) -> &str {
        self.strings.get(self.name_index(node))
    }

    /// The number of a node's name.
    #[inline(always)]
    #[must_use]
    pub fn name_index(&self, node: NodeIndex) -> StringIndex {
        StringIndex(self.node_names[node.at()])
    }

    /// The id of a node, the same in every snapshot of one process.
    #[inline(always)]
    #[must_use]
    pub fn id(&self, node: NodeIndex) -> u64 {
        self.node_ids[node.at()]
    }

    /// Bytes of the node itself.
    #[inline(always)]
    #[must_use]
    pub fn self_size(&self, node: NodeIndex) -> u64 {
        self.self_sizes[node.at()]
    }

    /// Whether the embedder says that the node hangs on no document (DOM nodes).
    #[must_use]
    pub fn is_marked_detached(&self, node: NodeIndex) -> bool {
        self.detachedness.get(node.at()) == Some(&2)
    }

    /// Bytes of all nodes.
    #[must_use]
    pub fn total_self_size(&self) -> u64 {
        self.self_sizes.iter().fold(0, |sum, &size| sum.saturating_add(size))
    }

    /// The edges of a node.
    #[inline(always)]
    #[must_use]
    pub fn edges(
        &self,
        node: NodeIndex,
    ) -> impl DoubleEndedIterator<Item = EdgeIndex> + ExactSizeIterator + use<> {
        let range = self.edge_range(node);
        (range.start as u32..range.end as u32).map(EdgeIndex)
    }

    #[inline(always)]
    pub(crate) fn edge_range(&self, node: NodeIndex) -> std::ops::Range<usize> {
        self.first_edges[node.at()] as usize..self.first_edges[node.at() + 1] as usize
    }

    /// The type of an edge.
    #[inline(always)]
    #[must_use]
    pub fn edge_type(&self, edge: EdgeIndex) -> EdgeType {
        EdgeType::from_u8(self.edge_types[edge.at()])
    }

    /// The name of an edge.
    #[must_use]
    pub fn edge_name(&self, edge: EdgeIndex) -> EdgeName<'_> {
        let number = self.edge_names[edge.at()];
        if self.edge_type(edge).is_indexed() {
            EdgeName::Index(number)
        } else {
            EdgeName::Name(self.strings.get(StringIndex(number)))
        }
    }

    /// Where an edge leads.
    #[inline(always)]
    #[must_use]
    pub fn target(&self, edge: EdgeIndex) -> NodeIndex {
        NodeIndex(self.edge_targets[edge.at()])
    }

    /// The node that an edge starts from.
    #[must_use]
    pub fn source(&self, edge: EdgeIndex) -> NodeIndex {
        NodeIndex(self.first_edges.partition_point(|&first| first <= edge.0).saturating_sub(1) as u32)
    }

    /// The strings.
    #[must_use]
    pub const fn strings(&self) -> &Strings {
        &self.strings
    }

    /// Where a node was made, if the file says so.
    #[must_use]
    pub fn location(&self, node: NodeIndex) -> Option<Location> {
        let found = self.locations.binary_search_by_key(&node, |location| location.node).ok()?;
        Some(self.locations[found])
    }

    /// All locations, in the order of their nodes.
    #[must_use]
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }

    /// The node with this id.
    #[must_use]
    pub fn node_with_id(&self, id: u64) -> Option<NodeIndex> {
        self.node_ids.iter().position(|&own| own == id).map(|at| NodeIndex(at as u32))
    }
}
