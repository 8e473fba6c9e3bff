//! Maps that V8 makes for one object or one function alone. Shapes are none of the heap's objects, but such maps are too many to
//! leave out: they are allocated old, and what they refer to lives until a full collection finds them dead.

use semispace_heap::Word;

use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::{Handle, Vm};

/// Words of a map.
const MAP_WORDS: u32 = 9;
/// Words of the other objects that a function made again and again needs, as far as they are not made here: of a class, and of a
/// generator function that is called.
const CLASS_WORDS: u32 = 27;
const GENERATOR_WORDS: u32 = 16;
/// Words in which the first instances of a generator function are larger (V8: slack tracking).
const SLACK_WORDS: u32 = 10;

impl Vm {
    /// So many maps in one, with a number, a young object of `list_words` words that they refer to, and who else.
    pub(super) fn own_maps(&mut self, maps: u32, list_words: u32, holds: Word) -> Completion<Word> {
        let holds = self.handle(holds);
        let list = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, list_words)?;
        self.heap.init(list, FIXED_LENGTH, Word::smi((list_words - FIXED_SLOTS) as i32));
        self.heap.fill_slots(list, FIXED_SLOTS..list_words, UNDEFINED);
        let list = self.handle(Word::reference(list));
        let words = MAP_WORDS * maps;
        let map = self.allocate_old(value::FIXED_ARRAY, shapes::INTERNAL, words)?;
        self.heap.init(map, FIXED_LENGTH, Word::smi((words - FIXED_SLOTS) as i32));
        self.heap.fill_slots(map, FIXED_SLOTS..words, UNDEFINED);
        self.own_map_count = (self.own_map_count + 1) & i32::MAX;
        self.heap.init(map, FIXED_SLOTS, Word::smi(self.own_map_count));
        self.heap.set(map, FIXED_SLOTS + 1, self.at(list));
        self.heap.set(map, FIXED_SLOTS + 2, self.at(holds));
        Ok(Word::reference(map))
    }

    /// A class has maps for its constructor and its prototype (V8: `ClassBoilerplate`).
    #[inline(never)]
    pub(super) fn class_maps(&mut self, constructor: Handle) -> Completion {
        if !self.is_bootstrapping() && !self.runs_built_in() {
            self.own_maps(3, CLASS_WORDS, self.at(constructor))?;
        }
        Ok(())
    }

    /// A generator function has an initial map, and its prototype one, from its first call on (V8:
    /// `JSFunction::EnsureHasInitialMap`).
    #[inline(never)]
    pub(crate) fn generator_maps(&mut self, function: Word) -> Completion {
        self.own_maps(2, GENERATOR_WORDS, function)?;
        self.leave_dead(SLACK_WORDS)
    }
}
