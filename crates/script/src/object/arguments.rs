//! The arguments object.
//!
//! In sloppy code with plain parameters, its elements are the parameters' own variables (ECMA-262 10.4.4). As in V8
//! (`SloppyArgumentsElements`) they live in the function's context then. The elements hold a hole for each shared
//! index, so that every fast path passes it by, and a table beside them says which slot of the context it stands for.

use semispace_heap::{Ref, Word};

use super::{Elements, Key};
use crate::shape::Attributes;
use crate::value::{self, CONTEXT_SLOTS, ELEMENTS, FIXED_LENGTH, FIXED_SLOTS, HOLE, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::slow::Operands;
use crate::vm::{Intrinsic, Vm};

/// Word of an arguments object: how many arguments there were.
const COUNT: u32 = 3;
/// Word of an arguments object: the table of shared indexes, or undefined.
const TABLE: u32 = 4;
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
        let callee = self.register(1);
        let callee = self.handle(callee);
        let list = self.array_from_live(words)?;
        let list = self.handle(list);
        let prototype = self.intrinsic(Intrinsic::ObjectPrototype);
        let object = self.new_exotic(value::ARGUMENTS, prototype, 2)?;
        let elements = self.heap.get(self.ref_at(list), ELEMENTS);
        self.heap.set(object, ELEMENTS, elements);
        self.heap.init(object, COUNT, Word::smi(words.len() as i32));
        let object = self.handle(Word::reference(object));
        let values = self.intrinsic(Intrinsic::ArrayValues);
        let names =
            [(self.names.length, Word::smi(words.len() as i32)), (self.names.symbol_iterator, values)];
        for (atom, word) in names {
            self.define_data(self.at(object), Key::Atom(atom), word, Attributes::HIDDEN)?;
        }
        // Strict code has an accessor there that throws, one for all.
        let (word, attributes) = if self.is_strict() {
            (self.intrinsic(Intrinsic::StrictCallee), Attributes(Attributes::ACCESSOR))
        } else {
            (self.at(callee), Attributes::HIDDEN)
        };
        let atom = self.names.callee;
        self.define_data(self.at(object), Key::Atom(atom), word, attributes)?;
        Ok(self.at(object))
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
