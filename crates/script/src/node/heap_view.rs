//! Inspect's view of the machine's heap.

use std::cell::RefCell;

use semispace_heap::{Ref, Word};

use super::inspect::{FunctionSort, Key as ShownKey, Kind, Primitive, PromiseState, Property, Slot, View};
use crate::atoms::{Atom, hash_units};
use crate::builtins::map_set;
use crate::builtins::ordered_table::{self, Sort};
use crate::bytecode::FunctionKind;
use crate::object::typed_array::VIEW_BUFFER;
use crate::object::{ElementType, Key};
use crate::shape::Attributes;
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::Vm;

/// A value as inspect sees it: elements of arrays of doubles have no word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A word of the heap
    Word(Word),
    /// A double of an array
    Double(f64),
}

/// Elements of a typed array and bytes of an ArrayBuffer that inspect can show.
const MOST_SHOWN: u64 = 10_000;

/// The heap through inspect's eyes. What only script can say, it looks up among the answers that script has given so
/// far, and else notes the question: see `prelude/inspect.js`.
pub struct HeapView<'a> {
    vm: &'a Vm,
    answers: &'a [Word],
    questions: RefCell<Vec<Question>>,
}

/// What only script can say: about an object, what, and the level or key.
pub type Question = (Word, Asked, Word);

/// The sorts of question, as the prelude numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What its method `[nodejs.util.inspect.custom]` returns; with the object's level.
    Custom = 0,
    /// Its `Symbol.toStringTag`.
    Tag = 1,
    /// What a getter gives; with the key.
    Getter = 2,
}

impl<'a> HeapView<'a> {
    /// A view of a machine's heap.
    pub fn new(vm: &'a Vm, answers: &'a [Word]) -> Self {
        HeapView { vm, answers, questions: RefCell::new(Vec::new()) }
    }

    /// The questions that came up.
    pub fn into_questions(self) -> Vec<Question> {
        self.questions.into_inner()
    }

    /// The answer to a question; none if it has yet to be asked.
    fn ask(&self, object: Ref, asked: Asked, extra: Word) -> Option<Word> {
        let object = Word::reference(object);
        let known = self.answers.chunks_exact(4).find(|answer| {
            answer[0] == object && answer[1] == Word::smi(asked as i32) && self.is_same(answer[2], extra)
        });
        if known.is_none() {
            self.questions.borrow_mut().push((object, asked, extra));
        }
        known.map(|answer| answer[3])
    }

    /// Keys are strings that may be two objects with the same text.
    fn is_same(&self, a: Word, b: Word) -> bool {
        a == b || self.vm.is_string(a) && self.vm.is_string(b) && self.vm.units(a) == self.vm.units(b)
    }

    fn object(value: Value) -> Option<Ref> {
        match value {
            Value::Word(word) => word.as_ref(),
            Value::Double(_) => None,
        }
    }

    fn primitive(&self, word: Word) -> Primitive {
        match word {
            UNDEFINED => Primitive::Undefined,
            NULL => Primitive::Null,
            value::TRUE => Primitive::Boolean(true),
            value::FALSE => Primitive::Boolean(false),
            _ if self.vm.is_string(word) => Primitive::String(self.vm.units(word)),
            _ => match self.vm.as_number(word) {
                Some(number) => Primitive::Number(number),
                None if self.vm.is_symbol(word) => {
                    let description = self.vm.symbol_description(word);
                    let text = if self.vm.is_string(description) {
                        self.vm.text(description)
                    } else {
                        String::new()
                    };
                    Primitive::Symbol(text)
                }
                None if self.vm.kind(word) == Some(value::BIGINT) => Primitive::BigInt(self.vm.brief(word)),
                None => Primitive::Undefined,
            },
        }
    }

    fn function_sort(&self, function: Ref) -> FunctionSort {
        if self.vm.heap.header(function).kind() != value::FUNCTION {
            return FunctionSort::Plain;
        }
        let code = self.vm.heap.get(function, value::FUNCTION_CODE).payload() as usize;
        let info = &self.vm.infos[code];
        match (info.flags.generator, info.flags.asynchronous, info.kind) {
            (_, _, FunctionKind::BaseConstructor | FunctionKind::DerivedConstructor) => FunctionSort::Class,
            (true, true, _) => FunctionSort::AsyncGenerator,
            (true, false, _) => FunctionSort::Generator,
            (false, true, _) => FunctionSort::Async,
            _ => FunctionSort::Plain,
        }
    }

    fn iterator_kind(&self, iterator: Ref) -> Kind<Value> {
        let pairs = map_set::iterator_gives(self.vm, iterator) == map_set::Gives::Entries;
        match map_set::iterator_sort(self.vm, iterator) {
            Some(Sort::Map) => Kind::MapIterator { pairs },
            Some(Sort::Set) => Kind::SetIterator { pairs },
            None => Kind::Ordinary,
        }
    }

    fn view_of_bytes(&self, word: Word, view: Ref) -> Kind<Value> {
        let Some(sort) = self.vm.element_type(word) else {
            let length = self.vm.span(word).map_or(0, |span| span.length as usize);
            let buffer = Value::Word(self.vm.heap.get(view, VIEW_BUFFER));
            return Kind::DataView(length, self.vm.view_offset(view) as usize, buffer);
        };
        if self.vm.is_buffer(word) {
            let shown = self.vm.span(word).map_or(Vec::new(), |span| self.vm.span_bytes(span.part(0, 50)));
            return Kind::Buffer(self.vm.typed_length(view) as usize, shown);
        }
        let size = sort.size() as usize;
        let bytes = self
            .vm
            .span(word)
            .map_or(Vec::new(), |span| self.vm.span_bytes(span.part(0, MOST_SHOWN * size as u64)));
        let shown = bytes.chunks_exact(size).map(|element| {
            let bits = element.iter().rev().fold(0, |bits, &byte| bits << 8 | u64::from(byte));
            match sort {
                ElementType::BigInt64 => Primitive::BigInt((bits as i64).to_string()),
                ElementType::BigUint64 => Primitive::BigInt(bits.to_string()),
                _ => Primitive::Number(sort.number_of(bits)),
            }
        });
        Kind::TypedArray(sort.class(), self.vm.typed_length(view) as usize, shown.collect())
    }

    fn slot(&self, property: crate::object::Property) -> Slot<Value> {
        match property.word.as_ref() {
            Some(pair) if property.is_accessor() => Slot::Accessor {
                get: self.vm.heap.get(pair, 1) != UNDEFINED,
                set: self.vm.heap.get(pair, 2) != UNDEFINED,
            },
            _ => Slot::Data(Value::Word(property.word)),
        }
    }

    fn shown_key(&self, key: Key) -> ShownKey {
        match key {
            Key::Atom(atom) if atom.is_symbol() => {
                let text = self.vm.atom_text(atom);
                let description = text.strip_prefix("Symbol(").and_then(|text| text.strip_suffix(')'));
                ShownKey::Symbol(description.unwrap_or("").to_owned())
            }
            Key::Atom(atom) => ShownKey::Name(self.vm.units(self.vm.roots.atoms.word(atom))),
            Key::Index(index) => ShownKey::Name(index.to_string().encode_utf16().collect()),
        }
    }

    fn atom_named(&self, name: &str) -> Option<Atom> {
        let units: Vec<u16> = name.encode_utf16().collect();
        self.vm.roots.atoms.find(hash_units(units.iter().copied()), |word| self.vm.units(word) == units)
    }

    fn boxed(&self, wrapper: Ref) -> Primitive {
        self.primitive(self.vm.heap.get(wrapper, 3))
    }
}

impl View for HeapView<'_> {
    type Value = Value;

    fn kind(&self, value: Value) -> Kind<Value> {
        let word = match value {
            Value::Double(number) => return Kind::Primitive(Primitive::Number(number)),
            Value::Word(word) => word,
        };
        let (true, Some(object)) = (self.vm.is_object(word), word.as_ref()) else {
            return Kind::Primitive(self.primitive(word));
        };
        match self.vm.heap.header(object).kind() {
            value::ARRAY => Kind::Array(self.vm.array_length(object)),
            value::ARGUMENTS => Kind::Arguments(self.vm.own_indexes(object).len() as u32),
            value::ERROR => Kind::Error,
            value::MAP | value::SET => {
                let size = ordered_table::len(self.vm, ordered_table::table_of(self.vm, object)) as usize;
                if Sort::of(self.vm, object) == Sort::Map { Kind::Map(size) } else { Kind::Set(size) }
            }
            value::ITERATOR => self.iterator_kind(object),
            value::WEAK_MAP => Kind::WeakMap,
            value::WEAK_SET => Kind::WeakSet,
            value::PROMISE => {
                let state = match self.vm.heap.get(object, 4).as_smi() {
                    Some(1) => PromiseState::Fulfilled,
                    Some(2) => PromiseState::Rejected,
                    _ => PromiseState::Pending,
                };
                Kind::Promise(state, Value::Word(self.vm.heap.get(object, 3)))
            }
            value::DATE => {
                let time = crate::builtins::date_text::Time::of(self.vm.date_value(object));
                Kind::Date(time.map_or("Invalid Date".to_owned(), |time| time.iso()))
            }
            value::REGEXP => Kind::RegExp(self.vm.regexp_text(object)),
            value::WRAPPER => Kind::Boxed(self.boxed(object)),
            value::ARRAY_BUFFER => {
                let bytes = self.vm.span(word);
                let shown = bytes.map_or(Vec::new(), |span| self.vm.span_bytes(span.part(0, MOST_SHOWN)));
                Kind::ArrayBuffer(bytes.map_or(0, |span| span.length as usize), shown)
            }
            value::ARRAY_BUFFER_VIEW => self.view_of_bytes(word, object),
            value::PROXY => {
                let target = self.vm.heap.get(object, 3);
                let handler = self.vm.heap.get(object, value::ELEMENTS);
                Kind::Proxy((handler != NULL).then_some((Value::Word(target), Value::Word(handler))))
            }
            kind if value::is_function_kind(kind) => Kind::Function(self.function_sort(object)),
            _ => Kind::Ordinary,
        }
    }

    fn prototype(&self, object: Value) -> Option<Value> {
        let mut object = Self::object(object)?;
        while self.vm.heap.header(object).kind() == value::PROXY {
            object = self.vm.heap.get(object, 3).as_ref()?;
        }
        let prototype = self.vm.prototype_of(Word::reference(object));
        (prototype != NULL).then_some(Value::Word(prototype))
    }

    fn own_data(&self, object: Value, name: &str) -> Option<Value> {
        let atom = self.atom_named(name)?;
        let word = self.vm.peek_own_data(Self::object(object)?, atom)?;
        Some(Value::Word(word))
    }

    fn tag(&self, object: Value, hidden: bool) -> Option<String> {
        let object = Self::object(object)?;
        if let Some(sort) = self.vm.element_type(Word::reference(object)) {
            return Some(sort.class().to_owned());
        }
        let key = Key::Atom(self.vm.names.symbol_to_string_tag);
        let found = self.vm.peek_property(Word::reference(object), key)?;
        let own = found.holder == object && (hidden || found.property.attributes.has(Attributes::ENUMERABLE));
        let word = match found.data() {
            Some(word) => word,
            None => self.ask(object, Asked::Tag, UNDEFINED)?,
        };
        (!own && self.vm.is_string(word)).then(|| self.vm.text(word))
    }

    fn properties(&self, object: Value, hidden: bool) -> Vec<Property<Value>> {
        let Some(object) = Self::object(object) else { return Vec::new() };
        let kind = self.vm.heap.header(object).kind();
        let has_elements = matches!(kind, value::ARRAY | value::ARGUMENTS | value::ARRAY_BUFFER_VIEW)
            || kind == value::WRAPPER && matches!(self.boxed(object), Primitive::String(_));
        let mut properties = Vec::new();
        let keys = if has_elements { self.vm.own_names(object) } else { self.vm.own_keys(object) };
        for key in keys {
            let Some(property) = self.vm.peek_own(object, key) else { continue };
            let enumerable = property.attributes.has(Attributes::ENUMERABLE);
            if !enumerable && !hidden {
                continue;
            }
            let slot = match key {
                Key::Index(index) => match self.vm.double_element(object, index) {
                    Some(number) => Slot::Data(Value::Double(number)),
                    None => self.slot(property),
                },
                Key::Atom(_) => self.slot(property),
            };
            properties.push(Property { key: self.shown_key(key), slot, enumerable });
        }
        properties
    }

    fn elements(&self, object: Value, limit: usize) -> Vec<(u32, Slot<Value>)> {
        let Some(object) = Self::object(object) else { return Vec::new() };
        let mut elements = Vec::new();
        for index in self.vm.own_indexes(object).into_iter().take(limit) {
            if let Some(number) = self.vm.double_element(object, index) {
                elements.push((index, Slot::Data(Value::Double(number))));
            } else if let Some(property) = self.vm.peek_own(object, Key::Index(index)) {
                elements.push((index, self.slot(property)));
            }
        }
        elements
    }

    fn entries(&self, object: Value, limit: usize) -> Vec<(Value, Value)> {
        let Some(object) = Self::object(object) else { return Vec::new() };
        let pairs = match self.vm.heap.header(object).kind() {
            value::ITERATOR => match map_set::iterator_sort(self.vm, object) {
                Some(sort) => {
                    let gives = map_set::iterator_gives(self.vm, object);
                    let rest = map_set::remaining(self.vm, object, sort);
                    let shown = |(key, item)| {
                        if gives == map_set::Gives::Values { (item, item) } else { (key, item) }
                    };
                    rest.into_iter().map(shown).collect()
                }
                None => Vec::new(),
            },
            _ => self.collection_entries(object, limit),
        };
        pairs.into_iter().take(limit).map(|(key, item)| (Value::Word(key), Value::Word(item))).collect()
    }

    fn own_words(&self, object: Value, level: usize) -> Option<String> {
        let object = Self::object(object)?;
        let vm = self.vm;
        let found = vm.peek_property(Word::reference(object), Key::Atom(vm.names.symbol_inspect_custom))?;
        if found.data().is_some_and(|word| !vm.is_callable(word)) || self.is_prototype_of_class(object) {
            return None;
        }
        let answer = self.ask(object, Asked::Custom, Word::smi(level as i32))?;
        vm.is_string(answer).then(|| vm.text(answer))
    }

    fn stack(&self, error: Value) -> Option<String> {
        self.vm.stack_of(Word::reference(Self::object(error)?))
    }

    fn getter_value(&self, object: Value, key: &ShownKey) -> Option<Value> {
        let object = Self::object(object)?;
        let key = self.vm.own_keys(object).into_iter().find(|&own| self.shown_key(own) == *key)?;
        let Key::Atom(atom) = key else { return None };
        self.ask(object, Asked::Getter, self.vm.roots.atoms.word(atom)).map(Value::Word)
    }

    fn creator_name(&self, _object: Value) -> String {
        "Object".to_owned()
    }
}

impl HeapView<'_> {
    /// `object.constructor.prototype === object`: its custom method is there for instances.
    fn is_prototype_of_class(&self, object: Ref) -> bool {
        let constructor = self.vm.peek_own_data(object, self.vm.names.constructor);
        let constructor = constructor.and_then(|constructor| constructor.as_ref());
        constructor.and_then(|class| self.vm.peek_own_data(class, self.vm.names.prototype))
            == Some(Word::reference(object))
    }

    fn collection_entries(&self, collection: Ref, limit: usize) -> Vec<(Word, Word)> {
        let sort = Sort::of(self.vm, collection);
        let mut table = ordered_table::table_of(self.vm, collection);
        let mut entry = 0;
        let mut entries = Vec::new();
        while entries.len() < limit
            && let Some(found) = ordered_table::next_entry(self.vm, sort, &mut table, &mut entry)
        {
            let key = ordered_table::key(self.vm, table, sort, found);
            entries.push((key, ordered_table::value_of(self.vm, table, sort, found)));
        }
        entries
    }
}
