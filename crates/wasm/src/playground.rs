//! The published JavaScript API: one session, driven by the caller.
//!
//! ```js
//! import init, { Playground } from "semispace-wasm";
//! await init();
//! const playground = new Playground({ source: "const a = []; for (let i = 0; i < 1e5; i++) a.push({ i });" });
//! while (playground.run(100_000).kind === "paused") {}
//! console.log(playground.stats().scavenges, playground.occupancy().oldSpace.used);
//! playground.free();
//! ```

use crate::collection::{Collection, JsCollections};
use crate::convert::{chunk, counters_of};
use crate::options::{self, JsOptions};
use crate::{error, picture};
use semispace_playground::heap::SpaceOccupancy;
use semispace_playground::heap_snapshot::Snapshot;
use semispace_playground::{self as playground, Session, StepKind};
use semispace_protocol::Counters;
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Where a session stands. */
export type RunState =
  | { kind: "paused" }
  | { kind: "finished"; exitCode: number }
  | { kind: "failed"; message: string; line: number; column: number }
  | { kind: "outOfMemory"; report: string };

/** How one space is filled, in bytes. */
export interface SpaceOccupancy {
  capacity: number;
  used: number;
  pages: number;
}

/** How the heap is filled. */
export interface Occupancy {
  toSpace: SpaceOccupancy;
  fromSpace: SpaceOccupancy;
  oldSpace: SpaceOccupancy;
  largeObjects: SpaceOccupancy;
}

/** The session's numbers so far: what `semispace run --stats` prints, but for the wall clock. All sizes are bytes. */
export interface Stats {
  profile: string;
  instructions: number;
  virtual_ms: number;
  scavenges: number;
  mark_compacts: number;
  incremental_steps: number;
  allocated_bytes: number;
  semi_space_copied_bytes: number;
  promoted_bytes: number;
  marked_bytes: number;
  evacuated_bytes: number;
  write_barrier_hits: number;
  max_pause_ms: number;
  total_pause_ms: number;
  heap_used: number;
  heap_total: number;
  external: number;
  array_buffers: number;
  rss: number;
  peak_heap_used: number;
  slabs: { live: number; empty: number; partial: number; full: number };
}

/** A piece of console output. */
export interface OutputChunk {
  stream: "stdout" | "stderr";
  text: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `RunState` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "RunState")]
    pub type JsRunState;
    /// `Occupancy` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "Occupancy")]
    pub type JsOccupancy;
    /// `Stats` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "Stats")]
    pub type JsStats;
    /// `OutputChunk[]` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "OutputChunk[]")]
    pub type JsOutput;
}

/// `RunState` of the TypeScript types.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
enum State {
    Paused,
    #[serde(rename_all = "camelCase")]
    Finished {
        exit_code: i32,
    },
    Failed {
        message: String,
        line: u32,
        column: u32,
    },
    OutOfMemory {
        report: String,
    },
}

impl From<playground::RunState> for State {
    fn from(state: playground::RunState) -> Self {
        match state {
            playground::RunState::Paused => Self::Paused,
            playground::RunState::Finished { exit_code } => Self::Finished { exit_code },
            playground::RunState::Failed(playground::Diagnostic { message, line, column, .. }) => {
                Self::Failed { message, line, column }
            }
            playground::RunState::OutOfMemory(report) => Self::OutOfMemory { report },
        }
    }
}

#[derive(Serialize)]
struct Stats {
    profile: &'static str,
    #[serde(flatten)]
    counters: Counters,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Occupancy {
    to_space: Space,
    from_space: Space,
    old_space: Space,
    large_objects: Space,
}

#[derive(Serialize)]
struct Space {
    capacity: f64,
    used: f64,
    pages: usize,
}

impl Space {
    fn of(occupancy: &SpaceOccupancy) -> Self {
        let [capacity, used] = [occupancy.capacity, occupancy.used].map(|bytes| bytes as f64);
        Self { capacity, used, pages: occupancy.pages.len() }
    }

    fn plus(self, other: Self) -> Self {
        let Self { capacity, used, pages } = self;
        Self { capacity: capacity + other.capacity, used: used + other.used, pages: pages + other.pages }
    }
}

/// One session: a snippet, its virtual machine and its heap. Call `free()` when it is no longer needed.
#[wasm_bindgen]
pub struct Playground {
    pub(crate) session: Session,
    /// Snapshots taken, in order
    pub(crate) snapshots: Vec<Snapshot>,
    is_paused: bool,
}

#[wasm_bindgen]
impl Playground {
    /// Compiles the snippet; the session then stands before its first instruction.
    ///
    /// # Errors
    /// `ERR_OPTIONS` when the options are no `PlaygroundOptions` or a size is out of its range, `ERR_PROFILE` when there is no such profile,
    /// `ERR_SNIPPET` with `line` and `column` when the snippet does not compile.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsOptions) -> Result<Self, JsValue> {
        console_error_panic_hook::set_once();
        let config = options::read(options)?;
        let session = Session::new(config).map_err(|diagnostic| error::of_diagnostic(&diagnostic))?;
        Ok(Self { session, snapshots: Vec::new(), is_paused: false })
    }

    /// Runs at most so many instructions; none while the session is held by [`Playground::pause`].
    ///
    /// # Errors
    /// When the state cannot be turned into a JavaScript value.
    pub fn run(&mut self, instructions: f64) -> Result<JsRunState, JsValue> {
        let budget = if self.is_paused { 0.0 } else { instructions.max(0.0) };
        let state = self.session.run(budget as u64);
        to_js(&State::from(state))
    }

    /// Holds the session: `run` does nothing until `resume`, so that a button can stop whatever loop drives it.
    /// Steps and collections still work.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Lets a paused session go on at the next `run`.
    pub fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Whether the session is held by `pause`.
    #[wasm_bindgen(getter, js_name = isPaused)]
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.is_paused
    }

    /// Runs to the next `"line"` or to the next `"collection"`.
    ///
    /// # Errors
    /// `ERR_OPTIONS` for any other word.
    pub fn step(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "\"line\" | \"collection\"")] kind: &str,
    ) -> Result<JsRunState, JsValue> {
        let kind = match kind {
            "line" => StepKind::Line,
            "collection" => StepKind::Collection,
            other => return Err(error::plain("ERR_OPTIONS", &format!("There is no step named {other}."))),
        };
        let state = self.session.step(kind);
        to_js(&State::from(state))
    }

    /// Collects new space now.
    pub fn scavenge(&mut self) {
        self.session.scavenge();
    }

    /// Collects the whole heap now.
    pub fn collect(&mut self) {
        self.session.full_gc();
    }

    /// How each space is filled.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    pub fn occupancy(&self) -> Result<JsOccupancy, JsValue> {
        let now = self.session.heap().occupancy();
        to_js(&Occupancy {
            to_space: Space::of(&now.to_space),
            from_space: Space::of(&now.from_space),
            old_space: Space::of(&now.old_space),
            large_objects: Space::of(&now.young_large).plus(Space::of(&now.old_large)),
        })
    }

    /// The heap page by page, as the bytes of a picture (see `semispace_protocol::picture`). For a picture of many a second,
    /// `is_running` leaves out what takes a walk over the heap: which objects are unreachable.
    #[must_use]
    pub fn picture(&self, is_running: Option<bool>) -> Vec<u8> {
        let view = if is_running.unwrap_or_default() { picture::View::Fast } else { picture::View::Close };
        picture::of_session(&self.session, view)
    }

    /// The session's numbers so far.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    pub fn stats(&self) -> Result<JsStats, JsValue> {
        to_js(&Stats { profile: self.session.stats().profile, counters: counters_of(&self.session) })
    }

    /// The collections since the last call, oldest first: the newest 16,384 of them.
    ///
    /// # Errors
    /// When a record cannot be turned into a JavaScript value.
    pub fn events(&mut self) -> Result<JsCollections, JsValue> {
        let records = self.session.take_collections();
        let collections: Vec<_> =
            records.iter().map(|record| Collection::new(record, self.session.trace_line(record))).collect();
        to_js(&collections)
    }

    /// What the snippet has printed since the last call, in order.
    ///
    /// # Errors
    /// When the text cannot be turned into a JavaScript value.
    pub fn output(&mut self) -> Result<JsOutput, JsValue> {
        let chunks: Vec<_> = self.session.take_output().into_iter().map(chunk).collect();
        to_js(&chunks)
    }
}

pub(crate) fn to_js<T: From<JsValue>>(value: &impl Serialize) -> Result<T, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    let value =
        value.serialize(&serializer).map_err(|problem| error::plain("ERR_INTERNAL", &problem.to_string()))?;
    Ok(T::from(value))
}
