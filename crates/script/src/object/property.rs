//! Named and indexed properties: finding, reading, writing, defining, deleting.

use semispace_heap::{Ref, Word};

use crate::atoms::Atom;
use crate::bytecode as bc;
use crate::shape::{Attributes, Representation, RootShape, ShapeId};
use crate::value::{self, NULL, UNDEFINED, shapes};
use crate::vm::call::{Completion, Link};
use crate::vm::interpreter::cache_key;
use crate::vm::stub_cache::Access;
use crate::vm::{Abrupt, Cache, Intrinsic, Vm};

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

/// How many names an object keeps before it turns into a dictionary, when code names them (V8: kMaxNumberOfDescriptors).
const MAX_NAMED: u32 = 1020;
/// How many words of property array computed stores may fill (V8: kFastPropertiesSoftLimit).
const SOFT_LIMIT: u32 = 12;
/// By how many slots the property array grows (V8: JSObject::kFieldsAdded).
const FIELDS_ADDED: u32 = 3;

impl Vm {
    /// The shape of a JavaScript object.
    #[inline]
    pub fn shape_of(&self, object: Ref) -> ShapeId {
        ShapeId(self.heap.header(object).shape())
    }

    /// The prototype of an object: an object or null.
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
        let changed = if was_prototype { self.roots.shapes.as_prototype(changed) } else { changed };
        self.heap.set_shape(object, changed.0);
        self.roots.shapes.epoch += 1;
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
    pub fn own_property(&self, object: Ref, key: Key) -> Option<Property> {
        match key {
            Key::Atom(atom) => self.own_named(object, atom),
            Key::Index(index) => self.own_indexed(object, index),
        }
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
    pub fn find_property(&self, base: Word, key: Key) -> Option<Found> {
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
            if let Some(property) = self.own_property(object, key) {
                return Some(Found { holder: object, property });
            }
            // An index means an element of a typed array, and nothing else.
            if matches!(key, Key::Index(_)) && self.is_typed_array(Word::reference(object)) {
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
    pub fn get_own_data(&self, object: Ref, atom: Atom) -> Option<Word> {
        self.own_named(object, atom).filter(|property| !property.is_accessor()).map(|property| property.word)
    }

    /// The value of a data property along the chain; undefined for accessors and what is not there. For native
    /// functions that cannot call getters.
    pub fn get_data(&self, base: Word, key: Key) -> Word {
        self.find_property(base, key)
            .filter(|found| self.heap.header(found.holder).kind() != value::PROXY)
            .and_then(Found::data)
            .unwrap_or(UNDEFINED)
    }

    /// `base.name` for the current instruction.
    pub(crate) fn get_named_cached(&mut self, base: Word, atom: Atom, cache: Option<u32>) -> Completion {
        if base == UNDEFINED || base == NULL {
            return Err(self.read_of_nothing(base, Key::Atom(atom)));
        }
        let base = self.ensure_prototype(base, Key::Atom(atom))?;
        let Some(found) = self.find_property(base, Key::Atom(atom)) else {
            return self.deliver(UNDEFINED, 0);
        };
        if let Some(object) = base.as_ref()
            && let Some(found) = self.cache_of(object, atom, found)
        {
            match cache {
                Some(instruction) => self.remember(instruction, atom, Access::Read, found),
                None => self.stubs.insert(atom, Access::Read, found),
            }
        }
        self.deliver_property(found, base, Key::Atom(atom))
    }

    /// What a cache says of a field that holds doubles.
    fn double_flag(&self, shape: ShapeId, index: u32) -> u32 {
        if self.roots.shapes.representation(shape, index) == Representation::Double {
            Cache::DOUBLE
        } else {
            0
        }
    }

    /// A field gets this value: its representation may widen.
    pub(crate) fn note_field(&mut self, shape: ShapeId, index: u32, word: Word) {
        let of_word = match word {
            _ if word.is_smi() => Representation::Small,
            _ if self.is_heap_number(word) => Representation::Double,
            _ => Representation::Tagged,
        };
        if self.roots.shapes.widen(shape, index, of_word) {
            self.forget_caches();
        }
    }

    /// What a cache can say of a property that was found from `object`.
    fn cache_of(&self, object: Ref, atom: Atom, found: Found) -> Option<Cache> {
        let header = self.heap.header(object);
        let is_own_getter = found.property.is_accessor() && found.holder == object;
        // A `stack` may be a list of frames that is no value for scripts yet.
        if is_own_getter || atom == self.names.stack {
            return None;
        }
        let own = |place: u32| Some(Cache { key: cache_key(header, place), holder: 0 });
        let shape = ShapeId(header.shape());
        if header.shape() == shapes::STRING && atom == self.names.length {
            return own(Cache::STRING_LENGTH);
        }
        if header.kind() == value::ARRAY && atom == self.names.length && found.holder == object {
            return own(value::ARRAY_LENGTH);
        }
        let place = found.property.place?;
        if found.holder == object {
            let slot = self.roots.shapes.find(shape, atom);
            return own(place | slot.map_or(0, |slot| self.double_flag(shape, slot.index)));
        }
        let guarded = !self.roots.shapes.get(ShapeId(header.shape())).dictionary
            && self.chain_is_marked(object, found.holder);
        let outside = self.heap.get(found.holder, value::PROPERTIES).as_ref();
        let holder = if place & Cache::OUTSIDE == 0 { found.holder } else { outside? };
        let kind = if found.property.is_accessor() { Cache::GETTER } else { Cache::PROTOTYPE };
        guarded.then(|| Cache {
            key: cache_key(header, place & Cache::WORD | kind),
            holder: u64::from(holder.offset()) << 32 | u64::from(self.roots.shapes.epoch),
        })
    }

    /// Whether every object from the first prototype to `holder` is marked as a prototype, so that the epoch guards it.
    fn chain_is_marked(&self, object: Ref, holder: Ref) -> bool {
        let first = if value::is_object_kind(self.heap.header(object).kind()) {
            self.prototype_of(Word::reference(object))
        } else {
            self.primitive_prototype(Word::reference(object))
        };
        let mut at = first.as_ref();
        while let Some(prototype) = at {
            if !self.roots.shapes.get(self.shape_of(prototype)).is_prototype {
                return false;
            }
            if prototype == holder {
                return true;
            }
            at = self.prototype_of(Word::reference(prototype)).as_ref();
        }
        false
    }

    /// Hands the value of a property to the current instruction, calling its getter if it has one.
    fn deliver_property(&mut self, found: Found, receiver: Word, key: Key) -> Completion {
        if self.heap.header(found.holder).kind() == value::PROXY
            && found.property.word == Word::reference(found.holder)
        {
            let key = self.key_word(key)?;
            return self.call_helper("proxyGet", &[found.property.word, key, receiver], 0);
        }
        if !found.property.is_accessor() {
            let word = found.property.word;
            let captured = key == Key::Atom(self.names.stack) && self.is_captured_stack(word);
            let word = if captured { self.format_stack(Word::reference(found.holder))? } else { word };
            return self.deliver(word, 0);
        }
        let getter = found.property.word.as_ref().map_or(UNDEFINED, |pair| self.heap.get(pair, 1));
        if getter == UNDEFINED {
            return self.deliver(UNDEFINED, 0);
        }
        self.call_function(getter, receiver, &[], 0)
    }

    /// `base[key]` with another receiver, for the current instruction.
    pub(crate) fn get_into(&mut self, base: Word, key: Key, receiver: Word) -> Completion {
        let base = self.ensure_prototype(base, key)?;
        match self.find_property(base, key) {
            Some(found) => self.deliver_property(found, receiver, key),
            None => self.deliver(UNDEFINED, 0),
        }
    }

    fn read_of_nothing(&mut self, base: Word, key: Key) -> Abrupt {
        let what = if base == UNDEFINED { "undefined" } else { "null" };
        let name = self.key_text(key);
        self.type_error(&format!("Cannot read properties of {what} (reading '{name}')"))
    }

    fn write_of_nothing(&mut self, base: Word, key: Key) -> Abrupt {
        let what = if base == UNDEFINED { "undefined" } else { "null" };
        let name = self.key_text(key);
        self.type_error(&format!("Cannot set properties of {what} (setting '{name}')"))
    }

    /// `base.name = word` for the current instruction.
    pub(crate) fn set_named_cached(
        &mut self,
        base: Word,
        atom: Atom,
        word: Word,
        strict: bool,
        cache: Option<u32>,
    ) -> Completion {
        let key = Key::Atom(atom);
        let (base, word) = if atom == self.names.prototype {
            let word = self.handle(word);
            let base = self.ensure_prototype(base, key)?;
            (base, self.at(word))
        } else {
            (base, word)
        };
        let before = base.as_ref().map(|object| self.heap.header(object));
        if let (Some(object), Some(header)) = (base.as_ref(), before)
            && value::is_object_kind(header.kind())
        {
            let shape = ShapeId(header.shape());
            if let Some(slot) = self.roots.shapes.find(shape, atom)
                && slot.attributes.has(Attributes::WRITABLE)
                && !slot.attributes.has(Attributes::ACCESSOR)
            {
                let (_, place) = self.slot_place(shape, slot.index);
                self.write_place(object, place, word);
                self.note_field(shape, slot.index, word);
                let place = place | self.double_flag(shape, slot.index);
                let found = Cache { key: cache_key(header, place), holder: 0 };
                match cache {
                    Some(instruction) => self.remember(instruction, atom, Access::Write, found),
                    None => self.stubs.insert(atom, Access::Write, found),
                }
                self.step_over();
                return Ok(());
            }
            let lazy = atom == self.names.prototype && header.kind() == value::FUNCTION;
            if cache.is_some()
                && !lazy
                && header.kind() != value::PROXY
                && self.find_property(base, key).is_none()
            {
                return self.add_cached(object, atom, word, strict, cache);
            }
        }
        self.set_keyed(base, key, word, base, strict)
    }

    /// A store that adds a named property; the cache learns the transition.
    fn add_cached(
        &mut self,
        object: Ref,
        atom: Atom,
        word: Word,
        strict: bool,
        cache: Option<u32>,
    ) -> Completion {
        let shape = self.shape_of(object);
        if !self.roots.shapes.get(shape).extensible {
            return self.refuse_add(atom, strict);
        }
        let kept = self.handle(Word::reference(object));
        let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
        self.add_named(self.at(kept), atom, word, Attributes::PLAIN)?;
        let now = self.shape_of(self.ref_at(kept));
        let (before, after) = (self.roots.shapes.get(shape), self.roots.shapes.get(now));
        if let Some(instruction) = cache
            && before.count < u32::from(before.in_object)
            && !after.dictionary
            && !after.is_prototype
        {
            let flag = self.double_flag(now, before.count);
            let place = (u32::from(before.start) + before.count) | Cache::ADDS | flag;
            let cache = Cache {
                key: u64::from(shape.0) << 32 | u64::from(place),
                holder: u64::from(self.roots.shapes.epoch) << 32 | u64::from(now.0),
            };
            self.remember(instruction, atom, Access::Write, cache);
        }
        self.step_over();
        Ok(())
    }

    fn refuse_add(&mut self, atom: Atom, strict: bool) -> Completion {
        if strict {
            let name = self.atom_text(atom);
            return Err(self.type_error(&format!("Cannot add property {name}, object is not extensible")));
        }
        self.step_over();
        Ok(())
    }

    /// `base[key] = word` for the current instruction, whatever it takes.
    pub(crate) fn set_keyed(
        &mut self,
        base: Word,
        key: Key,
        word: Word,
        receiver: Word,
        strict: bool,
    ) -> Completion {
        if base == UNDEFINED || base == NULL {
            return Err(self.write_of_nothing(base, key));
        }
        let kept = self.handle(word);
        let kept_receiver = self.handle(receiver);
        let base = self.ensure_prototype(base, key)?;
        let (word, receiver) = (self.at(kept), self.at(kept_receiver));
        if let Some(found) = self.find_property(base, key) {
            if self.heap.header(found.holder).kind() == value::PROXY {
                let key = self.key_word(key)?;
                let proxy = Word::reference(found.holder);
                return self.call_helper(
                    "proxySet",
                    &[proxy, key, word, receiver, value::boolean(strict)],
                    Link::DISCARD,
                );
            }
            if found.property.is_accessor() {
                let setter = found.property.word.as_ref().map_or(UNDEFINED, |pair| self.heap.get(pair, 2));
                if setter == UNDEFINED {
                    let message = format!(
                        "Cannot set property {} of {} which has only a getter",
                        self.key_text(key),
                        self.brief_object(receiver)
                    );
                    return self.refuse(strict, &message);
                }
                return self.call_function(setter, receiver, &[word], Link::DISCARD);
            }
            if !found.property.is_writable() {
                let owner = if self.is_string(receiver) {
                    format!("string '{}'", self.text(receiver))
                } else {
                    format!("object '{}'", self.brief_object(receiver))
                };
                let message =
                    format!("Cannot assign to read only property '{}' of {owner}", self.key_text(key));
                return self.refuse(strict, &message);
            }
        }
        if !self.is_object(receiver) {
            let message = format!(
                "Cannot create property '{}' on {} '{}'",
                self.key_text(key),
                self.text(self.type_of(receiver)),
                self.brief_key(receiver)
            );
            return self.refuse(strict, &message);
        }
        if !self.put_own(receiver, key, word)? {
            let message = format!("Cannot add property {}, object is not extensible", self.key_text(key));
            return self.refuse(strict, &message);
        }
        self.step_over();
        Ok(())
    }

    /// A failed assignment: an error in strict code, nothing in sloppy code.
    fn refuse(&mut self, strict: bool, message: &str) -> Completion {
        if strict {
            return Err(self.type_error(message));
        }
        self.step_over();
        Ok(())
    }

    pub(crate) fn set_super(&mut self, parent: Word, key: Key, this: Word, word: Word) -> Completion {
        if parent == NULL {
            return self.set_keyed(this, key, word, this, true);
        }
        self.set_keyed(parent, key, word, this, true)
    }

    /// Writes or adds an own data property, as the end of an assignment. False: the object is not extensible.
    fn put_own(&mut self, object: Word, key: Key, word: Word) -> Completion<bool> {
        let Some(target) = object.as_ref() else { return Ok(false) };
        match key {
            Key::Index(index) => self.put_element(target, index, word),
            Key::Atom(atom) => {
                if atom == self.names.length && self.heap.header(target).kind() == value::ARRAY {
                    self.set_array_length(object, word)?;
                    return Ok(true);
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
                    _ if !self.roots.shapes.get(self.shape_of(target)).extensible => Ok(false),
                    _ => {
                        self.add_named(object, atom, word, Attributes::PLAIN)?;
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

    /// Adds a named property that is not there.
    pub fn add_named(&mut self, object: Word, atom: Atom, word: Word, attributes: Attributes) -> Completion {
        let Some(target) = object.as_ref() else { return Ok(()) };
        let shape = self.shape_of(target);
        if self.roots.shapes.get(shape).dictionary {
            return self.dictionary_put(object, atom, word, Some(attributes));
        }
        let (count, in_object) = {
            let shape = self.roots.shapes.get(shape);
            (shape.count, u32::from(shape.in_object))
        };
        if self.should_normalize(target, count, in_object) {
            let (object, word) = (self.handle(object), self.handle(word));
            self.normalize(self.at(object))?;
            return self.dictionary_put(self.at(object), atom, self.at(word), Some(attributes));
        }
        let (target, word) = if count < in_object {
            (target, word)
        } else {
            let (object, word) = (self.handle(object), self.handle(word));
            self.grow_property_array(object, count - in_object)?;
            (self.ref_at(object), self.at(word))
        };
        let grown = self.roots.shapes.add(shape, atom, attributes);
        if self.roots.shapes.get(shape).is_prototype {
            self.roots.shapes.epoch += 1;
        }
        self.heap.set_shape(target, grown.0);
        let (_, place) = self.slot_place(grown, count);
        self.write_place(target, place, word);
        self.note_field(grown, count, word);
        Ok(())
    }

    fn should_normalize(&self, target: Ref, count: u32, in_object: u32) -> bool {
        if count >= MAX_NAMED {
            return self.heap.header(target).kind() == value::OBJECT;
        }
        // Only a keyed store asks for the soft limit: V8's StoreOrigin::kMaybeKeyed.
        let keyed = self.code.get(self.roots.pc).is_some_and(|&word| word as u8 == bc::SET_ELEMENT);
        let outside = count.saturating_sub(in_object);
        let capacity = self.heap.get(target, value::PROPERTIES).as_ref();
        let capacity = capacity.map_or(0, |list| self.heap.size_words(list) - 2);
        let limit = SOFT_LIMIT.max(in_object);
        keyed && count >= in_object && outside == capacity && outside > limit && self.roots.native_top == 0
    }

    fn grow_property_array(&mut self, object: crate::vm::Handle, used: u32) -> Completion {
        let list = self.heap.get(self.ref_at(object), value::PROPERTIES).as_ref();
        let capacity = list.map_or(0, |list| self.heap.size_words(list) - 2);
        if used < capacity {
            return Ok(());
        }
        let words = capacity + FIELDS_ADDED + 2;
        let grown = self.allocate(value::PROPERTY_ARRAY, shapes::INTERNAL, words)?;
        self.heap.init(grown, 1, Word::smi((words - 2) as i32));
        let hash = self.stored_hash(self.heap.get(self.ref_at(object), value::PROPERTIES));
        self.store_hash(grown, hash);
        self.heap.fill_slots(grown, 2..words, UNDEFINED);
        if let Some(list) = self.heap.get(self.ref_at(object), value::PROPERTIES).as_ref() {
            self.heap.copy_slots(list, 2..2 + capacity, grown, 2);
        }
        let object = self.ref_at(object);
        self.heap.set(object, value::PROPERTIES, Word::reference(grown));
        Ok(())
    }

    /// What an own property holds: its value or its accessor pair.
    pub(crate) fn get_own_word(&self, object: Ref, atom: Atom) -> Word {
        self.own_named(object, atom).map_or(UNDEFINED, |property| property.word)
    }

    /// Defines an own data property, whatever was there. The caller has checked that this is allowed.
    pub fn define_data(&mut self, object: Word, key: Key, word: Word, attributes: Attributes) -> Completion {
        let (object, word) = (self.handle(object), self.handle(word));
        match key {
            Key::Index(index) => self.define_element_at(object, index, word, attributes),
            Key::Atom(atom) => self.define_named(object, atom, word, attributes),
        }
    }

    fn define_named(
        &mut self,
        object: crate::vm::Handle,
        atom: Atom,
        word: crate::vm::Handle,
        attributes: Attributes,
    ) -> Completion {
        let target = self.ref_at(object);
        let shape = self.shape_of(target);
        if let Some(slot) = self.roots.shapes.find(shape, atom) {
            if slot.attributes != attributes {
                let changed = self.roots.shapes.with_attributes(shape, slot.index, attributes);
                self.heap.set_shape(target, changed.0);
                self.roots.shapes.epoch += 1;
            }
            let (_, place) = self.slot_place(shape, slot.index);
            self.write_place(target, place, self.at(word));
            return Ok(());
        }
        if self.roots.shapes.get(shape).dictionary {
            return self.dictionary_put(self.at(object), atom, self.at(word), Some(attributes));
        }
        if self.heap.header(target).kind() == value::ARRAY && atom == self.names.length {
            return self.set_array_length(self.at(object), self.at(word));
        }
        if atom == self.names.prototype && self.function_property(target, atom).is_some() {
            return self.set_function_prototype(self.at(object), self.at(word));
        }
        self.add_named(self.at(object), atom, self.at(word), attributes)
    }

    /// `a.name = b` as a definition, with a cache.
    pub(crate) fn define_named_cached(&mut self, o: crate::vm::slow::Operands, atom: Atom) -> Completion {
        let word = self.register(o.b);
        let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
        self.define_data(self.register(o.a), Key::Atom(atom), word, Attributes::PLAIN)?;
        self.step_over();
        Ok(())
    }

    /// Defines one or both halves of an accessor; a half that is none keeps what it was.
    pub fn define_accessor(
        &mut self,
        object: Word,
        key: Key,
        get: Option<Word>,
        set: Option<Word>,
        attributes: Attributes,
    ) -> Completion {
        if object == self.intrinsic(Intrinsic::RegExpPrototype) && !self.bootstrapping {
            self.regexps.prototype_changed = true;
        }
        let kept = self.handle(object);
        let (get, set) = (get.map(|word| self.handle(word)), set.map(|word| self.handle(word)));
        let pair = Word::reference(self.allocate(value::ACCESSOR_PAIR, shapes::INTERNAL, 3)?);
        let pair = self.handle(pair);
        let old = self.own_property(self.ref_at(kept), key).filter(|property| property.is_accessor());
        let old = old.and_then(|property| property.word.as_ref());
        for (word, half) in [(1, get), (2, set)] {
            let value = match (half, old) {
                (Some(half), _) => self.at(half),
                (None, Some(old)) => self.heap.get(old, word),
                (None, None) => UNDEFINED,
            };
            let pair = self.ref_at(pair);
            self.heap.set(pair, word, value);
        }
        let attributes = attributes.with(Attributes::WRITABLE, false).with(Attributes::ACCESSOR, true);
        self.define_data(self.at(kept), key, self.at(pair), attributes)
    }

    /// Deletes an own property. False: it is not configurable.
    pub fn delete_own(&mut self, object: Word, key: Key) -> Completion<bool> {
        let Some(target) = object.as_ref() else { return Ok(true) };
        let Some(property) = self.own_property(target, key) else { return Ok(true) };
        if matches!(key, Key::Index(_)) && self.is_typed_array(object) {
            return Ok(false);
        }
        if !property.attributes.has(Attributes::CONFIGURABLE) {
            return Ok(false);
        }
        match key {
            Key::Index(index) => self.delete_element(object, index)?,
            Key::Atom(atom) => self.delete_named(object, atom)?,
        }
        Ok(true)
    }

    fn delete_named(&mut self, object: Word, atom: Atom) -> Completion {
        let Some(target) = object.as_ref() else { return Ok(()) };
        let shape = self.shape_of(target);
        self.roots.shapes.epoch += u32::from(self.roots.shapes.get(shape).is_prototype);
        // What a function's own `name` or `length` may have beneath it must not come to light.
        let is_only = !value::is_function_kind(self.heap.header(target).kind())
            || (atom != self.names.name && atom != self.names.length);
        if let (Some(slot), true) = (self.roots.shapes.find(shape, atom), is_only) {
            let last = slot.index + 1 == self.roots.shapes.get(shape).count;
            if let (true, Some(parent)) = (last, self.roots.shapes.without_last(shape)) {
                let (_, place) = self.slot_place(shape, slot.index);
                self.write_place(target, place, UNDEFINED);
                self.heap.set_shape(target, parent.0);
                return Ok(());
            }
        }
        let kept = self.handle(object);
        self.normalize(object)?;
        self.dictionary_remove(self.at(kept), atom)
    }

    pub(crate) fn delete_op(&mut self, o: crate::vm::slow::Operands) -> Completion {
        let (object, key) = (self.register(o.b), self.register(o.c));
        if object == UNDEFINED || object == NULL {
            return Err(self.type_error("Cannot convert undefined or null to object"));
        }
        if self.is_object(key) {
            return self.call_helper("deleteElement", &[object, key], 0);
        }
        let key = self.to_key(key)?;
        let object = self.register(o.b);
        if self.kind(object) == Some(value::PROXY) {
            let key = self.key_word(key)?;
            let strict = value::boolean(self.is_strict());
            return self.call_helper("proxyDelete", &[self.register(o.b), key, strict], 0);
        }
        let deleted = !self.is_object(object) || self.delete_own(object, key)?;
        if !deleted && self.is_strict() {
            let message = format!(
                "Cannot delete property '{}' of {}",
                self.key_text(key),
                self.brief_object(self.register(o.b))
            );
            return Err(self.type_error(&message));
        }
        self.finish(o.a, value::boolean(deleted))
    }

    /// Whether the current function is strict.
    pub(crate) fn is_strict(&self) -> bool {
        self.info_of(self.roots.pc).is_some_and(|info| info.flags.strict)
    }
}
