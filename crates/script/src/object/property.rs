//! Named and indexed properties: finding, reading, writing, defining, deleting.

use semispace_heap::{Ref, Word};

use crate::atoms::Atom;
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{self, NULL, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::{Cache, Intrinsic, Vm};

/// A property key: a name or an array index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// An interned string that is no array index, or a symbol.
    Atom(Atom),
    /// An array index (below 2^32 - 1).
    Index(u32),
}

/// An own property: its attributes and what its slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Property {
    /// The value, or the accessor pair.
    pub word: Word,
    /// Attributes.
    pub attributes: Attributes,
    /// Where it is, for properties that a shape describes.
    pub place: Option<u32>,
}

impl Property {
    /// Whether it is an accessor.
    pub fn is_accessor(self) -> bool {
        self.attributes.has(Attributes::ACCESSOR)
    }

    /// Whether an assignment can change it.
    pub fn is_writable(self) -> bool {
        self.is_accessor() || self.attributes.has(Attributes::WRITABLE)
    }

    pub(crate) fn plain(word: Word) -> Self {
        Self { word, attributes: Attributes::PLAIN, place: None }
    }

    pub(crate) fn with(word: Word, attributes: Attributes) -> Self {
        Self { word, attributes, place: None }
    }
}

/// A property and the object of the prototype chain that has it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The object.
    pub holder: Ref,
    /// The property.
    pub property: Property,
}

impl Found {
    /// The value of a data property.
    pub fn data(self) -> Option<Word> {
        (!self.property.is_accessor()).then_some(self.property.word)
    }
}

impl Vm {
    /// The shape of a JavaScript object.
    #[inline]
    pub fn shape_of(&self, object: Ref) -> ShapeId {
        ShapeId(self.heap.header(object).shape())
    }

    /// The prototype of an object: an object or null.
    #[inline]
    pub fn prototype_of(&self, object: Word) -> Word {
        match object.as_ref() {
            Some(object) => self.roots.shapes.prototype(self.shape_of(object)),
            None => NULL,
        }
    }

    /// The shared root shape for a prototype, which is marked as one.
    pub fn root_shape(&mut self, prototype: Word, sort: RootShape) -> ShapeId {
        self.mark_prototype(prototype);
        self.roots.shapes.root(prototype, sort)
    }

    /// Gives an object that is now a prototype a shape of its own.
    pub fn mark_prototype(&mut self, prototype: Word) {
        if let Some(object) = prototype.as_ref() {
            let shape = self.shape_of(object);
            let marked = self.roots.shapes.as_prototype(shape);
            if marked != shape {
                self.heap.set_shape(object, marked.0);
                self.roots.shapes.epoch += 1;
            }
        }
    }

    /// Gives an object another prototype. The caller has made sure that there is no cycle.
    pub fn set_prototype(&mut self, object: Word, prototype: Word) {
        let Some(object) = object.as_ref() else { return };
        let shape = self.shape_of(object);
        if self.roots.shapes.prototype(shape) == prototype {
            return;
        }
        self.mark_prototype(prototype);
        let was_prototype = self.roots.shapes.get(shape).is_prototype;
        let changed = self.roots.shapes.with_prototype(shape, prototype);
        self.settle_fields();
        let changed = if was_prototype { self.roots.shapes.as_prototype(changed) } else { changed };
        self.heap.set_shape(object, changed.0);
        self.roots.shapes.epoch += u32::from(was_prototype);
    }

    /// The word or property-array word of a shape's property.
    pub(crate) fn slot_place(&self, shape: ShapeId, index: u32) -> (u32, u32) {
        let shape = self.roots.shapes.get(shape);
        let inside = u32::from(shape.in_object);
        if index < inside {
            let word = u32::from(shape.start) + index;
            (word, word)
        } else {
            let word = 2 + index - inside;
            (word, word | Cache::OUTSIDE)
        }
    }

    /// Reads a place of an object.
    pub(crate) fn read_place(&self, object: Ref, place: u32) -> Word {
        if place & Cache::OUTSIDE == 0 {
            return self.heap.get(object, place);
        }
        match self.heap.get(object, value::PROPERTIES).as_ref() {
            Some(list) => self.heap.get(list, place & Cache::WORD),
            None => UNDEFINED,
        }
    }

    pub(crate) fn write_place(&mut self, object: Ref, place: u32, word: Word) {
        if place & Cache::OUTSIDE == 0 {
            self.heap.set(object, place, word);
        } else if let Some(list) = self.heap.get(object, value::PROPERTIES).as_ref() {
            self.heap.set(list, place & Cache::WORD, word);
        }
    }

    /// The own property of a key. A function's `prototype` must have been made: see [`Vm::ensure_prototype`].
    pub fn own_property(&mut self, object: Ref, key: Key) -> Option<Property> {
        let property = self.peek_own(object, key)?;
        Some(self.released(property))
    }

    /// The same for who looks at the value and does not keep it.
    pub(crate) fn peek_own(&self, object: Ref, key: Key) -> Option<Property> {
        match key {
            Key::Atom(atom) => self.own_named(object, atom),
            Key::Index(index) => self.own_indexed(object, index),
        }
    }

    /// The value will be seen outside of its field: if it is the field's own box, no store may write into that any longer.
    fn released(&mut self, property: Property) -> Property {
        if let Some(number) = property.word.as_ref()
            && self.heap.header(number).shape() == self.roots.shapes.field_box
        {
            self.heap.set_shape(number, shapes::NUMBER);
        }
        property
    }

    fn own_named(&self, object: Ref, atom: Atom) -> Option<Property> {
        let shape = self.shape_of(object);
        if let Some(slot) = self.roots.shapes.find(shape, atom) {
            let (_, place) = self.slot_place(shape, slot.index);
            let word = self.read_place(object, place);
            return Some(Property { word, attributes: slot.attributes, place: Some(place) });
        }
        if self.roots.shapes.get(shape).dictionary
            && let Some(found) = self.dictionary_find(object, atom)
        {
            return Some(found);
        }
        match self.heap.header(object).kind() {
            value::ARRAY if atom == self.names.length => {
                let writable = !self.has_fixed_length(object);
                let attributes = Attributes(0).with(Attributes::WRITABLE, writable);
                Some(Property::with(self.heap.get(object, value::ARRAY_LENGTH), attributes))
            }
            value::FUNCTION | value::NATIVE_FUNCTION | value::BOUND_FUNCTION => {
                self.function_property(object, atom)
            }
            value::ARGUMENTS => self.arguments_property(object, atom),
            value::WRAPPER if atom == self.names.length => {
                let text = self.heap.get(object, 3);
                let length = Word::smi(self.string_length(text) as i32);
                self.is_string(text).then(|| Property::with(length, Attributes::FIXED))
            }
            _ => None,
        }
    }

    /// The property of a key, along the prototype chain. The search ends at a proxy: its holder is the proxy then, and
    /// the property's word too.
    pub fn find_property(&mut self, base: Word, key: Key) -> Option<Found> {
        let found = self.peek_property(base, key)?;
        self.released(found.property);
        Some(found)
    }

    /// The same for who looks at the value and does not keep it.
    pub(crate) fn peek_property(&self, base: Word, key: Key) -> Option<Found> {
        let mut holder = self.first_holder(base, key)?;
        loop {
            let object = match holder {
                Ok(found) => return Some(found),
                Err(object) => object,
            };
            if self.heap.header(object).kind() == value::PROXY
                && !matches!(key, Key::Atom(atom) if atom.is_private())
            {
                return Some(Found { holder: object, property: Property::plain(Word::reference(object)) });
            }
            if let Some(property) = self.peek_own(object, key) {
                return Some(Found { holder: object, property });
            }
            // A number means an element of a typed array, and nothing else.
            if self.is_typed_array(Word::reference(object)) && self.is_numeric(key) {
                return None;
            }
            holder = Err(self.prototype_of(Word::reference(object)).as_ref()?);
        }
    }

    /// Where the search begins: an object, or what a primitive string has of its own.
    fn first_holder(&self, base: Word, key: Key) -> Option<Result<Found, Ref>> {
        if let (Some(object), true) = (base.as_ref(), self.is_object(base)) {
            return Some(Err(object));
        }
        if let (Some(object), true) = (base.as_ref(), self.is_string(base)) {
            let own = match key {
                Key::Atom(atom) if atom == self.names.length => {
                    Some(Word::smi(self.string_length(base) as i32))
                }
                Key::Index(index) => self.single_character(base, index),
                Key::Atom(_) => None,
            };
            if let Some(word) = own {
                return Some(Ok(Found { holder: object, property: Property::with(word, Attributes(2)) }));
            }
        }
        self.primitive_prototype(base).as_ref().map(Err)
    }

    /// The prototype that a primitive value's properties are looked up in.
    pub fn primitive_prototype(&self, base: Word) -> Word {
        let intrinsic = match base {
            UNDEFINED | NULL => return NULL,
            value::TRUE | value::FALSE => Intrinsic::BooleanPrototype,
            _ if base.is_smi() => Intrinsic::NumberPrototype,
            _ => match self.kind(base) {
                Some(value::HEAP_NUMBER) => Intrinsic::NumberPrototype,
                Some(value::SYMBOL) => Intrinsic::SymbolPrototype,
                Some(value::BIGINT) => Intrinsic::BigIntPrototype,
                Some(kind) if value::is_string_kind(kind) => Intrinsic::StringPrototype,
                _ => return NULL,
            },
        };
        self.intrinsic(intrinsic)
    }

    /// The value of an own data property.
    pub fn get_own_data(&mut self, object: Ref, atom: Atom) -> Option<Word> {
        let property = self.own_property(object, Key::Atom(atom))?;
        (!property.is_accessor()).then_some(property.word)
    }

    /// The same for who looks at the value and does not keep it.
    pub(crate) fn peek_own_data(&self, object: Ref, atom: Atom) -> Option<Word> {
        let property = self.own_named(object, atom)?;
        (!property.is_accessor()).then_some(property.word)
    }

    /// The value of a data property along the chain; undefined for accessors and what is not there. For native
    /// functions that cannot call getters.
    pub fn get_data(&mut self, base: Word, key: Key) -> Word {
        let found = self.find_property(base, key);
        self.data_of(found)
    }

    /// The same for who looks at the value and does not keep it.
    pub(crate) fn peek_data(&self, base: Word, key: Key) -> Word {
        self.data_of(self.peek_property(base, key))
    }

    fn data_of(&self, found: Option<Found>) -> Word {
        found
            .filter(|found| self.heap.header(found.holder).kind() != value::PROXY)
            .and_then(Found::data)
            .unwrap_or(UNDEFINED)
    }

    /// Writes or adds an own data property, as the end of an assignment. False: the object is not extensible.
    pub(super) fn put_own(&mut self, object: Word, key: Key, word: Word) -> Completion<bool> {
        let Some(target) = object.as_ref() else { return Ok(false) };
        match key {
            Key::Index(index) => self.put_element(target, index, word),
            Key::Atom(atom) => {
                if atom == self.names.length && self.heap.header(target).kind() == value::ARRAY {
                    return self.set_array_length(object, word);
                }
                match self.own_named(target, atom) {
                    Some(Property { place: Some(place), attributes, .. })
                        if attributes.has(Attributes::WRITABLE) =>
                    {
                        self.write_place(target, place, word);
                        Ok(true)
                    }
                    Some(_)
                        if self.function_property(target, atom).is_some() && atom == self.names.prototype =>
                    {
                        self.set_function_prototype(object, word)?;
                        Ok(true)
                    }
                    Some(_) if self.roots.shapes.get(self.shape_of(target)).dictionary => {
                        self.dictionary_put(object, atom, word, None)?;
                        Ok(true)
                    }
                    _ if !self.is_extensible(target) => Ok(false),
                    without_slot => {
                        let attributes = without_slot.map_or(Attributes::PLAIN, |known| known.attributes);
                        self.add_named(object, atom, word, attributes)?;
                        Ok(true)
                    }
                }
            }
        }
    }

    /// Writes a data property from native code: as an assignment that meets no setter.
    pub fn put(&mut self, object: Word, key: Key, word: Word) -> Completion<bool> {
        self.put_own(object, key, word)
    }

    /// What an own property holds: its value or its accessor pair.
    pub(crate) fn get_own_word(&self, object: Ref, atom: Atom) -> Word {
        self.own_named(object, atom).map_or(UNDEFINED, |property| property.word)
    }
}
