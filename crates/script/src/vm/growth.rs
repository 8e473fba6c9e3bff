//! Growing a large store or table in portions.
//!
//! To copy tens of megabytes, or to hash a million keys anew, takes longer than a person waits for Pause, and V8 does it
//! within one instruction. Here an instruction that comes to it asks for it and ends with [`Abrupt::Wait`], before it has
//! changed anything. The machine makes the new store between two instructions, in portions like those of a collection;
//! then the instruction is done again, and finds the room that it needs. Nothing of the script runs in between, so the run is
//! the same however it is sliced. What is small enough grows at once, and so does whatever a native function fills that
//! cannot be called again.

use semispace_heap::{Generation, Kind, LargeAttempt, Ref, Word};

use super::call::{Args, Completion};
use super::{Abrupt, Handle, Vm};
use crate::builtins::ordered_table::{self, Rehash};
use crate::bytecode as bc;
use crate::object::element::Elements;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, HOLE, HOLE_BITS, UNDEFINED, shapes};

/// Words that are made in one portion.
pub(crate) const PORTION: u32 = 16 * 1024;

/// What takes the place of a store that has become too small.
#[derive(Clone, Copy, Debug)]
pub struct NewStore {
    /// Kind, shape and size in words.
    pub object: (Kind, u32, u32),
    /// Where it is born.
    pub generation: Generation,
    /// How it is filled.
    pub filling: Filling,
}

/// How the new store is filled.
#[derive(Clone, Copy, Debug)]
pub enum Filling {
    /// With the elements of an array or object.
    Elements,
    /// With the entries of a Map or Set.
    Table(Rehash),
}

/// A growth under way.
#[derive(Clone, Debug)]
pub struct Growth {
    store: NewStore,
    /// The object whose store grows.
    holder: Word,
    /// The new store; undefined until it is begun.
    fresh: Word,
    /// Attempts to begin it that have failed.
    attempt: u32,
    /// Words of it that are made.
    made: u32,
}

impl Growth {
    pub(super) fn words_mut(&mut self) -> [&mut Word; 2] {
        [&mut self.holder, &mut self.fresh]
    }
}

impl Vm {
    /// Whether a growth is under way: the run has paused in the middle of an instruction, as it were.
    #[must_use]
    pub fn is_growing(&self) -> bool {
        self.roots.growth.is_some()
    }

    /// Asks for a new store if that is a large one. May only be asked before an instruction has changed anything.
    pub(crate) fn grow_in_portions(&mut self, holder: Word, store: NewStore) -> Completion {
        if !self.heap.is_large_size(store.object.2) {
            return Ok(());
        }
        self.roots.growth = Some(Growth { store, holder, fresh: UNDEFINED, attempt: 0, made: 0 });
        Err(Abrupt::Wait)
    }

    /// Whether the current instruction is one that stores an element, and no native function runs in it: it can be done again.
    pub(crate) fn stores_by_instruction(&self) -> bool {
        let op = (self.code[self.roots.pc] & 0xFF) as u8;
        !self.is_bootstrapping()
            && self.roots.native_top == 0
            && matches!(op, bc::SET_ELEMENT | bc::ARRAY_PUSH)
    }

    /// Whether the current instruction calls the native function with these arguments, and would do so again.
    pub(crate) fn is_called_by_instruction(&self, args: Args) -> bool {
        let [op, _, b, count] = self.code[self.roots.pc].to_le_bytes();
        op == bc::CALL
            && !self.is_bootstrapping()
            && args.is_plain_at(self.roots.base + usize::from(b), count.into())
    }

    /// Elements for an array or object whose store is to have another capacity.
    pub(crate) fn grow_elements_in_portions(&mut self, holder: Ref, capacity: u32) -> Completion {
        let object = match self.elements(holder) {
            Elements::Tagged(..) => {
                (value::FIXED_ARRAY, self.tagged_store_shape(holder), FIXED_SLOTS + capacity)
            }
            Elements::Double(..) => (value::FIXED_DOUBLE_ARRAY, shapes::INTERNAL, FIXED_SLOTS + capacity),
            Elements::Sparse(_) => return Ok(()),
        };
        let store = NewStore { object, generation: Generation::Young, filling: Filling::Elements };
        self.grow_in_portions(Word::reference(holder), store)
    }

    /// Does a portion of the growth under way.
    pub(super) fn grow_some(&mut self) -> Completion {
        let Some(growth) = &self.roots.growth else { return Ok(()) };
        let Some(fresh) = growth.fresh.as_ref() else { return self.begin_growth() };
        let (store, made) = (growth.store, growth.made);
        let Some(holder) = growth.holder.as_ref() else { return Ok(()) };
        let words = store.object.2;
        let (made, filling) = match store.filling {
            Filling::Elements => (self.fill_elements(holder, fresh, made, words), store.filling),
            Filling::Table(mut rehash) => {
                let made = ordered_table::fill(self, &mut rehash, (holder, fresh), made, words);
                (made, Filling::Table(rehash))
            }
        };
        if made == words {
            self.end_growth(holder, fresh);
        } else if let Some(growth) = &mut self.roots.growth {
            growth.made = made;
            growth.store.filling = filling;
        }
        Ok(())
    }

    fn begin_growth(&mut self) -> Completion {
        let Some(growth) = &self.roots.growth else { return Ok(()) };
        let (NewStore { object, generation, .. }, attempt) = (growth.store, growth.attempt);
        let outcome = self.heap.begin_large(&mut self.roots, object, generation, attempt);
        let Some(growth) = &mut self.roots.growth else { return Ok(()) };
        match outcome {
            Ok(LargeAttempt::Growing) => {}
            Ok(LargeAttempt::Collect) => growth.attempt += 1,
            Ok(LargeAttempt::Begun(fresh)) => {
                (growth.fresh, growth.made) = (Word::reference(fresh), FIXED_SLOTS)
            }
            Err(report) => {
                self.roots.growth = None;
                return Err(Abrupt::OutOfMemory(report));
            }
        }
        Ok(())
    }

    /// The new store takes the place of the old one.
    fn end_growth(&mut self, holder: Ref, fresh: Ref) {
        let Some(growth) = self.roots.growth.take() else { return };
        if self.sites.is_some() {
            self.note_allocation(fresh);
        }
        match growth.store.filling {
            Filling::Elements => {
                let capacity = growth.store.object.2 - FIXED_SLOTS;
                if self.heap.header(fresh).kind() == value::FIXED_ARRAY {
                    self.heap.init(fresh, FIXED_LENGTH, Word::smi(capacity as i32));
                } else {
                    self.heap.set_raw(fresh, FIXED_LENGTH, u64::from(capacity) << 32);
                }
                self.heap.set(holder, value::ELEMENTS, Word::reference(fresh));
            }
            Filling::Table(rehash) => rehash.finish(self, holder, fresh),
        }
    }

    /// Fills the next words of a new store of elements; how many are made then.
    fn fill_elements(&mut self, holder: Ref, fresh: Ref, made: u32, words: u32) -> u32 {
        let end = words.min(made + PORTION);
        self.heap.extend_large(fresh, end);
        match self.elements(holder) {
            Elements::Tagged(old, length) => {
                let copied = end.min(FIXED_SLOTS + length).max(made);
                // Behind the old store may be the end of the heap.
                if copied > made {
                    self.heap.copy_slots(old, made..copied, fresh, made);
                }
                self.heap.fill_slots(fresh, copied..end, HOLE);
            }
            Elements::Double(old, length) => {
                let copied = end.min(FIXED_SLOTS + length).max(made);
                if copied > made {
                    self.heap.copy_raw(old, made..copied, fresh, made);
                }
                self.heap.words_mut(fresh)[copied as usize - 1..end as usize - 1].fill(HOLE_BITS);
            }
            Elements::Sparse(_) => {}
        }
        end
    }

    /// The shape of a copy of elements that are not doubles, which is the array's own.
    pub(crate) fn tagged_store_shape(&self, holder: Ref) -> u32 {
        let old = self.heap.get(holder, value::ELEMENTS).as_ref();
        match old.map_or(shapes::SMI_ELEMENTS, |old| self.heap.header(old).shape()) {
            shapes::INTERNAL => shapes::SMI_ELEMENTS,
            shapes::GUARDED_ELEMENTS => shapes::ELEMENTS,
            shapes::SHARED_ELEMENTS => {
                let are_small = self.fixed_array_words(self.heap.get(holder, value::ELEMENTS));
                let are_small = are_small.iter().all(|word| word.is_smi());
                if are_small { shapes::SMI_ELEMENTS } else { shapes::ELEMENTS }
            }
            shape => shape,
        }
    }

    /// The handle's object is to have a store of another capacity: in portions, if the instruction can be done again.
    pub(crate) fn may_grow_in_portions(&mut self, holder: Handle, capacity: u32) -> Completion {
        if !self.stores_by_instruction() {
            return Ok(());
        }
        self.grow_elements_in_portions(self.ref_at(holder), capacity)
    }
}
