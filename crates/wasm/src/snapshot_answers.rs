//! What is told of a snapshot, as JavaScript gets it: the TypeScript types, and the same as Rust's.

use semispace_playground::heap_snapshot as snapshot;
use serde::Serialize;
use snapshot::Site;
use snapshot::Snapshot;
use snapshot::compare::ClassChange;
use snapshot::distances::SYSTEM_DISTANCE;
use snapshot::groups::{Group, Statistics};
use snapshot::leaks::{LeakGroup, LeakReport};
use snapshot::paths::Path;
use wasm_bindgen::prelude::wasm_bindgen;

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

/// Ids that stand for a group.
const SAMPLE: usize = 5;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Taken {
    pub(crate) index: usize,
    pub(crate) node_count: usize,
    pub(crate) edge_count: usize,
    pub(crate) total_self_size: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Summary {
    pub(crate) node_count: usize,
    pub(crate) edge_count: usize,
    pub(crate) total_self_size: u64,
    pub(crate) statistics: Parts,
    pub(crate) groups: Vec<GroupRow>,
    pub(crate) duplicate_strings: Vec<Duplicate>,
    pub(crate) detached_ids: Vec<u64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Parts {
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
pub(crate) struct GroupRow {
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
pub(crate) struct Duplicate {
    pub(crate) text: String,
    pub(crate) count: u64,
    pub(crate) wasted_bytes: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
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
pub(crate) struct SiteRow {
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
pub(crate) struct Step {
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
pub(crate) struct LeakRow {
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
    pub(crate) fn of(snapshot: &Snapshot, group: &LeakGroup) -> Self {
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
pub(crate) struct Leaks {
    leaked_count: u64,
    leaked_shallow_bytes: u64,
    leaked_retained_bytes: u64,
    suspect_retained_bytes: u64,
    groups: Vec<LeakRow>,
}

impl Leaks {
    pub(crate) fn of(snapshot: &Snapshot, found: &LeakReport) -> Self {
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
pub(crate) struct Comparison {
    pub(crate) changes: Vec<Change>,
    pub(crate) leaks: Leaks,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Object {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) r#type: &'static str,
    pub(crate) shallow_bytes: u64,
    pub(crate) retained_bytes: u64,
    pub(crate) dominator_id: u64,
    pub(crate) allocation_site: Option<SiteRow>,
    pub(crate) paths: Vec<PathRow>,
}
