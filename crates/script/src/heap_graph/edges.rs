//! What an object refers to.
//!
//! Two passes. The first goes over the words of the object, names each, and so misses nothing that the collector sees.
//! The second adds what a person expects of the object itself: its prototype, and the properties and elements whose
//! values lie in a backing store.

use semispace_heap::{FIRST_EPHEMERON, Kind, Layout, Ref, WEAK_WORD, Word};

use super::{Edge, EdgeName, EdgeType, HeapGraph};
use crate::object::{Elements, Key};
use crate::shape::ShapeId;
use crate::value::{self, FIXED_SLOTS, NULL, OBJECT_HEADER};
use crate::vm::Cache;

/// Whoever takes the edges.
type Visit<'v> = &'v mut dyn FnMut(Edge<'_>);

impl HeapGraph<'_> {
    /// Hands over every edge of an object. The object must be live.
    pub fn edges(&self, object: Ref, visit: Visit<'_>) {
        let kind = self.vm.heap.header(object).kind();
        match kind.layout() {
            Layout::Tagged | Layout::Weak => self.words(object, kind, visit),
            Layout::Ephemerons => self.ephemeron_table(object, visit),
            Layout::Raw | Layout::Filler | Layout::Forwarded => {}
        }
        if value::is_object_kind(kind) {
            self.prototypes(object, kind, visit);
            self.outside_properties(object, visit);
            self.elements(object, visit);
        }
    }

    /// Whether an object is a cache that is emptied after a full collection, before it is used again. V8's snapshots, which
    /// begin with such a collection, find it empty.
    pub fn is_cache(&self, object: Ref) -> bool {
        self.vm.roots.number_strings == Word::reference(object)
    }

    /// The live pairs of the table of a WeakMap or WeakSet: key, and value where it is an object.
    pub fn ephemerons(&self, table: Ref, mut visit: impl FnMut(Ref, Option<Ref>)) {
        if self.vm.heap.header(table).layout() != Layout::Ephemerons {
            return;
        }
        for word in (FIRST_EPHEMERON..self.vm.heap.size_words(table).saturating_sub(1)).step_by(2) {
            if let Some(key) = self.vm.heap.get(table, word).as_ref() {
                visit(key, self.vm.heap.get(table, word + 1).as_ref());
            }
        }
    }

    fn words(&self, object: Ref, kind: Kind, visit: Visit<'_>) {
        let names = WordNames::of(self, object, kind);
        for word in 1..self.vm.heap.size_words(object) {
            let Some(to) = self.vm.heap.get(object, word).as_ref() else { continue };
            let (mut edge_type, name) = names.describe(self, word);
            if let (EdgeType::Property, EdgeName::Name(property), Some(pair)) =
                (edge_type, &name, self.accessor_pair(to))
            {
                self.accessors(property, pair, visit);
                edge_type = EdgeType::Internal;
            }
            visit(Edge { edge_type, name, to });
        }
    }

    fn accessor_pair(&self, to: Ref) -> Option<Ref> {
        (self.vm.heap.header(to).kind() == value::ACCESSOR_PAIR).then_some(to)
    }

    fn accessors(&self, name: &str, pair: Ref, visit: Visit<'_>) {
        for (word, prefix) in [(1, "get"), (2, "set")] {
            if let Some(to) = self.vm.heap.get(pair, word).as_ref() {
                let name = EdgeName::Name(format!("{prefix} {name}").into());
                visit(Edge { edge_type: EdgeType::Property, name, to });
            }
        }
    }

    fn ephemeron_table(&self, table: Ref, visit: Visit<'_>) {
        for word in 1..self.vm.heap.size_words(table) {
            let Some(to) = self.vm.heap.get(table, word).as_ref() else { continue };
            let is_key = word >= FIRST_EPHEMERON && (word - FIRST_EPHEMERON).is_multiple_of(2);
            let (edge_type, name) = if is_key {
                (EdgeType::Weak, format!("key {}", (word - FIRST_EPHEMERON) / 2))
            } else {
                (EdgeType::Internal, format!("value {}", word.saturating_sub(FIRST_EPHEMERON) / 2))
            };
            visit(Edge { edge_type, name: EdgeName::Name(name.into()), to });
        }
    }

    fn prototypes(&self, object: Ref, kind: Kind, visit: Visit<'_>) {
        let prototype = self.vm.prototype_of(Word::reference(object));
        let mut property = |word: Word, name: &'static str| {
            if let Some(to) = word.as_ref() {
                visit(Edge { edge_type: EdgeType::Property, name: EdgeName::Name(name.into()), to });
            }
        };
        property(prototype, "__proto__");
        let has_initial_shape =
            kind == value::FUNCTION && self.vm.heap.size_words(object) > value::FUNCTION_PROTOTYPE;
        if has_initial_shape && let Some(shape) = self.vm.heap.get(object, value::FUNCTION_PROTOTYPE).as_smi()
        {
            property(self.vm.roots.shapes.prototype(ShapeId(shape as u32)), "prototype");
        }
    }

    /// Named properties whose values lie in the property array or the dictionary.
    fn outside_properties(&self, object: Ref, visit: Visit<'_>) {
        if self.vm.heap.get(object, value::PROPERTIES).as_ref().is_none() {
            return;
        }
        let shape = self.vm.shape_of(object);
        let inside = if self.vm.roots.shapes.get(shape).dictionary {
            0
        } else {
            self.vm.roots.shapes.get(shape).in_object as usize
        };
        for (atom, _) in self.vm.named_properties(object).into_iter().skip(inside) {
            let Some(property) = self.vm.peek_own(object, Key::Atom(atom)) else { continue };
            let Some(to) = property.word.as_ref() else { continue };
            let name = self.vm.atom_text(atom);
            match self.accessor_pair(to) {
                Some(pair) => self.accessors(&name, pair, visit),
                None => visit(Edge { edge_type: EdgeType::Property, name: EdgeName::Name(name.into()), to }),
            }
        }
    }

    fn elements(&self, object: Ref, visit: Visit<'_>) {
        let mut element = |index: u32, word: Word| {
            if let Some(to) = word.as_ref() {
                visit(Edge { edge_type: EdgeType::Element, name: EdgeName::Index(index), to });
            }
        };
        match self.vm.elements(object) {
            Elements::Tagged(store, length) if store != object => {
                for index in 0..length {
                    element(index, self.vm.heap.get(store, FIXED_SLOTS + index));
                }
            }
            Elements::Tagged(..) | Elements::Double(..) => {}
            Elements::Sparse(store) => {
                for index in self.vm.sparse_indexes(store) {
                    let word = self.vm.own_indexed(object, index).map_or(NULL, |property| property.word);
                    element(index, word);
                }
            }
        }
    }
}

/// What the words of one object are called.
enum WordNames<'a> {
    /// Header words, internal words by this list, then properties of the shape
    Object { shape: ShapeId, internal: &'static [&'static str] },
    /// A context, with its variables' names where they are known
    Context(Option<&'a crate::bytecode::ContextNames>),
    /// From word 2 on
    Internal(&'static [&'static str]),
    /// By number
    Numbers,
    /// The word that is weak
    Weak { internal: &'static [&'static str] },
}

impl<'a> WordNames<'a> {
    fn of(graph: &HeapGraph<'a>, object: Ref, kind: Kind) -> Self {
        if kind.layout() == Layout::Weak {
            let cell: &[&str] = &["registry", "holdings", "target", "unregister_token"];
            let reference: &[&str] = &["properties", "elements", "target"];
            let internal = if kind == value::WEAK_CELL { cell } else { reference };
            return Self::Weak { internal };
        }
        match kind {
            value::CONTEXT => {
                let pc = graph.vm.heap.get(object, value::CONTEXT_SCOPE).payload();
                Self::Context(graph.vm.scopes.context(pc))
            }
            value::CONS_STRING => Self::Internal(&["first", "second"]),
            value::SLICED_STRING => Self::Internal(&["parent"]),
            value::THIN_STRING => Self::Internal(&["actual"]),
            value::SYMBOL => Self::Internal(&["name"]),
            kind if value::is_object_kind(kind) => {
                Self::Object { shape: graph.vm.shape_of(object), internal: internal_words(kind) }
            }
            _ => Self::Numbers,
        }
    }

    /// Type and name of the edge that a word is.
    fn describe<'n>(&self, graph: &HeapGraph<'n>, word: u32) -> (EdgeType, EdgeName<'n>)
    where
        'a: 'n,
    {
        let named = |list: &'static [&'static str], first: u32| {
            let name = *list.get(word.checked_sub(first)? as usize)?;
            (!name.is_empty()).then(|| (EdgeType::Internal, EdgeName::Name(name.into())))
        };
        let found = match self {
            Self::Object { shape, internal } => named(&["properties", "elements"], value::PROPERTIES)
                .or_else(|| Self::property(graph, *shape, word))
                .or_else(|| named(internal, OBJECT_HEADER)),
            Self::Context(names) => named(&["scope_info", "previous"], value::CONTEXT_SCOPE).or_else(|| {
                let name = names.as_ref()?.get(word.checked_sub(value::CONTEXT_SLOTS)? as usize)?;
                Some((EdgeType::Context, EdgeName::Name(name.to_string().into())))
            }),
            Self::Internal(list) => named(list, 2),
            Self::Weak { internal } => named(internal, 1),
            Self::Numbers => None,
        };
        match found {
            Some((_, name)) if word == WEAK_WORD && matches!(self, Self::Weak { .. }) => {
                (EdgeType::Weak, name)
            }
            Some(found) => found,
            None => (EdgeType::Hidden, EdgeName::Index(word)),
        }
    }

    /// The named property that lies in a word.
    fn property<'n>(graph: &HeapGraph<'n>, shape: ShapeId, word: u32) -> Option<(EdgeType, EdgeName<'n>)> {
        let table = &graph.vm.roots.shapes;
        let index = word.checked_sub(u32::from(table.get(shape).start))?;
        let (atom, _) = table.properties(shape).get(index as usize)?;
        let (place, cached) = graph.vm.slot_place(shape, index);
        let inside = place == word && cached & Cache::OUTSIDE == 0;
        inside.then(|| (EdgeType::Property, EdgeName::Name(graph.vm.atom_text(*atom).into())))
    }
}

/// The words between an object's header and its properties. An empty name: no reference worth one.
fn internal_words(kind: Kind) -> &'static [&'static str] {
    match kind {
        value::FUNCTION => &["shared", "context", "feedback_cell", "", "prototype"],
        value::BOUND_FUNCTION => &["bound_function", "bound_this", "bindings"],
        value::ARGUMENTS => &["mapped_entries"],
        value::WRAPPER | value::DATE => &["value"],
        value::MAP | value::SET | value::WEAK_MAP | value::WEAK_SET => &["table"],
        value::ITERATOR => &["iterated_object"],
        value::GENERATOR => &["function", "receiver", "parameters_and_registers", "", "", "", "", "promise"],
        value::PROMISE => &["reactions_or_result"],
        value::REGEXP => &["", "source", "flags"],
        value::PROXY => &["target"],
        value::ARRAY_BUFFER_VIEW => &["buffer"],
        _ => &[],
    }
}
