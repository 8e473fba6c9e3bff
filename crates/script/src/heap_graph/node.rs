//! Types and names of objects.

use semispace_heap::{Kind, Ref, Word};

use super::{HeapGraph, Location, Node, NodeType, STRING_LIMIT};
use crate::diagnostic::Place;
use crate::object::Key;
use crate::value;
use crate::vm::Intrinsic;

impl HeapGraph<'_> {
    /// What an object is. The object must be live.
    pub fn node(&self, object: Ref) -> Node {
        let kind = self.vm.heap.header(object).kind();
        let self_size = self.vm.heap.size_bytes(object);
        Node { node_type: node_type(kind), name: self.name(object, kind), self_size }
    }

    /// Where an object's constructor, or the function that it is, is written in a script (V8: `ExtractLocation`).
    pub fn location(&self, object: Ref) -> Option<Location> {
        let function = match self.vm.heap.header(object).kind() {
            value::FUNCTION => object,
            kind if value::is_object_kind(kind) => self.constructor(object)?.as_ref()?,
            _ => return None,
        };
        if self.vm.heap.header(function).kind() != value::FUNCTION {
            return None;
        }
        let info = &self.vm.infos[self.vm.heap.get(function, value::FUNCTION_CODE).payload() as usize];
        let source = self.vm.sources.get(info.source as usize).filter(|source| source.is_visible())?;
        let place = Place::of(&source.text, info.span.0);
        Some(Location { script_id: info.source, line: place.line, column: place.column })
    }

    fn name(&self, object: Ref, kind: Kind) -> String {
        match kind {
            value::ONE_BYTE_STRING | value::TWO_BYTE_STRING => self.string_start(object),
            value::CONS_STRING => "(concatenated string)".to_owned(),
            value::SLICED_STRING => "(sliced string)".to_owned(),
            value::THIN_STRING => "(thin string)".to_owned(),
            value::SYMBOL => self.symbol_name(object),
            value::HEAP_NUMBER => "heap number".to_owned(),
            value::BIGINT => "bigint".to_owned(),
            value::REGEXP => self.vm.regexp_text(object),
            value::FUNCTION | value::NATIVE_FUNCTION => self.vm.function_name_text(Word::reference(object)),
            value::BOUND_FUNCTION => "native_bind".to_owned(),
            kind if value::is_object_kind(kind) => self.constructor_name(object),
            kind => internal_name(kind).to_owned(),
        }
    }

    fn string_start(&self, string: Ref) -> String {
        let word = Word::reference(string);
        let length = self.vm.string_length(word).min(STRING_LIMIT as u32);
        let units: Vec<u16> = (0..length).map(|index| self.vm.unit_at(word, index)).collect();
        String::from_utf16_lossy(&units)
    }

    fn symbol_name(&self, symbol: Ref) -> String {
        let description = self.vm.symbol_description(Word::reference(symbol));
        match description.as_ref() {
            Some(text) if self.vm.is_string(description) => format!("Symbol({})", self.string_start(text)),
            _ => "Symbol()".to_owned(),
        }
    }

    /// The name of the function that objects like this are made by: the first function with a name that a prototype
    /// calls its `constructor` (V8: `JSReceiver::GetConstructorName`).
    fn constructor_name(&self, object: Ref) -> String {
        if Word::reference(object) == self.vm.intrinsic(Intrinsic::Global) {
            return "global".to_owned();
        }
        match self.constructor(object) {
            Some(function) => self.own_function_name(function),
            None => self.tag(object).unwrap_or_else(|| "Object".to_owned()),
        }
    }

    /// The first function with a name that a prototype calls its `constructor`.
    fn constructor(&self, object: Ref) -> Option<Word> {
        let key = self.vm.names.constructor;
        let mut prototype = self.vm.prototype_of(Word::reference(object));
        while let Some(at) = prototype.as_ref() {
            let constructor = self.vm.peek_own_data(at, key);
            let function = constructor.filter(|&word| self.vm.is_callable(word));
            if let Some(function) = function.filter(|&function| !self.own_function_name(function).is_empty())
            {
                return Some(function);
            }
            prototype = self.vm.prototype_of(prototype);
        }
        None
    }

    fn own_function_name(&self, function: Word) -> String {
        match self.vm.kind(function) {
            Some(value::FUNCTION | value::NATIVE_FUNCTION) => self.vm.function_name_text(function),
            _ => String::new(),
        }
    }

    fn tag(&self, object: Ref) -> Option<String> {
        let key = Key::Atom(self.vm.names.symbol_to_string_tag);
        let word = self.vm.peek_property(Word::reference(object), key)?.data()?;
        self.vm.is_string(word).then(|| self.vm.text(word))
    }
}

fn node_type(kind: Kind) -> NodeType {
    match kind {
        value::ONE_BYTE_STRING | value::TWO_BYTE_STRING | value::THIN_STRING => NodeType::String,
        value::CONS_STRING => NodeType::ConcatenatedString,
        value::SLICED_STRING => NodeType::SlicedString,
        value::SYMBOL => NodeType::Symbol,
        value::HEAP_NUMBER => NodeType::Number,
        value::BIGINT => NodeType::BigInt,
        value::REGEXP => NodeType::RegExp,
        value::ACCESSOR_PAIR => NodeType::Code,
        value::WEAK_CELL => NodeType::Hidden,
        value::CONTEXT => NodeType::Object,
        kind if value::is_function_kind(kind) => NodeType::Closure,
        kind if value::is_object_kind(kind) => NodeType::Object,
        _ => NodeType::Array,
    }
}

fn internal_name(kind: Kind) -> &'static str {
    match kind {
        value::CONTEXT => "system / Context",
        value::ACCESSOR_PAIR => "system / AccessorPair",
        value::WEAK_CELL => "system / WeakCell",
        value::PROPERTY_ARRAY | value::NAME_DICTIONARY => "(object properties)",
        value::FIXED_ARRAY | value::FIXED_DOUBLE_ARRAY | value::NUMBER_DICTIONARY => "(object elements)",
        value::ORDERED_TABLE => "(hash table)",
        value::EPHEMERON_TABLE => "(ephemeron table)",
        value::SAVED_FRAME => "(saved frame)",
        value::START_UP => "(Node's start-up heap)",
        _ => "",
    }
}
