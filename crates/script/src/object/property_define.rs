//! Adding, defining and removing own properties: transitions to another shape, property arrays, dictionary mode.

use semispace_heap::{Ref, Word};

use super::property::Key;
use crate::atoms::Atom;
use crate::bytecode as bc;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED, shapes};
use crate::vm::call::Completion;
use crate::vm::{Cache, Intrinsic, Vm};

/// How many names an object keeps before it turns into a dictionary, when code names them (V8: kMaxNumberOfDescriptors).
pub(super) const MAX_NAMED: u32 = 1020;
/// How many words of property array computed stores may fill (V8: kFastPropertiesSoftLimit).
const SOFT_LIMIT: u32 = 12;
/// By how many slots the property array grows (V8: JSObject::kFieldsAdded).
pub(super) const FIELDS_ADDED: u32 = 3;

impl Vm {
    /// Adds a named property that is not there.
    pub fn add_named(&mut self, object: Word, atom: Atom, word: Word, attributes: Attributes) -> Completion {
        let Some(target) = object.as_ref() else { return Ok(()) };
        let shape = self.shape_of(target);
        if self.roots.shapes.get(shape).dictionary {
            return self.dictionary_put(object, atom, word, Some(attributes));
        }
        let (count, in_object, detached) = {
            let shape = self.roots.shapes.get(shape);
            (shape.count, u32::from(shape.in_object), shape.detached)
        };
        // A map that is known already is taken whatever the store is (V8: `Map::TransitionToDataProperty`).
        let is_new = !self.roots.shapes.has_transition(shape, atom, attributes);
        if is_new && self.should_normalize(target, count, in_object) {
            let (object, word) = (self.handle(object), self.handle(word));
            self.normalize(self.at(object))?;
            return self.dictionary_put(self.at(object), atom, self.at(word), Some(attributes));
        }
        let (target, word) = if count < in_object && !detached {
            (target, word)
        } else {
            let (object, word) = (self.handle(object), self.handle(word));
            if detached {
                self.grow_detached(object)?;
            } else {
                self.grow_property_array(object, count - in_object)?;
            }
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
        let is_prototype = self.roots.shapes.get(self.shape_of(target)).is_prototype;
        let is_full = count >= in_object && outside == capacity && outside > limit;
        keyed && is_full && !is_prototype && self.roots.native_top == 0
    }

    /// Makes room for one more than so many fields outside the object.
    pub(crate) fn grow_property_array(&mut self, object: crate::vm::Handle, used: u32) -> Completion {
        let list = self.heap.get(self.ref_at(object), value::PROPERTIES).as_ref();
        let capacity = list.map_or(0, |list| self.heap.size_words(list) - 2);
        if used < capacity {
            return Ok(());
        }
        let grown = self.new_property_array(capacity + FIELDS_ADDED)?;
        let hash = self.stored_hash(self.heap.get(self.ref_at(object), value::PROPERTIES));
        self.store_hash(grown, hash);
        if let Some(list) = self.heap.get(self.ref_at(object), value::PROPERTIES).as_ref() {
            self.heap.copy_slots(list, 2..2 + capacity, grown, 2);
        }
        let object = self.ref_at(object);
        self.heap.set(object, value::PROPERTIES, Word::reference(grown));
        Ok(())
    }

    /// A property array without fields.
    pub(super) fn new_property_array(&mut self, capacity: u32) -> Completion<Ref> {
        let list = self.allocate(value::PROPERTY_ARRAY, shapes::INTERNAL, capacity + 2)?;
        self.heap.init(list, 1, Word::smi(capacity as i32));
        self.heap.fill_slots(list, 2..capacity + 2, UNDEFINED);
        Ok(list)
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
                self.settle_fields();
                self.heap.set_shape(target, changed.0);
                self.roots.shapes.epoch += u32::from(self.roots.shapes.get(shape).is_prototype);
            }
            let (_, place) = self.slot_place(shape, slot.index);
            self.write_place(target, place, self.at(word));
            return Ok(());
        }
        if self.roots.shapes.get(shape).dictionary {
            return self.dictionary_put(self.at(object), atom, self.at(word), Some(attributes));
        }
        if self.heap.header(target).kind() == value::ARRAY && atom == self.names.length {
            self.set_array_length(self.at(object), self.at(word))?;
            return if attributes.has(Attributes::WRITABLE) { Ok(()) } else { self.fix_length(object) };
        }
        if atom == self.names.prototype && self.function_property(target, atom).is_some() {
            self.set_function_prototype(self.at(object), self.at(word))?;
            if attributes.has(Attributes::WRITABLE) || !self.is_object(self.at(word)) {
                return Ok(());
            }
            // A slot above it says that it is read-only.
        }
        self.add_named(self.at(object), atom, self.at(word), attributes)
    }

    /// `a.name = b` as a definition, with a cache.
    pub(crate) fn define_named_cached(
        &mut self,
        o: crate::vm::slow::Operands,
        atom: Atom,
        attributes: Attributes,
    ) -> Completion {
        let word = self.register(o.b);
        let word = if self.is_heap_number(word) { self.boxed_anew(word)? } else { word };
        let before = self.register(o.a).as_ref().map(|object| self.shape_of(object));
        self.define_data(self.register(o.a), Key::Atom(atom), word, attributes)?;
        let after = self.register(o.a).as_ref().map(|object| self.shape_of(object));
        if let (Some(before), Some(after)) = (before, after)
            && let Some(cache) = self.addition(before, after)
            && cache.key as u32 & Cache::OUTSIDE == 0
        {
            // For this instruction alone: a store to a property of this name may find a setter.
            self.caches[o.extension as usize] = cache;
        }
        self.step_over();
        Ok(())
    }

    /// Defines one or both halves of an accessor; a half that is none keeps what it was.
    #[inline(never)]
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
        if self.has_other_accessor(self.ref_at(kept), key, attributes) {
            // A literal's boilerplate has the property already.
            self.normalize_with_room(self.at(kept), 3)?;
        }
        self.define_data(self.at(kept), key, self.at(pair), attributes)
    }

    /// Whether a new accessor is another one than that for which the object's shape has a transition (V8:
    /// `Map::TransitionToAccessorProperty`): the object becomes a dictionary.
    fn has_other_accessor(&self, object: Ref, key: Key, attributes: Attributes) -> bool {
        let Key::Atom(atom) = key else { return false };
        let shape = self.shape_of(object);
        let known = self.roots.shapes.get(shape);
        known.kind == value::OBJECT
            && !known.is_prototype
            && !known.dictionary
            && self.roots.shapes.find(shape, atom).is_none()
            && self.roots.shapes.has_transition(shape, atom, attributes)
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
        let is_only = !self.first_names(target).contains(&atom);
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
}
