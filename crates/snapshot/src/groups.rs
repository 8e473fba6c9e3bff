//! Nodes by class, as DevTools' Summary shows them, and where the bytes are.

use rustc_hash::FxHashMap;

use crate::analysis::Snapshot;
use crate::distances::NO_DISTANCE;
use crate::dominators::DominatorTree;
use crate::graph::{EdgeName, EdgeType, Graph, NodeIndex, NodeType};

/// Number of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassIndex(pub u32);

/// The class of every node: the constructor of an object, else a word for its type.
#[derive(Clone, Debug)]
pub struct Classes {
    of_node: Vec<u32>,
    names: Vec<String>,
}

impl Classes {
    pub(crate) fn of(graph: &Graph) -> Self {
        let mut classes = Self { of_node: Vec::with_capacity(graph.node_count()), names: Vec::new() };
        let mut by_text = FxHashMap::default();
        // Most nodes share few names: each name is looked up once.
        let mut by_name = vec![u32::MAX; graph.strings().len()];
        let mut by_type = [u32::MAX; 256];
        for node in graph.nodes() {
            let kind = graph.node_type(node);
            let named = matches!(kind, NodeType::Object | NodeType::Native);
            let known = if named {
                &mut by_name[graph.name_index(node).0 as usize]
            } else {
                &mut by_type[usize::from(kind as u8)]
            };
            if *known == u32::MAX {
                let text = class_name(kind, graph.name(node));
                let next = classes.names.len() as u32;
                *known = *by_text.entry(text.clone()).or_insert(next);
                if *known == next {
                    classes.names.push(text);
                }
            }
            classes.of_node.push(*known);
        }
        classes
    }

    /// The class of a node.
    #[must_use]
    pub fn class(&self, node: NodeIndex) -> ClassIndex {
        ClassIndex(self.of_node[node.at()])
    }

    /// The name of a class.
    #[must_use]
    pub fn name(&self, class: ClassIndex) -> &str {
        self.names.get(class.0 as usize).map_or("", String::as_str)
    }

    /// How many classes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The class of a node of this type and name (DevTools: `calculateObjectNames`).
fn class_name(kind: NodeType, name: &str) -> String {
    match kind {
        NodeType::Hidden => "(system)".to_owned(),
        NodeType::Code => "(compiled code)".to_owned(),
        NodeType::Closure => "Function".to_owned(),
        NodeType::RegExp => "RegExp".to_owned(),
        NodeType::Object | NodeType::Native => element_name(name),
        other => format!("({})", other.as_str()),
    }
}

/// `<div class="a">` is of the class `<div>`.
fn element_name(name: &str) -> String {
    let start = if name.starts_with('<') {
        0
    } else if name.starts_with("Detached <") {
        10
    } else {
        return name.to_owned();
    };
    match name[start..].find(' ') {
        Some(space) => format!("{}>", &name[..start + space]),
        None => name.to_owned(),
    }
}

/// All nodes of one class that have a size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The class
    pub name: String,
    /// Type of its first node
    pub node_type: NodeType,
    /// How many there are
    pub count: u64,
    /// Bytes of the nodes themselves
    pub shallow_size: u64,
    /// Bytes that would be free if all of them went
    pub retained_size: u64,
    /// The smallest distance; none if nothing reaches them
    pub distance: Option<u32>,
    /// The nodes, in the order of the snapshot
    pub nodes: Vec<NodeIndex>,
}

/// The groups, largest retained size first.
#[must_use]
pub fn groups(snapshot: &Snapshot) -> Vec<Group> {
    let (graph, classes) = (snapshot.graph(), snapshot.classes());
    let mut groups: Vec<Option<Group>> = vec![None; classes.len()];
    for node in graph.nodes().filter(|&node| graph.self_size(node) > 0) {
        let class = classes.class(node);
        let group = groups[class.0 as usize].get_or_insert_with(|| Group {
            name: classes.name(class).to_owned(),
            node_type: graph.node_type(node),
            count: 0,
            shallow_size: 0,
            retained_size: 0,
            distance: None,
            nodes: Vec::new(),
        });
        group.count += 1;
        group.shallow_size += graph.self_size(node);
        let distance = snapshot.distance(node);
        if distance != NO_DISTANCE {
            group.distance = Some(group.distance.map_or(distance, |least| least.min(distance)));
        }
        group.nodes.push(node);
    }
    let sized = |node: NodeIndex| (graph.self_size(node) > 0).then(|| classes.class(node).0);
    let retained = retained_by_label(snapshot.dominators(), graph, classes.len(), sized);
    for (group, retained) in groups.iter_mut().zip(retained) {
        if let Some(group) = group {
            group.retained_size = retained;
        }
    }
    let mut groups: Vec<Group> = groups.into_iter().flatten().collect();
    semispace_sorting::sort_by(&mut groups, |a, b| {
        b.retained_size.cmp(&a.retained_size).then_with(|| a.name.cmp(&b.name))
    });
    groups
}

/// For each label the bytes that would be free if all its nodes went: the retained sizes of those that no other node of
/// the label dominates.
pub(crate) fn retained_by_label(
    tree: &DominatorTree,
    graph: &Graph,
    labels: usize,
    label: impl Fn(NodeIndex) -> Option<u32>,
) -> Vec<u64> {
    let children = Children::new(tree, graph);
    let mut retained = vec![0u64; labels];
    let mut above = vec![0u32; labels];
    // Entering a node opens its label, leaving it closes it: a node is on the stack twice.
    let mut stack = vec![(graph.root(), false)];
    while let Some((node, leaving)) = stack.pop() {
        let label = label(node).map(|label| label as usize);
        if leaving {
            label.into_iter().for_each(|label| above[label] -= 1);
            continue;
        }
        if let Some(label) = label {
            if above[label] == 0 {
                retained[label] = retained[label].saturating_add(tree.retained_size(node));
            }
            above[label] += 1;
            stack.push((node, true));
        }
        stack.extend(children.of(node).iter().map(|&child| (NodeIndex(child), false)));
    }
    retained
}

/// The dominator tree downwards.
struct Children {
    first: Vec<u32>,
    list: Vec<u32>,
}

impl Children {
    fn new(tree: &DominatorTree, graph: &Graph) -> Self {
        let mut first = vec![0u32; graph.node_count() + 1];
        let others = || graph.nodes().filter(|&node| node != graph.root());
        for node in others() {
            first[tree.dominator(node).at() + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut next = first.clone();
        let mut list = vec![0; graph.node_count().saturating_sub(1)];
        for node in others() {
            let place = &mut next[tree.dominator(node).at()];
            list[*place as usize] = node.0;
            *place += 1;
        }
        Self { first, list }
    }

    fn of(&self, node: NodeIndex) -> &[u32] {
        &self.list[self.first[node.at()] as usize..self.first[node.at() + 1] as usize]
    }
}

/// Where the bytes are, as DevTools' Statistics view has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All of them
    pub total: u64,
    /// Compiled code
    pub code: u64,
    /// Strings of every sort
    pub strings: u64,
    /// Arrays, with the elements that nobody else refers to
    pub js_arrays: u64,
    /// What typed arrays and Buffers hold outside the heap
    pub typed_arrays: u64,
    /// The engine's own
    pub system: u64,
    /// Everything else
    pub other: u64,
}

/// Adds up the bytes by what they are for.
#[must_use]
pub fn statistics(snapshot: &Snapshot) -> Statistics {
    let graph = snapshot.graph();
    let mut sums = Statistics { total: graph.total_self_size(), ..Statistics::default() };
    for node in graph.nodes() {
        let size = graph.self_size(node);
        match graph.node_type(node) {
            NodeType::Code => sums.code += size,
            kind if kind.is_string() => sums.strings += size,
            NodeType::Hidden | NodeType::ObjectShape | NodeType::Synthetic => sums.system += size,
            NodeType::Native if graph.name(node) == "system / JSArrayBufferData" => sums.typed_arrays += size,
            NodeType::Object if graph.name(node) == "Array" => {
                sums.js_arrays += size + own_elements(snapshot, node)
            }
            _ => {}
        }
    }
    let known = sums.code + sums.strings + sums.js_arrays + sums.typed_arrays + sums.system;
    sums.other = sums.total.saturating_sub(known);
    sums
}

fn own_elements(snapshot: &Snapshot, array: NodeIndex) -> u64 {
    let graph = snapshot.graph();
    let store = graph.edges(array).find(|&edge| {
        graph.edge_type(edge) == EdgeType::Internal && graph.edge_name(edge) == EdgeName::Name("elements")
    });
    let store = store.map(|edge| graph.target(edge));
    let own = store.filter(|&store| snapshot.retainers().of(store).len() == 1);
    own.map_or(0, |store| graph.self_size(store))
}

/// Strings of the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuplicateStrings {
    /// The text, as far as the snapshot has it
    pub text: String,
    /// How many there are
    pub count: u64,
    /// Bytes that one would do without
    pub wasted: u64,
    /// One of them
    pub example: NodeIndex,
}

/// Strings that are there more than once, most wasted bytes first.
#[must_use]
pub fn duplicate_strings(snapshot: &Snapshot) -> Vec<DuplicateStrings> {
    let graph = snapshot.graph();
    // By size too: a snapshot cuts long texts, so that different ones may look the same.
    let mut found: FxHashMap<(&str, u64), usize> = FxHashMap::default();
    let mut list: Vec<DuplicateStrings> = Vec::new();
    for node in graph.nodes().filter(|&node| graph.node_type(node) == NodeType::String) {
        let (text, size) = (graph.name(node), graph.self_size(node));
        match found.get(&(text, size)) {
            Some(&at) => {
                list[at].count += 1;
                list[at].wasted += size;
            }
            None => {
                found.insert((text, size), list.len());
                list.push(DuplicateStrings { text: text.to_owned(), count: 1, wasted: 0, example: node });
            }
        }
    }
    list.retain(|strings| strings.count > 1);
    semispace_sorting::sort_by(&mut list, |a, b| b.wasted.cmp(&a.wasted).then_with(|| a.text.cmp(&b.text)));
    list
}
