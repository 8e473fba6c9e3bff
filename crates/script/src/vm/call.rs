//! Calls, constructions, returns and exceptions: everything that pushes or pops a frame.

use std::rc::Rc;

use semispace_heap::{OutOfMemory, Word};

use super::{Intrinsic, Vm};
use crate::bytecode::{self as bc, FunctionKind};
use crate::object::Key;
use crate::value;

/// Why an operation did not simply give a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Abrupt {
    /// An exception; its value is in [`super::Roots::exception`].
    Throw,
    /// The heap's limit is reached.
    OutOfMemory(OutOfMemory),
    /// `process.exit`
    Exit(i32),
    /// A native function asks that its argument of this number (0: this) be made primitive and the call repeated.
    Coerce(u32, Hint),
    /// A native function asks for the call in [`super::Roots::pending_call`] in its stead.
    Call,
    /// The same for a construction; the new target is the second word.
    Construct,
    /// A step has come to the next statement.
    Break,
    /// A jump back was made, and the fuel is spent.
    Fuel,
    /// The instruction is to be done again when the growth that it has asked for is over ([`super::growth`]).
    Wait,
    /// A native function asks that the generator in [`super::Roots::pending_call`] be resumed with the value after it.
    Resume(ResumeMode),
}

/// How a generator is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeMode {
    /// `next(value)`, or the awaited value.
    Next,
    /// `throw(value)`, or the rejection's reason.
    Throw,
    /// `return(value)`
    Return,
}

/// Result of what can fail.
pub type Completion<T = ()> = Result<T, Abrupt>;

/// What an object is to be made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Either.
    Default,
    /// A number.
    Number,
    /// A string.
    String,
}

/// A function of the machine.
pub type NativeFn = fn(&mut Vm, Args) -> Completion<Word>;

/// Where the arguments of a native call lie on the stack. They are registers: always current, even after a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Args {
    base: usize,
    count: usize,
    construct: bool,
    plain: bool,
}

impl Args {
    /// Whether a plain call made this one, from the registers that begin at `base`, with so many arguments.
    pub(crate) fn is_plain_at(self, base: usize, count: usize) -> bool {
        self.plain && self.base == base && self.count == count
    }

    /// How many arguments there are.
    pub const fn count(self) -> usize {
        self.count
    }

    /// Whether `new` made the call.
    pub const fn is_construct(self) -> bool {
        self.construct
    }
}

impl Vm {
    /// Argument number `index`; undefined where there is none.
    #[inline]
    pub fn arg(&self, args: Args, index: usize) -> Word {
        if index < args.count { self.roots.stack[args.base + 3 + index] } else { value::UNDEFINED }
    }

    /// Replaces an argument that exists.
    pub fn set_arg(&mut self, args: Args, index: usize, word: Word) {
        if index < args.count {
            self.roots.stack[args.base + 3 + index] = word;
        }
    }

    /// `this` of a native call; of a construction, `new.target`.
    #[inline]
    pub fn this(&self, args: Args) -> Word {
        self.roots.stack[args.base + 2]
    }

    /// The native function itself.
    pub fn callee(&self, args: Args) -> Word {
        self.roots.stack[args.base + 1]
    }
}

/// The link: a frame's first register, shaped like a small integer so that the collector passes over it.
/// `pc (30) | distance to the caller's base (8) | argument count (18) | flags (6) | 00`.
#[derive(Clone, Copy)]
pub(crate) struct Link(u64);

impl Link {
    /// The frame constructs: its result must be an object, else it is `this`.
    pub const CONSTRUCT: u8 = 1;
    /// The result is dropped.
    pub const DISCARD: u8 = 2;
    /// The result decides a conditional jump.
    pub const CONDITION: u8 = 4;
    /// The instruction is done again with the result in its register `a`.
    pub const RETRY: u8 = Self::DISCARD | Self::CONDITION;
    /// The run ends with this frame.
    pub const ENTRY: u8 = 8;
    /// The result of a derived constructor's frame: `this` may be missing.
    pub const DERIVED: u8 = 16;
    /// The frame is a generator's or asynchronous function's: it may be saved.
    pub const RESUMED: u8 = 32;

    pub fn new(pc: usize, distance: usize, count: usize, flags: u8) -> Self {
        Self((pc as u64) << 34 | (distance as u64 & 0xFF) << 26 | (count as u64) << 8 | u64::from(flags) << 2)
    }

    pub const fn word(self) -> Word {
        Word::from_bits(self.0)
    }

    pub const fn from_word(word: Word) -> Self {
        Self(word.bits())
    }

    pub const fn pc(self) -> usize {
        (self.0 >> 34) as usize
    }

    pub const fn distance(self) -> usize {
        (self.0 >> 26) as usize & 0xFF
    }

    pub const fn count(self) -> usize {
        (self.0 >> 8) as usize & 0x3_FFFF
    }

    pub const fn flags(self) -> u8 {
        (self.0 >> 2) as u8 & 0x3F
    }
}

/// The most arguments a call can have: as many as fit on V8's stack of 984 KB, about.
pub(crate) const MAX_ARGUMENTS: usize = 120_000;
/// Words of all frames together, most of them arguments: deep recursion with long lists ends as in V8.
const MAX_STACK: usize = 1 << 22;

impl Vm {
    /// Makes room for a window that begins at `base`.
    pub(crate) fn reserve_stack(&mut self, end: usize) {
        let end = end + 512;
        if end > self.roots.stack.len() {
            let size = end.next_power_of_two();
            self.roots.stack.resize(size, Word::ZERO);
        }
    }

    /// Calls what lies in the registers from `at` (link, callee, this, arguments) of the current frame.
    pub(crate) fn call(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let callee = self.roots.stack[at + 1];
        match self.kind(callee) {
            Some(value::FUNCTION) => self.push_frame(at, count, flags),
            Some(value::NATIVE_FUNCTION) => self.call_native(at, count, flags),
            Some(value::BOUND_FUNCTION) => {
                let count = self.unwrap_bound(at, count);
                self.call(at, count, flags)
            }
            Some(value::PROXY) if self.is_callable(callee) => self.call_proxy(at, count, flags),
            _ => Err(self.not_a_function(at)),
        }
    }

    fn push_frame(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let Some(function) = self.roots.stack[at + 1].as_ref() else { return Ok(()) };
        let code = self.heap.get(function, value::FUNCTION_CODE).payload();
        let info = &self.infos[code as usize];
        if !info.plain && flags & Link::CONSTRUCT == 0 {
            let name = self.atom_text(info.name);
            let class =
                if name.is_empty() { "constructors".to_owned() } else { format!("constructor {name}") };
            return Err(self.type_error(&format!("Class {class} cannot be invoked without 'new'")));
        }
        let (entry, parameters) = (info.entry as usize, usize::from(info.parameters));
        let needed = at + usize::from(info.registers).max(count + 3);
        self.depth += 1;
        if self.depth > self.limits.call_depth || count > MAX_ARGUMENTS || needed > MAX_STACK {
            self.depth -= 1;
            return Err(self.range_error("Maximum call stack size exceeded"));
        }
        self.reserve_stack(needed);
        for missing in count..parameters {
            self.roots.stack[at + 3 + missing] = value::UNDEFINED;
        }
        let distance = at - self.roots.base;
        self.roots.stack[at] = Link::new(self.roots.pc, distance, count, flags).word();
        self.roots.base = at;
        self.roots.pc = entry;
        self.roots.fuel -= 8;
        Ok(())
    }

    pub(super) fn call_native(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let Some(function) = self.roots.stack[at + 1].as_ref() else { return Ok(()) };
        let number = self.heap.get(function, value::FUNCTION_CODE).payload();
        let native = self.natives[number as usize].function;
        self.reserve_stack(at + 3 + count);
        // What was left in the place of a link must not stay alive.
        self.roots.stack[at] = Word::ZERO;
        let before = std::mem::replace(&mut self.roots.native_top, at + 3 + count);
        let mark = self.roots.handle_mark();
        self.roots.fuel -= 4;
        let construct = flags & Link::CONSTRUCT != 0;
        let outer = self.native.replace((at, construct));
        let result = native(self, Args { base: at, count, construct, plain: flags == 0 });
        self.native = outer;
        self.roots.release_handles(mark);
        self.roots.native_top = before;
        match result {
            Ok(value) if flags == 0 => {
                // As `deliver`, for the plain call that nearly all are.
                let pc = self.roots.pc;
                let register = usize::from((self.code[pc] >> 8) as u8);
                self.roots.stack[self.roots.base + register] = value;
                self.roots.pc = pc + self.length_at(pc);
                Ok(())
            }
            Ok(value) => self.deliver(value, flags & !Link::CONSTRUCT),
            Err(Abrupt::Coerce(index, hint)) => self.coerce_and_repeat(at, count, flags, index, hint),
            Err(Abrupt::Call) => {
                let count = self.take_pending_call(at);
                self.call(at, count, flags & !Link::CONSTRUCT)
            }
            Err(Abrupt::Construct) => {
                let count = self.take_pending_call(at);
                self.construct(at, count, flags & !Link::CONSTRUCT)
            }
            Err(Abrupt::Resume(mode)) => self.resume(at, flags & !Link::CONSTRUCT, mode),
            Err(other) => Err(other),
        }
    }

    /// Puts the pending call's callee, this and arguments where the native's own lay.
    fn take_pending_call(&mut self, at: usize) -> usize {
        let count = self.roots.pending_call.len();
        self.reserve_stack(at + 1 + count);
        self.roots.stack[at + 1..at + 1 + count].copy_from_slice(&self.roots.pending_call);
        self.roots.pending_call.clear();
        count.saturating_sub(2)
    }

    /// `native(..., object, ...)` becomes `coerceAndCall(native, this, [...], index, hint)` of the prelude.
    fn coerce_and_repeat(
        &mut self,
        at: usize,
        count: usize,
        flags: u8,
        index: u32,
        hint: Hint,
    ) -> Completion {
        let words: Vec<Word> = self.roots.stack[at + 3..at + 3 + count].to_vec();
        let before = std::mem::replace(&mut self.roots.native_top, at + 3 + count);
        let list = self.array_from(&words);
        self.roots.native_top = before;
        let list = Word::reference(list?);
        let (native, this) = (self.roots.stack[at + 1], self.roots.stack[at + 2]);
        let construct = value::boolean(flags & Link::CONSTRUCT != 0);
        let hint = self.hint_word(hint);
        let arguments = [native, this, list, Word::smi(index as i32), hint, construct];
        self.call_helper_at(at, "coerceAndCall", &arguments, flags & !Link::CONSTRUCT)
    }

    pub(crate) fn hint_word(&self, hint: Hint) -> Word {
        let atom = match hint {
            Hint::Default => self.names.default,
            Hint::Number => self.names.number,
            Hint::String => self.names.string,
        };
        self.roots.atoms.word(atom)
    }

    /// Calls a function of the prelude, with its frame at `at`.
    pub(crate) fn call_helper_at(
        &mut self,
        at: usize,
        helper: &'static str,
        arguments: &[Word],
        flags: u8,
    ) -> Completion {
        let function = self.helper(helper);
        self.reserve_stack(at + 3 + arguments.len());
        self.roots.stack[at + 1] = function;
        self.roots.stack[at + 2] = value::UNDEFINED;
        self.roots.stack[at + 3..at + 3 + arguments.len()].copy_from_slice(arguments);
        self.call(at, arguments.len(), flags)
    }

    /// Calls a function of the prelude from an instruction: its result goes where the instruction's own would.
    pub(crate) fn call_helper(&mut self, helper: &'static str, arguments: &[Word], flags: u8) -> Completion {
        let at = self.roots.base + self.roots.height();
        self.call_helper_at(at, helper, arguments, flags)
    }

    /// Calls any function from an instruction.
    pub(crate) fn call_function(
        &mut self,
        function: Word,
        this: Word,
        arguments: &[Word],
        flags: u8,
    ) -> Completion {
        let at = self.roots.base + self.roots.height();
        self.reserve_stack(at + 3 + arguments.len());
        self.roots.stack[at + 1] = function;
        self.roots.stack[at + 2] = this;
        self.roots.stack[at + 3..at + 3 + arguments.len()].copy_from_slice(arguments);
        self.call(at, arguments.len(), flags)
    }

    /// A function of the prelude.
    pub(crate) fn helper(&mut self, name: &'static str) -> Word {
        let Some(helpers) = self.intrinsic(Intrinsic::Helpers).as_ref() else { return value::UNDEFINED };
        let known = (name.as_ptr() as usize, name.len());
        if let Some(&place) = self.helper_places.get(&known) {
            return self.read_place(helpers, place);
        }
        let Ok(atom) = self.intern(name) else { return value::UNDEFINED };
        let Some(property) = self.own_property(helpers, Key::Atom(atom)) else { return value::UNDEFINED };
        if let Some(place) = property.place.filter(|_| !self.is_bootstrapping()) {
            self.helper_places.insert(known, place);
        }
        property.word
    }

    /// A bound function's target, this and arguments take its place.
    fn unwrap_bound(&mut self, at: usize, count: usize) -> usize {
        let Some(bound) = self.roots.stack[at + 1].as_ref() else { return count };
        let (target, this) =
            (self.heap.get(bound, value::BOUND_TARGET), self.heap.get(bound, value::BOUND_THIS));
        let list = self.fixed_array_words(self.heap.get(bound, value::BOUND_ARGUMENTS));
        self.reserve_stack(at + 3 + count + list.len());
        let from = at + 3;
        self.roots.stack.copy_within(from..from + count, from + list.len());
        self.roots.stack[from..from + list.len()].copy_from_slice(&list);
        self.roots.stack[at + 1] = target;
        self.roots.stack[at + 2] = this;
        count + list.len()
    }

    fn call_proxy(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let words: Vec<Word> = self.roots.stack[at + 3..at + 3 + count].to_vec();
        let list = Word::reference(self.array_from(&words)?);
        let (proxy, this) = (self.roots.stack[at + 1], self.roots.stack[at + 2]);
        if flags & Link::CONSTRUCT != 0 {
            return self.call_helper_at(at, "proxyConstruct", &[proxy, list, this], flags & !Link::CONSTRUCT);
        }
        self.call_helper_at(at, "proxyCall", &[proxy, this, list], flags)
    }

    /// `new`: the constructor is in register `at + 1`, the new target in `at + 2`.
    pub(crate) fn construct(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let callee = self.roots.stack[at + 1];
        let flags = flags | Link::CONSTRUCT;
        match self.kind(callee) {
            Some(value::FUNCTION) => self.construct_function(at, count, flags),
            Some(value::NATIVE_FUNCTION) if self.is_constructor(callee) => self.call_native(at, count, flags),
            Some(value::BOUND_FUNCTION) if self.is_constructor(callee) => {
                let target = self.roots.stack[at + 2];
                let own = target == callee;
                let count = self.unwrap_bound(at, count);
                self.roots.stack[at + 2] = if own { self.roots.stack[at + 1] } else { target };
                self.construct(at, count, flags)
            }
            Some(value::PROXY) if self.is_constructor(callee) => self.call_proxy(at, count, flags),
            _ => Err(self.not_a_constructor(at)),
        }
    }

    fn construct_function(&mut self, at: usize, count: usize, flags: u8) -> Completion {
        let callee = self.roots.stack[at + 1];
        if !self.is_constructor(callee) {
            return Err(self.not_a_constructor(at));
        }
        let Some(function) = callee.as_ref() else { return Ok(()) };
        let target = self.roots.stack[at + 2];
        let code = self.heap.get(function, value::FUNCTION_CODE).payload();
        let derived = self.infos[code as usize].kind == FunctionKind::DerivedConstructor;
        let this = if derived {
            value::UNINITIALISED
        } else {
            let before = std::mem::replace(&mut self.roots.native_top, at + 3 + count);
            let made = self.instance_for(target);
            self.roots.native_top = before;
            made?
        };
        // The allocation may have moved it.
        let target = self.roots.stack[at + 2];
        self.roots.stack[at + 2] = this;
        self.push_frame(at, count, flags | if derived { Link::DERIVED } else { 0 })?;
        self.roots.new_targets.push(target);
        Ok(())
    }

    /// Whether `new` accepts the value.
    pub fn is_constructor(&self, word: Word) -> bool {
        let (Some(kind), Some(object)) = (self.kind(word), word.as_ref()) else { return false };
        match kind {
            value::FUNCTION => {
                let info = &self.infos[self.heap.get(object, value::FUNCTION_CODE).payload() as usize];
                let sort = matches!(
                    info.kind,
                    FunctionKind::Normal | FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor
                );
                sort && !info.flags.generator && !info.flags.asynchronous
            }
            value::NATIVE_FUNCTION => {
                self.natives[self.heap.get(object, value::FUNCTION_CODE).payload() as usize].constructor
            }
            value::BOUND_FUNCTION | value::PROXY => self.is_constructor(self.heap.get(object, 3)),
            _ => false,
        }
    }

    /// The frame's function is done: back to the caller with a value.
    pub(crate) fn return_value(&mut self, value: Word) -> Completion {
        let base = self.roots.base;
        let link = Link::from_word(self.roots.stack[base]);
        let flags = link.flags();
        if self.keeps_top_level && flags & Link::ENTRY != 0 {
            self.leave_top_level();
        }
        let mut value = value;
        if flags & Link::CONSTRUCT != 0 {
            if !self.is_object(value) {
                let this = self.roots.stack[base + 2];
                if flags & Link::DERIVED != 0 {
                    if value != value::UNDEFINED {
                        let message = "Derived constructors may only return object or undefined";
                        return Err(self.type_error(message));
                    }
                    if this == value::UNINITIALISED {
                        return Err(self.missing_this());
                    }
                }
                value = this;
            }
            self.roots.new_targets.pop();
        }
        if flags & Link::RESUMED != 0 {
            let generator = self.leave_generator();
            self.finish_generator(generator);
            value = self.iterator_result(value, value::TRUE)?;
        }
        self.pop_frame(link);
        self.deliver(value, flags & !Link::RESUMED)
    }

    pub(super) fn pop_frame(&mut self, link: Link) {
        self.roots.base -= link.distance();
        self.roots.pc = link.pc();
        self.depth -= 1;
    }

    /// The value of the instruction at `pc` is here: put it where it belongs and go on behind the instruction.
    pub(crate) fn deliver(&mut self, value: Word, flags: u8) -> Completion {
        if flags & Link::ENTRY != 0 {
            self.finished = true;
            self.roots.exception = value;
            return Ok(());
        }
        let pc = self.roots.pc;
        let instruction = self.code[pc];
        if flags & Link::RETRY == Link::RETRY {
            let register = (instruction >> 8) as u8;
            self.roots.stack[self.roots.base + usize::from(register)] = value;
            return Ok(());
        }
        if flags & Link::CONDITION != 0 {
            let wanted = match instruction as u8 {
                bc::JUMP_LESS..=bc::JUMP_EQUAL => instruction >> 24 != 0,
                _ => true,
            };
            let offset = if self.truthy(value) == wanted { self.code[pc + 1] as i32 as isize } else { 2 };
            self.roots.pc = pc.wrapping_add_signed(offset);
            return Ok(());
        }
        if flags & Link::DISCARD == 0 {
            let register = (instruction >> 8) as u8;
            self.roots.stack[self.roots.base + usize::from(register)] = value;
        }
        self.roots.pc = pc + self.length_at(pc);
        Ok(())
    }

    /// Takes the exception in the roots to the nearest handler. False: there is none.
    pub(crate) fn unwind(&mut self) -> bool {
        loop {
            let pc = self.roots.pc as u32;
            let handlers: Option<Rc<[bc::Handler]>> =
                self.info_of(pc as usize).map(|info| info.handlers.clone());
            let handler = handlers.and_then(|handlers| {
                handlers.iter().find(|handler| handler.start <= pc && pc < handler.end).copied()
            });
            if let Some(handler) = handler {
                self.roots.pc = handler.target as usize;
                return true;
            }
            let link = Link::from_word(self.roots.stack[self.roots.base]);
            if link.flags() & Link::CONSTRUCT != 0 {
                self.roots.new_targets.pop();
            }
            if link.flags() & Link::RESUMED != 0 {
                let generator = self.leave_generator();
                self.finish_generator(generator);
            }
            self.pop_frame(link);
            if link.flags() & Link::ENTRY != 0 {
                return false;
            }
        }
    }

    /// Begins a run: a frame for `function` at the bottom of the stack, whose end ends the run.
    pub(crate) fn enter(&mut self, words: &[Word]) -> Completion {
        self.roots.base = 0;
        self.roots.pc = 0;
        self.depth = 0;
        self.finished = false;
        self.reserve_stack(words.len() + 1);
        self.roots.stack[1..=words.len()].copy_from_slice(words);
        self.call(0, words.len().saturating_sub(2), Link::ENTRY)
    }

    /// The new target of the innermost construction, or undefined in a frame that does not construct.
    pub(crate) fn new_target(&self) -> Word {
        let link = Link::from_word(self.roots.stack[self.roots.base]);
        if link.flags() & Link::CONSTRUCT == 0 {
            return value::UNDEFINED;
        }
        self.roots.new_targets.last().copied().unwrap_or(value::UNDEFINED)
    }
}
