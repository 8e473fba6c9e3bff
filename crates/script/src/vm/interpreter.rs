//! The hot loop.
//!
//! One `match` over the operations that programs spend their time in; everything else, and every case that is not the
//! common one, goes through [`Vm::slow`], which is never inlined. The window of registers is borrowed as an array of
//! 256 words, so that indexing it with a byte needs no check; it is borrowed anew after everything that may have moved
//! it. The loop returns when its fuel is spent and is called again: WebAssembly engines swap in optimised code only at
//! a call.

use std::cmp::Ordering;

use semispace_heap::{Header, Word};

use super::call::Link;
use super::iterate::EXHAUSTED;
use super::outlined::Outlined;
use super::stub_cache::Access;
use super::{Abrupt, Cache, Vm, fast};
use crate::bytecode as bc;
use crate::shape::ShapeId;
use crate::value;

/// Size of a window of registers.
const WINDOW: usize = 256;

/// Why the loop came back.
pub(super) enum Stop {
    Fuel,
    Collection,
    Done,
    Failed(Abrupt),
}

impl Vm {
    #[inline(never)]
    pub(super) fn interpret(&mut self) -> Stop {
        let mut pc = self.roots.pc;
        let mut fuel = self.roots.fuel;

        'frame: loop {
            let base = self.roots.base;
            let code = &self.code[..];
            let Ok(window) = <&mut [Word; WINDOW]>::try_from(&mut self.roots.stack[base..base + WINDOW])
            else {
                return Stop::Done;
            };
            let outcome = 'away: {
                let instruction = 'slow: loop {
                    let instruction = code[pc];
                    let a = (instruction >> 8) as u8 as usize;
                    let b = (instruction >> 16) as u8 as usize;
                    let c = (instruction >> 24) as usize & 0xFF;

                    // All cases that are not the common one leave at one place: WebAssembly engines take their time to
                    // optimise a function of this length.
                    macro_rules! slow {
                        () => {
                            break 'slow instruction
                        };
                    }
                    macro_rules! out_of_line {
                        ($operation:expr) => {{
                            self.roots.pc = pc;
                            self.roots.fuel = fuel;
                            break 'away $operation;
                        }};
                    }
                    macro_rules! jump {
                    ($taken:expr) => {{
                        if $taken {
                            let offset = code[pc + 1] as i32;
                            pc = pc.wrapping_add_signed(offset as isize);
                            // A loop without a body jumps to itself: that costs too, or it could never be stopped.
                            if offset <= 0 {
                                fuel += i64::from(offset.min(-1));
                                if fuel < 0 {
                                    self.roots.pc = pc;
                                    self.roots.fuel = fuel;
                                    return Stop::Fuel;
                                }
                            }
                        } else {
                            pc += 2;
                        }
                    }};
                }
                    macro_rules! truth {
                        ($operand:expr) => {{
                            let operand = $operand;
                            if operand.is_immediate() {
                                operand == value::TRUE
                            } else {
                                fast::truthy(&self.heap, operand)
                            }
                        }};
                    }
                    macro_rules! small_integers {
                        ($left:expr, $right:expr) => {
                            ($left.bits() | $right.bits()) & 3 == 0
                        };
                    }
                    // The operand in the instruction itself, as a small integer.
                    macro_rules! literal {
                        ($byte:expr) => {
                            Word::smi(i32::from($byte as u8 as i8))
                        };
                    }
                    macro_rules! compare_jump {
                    ($operator:tt, $is:path, $right:expr) => {{
                        let (left, right) = (window[a], $right);
                        let truth = if small_integers!(left, right) {
                            (left.bits() as i64) $operator (right.bits() as i64)
                        } else if let Some(order) = fast::order(&self.heap, left, right) {
                            order.is_some_and($is)
                        } else {
                            slow!()
                        };
                        jump!(truth == (c != 0));
                    }};
                }
                    // `window[b]` and `right`: small integers by `fast`, other numbers out of line.
                    macro_rules! arithmetic {
                        ($fast:expr, $of_numbers:expr, $right:expr) => {{
                            let (left, right) = (window[b], $right);
                            if small_integers!(left, right)
                                && let Some(word) = $fast(left, right)
                            {
                                window[a] = word;
                                pc += 1;
                            } else if let Some(word) = $of_numbers(&mut self.heap, pc, left, right).get() {
                                window[a] = word;
                                pc += 1;
                            } else {
                                slow!();
                            }
                        }};
                    }
                    macro_rules! other_arithmetic {
                        ($op:expr, $right:expr, $fast:expr) => {
                            arithmetic!(
                                $fast,
                                |heap: &mut _, pc, left, right| fast::arithmetic(heap, pc, $op, left, right),
                                $right
                            )
                        };
                    }
                    macro_rules! bitwise {
                    ($op:expr, $right:expr, $operator:tt) => {
                        other_arithmetic!($op, $right, |left: Word, right: Word| {
                            Some(Word::from_bits(left.bits() $operator right.bits()))
                        })
                    };
                }
                    // An inline cache that knows another shape takes what other instructions have found.
                    macro_rules! refill {
                        ($access:expr, $object:expr) => {{
                            let cache = code[pc + 1] as usize;
                            let asked = (self.heap.header($object).shape(), self.cache_names[cache], $access);
                            match self.stubs.current(asked, self.roots.shapes.epoch) {
                                Some(found) => self.caches[cache] = found,
                                None => slow!(),
                            }
                            continue;
                        }};
                    }
                    macro_rules! get_property {
                        () => {{
                            let Some(object) = window[b].as_ref() else { slow!() };
                            let cache = self.caches[code[pc + 1] as usize];
                            if (self.heap.header(object).bits() ^ cache.key) >> 32 != 0 {
                                refill!(Access::Read, object);
                            }
                            let place = cache.key as u32;
                            if place < Cache::ACCESSOR {
                                window[a] = self.heap.get(object, place);
                            } else if place == Cache::STRING_LENGTH {
                                window[a] = Word::smi((self.heap.raw(object, 1) >> 32) as i32);
                            } else if place & Cache::ACCESSOR != 0 {
                                out_of_line!(self.get_by_accessor(instruction, cache));
                            } else if place & Cache::PROTOTYPE != 0
                                && cache.holder as u32 == self.roots.shapes.epoch
                            {
                                let holder = semispace_heap::Ref::new((cache.holder >> 32) as u32);
                                window[a] = self.heap.get(holder, place & Cache::WORD);
                            } else if place & Cache::PROTOTYPE == 0 {
                                let name = self.cache_names[code[pc + 1] as usize];
                                let field = if place & Cache::ENTRY == Cache::ENTRY {
                                    let name = self.roots.atoms.word(name);
                                    fast::entry(&self.heap, object, name, place & Cache::WORD)
                                } else {
                                    fast::field(&mut self.heap, pc, object, place)
                                };
                                let Some(word) = field.get() else { slow!() };
                                window[a] = word;
                            } else if place == Cache::FUNCTION_PROTOTYPE
                                && let Some(word) =
                                    fast::function_prototype(&self.heap, &self.roots.shapes, object).get()
                            {
                                window[a] = word;
                            } else {
                                slow!();
                            }
                            pc += 2;
                        }};
                    }
                    macro_rules! surroundings {
                        () => {
                            fast::Surroundings {
                                stubs: &self.stubs,
                                shapes: &self.roots.shapes,
                                realm: &self.roots.realm,
                                array_shape: self.array_shape,
                            }
                        };
                    }
                    // The context `b` hops out from the callee's own.
                    macro_rules! outer_context {
                        () => {{
                            let Some(callee) = window[1].as_ref() else { slow!() };
                            let mut context = self.heap.get(callee, value::FUNCTION_CONTEXT);
                            for _ in 0..b {
                                let Some(inner) = context.as_ref() else { slow!() };
                                context = self.heap.get(inner, value::CONTEXT_PREVIOUS);
                            }
                            let Some(context) = context.as_ref() else { slow!() };
                            context
                        }};
                    }
                    // The context in register `b`, or the callee's own.
                    macro_rules! parent_context {
                        () => {
                            match (b, window[1].as_ref()) {
                                (0, Some(callee)) => self.heap.get(callee, value::FUNCTION_CONTEXT),
                                (0, None) => slow!(),
                                _ => window[b],
                            }
                        };
                    }

                    match instruction as u8 {
                        bc::MOVE => {
                            window[a] = window[b];
                            pc += 1;
                        }
                        bc::LOAD_INT => {
                            window[a] = Word::smi(instruction as i32 >> 16);
                            pc += 1;
                        }
                        bc::LOAD_IMMEDIATE => {
                            window[a] = Word::immediate(instruction >> 16);
                            pc += 1;
                        }
                        bc::LOAD_CONSTANT => {
                            window[a] = self.roots.constants[code[pc + 1] as usize];
                            pc += 2;
                        }
                        bc::ADD => {
                            let (left, right) = (window[b], window[c]);
                            if small_integers!(left, right)
                                && let Some(word) = fast::add(left, right)
                            {
                                window[a] = word;
                            } else {
                                match fast::sum(&mut self.heap, pc, left, right).get() {
                                    Some(word) => window[a] = word,
                                    None => slow!(),
                                }
                            }
                            pc += 1;
                        }
                        bc::SUB => arithmetic!(fast::subtract, fast::difference, window[c]),
                        bc::MUL => arithmetic!(fast::multiply, fast::product, window[c]),
                        bc::DIV => arithmetic!(|_, _| None, fast::quotient, window[c]),
                        bc::MOD => other_arithmetic!(bc::MOD, window[c], fast::remainder),
                        bc::BIT_AND => bitwise!(bc::BIT_AND, window[c], &),
                        bc::BIT_OR => bitwise!(bc::BIT_OR, window[c], |),
                        bc::BIT_XOR => bitwise!(bc::BIT_XOR, window[c], ^),
                        bc::SHL => other_arithmetic!(bc::SHL, window[c], fast::shift_left),
                        bc::SAR => other_arithmetic!(bc::SAR, window[c], fast::shift_right),
                        bc::SHR => other_arithmetic!(bc::SHR, window[c], fast::shift_right_logical),
                        bc::ADD_INT | bc::INCREMENT => arithmetic!(fast::add, fast::sum, literal!(c)),
                        bc::SUB_INT => arithmetic!(fast::subtract, fast::difference, literal!(c)),
                        bc::BIT_AND_INT => bitwise!(bc::BIT_AND, literal!(c), &),
                        bc::BIT_OR_INT => bitwise!(bc::BIT_OR, literal!(c), |),
                        bc::SHL_INT => other_arithmetic!(bc::SHL, literal!(c), fast::shift_left),
                        bc::SAR_INT => other_arithmetic!(bc::SAR, literal!(c), fast::shift_right),
                        bc::LESS => {
                            let (left, right) = (window[b], window[c]);
                            let truth = if small_integers!(left, right) {
                                (left.bits() as i64) < (right.bits() as i64)
                            } else if let Some(order) = fast::order(&self.heap, left, right) {
                                order.is_some_and(Ordering::is_lt)
                            } else {
                                slow!()
                            };
                            window[a] = value::boolean(truth);
                            pc += 1;
                        }
                        bc::LESS_EQUAL | bc::GREATER | bc::GREATER_EQUAL | bc::EQUAL => {
                            let (left, right) = (window[b], window[c]);
                            let Some(truth) = fast::compare(&self.heap, instruction as u8, left, right)
                            else {
                                slow!()
                            };
                            window[a] = value::boolean(truth);
                            pc += 1;
                        }
                        bc::STRICT_EQUAL => {
                            let (left, right) = (window[b], window[c]);
                            let Some(truth) = fast::strict_equal(&self.heap, left, right) else { slow!() };
                            window[a] = value::boolean(truth);
                            pc += 1;
                        }
                        bc::NOT => {
                            window[a] = value::boolean(!truth!(window[b]));
                            pc += 1;
                        }
                        bc::JUMP => pc = pc.wrapping_add_signed(code[pc + 1] as i32 as isize),
                        bc::LOOP => jump!(true),
                        bc::JUMP_TRUE => jump!(truth!(window[a])),
                        bc::JUMP_FALSE => jump!(!truth!(window[a])),
                        bc::JUMP_LESS => compare_jump!(<, Ordering::is_lt, window[b]),
                        bc::JUMP_LESS_EQUAL => compare_jump!(<=, Ordering::is_le, window[b]),
                        bc::JUMP_GREATER => compare_jump!(>, Ordering::is_gt, window[b]),
                        bc::JUMP_GREATER_EQUAL => compare_jump!(>=, Ordering::is_ge, window[b]),
                        bc::JUMP_LESS_INT => compare_jump!(<, Ordering::is_lt, literal!(b)),
                        bc::JUMP_LESS_EQUAL_INT => compare_jump!(<=, Ordering::is_le, literal!(b)),
                        bc::JUMP_GREATER_INT => compare_jump!(>, Ordering::is_gt, literal!(b)),
                        bc::JUMP_GREATER_EQUAL_INT => compare_jump!(>=, Ordering::is_ge, literal!(b)),
                        bc::JUMP_STRICT_EQUAL_INT => {
                            let left = window[a];
                            let truth = match left.as_ref() {
                                Some(object) if self.heap.header(object).kind() == value::HEAP_NUMBER => {
                                    f64::from_bits(self.heap.raw(object, 1)) == f64::from(b as u8 as i8)
                                }
                                _ => left == literal!(b),
                            };
                            jump!(truth == (c != 0));
                        }
                        bc::JUMP_SAME => jump!((window[a] == Word::immediate(b as u32)) == (c != 0)),
                        bc::JUMP_STRICT_EQUAL => {
                            let (left, right) = (window[a], window[b]);
                            let Some(truth) = fast::strict_equal(&self.heap, left, right) else { slow!() };
                            jump!(truth == (c != 0));
                        }
                        bc::JUMP_EQUAL => {
                            let (left, right) = (window[a], window[b]);
                            let truth = if small_integers!(left, right) {
                                left == right
                            } else if let Some(truth) = fast::equal(&self.heap, left, right) {
                                truth
                            } else {
                                slow!()
                            };
                            jump!(truth == (c != 0));
                        }
                        bc::JUMP_NULLISH => {
                            let operand = window[a];
                            jump!((operand == value::UNDEFINED || operand == value::NULL) == (c != 0));
                        }
                        bc::JUMP_UNDEFINED => jump!((window[a] == value::UNDEFINED) == (c != 0)),
                        bc::GET_CONTEXT => {
                            let Some(context) = window[b].as_ref() else { slow!() };
                            window[a] = self.heap.get(context, value::CONTEXT_SLOTS + c as u32);
                            pc += 1;
                        }
                        bc::SET_CONTEXT => {
                            let Some(context) = window[a].as_ref() else { slow!() };
                            self.heap.set(context, value::CONTEXT_SLOTS + b as u32, window[c]);
                            pc += 1;
                        }
                        bc::GET_OUTER => {
                            let context = outer_context!();
                            window[a] = self.heap.get(context, value::CONTEXT_SLOTS + c as u32);
                            pc += 1;
                        }
                        bc::GET_OUTER_CHECKED => {
                            let context = outer_context!();
                            let word = self.heap.get(context, value::CONTEXT_SLOTS + c as u32);
                            if word == value::UNINITIALISED {
                                slow!();
                            }
                            window[a] = word;
                            pc += 2;
                        }
                        bc::SET_OUTER => {
                            let context = outer_context!();
                            self.heap.set(context, value::CONTEXT_SLOTS + c as u32, window[a]);
                            pc += 1;
                        }
                        bc::GET_CONTEXT_WIDE => {
                            let Some(context) = window[b].as_ref() else { slow!() };
                            window[a] = self.heap.get(context, value::CONTEXT_SLOTS + code[pc + 1]);
                            pc += 2;
                        }
                        bc::SET_CONTEXT_WIDE => {
                            let Some(context) = window[a].as_ref() else { slow!() };
                            self.heap.set(context, value::CONTEXT_SLOTS + code[pc + 1], window[b]);
                            pc += 2;
                        }
                        bc::GET_OUTER_WIDE => {
                            let context = outer_context!();
                            window[a] = self.heap.get(context, value::CONTEXT_SLOTS + code[pc + 1]);
                            pc += 2;
                        }
                        bc::SET_OUTER_WIDE => {
                            let context = outer_context!();
                            self.heap.set(context, value::CONTEXT_SLOTS + code[pc + 1], window[a]);
                            pc += 2;
                        }
                        bc::CHECK_INITIALISED => {
                            if window[a] == value::UNINITIALISED {
                                slow!();
                            }
                            pc += 2;
                        }
                        bc::NEGATE => arithmetic!(fast::multiply, fast::product, Word::smi(-1)),
                        bc::BIT_NOT => bitwise!(bc::BIT_XOR, Word::smi(-1), ^),
                        bc::EXP => arithmetic!(|_, _| None, fast::power, window[c]),
                        bc::GET_PROPERTY | bc::GET_PRIVATE => get_property!(),
                        bc::GET_METHOD => {
                            window[(a + 1) & 0xFF] = window[b];
                            get_property!();
                        }
                        bc::SET_PROPERTY | bc::SET_PRIVATE => {
                            let Some(object) = window[a].as_ref() else { slow!() };
                            let cache = self.caches[code[pc + 1] as usize];
                            if (self.heap.header(object).bits() ^ cache.key) >> 32 != 0 {
                                refill!(Access::Write, object);
                            }
                            let place = cache.key as u32;
                            let word = window[b];
                            let is_double = word
                                .as_ref()
                                .is_some_and(|number| self.heap.header(number).kind() == value::HEAP_NUMBER);
                            if place < Cache::ACCESSOR && !is_double {
                                self.heap.set(object, place, word);
                            } else if place & Cache::ACCESSOR != 0 {
                                out_of_line!(self.set_by_accessor(instruction, cache));
                            } else if place & (Cache::ADDS | Cache::OUTSIDE | Cache::DOUBLE) == Cache::ADDS
                                && !is_double
                                && (cache.holder >> 32) as u32 == self.roots.shapes.epoch
                            {
                                self.heap.set_shape(object, cache.holder as u32);
                                self.heap.set(object, place & Cache::WORD, word);
                            } else {
                                let made_at = (pc, &self.roots.shapes);
                                if !fast::set_field(&mut self.heap, made_at, object, cache, word) {
                                    slow!();
                                }
                            }
                            pc += 2;
                        }
                        bc::DEFINE_PROPERTY | bc::DEFINE_PRIVATE => {
                            let Some(object) = window[a].as_ref() else { slow!() };
                            let cache = self.caches[code[pc + 1] as usize];
                            let made_at = (pc, &self.roots.shapes);
                            if (self.heap.header(object).bits() ^ cache.key) >> 32 != 0
                                || !fast::add_field(&mut self.heap, made_at, object, cache, window[b])
                            {
                                slow!();
                            }
                            pc += 2;
                        }
                        bc::GET_GLOBAL => {
                            let Some(global) = self.roots.realm.get(super::Intrinsic::Global).as_ref() else {
                                slow!()
                            };
                            let cache = code[pc + 1] as usize;
                            let name = self.roots.atoms.word(self.cache_names[cache]);
                            match fast::entry(&self.heap, global, name, self.caches[cache].key as u32).get() {
                                Some(word) => window[a] = word,
                                None => slow!(),
                            }
                            pc += 2;
                        }
                        bc::GET_ELEMENT => {
                            let (around, stores) = (surroundings!(), &self.roots.stores);
                            match fast::load_element(&mut self.heap, pc, around, stores, window[b], window[c])
                            {
                                Some(element) => window[a] = element,
                                None => slow!(),
                            }
                            pc += 1;
                        }
                        bc::SET_ELEMENT => {
                            let (around, stores) = (surroundings!(), &mut self.roots.stores);
                            let operands = [window[a], window[b], window[c]];
                            if !fast::store_element(&mut self.heap, pc, around, stores, operands) {
                                slow!();
                            }
                            pc += 1;
                        }
                        bc::CALL => {
                            let Some(function) = window[(b + 1) & 0xFF].as_ref() else { slow!() };
                            match self.heap.header(function).kind() {
                                value::FUNCTION => {}
                                value::NATIVE_FUNCTION => {
                                    out_of_line!(self.call_native(base + b, c, 0))
                                }
                                _ => slow!(),
                            }
                            let number = self.heap.get(function, value::FUNCTION_CODE).payload();
                            let info = &self.infos[number as usize];
                            let at = base + b;
                            if !info.plain
                                || at + 2 * WINDOW > self.roots.stack.len()
                                || self.depth >= self.limits.call_depth
                            {
                                slow!();
                            }
                            if fuel <= 0 {
                                // The call is made, and counted, when the run goes on.
                                self.roots.pc = pc;
                                self.roots.fuel = fuel;
                                return Stop::Fuel;
                            }
                            fuel -= 8;
                            let entry = info.entry as usize;
                            for missing in c..usize::from(info.parameters) {
                                self.roots.stack[at + 3 + missing] = value::UNDEFINED;
                            }
                            self.roots.stack[at] = Link::new(pc, b, c, 0).word();
                            self.roots.base = at;
                            self.depth += 1;
                            pc = entry;
                            continue 'frame;
                        }
                        bc::NEW => {
                            let Some(function) = window[(b + 1) & 0xFF].as_ref() else { slow!() };
                            if self.heap.header(function).kind() != value::FUNCTION {
                                slow!();
                            }
                            let number = self.heap.get(function, value::FUNCTION_CODE).payload();
                            let info = &self.infos[number as usize];
                            let at = base + b;
                            if !info.constructs_simply
                                || at + 2 * WINDOW > self.roots.stack.len()
                                || self.depth >= self.limits.call_depth
                                || fuel < 8
                            {
                                slow!();
                            }
                            // A function that has made instances before holds their shape in place of its prototype.
                            let Some(shape) = self.heap.get(function, value::FUNCTION_PROTOTYPE).as_smi()
                            else {
                                slow!()
                            };
                            let layout = self.roots.shapes.get(ShapeId(shape as u32));
                            if layout.tracked > 0 {
                                slow!();
                            }
                            let empty = self.roots.realm.get(super::Intrinsic::EmptyElements);
                            let Some(object) =
                                fast::instance(&mut self.heap, pc, shape as u32, layout, empty)
                            else {
                                slow!()
                            };
                            let (entry, parameters) = (info.entry as usize, usize::from(info.parameters));
                            fuel -= 8;
                            for missing in c..parameters {
                                self.roots.stack[at + 3 + missing] = value::UNDEFINED;
                            }
                            self.roots.new_targets.push(Word::reference(function));
                            self.roots.stack[at] = Link::new(pc, b, c, Link::CONSTRUCT).word();
                            self.roots.stack[at + 2] = object;
                            self.roots.base = at;
                            self.depth += 1;
                            pc = entry;
                            continue 'frame;
                        }
                        bc::RETURN => {
                            let link = Link::from_word(window[0]);
                            let mut result = window[a];
                            let is_wanted = link.flags() != Link::DISCARD;
                            if link.flags() != 0 && is_wanted {
                                if link.flags() & !Link::DERIVED != Link::CONSTRUCT {
                                    slow!();
                                }
                                let object = result.as_ref().map(|object| self.heap.header(object).kind());
                                if !object.is_some_and(value::is_object_kind) {
                                    let is_plain =
                                        result == value::UNDEFINED && window[2] != value::UNINITIALISED;
                                    if link.flags() & Link::DERIVED != 0 && !is_plain {
                                        slow!();
                                    }
                                    result = window[2];
                                }
                                self.roots.new_targets.pop();
                            }
                            let caller = base - link.distance();
                            pc = link.pc();
                            let register = (code[pc] >> 8) as u8 as usize;
                            pc += bc::length(code[pc] as u8);
                            self.depth -= 1;
                            self.roots.base = caller;
                            if is_wanted {
                                self.roots.stack[caller + register] = result;
                            }
                            continue 'frame;
                        }
                        bc::NEW_OBJECT | bc::NEW_OBJECT_BUILT_IN => {
                            let literal = &self.literals[code[pc + 1] as usize];
                            let (Some((shape, words)), Some(fields)) = (literal.shape, window.get(b..b + c))
                            else {
                                slow!()
                            };
                            let empty = self.roots.realm.get(super::Intrinsic::EmptyElements);
                            let memento = instruction as u8 == bc::NEW_OBJECT;
                            let layout = (shape.0, words);
                            match fast::literal(&mut self.heap, pc, layout, empty, fields, memento) {
                                Some(object) => window[a] = object,
                                None => slow!(),
                            }
                            pc += 2;
                        }
                        bc::NEW_ARRAY | bc::NEW_ARRAY_BUILT_IN => {
                            let empty = self.roots.realm.get(super::Intrinsic::EmptyElements);
                            let Some(elements) = window.get(b..b + c).filter(|_| !self.bootstrapping) else {
                                slow!()
                            };
                            let memento = instruction as u8 == bc::NEW_ARRAY;
                            match fast::array_literal(
                                &mut self.heap,
                                pc,
                                self.array_shape,
                                empty,
                                elements,
                                memento,
                            ) {
                                Some(array) => window[a] = array,
                                None => slow!(),
                            }
                            pc += 1;
                        }
                        bc::SHARED_ARRAY | bc::SHARED_ARRAY_BUILT_IN => {
                            let store = self.roots.constants[code[pc + 1] as usize];
                            if self.bootstrapping {
                                slow!();
                            }
                            let memento = instruction as u8 == bc::SHARED_ARRAY;
                            match fast::shared_array(&mut self.heap, pc, self.array_shape, store, memento) {
                                Some(array) => window[a] = array,
                                None => slow!(),
                            }
                            pc += 2;
                        }
                        bc::ARRAY_PUSH => {
                            let Some(array) = window[a].as_ref() else { slow!() };
                            let Some(length) = self.heap.get(array, value::ARRAY_LENGTH).as_smi() else {
                                slow!()
                            };
                            let guards = (&self.roots.shapes, &self.roots.realm);
                            let array = (array, self.array_shape);
                            if !fast::store_into_array(
                                &mut self.heap,
                                guards,
                                array,
                                length as u32,
                                window[b],
                            ) {
                                slow!();
                            }
                            pc += 1;
                        }
                        bc::CLOSURE => {
                            let number = code[pc + 1];
                            let Some(layout) = self.infos[number as usize].closure else { slow!() };
                            let empty = self.roots.realm.get(super::Intrinsic::EmptyElements);
                            let context = parent_context!();
                            match fast::closure(&mut self.heap, pc, layout, empty, number, context) {
                                Some(closure) => window[a] = closure,
                                None => slow!(),
                            }
                            pc += 2;
                        }
                        bc::NEW_CONTEXT => {
                            let slots = code[pc + 1];
                            if self.bootstrapping || slots as usize >= WINDOW {
                                slow!();
                            }
                            let parent = parent_context!();
                            match fast::context(&mut self.heap, pc, slots, parent) {
                                Some(context) => window[a] = context,
                                None => slow!(),
                            }
                            pc += 2;
                        }
                        bc::CLONE_CONTEXT => {
                            let Some(old) = window[a].as_ref().filter(|_| !self.bootstrapping) else {
                                slow!()
                            };
                            match fast::copy(&mut self.heap, pc, old) {
                                Some(context) => window[a] = context,
                                None => slow!(),
                            }
                            pc += 1;
                        }
                        bc::ITERATOR_NEXT => {
                            let (array, index) = (window[b], window[(b + 1) & 0xFF]);
                            let makes_objects = c == 0;
                            match fast::next_of_array(&mut self.heap, pc, array, index, makes_objects) {
                                Some(value::HOLE) => {
                                    window[(b + 1) & 0xFF] = EXHAUSTED;
                                    jump!(true);
                                }
                                Some(element) => {
                                    window[a] = element;
                                    window[(b + 1) & 0xFF] = Word::smi(index.payload() as i32 + 1);
                                    // Past this instruction and the ITERATOR_RESULT after it.
                                    pc += 4;
                                }
                                None if index.is_smi() => slow!(),
                                None => out_of_line!(self.next_of_object(pc)),
                            }
                        }
                        bc::FOR_IN_NEXT => {
                            let row = [0, 1, 2, 3].map(|offset| window[(b + offset) & 0xFF]);
                            match fast::next_key(&self.heap, row) {
                                Some(value::HOLE) => jump!(true),
                                Some(key) => {
                                    window[a] = key;
                                    window[(b + 1) & 0xFF] = Word::smi(row[1].payload() as i32 + 1);
                                    pc += 2;
                                }
                                None => slow!(),
                            }
                        }
                        bc::YIELD => out_of_line!(self.suspend(instruction)),
                        bc::COMPILE_LAZY => {
                            let entry = code[pc + 1] as usize;
                            if entry == 0 {
                                slow!();
                            }
                            pc = entry;
                        }
                        bc::TO_NUMERIC | bc::TO_NUMBER => {
                            if !window[b].is_smi() {
                                slow!();
                            }
                            window[a] = window[b];
                            pc += 1;
                        }
                        bc::CHECK_THIS => {
                            if (window[a] == value::UNINITIALISED) != (b == 1) {
                                slow!();
                            }
                            pc += 1;
                        }
                        bc::SLOPPY_THIS => {
                            let this = window[2];
                            match this.as_ref() {
                                Some(object) if value::is_object_kind(self.heap.header(object).kind()) => {
                                    pc += 1
                                }
                                _ => slow!(),
                            }
                        }
                        bc::TYPE_OF
                        | bc::TO_STRING
                        | bc::TO_PROPERTY_KEY
                        | bc::CHECK_COERCIBLE
                        | bc::CHECK_OBJECT
                        | bc::ITERATOR_CLOSE
                        | bc::GET_ITERATOR
                        | bc::ITERATOR_RESULT
                        | bc::NEW_TARGET
                        | bc::INSTANCE_OF
                        | bc::SUPER_CONSTRUCTOR
                        | bc::GET_SUPER => {
                            let outlined = Outlined {
                                heap: &self.heap,
                                atoms: &self.roots.atoms,
                                names: &self.names,
                                shapes: &self.roots.shapes,
                                realm: &self.roots.realm,
                                stubs: &self.stubs,
                                infos: &self.infos,
                                new_target: self.roots.new_targets.last().copied(),
                                array_shape: self.array_shape,
                                result_shape: self.iterator_result_shape,
                            };
                            match outlined.run(window, instruction) {
                                Some(words) => pc += words,
                                None => slow!(),
                            }
                        }
                        _ => slow!(),
                    }
                };
                self.roots.pc = pc;
                self.roots.fuel = fuel;
                self.slow(instruction)
            };
            match outcome {
                Ok(()) => {}
                Err(Abrupt::Fuel) => return Stop::Fuel,
                Err(Abrupt::Wait) => return Stop::Collection,
                Err(abrupt) => {
                    if abrupt != Abrupt::Throw || !self.unwind_if_handled() {
                        return Stop::Failed(abrupt);
                    }
                }
            }
            pc = self.roots.pc;
            fuel = self.roots.fuel;
            if self.finished {
                return Stop::Done;
            }
            if self.heap.is_collection_due() {
                return Stop::Collection;
            }
        }
    }
}

/// A header's upper half, as caches compare it.
#[inline(always)]
pub(crate) fn cache_key(header: Header, place: u32) -> u64 {
    u64::from(header.shape()) << 32 | u64::from(place)
}
