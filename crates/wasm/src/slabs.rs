//! The Buffer pool as JavaScript sees it: slabs, the slices that live in them, and what is wasted.

use crate::playground::{Playground, to_js};
use semispace_playground::Session;
use semispace_playground::slab::{Slab, SlabId, SlabState};
use serde::Serialize;
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A Buffer that is alive in a slab. `address`: of the Buffer in the heap, in bytes; null if it has just been made. */
export interface SlabSlice {
  offset: number;
  length: number;
  address: number | null;
}

/** A slab of the Buffer pool. Sizes are bytes. */
export interface Slab {
  id: number;
  size: number;
  /** Where the next slice would begin. */
  taken: number;
  state: "empty" | "partial" | "full";
  /** Whether the next request is tried in this one. */
  isCurrent: boolean;
  /** Bytes of live Buffers. */
  live: number;
  /** Bytes of nobody's use, now or later: dead Buffers, alignment, and the tail that is left of a slab. */
  waste: number;
  slices: SlabSlice[];
}

/** The Buffer pool. */
export interface SlabReport {
  poolSize: number;
  /** Bytes of all slabs, and where they are. */
  reserved: number;
  live: number;
  dead: number;
  padding: number;
  tail: number;
  free: number;
  waste: number;
  /** Slabs, other than the current one, that one single live Buffer keeps. */
  pinnedByOne: number;
  /** Bytes of ArrayBuffers that are no slabs. */
  outside: number;
  /** Slabs in all, and by state; `slabs` has the oldest 5,000 of them. */
  counts: { live: number; empty: number; partial: number; full: number };
  slabs: Slab[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `SlabReport` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "SlabReport")]
    pub type JsSlabs;
}

/// Slabs of a report.
const MOST: usize = 5_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    pool_size: u64,
    reserved: u64,
    live: u64,
    dead: u64,
    padding: u64,
    tail: u64,
    free: u64,
    waste: u64,
    pinned_by_one: u64,
    outside: u64,
    counts: Counts,
    slabs: Vec<SlabRow>,
}

#[derive(Serialize)]
struct Counts {
    live: u64,
    empty: u64,
    partial: u64,
    full: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SlabRow {
    id: u64,
    size: u64,
    taken: u64,
    state: &'static str,
    is_current: bool,
    live: u64,
    waste: u64,
    slices: Vec<SliceRow>,
}

#[derive(Serialize)]
struct SliceRow {
    offset: u64,
    length: u64,
    address: Option<u32>,
}

/// The pool of a session.
///
/// # Errors
/// When the numbers cannot be turned into a JavaScript value.
pub fn of_session(session: &Session) -> Result<JsSlabs, JsValue> {
    let pool = session.buffer_pool();
    let figures = pool.figures();
    let word_bytes = session.heap().config().profile.word_bytes;
    let mut addresses: BTreeMap<(SlabId, u64), u32> = BTreeMap::new();
    for view in session.slab_views() {
        addresses.insert((view.slab, view.offset), view.at.offset().saturating_mul(word_bytes));
    }
    let row = |(id, slab): (SlabId, &Slab)| row(id, slab, pool.current() == Some(id), &addresses);
    to_js(&Report {
        pool_size: pool.size(),
        reserved: figures.reserved,
        live: figures.live,
        dead: figures.dead,
        padding: figures.padding,
        tail: figures.tail,
        free: figures.free,
        waste: figures.waste(),
        pinned_by_one: figures.pinned_by_one,
        outside: session.stats().array_buffers.saturating_sub(figures.reserved),
        counts: Counts {
            live: figures.slabs.live,
            empty: figures.slabs.empty,
            partial: figures.slabs.partial,
            full: figures.slabs.full,
        },
        slabs: pool.slabs().take(MOST).map(row).collect(),
    })
}

fn row(id: SlabId, slab: &Slab, is_current: bool, addresses: &BTreeMap<(SlabId, u64), u32>) -> SlabRow {
    let live = slab.live_bytes();
    let tail = if is_current { 0 } else { slab.room() };
    SlabRow {
        id: id.0,
        size: slab.size,
        taken: slab.offset.min(slab.size),
        state: match slab.state() {
            SlabState::Empty => "empty",
            SlabState::Partial => "partial",
            SlabState::Full => "full",
        },
        is_current,
        live,
        waste: slab.handed_out - live + slab.padding() + tail,
        slices: slab
            .live
            .values()
            .map(|slice| SliceRow {
                offset: slice.offset,
                length: slice.length,
                address: addresses.get(&(id, slice.offset)).copied(),
            })
            .collect(),
    }
}

#[wasm_bindgen]
impl Playground {
    /// The Buffer pool as it is now.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    pub fn slabs(&self) -> Result<JsSlabs, JsValue> {
        of_session(&self.session)
    }
}
