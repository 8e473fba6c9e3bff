//! A snapshot object by object: the members of a constructor, what an object refers to and what refers to it. Lists can
//! be long, so they are asked for in portions.

use semispace_playground::heap_snapshot as snapshot;
use serde::{Deserialize, Serialize};
use snapshot::compare::IdSet;
use snapshot::distances::SYSTEM_DISTANCE;
use snapshot::paths::node_words;
use snapshot::{EdgeIndex, EdgeType, NodeIndex, Snapshot};
use std::cmp::Ordering;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error;
use crate::playground::to_js;
use crate::snapshot::HeapSnapshot;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A column that rows are sorted by. */
export type SnapshotColumn = "name" | "distance" | "shallowBytes" | "retainedBytes";

/** Which members of a constructor, in which order: from `from` (0 when left out) at most `count` (100). */
export interface MemberQuery {
  from?: number;
  count?: number;
  /** Largest retained size first when left out. */
  by?: SnapshotColumn;
  ascending?: boolean;
}

/** An object in a list. `edge` and `edgeType`: the reference that led to it, in lists of references. */
export interface SnapshotRow {
  id: number;
  name: string;
  type: string;
  distance: number | null;
  shallowBytes: number;
  retainedBytes: number;
  edge?: string;
  edgeType?: string;
}

/** A portion of a list, and how many rows the whole list has. */
export interface SnapshotRows {
  total: number;
  rows: SnapshotRow[];
}
"#;

#[wasm_bindgen]
extern "C" {
    /// `SnapshotRows` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "SnapshotRows")]
    pub type JsRows;
    /// `MemberQuery | undefined` of the TypeScript types.
    #[wasm_bindgen(typescript_type = "MemberQuery | undefined")]
    pub type JsMemberQuery;
}

/// Rows of a portion when nobody says how many.
const PORTION: usize = 100;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Column {
    Name,
    Distance,
    ShallowBytes,
    #[default]
    RetainedBytes,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MemberQuery {
    from: Option<usize>,
    count: Option<usize>,
    by: Column,
    ascending: bool,
}

#[derive(Serialize)]
struct Rows {
    total: usize,
    rows: Vec<Row>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    id: u64,
    name: String,
    r#type: &'static str,
    distance: Option<u32>,
    shallow_bytes: u64,
    retained_bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    edge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edge_type: Option<&'static str>,
}

impl Row {
    fn of_node(snapshot: &Snapshot, node: NodeIndex) -> Self {
        let graph = snapshot.graph();
        Self {
            id: graph.id(node),
            name: node_words(graph, node),
            r#type: graph.node_type(node).as_str(),
            distance: distance(snapshot, node),
            shallow_bytes: graph.self_size(node),
            retained_bytes: snapshot.retained_size(node),
            edge: None,
            edge_type: None,
        }
    }

    fn of_edge(snapshot: &Snapshot, edge: EdgeIndex, node: NodeIndex) -> Self {
        let graph = snapshot.graph();
        Self {
            edge: Some(graph.edge_name(edge).to_string()),
            edge_type: Some(graph.edge_type(edge).as_str()),
            ..Self::of_node(snapshot, node)
        }
    }
}

fn distance(snapshot: &Snapshot, node: NodeIndex) -> Option<u32> {
    Some(snapshot.distance(node)).filter(|&distance| distance < SYSTEM_DISTANCE)
}

/// The members that were sorted last: scrolling through a long list asks for the same order many times.
#[derive(Debug)]
pub(crate) struct SortedMembers {
    class: String,
    column: Column,
    is_ascending: bool,
    /// Nodes and edges of the snapshot whose objects are left out.
    since: Option<(usize, usize)>,
    nodes: Vec<NodeIndex>,
}

fn compare_by(snapshot: &Snapshot, column: Column, a: NodeIndex, b: NodeIndex) -> Ordering {
    let graph = snapshot.graph();
    match column {
        Column::Name => graph.name(a).cmp(graph.name(b)),
        Column::Distance => snapshot.distance(a).cmp(&snapshot.distance(b)),
        Column::ShallowBytes => graph.self_size(a).cmp(&graph.self_size(b)),
        Column::RetainedBytes => snapshot.retained_size(a).cmp(&snapshot.retained_size(b)),
    }
}

/// The nodes of a class that have a size, as the Summary counts them; without those that `base` has.
fn members_of(snapshot: &Snapshot, class: &str, base: Option<&Snapshot>) -> Vec<NodeIndex> {
    let (graph, classes) = (snapshot.graph(), snapshot.classes());
    let known = base.map(|base| IdSet::of(base.graph()));
    let is_member = |&node: &NodeIndex| {
        graph.self_size(node) > 0
            && classes.name(classes.class(node)) == class
            && known.as_ref().is_none_or(|known| !known.contains(graph.id(node)))
    };
    graph.nodes().filter(is_member).collect()
}

impl HeapSnapshot {
    fn portion_of_members(
        &mut self,
        class: &str,
        query: JsMemberQuery,
        base: Option<&Snapshot>,
    ) -> Result<JsRows, JsValue> {
        let query: Option<MemberQuery> = serde_wasm_bindgen::from_value(query.into())
            .map_err(|problem| error::plain("ERR_OPTIONS", &problem.to_string()))?;
        let MemberQuery { from, count, by, ascending } = query.unwrap_or_default();
        let since = base.map(|base| (base.graph().node_count(), base.graph().edge_count()));
        let snapshot = &self.snapshot;
        let is_same = |sorted: &SortedMembers| {
            (sorted.class.as_str(), sorted.column, sorted.is_ascending, sorted.since)
                == (class, by, ascending, since)
        };
        let sorted = match self.sorted.take().filter(is_same) {
            Some(sorted) => sorted,
            None => {
                let mut nodes = members_of(snapshot, class, base);
                semispace_sorting::sort_by(&mut nodes, |&a, &b| {
                    let order = compare_by(snapshot, by, a, b);
                    if ascending { order } else { order.reverse() }
                });
                SortedMembers { class: class.to_owned(), column: by, is_ascending: ascending, since, nodes }
            }
        };
        let nodes = sorted.nodes.iter().skip(from.unwrap_or(0)).take(count.unwrap_or(PORTION));
        let rows = nodes.map(|&node| Row::of_node(snapshot, node)).collect();
        let answer = to_js(&Rows { total: sorted.nodes.len(), rows });
        self.sorted = Some(sorted);
        answer
    }

    fn node(&self, id: f64) -> Result<NodeIndex, JsValue> {
        let node = self.snapshot.graph().node_with_id(id as u64);
        node.ok_or_else(|| error::plain("ERR_OBJECT", &format!("The snapshot has no object @{id}.")))
    }
}

#[wasm_bindgen]
impl HeapSnapshot {
    /// How many objects it has.
    #[wasm_bindgen(getter, js_name = nodeCount)]
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.snapshot.graph().node_count()
    }

    /// The bytes of all of them.
    #[wasm_bindgen(getter, js_name = totalSelfSize)]
    #[must_use]
    pub fn total_self_size(&self) -> f64 {
        self.snapshot.graph().total_self_size() as f64
    }

    /// Objects of a constructor, as the Summary names it.
    ///
    /// # Errors
    /// `ERR_OPTIONS` when the query is none.
    pub fn members(&mut self, constructor: &str, query: JsMemberQuery) -> Result<JsRows, JsValue> {
        self.portion_of_members(constructor, query, None)
    }

    /// Those of them that an earlier snapshot does not have.
    ///
    /// # Errors
    /// `ERR_OPTIONS` when the query is none.
    #[wasm_bindgen(js_name = newMembers)]
    pub fn new_members(
        &mut self,
        constructor: &str,
        base: &HeapSnapshot,
        query: JsMemberQuery,
    ) -> Result<JsRows, JsValue> {
        self.portion_of_members(constructor, query, Some(&base.snapshot))
    }

    /// What an object refers to, in the order of the snapshot: `count` rows from `from` on.
    ///
    /// # Errors
    /// `ERR_OBJECT` when there is no such object.
    pub fn references(&self, id: f64, from: usize, count: usize) -> Result<JsRows, JsValue> {
        let (snapshot, graph) = (&self.snapshot, self.snapshot.graph());
        let edges: Vec<EdgeIndex> = graph.edges(self.node(id)?).collect();
        let rows = edges.iter().skip(from).take(count);
        let rows = rows.map(|&edge| Row::of_edge(snapshot, edge, graph.target(edge))).collect();
        to_js(&Rows { total: edges.len(), rows })
    }

    /// What refers to an object, nearest to the roots first and weak references last: `count` rows from `from` on.
    ///
    /// # Errors
    /// `ERR_OBJECT` when there is no such object.
    pub fn retainers(&self, id: f64, from: usize, count: usize) -> Result<JsRows, JsValue> {
        let (snapshot, graph) = (&self.snapshot, self.snapshot.graph());
        let mut found: Vec<(EdgeIndex, NodeIndex)> = snapshot.retainers().of(self.node(id)?).collect();
        semispace_sorting::sort_by_key(&mut found, |&(edge, holder)| {
            (graph.edge_type(edge) == EdgeType::Weak, snapshot.distance(holder), edge.0)
        });
        let rows = found.iter().skip(from).take(count);
        let rows = rows.map(|&(edge, holder)| Row::of_edge(snapshot, edge, holder)).collect();
        to_js(&Rows { total: found.len(), rows })
    }
}
