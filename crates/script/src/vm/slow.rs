//! Every operation out of line: the cold ones, and the uncommon cases of the hot ones.

use semispace_heap::{Heap, Recorder, Ref, Word};

use super::call::{Completion, Link};
use super::{Abrupt, Origin, Vm};
use crate::bytecode as bc;
use crate::object::Key;
use crate::object::element::Elements;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED, shapes};

/// The operands of an instruction.
#[derive(Clone, Copy)]
pub(crate) struct Operands {
    pub a: usize,
    pub b: usize,
    pub c: usize,
    pub extension: u32,
}

/// Behind an array literal or an object literal with properties V8 puts two dead words that say where it was made, so that
/// later literals of the same place can be made with the elements kind that this one turns out to need
/// (`src/objects/allocation-site.h`: AllocationMemento). Here for a literal that has just been made, with room for both.
#[inline(always)]
pub(super) fn leave_memento(heap: &mut Heap<Recorder>, pc: usize) {
    if let Some(memento) = heap.try_bump_at(pc, value::FIXED_ARRAY, shapes::INTERNAL, value::MEMENTO_WORDS) {
        heap.init(memento, 1, Word::smi(pc as i32));
    }
}

/// Words of the context that V8 makes for a catch clause with a binding, captured or not.
const CATCH_CONTEXT_WORDS: u32 = value::CONTEXT_SLOTS + 1;

impl Vm {
    /// An object that V8 makes and lets go of at once, and this machine has no need of.
    pub(crate) fn leave_dead(&mut self, words: u32) -> Completion {
        self.make_stand_in(words).map(drop)
    }

    /// The same for one that V8 holds by a handle until the current native function or operation ends.
    pub(crate) fn leave_to_scope(&mut self, words: u32) -> Completion {
        let object = self.make_stand_in(words)?;
        self.handle(Word::reference(object));
        Ok(())
    }

    fn make_stand_in(&mut self, words: u32) -> Completion<Ref> {
        let object = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, words)?;
        self.heap.init(object, value::FIXED_LENGTH, Word::smi((words - value::FIXED_SLOTS) as i32));
        self.heap.fill_slots(object, value::FIXED_SLOTS..words, UNDEFINED);
        Ok(object)
    }

    /// Register `number` of the current frame.
    #[inline(always)]
    pub(crate) fn register(&self, number: usize) -> Word {
        self.roots.stack[self.roots.base + number]
    }

    /// Sets a register of the current frame.
    #[inline(always)]
    pub(crate) fn set_register(&mut self, number: usize, word: Word) {
        self.roots.stack[self.roots.base + number] = word;
    }

    /// Runs the instruction at the current pc and moves the pc on.
    #[inline(never)]
    pub(super) fn slow(&mut self, instruction: u32) -> Completion {
        let operands = self.operands(self.roots.pc);
        let mark = self.roots.handle_mark();
        let done = self.dispatch(instruction as u8, operands);
        self.roots.release_handles(mark);
        done
    }

    /// The operands of the instruction at `pc`.
    pub(super) fn operands(&self, pc: usize) -> Operands {
        let [op, a, b, c] = self.code[pc].to_le_bytes();
        let extension = if bc::length(op) == 2 { self.code[pc + 1] } else { 0 };
        Operands { a: a.into(), b: b.into(), c: c.into(), extension }
    }

    /// Groups of operations are functions of their own, so that WebAssembly engines compile those that a program needs.
    fn dispatch(&mut self, op: u8, operands: Operands) -> Completion {
        match op {
            bc::ADD..=bc::SHR | bc::EXP => self.slow_binary(op, operands),
            bc::ADD_INT..=bc::SAR_INT => self.slow_immediate(op, operands),
            bc::LESS..=bc::STRICT_EQUAL | bc::LESS_EQUAL..=bc::EQUAL => self.slow_compare(op, operands),
            bc::JUMP_LESS..=bc::JUMP_EQUAL => self.slow_compare_jump(op, operands),
            bc::GET_PROPERTY | bc::SET_PROPERTY | bc::GET_GLOBAL | bc::SET_GLOBAL | bc::TYPE_OF_GLOBAL => {
                self.slow_named(op, operands)
            }
            bc::GET_METHOD => {
                self.set_register(operands.a + 1, self.register(operands.b));
                self.slow_named(bc::GET_PROPERTY, operands)
            }
            bc::GET_ELEMENT => self.get_element(operands),
            bc::SET_ELEMENT => self.set_element(operands),
            bc::CALL..=bc::RETURN | bc::CALL_SPREAD..=bc::SUPER_CALL_SPREAD => self.slow_call(op, operands),
            bc::MAP_ARGUMENTS => self.map_arguments(operands),
            bc::NEW_OBJECT..=bc::CLOSURE | bc::REGEXP | bc::TEMPLATE_OBJECT | bc::REST | bc::ARGUMENTS => {
                self.make(op, operands)
            }
            bc::GET_CONTEXT..=bc::SET_OUTER_WIDE | bc::NEW_CONTEXT..=bc::CHECK_THIS => {
                self.context_op(op, operands)
            }
            bc::NEGATE..=bc::TYPE_OF | bc::INSTANCE_OF | bc::IN | bc::PRIVATE_IN => {
                self.slow_unary(op, operands)
            }
            bc::DELETE..=bc::COPY_PROPERTIES | bc::ARRAY_PUSH | bc::ARRAY_HOLE => {
                self.define_op(op, operands)
            }
            bc::NEW_CLASS..=bc::SUPER_CONSTRUCTOR => self.class_op(op, operands),
            bc::GET_ITERATOR..=bc::FOR_IN_NEXT => self.iteration_op(op, operands),
            bc::GENERATOR..=bc::DELEGATE => self.generator_op(op, operands),
            _ => self.rest_op(op, operands),
        }
    }

    /// The instruction's value goes to register `a`, and the next instruction is on.
    #[inline]
    pub(crate) fn finish(&mut self, a: usize, word: Word) -> Completion {
        self.set_register(a, word);
        self.step_over();
        Ok(())
    }

    /// On to the next instruction.
    #[inline]
    pub(crate) fn step_over(&mut self) {
        self.roots.pc += self.length_at(self.roots.pc);
    }

    /// Takes a conditional jump, or not.
    pub(crate) fn branch(&mut self, taken: bool, offset: u32) -> Completion {
        let pc = self.roots.pc;
        self.roots.pc = if taken { pc.wrapping_add_signed(offset as i32 as isize) } else { pc + 2 };
        if taken && offset as i32 <= 0 {
            self.roots.fuel += i64::from((offset as i32).min(-1));
            if self.roots.fuel < 0 {
                return Err(Abrupt::Fuel);
            }
        }
        Ok(())
    }

    fn slow_named(&mut self, op: u8, o: Operands) -> Completion {
        let atom = self.cache_names[o.extension as usize];
        if op == bc::GET_PROPERTY
            && let Some(done) = self.read_by_stub(o, atom)
        {
            return done;
        }
        match op {
            bc::SET_PROPERTY if self.write_by_stub(o, atom)? => Ok(()),
            bc::GET_PROPERTY => {
                let base = self.register(o.b);
                self.get_named_cached(base, atom, Some(o.extension))
            }
            bc::SET_PROPERTY => {
                let (base, word) = (self.register(o.a), self.register(o.b));
                self.set_named_cached(base, atom, word, o.c != 0, Some(o.extension))
            }
            bc::SET_GLOBAL => self.set_global(atom, o),
            _ => self.get_global(op, atom, o),
        }
    }

    fn get_global(&mut self, op: u8, atom: crate::atoms::Atom, o: Operands) -> Completion {
        let global = self.intrinsic(super::Intrinsic::Global);
        let Some(object) = global.as_ref() else { return Ok(()) };
        if let Some(entry) = self.dictionary_entry(object, atom).filter(|_| op == bc::GET_GLOBAL) {
            self.caches[o.extension as usize].key = u64::from(entry);
        }
        match self.find_property(global, Key::Atom(atom)) {
            Some(_) if op == bc::GET_GLOBAL => self.get_named_cached(global, atom, None),
            Some(found) => match found.data() {
                Some(word) => {
                    let text = self.type_of(word);
                    self.finish(o.a, text)
                }
                None => {
                    let name = self.roots.atoms.word(atom);
                    self.call_helper("typeOfGlobal", &[global, name], 0)
                }
            },
            None if op == bc::TYPE_OF_GLOBAL => {
                let text = self.type_of(UNDEFINED);
                self.finish(o.a, text)
            }
            None => {
                let name = self.atom_text(atom);
                Err(self.reference_error(&format!("{name} is not defined")))
            }
        }
    }

    fn set_global(&mut self, atom: crate::atoms::Atom, o: Operands) -> Completion {
        let global = self.intrinsic(super::Intrinsic::Global);
        if o.b != 0 && self.find_property(global, Key::Atom(atom)).is_none() {
            let name = self.atom_text(atom);
            return Err(self.reference_error(&format!("{name} is not defined")));
        }
        let word = self.register(o.a);
        self.set_named_cached(global, atom, word, o.b != 0, None)
    }

    fn slow_call(&mut self, op: u8, o: Operands) -> Completion {
        let at = self.roots.base + o.b;
        match op {
            bc::CALL => self.call(at, o.c, 0),
            bc::NEW => {
                self.roots.stack[at + 2] = self.roots.stack[at + 1];
                self.construct(at, o.c, 0)
            }
            bc::RETURN => {
                let result = self.register(o.a);
                self.return_value(result)
            }
            bc::CALL_SPREAD => {
                let count = self.spread_arguments(at, o.c)?;
                self.call(at, count, 0)
            }
            bc::NEW_SPREAD => {
                let count = self.spread_arguments(at, o.c)?;
                self.roots.stack[at + 2] = self.roots.stack[at + 1];
                self.construct(at, count, 0)
            }
            bc::SUPER_CALL => self.construct(at, o.c, 0),
            _ => {
                let count = self.spread_arguments(at, o.c)?;
                self.construct(at, count, 0)
            }
        }
    }

    /// Spreads the array behind the first `count` arguments over the stack. Returns how many there are then.
    fn spread_arguments(&mut self, at: usize, count: usize) -> Completion<usize> {
        let from = at + 3 + count;
        let list = self.roots.stack[from];
        if let Some(array) = list.as_ref()
            && matches!(self.elements(array), Elements::Double(..))
        {
            // V8 makes a list of the boxed numbers (`CallOrConstructDoubleVarargs`).
            self.leave_dead(value::FIXED_SLOTS + self.array_length(array))?;
        }
        let words = self.list_words(self.roots.stack[from]);
        if words.len() > super::call::MAX_ARGUMENTS {
            return Err(self.range_error("Maximum call stack size exceeded"));
        }
        self.reserve_stack(from + words.len());
        self.roots.stack[from..from + words.len()].copy_from_slice(&words);
        Ok(count + words.len())
    }

    #[inline(never)]
    fn make(&mut self, op: u8, o: Operands) -> Completion {
        let made = match op {
            bc::NEW_OBJECT_BUILT_IN => self.new_literal(o)?,
            bc::NEW_OBJECT => {
                let object = self.new_literal(o)?;
                self.with_memento(object)?
            }
            bc::NEW_ARRAY | bc::NEW_ARRAY_BUILT_IN => {
                let start = self.roots.base + o.b;
                let words: Vec<Word> = self.roots.stack[start..start + o.c].to_vec();
                let array = self.array_from_live(&words)?;
                self.with_memento(array)?
            }
            bc::SHARED_ARRAY | bc::SHARED_ARRAY_BUILT_IN => {
                let array = self.array_sharing(self.roots.constants[o.extension as usize])?;
                self.with_memento(array)?
            }
            bc::CLOSURE => {
                let context = if o.b == 0 { self.callee_context() } else { self.register(o.b) };
                self.new_closure(o.extension, context)?
            }
            bc::REGEXP => self.regexp_literal(o.extension)?,
            bc::TEMPLATE_OBJECT => self.template_object(o.extension as usize)?,
            bc::REST => {
                let words = self.surplus_arguments(o.b, o.c);
                self.array_from_arguments(&words)?
            }
            _ => self.all_arguments(o)?,
        };
        self.finish(o.a, made)
    }

    #[inline(never)]
    fn all_arguments(&mut self, o: Operands) -> Completion<Word> {
        let words = self.surplus_arguments(0, 0);
        self.arguments_object(&words, o.b == 1)
    }

    /// Whether the instruction is in a function that V8 has built in.
    pub(crate) fn runs_built_in(&self) -> bool {
        self.source_of(self.roots.pc).is_some_and(|source| source.origin == Origin::EcmaScript)
    }

    /// A memento where a collection may come between.
    pub(crate) fn with_memento(&mut self, literal: Word) -> Completion<Word> {
        if self.bootstrapping || self.runs_built_in() {
            return Ok(literal);
        }
        let kept = self.handle(literal);
        let memento = self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, value::MEMENTO_WORDS)?;
        self.heap.init(memento, 1, Word::smi(self.roots.pc as i32));
        Ok(self.at(kept))
    }

    /// The arguments from number `from` on; from an arguments object, if `object` is its register.
    fn surplus_arguments(&mut self, from: usize, object: usize) -> Vec<Word> {
        if object != 0 {
            let words = self.list_words(self.register(object));
            return words.get(from..).unwrap_or(&[]).to_vec();
        }
        let base = self.roots.base;
        let count = Link::from_word(self.roots.stack[base]).count();
        self.roots.stack[base + 3..base + 3 + count].get(from..).unwrap_or(&[]).to_vec()
    }

    pub(super) fn callee_context(&self) -> Word {
        match self.register(1).as_ref() {
            Some(callee) => self.heap.get(callee, value::FUNCTION_CONTEXT),
            None => UNDEFINED,
        }
    }

    fn context_op(&mut self, op: u8, o: Operands) -> Completion {
        match op {
            bc::NEW_CONTEXT => {
                let words = value::CONTEXT_SLOTS + o.extension;
                let context = self.allocate(value::CONTEXT, shapes::INTERNAL, words)?;
                let parent = if o.b == 0 { self.callee_context() } else { self.register(o.b) };
                self.heap.init(context, 1, Word::smi(o.extension as i32));
                self.heap.init(context, value::CONTEXT_SCOPE, Word::smi(self.roots.pc as i32));
                self.heap.init(context, value::CONTEXT_PREVIOUS, parent);
                for slot in value::CONTEXT_SLOTS..words {
                    self.heap.init(context, slot, value::UNINITIALISED);
                }
                if self.bootstrapping {
                    self.heap.set(context, value::CONTEXT_PREVIOUS, parent);
                }
                self.finish(o.a, Word::reference(context))
            }
            bc::CLONE_CONTEXT => {
                let Some(old) = self.register(o.a).as_ref() else { return Ok(()) };
                let words = self.heap.size_words(old);
                let copy = self.allocate(value::CONTEXT, shapes::INTERNAL, words)?;
                let Some(old) = self.register(o.a).as_ref() else { return Ok(()) };
                self.heap.copy_slots(old, 1..words, copy, 1);
                self.finish(o.a, Word::reference(copy))
            }
            bc::CHECK_INITIALISED | bc::GET_OUTER_CHECKED => {
                let text = self.text(self.roots.constants[o.extension as usize]);
                Err(self.reference_error(&format!("Cannot access '{text}' before initialization")))
            }
            bc::THROW_CONST_ASSIGN => Err(self.type_error("Assignment to constant variable.")),
            _ => {
                let missing = self.register(o.a) == value::UNINITIALISED;
                match (o.b, missing) {
                    (0, true) => Err(self.missing_this()),
                    (1, false) => Err(self.reference_error("Super constructor may only be called once")),
                    _ => {
                        self.step_over();
                        Ok(())
                    }
                }
            }
        }
    }

    pub(super) fn missing_this(&mut self) -> Abrupt {
        self.reference_error(
            "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
        )
    }

    #[inline(never)]
    fn define_op(&mut self, op: u8, o: Operands) -> Completion {
        let object = self.register(o.a);
        match op {
            bc::DELETE => return self.delete_op(o),
            bc::DEFINE_PROPERTY => {
                let atom = self.cache_names[o.extension as usize];
                return self.define_named_cached(o, atom, Attributes::PLAIN);
            }
            // Making a key may collect: the object is looked up after it.
            bc::DEFINE_ELEMENT => {
                let key = self.to_key(self.register(o.b))?;
                self.define_data(self.register(o.a), key, self.register(o.c), Attributes::PLAIN)?;
            }
            bc::DEFINE_METHOD => {
                let key = self.to_key(self.register(o.b))?;
                self.define_data(self.register(o.a), key, self.register(o.c), Attributes::HIDDEN)?;
            }
            bc::DEFINE_GETTER | bc::DEFINE_SETTER => {
                let key = self.to_key(self.register(o.b))?;
                let attributes = Attributes::CONFIGURABLE_ONLY.with(Attributes::ENUMERABLE, o.extension != 0);
                let function = Some(self.register(o.c));
                let (get, set) = if op == bc::DEFINE_GETTER { (function, None) } else { (None, function) };
                self.define_accessor(self.register(o.a), key, get, set, attributes)?;
            }
            bc::DEFINE_PRIVATE..=bc::SET_PRIVATE => return self.private_op(op, o),
            bc::SET_PROTOTYPE => {
                let prototype = self.register(o.b);
                if prototype == value::NULL || self.is_object(prototype) {
                    self.set_prototype(object, prototype);
                }
            }
            bc::SET_FUNCTION_NAME => self.set_function_name(object, self.register(o.b), o.c)?,
            bc::COPY_PROPERTIES => return self.copy_properties(o),
            bc::ARRAY_PUSH => self.push_element(object, self.register(o.b))?,
            _ => self.push_element(object, value::HOLE)?,
        }
        self.step_over();
        Ok(())
    }

    #[inline(never)]
    fn private_op(&mut self, op: u8, o: Operands) -> Completion {
        let atom = self.cache_names[o.extension as usize];
        let object = self.register(if op == bc::GET_PRIVATE { o.b } else { o.a });
        let found = match object.as_ref() {
            Some(object) if self.is_object(Word::reference(object)) => {
                self.own_property(object, Key::Atom(atom))
            }
            _ => None,
        };
        let name = |vm: &Self| vm.atom_text(atom);
        match op {
            bc::DEFINE_PRIVATE | bc::DEFINE_PRIVATE_METHOD | bc::DEFINE_PRIVATE_ACCESSOR => {
                if found.is_some() && op != bc::DEFINE_PRIVATE_ACCESSOR {
                    return Err(self.type_error("Cannot initialize private members twice on the same object"));
                }
                let word = self.register(o.b);
                let key = Key::Atom(atom);
                match op {
                    bc::DEFINE_PRIVATE => {
                        return self.define_named_cached(o, atom, Attributes(Attributes::WRITABLE));
                    }
                    bc::DEFINE_PRIVATE_METHOD => self.define_data(object, key, word, Attributes::FIXED)?,
                    _ => {
                        let (get, set) = if o.c == 0 { (Some(word), None) } else { (None, Some(word)) };
                        self.define_accessor(object, key, get, set, Attributes::CONFIGURABLE_ONLY)?;
                    }
                }
                self.step_over();
                Ok(())
            }
            bc::GET_PRIVATE => match found {
                Some(property) if self.lacks_half(property, 1) => {
                    Err(self.type_error(&format!("'{}' was defined without a getter", name(self))))
                }
                Some(_) => self.get_named_cached(object, atom, Some(o.extension)),
                None => Err(self.lacks_private(&format!(
                    "Cannot read private member {} from an object whose class did not declare it",
                    name(self)
                ))),
            },
            _ => match found {
                Some(property) if self.lacks_half(property, 2) => {
                    Err(self.type_error(&format!("'{}' was defined without a setter", name(self))))
                }
                Some(property) if property.is_writable() => {
                    let word = self.register(o.b);
                    self.set_named_cached(object, atom, word, true, Some(o.extension))
                }
                Some(_) => Err(self.type_error(&format!("Private method '{}' is not writable", name(self)))),
                None => Err(self.lacks_private(&format!(
                    "Cannot write private member {} to an object whose class did not declare it",
                    name(self)
                ))),
            },
        }
    }

    /// Whether a property is an accessor without its getter (1) or setter (2).
    fn lacks_half(&self, property: crate::object::Property, half: u32) -> bool {
        let pair = property.word.as_ref().filter(|_| property.is_accessor());
        pair.is_some_and(|pair| self.heap.get(pair, half) == UNDEFINED)
    }

    /// An object without the private name: of a method the message says whose instance it should be.
    fn lacks_private(&mut self, message: &str) -> Abrupt {
        match self.callee_text() {
            Some(class) => self.type_error(&format!("Receiver must be {class}")),
            None => self.type_error(message),
        }
    }

    fn class_op(&mut self, op: u8, o: Operands) -> Completion {
        match op {
            bc::NEW_CLASS => {
                let prototype = self.new_class(self.register(o.a), self.register(o.b))?;
                self.finish(o.a, prototype)
            }
            bc::GET_SUPER => {
                let key = self.register(o.c);
                let key = self.to_key(key)?;
                let home = self.register(o.b);
                let parent = self.prototype_of(home);
                let this = self.register(o.extension as usize);
                if let Key::Atom(atom) = key {
                    if let Some(getter) = self.known_getter(parent, atom) {
                        return self.call_function(getter, this, &[], 0);
                    }
                    if let Some(Some(word)) = self.lookup(parent, atom) {
                        return self.finish(o.a, word);
                    }
                }
                self.get_into(parent, key, this)
            }
            bc::SET_SUPER => {
                let key = self.to_key(self.register(o.b))?;
                let home = self.register(o.a);
                let parent = self.prototype_of(home);
                let this = self.register(o.extension as usize);
                self.set_super(parent, key, this, self.register(o.c))
            }
            _ => {
                let constructor = self.register(o.b);
                let parent = self.prototype_of(constructor);
                if !self.is_constructor(parent) {
                    // V8: `ThrowNotSuperConstructor`.
                    let text = if self.is_callable(parent) {
                        Some(self.function_name_text(parent)).filter(|name| !name.is_empty())
                    } else {
                        Some(self.brief(parent))
                    };
                    let text = text.unwrap_or_else(|| "null".to_owned());
                    let name = self.function_name_text(constructor);
                    let class = if name.is_empty() { "anonymous class" } else { &name };
                    let message = format!("Super constructor {text} of {class} is not a constructor");
                    return Err(self.type_error(&message));
                }
                self.finish(o.a, parent)
            }
        }
    }

    fn rest_op(&mut self, op: u8, o: Operands) -> Completion {
        match op {
            bc::BREAK => Err(Abrupt::Break),
            bc::COMPILE_LAZY => self.compile_lazily(),
            bc::THROW => {
                if o.b == 0 {
                    self.leave_message()?;
                }
                Err(self.throw(self.register(o.a)))
            }
            bc::CATCH => {
                if o.b == 1 {
                    self.leave_dead(CATCH_CONTEXT_WORDS)?;
                }
                let error = std::mem::replace(&mut self.roots.exception, UNDEFINED);
                self.finish(o.a, error)
            }
            bc::NEW_TARGET => {
                let target = self.new_target();
                self.finish(o.a, target)
            }
            bc::SLOPPY_THIS => {
                let this = self.register(2);
                let this = if this == UNDEFINED || this == value::NULL {
                    self.intrinsic(super::Intrinsic::Global)
                } else {
                    self.to_object(this)?
                };
                self.finish(2, this)
            }
            bc::CHECK_COERCIBLE => {
                let word = self.register(o.a);
                if word == UNDEFINED || word == value::NULL {
                    let first = self.text(self.roots.constants[o.extension as usize]);
                    let what = if word == UNDEFINED { "undefined" } else { "null" };
                    let message = if first.is_empty() {
                        format!("Cannot destructure '{what}' as it is {what}.")
                    } else {
                        let source = self.callee_text().unwrap_or_else(|| self.described(word));
                        format!("Cannot destructure property '{first}' of '{source}' as it is {what}.")
                    };
                    return Err(self.type_error(&message));
                }
                self.step_over();
                Ok(())
            }
            bc::CHECK_OBJECT => {
                let word = self.register(o.a);
                if word != value::UNINITIALISED && !self.is_object(word) {
                    let text = self.brief_key(word);
                    return Err(self.type_error(&format!("Iterator result {text} is not an object")));
                }
                self.step_over();
                Ok(())
            }
            _ => {
                self.step_over();
                Ok(())
            }
        }
    }
}
