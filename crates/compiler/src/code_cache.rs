//! Compiled scripts as bytes (V8: `CodeSerializer`): what an engine begins with is compiled when the engine is built.
//!
//! Places in the source, statements and the names of variables in registers are not kept. Instead of its bytes in the source a function has the
//! numbers of the functions in it, itself the first.

use crate::bytecode::{FunctionCode, Script};

/// The script as bytes.
///
/// # Errors
/// None that a compiled script can cause.
pub fn serialize(script: &Script) -> postcard::Result<Vec<u8>> {
    let mut numbered = script.clone();
    for (number, function) in numbered.functions.iter_mut().enumerate() {
        let (start, end) = function.span;
        let is_inside = |other: &&FunctionCode| start <= other.span.0 && other.span.1 <= end;
        let inside = script.functions[number + 1..].iter().take_while(is_inside).count();
        function.span = (number as u32, (number + inside) as u32);
    }
    postcard::to_allocvec(&numbered)
}

/// The script of these bytes.
///
/// # Errors
/// Bytes that [`serialize`] has not made.
pub fn deserialize(bytes: &[u8]) -> postcard::Result<Script> {
    let mut script: Script = postcard::from_bytes(bytes)?;
    for (number, function) in script.functions.iter_mut().enumerate() {
        function.span = (number as u32, number as u32 + function.span.1);
    }
    Ok(script)
}

/// Instructions: first words as they are, and extensions as differences from what would follow the last of their sort, which
/// they mostly are.
pub(crate) mod instructions {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::bytecode::{Extension, OPERATIONS};

    #[derive(Serialize, Deserialize)]
    struct Instructions<'a> {
        words: &'a [u8],
        extensions: Vec<i32>,
    }

    /// The extension that is expected next, of each sort of those that are counted.
    #[derive(Default)]
    struct Expected([u32; 7]);

    impl Expected {
        /// What is expected behind this first word, if anything stands behind it.
        fn of(&self, word: u32) -> Option<(Extension, u32)> {
            match OPERATIONS.get(usize::from(word as u8))?.1 {
                Extension::None => None,
                sort => Some((sort, self.0[sort as usize])),
            }
        }

        fn was(&mut self, sort: Extension, extension: u32) {
            if !matches!(sort, Extension::Jump | Extension::Number) {
                self.0[sort as usize] = extension.wrapping_add(1);
            }
        }
    }

    pub(crate) fn serialize<S: Serializer>(code: &[u32], to: S) -> Result<S::Ok, S::Error> {
        let mut next = Expected::default();
        let (mut words, mut extensions) = (Vec::new(), Vec::new());
        let mut code = code.iter();
        while let Some(&word) = code.next() {
            words.extend(word.to_le_bytes());
            if let Some((sort, expected)) = next.of(word)
                && let Some(&extension) = code.next()
            {
                extensions.push(extension.wrapping_sub(expected) as i32);
                next.was(sort, extension);
            }
        }
        Instructions { words: &words, extensions }.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u32>, D::Error> {
        let Instructions { words, extensions } = Instructions::deserialize(from)?;
        let mut next = Expected::default();
        let mut extensions = extensions.into_iter();
        let mut code = Vec::with_capacity(words.len() / 2);
        for &word in words.as_chunks().0 {
            let word = u32::from_le_bytes(word);
            code.push(word);
            if let Some((sort, expected)) = next.of(word)
                && let Some(difference) = extensions.next()
            {
                let extension = expected.wrapping_add_signed(difference);
                code.push(extension);
                next.was(sort, extension);
            }
        }
        Ok(code)
    }
}

/// Registers in use, as differences from one change to the next.
pub(crate) mod heights {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(heights: &[(u32, u16)], to: S) -> Result<S::Ok, S::Error> {
        let mut last = (0, 0);
        let differences = heights.iter().map(|&(word, height)| {
            let before = std::mem::replace(&mut last, (word, height));
            (word.wrapping_sub(before.0), height.wrapping_sub(before.1) as i16)
        });
        differences.collect::<Vec<_>>().serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<(u32, u16)>, D::Error> {
        let mut heights = Vec::<(u32, i16)>::deserialize(from)?.into_iter();
        let mut last = (0_u32, 0_u16);
        let sums = heights.by_ref().map(|(words, height)| {
            last = (last.0.wrapping_add(words), last.1.wrapping_add_signed(height));
            last
        });
        Ok(sums.collect())
    }
}

/// How much is in a function.
pub(crate) mod inside {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(&(first, last): &(u32, u32), to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(last.wrapping_sub(first))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<(u32, u32), D::Error> {
        u32::deserialize(from).map(|inside| (0, inside))
    }
}

/// A word of the heap by its bits.
pub(crate) mod word {
    use semispace_heap::Word;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(word: &Word, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(word.bits())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
        u64::deserialize(from).map(Word::from_bits)
    }
}

#[cfg(test)]
mod tests {
    use super::{deserialize, serialize};
    use crate::compile;

    #[test]
    fn a_script_comes_back_as_it_was() {
        let source = "'use strict';
            const limit = 2.5, big = 10n, all = [1, 'two', , 3.5];
            class Stack { #items = []; push(item) { this.#items.push(item); return this; } get size() { return this.#items.length; } }
            function* numbers(from, to = 9) { for (let n = from; n < to; n++) yield n; }
            outer: for (const n of numbers(1)) { try { if (n > limit) continue outer; } catch { break; } finally { all.push({ n, next: { n } }); } }
            const tag = (parts, ...values) => parts.raw[0] + values.map((value) => `${value}`).join(`-`);
            tag`a${1}b`; new Stack().push(...all)?.size; /x+/gi.test(`xx`);";
        let script = compile(source).unwrap();
        let again = deserialize(&serialize(&script).unwrap()).unwrap();
        assert_eq!(again.globals, script.globals);
        assert_eq!(again.functions.len(), script.functions.len());
        for (again, function) in again.functions.iter().zip(&script.functions) {
            let mut expected = function.clone();
            expected.positions.clear();
            expected.statements.clear();
            expected.variables.clear();
            expected.span = again.span;
            assert_eq!(format!("{again:?}"), format!("{expected:?}"));
        }
    }

    #[test]
    fn instead_of_its_place_a_function_knows_what_is_in_it() {
        // Functions that are hoisted come first.
        let script =
            compile("(() => 0)(); function a() { function b() { return () => 1 } return b } function c() {}")
                .unwrap();
        let again = deserialize(&serialize(&script).unwrap()).unwrap();
        let spans: Vec<_> = again.functions.iter().map(|function| function.span).collect();
        assert_eq!(spans, [(0, 5), (1, 3), (2, 3), (3, 3), (4, 4), (5, 5)]);
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = serialize(&compile("const a = {}; console.log(a)").unwrap()).unwrap();
        assert!(deserialize(&bytes[..bytes.len() - 1]).is_err());
        assert!(deserialize(&[]).is_err());
    }
}
