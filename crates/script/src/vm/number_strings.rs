//! The strings of numbers, remembered: V8's number-string cache (`Factory::NumberToStringCacheSet`).
//!
//! A FixedArray of old space holds pairs of a number and its string, at a place that the number's bits tell. It is emptied by
//! each full collection. So a number that is written again and again makes one string, which is old from the first if the
//! number is no whole one. V8's table starts small and grows to its full size at the first collision; in Node that has
//! happened before a script begins.

use semispace_heap::{OutOfMemory, Ref, Word};

use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, UNDEFINED, shapes};
use crate::vm::roots::Handle;
use crate::vm::{Abrupt, Completion, Vm};

/// Pairs of the table, at least (V8: twice `kInitialNumberStringCacheSize`).
const LEAST_PAIRS: u64 = 512;
/// Pairs of the table, at most; a small new space has fewer (V8: `Heap::MaxNumberToStringCacheSize`).
const MOST_PAIRS: u64 = 0x4000;

impl Vm {
    /// The string of a number.
    pub(crate) fn number_string(&mut self, word: Word, number: f64) -> Completion<Word> {
        if self.bootstrapping {
            return self.string(ryu_js::Buffer::new().format(number));
        }
        let mark = self.roots.handle_mark();
        let kept = self.handle(value::small_integer(number).unwrap_or(word));
        let text = self.remembered(kept, number);
        self.roots.release_handles(mark);
        text
    }

    fn remembered(&mut self, word: Handle, number: f64) -> Completion<Word> {
        let table = self.number_strings()?;
        let pairs = self.heap.get(table, FIXED_LENGTH).payload() / 2;
        let slot = FIXED_SLOTS + 2 * (hash(self.at(word), number) & (pairs - 1));
        let key = self.heap.get(table, slot);
        if key != UNDEFINED && self.as_number(key) == Some(number) {
            return Ok(self.heap.get(table, slot + 1));
        }
        let text = match self.at(word).as_smi() {
            Some(small) => self.string(&small.to_string()),
            None => self.old_string(ryu_js::Buffer::new().format(number)),
        }?;
        let text = self.handle(text);
        if let Some(table) = self.roots.number_strings.as_ref() {
            self.heap.set(table, slot, self.at(word));
            self.heap.set(table, slot + 1, self.at(text));
        }
        Ok(self.at(text))
    }

    fn number_strings(&mut self) -> Result<Ref, Abrupt> {
        match self.roots.number_strings.as_ref() {
            Some(table) => Ok(table),
            None => self.new_number_strings().map_err(Abrupt::OutOfMemory),
        }
    }

    /// Makes the table.
    pub(super) fn new_number_strings(&mut self) -> Result<Ref, OutOfMemory> {
        let slots = 2 * (self.heap.config().semi_space_max / 512).clamp(LEAST_PAIRS, MOST_PAIRS) as u32;
        let words = FIXED_SLOTS + slots;
        let table = self.heap.allocate_old(&mut self.roots, value::FIXED_ARRAY, shapes::INTERNAL, words)?;
        self.heap.init(table, FIXED_LENGTH, Word::smi(slots as i32));
        self.heap.fill_slots(table, FIXED_SLOTS..words, UNDEFINED);
        self.roots.number_strings = Word::reference(table);
        self.roots.number_strings_slots = slots;
        Ok(table)
    }
}

/// V8: `Factory::NumberToStringCacheHash`.
fn hash(word: Word, number: f64) -> u32 {
    match word.as_smi() {
        Some(small) => small as u32,
        None => {
            let bits = number.to_bits();
            bits as u32 ^ (bits >> 32) as u32
        }
    }
}
