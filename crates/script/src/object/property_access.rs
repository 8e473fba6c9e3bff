//! Reading, writing and deleting properties as instructions do: through inline caches, getters and setters, with the
//! errors of V8.
//!
//! What a property is and where it is found is in [`super::property`]; the hot loop reads the caches that are filled here.

use semispace_heap::{Ref, Word};

use super::property::{Found, Key};
use crate::atoms::Atom;
use crate::builtins::proxy::TARGET;
use crate::shape::{Attributes, Representation, ShapeId};
use crate::value::{self, NULL, UNDEFINED, shapes};
use crate::vm::call::{Completion, Link};
use crate::vm::interpreter::cache_key;
use crate::vm::stub_cache::Access;
use crate::vm::{Abrupt, Cache, Intrinsic, Vm};

impl Vm {
    /// `base.name` for the current instruction.
    pub(crate) fn get_named_cached(&mut self, base: Word, atom: Atom, cache: Option<u32>) -> Completion {
        if base == UNDEFINED || base == NULL {
            return Err(self.read_of_nothing(base, &self.atom_text(atom)));
        }
        if let Some((table, entry)) = self.dictionary_data(base, atom)
            && atom != self.names.stack
        {
            if let (Some(cache), Some(object)) = (cache, base.as_ref()) {
                let key = cache_key(self.heap.header(object), entry | Cache::ENTRY);
                self.caches[cache as usize] = Cache { key, holder: 0 };
            }
            return self.deliver(self.heap.get(table, entry + 1), 0);
        }
        if cache.is_none()
            && let Some(object) = base.as_ref()
            && let Some(word) = self.stubs.read(&self.heap, self.roots.shapes.epoch, object, atom)
        {
            return self.deliver(word, 0);
        }
        let base = self.ensure_prototype(base, Key::Atom(atom))?;
        let Some(found) = self.find_property(base, Key::Atom(atom)) else {
            if let Some(absent) = self.cache_of_absence(base) {
                self.remember(cache, atom, Access::Read, absent);
            }
            return self.deliver(UNDEFINED, 0);
        };
        if let Some(object) = base.as_ref()
            && let Some(found) = self.cache_of(object, atom, found)
        {
            self.remember(cache, atom, Access::Read, found);
        }
        self.deliver_property(found, base, Key::Atom(atom))
    }

    /// A named property, remembered for the next object of this shape; within, none of one that is no data.
    pub(crate) fn lookup(&mut self, base: Word, atom: Atom) -> Option<Option<Word>> {
        let object = base.as_ref()?;
        if let Some(word) = self.stubs.read(&self.heap, self.roots.shapes.epoch, object, atom) {
            return Some(Some(word));
        }
        let found = self.find_property(base, Key::Atom(atom))?;
        if let Some(cache) = self.cache_of(object, atom, found) {
            self.stubs.insert(atom, Access::Read, cache);
        }
        Some(found.data())
    }

    /// What a cache says of a field that holds doubles. A prototype's are read by others too, without a copy.
    fn double_flag(&self, shape: ShapeId, index: u32) -> u32 {
        let shapes = &self.roots.shapes;
        let is_double = shapes.representation(shape, index) == Representation::Double;
        if is_double && !shapes.get(shape).is_prototype { Cache::DOUBLE } else { 0 }
    }

    /// A field gets this value: its representation may widen.
    pub(crate) fn note_field(&mut self, shape: ShapeId, index: u32, word: Word) {
        let of_word = match word {
            _ if word.is_smi() => Representation::Small,
            _ if self.is_heap_number(word) => Representation::Double,
            _ => Representation::Tagged,
        };
        self.roots.shapes.widen(shape, index, of_word);
        self.settle_fields();
    }

    /// Caches that say what is no longer so begin anew.
    pub(crate) fn settle_fields(&mut self) {
        if std::mem::take(&mut self.roots.shapes.fields_changed) {
            self.caches.fill(Cache::default());
            self.stubs.clear();
        }
    }

    /// What a cache can say of a property that was found from `object`.
    fn cache_of(&self, object: Ref, atom: Atom, found: Found) -> Option<Cache> {
        let header = self.heap.header(object);
        // A `stack` may be a list of frames that is no value for scripts yet; one that was assigned never is.
        if atom == self.names.stack && found.property.attributes != Attributes::PLAIN {
            return None;
        }
        let accessor = if found.property.is_accessor() { Cache::ACCESSOR } else { 0 };
        let own = |place: u32| Some(Cache { key: cache_key(header, place), holder: 0 });
        let shape = ShapeId(header.shape());
        if header.shape() == shapes::STRING && atom == self.names.length {
            return own(Cache::STRING_LENGTH);
        }
        if header.kind() == value::ARRAY && atom == self.names.length && found.holder == object {
            return own(value::ARRAY_LENGTH);
        }
        let is_of_function = header.kind() == value::FUNCTION && found.property.place.is_none();
        if is_of_function && atom == self.names.prototype && found.holder == object {
            let key = cache_key(header, Cache::FUNCTION_PROTOTYPE);
            return Some(Cache { key, holder: u64::MAX });
        }
        let is_guarded =
            || !self.roots.shapes.get(shape).dictionary && self.chain_is_marked(object, found.holder);
        let in_prototype = |holder: Ref, word: u32| {
            is_guarded().then(|| Cache {
                key: cache_key(header, word | Cache::PROTOTYPE | accessor),
                holder: u64::from(holder.offset()) << 32 | u64::from(self.roots.shapes.epoch),
            })
        };
        let Some(place) = found.property.place else {
            // A prototype in dictionary mode: every change of it counts as one of prototypes.
            let (table, entry) =
                self.dictionary_place(found.holder, atom).filter(|_| found.holder != object)?;
            return in_prototype(table, entry + 1);
        };
        if found.holder == object {
            if accessor != 0 {
                return own(place | accessor);
            }
            let slot = self.roots.shapes.find(shape, atom);
            return own(place | slot.map_or(0, |slot| self.double_flag(shape, slot.index)));
        }
        let outside = self.heap.get(found.holder, value::PROPERTIES).as_ref();
        let holder = if place & Cache::OUTSIDE == 0 { found.holder } else { outside? };
        in_prototype(holder, place & Cache::WORD)
    }

    /// What a cache can say of a property that neither the object nor any of its prototypes has.
    fn cache_of_absence(&self, object: Word) -> Option<Cache> {
        let header = self.heap.header(object.as_ref()?);
        let is_ordinary = matches!(header.kind(), value::OBJECT | value::ARRAY)
            && !self.roots.shapes.get(ShapeId(header.shape())).dictionary;
        let mut at = self.prototype_of(object);
        while let Some(prototype) = at.as_ref().filter(|_| is_ordinary) {
            if !self.roots.shapes.get(self.shape_of(prototype)).is_prototype {
                return None;
            }
            at = self.prototype_of(at);
        }
        let absent = self.intrinsic(Intrinsic::Absent).as_ref().filter(|_| is_ordinary)?;
        Some(Cache {
            key: cache_key(header, value::FIXED_SLOTS | Cache::PROTOTYPE),
            holder: u64::from(absent.offset()) << 32 | u64::from(self.roots.shapes.epoch),
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
            if let Some(found) = self.found_behind(found.holder, key) {
                return match found {
                    Some(found) => self.deliver_property(found, receiver, key),
                    None => self.deliver(UNDEFINED, 0),
                };
            }
            let (proxy, receiver) = (self.handle(found.property.word), self.handle(receiver));
            let key = self.key_word(key)?;
            return self.call_helper("proxyGet", &[self.at(proxy), key, self.at(receiver)], 0);
        }
        if !found.property.is_accessor() {
            let word = found.property.word;
            let captured = key == Key::Atom(self.names.stack) && self.is_captured_stack(word);
            if captured && self.prepares_stacks() {
                return self.call_helper("prepareStack", &[Word::reference(found.holder)], 0);
            }
            let word = if captured { self.format_stack(Word::reference(found.holder))? } else { word };
            return self.deliver(word, 0);
        }
        let getter = found.property.word.as_ref().map_or(UNDEFINED, |pair| self.heap.get(pair, 1));
        if getter == UNDEFINED {
            return self.deliver(UNDEFINED, 0);
        }
        self.call_function(getter, receiver, &[], 0)
    }

    /// The property that a proxy without a trap for reading leads to, if script has no say in it.
    fn found_behind(&mut self, proxy: Ref, key: Key) -> Option<Option<Found>> {
        let (target, handler) = (self.heap.get(proxy, TARGET), self.heap.get(proxy, value::ELEMENTS));
        let is_named = matches!(key, Key::Atom(atom) if atom != self.names.prototype);
        let is_trapless = self.kind(handler) == Some(value::OBJECT)
            && self.find_property(handler, Key::Atom(self.names.get)).is_none();
        if !is_named || !is_trapless {
            return None;
        }
        let found = self.find_property(target, key);
        let leads_on = found.is_some_and(|found| self.heap.header(found.holder).kind() == value::PROXY);
        (!leads_on).then_some(found)
    }

    /// `base[key]` with another receiver, for the current instruction.
    pub(crate) fn get_into(&mut self, base: Word, key: Key, receiver: Word) -> Completion {
        let base = self.ensure_prototype(base, key)?;
        match self.find_property(base, key) {
            Some(found) => self.deliver_property(found, receiver, key),
            None => self.deliver(UNDEFINED, 0),
        }
    }

    pub(super) fn read_of_nothing(&mut self, base: Word, name: &str) -> Abrupt {
        // V8 takes it for the beginning of an iteration.
        if name == "Symbol(Symbol.iterator)" {
            let what = if base == UNDEFINED { "undefined" } else { "object null" };
            return self.type_error(&format!("{what} is not iterable (cannot read property {name})"));
        }
        let what = if base == UNDEFINED { "undefined" } else { "null" };
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
        if self.write_dictionary_data(base, atom, word) {
            self.step_over();
            return Ok(());
        }
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
                self.remember(cache, atom, Access::Write, found);
                self.step_over();
                return Ok(());
            }
            let lazy = atom == self.names.prototype && header.kind() == value::FUNCTION;
            if !lazy && header.kind() != value::PROXY {
                match self.find_property(base, key) {
                    None => return self.add_cached(object, atom, word, strict, cache),
                    Some(found) if found.property.is_accessor() => {
                        if let Some(mut found) = self.cache_of(object, atom, found) {
                            found.key |= u64::from(Cache::SETTER);
                            self.remember(cache, atom, Access::Write, found);
                        }
                    }
                    Some(found) if self.is_shadowed_plainly(object, found) => {
                        return self.add_cached(object, atom, word, strict, cache);
                    }
                    Some(_) => {}
                }
            }
        }
        self.set_keyed(base, key, word, base, strict)
    }

    /// Whether a store to an object adds a property in front of one of its prototypes, and as long as no prototype changes.
    fn is_shadowed_plainly(&self, object: Ref, found: Found) -> bool {
        found.holder != object
            && found.property.attributes.has(Attributes::WRITABLE)
            && matches!(self.heap.header(found.holder).kind(), value::OBJECT | value::ARRAY | value::FUNCTION)
            && self.chain_is_marked(object, found.holder)
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
        if self.roots.shapes.get(shape).integrity.is_some() {
            return self.refuse_add(atom, strict);
        }
        let kept = self.handle(Word::reference(object));
        let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
        self.add_named(self.at(kept), atom, word, Attributes::PLAIN)?;
        let now = self.shape_of(self.ref_at(kept));
        if let Some(addition) = self.addition(shape, now) {
            self.remember(cache, atom, Access::Write, addition);
        }
        self.step_over();
        Ok(())
    }

    /// What a cache can say of a store that has added a property, and so led from one shape to another.
    pub(crate) fn addition(&self, from: ShapeId, to: ShapeId) -> Option<Cache> {
        let (before, after) = (self.roots.shapes.get(from), self.roots.shapes.get(to));
        let is_plain =
            after.count == before.count + 1 && !after.dictionary && !after.is_prototype && !after.detached;
        if !is_plain {
            return None;
        }
        let flag = self.double_flag(to, before.count);
        let (_, place) = self.slot_place(to, before.count);
        let place = place | Cache::ADDS | flag;
        Some(Cache {
            key: u64::from(from.0) << 32 | u64::from(place),
            holder: u64::from(self.roots.shapes.epoch) << 32 | u64::from(to.0),
        })
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
                let proxy = self.handle(Word::reference(found.holder));
                let key = self.key_word(key)?;
                let [proxy, word, receiver] = [proxy, kept, kept_receiver].map(|handle| self.at(handle));
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
                    let sort = if self.is_callable(receiver) { "function" } else { "object" };
                    format!("{sort} '{}'", self.brief_object(receiver))
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
            let message = self.why_not_put(receiver, key);
            return self.refuse(strict, &message);
        }
        self.step_over();
        Ok(())
    }

    /// Why an assignment that met no setter and no read-only property failed all the same.
    fn why_not_put(&self, receiver: Word, key: Key) -> String {
        let array = receiver.as_ref().filter(|_| self.kind(receiver) == Some(value::ARRAY));
        match (array, key) {
            (Some(array), Key::Atom(atom)) if atom == self.names.length => {
                format!("Cannot delete property '{}' of [object Array]", self.array_length(array) - 1)
            }
            (Some(array), Key::Index(index))
                if self.is_extensible(array) && self.is_beyond_fixed_length(array, index) =>
            {
                "Cannot assign to read only property 'length' of object '[object Array]'".to_owned()
            }
            _ => format!("Cannot add property {}, object is not extensible", self.key_text(key)),
        }
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

    #[inline(never)]
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
        self.code_info(self.register(1)).is_some_and(|info| info.flags.strict)
    }
}
