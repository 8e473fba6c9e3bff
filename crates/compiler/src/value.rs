//! The values that code names without the heap: immediates.

use semispace_heap::Word;

/// `undefined`
pub const UNDEFINED: Word = Word::immediate(1);
/// `null`
pub const NULL: Word = Word::immediate(2);
/// `false`
pub const FALSE: Word = Word::immediate(3);
/// `true`
pub const TRUE: Word = Word::immediate(4);
/// A hole in an array, or nothing found.
pub const HOLE: Word = Word::immediate(5);
/// A `let` before its declaration has run; `this` before `super()`.
pub const UNINITIALISED: Word = Word::immediate(6);

/// A boolean as a word.
#[inline(always)]
pub const fn boolean(value: bool) -> Word {
    if value { TRUE } else { FALSE }
}
