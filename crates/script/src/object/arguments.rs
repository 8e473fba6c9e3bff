//! The arguments object.
//!
//! In sloppy code with plain parameters, its elements are the parameters' own variables (ECMA-262 10.4.4). As in V8
//! (`SloppyArgumentsElements`) they live in the function's context then. The elements hold a hole for each shared
//! index, so that every fast path passes it by, and a table beside them says which slot of the context it stands for.

use semispace_heap::{Ref, Word};

use super::{Elements, Key};
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{
    self, CONTEXT_SLOTS, ELEMENTS, FIXED_LENGTH, FIXED_SLOTS, HOLE, PROPERTIES, UNDEFINED, shapes,
};
use crate::vm::call::Completion;
use crate::vm::slow::Operands;
use crate::vm::{Handle, Intrinsic, Vm};

/// Word of an arguments object: how many arguments there were.
const COUNT: u32 = 3;
/// Word of an arguments object: the table of shared indexes, or undefined.
const TABLE: u32 = 4;
/// Named properties of a fresh arguments object.
const FIELDS: u32 = 3;
/// Word of its property array: `length`, which `[Symbol.iterator]` and `callee` follow.
const LENGTH: u32 = FIXED_SLOTS;
/// Word of a table: the context.
const CONTEXT: u32 = FIXED_SLOTS;
/// Word of a table: the context slot of index 0. One word before it stands for V8's pointer to the elements.
const FIRST_SLOT: u32 = FIXED_SLOTS + 2;

/// A variable of a context.
#[derive(Clone, Copy)]
struct Shared {
    context: Ref,
    word: u32,
}

impl Vm {
    /// The arguments object of the current frame. The words are its elements.
    pub(crate) fn arguments_object(&mut self, words: &[Word]) -> Completion<Word> {
        let mark = self.roots.handle_mark();
        let handles: Vec<Handle> = words.iter().map(|&word| self.handle(word)).collect();
        let shape = self.arguments_shape()?;
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
        let list = self.allocate(value::PROPERTY_ARRAY, shapes::INTERNAL, FIXED_SLOTS + FIELDS)?;
        self.heap.init(list, FIXED_LENGTH, Word::smi(FIELDS as i32));
        let fields = [count, self.intrinsic(Intrinsic::ArrayValues), self.arguments_callee().0];
        for (word, field) in (LENGTH..).zip(fields) {
            self.heap.set(list, word, field);
        }
        let list = self.handle(Word::reference(list));
        let object = self.new_object_of(shape)?;
        self.heap.set(object, PROPERTIES, self.at(list));
        self.heap.set(object, ELEMENTS, self.at(store));
        self.heap.init(object, COUNT, count);
        self.roots.release_handles(mark);
        Ok(Word::reference(object))
    }

    /// `callee`. Strict code has an accessor there that throws, one for all.
    fn arguments_callee(&self) -> (Word, Attributes) {
        if self.is_strict() {
            (self.intrinsic(Intrinsic::StrictCallee), Attributes(Attributes::ACCESSOR))
        } else {
            (self.register(1), Attributes::HIDDEN)
        }
    }

    /// The shape of fresh arguments objects, as the first one of strict and of sloppy code gets it.
    fn arguments_shape(&mut self) -> Completion<ShapeId> {
        let strict = usize::from(self.is_strict());
        if let Some(shape) = self.arguments_shapes[strict] {
            return Ok(shape);
        }
        let sort = RootShape { kind: value::ARGUMENTS, start: TABLE as u8 + 1, in_object: 0 };
        let root = self.root_shape(self.intrinsic(Intrinsic::ObjectPrototype), sort);
        let object = self.new_object_of(root)?;
        let object = self.handle(Word::reference(object));
        let fields = [
            (self.names.length, Word::smi(0), Attributes::HIDDEN),
            (self.names.symbol_iterator, self.intrinsic(Intrinsic::ArrayValues), Attributes::HIDDEN),
        ];
        for (atom, word, attributes) in fields {
            self.define_data(self.at(object), Key::Atom(atom), word, attributes)?;
        }
        let (callee, attributes) = self.arguments_callee();
        self.define_data(self.at(object), Key::Atom(self.names.callee), callee, attributes)?;
        let shape = self.shape_of(self.ref_at(object));
        self.arguments_shapes[strict] = Some(shape);
        Ok(shape)
    }

    /// The values of an arguments object that is as it was made, but for the values. Nothing roots them.
    pub(crate) fn arguments_words(&self, list: Word) -> Option<Vec<Word>> {
        let object = list.as_ref().filter(|_| self.kind(list) == Some(value::ARGUMENTS))?;
        let count = self.heap.get(object, COUNT);
        let fields = self.heap.get(object, PROPERTIES).as_ref()?;
        let is_whole = self.arguments_shapes.contains(&Some(self.shape_of(object)))
            && self.heap.get(fields, LENGTH) == count;
        let Elements::Tagged(store, room) = self.elements(object) else { return None };
        let count = (is_whole && count.payload() <= room).then_some(count.payload())?;
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
            self.heap.init(table, CONTEXT + 1, UNDEFINED);
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

    fn shared(&self, object: Ref, index: u32) -> Option<Shared> {
        if self.heap.header(object).kind() != value::ARGUMENTS {
            return None;
        }
        let table = self.heap.get(object, TABLE).as_ref()?;
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
            && let Some(table) = self.heap.get(object, TABLE).as_ref()
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
        if self.heap.header(object).kind() == value::ARGUMENTS {
            self.heap.set(object, TABLE, UNDEFINED);
        }
    }
}
