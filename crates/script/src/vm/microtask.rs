//! Microtasks, and the reactions to promises that become microtasks: objects of the heap, as V8's are
//! (`src/objects/microtask.tq`, `promise.tq`), in a queue outside of it. The number of its words tells what a task does.

use semispace_heap::{Ref, Word};

use super::Vm;
use super::call::Completion;
use crate::builtins::promise::{FULFILLED, PENDING, REJECTED, RESULT, STATE};
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};

/// Slots of a task that calls a function without arguments.
const CALL: usize = 1;
/// Slots of a task that lets a promise follow a thenable: promise, thenable, its `then`.
const FOLLOW: usize = 3;
/// Slots of a task that reacts to a promise: what the outcome goes to, the handler, the promise's value and state.
const REACT: usize = 4;

/// Words of a reaction to a pending promise, which is made into the task of [`REACT`] where it lies: what the outcome goes
/// to, what handles either state, and the reaction before it.
const DERIVED: u32 = FIXED_SLOTS;
const ON_FULFILLED: u32 = FIXED_SLOTS + 1;
const ON_REJECTED: u32 = FIXED_SLOTS + 2;
const PREVIOUS: u32 = FIXED_SLOTS + 3;

impl Vm {
    fn new_task<const SLOTS: usize>(&mut self, words: [Word; SLOTS]) -> Completion<Ref> {
        let mark = self.roots.handle_mark();
        let handles = words.map(|word| self.handle(word));
        let task = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, FIXED_SLOTS + SLOTS as u32)?;
        self.heap.init(task, FIXED_LENGTH, Word::smi(SLOTS as i32));
        self.heap.set_slots(task, FIXED_SLOTS, &handles.map(|handle| self.at(handle)));
        self.roots.release_handles(mark);
        Ok(task)
    }

    fn enqueue<const SLOTS: usize>(&mut self, words: [Word; SLOTS]) -> Completion {
        let task = self.new_task(words)?;
        self.roots.microtasks.push_back(Word::reference(task));
        Ok(())
    }

    pub(crate) fn enqueue_call(&mut self, function: Word) -> Completion {
        self.enqueue::<CALL>([function])
    }

    pub(crate) fn enqueue_follow(&mut self, promise: Word, thenable: Word, then: Word) -> Completion {
        self.enqueue::<FOLLOW>([promise, thenable, then])
    }

    /// The reaction to a settled promise.
    pub(crate) fn enqueue_reaction(&mut self, [derived, handler, value, state]: [Word; REACT]) -> Completion {
        self.enqueue::<REACT>([derived, handler, value, state])
    }

    /// A reaction to a pending promise.
    pub(crate) fn add_reaction(
        &mut self,
        promise: Word,
        [derived, on_fulfilled, on_rejected]: [Word; 3],
    ) -> Completion {
        let promise = self.handle(promise);
        let before = self.promise_result(self.at(promise));
        let reaction = self.new_task::<REACT>([derived, on_fulfilled, on_rejected, before])?;
        self.heap.set(self.ref_at(promise), RESULT, Word::reference(reaction));
        Ok(())
    }

    /// Settles a pending promise: each of its reactions becomes a task, in the order in which they were added.
    pub(crate) fn settle_promise(&mut self, promise: Ref, state: Word, value: Word) {
        if self.heap.get(promise, STATE) != PENDING {
            return;
        }
        let last = self.heap.get(promise, RESULT).as_ref();
        self.heap.init(promise, STATE, state);
        self.heap.set(promise, RESULT, value);
        if last.is_none() && state == REJECTED {
            self.roots.rejections.push(Word::reference(promise));
        }
        let previous = |reaction: &Ref| self.heap.get(*reaction, PREVIOUS).as_ref();
        let reactions: Vec<Ref> = std::iter::successors(last, previous).collect();
        let handled_by = if state == FULFILLED { ON_FULFILLED } else { ON_REJECTED };
        for reaction in reactions.into_iter().rev() {
            let task = [self.heap.get(reaction, DERIVED), self.heap.get(reaction, handled_by), value, state];
            self.heap.set_slots(reaction, FIXED_SLOTS, &task);
            self.roots.microtasks.push_back(Word::reference(reaction));
        }
    }

    /// The call that the next task makes: function, receiver, arguments. Tasks that call nothing are done on the way to it.
    pub(super) fn next_microtask(&mut self) -> Completion<Option<Vec<Word>>> {
        while let Some(task) = self.roots.microtasks.pop_front() {
            let words = self.fixed_array_words(task);
            match *words.as_slice() {
                [promise, thenable, then] => {
                    let tracked = self.roots.tracks_promises;
                    let follow = self.helper(if tracked { "followTracked" } else { "$follow" });
                    return Ok(Some(vec![follow, UNDEFINED, promise, thenable, then]));
                }
                [derived, UNDEFINED, value, state] if self.pass_on(derived, value, state)? => {}
                [derived, handler, value, state] => {
                    return Ok(Some(self.reaction(derived, handler, value, state)));
                }
                _ => return Ok(Some(words.into_iter().chain([UNDEFINED]).collect())),
            }
        }
        Ok(None)
    }

    fn reaction(&mut self, derived: Word, handler: Word, value: Word, state: Word) -> Vec<Word> {
        let Some(generator) = self.awaiting_generator(handler) else {
            let tracked = self.roots.tracks_promises;
            let react = self.helper(if tracked { "reactTracked" } else { "$react" });
            return vec![react, UNDEFINED, derived, handler, value, state];
        };
        let is_fulfilled = state == FULFILLED;
        if self.is_async_generator_object(generator) {
            let go_on = self.helper(if is_fulfilled { "$goOn" } else { "$goOnThrowing" });
            return vec![go_on, UNDEFINED, generator, value];
        }
        vec![self.helper(if is_fulfilled { "$resume" } else { "$resumeThrow" }), UNDEFINED, generator, value]
    }

    /// A promise gets what another has come to. False: it takes script.
    fn pass_on(&mut self, derived: Word, value: Word, state: Word) -> Completion<bool> {
        let is_plain = self.kind(derived) == Some(value::PROMISE) && !self.roots.tracks_promises;
        match derived.as_ref().filter(|_| is_plain) {
            Some(promise) if state == REJECTED => {
                self.settle_promise(promise, REJECTED, value);
                Ok(true)
            }
            Some(_) => self.resolve_plainly(derived, value),
            None => Ok(false),
        }
    }
}
