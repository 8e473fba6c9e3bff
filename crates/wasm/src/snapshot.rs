//! Heap snapshots for JavaScript: those of a session, and files of a real Node or Chrome, which never leave the machine.
//!
//! ```js
//! const reader = new SnapshotReader(file.size);
//! for (let at = 0; at < file.size; at += 1 << 20) {
//!   if (signal.aborted) { reader.free(); throw signal.reason; }
//!   reader.feed(new Uint8Array(await file.slice(at, at + (1 << 20)).arrayBuffer()));
//!   onProgress(reader.bytesRead / file.size);
//! }
//! const snapshot = reader.finish();
//! console.log(snapshot.summary(20));
//! ```
//!
//! Run it in a worker. `finish` works out the dominator tree, at once unless `work` has done so before, portion by portion.

use semispace_playground::heap_snapshot as snapshot;
use snapshot::detached::detached_nodes;
use snapshot::groups::{duplicate_strings, groups, statistics};
use snapshot::leaks::{LeakOptions, find_leaks};
use snapshot::paths::{Path, best_path, distinct_paths};
use snapshot::{Analysis, NodeIndex, ReadError, Reader, Snapshot};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::now_ms;
use crate::error;
use crate::playground::{Playground, to_js};
use crate::snapshot_answers::{
    Change, Comparison, Duplicate, GroupRow, Leaks, Object, PathRow, SiteRow, Summary, Taken,
};
use crate::snapshot_rows::SortedMembers;

#[wasm_bindgen]
extern "C" {
    /// `TakenSnapshot` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "TakenSnapshot")]
    pub type JsTaken;
    /// `SnapshotSummary` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "SnapshotSummary")]
    pub type JsSummary;
    /// `SnapshotComparison` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "SnapshotComparison")]
    pub type JsComparison;
    /// `SnapshotObject` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "SnapshotObject")]
    pub type JsObject;
}

/// Groups that a summary has when nobody says how many.
const GROUPS: usize = 100;
/// Duplicate strings and detached nodes of a summary.
const EXAMPLES: usize = 20;
/// How long a portion of work on a snapshot takes, in milliseconds.
const WORK_MS: f64 = 20.0;

fn summary_of(snapshot: &Snapshot, top: Option<u32>) -> Result<JsSummary, JsValue> {
    let graph = snapshot.graph();
    let top = top.map_or(GROUPS, |top| top as usize);
    let duplicates = duplicate_strings(snapshot).into_iter().take(EXAMPLES);
    to_js(&Summary {
        node_count: graph.node_count(),
        edge_count: graph.edge_count(),
        total_self_size: graph.total_self_size(),
        statistics: statistics(snapshot).into(),
        groups: groups(snapshot).into_iter().take(top).map(GroupRow::from).collect(),
        duplicate_strings: duplicates
            .map(|strings| Duplicate {
                text: strings.text,
                count: strings.count,
                wasted_bytes: strings.wasted,
            })
            .collect(),
        detached_ids: detached_nodes(graph).into_iter().take(EXAMPLES).map(|node| graph.id(node)).collect(),
    })
}

fn comparison_of(
    first: &Snapshot,
    second: &Snapshot,
    third: Option<&Snapshot>,
    repetitions: Option<u32>,
) -> Result<JsComparison, JsValue> {
    let found = find_leaks(first, second, third, LeakOptions { repetitions });
    let changes = snapshot::compare::compare(first, second);
    to_js(&Comparison {
        changes: changes.into_iter().map(Change::from).collect(),
        leaks: Leaks::of(third.unwrap_or(second), &found),
    })
}

fn object_of(snapshot: &Snapshot, id: f64, limit: Option<u32>) -> Result<JsObject, JsValue> {
    const PATHS: u32 = 5;
    let graph = snapshot.graph();
    let node: NodeIndex = graph
        .node_with_id(id as u64)
        .ok_or_else(|| error::plain("ERR_OBJECT", &format!("The snapshot has no object @{id}.")))?;
    let limit = limit.unwrap_or(PATHS).max(1) as usize;
    let mut paths: Vec<Path> = best_path(snapshot, node).into_iter().collect();
    for path in distinct_paths(snapshot, node, limit) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    to_js(&Object {
        id: graph.id(node),
        name: graph.name(node).to_owned(),
        r#type: graph.node_type(node).as_str(),
        shallow_bytes: graph.self_size(node),
        retained_bytes: snapshot.retained_size(node),
        dominator_id: graph.id(snapshot.dominators().dominator(node)),
        allocation_site: graph.site(node).map(SiteRow::from),
        paths: paths.iter().take(limit).map(|path| PathRow::of(snapshot, path)).collect(),
    })
}

fn file_of(snapshot: &Snapshot) -> Result<Vec<u8>, JsValue> {
    let mut bytes = Vec::new();
    snapshot::write(snapshot.graph(), &mut bytes)
        .map_err(|problem| error::plain("ERR_INTERNAL", &problem.to_string()))?;
    Ok(bytes)
}

#[wasm_bindgen]
impl Playground {
    /// Records the heap as it is. The run goes on as if nobody had looked.
    ///
    /// # Errors
    /// `ERR_COLLECTION` in the middle of a collection that is being stepped through.
    #[wasm_bindgen(js_name = takeSnapshot)]
    pub fn take_snapshot(&mut self) -> Result<JsTaken, JsValue> {
        let graph = self.session.take_snapshot().ok_or_else(|| {
            error::plain("ERR_COLLECTION", "A collection is under way: finish it, then take the snapshot.")
        })?;
        let taken = Taken {
            index: self.snapshots.len(),
            node_count: graph.node_count(),
            edge_count: graph.edge_count(),
            total_self_size: graph.total_self_size(),
        };
        self.snapshots.push(Snapshot::new(graph));
        to_js(&taken)
    }

    /// Records the heap as it is, as a snapshot of its own: it can be compared with those read from files, and outlives the
    /// session.
    ///
    /// # Errors
    /// `ERR_COLLECTION` in the middle of a collection that is being stepped through.
    #[wasm_bindgen(js_name = recordSnapshot)]
    pub fn record_snapshot(&mut self) -> Result<HeapSnapshot, JsValue> {
        self.session.take_snapshot().map(HeapSnapshot::of).ok_or_else(|| {
            error::plain("ERR_COLLECTION", "A collection is under way: finish it, then take the snapshot.")
        })
    }

    /// Paths of the heap snapshots that the snippet itself has written with `v8.writeHeapSnapshot` or `heapdump`, in that
    /// order; [`Playground::file`] has their bytes.
    #[wasm_bindgen(js_name = writtenSnapshots)]
    #[must_use]
    pub fn written_snapshots(&self) -> Vec<String> {
        let all = self.session.written_snapshots();
        let is_last = |at: usize| !all[at + 1..].contains(&all[at]);
        let paths = (0..all.len()).filter(|&at| is_last(at) && self.session.file_size(&all[at]).is_some());
        paths.map(|at| all[at].clone()).collect()
    }

    /// The bytes of a file that the snippet has written with `fs`, `v8.writeHeapSnapshot` or `heapdump`, by its absolute path.
    ///
    /// # Errors
    /// `ERR_FILE` when there is no such file, or it has more than 256 MiB.
    pub fn file(&self, path: &str) -> Result<Vec<u8>, JsValue> {
        /// What a session can store; only generated files are larger.
        const MOST: u64 = 256 << 20;
        match self.session.file_size(path) {
            Some(size) if size > MOST => {
                Err(error::plain("ERR_FILE", &format!("{path} has {size} bytes, too many to copy at once.")))
            }
            Some(_) => Ok(self.session.file(path).unwrap_or_default()),
            None => Err(error::plain("ERR_FILE", &format!("The session has no file {path}."))),
        }
    }

    /// What is in snapshot `index`: the `top` largest groups, 100 when left out.
    ///
    /// # Errors
    /// `ERR_SNAPSHOT` when there is no such snapshot.
    #[wasm_bindgen(js_name = snapshotSummary)]
    pub fn snapshot_summary(&self, index: usize, top: Option<u32>) -> Result<JsSummary, JsValue> {
        summary_of(self.snapshot(index)?, top)
    }

    /// What changed from snapshot `a` to `b`, and what came between them and is still there in `c` (or in `b`).
    ///
    /// # Errors
    /// `ERR_SNAPSHOT` when there is no such snapshot.
    #[wasm_bindgen(js_name = compareSnapshots)]
    pub fn compare_snapshots(
        &self,
        a: usize,
        b: usize,
        c: Option<usize>,
        repetitions: Option<u32>,
    ) -> Result<JsComparison, JsValue> {
        let third = c.map(|c| self.snapshot(c)).transpose()?;
        comparison_of(self.snapshot(a)?, self.snapshot(b)?, third, repetitions)
    }

    /// One object of snapshot `index`, with at most `limit` paths that keep it, 5 when left out.
    ///
    /// # Errors
    /// `ERR_SNAPSHOT` or `ERR_OBJECT` when there is no such snapshot or object.
    #[wasm_bindgen(js_name = snapshotObject)]
    pub fn snapshot_object(&self, index: usize, id: f64, limit: Option<u32>) -> Result<JsObject, JsValue> {
        object_of(self.snapshot(index)?, id, limit)
    }

    /// Snapshot `index` as the bytes of a `.heapsnapshot` file that DevTools opens.
    ///
    /// # Errors
    /// `ERR_SNAPSHOT` when there is no such snapshot.
    #[wasm_bindgen(js_name = exportSnapshot)]
    pub fn export_snapshot(&self, index: usize) -> Result<Vec<u8>, JsValue> {
        file_of(self.snapshot(index)?)
    }

    fn snapshot(&self, index: usize) -> Result<&Snapshot, JsValue> {
        let missing = || error::plain("ERR_SNAPSHOT", &format!("There is no snapshot {index}."));
        self.snapshots.get(index).ok_or_else(missing)
    }
}

/// Reads a `.heapsnapshot` file piece by piece. To cancel, call `free()`.
#[wasm_bindgen]
pub struct SnapshotReader {
    reader: Reader,
    /// What becomes of the graph, once all of it has been read.
    analysis: Option<Analysis>,
}

impl SnapshotReader {
    /// A graph that is there already: what it retains is still to be worked out.
    pub(crate) fn of(graph: snapshot::Graph) -> Self {
        Self { reader: Reader::new(None), analysis: Some(Analysis::new(graph)) }
    }
}

fn of_read_error(problem: &ReadError) -> JsValue {
    let value = error::plain("ERR_FILE", &problem.to_string());
    js_sys::Reflect::set(&value, &"offset".into(), &(problem.offset as f64).into()).ok();
    value
}

fn graph_of(reader: Reader) -> Result<snapshot::Graph, JsValue> {
    reader.finish().map_err(|problem| of_read_error(&problem))
}

#[wasm_bindgen]
impl SnapshotReader {
    /// A reader of a file of `size` bytes, if that is known.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(size: Option<f64>) -> Self {
        console_error_panic_hook::set_once();
        Self { reader: Reader::new(size.map(|size| size.max(0.0) as u64)), analysis: None }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    /// `ERR_FILE` with `offset` for what is no snapshot.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.reader.feed(bytes).map_err(|problem| of_read_error(&problem))
    }

    /// Bytes taken so far.
    #[wasm_bindgen(getter, js_name = bytesRead)]
    #[must_use]
    pub fn bytes_read(&self) -> f64 {
        self.reader.bytes_read() as f64
    }

    /// Works for a while on what the objects retain, when all bytes have been fed. Returns the share that is done: 1 at the end.
    ///
    /// # Errors
    /// `ERR_FILE` with `offset` for a damaged or truncated file.
    pub fn work(&mut self) -> Result<f64, JsValue> {
        let Some(analysis) = &mut self.analysis else {
            let reader = std::mem::replace(&mut self.reader, Reader::new(None));
            self.analysis = Some(Analysis::new(graph_of(reader)?));
            return Ok(0.0);
        };
        let start = now_ms();
        loop {
            let share = analysis.advance();
            if share >= 1.0 || now_ms() - start > WORK_MS {
                return Ok(share);
            }
        }
    }

    /// The snapshot, when all bytes have been fed. The reader is used up.
    ///
    /// # Errors
    /// `ERR_FILE` with `offset` for a damaged or truncated file.
    pub fn finish(self) -> Result<HeapSnapshot, JsValue> {
        let snapshot = match self.analysis {
            Some(analysis) => analysis.finish(),
            None => Snapshot::new(graph_of(self.reader)?),
        };
        Ok(HeapSnapshot { snapshot, sorted: None })
    }
}

/// A snapshot from a file. Call `free()` when it is no longer needed.
#[wasm_bindgen]
pub struct HeapSnapshot {
    pub(crate) snapshot: Snapshot,
    pub(crate) sorted: Option<SortedMembers>,
}

impl HeapSnapshot {
    /// A graph and what there is to know of it.
    pub(crate) fn of(graph: snapshot::Graph) -> Self {
        Self { snapshot: Snapshot::new(graph), sorted: None }
    }
}

#[wasm_bindgen]
impl HeapSnapshot {
    /// What is in it: the `top` largest groups, 100 when left out.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    pub fn summary(&self, top: Option<u32>) -> Result<JsSummary, JsValue> {
        summary_of(&self.snapshot, top)
    }

    /// One object, with at most `limit` paths that keep it, 5 when left out.
    ///
    /// # Errors
    /// `ERR_OBJECT` when there is no such object.
    pub fn object(&self, id: f64, limit: Option<u32>) -> Result<JsObject, JsValue> {
        object_of(&self.snapshot, id, limit)
    }

    /// What changed from this snapshot to `target`. `repetitions`: how often the action was done between the two.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    pub fn compare(&self, target: &HeapSnapshot, repetitions: Option<u32>) -> Result<JsComparison, JsValue> {
        comparison_of(&self.snapshot, &target.snapshot, None, repetitions)
    }

    /// The same, with what came between the two and is still there in `last`: three snapshots tell a leak from a one-off.
    ///
    /// # Errors
    /// When the numbers cannot be turned into a JavaScript value.
    #[wasm_bindgen(js_name = compareThree)]
    pub fn compare_three(
        &self,
        target: &HeapSnapshot,
        last: &HeapSnapshot,
        repetitions: Option<u32>,
    ) -> Result<JsComparison, JsValue> {
        comparison_of(&self.snapshot, &target.snapshot, Some(&last.snapshot), repetitions)
    }

    /// The bytes of a `.heapsnapshot` file.
    ///
    /// # Errors
    /// None in practice.
    pub fn export(&self) -> Result<Vec<u8>, JsValue> {
        file_of(&self.snapshot)
    }
}
