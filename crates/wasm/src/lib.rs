//! The engine's face to JavaScript.
//!
//! Two classes, one engine. [`Playground`] is the published API: a session that a page, a worker or Node drives
//! step by step. [`Engine`] serves our own page from a Web Worker: it takes commands, works in short slices and answers
//! with replies, all of them types of `semispace-protocol`; `www/src/worker.js` is the loop around it. [`picture`] turns
//! the heap into the bytes that the page paints, `objects` single objects into lists, `convert` the rest. What the page asks
//! for only when its view is open (snapshots, slabs, allocation sites) is in `questions`, as plain JavaScript values; what needs a walk over a heap that stands still is in `still`.

pub mod collection;
mod comparison;
mod convert;
pub mod engine;
mod error;
pub mod exercise;
mod goal;
mod objects;
pub mod options;
pub mod parts;
pub mod picture;
pub mod playground;
mod questions;
pub mod slabs;
pub mod snapshot;
mod snapshot_answers;
pub mod snapshot_rows;
mod still;

pub use engine::Engine;
pub use playground::Playground;
pub use snapshot::{HeapSnapshot, SnapshotReader};
