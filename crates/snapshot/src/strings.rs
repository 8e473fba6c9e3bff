//! The strings of a snapshot: one buffer and where each ends.

use crate::graph::StringIndex;

/// Strings by number.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    /// Valid UTF-8, also between any two ends.
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// A string; the empty one for a number that there is not.
    #[must_use]
    pub fn get(&self, index: StringIndex) -> &str {
        let at = index.0 as usize;
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All of them in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len() as u32).map(|index| self.get(StringIndex(index)))
    }

    /// Adds a string, equal to another or not.
    pub(crate) fn push(&mut self, text: &str) -> StringIndex {
        self.text.push_str(text);
        self.end()
    }

    /// Adds to the string that [`Strings::end`] will end.
    pub(crate) fn extend(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Ends the string begun.
    pub(crate) fn end(&mut self) -> StringIndex {
        self.ends.push(self.text.len());
        StringIndex(self.ends.len() as u32 - 1)
    }

    pub(crate) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
