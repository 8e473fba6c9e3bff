//! Operators on BigInts. Arithmetic is `num-bigint`'s; what may be mixed with what, and the words of the errors, are V8's.

use num_bigint::{BigInt, Sign};
use semispace_heap::Word;

use super::Vm;
use super::call::Completion;
use crate::builtins::bigint::{from_integer, is_bigint, to_number};
use crate::bytecode as bc;
use crate::object::{BIGINT_DIGITS, MAX_BIGINT_BITS, text_to_bigint};

/// The operators that need no more than a machine's integers, on numbers of one digit. None: another operator, or too large.
fn small_binary(op: u8, x: i128, y: i128) -> Option<i128> {
    match op {
        bc::ADD => x.checked_add(y),
        bc::SUB => x.checked_sub(y),
        bc::MUL => x.checked_mul(y),
        bc::DIV => x.checked_div(y),
        bc::MOD => x.checked_rem(y),
        bc::BIT_AND => Some(x & y),
        bc::BIT_OR => Some(x | y),
        bc::BIT_XOR => Some(x ^ y),
        bc::SHL if (0..64).contains(&y) => Some(x << y),
        bc::SAR if y >= 0 => Some(x >> y.min(64)),
        _ => None,
    }
}

/// For how many digits V8 makes room before it knows a result (`src/bigint/bigint.h`), where that is more than it may need.
fn result_length(op: u8, left: u32, right: u32, same_sign: bool) -> u32 {
    match op {
        bc::ADD => left.max(right) + u32::from(same_sign),
        bc::SUB => left.max(right) + u32::from(!same_sign),
        bc::MUL => left + right,
        bc::DIV if left >= right => left - right + 1,
        bc::MOD => right,
        bc::BIT_XOR => left.max(right),
        _ => 0,
    }
}

const MIXED: &str = "Cannot mix BigInt and other types, use explicit conversions";

impl Vm {
    /// A binary operator on two BigInts of at most a digit, if it is quickly done.
    pub(super) fn small_bigint_binary(
        &mut self,
        op: u8,
        left: Word,
        right: Word,
    ) -> Completion<Option<Word>> {
        let Some(x) = self.as_small_bigint(left) else { return Ok(None) };
        let result = self.as_small_bigint(right).and_then(|y| small_binary(op, x, y));
        result.map(|result| self.new_small_bigint(result)).transpose()
    }

    /// A binary operator of which at least one operand is a BigInt, and none an object.
    #[inline(never)]
    pub(super) fn bigint_binary(&mut self, op: u8, left: Word, right: Word) -> Completion<Word> {
        let (Some(x), Some(y)) = (self.as_bigint(left), self.as_bigint(right)) else {
            return Err(self.type_error(MIXED));
        };
        let zero = y.sign() == Sign::NoSign;
        if zero && matches!(op, bc::DIV | bc::MOD) {
            return Err(self.range_error("Division by zero"));
        }
        match op {
            bc::MUL if x.sign() == Sign::NoSign => return Ok(left),
            bc::MUL if zero => return Ok(right),
            bc::MOD if x.magnitude() < y.magnitude() => return Ok(left),
            bc::DIV if x.magnitude() < y.magnitude() => return self.new_small_bigint(0),
            _ => {}
        }
        let same_sign = (x.sign() == Sign::Minus) == (y.sign() == Sign::Minus);
        let room = result_length(op, self.bigint_length(left), self.bigint_length(right), same_sign);
        let result = match op {
            bc::ADD => x + y,
            bc::SUB => x - y,
            bc::MUL => x * y,
            bc::DIV => x / y,
            bc::MOD => x % y,
            bc::EXP => {
                let (power, room) = self.bigint_power(&x, &y)?;
                return self.new_bigint_in(&power, room);
            }
            bc::BIT_AND => x & y,
            bc::BIT_OR => x | y,
            bc::BIT_XOR => x ^ y,
            bc::SHL => self.bigint_shift(x, &y)?,
            bc::SAR => self.bigint_shift(x, &-y)?,
            _ => return Err(self.type_error("BigInts have no unsigned right shift, use >> instead")),
        };
        self.new_bigint_in(&result, room)
    }

    /// A power, and the room that V8 makes for it.
    fn bigint_power(&mut self, base: &BigInt, exponent: &BigInt) -> Completion<(BigInt, u32)> {
        if exponent.sign() == Sign::Minus {
            return Err(self.range_error("undefined must be positive"));
        }
        if base.bits() <= 1 {
            let odd = exponent.bit(0);
            let power = match base.sign() {
                Sign::Minus if !odd => BigInt::from(1),
                Sign::NoSign if exponent.sign() == Sign::NoSign => BigInt::from(1),
                _ => base.clone(),
            };
            return Ok((power, 0));
        }
        match u32::try_from(exponent) {
            Ok(exponent) if (base.bits() - 1) * u64::from(exponent) <= MAX_BIGINT_BITS => {
                if *base == BigInt::from(2) {
                    return Ok((BigInt::from(1) << i64::from(exponent), 0));
                }
                let room = self.leave_products(base, exponent)?;
                Ok((base.pow(exponent), room))
            }
            _ => Err(self.range_error("Maximum BigInt size exceeded")),
        }
    }

    /// What V8's squaring makes on the way to a power (`BigInt::Exponentiate`); the room of the last product, which is it.
    fn leave_products(&mut self, base: &BigInt, exponent: u32) -> Completion<u32> {
        let digits_of = |power: u64| (base.bits() * power).div_ceil(64) as u32;
        let (mut square, mut result) = (1, u64::from(exponent & 1));
        let mut products = Vec::new();
        for bit in 1..u32::BITS - exponent.leading_zeros() {
            products.push(2 * digits_of(square));
            square *= 2;
            if exponent >> bit & 1 == 1 {
                if result > 0 {
                    products.push(digits_of(square) + digits_of(result));
                }
                result += square;
            }
        }
        let last = products.pop().unwrap_or(0);
        for room in products {
            self.leave_dead(BIGINT_DIGITS + room)?;
        }
        Ok(last)
    }

    /// A shift to the left, or to the right where `by` is negative.
    fn bigint_shift(&mut self, number: BigInt, by: &BigInt) -> Completion<BigInt> {
        match (i64::try_from(by), number.sign(), by.sign()) {
            (_, Sign::NoSign, _) => Ok(number),
            (Ok(by), ..) if by < 0 => Ok(number >> by.unsigned_abs()),
            (Ok(by), ..) if number.bits() + by.unsigned_abs() <= MAX_BIGINT_BITS => Ok(number << by),
            (Err(_), sign, Sign::Minus) => {
                Ok(if sign == Sign::Minus { BigInt::from(-1) } else { BigInt::ZERO })
            }
            _ => Err(self.range_error("Maximum BigInt size exceeded")),
        }
    }

    /// How a BigInt compares with any primitive value; none for NaN and text that is no integer.
    pub(super) fn compare_bigint(
        &mut self,
        left: Word,
        right: Word,
    ) -> Completion<Option<std::cmp::Ordering>> {
        if let (Some(x), Some(y)) = (self.as_small_bigint(left), self.as_small_bigint(right)) {
            return Ok(Some(x.cmp(&y)));
        }
        let Some(x) = self.as_bigint(left) else {
            return Ok(self.compare_bigint(right, left)?.map(std::cmp::Ordering::reverse));
        };
        if let Some(y) = self.as_bigint(right) {
            return Ok(Some(x.cmp(&y)));
        }
        if self.is_string(right) {
            return Ok(text_to_bigint(&self.text(right)).map(|y| x.cmp(&y)));
        }
        let y = self.to_number_primitive(right)?;
        if y.is_nan() {
            return Ok(None);
        }
        if y.is_infinite() {
            return Ok(0.0.partial_cmp(&y));
        }
        let whole = x.cmp(&from_integer(y.floor()));
        Ok(Some(if whole.is_eq() && y.fract() != 0.0 { std::cmp::Ordering::Less } else { whole }))
    }

    /// `-x`, `~x`, `x + by` of a BigInt.
    pub(super) fn bigint_unary(&mut self, op: u8, operand: Word, by: i32) -> Completion<Word> {
        let (negative, by) = match op {
            bc::NEGATE => (true, 0),
            bc::BIT_NOT => (true, -1),
            bc::INCREMENT => (false, by),
            bc::TO_NUMERIC => return Ok(operand),
            bc::TO_NUMBER => return Err(self.type_error("Cannot convert a BigInt value to a number")),
            _ => return Err(self.type_error(MIXED)),
        };
        if let Some(x) = self.as_small_bigint(operand) {
            return self.new_small_bigint(if negative { -x } else { x } + i128::from(by));
        }
        let Some(x) = self.as_bigint(operand) else { return Ok(operand) };
        self.new_bigint(&(if negative { -x } else { x } + BigInt::from(by)))
    }

    /// Whether either value is a BigInt.
    pub(super) fn any_bigint(&self, left: Word, right: Word) -> bool {
        is_bigint(self, left) || is_bigint(self, right)
    }

    /// `Number(bigint)`
    pub fn bigint_to_number(&self, word: Word) -> Option<f64> {
        match self.as_small_bigint(word) {
            // Of a digit and a sign each conversion rounds once, to nearest even.
            Some(small) if small < 0 => Some(-(small.unsigned_abs() as u64 as f64)),
            Some(small) => Some(small as u64 as f64),
            None => self.as_bigint(word).map(|number| to_number(&number)),
        }
    }
}
