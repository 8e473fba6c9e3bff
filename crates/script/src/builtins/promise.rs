//! Promises: the object and its words. What they do is in `prelude/promise.js`.

use semispace_heap::{Ref, Word};

use super::install::{constructor, methods, species, tag};
use crate::object::Key;
use crate::value::{self, CONTEXT_SLOTS, FIXED_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};
use crate::vm::Origin;
use crate::vm::{Abrupt, Args, Completion, Handle, Intrinsic, ResumeMode, Vm};

/// Word of a promise: its value, reason or reactions.
pub(crate) const RESULT: u32 = 3;
/// Word of a promise: its state.
pub(crate) const STATE: u32 = 4;

pub(crate) const PENDING: Word = Word::smi(0);
pub(crate) const FULFILLED: Word = Word::smi(1);
pub(crate) const REJECTED: Word = Word::smi(2);

/// Promise, and the intrinsics that the prelude builds it from.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("Promise", 1, construct), Intrinsic::PromisePrototype)?;
    species(vm, class)?;
    let class = vm.get_data(vm.intrinsic(Intrinsic::PromisePrototype), Key::Atom(vm.names.constructor));
    vm.roots.realm.set(Intrinsic::Promise, class);
    let prototype = vm.intrinsic(Intrinsic::PromisePrototype);
    tag(vm, prototype, "Promise")?;
    let helpers = vm.intrinsic(Intrinsic::Helpers);
    methods(
        vm,
        helpers,
        &[
            ("$promiseValue", 1, result),
            ("$settle", 3, settle),
            ("$newPromise", 1, new_promise),
            ("$trackPromises", 1, track_promises),
            ("$isPromise", 1, is_promise),
            ("$enqueueCall", 1, enqueue_call),
            ("$enqueueFollow", 3, enqueue_follow),
            ("$enqueueReaction", 4, enqueue_reaction),
            ("$resolvePlainly", 2, resolve_plainly),
            ("$subscribePlainly", 4, subscribe_plainly),
            ("$thenPlainly", 3, then_plainly),
            ("$handled", 1, handled),
            ("$resume", 2, |vm, args| resume(vm, args, ResumeMode::Next)),
            ("$resumeThrow", 2, |vm, args| resume(vm, args, ResumeMode::Throw)),
            ("$resumeReturn", 2, |vm, args| resume(vm, args, ResumeMode::Return)),
            ("$isAsyncGenerator", 1, is_async_generator),
            ("$generatorState", 1, generator_state),
            ("$finishGenerator", 1, finish_generator),
            ("$asyncQueue", 1, async_queue),
            ("$setAsyncQueue", 2, set_async_queue),
        ],
    )?;
    let generator = vm.intrinsic(Intrinsic::GeneratorPrototype);
    methods(
        vm,
        generator,
        &[
            ("next", 1, |vm, args| generator_method(vm, args, "next", ResumeMode::Next)),
            ("throw", 1, |vm, args| generator_method(vm, args, "throw", ResumeMode::Throw)),
            ("return", 1, |vm, args| generator_method(vm, args, "return", ResumeMode::Return)),
        ],
    )?;
    let next = vm.get_data(vm.intrinsic(Intrinsic::GeneratorPrototype), Key::Atom(vm.names.next));
    vm.roots.realm.set(Intrinsic::GeneratorNext, next);
    tag(vm, generator, "Generator")?;
    prelude!("promise").install(vm, Origin::EcmaScript)?;
    prelude!("async_generator").install(vm, Origin::EcmaScript)
}

fn is_async_generator(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    Ok(value::boolean(vm.kind(word) == Some(value::GENERATOR) && vm.is_async_generator_object(word)))
}

fn generator_state(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.generator_state(vm.arg(args, 0)))
}

fn finish_generator(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.finish_generator(vm.arg(args, 0));
    Ok(UNDEFINED)
}

/// An asynchronous generator keeps its queue where an asynchronous function's frame keeps its promise.
fn async_queue(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.generator_promise(vm.arg(args, 0)))
}

fn set_async_queue(vm: &mut Vm, args: Args) -> Completion<Word> {
    let (generator, queue) = (vm.arg(args, 0), vm.arg(args, 1));
    vm.set_generator_promise(generator, queue);
    Ok(UNDEFINED)
}

impl Vm {
    /// A pending promise.
    pub(crate) fn new_promise(&mut self) -> Completion<Word> {
        let prototype = self.intrinsic(Intrinsic::PromisePrototype);
        self.promise_with(prototype)
    }

    fn promise_with(&mut self, prototype: Word) -> Completion<Word> {
        let promise = self.new_exotic(value::PROMISE, prototype, 3)?;
        self.heap.init(promise, STATE, Word::smi(0));
        Ok(Word::reference(promise))
    }
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    if !args.is_construct() {
        return Err(vm.type_error("Promise constructor cannot be invoked without 'new'"));
    }
    let executor = vm.arg(args, 0);
    if !vm.is_callable(executor) {
        let text = vm.brief(executor);
        return Err(vm.type_error(&format!("Promise resolver {text} is not a function")));
    }
    let target = vm.this(args);
    let prototype = vm.prototype_for(target, Intrinsic::PromisePrototype);
    let promise = vm.promise_with(prototype)?;
    let promise = vm.handle(promise);
    let helpers = vm.intrinsic(Intrinsic::Helpers);
    let name = vm.intern("promiseInit")?;
    let init = vm.get_data(helpers, Key::Atom(name));
    vm.request_call(init, UNDEFINED, &[vm.at(promise), vm.arg(args, 0)])
}

/// A pending promise; `async_hooks` may want to know of it, and from which other it derives.
fn new_promise(vm: &mut Vm, args: Args) -> Completion<Word> {
    let promise = vm.new_promise()?;
    if !vm.roots.tracks_promises {
        return Ok(promise);
    }
    let made = vm.helper("promiseMade");
    vm.request_call(made, UNDEFINED, &[promise, vm.arg(args, 0)])
}

fn track_promises(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.roots.tracks_promises = vm.arg(args, 0) == value::TRUE;
    Ok(UNDEFINED)
}

fn result(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.promise_result(vm.arg(args, 0)))
}

fn settle(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(promise) = vm.arg(args, 0).as_ref() {
        vm.settle_promise(promise, vm.arg(args, 1), vm.arg(args, 2));
    }
    Ok(UNDEFINED)
}

fn is_promise(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::PROMISE)))
}

fn enqueue_call(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.enqueue_call(vm.arg(args, 0))?;
    Ok(UNDEFINED)
}

fn enqueue_follow(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.enqueue_follow(vm.arg(args, 0), vm.arg(args, 1), vm.arg(args, 2))?;
    Ok(UNDEFINED)
}

fn enqueue_reaction(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.enqueue_reaction([0, 1, 2, 3].map(|index| vm.arg(args, index)))?;
    Ok(UNDEFINED)
}

fn resolve_plainly(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.resolve_plainly(vm.arg(args, 0), vm.arg(args, 1)).map(value::boolean)
}

fn subscribe_plainly(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.subscribe_plainly(vm.arg(args, 0), [1, 2, 3].map(|index| vm.arg(args, index))).map(value::boolean)
}

/// `then` of a plain promise: the derived promise. Undefined: script may have a say in it, or a rejection is handled late.
fn then_plainly(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.arg(args, 0);
    if !vm.is_plain_promise(this) || vm.promise_state(this) == REJECTED || vm.roots.tracks_promises {
        return Ok(UNDEFINED);
    }
    let derived = vm.new_promise()?;
    let derived = vm.handle(derived);
    let handlers = [1, 2].map(|index| Some(vm.arg(args, index)).filter(|&word| vm.is_callable(word)));
    let [on_fulfilled, on_rejected] = handlers.map(|handler| handler.unwrap_or(UNDEFINED));
    vm.subscribe_plainly(vm.arg(args, 0), [vm.at(derived), on_fulfilled, on_rejected])?;
    Ok(vm.at(derived))
}

/// Words of what an `await` leaves with a pending promise for each of its outcomes: as many as the functions that V8 makes, the first
/// with their context.
const AWAITING_WORDS: [u32; 2] = [7 + CONTEXT_SLOTS + 1, 7];

impl Vm {
    /// What `await value` does while no script can have a say in it: the generator goes on by a job, or when a plain promise is
    /// fulfilled. False: nothing has been done yet.
    pub(crate) fn await_plainly(&mut self, generator: Word, awaited: Word) -> Completion<bool> {
        if self.roots.tracks_promises {
            return Ok(false);
        }
        let is_promise = self.kind(awaited) == Some(value::PROMISE);
        if is_promise {
            if !self.is_plain_promise(awaited) || self.promise_state(awaited) == REJECTED {
                return Ok(false);
            }
        } else if self.is_object(awaited) {
            return Ok(false);
        }
        let (generator, awaited) = (self.handle(generator), self.handle(awaited));
        if !is_promise {
            let promise = self.new_promise()?.as_ref().unwrap_or(Ref::new(0));
            self.heap.init(promise, STATE, FULFILLED);
            self.heap.set(promise, RESULT, self.at(awaited));
        }
        let on_fulfilled = self.handler_of_await(generator, AWAITING_WORDS[0])?;
        let on_rejected = self.handler_of_await(generator, AWAITING_WORDS[1])?;
        let [on_fulfilled, on_rejected] = [on_fulfilled, on_rejected].map(|handler| self.at(handler));
        if is_promise && self.promise_state(self.at(awaited)) == PENDING {
            self.add_reaction(self.at(awaited), [UNDEFINED, on_fulfilled, on_rejected])?;
        } else {
            let value = if is_promise { self.promise_result(self.at(awaited)) } else { self.at(awaited) };
            self.enqueue_reaction([UNDEFINED, on_fulfilled, value, FULFILLED])?;
        }
        Ok(true)
    }

    /// What goes on with a generator once what it awaits has come to something.
    fn handler_of_await(&mut self, generator: Handle, words: u32) -> Completion<Handle> {
        let handler = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, words)?;
        self.heap.init(handler, FIXED_LENGTH, Word::smi((words - FIXED_SLOTS) as i32));
        self.heap.set(handler, FIXED_SLOTS, self.at(generator));
        Ok(self.handle(Word::reference(handler)))
    }

    /// The generator of what `await` left as the handler of a reaction.
    pub(crate) fn awaiting_generator(&self, handler: Word) -> Option<Word> {
        let record = handler.as_ref().filter(|_| self.kind(handler) == Some(value::FIXED_ARRAY))?;
        Some(self.heap.get(record, FIXED_SLOTS))
    }

    /// Whether the value is a promise that says itself that it is one of the built-in class.
    fn is_plain_promise(&mut self, word: Word) -> bool {
        self.kind(word) == Some(value::PROMISE)
            && self.lookup(word, self.names.constructor).flatten() == Some(self.intrinsic(Intrinsic::Promise))
    }

    /// A reaction to a promise that is not rejected: what the outcome goes to, and the handlers. False: it is.
    fn subscribe_plainly(&mut self, promise: Word, reaction: [Word; 3]) -> Completion<bool> {
        let [derived, on_fulfilled, _] = reaction;
        match self.promise_state(promise) {
            PENDING => self.add_reaction(promise, reaction)?,
            FULFILLED => {
                let value = self.promise_result(promise);
                self.enqueue_reaction([derived, on_fulfilled, value, FULFILLED])?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Resolves a promise, unless it takes script to find out with what: a getter of `then`, or an error. False: it does.
    pub(crate) fn resolve_plainly(&mut self, promise: Word, resolution: Word) -> Completion<bool> {
        let Some(object) = promise.as_ref().filter(|_| self.kind(promise) == Some(value::PROMISE)) else {
            return Ok(false);
        };
        if self.promise_state(promise) != PENDING {
            return Ok(true);
        }
        match self.is_object(resolution).then(|| self.known_then(resolution)) {
            Some(None) => return Ok(false),
            Some(Some(_)) if resolution == promise => return Ok(false),
            Some(Some(then)) if self.is_callable(then) => self.enqueue_follow(promise, resolution, then)?,
            _ => self.settle_promise(object, FULFILLED, resolution),
        }
        Ok(true)
    }

    /// The `then` of an object, if it takes no script to read it: undefined where there is none.
    fn known_then(&mut self, object: Word) -> Option<Word> {
        let then = self.names.then;
        match self.lookup(object, then) {
            // A proxy, which may stand for a lookup that takes script.
            Some(Some(data)) if self.kind(data) == Some(value::PROXY) => None,
            Some(data) => data,
            None => self.find_property(object, Key::Atom(then)).is_none().then_some(UNDEFINED),
        }
    }

    fn promise_state(&self, promise: Word) -> Word {
        promise.as_ref().map_or(UNDEFINED, |promise| self.heap.get(promise, STATE))
    }
}

/// Words of what Node writes down of a rejection that nobody handles yet, and of the smaller table that its WeakMap of them gets
/// when that is deleted again (`lib/internal/process/promises.js`).
const REJECTION_WORDS: u32 = 9;
const REJECTIONS_WORDS: u32 = 19;

fn handled(vm: &mut Vm, args: Args) -> Completion<Word> {
    let promise = vm.arg(args, 0);
    let waiting = vm.roots.rejections.len();
    vm.roots.rejections.retain(|&rejected| rejected != promise);
    let was_waiting = waiting > vm.roots.rejections.len();
    if was_waiting {
        vm.leave_dead(REJECTION_WORDS)?;
        vm.with_old_allocation(|vm| vm.leave_dead(REJECTIONS_WORDS))?;
    }
    Ok(value::boolean(was_waiting))
}

fn resume(vm: &mut Vm, args: Args, mode: ResumeMode) -> Completion<Word> {
    let (generator, sent) = (vm.arg(args, 0), vm.arg(args, 1));
    vm.roots.pending_call.clear();
    vm.roots.pending_call.extend([generator, sent]);
    Err(Abrupt::Resume(mode))
}

fn generator_method(vm: &mut Vm, args: Args, name: &str, mode: ResumeMode) -> Completion<Word> {
    let this = vm.this(args);
    if vm.kind(this) != Some(value::GENERATOR) || vm.is_async_generator_object(this) {
        let text = vm.brief(this);
        return Err(vm.type_error(&format!("{name} method called on incompatible receiver {text}")));
    }
    let sent = vm.arg(args, 0);
    vm.roots.pending_call.clear();
    vm.roots.pending_call.extend([this, sent]);
    Err(Abrupt::Resume(mode))
}

impl Vm {
    /// The value or reason of a promise.
    pub(crate) fn promise_result(&self, promise: Word) -> Word {
        promise.as_ref().map_or(UNDEFINED, |promise| self.heap.get(promise, RESULT))
    }
}
