//! What memwatch's `HeapDiff` says of two moments of a heap (`src/heapdiff.cc` of node-memwatch).

use std::collections::BTreeMap;
use std::rc::Rc;

/// The class under which an object is counted; none for V8's hidden objects, which count only as nodes.
pub type ClassName = Option<Rc<str>>;

/// One object of the heap. An object keeps its id when the collector moves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeapNode {
    /// Its id.
    pub id: u32,
    /// Its class.
    pub class: ClassName,
    /// Its own bytes.
    pub size: u64,
}

/// A heap at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeapMoment {
    /// When: milliseconds of the script's clock.
    pub time_ms: f64,
    /// Every object that can be reached.
    pub nodes: Vec<HeapNode>,
}

impl HeapMoment {
    /// Bytes of all objects: what the root retains.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.nodes.iter().map(|node| node.size).sum()
    }
}

/// What happened to the objects of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassChange {
    /// The class.
    pub what: String,
    /// Bytes added less bytes freed.
    pub size_bytes: i64,
    /// Objects that are new (`+`).
    pub added: u64,
    /// Objects that are gone (`-`).
    pub released: u64,
}

/// The difference between two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeapDiff {
    /// Bytes after less bytes before.
    pub size_bytes: i64,
    /// Objects of before that are gone.
    pub freed_nodes: u64,
    /// Objects of after that are new.
    pub allocated_nodes: u64,
    /// By class, sorted by name.
    pub details: Vec<ClassChange>,
}

/// Objects by id.
type Index<'n> = BTreeMap<u32, &'n HeapNode>;

impl HeapDiff {
    /// Compares two moments by the objects' ids.
    #[must_use]
    pub fn between(before: &HeapMoment, after: &HeapMoment) -> Self {
        let (old, new) = (index(before), index(after));
        let freed = missing(&old, &new);
        let allocated = missing(&new, &old);
        let mut classes: BTreeMap<&str, ClassChange> = BTreeMap::new();
        for node in &freed {
            if let Some(change) = class_of(&mut classes, node) {
                change.size_bytes -= node.size.cast_signed();
                change.released += 1;
            }
        }
        for node in &allocated {
            if let Some(change) = class_of(&mut classes, node) {
                change.size_bytes += node.size.cast_signed();
                change.added += 1;
            }
        }
        Self {
            size_bytes: after.size().cast_signed() - before.size().cast_signed(),
            freed_nodes: freed.len() as u64,
            allocated_nodes: allocated.len() as u64,
            details: classes.into_values().collect(),
        }
    }
}

/// The differ ignores its own objects.
fn index(moment: &HeapMoment) -> Index<'_> {
    let own = |node: &&HeapNode| node.class.as_deref() == Some("HeapDiff");
    let mut index = Index::new();
    index.extend(moment.nodes.iter().filter(|node| !own(node)).map(|node| (node.id, node)));
    index
}

fn missing<'n>(here: &Index<'n>, there: &Index<'_>) -> Vec<&'n HeapNode> {
    here.iter().filter(|(id, _)| !there.contains_key(id)).map(|(_, node)| *node).collect()
}

fn class_of<'c, 'n>(
    classes: &'c mut BTreeMap<&'n str, ClassChange>,
    node: &'n HeapNode,
) -> Option<&'c mut ClassChange> {
    let name = node.class.as_deref()?;
    Some(classes.entry(name).or_insert_with(|| ClassChange {
        what: name.to_owned(),
        size_bytes: 0,
        added: 0,
        released: 0,
    }))
}
