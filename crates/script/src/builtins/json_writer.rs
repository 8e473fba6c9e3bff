//! JSON: values to text, as long as nothing in them can call script.

use semispace_heap::{Ref, Word};

use super::number_format::shortest;
use super::object::{Symbols, enumerable_keys};
use crate::object::Key;
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Intrinsic, Vm};

/// Values nested deeper than this are left to the prelude, which can run out of stack in good order.
const DEEPEST: usize = 100;

/// A value that may call script, or is nested too deeply: left to the prelude.
pub struct NotPlain;

/// A string in JSON's quotes; lone surrogates become escapes.
pub fn quote_into(out: &mut String, units: &[u16]) {
    out.push('"');
    for c in char::decode_utf16(units.iter().copied()) {
        match c {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\n') => out.push_str("\\n"),
            Ok('\r') => out.push_str("\\r"),
            Ok('\t') => out.push_str("\\t"),
            Ok('\u{8}') => out.push_str("\\b"),
            Ok('\u{c}') => out.push_str("\\f"),
            Ok(c) if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            Ok(c) => out.push(c),
            Err(lone) => out.push_str(&format!("\\u{:04x}", lone.unpaired_surrogate())),
        }
    }
    out.push('"');
}

/// The JSON text of a value; `None` for undefined, functions and symbols.
///
/// # Errors
/// When script may have a say in it.
pub fn plain_text(vm: &Vm, word: Word, gap: &str) -> Result<Option<String>, NotPlain> {
    let mut writer = Writer { vm, gap, out: String::new(), depth: 0 };
    Ok(writer.value(word)?.then_some(writer.out))
}

struct Writer<'a> {
    vm: &'a Vm,
    gap: &'a str,
    out: String,
    depth: usize,
}

impl Writer<'_> {
    /// Appends a value. False: it has no text.
    fn value(&mut self, word: Word) -> Result<bool, NotPlain> {
        let vm = self.vm;
        match word {
            UNDEFINED => return Ok(false),
            NULL => self.out.push_str("null"),
            value::TRUE => self.out.push_str("true"),
            value::FALSE => self.out.push_str("false"),
            _ if vm.is_string(word) => quote_into(&mut self.out, &vm.units(word)),
            _ => match (vm.as_number(word), vm.kind(word), word.as_ref()) {
                (Some(number), ..) => self.number(number),
                (None, Some(value::SYMBOL), _) => return Ok(false),
                (None, Some(value::ARRAY | value::OBJECT), Some(object)) => self.composite(object)?,
                (None, Some(kind), _) if value::is_function_kind(kind) => return self.function(word),
                _ => return Err(NotPlain),
            },
        }
        Ok(true)
    }

    fn number(&mut self, number: f64) {
        if number.is_finite() {
            self.out.push_str(&shortest(number));
        } else {
            self.out.push_str("null");
        }
    }

    fn function(&self, word: Word) -> Result<bool, NotPlain> {
        self.has_no_to_json(word).map(|()| false)
    }

    fn has_no_to_json(&self, word: Word) -> Result<(), NotPlain> {
        let found = self.vm.find_property(word, Key::Atom(self.vm.names.to_json));
        if found.is_some() { Err(NotPlain) } else { Ok(()) }
    }

    fn composite(&mut self, object: Ref) -> Result<(), NotPlain> {
        self.has_no_to_json(Word::reference(object))?;
        if self.depth == DEEPEST {
            return Err(NotPlain);
        }
        self.depth += 1;
        let array = self.vm.heap.header(object).kind() == value::ARRAY;
        if array {
            self.array(object)?
        } else {
            self.object(object)?
        }
        self.depth -= 1;
        Ok(())
    }

    fn line(&mut self, depth: usize) {
        if !self.gap.is_empty() {
            self.out.push('\n');
            for _ in 0..depth {
                self.out.push_str(self.gap);
            }
        }
    }

    fn array(&mut self, array: Ref) -> Result<(), NotPlain> {
        let length = self.vm.array_length(array);
        self.out.push('[');
        for index in 0..length {
            if index > 0 {
                self.out.push(',');
            }
            self.line(self.depth);
            if let Some(number) = self.vm.double_element(array, index) {
                self.number(number);
                continue;
            }
            let property = self.vm.own_property(array, Key::Index(index));
            let word = match property {
                Some(property) if property.is_accessor() => return Err(NotPlain),
                Some(property) => property.word,
                None => self.vm.get_data(self.vm.intrinsic(Intrinsic::ArrayPrototype), Key::Index(index)),
            };
            if !self.value(word)? {
                self.out.push_str("null");
            }
        }
        if length > 0 {
            self.line(self.depth - 1);
        }
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, object: Ref) -> Result<(), NotPlain> {
        let mut any = false;
        self.out.push('{');
        for key in enumerable_keys(self.vm, object, Symbols::LeftOut) {
            let before = self.out.len();
            if any {
                self.out.push(',');
            }
            self.line(self.depth);
            let name: Vec<u16> = self.vm.key_text(key).encode_utf16().collect();
            quote_into(&mut self.out, &name);
            self.out.push_str(if self.gap.is_empty() { ":" } else { ": " });
            if self.property(object, key)? {
                any = true;
            } else {
                self.out.truncate(before);
            }
        }
        if any {
            self.line(self.depth - 1);
        }
        self.out.push('}');
        Ok(())
    }

    fn property(&mut self, object: Ref, key: Key) -> Result<bool, NotPlain> {
        if let Key::Index(index) = key
            && let Some(number) = self.vm.double_element(object, index)
        {
            self.number(number);
            return Ok(true);
        }
        match self.vm.own_property(object, key) {
            Some(property) if property.is_accessor() => Err(NotPlain),
            Some(property) => self.value(property.word),
            None => Ok(false),
        }
    }
}
