//! Heap snapshots: a heap as a graph, whoever made it.
//!
//! A [`Graph`] comes from a `.heapsnapshot` file ([`mod@read`]) or from a [`Builder`] that describes a live heap; [`mod@write`]
//! makes a file of it that DevTools and other tools open. What it means is worked out in layers, each a module that
//! needs only those above it:
//!
//! 1. [`rules`]: which edges keep their targets, as DevTools sees it.
//! 2. [`dominators`]: who alone keeps what alive, and how many bytes (retained sizes). [`retainers`]: the edges turned
//!    round. [`distances`]: steps from the roots.
//! 3. [`groups`]: nodes by constructor, with DevTools' columns. [`strings`]: duplicates. [`detached`]: DOM nodes that
//!    hang on no document.
//! 4. [`traces`]: where objects were allocated, if that was recorded.
//! 5. [`compare`]: two snapshots by the ids of their nodes. [`leaks`]: what came and stayed, clustered by the
//!    [`paths`] that keep it, in words, with a verdict.
//!
//! [`Snapshot`] ties a graph to its analysis. Sizes are bytes, lines and columns are counted from 0 as in the files.

#![forbid(unsafe_code)]

mod analysis;
mod builder;
pub mod compare;
pub mod detached;
pub mod distances;
pub mod dominators;
pub mod graph;
pub mod groups;
pub mod leaks;
pub mod paths;
mod read;
pub mod retainers;
pub mod rules;
pub mod strings;
pub mod traces;
mod write;

pub use analysis::{Analysis, Snapshot};
pub use builder::Builder;
pub use graph::{EdgeIndex, EdgeName, EdgeType, Graph, Location, NodeIndex, NodeType, StringIndex};
pub use read::{Problem, ReadError, Reader, read, read_with};
pub use rules::{Ephemerons, Rules};
pub use traces::{Site, TraceFrame};
pub use write::write;
