//! The types that cross the boundary between the page and its worker, and nothing else.
//!
//! The page sends a [`Command`], the worker answers with a [`Reply`]; both are plain data for structured cloning.
//! The heap's occupancy travels as the bytes of a [`Picture`], whose buffer is transferred, not copied.
//! Read [`picture`] next: it says what those bytes hold.

#![forbid(unsafe_code)]

pub mod picture;

pub use picture::{Cell, CellState, PageView, Picture, PictureWriter, Space};

use serde::{Deserialize, Serialize};

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "camelCase")]
pub enum Command {
    /// Drop the session, if any, and make a new one that stands before its first instruction.
    Load(Settings),
    /// Run until the end, an error or [`Command::Pause`].
    Run,
    /// Stop between two instructions.
    Pause,
    /// Run to the start of the next source line.
    Step,
    /// Collect new space now.
    Scavenge,
    /// Collect the whole heap now.
    FullGc,
    /// How fast [`Command::Run`] goes.
    #[serde(rename_all = "camelCase")]
    SetSpeed {
        /// Instructions a second; `None` is as fast as the machine can.
        instructions_per_second: Option<u32>,
    },
    /// Send the newest [`Frame`] when the present slice of work ends.
    RequestFrame,
}

/// What a session is made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The snippet.
    pub source: String,
    /// A profile's name, as `--profile` takes it; empty for the default one.
    pub profile: String,
    /// Seed of `Math.random`.
    pub seed: u32,
}

/// What the worker tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "camelCase")]
pub enum Reply {
    /// The engine is compiled and waits for [`Command::Load`].
    Started {
        /// The profiles that a session can have, the default one first.
        profiles: Vec<ProfileChoice>,
    },
    /// The session's state has changed.
    State {
        /// The new state.
        state: RunState,
    },
    /// What the snippet has printed since the last such reply, in order.
    Output {
        /// The printed text.
        chunks: Vec<OutputChunk>,
    },
    /// The heap as it is now.
    Frame(Frame),
}

/// One entry of the profile list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileChoice {
    /// The name that `--profile` takes.
    pub name: String,
    /// The name that a person reads.
    pub label: String,
}

/// Where a session stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum RunState {
    /// The engine is still on its way.
    #[default]
    Starting,
    /// Loaded, before the first instruction.
    Ready,
    /// Running.
    Running,
    /// Between two instructions.
    Paused,
    /// At the end.
    #[serde(rename_all = "camelCase")]
    Finished {
        /// What the process would return.
        exit_code: i32,
    },
    /// Stopped by a syntax error, an uncaught exception or a spent budget.
    Failed(Diagnostic),
    /// Stopped because the heap is full.
    OutOfMemory {
        /// Node's words for it, with the last collections.
        report: String,
    },
    /// The engine itself has failed; only a new worker helps.
    Lost {
        /// What is known about it.
        message: String,
    },
}

/// An error and its place in the snippet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Diagnostic {
    /// What happened: the error's class and message, and for an exception its stack.
    pub message: String,
    /// Line, from 1; 0 when there is no place.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// Which of the two console streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stream {
    /// `console.log` and its like.
    Stdout,
    /// `console.error` and its like.
    Stderr,
}

/// A piece of console output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputChunk {
    /// Where it was printed.
    pub stream: Stream,
    /// The text, with its line ends.
    pub text: String,
}

/// A place in the snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The heap at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The heap's own numbers.
    pub counters: Counters,
    /// Where the next instruction comes from, when the session is not running.
    pub position: Option<Position>,
    /// The bytes of a [`Picture`].
    #[serde(with = "serde_bytes")]
    pub picture: Vec<u8>,
}

/// The session's numbers: the object of `semispace run --stats`, but for the wall clock and the profile's name.
///
/// Counts, bytes and virtual milliseconds. They are `f64` because that is what a JavaScript number is; all counts
/// stay far below 2^53.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counters {
    /// Instructions of the virtual machine so far.
    pub instructions: f64,
    /// Virtual time since the start.
    pub virtual_ms: f64,
    /// Minor collections so far.
    pub scavenges: f64,
    /// Full collections so far.
    pub mark_compacts: f64,
    /// Steps of incremental marking so far.
    pub incremental_steps: f64,
    /// Bytes that the snippet has allocated so far.
    pub allocated_bytes: f64,
    /// Bytes that scavenges have copied within new space so far.
    pub semi_space_copied_bytes: f64,
    /// Bytes that scavenges have moved to old space so far.
    pub promoted_bytes: f64,
    /// Bytes marked so far.
    pub marked_bytes: f64,
    /// Bytes that compaction has moved so far.
    pub evacuated_bytes: f64,
    /// Stores that the write barrier had to remember so far.
    pub write_barrier_hits: f64,
    /// The longest pause.
    pub max_pause_ms: f64,
    /// All pauses together.
    pub total_pause_ms: f64,
    /// Bytes in objects, dead ones that no collection has found yet included.
    pub heap_used: f64,
    /// Bytes in committed pages.
    pub heap_total: f64,
    /// Off-heap bytes that objects hold.
    pub external: f64,
    /// Off-heap bytes of array buffers.
    pub array_buffers: f64,
    /// What the process would take: heap, off-heap memory, and the engine itself.
    pub rss: f64,
    /// The largest `heap_used` so far.
    pub peak_heap_used: f64,
    /// Slabs of the Buffer pool, by state.
    pub slabs: SlabCounts,
}

/// Slabs of the Buffer pool, by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SlabCounts {
    /// Slabs that something points into.
    pub live: f64,
    /// Slabs with nothing taken.
    pub empty: f64,
    /// Slabs with something taken and room left.
    pub partial: f64,
    /// Slabs with no room left.
    pub full: f64,
}
