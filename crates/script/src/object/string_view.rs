//! A string's characters where they lie: no copy is made to look at them.

use std::cmp::Ordering;
use std::ops::Range;

use semispace_heap::{Ref, Word};

use super::string::CHARACTERS;
use crate::value;
use crate::vm::{MachineHeap, Vm};

const LOW_BITS: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;

/// The characters of a string that lies in one piece.
#[derive(Clone, Copy)]
pub(crate) struct StringView<'h> {
    words: &'h [u64],
    start: usize,
    length: usize,
    one_byte: bool,
}

impl Vm {
    /// The characters, unless the string is a concatenation that nobody has flattened yet.
    pub(crate) fn view(&self, string: Word) -> Option<StringView<'_>> {
        StringView::of(&self.heap, string)
    }
}

impl<'h> StringView<'h> {
    /// The characters of a string, unless it is a concatenation that nobody has flattened yet. None of any other value.
    pub(crate) fn of(heap: &'h MachineHeap, string: Word) -> Option<Self> {
        let (object, place) = place_of(heap, string)?;
        let words = &heap.words(object)[CHARACTERS as usize - 1..];
        let one_byte = heap.header(object).kind() == value::ONE_BYTE_STRING;
        Some(Self { words, start: place.start, length: place.len(), one_byte })
    }
}

/// The object that has the characters of a string, and which of its characters these are. None of a concatenation that nobody
/// has flattened yet, and of any other value.
pub(crate) fn place_of(heap: &MachineHeap, string: Word) -> Option<(Ref, Range<usize>)> {
    let mut object = string.as_ref()?;
    let length = (heap.raw(object, 1) >> 32) as usize;
    let mut start = 0;
    loop {
        match heap.header(object).kind() {
            value::ONE_BYTE_STRING | value::TWO_BYTE_STRING => {
                return Some((object, start..start + length));
            }
            value::SLICED_STRING => start += heap.get(object, 3).payload() as usize,
            value::CONS_STRING if !is_empty(heap, heap.get(object, 3)) => return None,
            value::CONS_STRING | value::THIN_STRING => {}
            _ => return None,
        }
        object = heap.get(object, 2).as_ref()?;
    }
}

fn is_empty(heap: &MachineHeap, string: Word) -> bool {
    string.as_ref().is_none_or(|string| heap.raw(string, 1) >> 32 == 0)
}

impl StringView<'_> {
    /// How many code units there are.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Whether every character is stored in one byte.
    #[inline]
    pub(crate) fn is_one_byte(&self) -> bool {
        self.one_byte
    }

    /// Whether every character is one of ASCII.
    pub(crate) fn is_ascii(&self) -> bool {
        self.one_byte && self.units().all(|unit| unit < 128)
    }

    /// The code unit at an index, which must be in range.
    #[inline(always)]
    pub(crate) fn unit(&self, index: usize) -> u16 {
        let at = self.start + index;
        if self.one_byte {
            (self.words[at / 8] >> (at % 8 * 8)) as u8 as u16
        } else {
            (self.words[at / 4] >> (at % 4 * 16)) as u16
        }
    }

    /// The characters of a text of at most sixteen, one byte each, in two words with zeros behind them.
    pub(crate) fn short(&self) -> Option<[u64; 2]> {
        if !self.one_byte || self.length > 16 {
            return None;
        }
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let (at, shift) = (self.start / 8, self.start % 8 * 8);
        // In two steps, for a shift by all 64 bits is none.
        let aligned = |at: usize| word(at) >> shift | word(at + 1) << 1 << (63 - shift);
        let kept =
            |word: u64, length: usize| if length >= 8 { word } else { word & !(u64::MAX << (length * 8)) };
        Some([kept(aligned(at), self.length), kept(aligned(at + 1), self.length.saturating_sub(8))])
    }

    /// All code units.
    pub(crate) fn units(&self) -> impl Iterator<Item = u16> + Clone {
        (0..self.length).map(|index| self.unit(index))
    }

    /// Appends all code units.
    pub(crate) fn append_to(&self, units: &mut Vec<u16>) {
        let per_word = if self.one_byte { 8 } else { 4 };
        let end = units.len() + self.length;
        let head = (self.start.next_multiple_of(per_word) - self.start).min(self.length);
        units.extend((0..head).map(|index| self.unit(index)));
        let words = (self.start + head) / per_word..(self.start + self.length).div_ceil(per_word);
        if head < self.length {
            let words = &self.words[words];
            let at = units.len();
            units.resize(at + words.len() * per_word, 0);
            let places = units[at..].chunks_exact_mut(per_word);
            if self.one_byte {
                places
                    .zip(words)
                    .for_each(|(place, word)| place.copy_from_slice(&word.to_le_bytes().map(u16::from)));
            } else {
                let parts = |word: u64| [0, 16, 32, 48].map(|shift| (word >> shift) as u16);
                places.zip(words).for_each(|(place, &word)| place.copy_from_slice(&parts(word)));
            }
        }
        units.truncate(end);
    }

    /// Appends all characters of a string of one byte a character.
    pub(crate) fn append_bytes_to(&self, bytes: &mut Vec<u8>) {
        let end = bytes.len() + self.length;
        let head = (self.start.next_multiple_of(8) - self.start).min(self.length);
        bytes.extend((0..head).map(|index| self.unit(index) as u8));
        if head < self.length {
            let words = &self.words[(self.start + head) / 8..(self.start + self.length).div_ceil(8)];
            let at = bytes.len();
            bytes.resize(at + words.len() * 8, 0);
            let places = bytes[at..].chunks_exact_mut(8);
            places.zip(words).for_each(|(place, word)| place.copy_from_slice(&word.to_le_bytes()));
        }
        bytes.truncate(end);
    }

    /// Whole words that both strings have and that can be compared as such.
    fn common_words(&self, other: &Self) -> usize {
        let aligned =
            self.one_byte && other.one_byte && self.start.is_multiple_of(8) && other.start.is_multiple_of(8);
        if aligned { self.length.min(other.length) / 8 } else { 0 }
    }

    fn whole_words(&self, count: usize) -> &[u64] {
        &self.words[self.start / 8..self.start / 8 + count]
    }

    /// Order by code units.
    pub(crate) fn compare(&self, other: &Self) -> Ordering {
        let words = self.common_words(other);
        let pairs = self.whole_words(words).iter().zip(other.whole_words(words));
        if let Some((x, y)) = pairs.into_iter().find(|(x, y)| x != y) {
            return x.swap_bytes().cmp(&y.swap_bytes());
        }
        let rest = words * 8..self.length.min(other.length);
        let differ = rest.map(|index| self.unit(index).cmp(&other.unit(index))).find(|order| order.is_ne());
        differ.unwrap_or(self.length.cmp(&other.length))
    }

    /// Whether both have the same characters.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        let words = self.common_words(other);
        self.length == other.length
            && self.whole_words(words) == other.whole_words(words)
            && (words * 8..self.length).all(|index| self.unit(index) == other.unit(index))
    }

    /// Whether the characters from an index on begin with a pattern.
    pub(crate) fn has_at(&self, index: usize, pattern: &Self) -> bool {
        index + pattern.length <= self.length
            && (0..pattern.length).all(|at| self.unit(index + at) == pattern.unit(at))
    }

    /// Where the pattern begins at or after `from`.
    pub(crate) fn find(&self, pattern: &Self, from: usize) -> Option<usize> {
        if pattern.length == 0 {
            return (from <= self.length).then_some(from);
        }
        let first = pattern.unit(0);
        let mut at = from;
        while at + pattern.length <= self.length {
            at = self.find_unit(first, at)?;
            if self.has_at(at, pattern) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// Where a code unit is at or after `from`.
    pub(crate) fn find_unit(&self, unit: u16, from: usize) -> Option<usize> {
        let Ok(byte) = u8::try_from(unit) else {
            let wide = !self.one_byte;
            return (from..self.length).filter(|_| wide).find(|&at| self.unit(at) == unit);
        };
        if !self.one_byte {
            return (from..self.length).find(|&at| self.unit(at) == unit);
        }
        // Eight characters at a time: the lowest byte that becomes zero tells the place (Mycroft's test).
        let sought = LOW_BITS * u64::from(byte);
        let mut at = from;
        while at < self.length {
            let place = self.start + at;
            if !place.is_multiple_of(8) || self.length - at < 8 {
                if self.unit(at) == unit {
                    return Some(at);
                }
                at += 1;
                continue;
            }
            let differs = self.words[place / 8] ^ sought;
            let zeros = differs.wrapping_sub(LOW_BITS) & !differs & HIGH_BITS;
            if zeros != 0 {
                return Some(at + zeros.trailing_zeros() as usize / 8);
            }
            at += 8;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(words: &[u64], start: usize, length: usize) -> StringView<'_> {
        StringView { words, start, length, one_byte: true }
    }

    fn words(text: &str) -> Vec<u64> {
        text.as_bytes()
            .chunks(8)
            .map(|chunk| chunk.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)))
            .collect()
    }

    #[test]
    fn finding_agrees_with_the_standard_library() {
        let text = "the cat sat on the mat, and then the theatre";
        let packed = words(text);
        for start in 0..12 {
            let slice = view(&packed, start, text.len() - start);
            for pattern in ["the", "t", "theatre", "", "zebra", "e"] {
                let packed_pattern = words(pattern);
                let sought = view(&packed_pattern, 0, pattern.len());
                assert_eq!(slice.find(&sought, 0), text[start..].find(pattern), "{pattern} from {start}");
            }
        }
    }

    #[test]
    fn a_short_text_is_two_words() {
        let packed = words("0123456789abcdefghijklmnopqrstuv");
        for start in 0..12 {
            for length in 0..=16 {
                let text = &"0123456789abcdefghijklmnopqrstuv"[start..start + length];
                let mut expected = words(text);
                expected.resize(2, 0);
                assert_eq!(view(&packed, start, length).short(), expected.try_into().ok(), "{text}");
            }
        }
        assert_eq!(view(&packed, 0, 17).short(), None);
    }

    #[test]
    fn order_and_copies_agree_with_the_standard_library() {
        let texts = ["", "a", "a\0", "abcdefgh", "abcdefghi", "abcdefgi", "abcdefg\u{e9}"];
        for left in texts {
            for right in texts {
                let latin = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
                let pack = |bytes: &[u8]| {
                    let mut padded = bytes.to_vec();
                    padded.resize(bytes.len().next_multiple_of(8), 0);
                    padded
                        .chunks(8)
                        .map(|c| c.iter().rev().fold(0, |w, &b| w << 8 | u64::from(b)))
                        .collect::<Vec<u64>>()
                };
                let (x, y) = (latin(left), latin(right));
                let (px, py) = (pack(&x), pack(&y));
                let (vx, vy) = (view(&px, 0, x.len()), view(&py, 0, y.len()));
                assert_eq!(vx.compare(&vy), x.cmp(&y), "{left:?} {right:?}");
                assert_eq!(vx.equals(&vy), x == y);
                let (mut bytes, mut units) = (Vec::new(), Vec::new());
                vx.append_bytes_to(&mut bytes);
                vx.append_to(&mut units);
                assert_eq!(bytes, x);
                assert_eq!(units, x.iter().map(|&b| u16::from(b)).collect::<Vec<u16>>());
            }
        }
    }
}
