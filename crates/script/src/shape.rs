//! Hidden classes: which property an object keeps in which slot.
//!
//! Objects that get the same properties in the same order share a [`Shape`] (V8: Map, `src/objects/map.h`). Adding a
//! property follows or makes a transition to a child shape. The list of properties is shared along a chain of
//! transitions: a shape sees the first `count` entries of its list.

use rustc_hash::FxHashMap;
use semispace_heap::{Kind, Word};

use crate::atoms::Atom;
use crate::value::{self, shapes};

/// Number of a shape: what the upper half of an object's header holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(pub u32);

/// Number of a prototype in the shape table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PrototypeId(u32);

/// A property's attributes, and whether its slot holds an accessor pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Attributes(pub u8);

impl Attributes {
    /// The value can be changed.
    pub const WRITABLE: u8 = 1;
    /// `for-in` and `Object.keys` show it.
    pub const ENUMERABLE: u8 = 2;
    /// It can be deleted and redefined.
    pub const CONFIGURABLE: u8 = 4;
    /// The slot holds an accessor pair.
    pub const ACCESSOR: u8 = 8;
    /// What an assignment makes.
    pub const PLAIN: Self = Self(7);
    /// What built-in methods have: everything but enumerable.
    pub const HIDDEN: Self = Self(5);
    /// Nothing: a constant.
    pub const FIXED: Self = Self(0);
    /// Only configurable.
    pub const CONFIGURABLE_ONLY: Self = Self(4);

    /// Whether it has this bit.
    pub const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    /// With or without a bit.
    pub const fn with(self, bit: u8, on: bool) -> Self {
        if on { Self(self.0 | bit) } else { Self(self.0 & !bit) }
    }
}

/// Where a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Position among the shape's properties.
    pub index: u32,
    /// Attributes.
    pub attributes: Attributes,
}

/// A hidden class.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Prototype of the objects.
    pub prototype: PrototypeId,
    /// Heap kind of the objects.
    pub kind: Kind,
    /// First word of the in-object slots.
    pub start: u8,
    /// Number of in-object slots.
    pub in_object: u8,
    /// Number of properties.
    pub count: u32,
    /// Named properties are in a dictionary.
    pub dictionary: bool,
    /// How far the objects are closed.
    pub integrity: Option<Integrity>,
    /// The object is a prototype: what happens to it concerns others.
    pub is_prototype: bool,
    /// Of copies by spread: in V8 each object that grows gets a map of its own (`Map::IsDetached`).
    pub detached: bool,
    list: u32,
    parent: Option<ShapeId>,
    /// The root of the transition tree.
    pub root: ShapeId,
    /// Of a constructor's initial shape: instances still to come before slack tracking ends.
    pub tracked: u8,
    transitions: FxHashMap<(Atom, Attributes), ShapeId>,
}

/// What the values of a field have been so far, in all objects whose shapes share its property list (V8:
/// `Representation`, `src/objects/property-details.h`). It changes nothing that a script sees. In V8 a double field
/// has a box of its own in each object: adding it allocates one, and so does every read in the interpreter
/// (`AccessorAssembler::LoadHandlerCase`, `rebox_double`), while a store writes into the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Representation {
    /// Nothing was stored by code.
    #[default]
    None,
    /// Small integers only.
    Small,
    /// Numbers, one of them boxed.
    Double,
    /// Anything.
    Tagged,
}

impl Representation {
    /// The narrowest that holds both.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, known) | (known, Self::None) => known,
            (Self::Tagged, _) | (_, Self::Tagged) => Self::Tagged,
            (Self::Double, _) | (_, Self::Double) => Self::Double,
            (Self::Small, Self::Small) => Self::Small,
        }
    }
}

#[derive(Clone, Debug, Default)]
struct PropertyList {
    entries: Vec<(Atom, Attributes)>,
    representations: Vec<Representation>,
    index: FxHashMap<Atom, u32>,
}

/// A property as its shape knows it.
type Field = (Atom, Attributes, Representation);

#[derive(Clone, Debug)]
struct Prototype {
    word: Word,
    roots: Vec<ShapeId>,
}

/// The transition to dictionary mode is filed under a name that no property has.
const DICTIONARY: Atom = Atom(u32::MAX);
/// So are those to closed objects.
const CLOSED: Atom = Atom(u32::MAX - 1);

/// How far an object is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integrity {
    /// No property can be added.
    NotExtensible,
    /// Nor deleted or redefined.
    Sealed,
    /// Nor written.
    Frozen,
}

impl Integrity {
    /// What it leaves of a property's attributes.
    pub const fn restrict(self, attributes: Attributes) -> Attributes {
        match self {
            Self::NotExtensible => attributes,
            Self::Sealed => attributes.with(Attributes::CONFIGURABLE, false),
            Self::Frozen => {
                attributes.with(Attributes::CONFIGURABLE, false).with(Attributes::WRITABLE, false)
            }
        }
    }
}

/// All shapes of a machine.
#[derive(Clone, Debug)]
pub struct ShapeTable {
    shapes: Vec<Shape>,
    lists: Vec<PropertyList>,
    prototypes: Vec<Prototype>,
    by_address: FxHashMap<u64, PrototypeId>,
    /// What the headers of boxes say that belong to a field of doubles: a store writes into such a box, so nobody else may
    /// refer to it. It is another number as soon as the fields of some shape need no longer be read by copying the box.
    pub field_box: u32,
    /// A field holds doubles that did not before, or the other way round: what caches say of it is no longer so.
    pub fields_changed: bool,
    /// Goes up whenever an object that may be a prototype changes, so that cached prototype lookups expire.
    pub epoch: u32,
}

/// What a new root shape is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RootShape {
    /// Kind of the objects.
    pub kind: Kind,
    /// First word of in-object slots.
    pub start: u8,
    /// Number of in-object slots.
    pub in_object: u8,
}

impl Default for ShapeTable {
    fn default() -> Self {
        let mut table = Self {
            shapes: Vec::new(),
            lists: vec![PropertyList::default()],
            prototypes: vec![Prototype { word: value::NULL, roots: Vec::new() }],
            by_address: FxHashMap::default(),
            field_box: shapes::FIRST_FIELD_BOX,
            fields_changed: false,
            epoch: 1,
        };
        let internal = RootShape { kind: value::FIXED_ARRAY, start: 0, in_object: 0 };
        for _ in 0..shapes::FIRST_OBJECT {
            table.add_root(PrototypeId(0), internal);
        }
        table
    }
}

impl ShapeTable {
    /// A shape.
    #[inline(always)]
    pub fn get(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    /// The prototype of objects of this shape: an object or null.
    #[inline(always)]
    pub fn prototype(&self, id: ShapeId) -> Word {
        self.prototypes[self.get(id).prototype.0 as usize].word
    }

    /// The number of a prototype.
    pub fn prototype_id(&mut self, word: Word) -> PrototypeId {
        if word == value::NULL {
            return PrototypeId(0);
        }
        if let Some(&id) = self.by_address.get(&word.bits()) {
            return id;
        }
        let id = PrototypeId(self.prototypes.len() as u32);
        self.prototypes.push(Prototype { word, roots: Vec::new() });
        self.by_address.insert(word.bits(), id);
        id
    }

    /// The shape of an object that becomes a prototype: its own, and marked.
    pub fn as_prototype(&mut self, id: ShapeId) -> ShapeId {
        if self.get(id).is_prototype {
            return id;
        }
        self.child(id, |shape| shape.is_prototype = true)
    }

    /// The shared root shape for objects of this sort with this prototype.
    pub fn root(&mut self, prototype: Word, sort: RootShape) -> ShapeId {
        let prototype = self.prototype_id(prototype);
        let found = self.prototypes[prototype.0 as usize].roots.iter().copied().find(|&id| {
            let shape = self.get(id);
            (shape.kind, shape.start, shape.in_object) == (sort.kind, sort.start, sort.in_object)
        });
        found.unwrap_or_else(|| {
            let id = self.add_root(prototype, sort);
            self.prototypes[prototype.0 as usize].roots.push(id);
            id
        })
    }

    /// A root shape of its own, not shared: the initial shape of a constructor's instances, or of one dictionary.
    pub fn unshared_root(&mut self, prototype: Word, sort: RootShape) -> ShapeId {
        let prototype = self.prototype_id(prototype);
        self.add_root(prototype, sort)
    }

    fn add_root(&mut self, prototype: PrototypeId, sort: RootShape) -> ShapeId {
        let id = ShapeId(self.shapes.len() as u32);
        self.shapes.push(Shape {
            prototype,
            kind: sort.kind,
            start: sort.start,
            in_object: sort.in_object,
            count: 0,
            dictionary: false,
            integrity: None,
            is_prototype: false,
            detached: false,
            list: 0,
            parent: None,
            root: id,
            tracked: 0,
            transitions: FxHashMap::default(),
        });
        id
    }

    /// The property of this name.
    #[inline]
    pub fn find(&self, id: ShapeId, atom: Atom) -> Option<Slot> {
        let shape = self.get(id);
        let list = &self.lists[shape.list as usize];
        let &index = list.index.get(&atom)?;
        (index < shape.count).then(|| Slot { index, attributes: list.entries[index as usize].1 })
    }

    /// All properties in the order they were added.
    pub fn properties(&self, id: ShapeId) -> &[(Atom, Attributes)] {
        let shape = self.get(id);
        &self.lists[shape.list as usize].entries[..shape.count as usize]
    }

    /// The representation of a field.
    pub fn representation(&self, id: ShapeId, index: u32) -> Representation {
        self.lists[self.get(id).list as usize].representations[index as usize]
    }

    /// A field gets a value of this representation.
    pub fn widen(&mut self, id: ShapeId, index: u32, other: Representation) {
        let list = self.get(id).list as usize;
        let known = &mut self.lists[list].representations[index as usize];
        let before = std::mem::replace(known, known.or(other));
        let (was_double, is_double) = (before == Representation::Double, *known == Representation::Double);
        self.fields_changed |= was_double != is_double;
        self.field_box += u32::from(was_double && !is_double);
    }

    /// The shape with one property more.
    pub fn add(&mut self, id: ShapeId, atom: Atom, attributes: Attributes) -> ShapeId {
        if let Some(&child) = self.get(id).transitions.get(&(atom, attributes)) {
            return child;
        }
        let shape = self.get(id);
        let (count, list) = (shape.count, shape.list);
        let owns_end = list != 0 && self.lists[list as usize].entries.len() == count as usize;
        let list = if owns_end {
            list
        } else {
            let fields = self.fields(id);
            self.add_list(fields)
        };
        let entries = &mut self.lists[list as usize];
        entries.entries.push((atom, attributes));
        entries.representations.push(Representation::None);
        entries.index.insert(atom, count);
        let child = self.child(id, |shape| {
            shape.count = count + 1;
            shape.list = list;
        });
        self.shapes[id.0 as usize].transitions.insert((atom, attributes), child);
        child
    }

    /// Whether objects of this shape have been given such a property.
    pub fn has_transition(&self, id: ShapeId, atom: Atom, attributes: Attributes) -> bool {
        self.get(id).transitions.contains_key(&(atom, attributes))
    }

    fn child(&mut self, parent: ShapeId, change: impl FnOnce(&mut Shape)) -> ShapeId {
        let id = ShapeId(self.shapes.len() as u32);
        let mut shape = self.get(parent).clone();
        shape.parent = Some(parent);
        shape.transitions = FxHashMap::default();
        change(&mut shape);
        self.shapes.push(shape);
        id
    }

    fn fields(&self, id: ShapeId) -> Vec<Field> {
        let shape = self.get(id);
        let list = &self.lists[shape.list as usize];
        let fields = list.entries.iter().zip(&list.representations).take(shape.count as usize);
        fields.map(|(&(atom, attributes), &representation)| (atom, attributes, representation)).collect()
    }

    fn add_list(&mut self, fields: Vec<Field>) -> u32 {
        self.lists.push(PropertyList {
            index: (0..).zip(&fields).map(|(index, &(atom, ..))| (atom, index)).collect(),
            entries: fields.iter().map(|&(atom, attributes, _)| (atom, attributes)).collect(),
            representations: fields.into_iter().map(|(.., representation)| representation).collect(),
        });
        self.lists.len() as u32 - 1
    }

    fn add_all(&mut self, mut id: ShapeId, fields: Vec<Field>) -> ShapeId {
        for (index, (atom, attributes, representation)) in (0..).zip(fields) {
            id = self.add(id, atom, attributes);
            self.widen(id, index, representation);
        }
        id
    }

    /// The shape before the last property was added, if that is how it came about.
    pub fn without_last(&self, id: ShapeId) -> Option<ShapeId> {
        let parent = self.get(id).parent?;
        let (shape, before) = (self.get(id), self.get(parent));
        (before.count + 1 == shape.count && before.integrity == shape.integrity).then_some(parent)
    }

    /// The shape with another set of attributes for one property. Objects that are changed in the same way share it
    /// (V8: `MapUpdater::ReconfigureToDataField`); a prototype keeps a shape of its own.
    pub fn with_attributes(&mut self, id: ShapeId, index: u32, attributes: Attributes) -> ShapeId {
        let mut properties = self.fields(id);
        properties[index as usize].1 = attributes;
        let shape = self.get(id);
        if shape.is_prototype {
            let list = self.add_list(properties);
            return self.child(id, |shape| {
                shape.list = list;
                shape.parent = None;
            });
        }
        let (root, integrity) = (shape.root, shape.integrity);
        let changed = self.add_all(root, properties);
        integrity.map_or(changed, |integrity| self.closed(changed, integrity))
    }

    /// The shape of this shape's objects once they are closed (V8: `JSObject::PreventExtensionsWithTransition`). Private
    /// names stay as they are.
    pub fn closed(&mut self, id: ShapeId, integrity: Integrity) -> ShapeId {
        let key = (CLOSED, Attributes(integrity as u8));
        if let Some(&found) = self.get(id).transitions.get(&key) {
            return found;
        }
        let list = if integrity == Integrity::NotExtensible {
            self.get(id).list
        } else {
            let mut properties = self.fields(id);
            for (atom, attributes, _) in &mut properties {
                if !atom.is_private() {
                    *attributes = integrity.restrict(*attributes);
                }
            }
            self.add_list(properties)
        };
        let found = self.child(id, |shape| {
            shape.list = list;
            shape.integrity = shape.integrity.max(Some(integrity));
            shape.parent = None;
        });
        self.shapes[id.0 as usize].transitions.insert(key, found);
        found
    }

    /// The same properties with another prototype.
    pub fn with_prototype(&mut self, id: ShapeId, prototype: Word) -> ShapeId {
        let shape = self.get(id).clone();
        let sort = RootShape { kind: shape.kind, start: shape.start, in_object: shape.in_object };
        if shape.dictionary {
            let root = self.unshared_root(prototype, sort);
            self.shapes[root.0 as usize].dictionary = true;
            self.shapes[root.0 as usize].integrity = shape.integrity;
            return root;
        }
        let (root, properties) = (self.root(prototype, sort), self.fields(id));
        let result = self.add_all(root, properties);
        shape.integrity.map_or(result, |integrity| self.closed(result, integrity))
    }

    /// A shape for copies of this shape's objects (V8: `FastCloneObjectMap`), another one each time.
    pub fn detached(&mut self, id: ShapeId, prototype: Word) -> ShapeId {
        let shape = self.get(id);
        let sort = RootShape { kind: shape.kind, start: shape.start, in_object: shape.in_object };
        let (count, fields) = (shape.count, self.fields(id));
        let (root, list) = (self.root(prototype, sort), self.add_list(fields));
        self.child(root, |shape| {
            shape.count = count;
            shape.list = list;
            shape.detached = count > 0;
            shape.parent = None;
        })
    }

    /// Whether in V8 each object of this shape has a map of its own.
    pub fn has_own_maps(&self, id: ShapeId) -> bool {
        self.get(id).detached && self.get(id).parent.is_some()
    }

    /// The shape of objects in dictionary mode that this shape's objects turn into.
    pub fn dictionary(&mut self, id: ShapeId) -> ShapeId {
        let shape = self.get(id);
        let integrity = shape.integrity.map_or(0, |integrity| integrity as u8 + 1);
        let key = (DICTIONARY, Attributes(integrity << 1 | u8::from(shape.is_prototype)));
        let root = shape.root;
        if let Some(&found) = self.get(root).transitions.get(&key) {
            return found;
        }
        let found = self.child(id, |shape| {
            shape.dictionary = true;
            shape.detached = false;
            shape.in_object = 0;
            shape.count = 0;
            shape.list = 0;
            shape.parent = None;
        });
        self.shapes[root.0 as usize].transitions.insert(key, found);
        found
    }

    /// Begins slack tracking: the first seven instances are laid out generously.
    pub fn track(&mut self, id: ShapeId) {
        self.shapes[id.0 as usize].tracked = 7;
    }

    /// Counts one instance of a constructor's initial shape.
    pub fn count_instance(&mut self, id: ShapeId) {
        let shape = &mut self.shapes[id.0 as usize];
        if shape.tracked > 0 {
            shape.tracked -= 1;
            if shape.tracked == 0 {
                self.complete_slack_tracking(id);
            }
        }
    }

    /// Ends slack tracking: every shape of this tree keeps only as many in-object slots as the widest has properties
    /// (V8: `MapUpdater::CompleteInobjectSlackTracking`).
    pub fn complete_slack_tracking(&mut self, root: ShapeId) {
        let tree: Vec<usize> =
            (0..self.shapes.len()).filter(|&index| self.shapes[index].root == root).collect();
        let widest = tree.iter().map(|&index| self.shapes[index].count).max().unwrap_or(0);
        for index in tree {
            let shape = &mut self.shapes[index];
            shape.in_object = shape.in_object.min(u8::try_from(widest).unwrap_or(u8::MAX));
        }
    }

    /// Every prototype, for the collector; remembers their new addresses.
    pub fn trace(&mut self, visit: &mut dyn FnMut(&mut Word)) {
        for (index, prototype) in self.prototypes.iter_mut().enumerate().skip(1) {
            let before = prototype.word;
            visit(&mut prototype.word);
            if prototype.word != before {
                if self.by_address.get(&before.bits()) == Some(&PrototypeId(index as u32)) {
                    self.by_address.remove(&before.bits());
                }
                self.by_address.insert(prototype.word.bits(), PrototypeId(index as u32));
            }
        }
    }

    /// Every prototype.
    pub fn prototypes(&self) -> impl Iterator<Item = &Word> {
        self.prototypes.iter().map(|prototype| &prototype.word)
    }

    /// How many shapes there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Never: the shapes of internal objects are always there.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }
}
