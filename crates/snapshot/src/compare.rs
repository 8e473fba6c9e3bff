//! Two snapshots of one process: nodes are the same if their ids are.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Snapshot;
use crate::graph::{Graph, NodeIndex, NodeType};

/// The ids of a snapshot. They are dense, so that one bit each mostly does.
#[derive(Clone, Debug)]
pub struct IdSet {
    bits: Vec<u64>,
    sparse: FxHashSet<u64>,
}

/// Bits for each node that are worth it.
const BITS_PER_NODE: u64 = 512;

impl IdSet {
    /// The ids of all nodes.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let ids = || graph.nodes().map(|node| graph.id(node));
        let largest = ids().max().unwrap_or(0);
        if largest / BITS_PER_NODE > graph.node_count() as u64 {
            return Self { bits: Vec::new(), sparse: ids().collect() };
        }
        let mut bits = vec![0u64; (largest / 64 + 1) as usize];
        for id in ids() {
            bits[(id / 64) as usize] |= 1 << (id % 64);
        }
        Self { bits, sparse: FxHashSet::default() }
    }

    /// Whether a node of this id is there.
    #[must_use]
    pub fn contains(&self, id: u64) -> bool {
        let word = usize::try_from(id / 64).ok().and_then(|at| self.bits.get(at));
        word.map_or_else(|| self.sparse.contains(&id), |bits| bits >> (id % 64) & 1 == 1)
    }
}

/// What became of one class between two snapshots: DevTools' columns of the Comparison view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassChange {
    /// The class
    pub name: String,
    /// Type of its first node
    pub node_type: NodeType,
    /// Nodes that only the second snapshot has
    pub added: u64,
    /// Nodes that only the first has
    pub removed: u64,
    /// Bytes of the new nodes
    pub allocated_size: u64,
    /// Bytes of those that are gone
    pub freed_size: u64,
}

impl ClassChange {
    /// How many more there are.
    #[must_use]
    pub const fn delta(&self) -> i64 {
        self.added as i64 - self.removed as i64
    }

    /// How many more bytes.
    #[must_use]
    pub const fn size_delta(&self) -> i64 {
        self.allocated_size as i64 - self.freed_size as i64
    }
}

/// The classes that changed, largest growth in bytes first.
#[must_use]
pub fn compare(before: &Snapshot, after: &Snapshot) -> Vec<ClassChange> {
    let mut changes = Changes::default();
    let (old, new) = (IdSet::of(before.graph()), IdSet::of(after.graph()));
    changes.count(after, &old, |change, size| {
        change.added += 1;
        change.allocated_size += size;
    });
    changes.count(before, &new, |change, size| {
        change.removed += 1;
        change.freed_size += size;
    });
    let mut list = changes.list;
    semispace_sorting::sort_by(&mut list, |a, b| {
        let keys = |change: &ClassChange| (change.size_delta(), change.allocated_size);
        keys(b).cmp(&keys(a)).then_with(|| a.name.cmp(&b.name))
    });
    list
}

#[derive(Default)]
struct Changes {
    by_name: FxHashMap<String, usize>,
    list: Vec<ClassChange>,
}

impl Changes {
    /// Counts the nodes of a snapshot that another does not have.
    fn count(&mut self, snapshot: &Snapshot, other: &IdSet, add: impl Fn(&mut ClassChange, u64)) {
        let (graph, classes) = (snapshot.graph(), snapshot.classes());
        let mut places = vec![usize::MAX; classes.len()];
        for node in new_nodes(graph, other) {
            let class = classes.class(node);
            let place = &mut places[class.0 as usize];
            if *place == usize::MAX {
                *place = self.place(classes.name(class), graph.node_type(node));
            }
            add(&mut self.list[*place], graph.self_size(node));
        }
    }

    fn place(&mut self, name: &str, node_type: NodeType) -> usize {
        let Self { by_name, list } = self;
        *by_name.entry(name.to_owned()).or_insert_with(|| {
            list.push(ClassChange {
                name: name.to_owned(),
                node_type,
                added: 0,
                removed: 0,
                allocated_size: 0,
                freed_size: 0,
            });
            list.len() - 1
        })
    }
}

/// The nodes of a size whose ids a set does not have.
pub(crate) fn new_nodes<'g>(graph: &'g Graph, known: &'g IdSet) -> impl Iterator<Item = NodeIndex> + 'g {
    graph.nodes().filter(|&node| graph.self_size(node) > 0 && !known.contains(graph.id(node)))
}
