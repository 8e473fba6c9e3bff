//! The arguments object.
//!
//! In sloppy code with plain parameters, its elements are the parameters' own variables (ECMA-262 10.4.4). As in V8
//! (`SloppyArgumentsElements`) they live in the function's context then. The elements hold a hole for each shared
//! index, so that every fast path passes it by, and a table beside them says which slot of the context it stands for.

use semispace_heap::{Ref, Word};

use super::{Elements, Property};
use crate::atoms::Atom;
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{self, CONTEXT_SLOTS, ELEMENTS, FIXED_LENGTH, FIXED_SLOTS, HOLE, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::slow::Operands;
use crate::vm::{Handle, Intrinsic, Vm};

/// Word of an arguments object that shares variables: the table of shared indexes. Others do without it.
const TABLE: u32 = 3;
/// Word of a table: the context.
const CONTEXT: u32 = FIXED_SLOTS;
/// Word of a table: the context slot of index 0.
const FIRST_SLOT: u32 = FIXED_SLOTS + 1;

/// Which arguments objects are laid out alike. V8 has a map for each (`src/objects/arguments.h`).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Strict,
    Sloppy,
    /// Sloppy, and shares variables with the parameters.
    Mapped,
}

/// A variable of a context.
#[derive(Clone, Copy)]
struct Shared {
    context: Ref,
    word: u32,
}

impl Vm {
    /// The arguments object of the current frame. The words are its elements; `may_share`: with parameters.
    pub(crate) fn arguments_object(&mut self, words: &[Word], may_share: bool) -> Completion<Word> {
        let sort = match (self.is_strict(), may_share) {
            (true, _) => Sort::Strict,
            (false, true) if !words.is_empty() => Sort::Mapped,
            (false, _) => Sort::Sloppy,
        };
        let mark = self.roots.handle_mark();
        let handles: Vec<Handle> = words.iter().map(|&word| self.handle(word)).collect();
        let shape = self.arguments_shape(sort);
        let count = Word::smi(words.len() as i32);
        let mut store = self.intrinsic(Intrinsic::EmptyElements);
        if !words.is_empty() {
            let room = FIXED_SLOTS + words.len() as u32;
            let fresh = self.allocate(value::FIXED_ARRAY, shapes::ELEMENTS, room)?;
            self.heap.init(fresh, FIXED_LENGTH, count);
            for (slot, &handle) in handles.iter().enumerate() {
                self.heap.set(fresh, FIXED_SLOTS + slot as u32, self.at(handle));
            }
            store = Word::reference(fresh);
        }
        let store = self.handle(store);
        let object = self.new_object_of(shape)?;
        self.heap.set(object, ELEMENTS, self.at(store));
        let first = u32::from(self.roots.shapes.get(shape).start);
        self.heap.init(object, first, count);
        if sort != Sort::Strict {
            self.heap.set(object, first + 1, self.register(1));
        }
        self.roots.release_handles(mark);
        Ok(Word::reference(object))
    }

    /// The shape of fresh arguments objects, as the first one of a sort gets it.
    fn arguments_shape(&mut self, sort: Sort) -> ShapeId {
        if let Some(shape) = self.arguments_shapes[sort as usize] {
            return shape;
        }
        let (start, in_object) = match sort {
            Sort::Strict => (TABLE, 1),
            Sort::Sloppy => (TABLE, 2),
            Sort::Mapped => (TABLE + 1, 2),
        };
        let root = RootShape { kind: value::ARGUMENTS, start: start as u8, in_object };
        let root = self.root_shape(self.intrinsic(Intrinsic::ObjectPrototype), root);
        let (length, callee) = (self.names.length, self.names.callee);
        let mut shape = self.roots.shapes.add(root, length, Attributes::HIDDEN);
        if sort != Sort::Strict {
            shape = self.roots.shapes.add(shape, callee, Attributes::HIDDEN);
        }
        self.arguments_shapes[sort as usize] = Some(shape);
        shape
    }

    /// `[Symbol.iterator]`, and in strict code the `callee` that throws, which arguments objects have without a slot for them
    /// (V8: in their maps). In dictionary mode they are entries like any other.
    pub(crate) fn arguments_property(&self, object: Ref, atom: Atom) -> Option<Property> {
        let shape = self.roots.shapes.get(self.shape_of(object));
        if shape.dictionary {
            return None;
        }
        if atom == self.names.symbol_iterator {
            return Some(Property::with(self.intrinsic(Intrinsic::ArrayValues), Attributes::HIDDEN));
        }
        let is_strict = shape.in_object == 1;
        (is_strict && atom == self.names.callee).then(|| {
            Property::with(self.intrinsic(Intrinsic::StrictCallee), Attributes(Attributes::ACCESSOR))
        })
    }

    /// The values of an arguments object that is as it was made, but for the values. Nothing roots them.
    pub(crate) fn arguments_words(&self, list: Word) -> Option<Vec<Word>> {
        let object = list.as_ref().filter(|_| self.kind(list) == Some(value::ARGUMENTS))?;
        let shape = self.shape_of(object);
        let length = self.heap.get(object, u32::from(self.roots.shapes.get(shape).start));
        let Elements::Tagged(store, count) = self.elements(object) else { return None };
        let is_whole = self.arguments_shapes.contains(&Some(shape)) && length.as_smi() == Some(count as i32);
        if !is_whole {
            return None;
        }
        let word = |index| match self.heap.get(store, FIXED_SLOTS + index) {
            HOLE => self.shared_argument(object, index),
            word => Some(word),
        };
        (0..count).map(word).collect()
    }

    /// Makes the arguments object in register `a` share the parameters' variables.
    pub(crate) fn map_arguments(&mut self, o: Operands) -> Completion {
        let first = o.extension as usize;
        let parameters = self.roots.constants[first].payload() as usize;
        let arguments = self.register(o.a);
        let Some(object) = arguments.as_ref() else { return Ok(()) };
        let given = match self.elements(object) {
            Elements::Tagged(_, length) | Elements::Double(_, length) => length as usize,
            Elements::Sparse(_) => 0,
        };
        let count = parameters.min(given);
        if count > 0 {
            let object = self.handle(arguments);
            self.ensure_tagged(object)?;
            let words = FIRST_SLOT + count as u32;
            let table = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, words)?;
            self.heap.init(table, FIXED_LENGTH, Word::smi((words - FIXED_SLOTS) as i32));
            let context = self.register(o.b);
            self.heap.set(table, CONTEXT, context);
            for index in 0..count {
                let slot = self.roots.constants[first + 1 + index];
                let slot = if slot.is_smi() { slot } else { HOLE };
                self.heap.init(table, FIRST_SLOT + index as u32, slot);
                if let (true, Elements::Tagged(store, _)) =
                    (slot.is_smi(), self.elements(self.ref_at(object)))
                {
                    self.heap.set(store, FIXED_SLOTS + index as u32, HOLE);
                }
            }
            let object = self.ref_at(object);
            self.heap.set(object, TABLE, Word::reference(table));
        }
        self.step_over();
        Ok(())
    }

    fn shares(&self, object: Ref) -> bool {
        self.heap.header(object).kind() == value::ARGUMENTS
            && u32::from(self.roots.shapes.get(self.shape_of(object)).start) > TABLE
    }

    fn shared_table(&self, object: Ref) -> Option<Ref> {
        if self.shares(object) { self.heap.get(object, TABLE).as_ref() } else { None }
    }

    fn shared(&self, object: Ref, index: u32) -> Option<Shared> {
        let table = self.shared_table(object)?;
        if index >= self.heap.size_words(table) - FIRST_SLOT {
            return None;
        }
        let slot = self.heap.get(table, FIRST_SLOT + index).as_smi()?;
        let context = self.heap.get(table, CONTEXT).as_ref()?;
        Some(Shared { context, word: CONTEXT_SLOTS + slot as u32 })
    }

    /// The value of an index that stands for a parameter.
    pub(crate) fn shared_argument(&self, object: Ref, index: u32) -> Option<Word> {
        let shared = self.shared(object, index)?;
        Some(self.heap.get(shared.context, shared.word))
    }

    /// Writes the parameter that an index stands for. False: it stands for none.
    pub(crate) fn set_shared_argument(&mut self, object: Ref, index: u32, word: Word) -> bool {
        let shared = self.shared(object, index);
        if let Some(Shared { context, word: slot }) = shared {
            self.heap.set(context, slot, word);
        }
        shared.is_some()
    }

    /// A definition of an index that stands for a parameter gives the parameter its value; an index that becomes an
    /// accessor or a constant is on its own from now on (ECMA-262 10.4.4.2).
    pub(crate) fn redefine_shared_argument(
        &mut self,
        object: Ref,
        index: u32,
        word: Word,
        attributes: Attributes,
    ) {
        let is_accessor = attributes.has(Attributes::ACCESSOR);
        if !is_accessor {
            self.set_shared_argument(object, index, word);
        }
        if is_accessor || !attributes.has(Attributes::WRITABLE) {
            self.forget_shared_argument(object, index);
        }
    }

    /// An index of its own from now on, which does not exist.
    pub(crate) fn forget_shared_argument(&mut self, object: Ref, index: u32) {
        if self.shared(object, index).is_some()
            && let Some(table) = self.shared_table(object)
        {
            self.heap.set(table, FIRST_SLOT + index, HOLE);
        }
    }

    /// Every index on its own, with the value that its parameter has now.
    pub(crate) fn separate_arguments(&mut self, object: Ref) {
        let Elements::Tagged(store, length) = self.elements(object) else { return };
        for index in 0..length {
            if let Some(word) = self.shared_argument(object, index) {
                self.heap.set(store, FIXED_SLOTS + index, word);
                self.heap.set_shape(store, shapes::ELEMENTS);
            }
        }
        if self.shares(object) {
            self.heap.set(object, TABLE, UNDEFINED);
        }
    }
}
