//! Compiled scripts as bytes (V8: `CodeSerializer`): what an engine begins with is compiled when the engine is built.
//!
//! Places in the source, statements and the names of variables in registers are not kept. Instead of its bytes in the source a function has the
//! numbers of the functions in it, itself the first.
//!
//! The bytes are to be few when they are compressed, so that what recurs should look the same: an instruction's registers are
//! counted from the end of those in use, and what stands behind it is a difference from what would follow the last of its sort, which it
//! mostly is.

use crate::bytecode::{Extension, FunctionCode, OPERATIONS, Script, encode};

/// The script as bytes.
///
/// # Errors
/// None that a compiled script can cause.
pub fn serialize(script: &Script) -> postcard::Result<Vec<u8>> {
    let mut numbered = script.clone();
    let mut instructions = Vec::new();
    for (number, function) in numbered.functions.iter_mut().enumerate() {
        let behind = &script.functions[number + 1..];
        let inside = behind.iter().take_while(|other| function.contains(other)).count();
        function.span = (number as u32, (number + inside) as u32);
        write_instructions(function, &mut instructions);
    }
    postcard::to_allocvec(&(numbered, &instructions[..]))
}

/// The script of these bytes.
///
/// # Errors
/// Bytes that [`serialize`] has not made.
pub fn deserialize(bytes: &[u8]) -> postcard::Result<Script> {
    let (mut script, mut instructions): (Script, &[u8]) = postcard::from_bytes(bytes)?;
    for (number, function) in script.functions.iter_mut().enumerate() {
        function.span = (number as u32, number as u32 + function.span.1);
        read_instructions(&mut instructions, function).ok_or(postcard::Error::DeserializeUnexpectedEnd)?;
    }
    Ok(script)
}

/// The extension that is expected next, of each sort of those that are counted.
#[derive(Default)]
struct Expected([u32; 7]);

impl Expected {
    /// What is expected behind an operation, if anything stands behind it.
    fn of(&self, op: u8) -> Option<(Extension, u32)> {
        match OPERATIONS.get(usize::from(op))?.1 {
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

/// For each instruction: by how much more registers are in use than before, the first word, and the extension. The number of words comes
/// first.
fn write_instructions(function: &FunctionCode, to: &mut Vec<u8>) {
    let mut next = Expected::default();
    let mut changes = function.heights.iter().peekable();
    let (mut height, mut pc) = (0, 0);
    write_number(function.code.len() as i32, to);
    while pc < function.code.len() {
        let before = height;
        while let Some(&(_, changed)) = changes.next_if(|&&(word, _)| word as usize <= pc) {
            height = changed;
        }
        write_number(i32::from(height) - i32::from(before), to);
        let [op, a, b, c] = function.code[pc].to_le_bytes();
        to.extend([op, from_end(height, a), operand(height, b), operand(height, c)]);
        pc += 1;
        if let Some((sort, expected)) = next.of(op)
            && let Some(&extension) = function.code.get(pc)
        {
            write_number(extension.wrapping_sub(expected) as i32, to);
            next.was(sort, extension);
            pc += 1;
        }
    }
}

/// None: the bytes end too early.
fn read_instructions(from: &mut &[u8], function: &mut FunctionCode) -> Option<()> {
    let mut next = Expected::default();
    let (mut height, words) = (0_u16, read_number(from)? as u32 as usize);
    while function.code.len() < words {
        let change = read_number(from)?;
        if change != 0 {
            height = height.wrapping_add_signed(change as i16);
            function.heights.push((function.code.len() as u32, height));
        }
        let &[op, a, b, c] = from.split_off(..4)?.as_array()?;
        function.code.push(encode(op, from_end(height, a), operand(height, b), operand(height, c)));
        if let Some((sort, expected)) = next.of(op)
            && function.code.len() < words
        {
            let extension = expected.wrapping_add_signed(read_number(from)?);
            function.code.push(extension);
            next.was(sort, extension);
        }
    }
    Some(())
}

/// A register counted from the end of those in use, or from the beginning again.
const fn from_end(height: u16, register: u8) -> u8 {
    (height as u8).wrapping_sub(register)
}

/// Registers at the beginning of every window, which are not counted from its end.
const FIXED: u8 = 3;

/// The same of an operand that may be one of these. It is its own inverse.
const fn operand(height: u16, operand: u8) -> u8 {
    if operand < FIXED {
        return operand;
    }
    let others = u8::MAX - FIXED + 1;
    let (end, place) = (height as u8 % others, operand - FIXED);
    let from_end = if place <= end { end - place } else { others - (place - end) };
    FIXED + from_end
}

/// Seven bits a byte, the lowest first; the sign is the lowest of all.
fn write_number(number: i32, to: &mut Vec<u8>) {
    let mut left = (number << 1 ^ number >> 31) as u32;
    while left >= 0x80 {
        to.push(left as u8 | 0x80);
        left >>= 7;
    }
    to.push(left as u8);
}

fn read_number(from: &mut &[u8]) -> Option<i32> {
    let mut bits = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let byte = *from.split_off_first()?;
        bits |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some((bits >> 1) as i32 ^ -((bits & 1) as i32));
        }
    }
    None
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
    use super::{deserialize, operand, serialize};
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
    fn operands_come_back_whatever_is_in_use() {
        for height in 0..=0x1FF {
            for byte in 0..=u8::MAX {
                assert_eq!(operand(height, operand(height, byte)), byte);
            }
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        let bytes = serialize(&compile("const a = {}; console.log(a)").unwrap()).unwrap();
        assert!(deserialize(&bytes[..bytes.len() - 1]).is_err());
        assert!(deserialize(&[]).is_err());
    }
}
