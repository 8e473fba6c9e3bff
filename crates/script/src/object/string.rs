//! Strings: flat ones of one or two bytes a character, concatenations, slices; and interning.
//!
//! The second word of every string is `length (upper 32) | hash or atom (lower 32)`; bit 31 says that the atom is known,
//! bit 30 that the hash is. Concatenations and slices have the length only.

use std::cmp::Ordering;

use semispace_heap::{Ref, Word};

use super::property::Key;
use super::string_view::StringView;
use crate::atoms::{Atom, SymbolSort, hash_units};
use crate::value::{self, FIXED_SLOTS, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::{Abrupt, Intrinsic, MachineHeap, Vm};

const KNOWN_ATOM: u32 = 1 << 31;
const KNOWN_HASH: u32 = 1 << 30;
/// Concatenations shorter than this are copied (V8: ConsString::kMinLength).
pub(crate) const MIN_CONS: u32 = 13;
/// Slices shorter than this are copied (V8: SlicedString::kMinLength).
const MIN_SLICE: u32 = 13;
/// The longest string (V8: String::kMaxLength on 64 bits).
pub const MAX_LENGTH: u32 = (1 << 29) - 24;
/// First word of the characters.
pub(crate) const CHARACTERS: u32 = 2;

impl Vm {
    /// Length in UTF-16 code units.
    #[inline]
    pub fn string_length(&self, word: Word) -> u32 {
        word.as_ref().map_or(0, |string| (self.heap.raw(string, 1) >> 32) as u32)
    }

    /// A string from text.
    pub fn string(&mut self, text: &str) -> Completion<Word> {
        if text.is_ascii() {
            return self.one_byte_string(text.as_bytes());
        }
        let mut bytes = Vec::with_capacity(text.len());
        let is_latin1 = text.chars().all(|c| {
            u8::try_from(c).is_ok_and(|byte| {
                bytes.push(byte);
                true
            })
        });
        if is_latin1 {
            return self.one_byte_string(&bytes);
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        self.string_from_units(&units)
    }

    /// A string from UTF-16 code units; one byte a character where all fit.
    pub fn string_from_units(&mut self, units: &[u16]) -> Completion<Word> {
        if units.iter().all(|&unit| unit < 256) {
            return self.packed_string(units, |unit| unit as u8);
        }
        let length = units.len() as u32;
        self.check_length(u64::from(length))?;
        let string =
            self.allocate(value::TWO_BYTE_STRING, shapes::STRING, CHARACTERS + length.div_ceil(4))?;
        self.heap.set_raw(string, 1, u64::from(length) << 32);
        let body = self.heap.words_mut(string);
        for (word, chunk) in body[1..].iter_mut().zip(units.chunks(4)) {
            *word = chunk.iter().rev().fold(0, |bits, &unit| bits << 16 | u64::from(unit));
        }
        Ok(Word::reference(string))
    }

    /// A string of Latin-1 characters.
    pub fn one_byte_string(&mut self, bytes: &[u8]) -> Completion<Word> {
        self.packed_string(bytes, u8::from)
    }

    /// The same, another one each time.
    pub(crate) fn new_one_byte_string(&mut self, bytes: &[u8]) -> Completion<Word> {
        self.new_packed_string(bytes, u8::from)
    }

    /// A string of one byte for each unit.
    fn packed_string<T: Copy>(&mut self, units: &[T], byte: impl Fn(T) -> u8) -> Completion<Word> {
        match units {
            [] => return Ok(self.intrinsic(Intrinsic::EmptyString)),
            &[unit] if !self.is_bootstrapping() => return Ok(self.latin1_character(byte(unit))),
            _ => {}
        }
        self.new_packed_string(units, byte)
    }

    fn new_packed_string<T: Copy>(&mut self, units: &[T], byte: impl Fn(T) -> u8) -> Completion<Word> {
        let length = units.len() as u32;
        self.check_length(u64::from(length))?;
        let string =
            self.allocate(value::ONE_BYTE_STRING, shapes::STRING, CHARACTERS + length.div_ceil(8))?;
        self.fill_packed(string, units, byte);
        Ok(Word::reference(string))
    }

    /// Writes the length and the characters of a string of one byte each.
    fn fill_packed<T: Copy>(&mut self, string: Ref, units: &[T], byte: impl Fn(T) -> u8) {
        self.heap.set_raw(string, 1, (units.len() as u64) << 32);
        let body = self.heap.words_mut(string);
        for (word, chunk) in body[1..].iter_mut().zip(units.chunks(8)) {
            *word = match <[T; 8]>::try_from(chunk) {
                Ok(whole) => u64::from_le_bytes(whole.map(&byte)),
                Err(_) => chunk.iter().rev().fold(0, |bits, &unit| bits << 8 | u64::from(byte(unit))),
            };
        }
    }

    /// A string of ASCII characters that is old from the first.
    pub(crate) fn old_string(&mut self, text: &str) -> Completion<Word> {
        let words = CHARACTERS + (text.len() as u32).div_ceil(8);
        let string = self.allocate_old(value::ONE_BYTE_STRING, shapes::STRING, words)?;
        self.fill_packed(string, text.as_bytes(), |byte| byte);
        Ok(Word::reference(string))
    }

    fn check_length(&mut self, length: u64) -> Completion {
        if length > u64::from(MAX_LENGTH) {
            return Err(self.range_error("Invalid string length"));
        }
        Ok(())
    }

    fn latin1_character(&self, byte: u8) -> Word {
        match self.intrinsic(Intrinsic::SingleCharacters).as_ref() {
            Some(table) => self.heap.get(table, FIXED_SLOTS + u32::from(byte)),
            None => self.intrinsic(Intrinsic::EmptyString),
        }
    }

    /// Where the character at an index ends: a surrogate pair is one.
    pub(crate) fn character_end(&self, string: Word, index: u32) -> u32 {
        let pair = (0xD800..0xDC00).contains(&self.unit_at(string, index))
            && index + 1 < self.string_length(string)
            && (0xDC00..0xE000).contains(&self.unit_at(string, index + 1));
        index + 1 + u32::from(pair)
    }

    /// A string of one code unit.
    pub fn character(&mut self, unit: u16) -> Completion<Word> {
        match u8::try_from(unit) {
            Ok(byte) => Ok(self.latin1_character(byte)),
            Err(_) => self.string_from_units(&[unit]),
        }
    }

    /// The character of a string at an index, without allocating: none past the end, or beyond Latin-1.
    pub(crate) fn single_character(&self, string: Word, index: u32) -> Option<Word> {
        if !self.is_string(string) || index >= self.string_length(string) {
            return None;
        }
        let unit = self.unit_at(string, index);
        u8::try_from(unit).ok().map(|byte| self.latin1_character(byte))
    }

    /// The character of a primitive string at an index.
    pub(crate) fn character_at(&mut self, string: Word, index: u32) -> Completion<Option<Word>> {
        if !self.is_string(string) || index >= self.string_length(string) {
            return Ok(None);
        }
        let flat = self.flatten(string)?;
        let unit = self.unit_at(flat, index);
        self.character(unit).map(Some)
    }

    /// One code unit; the index must be in range.
    pub fn unit_at(&self, string: Word, index: u32) -> u16 {
        let (mut string, mut index) = (string, index);
        while let Some(object) = string.as_ref() {
            match self.heap.header(object).kind() {
                value::ONE_BYTE_STRING => {
                    let word = self.heap.raw(object, CHARACTERS + index / 8);
                    return u16::from((word >> (index % 8 * 8)) as u8);
                }
                value::TWO_BYTE_STRING => {
                    return (self.heap.raw(object, CHARACTERS + index / 4) >> (index % 4 * 16)) as u16;
                }
                value::CONS_STRING => {
                    let first = self.heap.get(object, 2);
                    let length = self.string_length(first);
                    if index < length {
                        string = first;
                    } else {
                        index -= length;
                        string = self.heap.get(object, 3);
                    }
                }
                value::SLICED_STRING => {
                    index += self.heap.get(object, 3).payload();
                    string = self.heap.get(object, 2);
                }
                _ => string = self.heap.get(object, 2),
            }
        }
        0
    }

    /// Calls `each` with the flat pieces of a string from left to right: the object, a start and an end.
    fn pieces(&self, string: Word, mut each: impl FnMut(Ref, u32, u32)) {
        let mut pending = vec![(string, 0, self.string_length(string))];
        while let Some((string, start, end)) = pending.pop() {
            let Some(object) = string.as_ref() else { continue };
            if start >= end {
                continue;
            }
            match self.heap.header(object).kind() {
                value::CONS_STRING => {
                    let (first, second) = (self.heap.get(object, 2), self.heap.get(object, 3));
                    let length = self.string_length(first);
                    if end > length {
                        pending.push((second, start.saturating_sub(length), end - length));
                    }
                    if start < length {
                        pending.push((first, start, end.min(length)));
                    }
                }
                value::SLICED_STRING => {
                    let offset = self.heap.get(object, 3).payload();
                    pending.push((self.heap.get(object, 2), start + offset, end + offset));
                }
                value::THIN_STRING => pending.push((self.heap.get(object, 2), start, end)),
                _ => each(object, start, end),
            }
        }
    }

    /// The code units.
    pub fn units(&self, string: Word) -> Vec<u16> {
        let mut units = Vec::with_capacity(self.string_length(string) as usize);
        self.append_units(string, &mut units);
        units
    }

    pub(crate) fn append_units(&self, string: Word, units: &mut Vec<u16>) {
        if let Some(view) = self.view(string) {
            return view.append_to(units);
        }
        self.pieces(string, |piece, start, end| {
            let words = &self.heap.words(piece)[1..];
            if self.heap.header(piece).kind() == value::ONE_BYTE_STRING {
                each_byte_run(words, start, end, |run| units.extend(run.iter().copied().map(u16::from)));
            } else {
                units.extend((start..end).map(|i| (words[i as usize / 4] >> (i % 4 * 16)) as u16));
            }
        });
    }

    /// The characters of a string that has one byte for each.
    pub(crate) fn latin1_bytes(&self, string: Word) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.string_length(string) as usize);
        if let Some(view) = self.view(string) {
            return view.is_one_byte().then(|| {
                view.append_bytes_to(&mut bytes);
                bytes
            });
        }
        let mut one_byte = true;
        self.pieces(string, |piece, start, end| {
            one_byte &= self.heap.header(piece).kind() == value::ONE_BYTE_STRING;
            if one_byte {
                each_byte_run(&self.heap.words(piece)[1..], start, end, |run| bytes.extend_from_slice(run));
            }
        });
        one_byte.then_some(bytes)
    }

    /// The text; lone surrogates become U+FFFD.
    pub fn text(&self, string: Word) -> String {
        match self.latin1_bytes(string) {
            Some(bytes) if bytes.is_ascii() => String::from_utf8(bytes).unwrap_or_default(),
            Some(bytes) => bytes.into_iter().map(char::from).collect(),
            None => String::from_utf16_lossy(&self.units(string)),
        }
    }

    /// The same characters in one piece. A concatenation remembers its flat form (V8: `String::Flatten`).
    pub fn flatten(&mut self, string: Word) -> Completion<Word> {
        let Some(object) = string.as_ref() else { return Ok(string) };
        match self.heap.header(object).kind() {
            value::CONS_STRING => {}
            value::THIN_STRING => return Ok(self.heap.get(object, 2)),
            _ => return Ok(string),
        }
        if self.string_length(self.heap.get(object, 3)) == 0 {
            return Ok(self.heap.get(object, 2));
        }
        let kept = self.handle(string);
        let flat = self.flat_copy(string)?;
        let object = self.ref_at(kept);
        let empty = self.intrinsic(Intrinsic::EmptyString);
        self.heap.set(object, 2, flat);
        self.heap.set(object, 3, empty);
        Ok(flat)
    }

    fn flat_copy(&mut self, string: Word) -> Completion<Word> {
        match self.latin1_bytes(string) {
            Some(bytes) => self.one_byte_string(&bytes),
            None => {
                let units = self.units(string);
                self.string_from_units(&units)
            }
        }
    }

    /// Concatenation (V8: `Factory::NewConsString`).
    pub fn concat(&mut self, left: Word, right: Word) -> Completion<Word> {
        let (first, second) = (self.string_length(left), self.string_length(right));
        if first == 0 {
            return Ok(right);
        }
        if second == 0 {
            return Ok(left);
        }
        self.check_length(u64::from(first) + u64::from(second))?;
        let length = first + second;
        if length < MIN_CONS {
            let mut units = [0; MIN_CONS as usize];
            self.copy_short(left, &mut units[..first as usize]);
            self.copy_short(right, &mut units[first as usize..length as usize]);
            return self.string_from_units(&units[..length as usize]);
        }
        let mark = self.roots.handle_mark();
        let (left, right) = (self.handle(left), self.handle(right));
        let cons = self.allocate(value::CONS_STRING, shapes::STRING, 4);
        let (left, right) = (self.at(left), self.at(right));
        self.roots.release_handles(mark);
        let cons = cons?;
        self.heap.init(cons, 1, Word::smi(length as i32));
        self.heap.set(cons, 2, left);
        self.heap.set(cons, 3, right);
        Ok(Word::reference(cons))
    }

    /// The code units of a short string, without a list of their own.
    fn copy_short(&self, string: Word, units: &mut [u16]) {
        match self.view(string) {
            Some(view) => units.iter_mut().zip(view.units()).for_each(|(unit, found)| *unit = found),
            None => units.copy_from_slice(&self.units(string)),
        }
    }

    /// The characters from `start` to `end`: shared with the parent if they are many (V8: `Factory::NewProperSubString`).
    pub fn substring(&mut self, string: Word, start: u32, end: u32) -> Completion<Word> {
        let length = end.saturating_sub(start);
        if length == 0 {
            return Ok(self.intrinsic(Intrinsic::EmptyString));
        }
        if length == self.string_length(string) {
            return Ok(string);
        }
        if length == 1 {
            let unit = self.unit_at(string, start);
            return self.character(unit);
        }
        let flat = self.flatten(string)?;
        if length < MIN_SLICE {
            let mut units = [0; MIN_SLICE as usize];
            let mut bytes = [0; MIN_SLICE as usize];
            let Some(view) = self.view(flat) else { return Ok(flat) };
            if view.is_one_byte() {
                (start..end)
                    .zip(&mut bytes)
                    .for_each(|(index, byte)| *byte = view.unit(index as usize) as u8);
                return self.one_byte_string(&bytes[..length as usize]);
            }
            (start..end).zip(&mut units).for_each(|(index, unit)| *unit = view.unit(index as usize));
            return self.string_from_units(&units[..length as usize]);
        }
        let kept = self.handle(flat);
        let slice = self.allocate(value::SLICED_STRING, shapes::STRING, 4)?;
        let mut parent = self.at(kept);
        let mut offset = start;
        if let (Some(value::SLICED_STRING), Some(object)) = (self.kind(parent), parent.as_ref()) {
            offset += self.heap.get(object, 3).payload();
            parent = self.heap.get(object, 2);
        }
        self.heap.init(slice, 1, Word::smi(length as i32));
        self.heap.set(slice, 2, parent);
        self.heap.init(slice, 3, Word::smi(offset as i32));
        Ok(Word::reference(slice))
    }

    /// Whether two strings have the same characters.
    pub fn strings_equal(&self, left: Word, right: Word) -> bool {
        if left == right {
            return true;
        }
        if self.string_length(left) != self.string_length(right) {
            return false;
        }
        if let (Some(x), Some(y)) = (self.known_atom(left), self.known_atom(right)) {
            return x == y;
        }
        match (self.view(left), self.view(right)) {
            (Some(left), Some(right)) => left.equals(&right),
            _ => self.units(left) == self.units(right),
        }
    }

    /// Order by code units.
    pub fn compare_strings(&self, left: Word, right: Word) -> Ordering {
        match (self.view(left), self.view(right)) {
            (Some(left), Some(right)) => left.compare(&right),
            _ => self.units(left).cmp(&self.units(right)),
        }
    }

    fn known_atom(&self, string: Word) -> Option<Atom> {
        known_atom(&self.heap, string)
    }

    /// The atom of text.
    pub fn intern(&mut self, text: &str) -> Completion<Atom> {
        let mut short = [0; 32];
        if text.len() <= short.len() && text.is_ascii() {
            short.iter_mut().zip(text.bytes()).for_each(|(unit, byte)| *unit = byte.into());
            return self.intern_units(&short[..text.len()]);
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        self.intern_units(&units)
    }

    /// The atom of text that has been interned.
    pub(crate) fn find_text(&self, text: &str) -> Option<Atom> {
        let units: Vec<u16> = text.encode_utf16().collect();
        self.find_atom(hash_units(units.iter().copied()), &units)
    }

    /// The atom of UTF-16 code units; makes its string if it is new.
    pub fn intern_units(&mut self, units: &[u16]) -> Completion<Atom> {
        let hash = hash_units(units.iter().copied());
        if let Some(atom) = self.find_atom(hash, units) {
            return Ok(atom);
        }
        let string = self.with_old_allocation(|vm| vm.string_from_units(units))?;
        Ok(self.add_atom(hash, string))
    }

    /// The hash of a string's characters ([`hash_units`]). A flat string remembers it.
    pub(crate) fn string_hash(&mut self, string: Word) -> u32 {
        let Some(object) = string.as_ref() else { return 0 };
        if !matches!(self.heap.header(object).kind(), value::ONE_BYTE_STRING | value::TWO_BYTE_STRING) {
            return match self.view(string) {
                Some(view) => hash_units(view.units()),
                None => hash_units(self.units(string).into_iter()),
            };
        }
        let word = self.heap.raw(object, 1);
        let low = word as u32;
        if low & KNOWN_ATOM != 0 {
            return self.roots.atoms.hash(Atom(low & !KNOWN_ATOM));
        }
        if low & KNOWN_HASH != 0 {
            return low & !KNOWN_HASH;
        }
        let hash = self.view(string).map_or(0, |view| hash_units(view.units()));
        self.heap.set_raw(object, 1, word | u64::from(hash | KNOWN_HASH));
        hash
    }

    pub(crate) fn find_atom(&self, hash: u32, units: &[u16]) -> Option<Atom> {
        self.roots.atoms.find(hash, |word| {
            let view = self.view(word);
            view.is_some_and(|view| view.len() == units.len() && view.units().eq(units.iter().copied()))
        })
    }

    fn add_atom(&mut self, hash: u32, string: Word) -> Atom {
        let atom = self.roots.atoms.add_string(hash, string);
        self.remember_atom(string, atom);
        atom
    }

    fn remember_atom(&mut self, string: Word, atom: Atom) {
        if let Some(object) = string.as_ref()
            && matches!(self.heap.header(object).kind(), value::ONE_BYTE_STRING | value::TWO_BYTE_STRING)
        {
            let length = self.heap.raw(object, 1) >> 32 << 32;
            self.heap.set_raw(object, 1, length | u64::from(atom.0 | KNOWN_ATOM));
            if let Some(known) = self.roots.atoms.word(atom).as_ref().filter(|&known| known != object) {
                self.heap.stand_in(object, known);
            }
        }
    }

    /// The atom of a string.
    pub fn intern_string(&mut self, string: Word) -> Completion<Atom> {
        if let Some(atom) = self.known_atom(string) {
            return Ok(atom);
        }
        let hash = self.string_hash(string);
        if let Some(atom) = self.roots.atoms.find(hash, |word| self.strings_equal(word, string)) {
            self.remember_atom(string, atom);
            return Ok(atom);
        }
        let units = self.units(string);
        let mark = self.roots.handle_mark();
        let kept = self.handle(string);
        let atom = self.intern_units(&units);
        let string = self.at(kept);
        self.roots.release_handles(mark);
        let atom = atom?;
        self.remember_atom(string, atom);
        Ok(atom)
    }

    /// The atom of an interned string or a symbol.
    pub(crate) fn atom_of(&self, word: Word) -> Option<Atom> {
        name_atom(&self.heap, word)
    }

    /// ToPropertyKey of a value that is no object.
    pub fn to_key(&mut self, word: Word) -> Completion<Key> {
        if let Some(index) = word.as_smi().filter(|&index| index >= 0) {
            return Ok(Key::Index(index as u32));
        }
        if self.kind(word) == Some(value::SYMBOL) {
            return Ok(self.atom_of(word).map_or(Key::Index(0), Key::Atom));
        }
        let string = self.to_string_primitive(word)?;
        if let Some(index) = self.array_index(string) {
            return Ok(Key::Index(index));
        }
        self.intern_string(string).map(Key::Atom)
    }

    /// The array index that a string spells.
    pub(crate) fn array_index(&self, string: Word) -> Option<u32> {
        let length = self.string_length(string);
        if length == 0 || length > 10 {
            return None;
        }
        let view = self.view(string);
        let unit = |at| view.map_or_else(|| self.unit_at(string, at), |view| view.unit(at as usize));
        let first = unit(0);
        if !(0x30..=0x39).contains(&first) || (first == 0x30 && length > 1) {
            return None;
        }
        let mut index: u64 = 0;
        for at in 0..length {
            let digit = unit(at);
            if !(0x30..=0x39).contains(&digit) {
                return None;
            }
            index = index * 10 + u64::from(digit - 0x30);
        }
        u32::try_from(index).ok().filter(|&index| index != u32::MAX)
    }

    /// A key as a value: string or symbol.
    pub fn key_word(&mut self, key: Key) -> Completion<Word> {
        match key {
            Key::Atom(atom) => Ok(self.roots.atoms.word(atom)),
            Key::Index(index) => match i32::try_from(index) {
                Ok(small) => self.number_string(Word::smi(small), f64::from(small)),
                Err(_) => self.string(&index.to_string()),
            },
        }
    }

    /// A key as messages show it.
    pub fn key_text(&self, key: Key) -> String {
        match key {
            Key::Atom(atom) => self.atom_text(atom),
            Key::Index(index) => index.to_string(),
        }
    }

    /// An atom as messages show it.
    pub fn atom_text(&self, atom: Atom) -> String {
        let word = self.roots.atoms.word(atom);
        if !atom.is_symbol() {
            return self.text(word);
        }
        let description = word.as_ref().map_or(UNDEFINED, |symbol| self.heap.get(symbol, 2));
        let text = if self.is_string(description) { self.text(description) } else { String::new() };
        if atom.is_private() { text } else { format!("Symbol({text})") }
    }

    /// A new symbol with a description (a string or undefined).
    pub fn new_symbol(&mut self, description: Word, sort: SymbolSort) -> Completion<Atom> {
        let mark = self.roots.handle_mark();
        let kept = self.handle(description);
        let symbol = self.with_old_allocation(|vm| vm.allocate(value::SYMBOL, shapes::SYMBOL, 3));
        let description = self.at(kept);
        self.roots.release_handles(mark);
        let symbol = symbol?;
        let atom = self.roots.atoms.next_symbol(sort);
        self.heap.init(symbol, 1, Word::smi(atom.0 as i32));
        self.heap.set(symbol, 2, description);
        Ok(self.roots.atoms.add_symbol(sort, Word::reference(symbol)))
    }

    pub(crate) fn new_symbol_named(&mut self, description: &str) -> Result<Atom, Abrupt> {
        let atom = self.intern(description)?;
        self.new_symbol(self.roots.atoms.word(atom), SymbolSort::Ordinary)
    }

    pub(crate) fn new_private_name(&mut self, text: &[u16]) -> Completion<Atom> {
        let atom = self.intern_units(text)?;
        self.new_symbol(self.roots.atoms.word(atom), SymbolSort::Private)
    }
}

/// The atom of a flat string that has been interned.
pub(crate) fn known_atom(heap: &MachineHeap, string: Word) -> Option<Atom> {
    let object = string.as_ref()?;
    let flat = matches!(heap.header(object).kind(), value::ONE_BYTE_STRING | value::TWO_BYTE_STRING);
    let low = heap.raw(object, 1) as u32;
    (flat && low & KNOWN_ATOM != 0).then_some(Atom(low & !KNOWN_ATOM))
}

/// The same of a symbol too.
#[inline]
pub(crate) fn name_atom(heap: &MachineHeap, name: Word) -> Option<Atom> {
    let object = name.as_ref()?;
    if heap.header(object).kind() == value::SYMBOL {
        return heap.get(object, 1).as_smi().map(|number| Atom(number as u32));
    }
    known_atom(heap, name)
}

/// The one-character string at an index of a string that lies in one piece, if it is one of Latin-1.
#[inline(never)]
pub(crate) fn character_of(heap: &MachineHeap, characters: Word, string: Ref, index: u32) -> Option<Word> {
    let byte = u8::try_from(unit_of(heap, string, index)?).ok()?;
    characters.as_ref().map(|table| heap.get(table, FIXED_SLOTS + u32::from(byte)))
}

/// The code unit at an index of a string that lies in one piece; none past its end, and of any other object.
pub(crate) fn unit_of(heap: &MachineHeap, string: Ref, index: u32) -> Option<u16> {
    if heap.header(string).kind() == value::ONE_BYTE_STRING && index < (heap.raw(string, 1) >> 32) as u32 {
        return Some(u16::from((heap.raw(string, CHARACTERS + index / 8) >> (index % 8 * 8)) as u8));
    }
    let view = StringView::of(heap, Word::reference(string))?;
    ((index as usize) < view.len()).then(|| view.unit(index as usize))
}

/// Calls `each` with the bytes from `start` to `end`, a word's worth at a time.
fn each_byte_run(words: &[u64], start: u32, end: u32, mut each: impl FnMut(&[u8])) {
    let (mut at, end) = (start as usize, end as usize);
    while at < end {
        let next = (at / 8 * 8 + 8).min(end);
        each(&words[at / 8].to_le_bytes()[at % 8..at % 8 + (next - at)]);
        at = next;
    }
}
