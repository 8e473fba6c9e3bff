//! Tagged words: what a slot of a heap object holds.

use std::fmt;

/// Tag of a reference in the low two bits of a word.
const TAG_REF: u64 = 0b01;
/// Tag of an immediate in the low two bits of a word.
const TAG_IMMEDIATE: u64 = 0b10;
const TAG_MASK: u64 = 0b11;

/// Address of an object: offset in words from the start of the cage. Offset 0 is never an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ref(u32);

impl Ref {
    /// The reference to the object at `offset` words from the start of the cage.
    #[inline(always)]
    #[must_use]
    pub const fn new(offset: u32) -> Self {
        Ref(offset)
    }

    /// Offset in words from the start of the cage.
    #[inline(always)]
    #[must_use]
    pub const fn offset(self) -> u32 {
        self.0
    }

    #[inline(always)]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Ref {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{:#x}", self.0)
    }
}

/// A tagged 64-bit word: a small integer, a reference or an immediate.
///
/// The low two bits are the tag: `00` small integer, `01` reference, `10` immediate, `11` reserved. The payload
/// sits in the upper 32 bits, so that a small integer is tested, added and compared on the whole word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word(u64);

impl Word {
    /// What the collector writes into a weak slot whose target died: immediate 0.
    pub const CLEARED: Word = Word::immediate(0);
    /// The small integer 0, which is also the all-zero word.
    pub const ZERO: Word = Word::smi(0);

    /// The word with these bits. Bits with the reserved tag `11` are neither integer, reference nor immediate.
    #[inline(always)]
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Word(bits)
    }

    /// All 64 bits.
    #[inline(always)]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// A small integer; its low 32 bits are zero.
    #[inline(always)]
    #[must_use]
    pub const fn smi(value: i32) -> Self {
        Word((value as u32 as u64) << 32)
    }

    /// A reference to an object.
    #[inline(always)]
    #[must_use]
    pub const fn reference(r: Ref) -> Self {
        Word(((r.0 as u64) << 32) | TAG_REF)
    }

    /// An immediate of the client; number 0 is [`Word::CLEARED`].
    #[inline(always)]
    #[must_use]
    pub const fn immediate(n: u32) -> Self {
        Word(((n as u64) << 32) | TAG_IMMEDIATE)
    }

    /// Is it a small integer?
    #[inline(always)]
    #[must_use]
    pub const fn is_smi(self) -> bool {
        self.0 & TAG_MASK == 0
    }

    /// The small integer, if it is one.
    #[inline(always)]
    #[must_use]
    pub const fn as_smi(self) -> Option<i32> {
        if self.is_smi() { Some((self.0 >> 32) as u32 as i32) } else { None }
    }

    /// Is it a reference?
    #[inline(always)]
    #[must_use]
    pub const fn is_ref(self) -> bool {
        self.0 & TAG_MASK == TAG_REF
    }

    /// The reference, if it is one.
    #[inline(always)]
    #[must_use]
    pub const fn as_ref(self) -> Option<Ref> {
        if self.is_ref() { Some(Ref((self.0 >> 32) as u32)) } else { None }
    }

    /// Is it an immediate?
    #[inline(always)]
    #[must_use]
    pub const fn is_immediate(self) -> bool {
        self.0 & TAG_MASK == TAG_IMMEDIATE
    }

    /// The immediate's number, if it is one.
    #[inline(always)]
    #[must_use]
    pub const fn as_immediate(self) -> Option<u32> {
        if self.is_immediate() { Some((self.0 >> 32) as u32) } else { None }
    }

    /// The upper 32 bits, whatever the tag says.
    #[inline(always)]
    #[must_use]
    pub const fn payload(self) -> u32 {
        (self.0 >> 32) as u32
    }
}

impl From<Ref> for Word {
    #[inline(always)]
    fn from(r: Ref) -> Self {
        Word::reference(r)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.as_smi(), self.as_ref(), self.as_immediate()) {
            (Some(n), _, _) => write!(f, "{n}"),
            (_, Some(r), _) => write!(f, "{r:?}"),
            (_, _, Some(n)) => write!(f, "#{n}"),
            _ => write!(f, "raw {:#x}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tag_reads_back_as_itself_only() {
        let words = [Word::smi(-7), Word::reference(Ref::new(9)), Word::immediate(3)];
        assert_eq!(words.map(Word::as_smi), [Some(-7), None, None]);
        assert_eq!(words.map(Word::as_ref), [None, Some(Ref::new(9)), None]);
        assert_eq!(words.map(Word::as_immediate), [None, None, Some(3)]);
    }

    #[test]
    fn a_small_integer_is_added_on_the_whole_word() {
        let sum = Word::smi(i32::MIN).bits().wrapping_add(Word::smi(5).bits());
        assert_eq!(Word::from_bits(sum), Word::smi(i32::MIN + 5));
        assert!((Word::smi(i32::MAX).bits() as i64).checked_add(Word::smi(1).bits() as i64).is_none());
    }
}
