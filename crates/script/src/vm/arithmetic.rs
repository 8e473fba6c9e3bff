//! Operators out of line: doubles, strings, and operands that must be converted first.

use semispace_heap::Word;

use super::call::{Completion, Hint, Link};
use super::slow::Operands;
use super::{Abrupt, Vm, fast};
use crate::bytecode as bc;
use crate::value::{self, NULL, UNDEFINED};

impl Vm {
    #[inline(never)]
    pub(super) fn slow_binary(&mut self, op: u8, o: Operands) -> Completion {
        self.binary_of(op, self.register(o.b), self.register(o.c), o)
    }

    fn binary_of(&mut self, op: u8, left: Word, right: Word, o: Operands) -> Completion {
        if let (Some(x), Some(y)) = (self.as_number(left), self.as_number(right)) {
            // V8 computes a power as a double, and leaves it one.
            let boxed = op == bc::EXP || !(left.is_smi() && right.is_smi());
            let word = self.arithmetic_result(op, numeric(op, x, y), boxed)?;
            return self.finish(o.a, word);
        }
        if let Some(word) = self.small_bigint_binary(op, left, right)? {
            return self.finish(o.a, word);
        }
        if self.is_object(left) || self.is_object(right) {
            return self.call_helper(operator_helper(op), &[left, right], 0);
        }
        if op == bc::ADD && (self.is_string(left) || self.is_string(right)) {
            let right = self.handle(right);
            let left = self.to_string_primitive(left)?;
            let kept = self.handle(left);
            let mark = self.roots.handle_mark() - 2;
            let right = self.to_string_primitive(self.at(right));
            let left = self.at(kept);
            self.roots.release_handles(mark);
            let word = self.concat(left, right?)?;
            return self.finish(o.a, word);
        }
        if self.any_bigint(left, right) {
            let word = self.bigint_binary(op, left, right)?;
            return self.finish(o.a, word);
        }
        let (x, y) = (self.to_number_primitive(left)?, self.to_number_primitive(right)?);
        let word = self.number(numeric(op, x, y))?;
        self.finish(o.a, word)
    }

    /// `x + 1`, `x - 1`, `x++`, `x--`, `x | 0` and their like.
    pub(super) fn slow_immediate(&mut self, op: u8, o: Operands) -> Completion {
        let left = self.register(o.b);
        let bitwise = match op {
            bc::BIT_AND_INT => Some(bc::BIT_AND),
            bc::BIT_OR_INT => Some(bc::BIT_OR),
            bc::SHL_INT => Some(bc::SHL),
            bc::SAR_INT => Some(bc::SAR),
            _ => None,
        };
        if let Some(op) = bitwise {
            return self.binary_of(op, left, Word::smi(i32::from(o.c as u8 as i8)), o);
        }
        let small = f64::from(o.c as u8 as i8);
        if let Some(x) = self.as_number(left) {
            let result = if op == bc::SUB_INT { x - small } else { x + small };
            let word = self.arithmetic_result(op, result, !left.is_smi())?;
            return self.finish(o.a, word);
        }
        let right = Word::smi(small as i32);
        if self.is_object(left) {
            let helper = match op {
                bc::ADD_INT => "add",
                bc::SUB_INT => "sub",
                _ => "increment",
            };
            return self.call_helper(helper, &[left, right], 0);
        }
        if op == bc::ADD_INT && self.is_string(left) {
            let text = self.string(&format!("{small}"))?;
            let left = self.register(o.b);
            let word = self.concat(left, text)?;
            return self.finish(o.a, word);
        }
        if self.any_bigint(left, right) {
            let word = self.bigint_unary(op, left, small as i32)?;
            return self.finish(o.a, word);
        }
        let x = self.to_number_primitive(left)?;
        let word = self.number(if op == bc::SUB_INT { x - small } else { x + small })?;
        self.finish(o.a, word)
    }

    /// The result of an arithmetic operation. V8's interpreter boxes it whenever an operand was boxed, whole or not
    /// (`BinaryOpAssembler::Generate_BinaryOperationWithFeedback`).
    fn arithmetic_result(&mut self, op: u8, result: f64, boxed: bool) -> Completion<Word> {
        let bitwise = matches!(op, bc::BIT_AND | bc::BIT_OR | bc::BIT_XOR | bc::SHL | bc::SAR | bc::SHR);
        if boxed && !bitwise { self.boxed(result) } else { self.number(result) }
    }

    pub(super) fn slow_compare(&mut self, op: u8, o: Operands) -> Completion {
        let (left, right) = (self.register(o.b), self.register(o.c));
        match self.compare(compare_of(op), left, right)? {
            Some(truth) => self.finish(o.a, value::boolean(truth)),
            None => self.call_helper(compare_of(op).helper(), &[left, right], 0),
        }
    }

    pub(super) fn slow_compare_jump(&mut self, op: u8, o: Operands) -> Completion {
        let left = self.register(o.a);
        let right = match op {
            bc::JUMP_LESS_INT..=bc::JUMP_STRICT_EQUAL_INT => Word::smi(i32::from(o.b as u8 as i8)),
            _ => self.register(o.b),
        };
        match self.compare(compare_of(op), left, right)? {
            Some(truth) => self.branch(truth == (o.c != 0), o.extension),
            None => self.call_helper(compare_of(op).helper(), &[left, right], Link::CONDITION),
        }
    }

    /// A comparison; none if an operand is an object that must be converted first.
    fn compare(&mut self, comparison: Comparison, left: Word, right: Word) -> Completion<Option<bool>> {
        match comparison {
            Comparison::StrictEqual => return Ok(Some(self.strict_equal(left, right))),
            Comparison::Equal => return self.loosely_equal(left, right),
            _ => {}
        }
        if let (Some(x), Some(y)) = (self.as_number(left), self.as_number(right)) {
            return Ok(Some(comparison.of_numbers(x, y)));
        }
        if self.is_object(left) || self.is_object(right) {
            return Ok(None);
        }
        if self.is_string(left) && self.is_string(right) {
            let order = self.compare_strings(left, right);
            return Ok(Some(comparison.of_order(order)));
        }
        if self.any_bigint(left, right) {
            let order = self.compare_bigint(left, right)?;
            return Ok(Some(order.is_some_and(|order| comparison.of_order(order))));
        }
        let (x, y) = (self.to_number_primitive(left)?, self.to_number_primitive(right)?);
        Ok(Some(comparison.of_numbers(x, y)))
    }

    #[inline(never)]
    pub(super) fn slow_unary(&mut self, op: u8, o: Operands) -> Completion {
        let operand = self.register(o.b);
        match op {
            bc::TYPE_OF => {
                let text = self.type_of(operand);
                self.finish(o.a, text)
            }
            bc::INSTANCE_OF => self.instance_of(o),
            bc::IN => self.in_operator(o),
            bc::PRIVATE_IN => {
                let atom = self.cache_names[o.extension as usize];
                let Some(object) = operand.as_ref().filter(|_| self.is_object(operand)) else {
                    let (name, object) = (self.atom_text(atom), self.brief_key(operand));
                    let message = format!("Cannot use 'in' operator to search for '{name}' in {object}");
                    return Err(self.type_error(&message));
                };
                let found = self.own_property(object, crate::object::Key::Atom(atom)).is_some();
                self.finish(o.a, value::boolean(found))
            }
            bc::TO_STRING => {
                if self.is_object(operand) {
                    return self.call_helper("toStringOf", &[operand], 0);
                }
                let text = self.to_string_primitive(operand)?;
                self.finish(o.a, text)
            }
            bc::TO_PROPERTY_KEY => {
                if self.is_object(operand) {
                    return self.call_helper("toPropertyKey", &[operand], 0);
                }
                let key = if self.kind(operand) == Some(value::SYMBOL) {
                    operand
                } else {
                    self.to_string_primitive(operand)?
                };
                self.finish(o.a, key)
            }
            _ => {
                if self.is_object(operand) {
                    let helper = match op {
                        bc::NEGATE => "negate",
                        bc::BIT_NOT => "bitNot",
                        _ => "toNumber",
                    };
                    return self.call_helper(helper, &[operand], 0);
                }
                if self.any_bigint(operand, operand) {
                    let word = self.bigint_unary(op, operand, 0)?;
                    return self.finish(o.a, word);
                }
                let x = self.to_number_primitive(operand)?;
                let result = match op {
                    bc::NEGATE => -x,
                    bc::BIT_NOT => f64::from(!to_int32(x)),
                    _ => x,
                };
                let word = if op == bc::TO_NUMERIC || op == bc::TO_NUMBER {
                    if self.as_number(operand).is_some() { operand } else { self.number(result)? }
                } else if op == bc::NEGATE && self.is_heap_number(operand) {
                    self.boxed(result)?
                } else {
                    self.number(result)?
                };
                self.finish(o.a, word)
            }
        }
    }

    /// ToNumber of a value that is no object.
    ///
    /// Errors: a TypeError for symbols.
    pub fn to_number_primitive(&mut self, word: Word) -> Completion<f64> {
        if let Some(number) = self.as_number(word) {
            return Ok(number);
        }
        match word {
            UNDEFINED => return Ok(f64::NAN),
            NULL | value::FALSE => return Ok(0.0),
            value::TRUE => return Ok(1.0),
            _ => {}
        }
        if self.is_string(word) {
            return Ok(crate::builtins::number_parse::number(&self.units(word)));
        }
        if self.kind(word) == Some(value::BIGINT) {
            return Err(self.type_error("Cannot convert a BigInt value to a number"));
        }
        Err(self.type_error("Cannot convert a Symbol value to a number"))
    }

    /// ToNumber of a native function's argument; number 0 is the first one. Objects are converted by the prelude,
    /// after which the native function is called again: it must not have done anything yet.
    pub fn number_arg(&mut self, args: super::Args, index: usize) -> Completion<f64> {
        let word = self.arg(args, index);
        if let Some(number) = self.as_number(word) {
            return Ok(number);
        }
        if self.is_object(word) {
            return Err(Abrupt::Coerce(index as u32 + 1, Hint::Number));
        }
        self.to_number_primitive(word)
    }

    /// An argument that is a whole number of 32 bits, boxed or not.
    pub fn small_arg(&self, args: super::Args, index: usize) -> Option<i32> {
        let number = self.as_number(self.arg(args, index))?;
        (f64::from(number as i32) == number).then_some(number as i32)
    }

    /// ToIntegerOrInfinity of an argument; `default` where it is undefined.
    pub fn integer_arg(&mut self, args: super::Args, index: usize, default: f64) -> Completion<f64> {
        if self.arg(args, index) == UNDEFINED {
            return Ok(default);
        }
        let number = self.number_arg(args, index)?;
        Ok(if number.is_nan() { 0.0 } else { number.trunc() })
    }

    /// ToString of a native function's argument, as [`Vm::number_arg`].
    pub fn string_arg(&mut self, args: super::Args, index: usize) -> Completion<Word> {
        let word = self.arg(args, index);
        if self.is_object(word) {
            return Err(Abrupt::Coerce(index as u32 + 1, Hint::String));
        }
        self.to_string_primitive(word)
    }

    /// ToString of `this` of a method of strings.
    pub fn this_string(&mut self, args: super::Args, method: &str) -> Completion<Word> {
        let this = self.this(args);
        if this == UNDEFINED || this == NULL {
            let message = format!("String.prototype.{method} called on null or undefined");
            return Err(self.type_error(&message));
        }
        if self.is_object(this) {
            return Err(Abrupt::Coerce(0, Hint::String));
        }
        self.to_string_primitive(this)
    }

    /// ToString of a value that is no object.
    ///
    /// Errors: a TypeError for symbols.
    pub fn to_string_primitive(&mut self, word: Word) -> Completion<Word> {
        if self.is_string(word) {
            return Ok(word);
        }
        let atom = match word {
            UNDEFINED => Some(self.names.undefined),
            NULL => Some(self.names.null),
            value::TRUE => Some(self.names.true_),
            value::FALSE => Some(self.names.false_),
            _ => None,
        };
        if let Some(atom) = atom {
            return Ok(self.roots.atoms.word(atom));
        }
        match self.as_number(word) {
            Some(number) => self.number_string(word, number),
            None if self.kind(word) == Some(value::BIGINT) => {
                let text = self.as_bigint(word).unwrap_or_default().to_string();
                self.string(&text)
            }
            None => Err(self.type_error("Cannot convert a Symbol value to a string")),
        }
    }

    /// ToBoolean.
    pub fn truthy(&self, word: Word) -> bool {
        fast::truthy(&self.heap, word)
    }

    /// `typeof`
    pub fn type_of(&self, word: Word) -> Word {
        let of_proxy = || if self.is_callable(word) { self.names.function } else { self.names.object };
        let atom = fast::type_of(&self.heap, &self.names, word).unwrap_or_else(of_proxy);
        self.roots.atoms.word(atom)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    StrictEqual,
}

impl Comparison {
    fn of_numbers(self, x: f64, y: f64) -> bool {
        match self {
            Self::Less => x < y,
            Self::LessEqual => x <= y,
            Self::Greater => x > y,
            Self::GreaterEqual => x >= y,
            Self::Equal | Self::StrictEqual => x == y,
        }
    }

    fn of_order(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::LessEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEqual => order.is_ge(),
            Self::Equal | Self::StrictEqual => order.is_eq(),
        }
    }

    fn helper(self) -> &'static str {
        match self {
            Self::Less => "less",
            Self::LessEqual => "lessEqual",
            Self::Greater => "greater",
            Self::GreaterEqual => "greaterEqual",
            Self::Equal | Self::StrictEqual => "equal",
        }
    }
}

fn compare_of(op: u8) -> Comparison {
    match op {
        bc::LESS | bc::JUMP_LESS | bc::JUMP_LESS_INT => Comparison::Less,
        bc::LESS_EQUAL | bc::JUMP_LESS_EQUAL | bc::JUMP_LESS_EQUAL_INT => Comparison::LessEqual,
        bc::GREATER | bc::JUMP_GREATER | bc::JUMP_GREATER_INT => Comparison::Greater,
        bc::GREATER_EQUAL | bc::JUMP_GREATER_EQUAL | bc::JUMP_GREATER_EQUAL_INT => Comparison::GreaterEqual,
        bc::EQUAL | bc::JUMP_EQUAL => Comparison::Equal,
        _ => Comparison::StrictEqual,
    }
}

fn operator_helper(op: u8) -> &'static str {
    match op {
        bc::ADD => "add",
        bc::SUB => "sub",
        bc::MUL => "mul",
        bc::DIV => "div",
        bc::MOD => "mod",
        bc::EXP => "exp",
        bc::BIT_AND => "bitAnd",
        bc::BIT_OR => "bitOr",
        bc::BIT_XOR => "bitXor",
        bc::SHL => "shl",
        bc::SAR => "sar",
        _ => "shr",
    }
}

/// An arithmetic operator on numbers.
pub(super) fn numeric(op: u8, x: f64, y: f64) -> f64 {
    match op {
        bc::ADD => x + y,
        bc::SUB => x - y,
        bc::MUL => x * y,
        bc::DIV => x / y,
        bc::MOD => remainder(x, y),
        bc::EXP => power(x, y),
        bc::BIT_AND => f64::from(to_int32(x) & to_int32(y)),
        bc::BIT_OR => f64::from(to_int32(x) | to_int32(y)),
        bc::BIT_XOR => f64::from(to_int32(x) ^ to_int32(y)),
        bc::SHL => f64::from(to_int32(x) << (to_int32(y) as u32 & 31)),
        bc::SAR => f64::from(to_int32(x) >> (to_int32(y) as u32 & 31)),
        _ => f64::from(to_int32(x) as u32 >> (to_int32(y) as u32 & 31)),
    }
}

/// Below this, a double without its fraction is an i64.
const WHOLE: f64 = 9_223_372_036_854_775_808.0;

/// `x % y`. Of whole numbers a division tells it; the C library goes bit by bit.
fn remainder(x: f64, y: f64) -> f64 {
    let (dividend, divisor) = (x as i64, y as i64);
    let whole = x.abs() < WHOLE && y.abs() < WHOLE && dividend as f64 == x && divisor as f64 == y;
    if whole && divisor != 0 { (dividend.wrapping_rem(divisor) as f64).copysign(x) } else { x % y }
}

/// `x ** y`: unlike IEEE 754's pow, 1 to an infinite power is NaN.
pub fn power(x: f64, y: f64) -> f64 {
    if y.is_nan() || (x.abs() == 1.0 && y.is_infinite()) { f64::NAN } else { libm::pow(x, y) }
}

/// ToInt32 (ECMA-262 7.1.6).
pub fn to_int32(number: f64) -> i32 {
    let small = number as i32;
    if f64::from(small) == number {
        return small;
    }
    if number.abs() < WHOLE {
        return number as i64 as i32;
    }
    if !number.is_finite() {
        return 0;
    }
    const TWO_32: f64 = 4_294_967_296.0;
    let modulo = number.trunc() % TWO_32;
    (if modulo < 0.0 { modulo + TWO_32 } else { modulo }) as u32 as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_and_conversions_of_large_numbers_are_those_of_the_definition() {
        let numbers = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            2.5,
            -7.0,
            7.0,
            4_294_967_296.0,
            -4_294_967_297.5,
            9e15,
            -9e15,
            1.8e19,
            -9.3e18,
            1e300,
            f64::INFINITY,
            f64::NAN,
            2_147_483_648.0,
            WHOLE,
            -WHOLE,
        ];
        for (x, y) in numbers.iter().flat_map(|&x| numbers.map(|y| (x, y))) {
            assert_eq!(remainder(x, y).to_bits() | 1 << 63, (x % y).to_bits() | 1 << 63, "{x} % {y}");
            assert!(
                remainder(x, y).is_nan() || remainder(x, y).is_sign_negative() == (x % y).is_sign_negative()
            );
        }
        let modulo = |x: f64| x.trunc().rem_euclid(4_294_967_296.0) as u32 as i32;
        for x in numbers.into_iter().filter(|x| x.is_finite()) {
            assert_eq!(to_int32(x), modulo(x), "{x}");
        }
    }
}
