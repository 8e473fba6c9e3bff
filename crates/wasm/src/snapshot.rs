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
use serde::Serialize;
use snapshot::compare::ClassChange;
use snapshot::detached::detached_nodes;
use snapshot::distances::SYSTEM_DISTANCE;
use snapshot::groups::{Group, Statistics, duplicate_strings, groups, statistics};
use snapshot::leaks::{LeakGroup, LeakOptions, LeakReport, find_leaks};
use snapshot::paths::{Path, best_path, distinct_paths};
use snapshot::{Analysis, NodeIndex, ReadError, Reader, Site, Snapshot};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::now_ms;
use crate::error;
use crate::playground::{Playground, to_js};
use crate::snapshot_rows::SortedMembers;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Objects of one constructor. Sizes are bytes; `distance` counts steps from the user's roots, null for the engine's own. */
export interface SnapshotGroup {
  name: string;
  type: string;
  count: number;
  shallowBytes: number;
  retainedBytes: number;
  distance: number | null;
}

/** What is in a snapshot, largest retained size first. */
export interface SnapshotSummary {
  nodeCount: number;
  edgeCount: number;
  totalSelfSize: number;
  statistics: {
    total: number; code: number; strings: number; jsArrays: number; typedArrays: number; system: number; other: number;
  };
  groups: SnapshotGroup[];
  duplicateStrings: { text: string; count: number; wastedBytes: number }[];
  detachedIds: number[];
}

/** A snapshot of a session, by its place in the list of those taken. */
export interface TakenSnapshot {
  index: number;
  nodeCount: number;
  edgeCount: number;
  totalSelfSize: number;
}

/** What became of one constructor's objects between two snapshots. */
export interface SnapshotChange {
  name: string;
  type: string;
  new: number;
  deleted: number;
  delta: number;
  allocatedBytes: number;
  freedBytes: number;
  sizeDelta: number;
}

/** Where an object was allocated or, where that was not recorded, where its constructor is written. Line and column from 1. */
export interface SnapshotSite {
  kind: "allocation" | "constructor";
  /** The function that allocated it; empty where that was not recorded. */
  functionName: string;
  /** Name of the script; empty where only its number is known. */
  script: string;
  scriptId: number;
  line: number;
  column: number;
}

/** A step of a path from the root. */
export interface RetainingStep {
  edge: string;
  edgeType: string;
  node: string;
  id: number;
}

/** A chain of references from the root, and the same in words. */
export interface RetainingPath {
  words: string;
  steps: RetainingStep[];
}

/** Objects of one class that are kept in one way. */
export interface LeakGroup {
  name: string;
  type: string;
  count: number;
  laterCount: number | null;
  shallowBytes: number;
  retainedBytes: number;
  verdict: "leak" | "one-off" | "warm-up" | "unknown";
  idsSample: number[];
  path: RetainingPath | null;
  allocationSite: SnapshotSite | null;
}

/** What came between the first two snapshots and is still there in the last. */
export interface LeakReport {
  leakedCount: number;
  leakedShallowBytes: number;
  leakedRetainedBytes: number;
  suspectRetainedBytes: number;
  groups: LeakGroup[];
}

/** Two or three snapshots side by side. */
export interface SnapshotComparison {
  changes: SnapshotChange[];
  leaks: LeakReport;
}

/** One object of a snapshot, and by what paths the roots keep it. */
export interface SnapshotObject {
  id: number;
  name: string;
  type: string;
  shallowBytes: number;
  retainedBytes: number;
  dominatorId: number;
  allocationSite: SnapshotSite | null;
  paths: RetainingPath[];
}
"#;

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
/// Ids that stand for a group.
const SAMPLE: usize = 5;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Taken {
    index: usize,
    node_count: usize,
    edge_count: usize,
    total_self_size: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    node_count: usize,
    edge_count: usize,
    total_self_size: u64,
    statistics: Parts,
    groups: Vec<GroupRow>,
    duplicate_strings: Vec<Duplicate>,
    detached_ids: Vec<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    total: u64,
    code: u64,
    strings: u64,
    js_arrays: u64,
    typed_arrays: u64,
    system: u64,
    other: u64,
}

impl From<Statistics> for Parts {
    fn from(sums: Statistics) -> Self {
        let Statistics { total, code, strings, js_arrays, typed_arrays, system, other } = sums;
        Self { total, code, strings, js_arrays, typed_arrays, system, other }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupRow {
    name: String,
    r#type: &'static str,
    count: u64,
    shallow_bytes: u64,
    retained_bytes: u64,
    distance: Option<u32>,
}

impl From<Group> for GroupRow {
    fn from(group: Group) -> Self {
        Self {
            name: group.name,
            r#type: group.node_type.as_str(),
            count: group.count,
            shallow_bytes: group.shallow_size,
            retained_bytes: group.retained_size,
            distance: group.distance.filter(|&distance| distance < SYSTEM_DISTANCE),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Duplicate {
    text: String,
    count: u64,
    wasted_bytes: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    name: String,
    r#type: &'static str,
    new: u64,
    deleted: u64,
    delta: i64,
    allocated_bytes: u64,
    freed_bytes: u64,
    size_delta: i64,
}

impl From<ClassChange> for Change {
    fn from(change: ClassChange) -> Self {
        Self {
            delta: change.delta(),
            size_delta: change.size_delta(),
            name: change.name,
            r#type: change.node_type.as_str(),
            new: change.added,
            deleted: change.removed,
            allocated_bytes: change.allocated_size,
            freed_bytes: change.freed_size,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteRow {
    kind: &'static str,
    function_name: String,
    script: String,
    script_id: u32,
    line: u64,
    column: u64,
}

impl From<Site<'_>> for SiteRow {
    fn from(site: Site<'_>) -> Self {
        Self {
            kind: if site.is_allocation { "allocation" } else { "constructor" },
            function_name: site.function.to_owned(),
            script: site.script.to_owned(),
            script_id: site.script_id,
            line: site.line,
            column: site.column,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Step {
    edge: String,
    edge_type: &'static str,
    node: String,
    id: u64,
}

#[derive(Serialize)]
pub(crate) struct PathRow {
    pub(crate) words: String,
    steps: Vec<Step>,
}

impl PathRow {
    pub(crate) fn of(snapshot: &Snapshot, path: &Path) -> Self {
        let graph = snapshot.graph();
        let steps = path.steps.iter().map(|step| Step {
            edge: graph.edge_name(step.edge).to_string(),
            edge_type: graph.edge_type(step.edge).as_str(),
            node: graph.name(step.node).to_owned(),
            id: graph.id(step.node),
        });
        Self { words: path.words(snapshot).to_string(), steps: steps.collect() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LeakRow {
    name: String,
    r#type: &'static str,
    count: u64,
    later_count: Option<u64>,
    shallow_bytes: u64,
    retained_bytes: u64,
    verdict: &'static str,
    ids_sample: Vec<u64>,
    path: Option<PathRow>,
    allocation_site: Option<SiteRow>,
}

impl LeakRow {
    fn of(snapshot: &Snapshot, group: &LeakGroup) -> Self {
        Self {
            name: group.name.clone(),
            r#type: group.node_type.as_str(),
            count: group.count,
            later_count: group.later,
            shallow_bytes: group.shallow_size,
            retained_bytes: group.retained_size,
            verdict: group.verdict.as_str(),
            ids_sample: group.nodes.iter().take(SAMPLE).map(|&node| snapshot.graph().id(node)).collect(),
            path: group.path.as_ref().map(|path| PathRow::of(snapshot, path)),
            allocation_site: snapshot.graph().site(group.typical).map(SiteRow::from),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Leaks {
    leaked_count: u64,
    leaked_shallow_bytes: u64,
    leaked_retained_bytes: u64,
    suspect_retained_bytes: u64,
    groups: Vec<LeakRow>,
}

impl Leaks {
    fn of(snapshot: &Snapshot, found: &LeakReport) -> Self {
        Self {
            leaked_count: found.count,
            leaked_shallow_bytes: found.shallow_size,
            leaked_retained_bytes: found.retained_size,
            suspect_retained_bytes: found.suspect_size,
            groups: found.groups.iter().map(|group| LeakRow::of(snapshot, group)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Comparison {
    changes: Vec<Change>,
    leaks: Leaks,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object {
    id: u64,
    name: String,
    r#type: &'static str,
    shallow_bytes: u64,
    retained_bytes: u64,
    dominator_id: u64,
    allocation_site: Option<SiteRow>,
    paths: Vec<PathRow>,
}

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
