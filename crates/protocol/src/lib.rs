//! The types that cross the boundary between the page and its worker, and nothing else.
//!
//! The page sends a [`Command`], the worker answers with a list of [`Reply`]; both travel as bytes ([`encode`], [`decode`]),
//! whose buffer is transferred, not copied, and need no names of fields. The heap's occupancy is a [`Picture`] in them.
//! Read [`picture`] next: it says what those bytes hold; then [`observe`]: what a person can ask about the heap.

#![forbid(unsafe_code)]

pub mod observe;
pub mod picture;

pub use observe::{
    CollectionKind, CollectionView, Explanation, Field, LogEntry, ObjectDetails, ObjectList, ObjectRecord,
    Referrer, Sample, StepUnit, Totals,
};
pub use picture::{Cell, CellState, PageHead, PageView, Picture, PictureWriter, Space};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A message as bytes: what the worker and the page hand each other.
#[must_use]
pub fn encode<T: Serialize + ?Sized>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
}

/// A message from its bytes; nothing when they are damaged.
#[must_use]
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    SetSpeed {
        /// Instructions a second; `None` is as fast as the machine can.
        instructions_per_second: Option<u32>,
    },
    /// Send the newest [`Frame`] when the present slice of work ends.
    RequestFrame,
    /// Run until the next collection is over or, slowly, until it is due: then it is begun for [`Command::StepCollection`].
    RunToCollection {
        /// Stop before it?
        slowly: bool,
    },
    /// Run until the end of the next collection that promotes an object or, slowly, until the step that does.
    RunToPromotion {
        /// Stop in the middle of the collection?
        slowly: bool,
    },
    /// Lines (from 1) at which [`Command::Run`] stops.
    SetBreakpoints {
        /// The lines, ascending.
        lines: Vec<u32>,
    },
    /// Begin a collection that [`Command::StepCollection`] moves on.
    StartCollection {
        /// Which.
        kind: CollectionKind,
    },
    /// Go on with the collection under way.
    StepCollection {
        /// How far.
        unit: StepUnit,
    },
    /// Parse a source and say what is wrong with it; the session is not touched.
    Check {
        /// The source.
        source: String,
    },
    /// Say why a collection ran.
    Explain {
        /// Its [`LogEntry::number`].
        number: u32,
    },
    /// Say why the object at, or around, this address lies where it does.
    ExplainObject {
        /// The address in bytes.
        address: u32,
    },
    /// Say why the page that this address lies on is there.
    ExplainPage {
        /// The address in bytes.
        address: u32,
    },
    /// Say why the spaces have the sizes and limits that they have.
    ExplainLimits,
    /// Send the objects that lie in these ranges of addresses.
    RequestObjects {
        /// First byte and end of each range.
        ranges: Vec<(u32, u32)>,
    },
    /// Send what there is to know of the object at, or around, this address.
    Inspect {
        /// The address in bytes.
        address: u32,
    },
    /// Send the object with this [`ObjectDetails::id`], wherever it is now.
    Follow {
        /// The id.
        id: f64,
    },
    /// Go back to the moment when so many instructions had run.
    Rewind {
        /// Instructions since the start.
        instructions: f64,
    },
    /// Run the same snippet under other settings, apart from the session.
    Compare(Settings),
    /// Forget the other run.
    EndComparison,
}

/// What a session is made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The snippet.
    pub source: String,
    /// Files that it may `require`.
    pub files: Vec<SourceFile>,
    /// Remember where each object is allocated: see `Engine::allocation_sites` of `semispace-wasm`.
    pub records_sites: bool,
    /// A profile's name, as `--profile` takes it; empty for the default one.
    pub profile: String,
    /// Seed of `Math.random`.
    pub seed: u32,
    /// Limits that differ from the profile's.
    pub limits: Limits,
}

/// A file beside the snippet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// Its path from the snippet's folder: `cache.js`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Limits that override the profile's, in the units of Node's flags; `None` keeps the profile's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// `--max-old-space-size`, MB.
    pub max_old_space_mb: Option<u32>,
    /// `--max-semi-space-size`, MB.
    pub max_semi_space_mb: Option<u32>,
    /// `--min-semi-space-size`, MB.
    pub min_semi_space_mb: Option<u32>,
}

/// What the worker tells the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// The answer to [`Command::Check`].
    Checked {
        /// What is wrong, if anything.
        problem: Option<Diagnostic>,
    },
    /// The answer to [`Command::Explain`] and its like.
    Explained(Explanation),
    /// The answer to [`Command::RequestObjects`].
    Objects(ObjectList),
    /// The answer to [`Command::Inspect`]; nothing when no object lies there.
    Object {
        /// The object.
        details: Option<ObjectDetails>,
    },
    /// The session stands at an earlier moment: what came later is void.
    Rewound {
        /// Where it stands now, in instructions.
        instructions: f64,
        /// The same in virtual milliseconds.
        virtual_ms: f64,
        /// Bytes of console text printed until then.
        printed: f64,
    },
    /// How the run of [`Command::Compare`] goes.
    Compared(Totals),
}

/// One entry of the profile list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileChoice {
    /// The name that `--profile` takes.
    pub name: String,
    /// The name that a person reads.
    pub label: String,
    /// First and largest capacity of a semi-space, MB.
    pub semi_space_mb: (f64, f64),
    /// Maximum of the old generation, MB.
    pub old_space_mb: f64,
}

/// Where a session stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
pub struct Diagnostic {
    /// What happened: the error's class and message, and for an exception its stack.
    pub message: String,
    /// 0 for the snippet itself, else the number of one of its other files, from 1.
    pub file: u32,
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
    /// 0 for the snippet itself, else the number of one of its other files, from 1.
    pub file: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// The heap at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The heap's own numbers.
    pub counters: Counters,
    /// Where the next instruction comes from, when the session is not running.
    pub position: Option<Position>,
    /// The bytes of a [`Picture`].
    #[serde(with = "serde_bytes")]
    pub picture: Vec<u8>,
    /// Does the picture of a heap at rest show what is unreachable? If not, one that does follows when the trace is done.
    pub is_traced: bool,
    /// The heap's sizes at some moments since the last frame, oldest first.
    pub samples: Vec<Sample>,
    /// The collections since the last frame, oldest first.
    pub log: Vec<LogEntry>,
    /// The collection that is being stepped through.
    pub collection: Option<CollectionView>,
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
