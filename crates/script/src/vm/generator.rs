//! Generators and asynchronous functions: frames that are put away and taken up again.
//!
//! A suspended frame's registers lie in a heap object of the generator, so that the collector sees what they hold.

use semispace_heap::{Ref, Word};

use super::call::{Completion, Link, ResumeMode};
use super::slow::Operands;
use super::{Intrinsic, Vm};
use crate::bytecode as bc;
use crate::object::Key;
use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};

/// Word of a generator: its function.
const FUNCTION: u32 = 3;
/// Word of a generator: its `this`.
const RECEIVER: u32 = 4;
/// Word of a generator: its parameters and the other registers.
const FRAME: u32 = 5;
/// Word of a generator: its state.
const STATE: u32 = 6;
/// Word of a generator: where to go on.
const PC: u32 = 7;
/// Word of an asynchronous function's or generator's: its promise.
const PROMISE: u32 = 10;

/// Internal words of V8's JSGeneratorObject, JSAsyncFunctionObject and JSAsyncGeneratorObject.
const GENERATOR_WORDS: u8 = 7;
const ASYNC_FUNCTION_WORDS: u8 = 8;
const ASYNC_GENERATOR_WORDS: u8 = 9;

/// Registers at the beginning of a frame that are not saved: the link, the function, and `this`.
const NOT_SAVED: usize = 3;

const SUSPENDED_AT_START: Word = Word::smi(0);
const SUSPENDED: Word = Word::smi(1);
const RUNNING: Word = Word::smi(2);
const DONE: Word = Word::smi(3);

impl Vm {
    pub(super) fn generator_op(&mut self, op: u8, o: Operands) -> Completion {
        match op {
            bc::GENERATOR => self.begin_generator(),
            bc::RESUME => self.resumed(o),
            bc::AWAIT => {
                let generator = self.roots.generators.last().copied().unwrap_or(UNDEFINED);
                let value = self.register(o.b);
                if self.await_plainly(generator, value)? {
                    return self.finish(o.a, UNDEFINED);
                }
                let helper = if self.is_async_generator() { "awaitInGenerator" } else { "awaitValue" };
                self.call_helper(helper, &[value, generator], 0)
            }
            bc::ASYNC_START => self.begin_async(),
            bc::ASYNC_RETURN | bc::ASYNC_THROW => {
                let helper = if op == bc::ASYNC_RETURN { "resolvePromise" } else { "rejectPromise" };
                let promise = self.running_promise();
                let value = self.register(o.a);
                if op == bc::ASYNC_RETURN && self.resolve_plainly(promise, value)? {
                    return self.finish(o.a, UNDEFINED);
                }
                self.call_helper(helper, &[promise, value], 0)
            }
            bc::ASYNC_LEAVE => {
                let promise = self.running_promise();
                let generator = self.leave_generator();
                self.finish_generator(generator);
                self.leave_frame(promise)
            }
            _ => self.delegate(o),
        }
    }

    /// Whether the current function is an asynchronous generator.
    fn is_async_generator(&self) -> bool {
        self.is_async_generator_function(self.register(1))
    }

    fn is_async_generator_function(&self, function: Word) -> bool {
        self.code_info(function).is_some_and(|info| info.flags.generator && info.flags.asynchronous)
    }

    /// The generator that the current frame is of.
    fn running_generator(&self) -> Option<Ref> {
        self.roots.generators.last()?.as_ref()
    }

    fn running_promise(&self) -> Word {
        let generator = self.running_generator();
        generator.map_or(UNDEFINED, |generator| self.heap.get(generator, PROMISE))
    }

    /// Pops the frame and gives its caller a value.
    fn leave_frame(&mut self, word: Word) -> Completion {
        let link = Link::from_word(self.roots.stack[self.roots.base]);
        self.pop_frame(link);
        self.deliver(word, link.flags() & !Link::RESUMED)
    }

    fn begin_generator(&mut self) -> Completion {
        let callee = self.register(1);
        let (default, words) = if self.is_async_generator() {
            (Intrinsic::AsyncGeneratorPrototype, ASYNC_GENERATOR_WORDS)
        } else {
            (Intrinsic::GeneratorPrototype, GENERATOR_WORDS)
        };
        let is_first = callee.as_ref().is_some_and(|callee| {
            self.heap.get(callee, value::FUNCTION_PROTOTYPE) == value::HOLE && !self.runs_built_in()
        });
        if is_first {
            self.generator_maps(callee)?;
        }
        let callee = self.register(1);
        let prototype = self.prototype_for(callee, default);
        let generator = self.new_exotic(value::GENERATOR, prototype, words)?;
        let kept = self.handle(Word::reference(generator));
        self.make_frame(kept)?;
        let generator = self.ref_at(kept);
        self.save_frame(generator);
        self.heap.set(generator, STATE, SUSPENDED_AT_START);
        self.leave_frame(Word::reference(generator))
    }

    fn begin_async(&mut self) -> Completion {
        let prototype = self.intrinsic(Intrinsic::GeneratorPrototype);
        let generator = self.new_exotic(value::GENERATOR, prototype, ASYNC_FUNCTION_WORDS)?;
        let kept = self.handle(Word::reference(generator));
        let promise = self.new_promise()?;
        let generator = self.ref_at(kept);
        self.heap.set(generator, PROMISE, promise);
        self.heap.set(generator, STATE, RUNNING);
        self.make_frame(kept)?;
        let generator = self.ref_at(kept);
        self.roots.generators.push(Word::reference(generator));
        if self.roots.tracks_promises {
            return self.call_helper("promiseMade", &[self.heap.get(generator, PROMISE)], Link::DISCARD);
        }
        self.step_over();
        Ok(())
    }

    /// The place of a generator's registers: one for its life, with room for all that the function ever needs, as V8's is.
    fn make_frame(&mut self, generator: super::Handle) -> Completion {
        let pc = self.roots.pc;
        let room = self.info_of(pc).map_or(0, |info| u32::from(info.saved));
        let frame = self.allocate(value::SAVED_FRAME, shapes::INTERNAL, FIXED_SLOTS + room)?;
        self.heap.init(frame, FIXED_LENGTH, Word::smi(room as i32));
        self.heap.fill_slots(frame, FIXED_SLOTS..FIXED_SLOTS + room, UNDEFINED);
        let generator = self.ref_at(generator);
        self.heap.set(generator, FUNCTION, self.register(1));
        self.heap.set(generator, RECEIVER, self.register(2));
        self.heap.set(generator, FRAME, Word::reference(frame));
        self.heap.set(generator, PC, Word::smi(pc as i32 + 1));
        Ok(())
    }

    /// Puts the current frame's registers away.
    fn save_frame(&mut self, generator: Ref) {
        let Some(frame) = self.heap.get(generator, FRAME).as_ref() else { return };
        let pc = self.roots.pc;
        let before = self.saved_registers(self.last_instruction(generator)) as u32;
        let count = self.saved_registers(pc) as u32;
        let first = self.roots.base + NOT_SAVED;
        self.heap.set_slots(frame, FIXED_SLOTS, &self.roots.stack[first..first + count as usize]);
        // What is no longer in use is not to be kept alive.
        if count < before {
            self.heap.fill_slots(frame, FIXED_SLOTS + count..FIXED_SLOTS + before, UNDEFINED);
        }
        self.heap.set(generator, PC, Word::smi(pc as i32 + 1));
    }

    /// Registers of a frame that hold something at an instruction and are saved.
    fn saved_registers(&self, pc: usize) -> usize {
        let height = self.roots.heights.get(pc).map_or(0, |&height| height & !bc::LIVE_ARGUMENTS);
        usize::from(height).saturating_sub(NOT_SAVED)
    }

    /// `yield`, straight from the hot loop.
    #[inline(never)]
    pub(super) fn suspend(&mut self, instruction: u32) -> Completion {
        let [_, _, value, how] = instruction.to_le_bytes();
        let Some(generator) = self.running_generator() else { return Ok(()) };
        self.save_frame(generator);
        self.heap.set(generator, STATE, SUSPENDED);
        let value = self.register(usize::from(value));
        let handed = match how {
            bc::HAND_OUT | bc::HAND_OUT_LATER => self.iterator_result(value, value::FALSE)?,
            bc::PASS_ON => value,
            // Of an asynchronous generator, the prelude takes this for the sign that it goes on waiting.
            _ if self.is_async_generator() => UNDEFINED,
            _ => self.running_promise(),
        };
        self.leave_generator();
        self.leave_frame(handed)
    }

    /// The generator whose frame is being left.
    pub(super) fn leave_generator(&mut self) -> Word {
        self.roots.generators.pop().unwrap_or(UNDEFINED)
    }

    /// The state of a generator as the prelude knows it: 0 at its start, 1 suspended, 2 running, 3 done.
    pub(crate) fn generator_state(&self, generator: Word) -> Word {
        generator.as_ref().map_or(DONE, |generator| self.heap.get(generator, STATE))
    }

    pub(crate) fn generator_promise(&self, generator: Word) -> Word {
        generator.as_ref().map_or(UNDEFINED, |generator| self.heap.get(generator, PROMISE))
    }

    pub(crate) fn set_generator_promise(&mut self, generator: Word, word: Word) {
        if let Some(generator) = generator.as_ref() {
            self.heap.set(generator, PROMISE, word);
        }
    }

    /// Whether the value is a generator whose `next` is [`Intrinsic::GeneratorNext`]'s own.
    pub(super) fn is_plain_generator(&self, word: Word) -> bool {
        let Some(generator) = word.as_ref() else { return false };
        self.heap.header(generator).kind() == value::GENERATOR
            && (self.waits_at_yield(generator) || !self.is_async_generator_object(word))
    }

    /// Whether the generator is known by the `yield` at which it waits to be none of an asynchronous generator.
    fn waits_at_yield(&self, generator: Ref) -> bool {
        self.code.get(self.last_instruction(generator)).is_some_and(|instruction| {
            let [op, _, _, how] = instruction.to_le_bytes();
            op == bc::YIELD && (how == bc::HAND_OUT || how == bc::PASS_ON)
        })
    }

    /// The instruction that has put the generator's frame away: of one word, before the one to go on with.
    fn last_instruction(&self, generator: Ref) -> usize {
        (self.heap.get(generator, PC).payload() as usize).wrapping_sub(1)
    }

    /// Whether the object is one of an asynchronous generator: its state is not for `next` and its kin of others.
    pub(crate) fn is_async_generator_object(&self, generator: Word) -> bool {
        let function = generator.as_ref().map(|generator| self.heap.get(generator, FUNCTION));
        function.is_some_and(|function| self.is_async_generator_function(function))
    }

    pub(crate) fn finish_generator(&mut self, generator: Word) {
        if let Some(generator) = generator.as_ref() {
            self.heap.set(generator, STATE, DONE);
            self.heap.set(generator, FRAME, UNDEFINED);
        }
    }

    /// Takes a generator up again: its frame goes to `at`. Generator and value are in the pending call.
    pub(super) fn resume(&mut self, at: usize, flags: u8, mode: ResumeMode) -> Completion {
        let pending = &mut self.roots.pending_call;
        let (Some(word), Some(sent)) = (pending.first().copied(), pending.get(1).copied()) else {
            return Ok(());
        };
        pending.clear();
        self.resume_generator(at, flags, mode, word, sent)
    }

    /// The same for a generator that is at hand.
    pub(super) fn resume_generator(
        &mut self,
        at: usize,
        flags: u8,
        mode: ResumeMode,
        word: Word,
        sent: Word,
    ) -> Completion {
        let Some(generator) = word.as_ref() else { return Ok(()) };
        let state = self.heap.get(generator, STATE);
        match state {
            RUNNING => return Err(self.type_error("Generator is already running")),
            DONE => return self.resume_finished(sent, mode, flags),
            SUSPENDED_AT_START if mode != ResumeMode::Next => {
                self.finish_generator(word);
                return self.resume_finished(sent, mode, flags);
            }
            _ => {}
        }
        let Some(frame) = self.heap.get(generator, FRAME).as_ref() else { return Ok(()) };
        let next = self.heap.get(generator, PC).payload() as usize;
        let count = self.saved_registers(next - 1);
        self.depth += 1;
        if self.depth > self.limits.call_depth {
            self.depth -= 1;
            return Err(self.range_error("Maximum call stack size exceeded"));
        }
        self.reserve_stack(at + 256 + count);
        self.roots.stack[at + 1] = self.heap.get(generator, FUNCTION);
        self.roots.stack[at + 2] = self.heap.get(generator, RECEIVER);
        let saved = &self.heap.words(frame)[FIXED_SLOTS as usize - 1..];
        let first = at + NOT_SAVED;
        for (register, &bits) in self.roots.stack[first..first + count].iter_mut().zip(saved) {
            *register = Word::from_bits(bits);
        }
        self.roots.stack[at] =
            Link::new(self.roots.pc, at - self.roots.base, 0, flags | Link::RESUMED).word();
        self.roots.base = at;
        self.roots.pc = next;
        self.heap.set(generator, STATE, RUNNING);
        self.roots.generators.push(word);
        // What the first call sends, nothing in the body receives.
        self.roots.sent = if state == SUSPENDED_AT_START { UNDEFINED } else { sent };
        self.resume_mode = mode;
        // Nothing can come between this and the instruction that takes what was sent.
        match self.code[next] as u8 {
            bc::RESUME => self.resumed(self.operands(next)),
            _ => Ok(()),
        }
    }

    fn resume_finished(&mut self, sent: Word, mode: ResumeMode, flags: u8) -> Completion {
        match mode {
            ResumeMode::Throw => Err(self.throw(sent)),
            ResumeMode::Next => {
                let result = self.iterator_result(UNDEFINED, value::TRUE)?;
                self.deliver(result, flags)
            }
            ResumeMode::Return => {
                let result = self.iterator_result(sent, value::TRUE)?;
                self.deliver(result, flags)
            }
        }
    }

    /// The instruction after a suspension.
    fn resumed(&mut self, o: Operands) -> Completion {
        let sent = std::mem::replace(&mut self.roots.sent, UNDEFINED);
        match std::mem::replace(&mut self.resume_mode, ResumeMode::Next) {
            ResumeMode::Next => {
                self.set_register(o.a, sent);
                self.branch(true, o.extension)
            }
            ResumeMode::Throw => Err(self.throw(sent)),
            ResumeMode::Return => {
                self.set_register(o.a, sent);
                self.step_over();
                Ok(())
            }
        }
    }

    /// One step of `yield*`. What the generator was sent goes to the inner iterator.
    fn delegate(&mut self, o: Operands) -> Completion {
        let sent = std::mem::replace(&mut self.roots.sent, UNDEFINED);
        let mode = std::mem::replace(&mut self.resume_mode, ResumeMode::Next);
        self.set_register(o.c, value::boolean(mode == ResumeMode::Return));
        let (iterator, next) = (self.register(o.b), self.register(o.b + 1));
        let name = match mode {
            ResumeMode::Next if next.is_smi() => return self.delegate_to_array(o),
            ResumeMode::Next
                if next == self.intrinsic(Intrinsic::GeneratorNext) && self.is_plain_generator(iterator) =>
            {
                let at = self.roots.base + self.roots.height();
                return self.resume_generator(at, 0, ResumeMode::Next, iterator, sent);
            }
            ResumeMode::Next => return self.call_function(next, iterator, &[sent], 0),
            ResumeMode::Throw => self.names.throw,
            ResumeMode::Return => self.names.return_,
        };
        let asynchronous = value::boolean(self.is_async_generator());
        if !next.is_smi() && !self.is_plain_data(iterator, Key::Atom(name)) {
            let name = self.roots.atoms.word(name);
            return self.call_helper("delegate", &[iterator, name, sent, asynchronous], 0);
        }
        let method = if next.is_smi() { UNDEFINED } else { self.get_data(iterator, Key::Atom(name)) };
        if method != UNDEFINED && method != value::NULL {
            return self.call_function(method, iterator, &[sent], 0);
        }
        if mode == ResumeMode::Throw {
            let iterator = if next.is_smi() { UNDEFINED } else { iterator };
            return self.call_helper("delegateThrow", &[iterator, asynchronous], 0);
        }
        self.set_register(o.c, UNDEFINED);
        self.finish(o.a, sent)
    }

    fn delegate_to_array(&mut self, o: Operands) -> Completion {
        let result = match self.next_of_array(o.b)? {
            Some(value::HOLE) => return self.ask_for_element(o.b),
            Some(word) => self.iterator_result(word, value::FALSE)?,
            None => self.iterator_result(UNDEFINED, value::TRUE)?,
        };
        self.finish(o.a, result)
    }
}
