//! Heap snapshots of a session: the machine's own description of its heap as a graph.
//!
//! Nothing is collected and nothing moves: the run goes on as if nobody had looked. Only what the roots reach is in the
//! snapshot, which is what V8's is too, because V8 collects first. The root has the global object and the frames of the
//! stack as its own (`shortcut` edges, which DevTools takes for the user's), everything else hangs on `(GC roots)`.

use std::collections::BTreeMap;

use semispace_script::heap_graph::{
    self as graph_types, Edge, EdgeName, EdgeType, Frame, HeapGraph, Location, Node, RootGroup, snapshot_id,
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

/// Captures a machine's heap. None in the middle of a collection, when objects have two addresses.
pub(crate) fn capture(vm: &mut Vm) -> Option<Graph> {
    if vm.heap.is_collecting() {
        return None;
    }
    let objects = reachable(vm);
    let ids: Vec<u64> = vm.heap.object_ids(&objects).into_iter().map(snapshot_id::of_object).collect();
    if ids.len() != objects.len() {
        return None;
    }
    let graph = HeapGraph::new(vm);
    let frames = graph.frames();
    let first_object = FIRST_FRAME + frames.len() as u32;
    let externals = externals(vm, &objects, first_object);
    let mut capture = Capture {
        vm,
        graph,
        objects: &objects,
        ids: &ids,
        first_object,
        externals,
        entries: BTreeMap::new(),
        described: BTreeMap::new(),
        traces: Vec::new(),
        builder: Builder::new(),
    };
    capture.traces();
    capture.find_entries();
    capture.roots(&frames);
    capture.objects();
    capture.builder.finish()
}

/// Bits by address.
#[derive(Default)]
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

/// What the roots reach, in address order: values of WeakMaps only together with their keys, nothing through a cache.
fn reachable(vm: &Vm) -> Vec<Ref> {
    let graph = HeapGraph::new(vm);
    let (mut visited, mut objects, mut pending) = (Visited::default(), Vec::new(), Vec::new());
    let mut tables = Vec::new();
    graph.roots(&mut |root| pending.push(root.to));
    loop {
        while let Some(object) = pending.pop() {
            if !visited.insert(object) {
                continue;
            }
            objects.push(object);
            if graph.is_cache(object) {
                continue;
            }
            if vm.heap.header(object).layout() == Layout::Ephemerons {
                tables.push(object);
                continue;
            }
            graph.edges(object, &mut |edge| {
                if edge.edge_type != EdgeType::Weak && !visited.contains(edge.to) {
                    pending.push(edge.to);
                }
            });
        }
        for &table in &tables {
            graph.ephemerons(table, |key, value| {
                let value = value.filter(|&value| visited.contains(key) && !visited.contains(value));
                pending.extend(value);
            });
        }
        if pending.is_empty() {
            objects.sort_unstable();
            return objects;
        }
    }
}

/// A piece of off-heap memory and its node.
#[derive(Clone, Copy)]
struct External {
    handle: ExternalHandle,
    bytes: u64,
    node: NodeIndex,
}

/// Off-heap memory by its owner, with the nodes that come after all objects.
fn externals(vm: &Vm, objects: &[Ref], first_object: u32) -> BTreeMap<Ref, Vec<External>> {
    let mut owned: Vec<_> =
        vm.heap.externals().filter(|(owner, ..)| objects.binary_search(owner).is_ok()).collect();
    owned.sort_unstable_by_key(|&(_, handle, _)| handle);
    let mut by_owner: BTreeMap<Ref, Vec<External>> = BTreeMap::new();
    for (number, (owner, handle, bytes)) in owned.into_iter().enumerate() {
        let node = NodeIndex(first_object + objects.len() as u32 + number as u32);
        by_owner.entry(owner).or_default().push(External { handle, bytes, node });
    }
    by_owner
}

/// An entry of a WeakMap, as its key sees it.
struct Entry {
    name: String,
    value: Ref,
}

struct Capture<'a> {
    vm: &'a Vm,
    graph: HeapGraph<'a>,
    objects: &'a [Ref],
    ids: &'a [u64],
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

impl Capture<'_> {
    fn node_of(&self, object: Ref) -> Option<NodeIndex> {
        let at = self.objects.binary_search(&object).ok()?;
        Some(NodeIndex(self.first_object + at as u32))
    }

    fn id_of(&self, object: Ref) -> u64 {
        self.objects.binary_search(&object).map_or(0, |at| self.ids[at])
    }

    /// V8's name for an entry of a WeakMap, without the number.
    fn entry_name(&self, table: Ref, key: Ref, value: Ref) -> String {
        let (key_name, value_name) = (self.graph.node(key).name, self.graph.node(value).name);
        let (key, value, table) = (self.id_of(key), self.id_of(value), self.id_of(table));
        format!(
            "part of key ({key_name} @{key}) -> value ({value_name} @{value}) pair in WeakMap (table @{table})"
        )
    }

    fn find_entries(&mut self) {
        let graph = self.graph;
        for &table in self.objects {
            graph.ephemerons(table, |key, value| {
                if let Some(value) = value.filter(|_| self.node_of(key).is_some()) {
                    let name = self.entry_name(table, key, value);
                    self.entries.entry(key).or_default().push(Entry { name, value });
                }
            });
        }
    }

    /// The tree of traces: the root, and each place that allocates, in order of their first objects.
    fn traces(&mut self) {
        let places = self.vm.allocation_places();
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

    fn roots(&mut self, frames: &[Frame]) {
        use snapshot::{EdgeType, NodeType};
        self.builder.node(NodeType::Synthetic, "", snapshot_id::ROOT, 0);
        self.root_edges(RootGroup::Global);
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
            self.root_edges(group);
        }
        for (number, frame) in frames.iter().enumerate() {
            let id = snapshot_id::FIRST_FRAME + 2 * number as u64;
            self.builder.node(NodeType::Object, &frame.name, id, 0);
            self.root_edges(RootGroup::Frame(number as u32));
        }
    }

    fn root_edges(&mut self, group: RootGroup) {
        let graph = self.graph;
        graph.roots(&mut |root| {
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

    fn objects(&mut self) {
        for (at, &object) in self.objects.iter().enumerate() {
            self.object(object, self.ids[at]);
        }
        let mut externals: Vec<External> = self.externals.values().flatten().copied().collect();
        externals.sort_unstable_by_key(|external| external.node);
        for External { handle, bytes, .. } in externals {
            let id = snapshot_id::of_external(handle);
            self.builder.node(snapshot::NodeType::Native, "system / JSArrayBufferData", id, bytes);
        }
    }

    /// Name and place of an object. Plain objects of one shape have one prototype, and so one constructor.
    fn describe(&mut self, object: Ref) -> (Node, Option<Location>) {
        let header = self.vm.heap.header(object);
        let is_global = Word::reference(object) == self.vm.intrinsic(Intrinsic::Global);
        if is_global || header.kind() != value::OBJECT {
            return (self.graph.node(object), self.graph.location(object));
        }
        let graph = self.graph;
        let (name, place) = self
            .described
            .entry(header.shape())
            .or_insert_with(|| (graph.node(object).name, graph.location(object)));
        let self_size = self.vm.heap.size_bytes(object);
        (Node { node_type: graph_types::NodeType::Object, name: name.clone(), self_size }, *place)
    }

    fn object(&mut self, object: Ref, id: u64) {
        let header = self.vm.heap.header(object);
        let (node, place) = self.describe(object);
        self.builder.node(node_type(node.node_type), &node.name, id, node.self_size);
        let trace = self.vm.allocation_place(object).and_then(|number| self.traces.get(number));
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
            self.table_edges(object);
        } else if !self.graph.is_cache(object) {
            let graph = self.graph;
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
    fn table_edges(&mut self, table: Ref) {
        let (graph, mut number) = (self.graph, 0);
        graph.ephemerons(table, |key, value| {
            let Some(key_node) = self.node_of(key) else { return };
            self.builder.named_edge(snapshot::EdgeType::Weak, &number.to_string(), key_node);
            if let Some((value, node)) = value.and_then(|value| Some((value, self.node_of(value)?))) {
                let name = format!("{number} / {}", self.entry_name(table, key, value));
                self.builder.named_edge(snapshot::EdgeType::Internal, &name, node);
            }
            number += 1;
        });
    }
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
