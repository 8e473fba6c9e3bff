//! Text as V8's builtins build it (`IncrementalStringBuilder`): parts of twice the length each, joined by concatenations.

use semispace_heap::Word;

use crate::value::{self, shapes};
use crate::vm::{Completion, Intrinsic, Vm};

/// Characters of the first part, and of the longest.
const FIRST_PART: usize = 32;
const LONGEST_PART: usize = 16 * 1024;

/// Words of a string of so many ASCII characters.
const fn words_for(length: usize) -> u32 {
    2 + length.div_ceil(8) as u32
}

impl Vm {
    /// The string of a text that has been built. Text that is not ASCII is in one piece.
    pub(crate) fn built_string(&mut self, text: &str) -> Completion<Word> {
        if !text.is_ascii() {
            return self.string(text);
        }
        let mark = self.roots.handle_mark();
        let built = self.handle(self.intrinsic(Intrinsic::EmptyString));
        let mut rest = text;
        let mut size = FIRST_PART;
        loop {
            // A part that is full is followed by another, even if nothing is left.
            let (piece, after) = rest.split_at(rest.len().min(size));
            let part = self.string(piece)?;
            let whole = self.concat(self.at(built), part)?;
            self.roots.set(built, whole);
            if piece.len() < size {
                // Strings of one character and none are there already.
                let kept = if piece.len() > 1 { words_for(piece.len()) } else { 0 };
                self.waste(words_for(size) - kept)?;
                break;
            }
            (rest, size) = (after, LONGEST_PART.min(size * 2));
        }
        let whole = self.at(built);
        self.roots.release_handles(mark);
        Ok(whole)
    }

    /// What was cut off the last part.
    fn waste(&mut self, words: u32) -> Completion {
        if words >= 2 {
            self.allocate(value::FIXED_ARRAY, shapes::INTERNAL, words)?;
        }
        Ok(())
    }
}
