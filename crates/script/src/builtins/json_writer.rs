//! JSON: values to text, as long as nothing in them can call script.

use std::borrow::Cow;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use semispace_heap::{Ref, Word};

use super::object::{Symbols, enumerable_keys};
use crate::object::{Elements, Key};
use crate::shape::{Attributes, ShapeId};
use crate::value::{self, FIXED_SLOTS, HOLE, NULL, UNDEFINED};
use crate::vm::{Intrinsic, Vm};

/// Values nested deeper than this are left to the prelude, which can run out of stack in good order.
const DEEPEST: usize = 100;

/// A value that may call script, or is nested too deeply: left to the prelude.
pub struct NotPlain;

/// A string in JSON's quotes; lone surrogates become escapes.
pub fn quote_into(out: &mut String, units: &[u16]) {
    out.push('"');
    let mut rest = units;
    loop {
        // Most are plain: as they are, without a look for surrogates.
        let is_plain =
            |unit: &u16| (0x20..0x7f).contains(unit) && *unit != b'"'.into() && *unit != b'\\'.into();
        let plain = rest.iter().take_while(|unit| is_plain(unit)).count();
        out.extend(rest[..plain].iter().map(|&unit| char::from(unit as u8)));
        rest = &rest[plain..];
        let Some(c) = char::decode_utf16(rest.iter().copied()).next() else { break };
        rest = &rest[c.as_ref().map_or(1, |c| c.len_utf16())..];
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

/// The JSON text of a value, `None` for undefined, functions and symbols; and how many doubles were fields of objects.
///
/// # Errors
/// When script may have a say in it.
pub fn plain_text(vm: &Vm, word: Word, gap: &str) -> Result<(Option<String>, Left), NotPlain> {
    let (layouts, bytes) = (FxHashMap::default(), Vec::new());
    let mut writer = Writer { vm, gap, out: String::new(), depth: 0, left: Left::default(), layouts, bytes };
    let has_text = writer.value(word)?;
    Ok((has_text.then_some(writer.out), writer.left))
}

/// What V8 leaves behind dead.
#[derive(Default)]
pub struct Left {
    /// Fields of doubles, each of which is read into a box.
    pub double_fields: u32,
    /// Keys of the objects in dictionary mode.
    pub dictionaries: Vec<usize>,
}

/// Where the value of a property is to be found.
enum Slot {
    Place(u32),
    Key(Key),
}

/// What objects of one shape are written as: each name as it stands before its value, and where the value is.
type Layout = Rc<[(String, u32)]>;

struct Writer<'a> {
    vm: &'a Vm,
    gap: &'a str,
    out: String,
    depth: usize,
    left: Left,
    /// By shape number; none for shapes that take a closer look.
    layouts: FxHashMap<u32, Option<Layout>>,
    bytes: Vec<u8>,
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
            _ if vm.is_string(word) => self.string(word),
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

    fn string(&mut self, word: Word) {
        self.bytes.clear();
        let needs_escape = |&byte: &u8| !(b' '..0x7f).contains(&byte) || byte == b'"' || byte == b'\\';
        if let Some(view) = self.vm.view(word).filter(|view| view.is_one_byte()) {
            view.append_bytes_to(&mut self.bytes);
            if !self.bytes.iter().any(needs_escape)
                && let Ok(text) = std::str::from_utf8(&self.bytes)
            {
                self.out.push('"');
                self.out.push_str(text);
                self.out.push('"');
                return;
            }
        }
        quote_into(&mut self.out, &self.vm.units(word));
    }

    fn number(&mut self, number: f64) {
        if number.is_finite() {
            self.out.push_str(ryu_js::Buffer::new().format_finite(number));
        } else {
            self.out.push_str("null");
        }
    }

    fn function(&self, word: Word) -> Result<bool, NotPlain> {
        self.has_no_to_json(word).map(|()| false)
    }

    fn has_no_to_json(&self, word: Word) -> Result<(), NotPlain> {
        let found = self.vm.peek_property(word, Key::Atom(self.vm.names.to_json));
        if found.is_some() { Err(NotPlain) } else { Ok(()) }
    }

    /// The layout of an object without elements.
    fn layout(&mut self, object: Ref) -> Option<Layout> {
        let vm = self.vm;
        if vm.heap.get(object, value::ELEMENTS) != vm.intrinsic(Intrinsic::EmptyElements) {
            return None;
        }
        let shape = vm.shape_of(object);
        if let Some(known) = self.layouts.get(&shape.0) {
            return known.clone();
        }
        let layout = self.new_layout(object, shape);
        self.layouts.insert(shape.0, layout.clone());
        layout
    }

    fn new_layout(&self, object: Ref, shape: ShapeId) -> Option<Layout> {
        let vm = self.vm;
        if vm.heap.header(object).kind() != value::OBJECT
            || vm.roots.shapes.get(shape).dictionary
            || self.has_no_to_json(Word::reference(object)).is_err()
        {
            return None;
        }
        let mut names = Vec::new();
        for (index, &(atom, attributes)) in (0..).zip(vm.roots.shapes.properties(shape)) {
            if attributes.has(Attributes::ACCESSOR) {
                return None;
            }
            if attributes.has(Attributes::ENUMERABLE) && !atom.is_symbol() {
                names.push((self.before_value(Key::Atom(atom)), vm.slot_place(shape, index).1));
            }
        }
        Some(names.into())
    }

    /// A name in quotes with its colon.
    fn before_value(&self, key: Key) -> String {
        let mut text = String::new();
        let name: Vec<u16> = match key {
            Key::Atom(atom) => self.vm.units(self.vm.roots.atoms.word(atom)),
            Key::Index(index) => index.to_string().encode_utf16().collect(),
        };
        quote_into(&mut text, &name);
        text.push_str(if self.gap.is_empty() { ":" } else { ": " });
        text
    }

    fn composite(&mut self, object: Ref) -> Result<(), NotPlain> {
        let layout = self.layout(object);
        if layout.is_none() {
            self.has_no_to_json(Word::reference(object))?;
        }
        if self.depth == DEEPEST {
            return Err(NotPlain);
        }
        self.depth += 1;
        let array = self.vm.heap.header(object).kind() == value::ARRAY;
        match layout {
            Some(layout) => self.object(
                layout.iter().map(|(name, place)| (name.as_str().into(), Slot::Place(*place))),
                object,
            )?,
            None if array => self.array(object)?,
            None => {
                let keys = enumerable_keys(self.vm, object, Symbols::LeftOut);
                if self.vm.has_dictionary(object) {
                    self.left.dictionaries.push(keys.len());
                }
                let names: Vec<String> = keys.iter().map(|&key| self.before_value(key)).collect();
                self.object(
                    names.into_iter().zip(keys).map(|(name, key)| (name.into(), Slot::Key(key))),
                    object,
                )?
            }
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
            if let Elements::Tagged(store, capacity) = self.vm.elements(array)
                && index < capacity
                && let word = self.vm.heap.get(store, FIXED_SLOTS + index)
                && word != HOLE
            {
                if !self.value(word)? {
                    self.out.push_str("null");
                }
                continue;
            }
            if let Some(number) = self.vm.double_element(array, index) {
                self.number(number);
                continue;
            }
            let property = self.vm.peek_own(array, Key::Index(index));
            let word = match property {
                Some(property) if property.is_accessor() => return Err(NotPlain),
                Some(property) => property.word,
                None => self.vm.peek_data(self.vm.intrinsic(Intrinsic::ArrayPrototype), Key::Index(index)),
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

    fn object<'n>(
        &mut self,
        properties: impl Iterator<Item = (Cow<'n, str>, Slot)>,
        object: Ref,
    ) -> Result<(), NotPlain> {
        let mut any = false;
        self.out.push('{');
        for (name, slot) in properties {
            let before = self.out.len();
            if any {
                self.out.push(',');
            }
            self.line(self.depth);
            self.out.push_str(&name);
            let written = match slot {
                Slot::Place(place) => {
                    let word = self.vm.read_place(object, place);
                    self.left.double_fields += u32::from(self.vm.is_heap_number(word));
                    self.value(word)?
                }
                Slot::Key(key) => self.property(object, key)?,
            };
            if written {
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
        match self.vm.peek_own(object, key) {
            Some(property) if property.is_accessor() => Err(NotPlain),
            Some(property) => self.value(property.word),
            None => Ok(false),
        }
    }
}
