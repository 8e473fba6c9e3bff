//! The heap as a graph of named things: what a snapshot records and an inspector shows.
//!
//! [`HeapGraph`] only looks: it allocates nothing in the heap, moves nothing, marks nothing. Every reference that the
//! collector would follow is an edge here, so that what this graph reaches is what a collection keeps. Types, node
//! names and edge names are those of V8's snapshots (`src/profiler/heap-snapshot-generator.cc`), because people and
//! tools know them: an object is called by its constructor, elements and named properties are edges of the object
//! itself even where a backing store holds the value, and the backing store is a node of its own.
//!
//! Read [`node`] for types and names, [`edges`] for what refers to what, [`roots`] for where it all hangs.

mod edges;
mod node;
mod roots;

use std::borrow::Cow;

use semispace_heap::{ExternalHandle, ObjectId, Ref};

use crate::vm::Vm;
pub use roots::{Frame, Root, RootGroup};

/// The types of nodes, in the order of V8's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeType {
    /// What scripts never see
    Hidden,
    /// A backing store
    Array,
    /// A flat string
    String,
    /// An object of a script
    Object,
    /// Compiled code and what belongs to it
    Code,
    /// A function
    Closure,
    /// A regular expression
    RegExp,
    /// A number that is no small integer
    Number,
    /// Memory outside the heap
    Native,
    /// No memory at all: roots
    Synthetic,
    /// A concatenation that nobody has flattened
    ConcatenatedString,
    /// A part of another string
    SlicedString,
    /// A symbol
    Symbol,
    /// A BigInt
    BigInt,
}

/// The types of edges, in the order of V8's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeType {
    /// A variable of a scope
    Context,
    /// An element of an array or object
    Element,
    /// A named property
    Property,
    /// A reference of the machine's own, by name
    Internal,
    /// A reference of the machine's own, by number
    Hidden,
    /// An abbreviation: from the root to what belongs to the user
    Shortcut,
    /// A reference that does not keep its target
    Weak,
}

/// How an edge is called: element and hidden edges by number, others by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeName<'a> {
    /// A number
    Index(u32),
    /// A name
    Name(Cow<'a, str>),
}

/// One edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge<'a> {
    /// Its type
    pub edge_type: EdgeType,
    /// Its name
    pub name: EdgeName<'a>,
    /// What it leads to
    pub to: Ref,
}

/// What an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its type
    pub node_type: NodeType,
    /// Constructor, name of a function, text of a string (at most [`STRING_LIMIT`] characters)
    pub name: String,
    /// Bytes of the object itself
    pub self_size: u64,
}

/// Where a function is written: of a closure its own code, of an object its constructor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Number of the script
    pub script_id: u32,
    /// Line, from 1
    pub line: u32,
    /// Column, from 1
    pub column: u32,
}

/// Characters of a string that its node's name shows (V8: `--heap-snapshot-string-limit`).
pub const STRING_LIMIT: usize = 1024;

/// A machine's heap as a graph.
#[derive(Clone, Copy)]
pub struct HeapGraph<'a> {
    vm: &'a Vm,
}

impl<'a> HeapGraph<'a> {
    /// The graph of a machine's heap as it is now.
    pub const fn new(vm: &'a Vm) -> Self {
        Self { vm }
    }
}

/// Ids of snapshots: odd, in steps of two, as V8's (`HeapObjectsMap`). Small ones belong to the roots.
pub mod snapshot_id {
    use super::{ExternalHandle, ObjectId};

    /// The root.
    pub const ROOT: u64 = 1;
    /// `(GC roots)`
    pub const GC_ROOTS: u64 = 3;
    /// The first group of roots; each has the next odd number.
    pub const FIRST_GROUP: u64 = 5;
    /// Ids from here on belong to objects of the heap.
    pub const FIRST_OBJECT: u64 = 65;
    /// Ids from here on belong to frames of the stack, outermost first.
    pub const FIRST_FRAME: u64 = (1 << 31) + 1;

    /// The snapshot id of a piece of off-heap memory: even, as V8's for what the embedder owns.
    pub const fn of_external(handle: ExternalHandle) -> u64 {
        2 * (handle.0 + 1)
    }

    /// The snapshot id of an object.
    pub const fn of_object(id: ObjectId) -> u64 {
        FIRST_OBJECT + 2 * id.0 as u64
    }
}

impl Vm {
    /// The snapshot id of a live object: the same for as long as it lives, wherever it moves. None in the middle of a
    /// collection.
    pub fn snapshot_id(&mut self, object: Ref) -> Option<u64> {
        self.heap.object_id(object).map(snapshot_id::of_object)
    }
}
