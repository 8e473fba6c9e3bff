//! Promises: the object and its words. What they do is in `prelude/promise.js`.

use semispace_heap::Word;

use super::install::{constructor, methods, prelude, species, tag};
use crate::object::Key;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Intrinsic, ResumeMode, Vm};

/// Word of a promise: its value, reason or reactions.
const RESULT: u32 = 3;
/// Word of a promise: its state.
const STATE: u32 = 4;

/// Promise, and the intrinsics that the prelude builds it from.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("Promise", 1, construct), Intrinsic::PromisePrototype)?;
    species(vm, class)?;
    let prototype = vm.intrinsic(Intrinsic::PromisePrototype);
    tag(vm, prototype, "Promise")?;
    let helpers = vm.intrinsic(Intrinsic::Helpers);
    methods(
        vm,
        helpers,
        &[
            ("$promiseState", 1, state),
            ("$promiseValue", 1, result),
            ("$promiseSet", 3, set),
            ("$newPromise", 0, |vm, _| vm.new_promise()),
            ("$isPromise", 1, is_promise),
            ("$enqueueJob", 1, enqueue_job),
            ("$rejected", 1, rejected),
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
    prelude(vm, "promise.js", script_text!("prelude/promise.js"))?;
    prelude(vm, "async_generator.js", script_text!("prelude/async_generator.js"))
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
    vm.roots.pending_call = vec![init, UNDEFINED, vm.at(promise), vm.arg(args, 0)];
    Err(Abrupt::Call)
}

fn word_of(vm: &Vm, args: Args, word: u32) -> Word {
    vm.arg(args, 0).as_ref().map_or(UNDEFINED, |promise| vm.heap.get(promise, word))
}

fn state(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(word_of(vm, args, STATE))
}

fn result(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(word_of(vm, args, RESULT))
}

fn set(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(promise) = vm.arg(args, 0).as_ref() {
        let (state, result) = (vm.arg(args, 1), vm.arg(args, 2));
        vm.heap.set(promise, STATE, state);
        vm.heap.set(promise, RESULT, result);
    }
    Ok(UNDEFINED)
}

fn is_promise(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(value::boolean(vm.kind(vm.arg(args, 0)) == Some(value::PROMISE)))
}

fn enqueue_job(vm: &mut Vm, args: Args) -> Completion<Word> {
    let mut job = vec![vm.arg(args, 0), UNDEFINED];
    job.extend((1..args.count()).map(|index| vm.arg(args, index)));
    vm.roots.jobs.push_back(job);
    Ok(UNDEFINED)
}

fn rejected(vm: &mut Vm, args: Args) -> Completion<Word> {
    let promise = vm.arg(args, 0);
    vm.roots.rejections.push(promise);
    Ok(UNDEFINED)
}

fn handled(vm: &mut Vm, args: Args) -> Completion<Word> {
    let promise = vm.arg(args, 0);
    let waiting = vm.roots.rejections.len();
    vm.roots.rejections.retain(|&rejected| rejected != promise);
    Ok(value::boolean(waiting > vm.roots.rejections.len()))
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
