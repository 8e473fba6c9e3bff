//! Heap snapshots of a session: the machine's own description of its heap as a graph.
//!
//! Nothing is collected and nothing moves: the run goes on as if nobody had looked. Only what the roots reach is in the
//! snapshot, which is what V8's is too, because V8 collects first. The root has the global object and the frames of the
//! stack as its own (`shortcut` edges, which DevTools takes for the user's), everything else hangs on `(GC roots)`.

use std::collections::BTreeMap;

use semispace_script::heap_graph::{
    self as graph_types, Edge, EdgeName, EdgeType, HeapGraph, Location, Node, RootGroup, snapshot_id,
};
use semispace_script::node::heap_snapshots::SnapshotFormat;
use semispace_script::value;
use semispace_script::vm::allocation_sites::AllocationPlace;
use semispace_script::vm::{Intrinsic, Vm};
use semispace_snapshot::traces::TraceIndex;
use semispace_snapshot::{self as snapshot, Builder, Graph, NodeIndex};

use semispace_heap::{ExternalHandle, Layout, Ref, Word};

/// `.heapsnapshot` files for scripts that ask for them.
#[derive(Debug)]
pub(crate) struct HeapSnapshotFormat;

impl SnapshotFormat for HeapSnapshotFormat {
    fn file_of(&self, vm: &mut Vm) -> Option<Vec<u8>> {
        let graph = capture(vm)?;
        let mut bytes = Vec::new();
        snapshot::write(&graph, &mut bytes).ok()?;
        Some(bytes)
    }
}

/// Nodes before those of frames: the root, `(GC roots)` and its groups.
const FIRST_FRAME: u32 = 2 + RootGroup::NAMED.len() as u32;

/// Captures a machine's heap at once. None in the middle of a collection, when objects have two addresses.
pub(crate) fn capture(vm: &mut Vm) -> Option<Graph> {
    let mut capture = Capture::begin(vm)?;
    while capture.advance(vm) < 1.0 {}
    capture.finish()
}

/// Objects that are visited in a portion.
const PORTION: usize = 8192;
/// Shares of the work that are done when all objects are found, and when the WeakMaps among them are known.
const SHARES: (f64, f64) = (0.3, 0.35);

/// A capture in portions. Between two of them nothing may happen to the heap.
#[derive(Debug)]
pub struct Capture {
    stage: Stage,
    search: Search,
    objects: Vec<Ref>,
    ids: Vec<u64>,
    first_object: u32,
    externals: BTreeMap<Ref, Vec<External>>,
    /// Entries of WeakMaps by their keys
    entries: BTreeMap<Ref, Vec<Entry>>,
    /// Names and places of plain objects by shape
    described: BTreeMap<u32, (String, Option<Location>)>,
    /// By the number of the place that allocates
    traces: Vec<TraceIndex>,
    builder: Builder,
}

/// What a capture does next, and from which object on.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Search,
    FindEntries(usize),
    Describe(usize),
    Done,
}

impl Capture {
    /// The beginning; none in the middle of a collection.
    pub(crate) fn begin(vm: &Vm) -> Option<Self> {
        (!vm.heap.is_collecting()).then(|| Self {
            stage: Stage::Search,
            search: Search::new(vm),
            objects: Vec::new(),
            ids: Vec::new(),
            first_object: 0,
            externals: BTreeMap::new(),
            entries: BTreeMap::new(),
            described: BTreeMap::new(),
            traces: Vec::new(),
            builder: Builder::new(),
        })
    }

    /// Does a portion, some milliseconds of work. Returns the share that is done: 1 at the end.
    pub(crate) fn advance(&mut self, vm: &mut Vm) -> f64 {
        let count = self.objects.len().max(1) as f64;
        match self.stage {
            Stage::Search => {
                if self.search.advance(vm) {
                    self.number(vm);
                    self.stage = Stage::FindEntries(0);
                }
                SHARES.0 * self.search.share(vm)
            }
            Stage::FindEntries(from) if from < self.objects.len() => {
                self.find_entries(vm, from);
                self.stage = Stage::FindEntries(from + PORTION);
                SHARES.0 + (SHARES.1 - SHARES.0) * (from as f64 / count)
            }
            Stage::FindEntries(_) => {
                self.traces(vm);
                self.roots(vm);
                self.stage = Stage::Describe(0);
                SHARES.1
            }
            Stage::Describe(from) if from < self.objects.len() => {
                for (object, id) in self.portion(from) {
                    self.object(vm, object, id);
                }
                self.stage = Stage::Describe(from + PORTION);
                SHARES.1 + (1.0 - SHARES.1) * (from as f64 / count)
            }
            Stage::Describe(_) => {
                self.off_heap();
                self.stage = Stage::Done;
                1.0
            }
            Stage::Done => 1.0,
        }
    }

    /// The graph, when all is done.
    #[must_use]
    pub fn finish(self) -> Option<Graph> {
        self.builder.finish()
    }

    /// Objects from the given one on, with their ids.
    fn portion(&self, from: usize) -> Vec<(Ref, u64)> {
        self.objects.iter().copied().zip(self.ids.iter().copied()).skip(from).take(PORTION).collect()
    }

    /// What was found, in address order, gets its ids and its place among the nodes.
    fn number(&mut self, vm: &mut Vm) {
        self.objects = std::mem::take(&mut self.search.objects);
        self.objects.sort_unstable();
        self.ids = vm.heap.object_ids(&self.objects).into_iter().map(snapshot_id::of_object).collect();
        self.first_object = FIRST_FRAME + HeapGraph::new(vm).frames().len() as u32;
        self.externals = externals(vm, &self.objects, self.first_object);
    }

    fn node_of(&self, object: Ref) -> Option<NodeIndex> {
        let at = self.objects.binary_search(&object).ok()?;
        Some(NodeIndex(self.first_object + at as u32))
    }

    fn id_of(&self, object: Ref) -> u64 {
        self.objects.binary_search(&object).map_or(0, |at| self.ids[at])
    }

    /// V8's name for an entry of a WeakMap, without the number.
    fn entry_name(&self, vm: &Vm, table: Ref, key: Ref, value: Ref) -> String {
        let graph = HeapGraph::new(vm);
        let (key_name, value_name) = (graph.node(key).name, graph.node(value).name);
        let (key, value, table) = (self.id_of(key), self.id_of(value), self.id_of(table));
        format!(
            "part of key ({key_name} @{key}) -> value ({value_name} @{value}) pair in WeakMap (table @{table})"
        )
    }

    fn find_entries(&mut self, vm: &Vm, from: usize) {
        for (table, _) in self.portion(from) {
            HeapGraph::new(vm).ephemerons(table, |key, value| {
                if let Some(value) = value.filter(|_| self.node_of(key).is_some()) {
                    let name = self.entry_name(vm, table, key, value);
                    self.entries.entry(key).or_default().push(Entry { name, value });
                }
            });
        }
    }

    /// The tree of traces: the root, and each place that allocates, in order of their first objects.
    fn traces(&mut self, vm: &Vm) {
        let places = vm.allocation_places();
        if places.is_empty() {
            return;
        }
        let root = self.builder.trace_function("(root)", "", 0, 0, 0);
        let root = self.builder.trace_node(None, root, 0, 0);
        for AllocationPlace { file, script_id, function, place, count, bytes } in places {
            let function = self.builder.trace_function(&function, &file, script_id, place.line, place.column);
            self.traces.push(self.builder.trace_node(Some(root), function, count, bytes));
        }
    }

    fn roots(&mut self, vm: &Vm) {
        use snapshot::{EdgeType, NodeType};
        let frames = HeapGraph::new(vm).frames();
        self.builder.node(NodeType::Synthetic, "", snapshot_id::ROOT, 0);
        self.root_edges(vm, RootGroup::Global);
        for (number, frame) in frames.iter().enumerate() {
            self.builder.named_edge(EdgeType::Shortcut, &frame.name, NodeIndex(FIRST_FRAME + number as u32));
        }
        self.builder.indexed_edge(EdgeType::Element, 1, NodeIndex(1));
        self.builder.node(NodeType::Synthetic, "(GC roots)", snapshot_id::GC_ROOTS, 0);
        for number in 0..RootGroup::NAMED.len() as u32 {
            self.builder.indexed_edge(EdgeType::Element, number, NodeIndex(2 + number));
        }
        for (number, (group, name)) in RootGroup::NAMED.into_iter().enumerate() {
            let id = snapshot_id::FIRST_GROUP + 2 * number as u64;
            self.builder.node(NodeType::Synthetic, name, id, 0);
            self.root_edges(vm, group);
        }
        for (number, frame) in frames.iter().enumerate() {
            let id = snapshot_id::FIRST_FRAME + 2 * number as u64;
            self.builder.node(NodeType::Object, &frame.name, id, 0);
            self.root_edges(vm, RootGroup::Frame(number as u32));
        }
    }

    fn root_edges(&mut self, vm: &Vm, group: RootGroup) {
        HeapGraph::new(vm).roots(&mut |root| {
            if root.group == group {
                self.edge(&Edge { edge_type: root.edge_type, name: root.name, to: root.to });
            }
        });
    }

    fn edge(&mut self, edge: &Edge<'_>) {
        let Some(to) = self.node_of(edge.to) else { return };
        let edge_type = edge_type(edge.edge_type);
        match &edge.name {
            EdgeName::Index(index) if edge_type.is_indexed() => {
                self.builder.indexed_edge(edge_type, *index, to);
            }
            EdgeName::Index(index) => self.builder.named_edge(edge_type, &index.to_string(), to),
            EdgeName::Name(name) => self.builder.named_edge(edge_type, name, to),
        }
    }

    fn off_heap(&mut self) {
        let mut externals: Vec<External> = self.externals.values().flatten().copied().collect();
        semispace_sorting::sort_by_key(&mut externals, |external| external.node);
        for External { handle, bytes, .. } in externals {
            let id = snapshot_id::of_external(handle);
            self.builder.node(snapshot::NodeType::Native, "system / JSArrayBufferData", id, bytes);
        }
    }

    /// Name and place of an object. Plain objects of one shape have one prototype, and so one constructor.
    fn describe(&mut self, vm: &Vm, object: Ref) -> (Node, Option<Location>) {
        let graph = HeapGraph::new(vm);
        let header = vm.heap.header(object);
        let is_global = Word::reference(object) == vm.intrinsic(Intrinsic::Global);
        if is_global || header.kind() != value::OBJECT {
            return (graph.node(object), graph.location(object));
        }
        let (name, place) = self
            .described
            .entry(header.shape())
            .or_insert_with(|| (graph.node(object).name, graph.location(object)));
        let self_size = vm.heap.size_bytes(object);
        (Node { node_type: graph_types::NodeType::Object, name: name.clone(), self_size }, *place)
    }

    fn object(&mut self, vm: &Vm, object: Ref, id: u64) {
        let graph = HeapGraph::new(vm);
        let header = vm.heap.header(object);
        let (node, place) = self.describe(vm, object);
        self.builder.node(node_type(node.node_type), &node.name, id, node.self_size);
        let trace = vm.allocation_place(object).and_then(|number| self.traces.get(number));
        if let Some(&trace) = trace {
            self.builder.trace(trace);
        }
        if let Some(place) = place {
            // Files count lines and columns from 0.
            self.builder.location(
                place.script_id,
                place.line.saturating_sub(1),
                place.column.saturating_sub(1),
            );
        }
        if header.layout() == Layout::Ephemerons {
            self.table_edges(vm, object);
        } else if !graph.is_cache(object) {
            graph.edges(object, &mut |edge| self.edge(&edge));
        }
        for (number, entry) in self.entries.remove(&object).into_iter().flatten().enumerate() {
            if let Some(value) = self.node_of(entry.value) {
                let name = format!("{number} / {}", entry.name);
                self.builder.named_edge(snapshot::EdgeType::Internal, &name, value);
            }
        }
        for external in self.externals.get(&object).cloned().into_iter().flatten() {
            self.builder.named_edge(snapshot::EdgeType::Internal, "backing_store", external.node);
        }
    }

    /// The table of a WeakMap: keys weakly, values under the names that their keys use too.
    fn table_edges(&mut self, vm: &Vm, table: Ref) {
        let mut number = 0;
        HeapGraph::new(vm).ephemerons(table, |key, value| {
            let Some(key_node) = self.node_of(key) else { return };
            self.builder.named_edge(snapshot::EdgeType::Weak, &number.to_string(), key_node);
            if let Some((value, node)) = value.and_then(|value| Some((value, self.node_of(value)?))) {
                let name = format!("{number} / {}", self.entry_name(vm, table, key, value));
                self.builder.named_edge(snapshot::EdgeType::Internal, &name, node);
            }
            number += 1;
        });
    }
}

/// Bits by address.
#[derive(Debug, Default)]
struct Visited(Vec<u64>);

impl Visited {
    fn contains(&self, r: Ref) -> bool {
        let (word, bit) = (r.offset() as usize / 64, r.offset() % 64);
        self.0.get(word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// Whether it was not there yet.
    fn insert(&mut self, r: Ref) -> bool {
        let (word, bit) = (r.offset() as usize / 64, r.offset() % 64);
        if word >= self.0.len() {
            self.0.resize(word + 1, 0);
        }
        let is_new = self.0[word] >> bit & 1 == 0;
        self.0[word] |= 1 << bit;
        is_new
    }
}

/// Looks for what the roots reach: values of WeakMaps only together with their keys, nothing through a cache.
#[derive(Debug, Default)]
struct Search {
    visited: Visited,
    objects: Vec<Ref>,
    /// Found, and not visited yet.
    pending: Vec<Ref>,
    /// Tables of WeakMaps.
    tables: Vec<Ref>,
    /// Size of what was visited.
    bytes: u64,
}

impl Search {
    fn new(vm: &Vm) -> Self {
        let mut search = Self::default();
        HeapGraph::new(vm).roots(&mut |root| search.pending.push(root.to));
        search
    }

    /// The share of the heap that was visited, garbage included.
    fn share(&self, vm: &Vm) -> f64 {
        (self.bytes as f64 / vm.heap.used_bytes().max(1) as f64).min(1.0)
    }

    /// Visits a portion of what was found; true when there is no more.
    fn advance(&mut self, vm: &Vm) -> bool {
        for _ in 0..PORTION {
            if self.pending.is_empty() {
                self.look_into_tables(vm);
            }
            let Some(object) = self.pending.pop() else { return true };
            self.visit(vm, object);
        }
        false
    }

    fn visit(&mut self, vm: &Vm, object: Ref) {
        if !self.visited.insert(object) {
            return;
        }
        self.objects.push(object);
        self.bytes += vm.heap.size_bytes(object);
        let graph = HeapGraph::new(vm);
        if graph.is_cache(object) {
            return;
        }
        if vm.heap.header(object).layout() == Layout::Ephemerons {
            self.tables.push(object);
            return;
        }
        graph.edges(object, &mut |edge| {
            if edge.edge_type != EdgeType::Weak && !self.visited.contains(edge.to) {
                self.pending.push(edge.to);
            }
        });
    }

    /// Values whose keys have been visited.
    fn look_into_tables(&mut self, vm: &Vm) {
        for &table in &self.tables {
            HeapGraph::new(vm).ephemerons(table, |key, value| {
                let is_new = |&value: &Ref| self.visited.contains(key) && !self.visited.contains(value);
                self.pending.extend(value.filter(is_new));
            });
        }
    }
}

/// A piece of off-heap memory and its node.
#[derive(Clone, Copy, Debug)]
struct External {
    handle: ExternalHandle,
    bytes: u64,
    node: NodeIndex,
}

/// Off-heap memory by its owner, with the nodes that come after all objects.
fn externals(vm: &Vm, objects: &[Ref], first_object: u32) -> BTreeMap<Ref, Vec<External>> {
    let mut owned: Vec<_> =
        vm.heap.externals().filter(|(owner, ..)| objects.binary_search(owner).is_ok()).collect();
    semispace_sorting::sort_by_key(&mut owned, |&(_, handle, _)| handle);
    let mut by_owner: BTreeMap<Ref, Vec<External>> = BTreeMap::new();
    for (number, (owner, handle, bytes)) in owned.into_iter().enumerate() {
        let node = NodeIndex(first_object + objects.len() as u32 + number as u32);
        by_owner.entry(owner).or_default().push(External { handle, bytes, node });
    }
    by_owner
}

/// An entry of a WeakMap, as its key sees it.
#[derive(Debug)]
struct Entry {
    name: String,
    value: Ref,
}

const fn node_type(kind: graph_types::NodeType) -> snapshot::NodeType {
    use graph_types::NodeType as From;
    use snapshot::NodeType as To;
    match kind {
        From::Hidden => To::Hidden,
        From::Array => To::Array,
        From::String => To::String,
        From::Object => To::Object,
        From::Code => To::Code,
        From::Closure => To::Closure,
        From::RegExp => To::RegExp,
        From::Number => To::Number,
        From::Native => To::Native,
        From::Synthetic => To::Synthetic,
        From::ConcatenatedString => To::ConcatenatedString,
        From::SlicedString => To::SlicedString,
        From::Symbol => To::Symbol,
        From::BigInt => To::BigInt,
    }
}

const fn edge_type(kind: EdgeType) -> snapshot::EdgeType {
    use snapshot::EdgeType as To;
    match kind {
        EdgeType::Context => To::Context,
        EdgeType::Element => To::Element,
        EdgeType::Property => To::Property,
        EdgeType::Internal => To::Internal,
        EdgeType::Hidden => To::Hidden,
        EdgeType::Shortcut => To::Shortcut,
        EdgeType::Weak => To::Weak,
    }
}
