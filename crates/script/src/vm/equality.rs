//! Equality: `===`, `==`, SameValue and SameValueZero.

use semispace_heap::Word;

use super::Vm;
use super::call::Completion;
use crate::value::{self, NULL, UNDEFINED};

impl Vm {
    /// `===`
    pub fn strict_equal(&self, left: Word, right: Word) -> bool {
        if left == right || !left.is_ref() && !right.is_ref() {
            return left == right && !self.is_nan(left);
        }
        if self.is_string(left) && self.is_string(right) {
            return self.strings_equal(left, right);
        }
        if let (Some(x), Some(y)) = (self.as_number(left), self.as_number(right)) {
            return x == y;
        }
        if self.any_bigint(left, right) {
            return self.as_bigint(left) == self.as_bigint(right);
        }
        false
    }

    /// SameValue: `Object.is`.
    pub fn same_value(&self, left: Word, right: Word) -> bool {
        match (self.as_number(left), self.as_number(right)) {
            (Some(x), Some(y)) => x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan()),
            _ => self.strict_equal(left, right),
        }
    }

    /// SameValueZero: keys of Map and Set, `includes`.
    pub fn same_value_zero(&self, left: Word, right: Word) -> bool {
        if left == right || !left.is_ref() && !right.is_ref() {
            return left == right;
        }
        if self.is_string(left) && self.is_string(right) {
            return self.strings_equal(left, right);
        }
        match (self.as_number(left), self.as_number(right)) {
            (Some(x), Some(y)) => x == y || (x.is_nan() && y.is_nan()),
            _ => self.strict_equal(left, right),
        }
    }

    fn is_nan(&self, word: Word) -> bool {
        word.is_ref() && self.as_number(word).is_some_and(f64::is_nan)
    }

    /// `==`; none if one side is an object that must be made primitive.
    pub(super) fn loosely_equal(&mut self, left: Word, right: Word) -> Completion<Option<bool>> {
        let nullish = |word: Word| word == UNDEFINED || word == NULL;
        if nullish(left) || nullish(right) {
            return Ok(Some(nullish(left) && nullish(right)));
        }
        match (self.is_object(left), self.is_object(right)) {
            (true, true) => return Ok(Some(left == right)),
            (true, false) | (false, true) => return Ok(None),
            (false, false) => {}
        }
        let symbol = |vm: &Self, word| vm.kind(word) == Some(value::SYMBOL);
        if symbol(self, left) || symbol(self, right) {
            return Ok(Some(left == right));
        }
        if self.is_string(left) && self.is_string(right) {
            return Ok(Some(self.strings_equal(left, right)));
        }
        if self.any_bigint(left, right) {
            return Ok(Some(self.compare_bigint(left, right)? == Some(std::cmp::Ordering::Equal)));
        }
        let (x, y) = (self.to_number_primitive(left)?, self.to_number_primitive(right)?);
        Ok(Some(x == y))
    }
}
